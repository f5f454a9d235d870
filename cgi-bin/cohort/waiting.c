#include "decisions.h"
#include "model/waitlist.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

/* Of those whom a seat does not fit as many are named. */
enum { MISFITS_MAX = 10 };

/* Freed seats that are shown at a time. */
enum { SEATS_MAX = 50 };

const char *
waiting_link(struct visit *visit)
{
	return link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "waitlist");
}

static const char *
waiting_name(struct visit *visit, const struct waiting *waiting)
{
	return decisions_name(
	    visit, waiting->name, waiting->call_sign, "waitlisted", waiting->is_revealed != 0);
}

/* Why a seat does not fit, in words. */
static const char *
misfit_words(struct visit *visit, unsigned misfits)
{
	static const struct {
		unsigned misfit;
		enum message words;
	} reasons[] = {
		{ WAITLIST_ROLE, MESSAGE_WAITLIST_WHY_ROLE },
		{ WAITLIST_PROJECT, MESSAGE_WAITLIST_WHY_PROJECT },
		{ WAITLIST_LEVEL_BELOW, MESSAGE_WAITLIST_WHY_BELOW },
		{ WAITLIST_LEVEL_ABOVE, MESSAGE_WAITLIST_WHY_ABOVE },
		{ WAITLIST_HOUR, MESSAGE_WAITLIST_WHY_HOUR },
	};
	const char *words = NULL;

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if ((misfits & reasons[i].misfit) != 0) {
			words = words == NULL ? message(reasons[i].words)
					      : message_waitlist_why_and(
						    visit->arena, words, message(reasons[i].words));
		}
	}
	return words;
}

static struct page_cohort_waitlist_seats_misfits_list
misfit_rows(struct visit *visit, const struct waitlist_place *place,
    const struct waiting_rows *waiting, size_t count)
{
	size_t named = count < MISFITS_MAX ? count : MISFITS_MAX;
	struct page_cohort_waitlist_seats_misfits *rows =
	    arena_array(visit->arena, named + 1, sizeof(*rows));

	for (size_t i = 0; i < named; i++) {
		rows[i].misfit_words = message_waitlist_misfit(visit->arena,
		    words_number(visit, (int64_t)i + 1), waiting_name(visit, &waiting->rows[i]),
		    misfit_words(visit, waitlist_misfits(place, &waiting->rows[i])));
	}
	return (struct page_cohort_waitlist_seats_misfits_list){ rows, named };
}

/* How the seat became free. */
static const char *
freed_words(struct visit *visit, const struct freed_seat *seat)
{
	const char *name =
	    decisions_name(visit, seat->name, seat->call_sign, seat->standing, false);
	const char *when = time_words(visit->arena, visit->zone, seat->freed_at);

	switch (seat->state[0]) {
	case 'r':
		return message_waitlist_freed_refused(visit->arena, name, when);
	case 'l':
		return seat->state[1] == 'a'
		    ? message_waitlist_freed_lapsed(visit->arena, name, when)
		    : message_waitlist_freed_left(visit->arena, name, when);
	default:
		return NULL;
	}
}

/* To whom it would go, and why to nobody before. */
static void
show_first(struct visit *visit, const struct waitlist_place *place,
    const struct waiting_rows *waiting, struct page_cohort_waitlist_seats *row)
{
	size_t first = waitlist_first(place, waiting);

	row->misfits = misfit_rows(visit, place, waiting, first);
	row->if_more = first > MISFITS_MAX;
	row->more_words =
	    message_waitlist_more(visit->arena, words_number(visit, (int64_t)first - MISFITS_MAX));
	row->first_words = message(MESSAGE_WAITLIST_FIRST_NOBODY);
	if (first == waiting->count) {
		return;
	}
	row->if_release = true;
	row->release_action = link_under(visit->arena, waiting_link(visit), "release");
	row->first_key = waiting->rows[first].key;
	row->first_name = waiting_name(visit, &waiting->rows[first]);
	row->first_words = message_waitlist_first(
	    visit->arena, row->first_name, words_number(visit, (int64_t)first + 1));
}

static struct page_cohort_waitlist_seats
seat_row(struct visit *visit, const struct freed_seat *seat, const struct waiting_rows *waiting)
{
	struct page_cohort_waitlist_seats row = {
		.seat_name = message(MESSAGE_WAITLIST_SEAT_ANY),
		.freed_words = freed_words(visit, seat),
		.seat_key = seat->key,
	};
	struct waitlist_place place = waitlist_place_of(visit->cohort, NULL);
	struct group group;

	if (seat->group_id != DB_NULL &&
	    group_by_id(visit->db, visit->arena, &(struct group_by_id_in){ .id = seat->group_id },
		&group)) {
		place = waitlist_place_of(visit->cohort, &group);
		row.seat_name = message_waitlist_seat_group(visit->arena, group.name);
	}
	show_first(visit, &place, waiting, &row);
	return row;
}

