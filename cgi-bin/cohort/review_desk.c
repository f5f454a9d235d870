/*
 * A reviewer's desk: how far the cohort has come, the next application, and
 * what they wrote.
 */
#include "db/db.h"
#include "ground/text.h"
#include "review.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { DESK_PAGE = 50 };

enum { NEXT_BEYOND, NEXT_COUNT };

static const struct field next_fields[NEXT_COUNT] = {
	[NEXT_BEYOND] = { "beyond", FIELD_CHECK, MESSAGE_REVIEW_BEYOND_LABEL, .required = false },
};

const struct form review_next_form = {
	.name = "next",
	.fields = next_fields,
	.count = NEXT_COUNT,
};

static const char *
desk(struct visit *visit)
{
	return link_review(visit->arena, visit->site, visit->cohort->slug);
}

const char *
review_applications_words(struct visit *visit, int64_t count)
{
	return count == 1
	    ? message(MESSAGE_REVIEW_APPLICATIONS_ONE)
	    : message_review_applications_many(visit->arena, words_number(visit, count));
}

static void
show_progress(struct visit *visit, struct page_cohort_review_desk *page)
{
	struct review_state state =
	    review_state_of(visit->db, visit->arena, visit->cohort, visit->person->id);
	int64_t wanted = state.applications * visit->cohort->reviews_wanted;

	page->if_applications = state.applications > 0;
	page->if_all_complete = state.applications > 0 && state.complete == state.applications;
	page->progress = message_review_progress(visit->arena, words_number(visit, state.complete),
	    review_applications_words(visit, state.applications),
	    words_number(visit, visit->cohort->reviews_wanted));
	page->reviews_done = message_review_reviews_done(
	    visit->arena, words_number(visit, state.reviews), words_number(visit, wanted));
	page->percent = words_percent(visit, state.reviews, wanted);
	page->mine_words = state.mine == 0 ? message(MESSAGE_REVIEW_MINE_NONE)
	    : state.mine == 1
	    ? message(MESSAGE_REVIEW_MINE_ONE)
	    : message_review_mine_many(visit->arena, words_number(visit, state.mine));
	if (state.applications == 0) {
		page->part_empty = parts_empty(visit, MESSAGE_REVIEW_NOTHING_TITLE,
		    MESSAGE_REVIEW_NOTHING_WORDS, NULL, MESSAGE_NONE);
	}
}

/* What stands instead of the next application; NULL when there can be one. */
static const char *
why_closed(struct visit *visit)
{
	if (visit->now < visit->cohort->opens_at) {
		return message(MESSAGE_REVIEW_CLOSED_BEFORE);
	}
	if (!review_is_open(visit->cohort, visit->now)) {
		return message(MESSAGE_REVIEW_CLOSED_AFTER);
	}
	return review_criteria(visit).count == 0 ? message(MESSAGE_REVIEW_WITHOUT_CRITERIA) : NULL;
}

static void
show_begun(struct visit *visit, struct page_cohort_review_desk *page)
{
	struct review_next begun;
	struct review_subject_row subject;

	if (review_begun(visit->db, visit->arena,
		&(struct review_begun_in){
		    .cohort_id = visit->cohort->id, .person_id = visit->person->id },
		&begun) &&
	    review_subject(visit->db, visit->arena,
		&(struct review_subject_in){ .application_id = begun.id }, &subject)) {
		page->if_begun = true;
		page->begun = subject.call_sign == NULL ? subject.reference : subject.call_sign;
	}
}

/* The name where this reader may know it. */
static const char *
name_of(struct visit *visit, const struct review_mine_row *row)
{
	struct sight sight = sight_judge(&(struct sight_facts){
	    .is_organiser = visit_has(visit, ROLE_ORGANISER),
	    .is_reviewer = true,
	    .has_reviewed = true,
	    .has_revealed = row->has_revealed != 0,
	    .is_decided = sight_is_decided(row->standing),
	    .names_shown = sight_names_shown(visit->cohort, visit->now),
	});

	return sight_name(
	    &sight, row->name, row->call_sign == NULL ? row->reference : row->call_sign);
}

static void
show_mine(struct visit *visit, struct page_cohort_review_desk *page)
{
	int64_t before = 0;
	struct review_mine_row_rows mine;
	struct page_cohort_review_desk_reviews *rows;
	size_t count;

	(void)text_integer(visit_query(visit, "before"), 1, INT64_MAX, &before);
	mine = review_mine(visit->db, visit->arena,
	    &(struct review_mine_in){ .cohort_id = visit->cohort->id,
		.person_id = visit->person->id,
		.before = before,
		.most = DESK_PAGE + 1 });
	count = mine.count > DESK_PAGE ? DESK_PAGE : mine.count;
	rows = arena_array(visit->arena, count + 1, sizeof(*rows));
	for (size_t i = 0; i < count; i++) {
		const struct review_mine_row *row = &mine.rows[i];

		rows[i] = (struct page_cohort_review_desk_reviews){
			.review_link = link_review_of(
			    visit->arena, visit->site, visit->cohort->slug, row->key),
			.review_name = name_of(visit, row),
			.if_review_flagged = row->is_flagged != 0,
			.review_score = review_score_words(visit, row->score),
			.review_machine = time_machine(visit->arena, row->finished_at),
			.review_day = time_day(visit->arena, visit->zone, row->finished_at),
		};
	}
	page->reviews = (struct page_cohort_review_desk_reviews_list){ rows, count };
	page->mine_caption = count == 1
	    ? message(MESSAGE_REVIEW_MINE_CAPTION_ONE)
	    : message_review_mine_caption_many(visit->arena, words_number(visit, (int64_t)count));
	page->if_older = mine.count > DESK_PAGE;
	if (page->if_older) {
		page->older_link = link_with(visit->arena, desk(visit), "before",
		    words_number(visit, mine.rows[count - 1].place));
	}
}

void
review_desk_show(struct visit *visit)
{
	struct page_cohort_review_desk page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_REVIEW),
		.next_action = link_under(visit->arena, desk(visit), "next"),
		.part_errors = form_summary(visit->values),
		.closed = why_closed(visit),
	};

	show_progress(visit, &page);
	page.if_closed = page.closed != NULL;
	page.if_open = !page.if_closed && page.if_applications;
	show_begun(visit, &page);
	show_mine(visit, &page);
	page_cohort_review_desk(visit_html(visit, 200), &visit->frame, &page);
}

void
review_next(struct visit *visit)
{
	const char *key = NULL;

	switch (review_take_next(visit->db, visit->arena, visit->cohort, visit->person->id,
	    form_checked(visit->values, NEXT_BEYOND), visit->now, &key)) {
	case REVIEW_NEXT_TAKEN:
		visit_notice(visit, MESSAGE_DONE_REVIEW_TAKEN);
		visit_redirect(
		    visit, link_review_of(visit->arena, visit->site, visit->cohort->slug, key));
		break;
	case REVIEW_NEXT_NONE:
		visit_notice(visit, MESSAGE_DONE_REVIEW_NONE);
		visit_redirect(visit, desk(visit));
		break;
	case REVIEW_NEXT_CLOSED:
	case REVIEW_NEXT_WITHOUT_CRITERIA:
		form_refuse_whole(visit->values, why_closed(visit));
		visit_again(visit);
		break;
	case REVIEW_NEXT_FAULT:
	default:
		visit_error(visit, 500);
		break;
	}
}
