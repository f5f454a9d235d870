#include <string.h>

#include "candidate.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "model/listing.h"
#include "model/offer.h"
#include "web/link.h"
#include "web/time.h"

enum { CANDIDATE_GROUP, CANDIDATE_COUNT };

static const struct field candidate_fields[CANDIDATE_COUNT] = {
	[CANDIDATE_GROUP] = { "group", FIELD_CHOICE, MESSAGE_COHORT_OFFER_GROUP_LABEL,
	    MESSAGE_COHORT_OFFER_GROUP_HELP, .required = false },
};

const struct form candidate_form = {
	.name = "offer",
	.fields = candidate_fields,
	.count = CANDIDATE_COUNT,
};

enum candidate_state
candidate_state(int64_t withdrawn_at, const char *offer_state, int64_t deadline_at, int64_t now)
{
	if (withdrawn_at != DB_NULL) {
		return CANDIDATE_WITHDRAWN;
	}
	if (offer_state == NULL) {
		return CANDIDATE_WAITING;
	}
	if (strcmp(offer_state, "confirmed") == 0) {
		return CANDIDATE_CONFIRMED;
	}
	if (strcmp(offer_state, "refused") == 0) {
		return CANDIDATE_REFUSED;
	}
	/* An open offer past its deadline lapsed, noted or not. */
	return strcmp(offer_state, "lapsed") == 0 || now >= deadline_at ? CANDIDATE_LAPSED
									: CANDIDATE_OFFERED;
}

const char *
candidate_state_words(enum candidate_state state)
{
	static const enum message words[CANDIDATE_STATES] = {
		[CANDIDATE_WAITING] = MESSAGE_COHORT_CANDIDATE_WAITING,
		[CANDIDATE_OFFERED] = MESSAGE_COHORT_CANDIDATE_OFFERED,
		[CANDIDATE_CONFIRMED] = MESSAGE_COHORT_CANDIDATE_CONFIRMED,
		[CANDIDATE_REFUSED] = MESSAGE_COHORT_CANDIDATE_REFUSED,
		[CANDIDATE_LAPSED] = MESSAGE_COHORT_CANDIDATE_LAPSED,
		[CANDIDATE_WITHDRAWN] = MESSAGE_COHORT_CANDIDATE_WITHDRAWN,
	};

	return message(words[state]);
}

/*
 * Whether there is something to read here: an application counts once its
 * address is confirmed, and nobody decides on their own.
 */
static bool
is_shown(const struct visit *visit)
{
	return visit->application->confirmed_at != DB_NULL &&
	    visit->application->person_id != visit->person->id;
}

static const char *
offer_words(struct visit *visit, const struct listed_offer *offer)
{
	const char *made = time_words(visit->arena, visit->zone, offer->made_at);
	const char *deadline = time_words(visit->arena, visit->zone, offer->deadline_at);
	const char *ended = offer->ended_at == DB_NULL
	    ? deadline
	    : time_words(visit->arena, visit->zone, offer->ended_at);

	switch (candidate_state(DB_NULL, offer->state, offer->deadline_at, visit->now)) {
	case CANDIDATE_OFFERED:
		return message_cohort_offer_words_open(visit->arena, made, deadline);
	case CANDIDATE_CONFIRMED:
		return message_cohort_offer_words_confirmed(visit->arena, ended);
	case CANDIDATE_REFUSED:
		return message_cohort_offer_words_refused(visit->arena, ended);
	case CANDIDATE_LAPSED:
		return message_cohort_offer_words_lapsed(visit->arena, ended);
	case CANDIDATE_WAITING:
	case CANDIDATE_WITHDRAWN:
	case CANDIDATE_STATES:
	default:
		return NULL;
	}
}

/* Every offer there was, the newest first. */
static void
show_offers(struct visit *visit, struct page_cohort_application *page)
{
	struct listed_offer_rows offers = listing_offers_of(visit->db, visit->arena,
	    &(struct listing_offers_of_in){ .application_id = visit->application->id });
	struct page_cohort_application_offers *rows =
	    arena_array(visit->arena, offers.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < offers.count; i++) {
		rows[i].offer_words = offer_words(visit, &offers.rows[i]);
	}
	page->offers = (struct page_cohort_application_offers_list){ rows, offers.count };
}

static void
show_state(struct visit *visit, struct page_cohort_application *page)
{
	struct offer offer = { 0 };
	bool found = offer_of_application(visit->db, visit->arena,
	    &(struct offer_of_application_in){ .application_id = visit->application->id }, &offer);
	enum candidate_state state = candidate_state(visit->application->withdrawn_at,
	    found ? offer.state : NULL, offer.deadline_at, visit->now);
	bool is_late = visit->now >= cohort_week_starts(visit->cohort, 2);

	page->if_offerable = !is_late &&
	    (state == CANDIDATE_WAITING || state == CANDIDATE_REFUSED || state == CANDIDATE_LAPSED);
	page->why_not = message(state == CANDIDATE_WITHDRAWN ? MESSAGE_COHORT_OFFER_WHY_WITHDRAWN
							     : MESSAGE_COHORT_OFFER_WHY_LATE);
	page->if_why_not = !page->if_offerable && !found;
}