/* The freed seats, as many as are free at all; none once week 1 is over. */
static struct page_cohort_waitlist_seats_list
seat_rows(struct visit *visit, int64_t seats_free)
{
	struct freed_seat_rows seats =
	    waitlist_freed_seats(visit->db, visit->arena, visit->cohort->id, visit->now);
	struct page_cohort_waitlist_seats *rows;
	struct waiting_rows waiting;
	size_t count = seats.count < SEATS_MAX ? seats.count : SEATS_MAX;

	count = (int64_t)count < seats_free ? count : (size_t)seats_free;
	if (count == 0 || waitlist_is_over(visit->cohort, visit->now)) {
		return (struct page_cohort_waitlist_seats_list){ NULL, 0 };
	}
	waiting =
	    waitlist_rows(visit->db, visit->arena, visit->cohort->id, visit->person->id, -1, 0);
	rows = arena_array(visit->arena, count, sizeof(*rows));
	for (size_t i = 0; i < count; i++) {
		rows[i] = seat_row(visit, &seats.rows[i], &waiting);
	}
	return (struct page_cohort_waitlist_seats_list){ rows, count };
}

static struct page_cohort_waitlist_waiting_list
waiting_rows_shown(struct visit *visit, int64_t after, int64_t length)
{
	struct waiting_rows waiting = waitlist_rows(
	    visit->db, visit->arena, visit->cohort->id, visit->person->id, DECISIONS_PAGE, after);
	struct page_cohort_waitlist_waiting *rows =
	    arena_array(visit->arena, waiting.count + 1, sizeof(*rows));

	for (size_t i = 0; i < waiting.count; i++) {
		rows[i].place = words_number(visit, after + (int64_t)i + 1);
		rows[i].length = words_number(visit, length);
		rows[i].application_link = link_organise_application(
		    visit->arena, visit->site, visit->cohort->slug, waiting.rows[i].key);
		rows[i].who = waiting_name(visit, &waiting.rows[i]);
		rows[i].facts = words_levels(visit, waiting.rows[i].level, waiting.rows[i].level);
		rows[i].key = waiting.rows[i].key;
		rows[i].move_action = link_under(visit->arena, waiting_link(visit), "move");
	}
	return (struct page_cohort_waitlist_waiting_list){ rows, waiting.count };
}

static void
show_pages(struct visit *visit, int64_t number, int64_t length, struct page_cohort_waitlist *page)
{
	int64_t after = (number - 1) * DECISIONS_PAGE;
	int64_t last = after + DECISIONS_PAGE < length ? after + DECISIONS_PAGE : length;

	page->start = words_number(visit, after + 1);
	page->waiting = waiting_rows_shown(visit, after, length);
	page->if_pages = length > DECISIONS_PAGE;
	page->if_before = number > 1;
	page->before_link =
	    link_with(visit->arena, waiting_link(visit), "page", words_number(visit, number - 1));
	page->if_next = last < length;
	page->next_link =
	    link_with(visit->arena, waiting_link(visit), "page", words_number(visit, number + 1));
	page->page_words = message_decisions_page(visit->arena, words_number(visit, after + 1),
	    words_number(visit, last), words_number(visit, length));
}

static const char *
lede_words(struct visit *visit)
{
	if (waitlist_is_over(visit->cohort, visit->now)) {
		return message(MESSAGE_WAITLIST_OVER);
	}
	return message(visit->cohort->releases_itself != 0 ? MESSAGE_WAITLIST_ITSELF
							   : MESSAGE_WAITLIST_BY_HAND);
}

void
waiting_show(struct visit *visit)
{
	struct decision_outlook outlook = { 0 };
	int64_t length = waitlist_length(visit->db, visit->arena, visit->cohort->id);
	struct page_cohort_waitlist page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_WAITLIST),
		.part_errors = form_summary(visit->values),
		.lede = lede_words(visit),
		.if_open = !waitlist_is_over(visit->cohort, visit->now),
		.until_words = message_waitlist_until(visit->arena,
		    time_words(visit->arena, visit->zone,
			visit->cohort->starts_at + WAITLIST_CLOSING_SECONDS)),
		.close_action = link_under(visit->arena, waiting_link(visit), "close"),
	};

	if (length < 0 || !decision_outlook(visit->db, visit->arena, visit->cohort, &outlook)) {
		visit_error(visit, 500);
		return;
	}
	page.seats_words = message_decisions_seats(visit->arena,
	    words_number(visit, outlook.seats_free), words_number(visit, visit->cohort->seats));
	page.seats = seat_rows(visit, outlook.seats_free);
	page.length_words = length == 1
	    ? message(MESSAGE_WAITLIST_LENGTH_ONE)
	    : message_waitlist_length(visit->arena, words_number(visit, length));
	show_pages(visit, decisions_page(visit, length), length, &page);
	if (length == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_WAITLIST_NONE_TITLE,
		    MESSAGE_WAITLIST_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_waitlist(visit_html(visit, 200), &visit->frame, &page);
}