static const char *
seats_words(struct visit *visit)
{
	struct offer_count counts = { 0 };

	(void)offer_counts(visit->db, visit->arena,
	    &(struct offer_counts_in){ .cohort_id = visit->cohort->id }, &counts);
	return message_cohort_seats_taken(visit->arena,
	    words_number(visit, counts.offered + counts.confirmed),
	    words_number(visit, visit->cohort->seats));
}

void
candidate_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &candidate_form);
	const char *link;
	struct page_cohort_application page = { 0 };
	struct sight sight;

	if (!is_shown(visit)) {
		visit_not_found(visit);
		return;
	}
	link = link_organise_application(
	    visit->arena, visit->site, visit->cohort->slug, visit->application->key);
	sight = sight_of(visit->db, visit->arena, visit->person, visit->cohort,
	    visit->application->id, visit->roles, visit->now);
	parts_choose_group(visit, values, CANDIDATE_GROUP);
	page.name = visit->cohort->name;
	page.back_link = link_organise_applications(visit->arena, visit->site, visit->cohort->slug);
	page.part_organise = parts_organise(visit, ORGANISE_APPLICATIONS);
	page.part_errors = form_summary(values);
	page.part_field = form_rows(values);
	page.action = link_under(visit->arena, link, "offer");
	page.review_link =
	    link_review_of(visit->arena, visit->site, visit->cohort->slug, visit->application->key);
	page.seats_words = seats_words(visit);
	page.offer_days = time_length(visit->arena, visit->cohort->offer_days * CLOCK_DAY);
	candidate_facts(visit, &sight, &page);
	candidate_answers(visit, &sight, &page);
	candidate_reviews(visit, &sight, &page);
	candidate_earlier(visit, &sight, &page);
	show_offers(visit, &page);
	show_state(visit, &page);
	page_cohort_application(visit_html(visit, 200), &visit->frame, &page);
}

/* The id of the group chosen, DB_NULL for none; false: there is none such. */
static bool
group_chosen(struct visit *visit, int64_t *group_id)
{
	const char *slug = form_text(visit->values, CANDIDATE_GROUP);
	struct group group;

	*group_id = DB_NULL;
	if (slug == NULL) {
		return true;
	}
	if (!group_find(visit->db, visit->arena, visit->cohort->id, slug, &group)) {
		return false;
	}
	*group_id = group.id;
	return true;
}

static void
offer_refused(struct visit *visit, const char *words)
{
	form_refuse_whole(visit->values, words);
	visit_again(visit);
}

static void
offer_seat(struct visit *visit, int64_t group_id)
{
	switch (offer_make(visit->db, visit->arena, visit->cohort,
	    &(struct offer_terms){ .application_id = visit->application->id,
		.email = visit->application->email,
		.group_id = group_id },
	    visit->now)) {
	case OFFER_MADE:
		visit_audit(visit, AUDIT_OFFERED, visit->application->person_id,
		    form_text(visit->values, CANDIDATE_GROUP));
		visit_notice(visit, MESSAGE_DONE_OFFER_MADE);
		visit_redirect(visit,
		    link_organise_application(
			visit->arena, visit->site, visit->cohort->slug, visit->application->key));
		break;
	case OFFER_ALREADY:
		offer_refused(visit, message(MESSAGE_COHORT_OFFER_ALREADY));
		break;
	case OFFER_NO_SEAT:
		offer_refused(visit,
		    message_cohort_offer_no_seat(
			visit->arena, words_seats(visit, visit->cohort->seats)));
		break;
	case OFFER_DOES_NOT_COUNT:
		offer_refused(visit, message(MESSAGE_COHORT_OFFER_DOES_NOT_COUNT));
		break;
	case OFFER_TOO_LATE_TO_MAKE:
		offer_refused(visit, message(MESSAGE_COHORT_OFFER_WHY_LATE));
		break;
	case OFFER_MAKE_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
candidate_offer(struct visit *visit)
{
	int64_t group_id;

	if (!is_shown(visit)) {
		visit_not_found(visit);
	} else if (!group_chosen(visit, &group_id)) {
		form_refuse(visit->values, CANDIDATE_GROUP, message(MESSAGE_WEB_FORM_CHOICE));
		visit_again(visit);
	} else {
		offer_seat(visit, group_id);
	}
}
