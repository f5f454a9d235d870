/*
 * Who reviews a cohort's applications: appointing and ending, and the end of
 * blind review.
 */
#include "db/db.h"
#include "ground/text.h"
#include "model/reviewers.h"
#include "review.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { APPOINT_NAME, APPOINT_EMAIL, APPOINT_COUNT };

static const struct field appoint_fields[APPOINT_COUNT] = {
	[APPOINT_NAME] = { "name", FIELD_LINE, MESSAGE_REVIEW_REVIEWER_NAME_LABEL,
	    MESSAGE_REVIEW_REVIEWER_NAME_HELP, .required = true, .max = 100,
	    .autocomplete = "off" },
	[APPOINT_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_REVIEW_REVIEWER_EMAIL_LABEL,
	    MESSAGE_REVIEW_REVIEWER_EMAIL_HELP, .required = true, .autocomplete = "off" },
};

const struct form reviewers_form = {
	.name = "appoint",
	.fields = appoint_fields,
	.count = APPOINT_COUNT,
};

enum { PERSON_ID, PERSON_COUNT };

static const struct field person_fields[PERSON_COUNT] = {
	[PERSON_ID] = { "person", FIELD_HIDDEN, MESSAGE_REVIEW_REVIEWER_PERSON_LABEL,
	    .required = true, .max = 20 },
};

const struct form reviewers_member_form = {
	.name = "appoint_member",
	.fields = person_fields,
	.count = PERSON_COUNT,
};

const struct form reviewers_end_form = {
	.name = "end_reviewer",
	.fields = person_fields,
	.count = PERSON_COUNT,
};

const struct form reviewers_names_form = { .name = "names", .fields = NULL, .count = 0 };

static const char *
page_link(struct visit *visit, const char *part)
{
	const char *link = link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "reviewers");

	return part == NULL ? link : link_under(visit->arena, link, part);
}

static const char *
reviews_words(struct visit *visit, int64_t count)
{
	return count == 1 ? message(MESSAGE_REVIEW_REVIEWS_ONE)
			  : message_review_reviews_many(visit->arena, words_number(visit, count));
}

static int64_t
count_of(struct reviewer_counts_row_rows counts, int64_t person_id)
{
	for (size_t i = 0; i < counts.count; i++) {
		if (counts.rows[i].person_id == person_id) {
			return counts.rows[i].reviews;
		}
	}
	return 0;
}

static struct page_cohort_reviewers_reviewers_list
reviewer_rows(struct visit *visit)
{
	struct reviewer_list_row_rows list = reviewer_list(
	    visit->db, visit->arena, &(struct reviewer_list_in){ .cohort_id = visit->cohort->id });
	struct reviewer_counts_row_rows counts = reviewer_counts(visit->db, visit->arena,
	    &(struct reviewer_counts_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_reviewers_reviewers *rows =
	    arena_array(visit->arena, list.count + 1, sizeof(*rows));

	for (size_t i = 0; i < list.count; i++) {
		rows[i] = (struct page_cohort_reviewers_reviewers){
			.reviewer_name = list.rows[i].name,
			.reviewer_end_name = list.rows[i].name,
			.reviewer_state =
			    message(list.rows[i].is_appointed != 0 ? MESSAGE_REVIEW_APPOINTED
								   : MESSAGE_REVIEW_BY_ROLE),
			.reviewer_reviews = reviews_words(visit, count_of(counts, list.rows[i].id)),
			.if_reviewer_appointed = list.rows[i].is_appointed != 0,
			.end_action = page_link(visit, "end"),
			.reviewer_id = words_number(visit, list.rows[i].id),
		};
	}
	return (struct page_cohort_reviewers_reviewers_list){ rows, list.count };
}

/* One row a person, whatever roles they have. */
static struct page_cohort_reviewers_candidates_list
candidate_rows(struct visit *visit)
{
	struct reviewer_candidates_row_rows list = reviewer_candidates(visit->db, visit->arena,
	    &(struct reviewer_candidates_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_reviewers_candidates *rows =
	    arena_array(visit->arena, list.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < list.count; i++) {
		if (i > 0 && list.rows[i].id == list.rows[i - 1].id) {
			continue;
		}
		rows[count++] = (struct page_cohort_reviewers_candidates){
			.candidate_name = list.rows[i].name,
			.candidate_appoint_name = list.rows[i].name,
			.candidate_role = words_role(list.rows[i].role),
			.member_action = page_link(visit, "member"),
			.candidate_id = words_number(visit, list.rows[i].id),
		};
	}
	return (struct page_cohort_reviewers_candidates_list){ rows, count };
}

void
reviewers_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &reviewers_form);
	struct review_state state =
	    review_state_of(visit->db, visit->arena, visit->cohort, visit->person->id);
	struct page_cohort_reviewers page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_REVIEWERS),
		.part_errors = form_summary(visit->values),
		.part_field = form_rows(values),
		.action = page_link(visit, NULL),
		.names_action = page_link(visit, "names"),
		.if_shown = sight_names_shown(visit->cohort, visit->now),
		.reviewers = reviewer_rows(visit),
		.candidates = candidate_rows(visit),
		.progress =
		    message_review_progress(visit->arena, words_number(visit, state.complete),
			review_applications_words(visit, state.applications),
			words_number(visit, visit->cohort->reviews_wanted)),
	};

	if (page.if_shown) {
		page.shown = time_day(visit->arena, visit->zone, visit->cohort->names_shown_at);
	}
	page_cohort_reviewers(visit_html(visit, 200), &visit->frame, &page);
}

static void
refuse(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

static void
answer(struct visit *visit, enum reviewers_outcome outcome, int64_t person_id)
{
	switch (outcome) {
	case REVIEWERS_APPOINTED:
		visit_audit(visit, AUDIT_ROLE_GIVEN, person_id, "reviewer");
		visit_notice(visit, MESSAGE_DONE_REVIEWER_APPOINTED);
		visit_redirect(visit, page_link(visit, NULL));
		break;
	case REVIEWERS_ALREADY:
		refuse(visit, MESSAGE_REVIEW_ALREADY);
		break;
	case REVIEWERS_IS_ORGANISER:
		refuse(visit, MESSAGE_REVIEW_IS_ORGANISER);
		break;
	case REVIEWERS_IS_DJANGONAUT:
		refuse(visit, MESSAGE_REVIEW_IS_DJANGONAUT);
		break;
	case REVIEWERS_KEPT_OUT:
		refuse(visit, MESSAGE_REVIEW_KEPT_OUT);
		break;
	case REVIEWERS_NO_ADDRESS:
		refuse(visit, MESSAGE_REVIEW_NO_ADDRESS);
		break;
	case REVIEWERS_NOBODY:
		refuse(visit, MESSAGE_REVIEW_NOBODY);
		break;
	case REVIEWERS_FAULT:
	default:
		visit_error(visit, 500);
		break;
	}
}

/* A cohort that is over has nobody to appoint. */
static bool
is_over(struct visit *visit)
{
	if (visit->now < visit->cohort->ends_at) {
		return false;
	}
	refuse(visit, MESSAGE_REVIEW_OVER);
	return true;
}

void
reviewers_appoint_new(struct visit *visit)
{
	int64_t person_id = 0;
	enum reviewers_outcome outcome;

	if (is_over(visit)) {
		return;
	}
	outcome = reviewers_appoint(visit->db, visit->arena, visit->cohort,
	    form_text(visit->values, APPOINT_NAME), form_text(visit->values, APPOINT_EMAIL),
	    visit->now, &person_id);
	answer(visit, outcome, person_id);
}

static int64_t
sent_person(struct visit *visit)
{
	int64_t id = 0;

	(void)text_integer(form_words(visit->values, PERSON_ID), 1, INT64_MAX, &id);
	return id;
}

void
reviewers_appoint_button(struct visit *visit)
{
	int64_t person_id = sent_person(visit);

	if (!is_over(visit)) {
		answer(visit,
		    reviewers_appoint_member(
			visit->db, visit->arena, visit->cohort, person_id, visit->now),
		    person_id);
	}
}

void
reviewers_end_button(struct visit *visit)
{
	int64_t person_id = sent_person(visit);

	if (!reviewers_end(visit->db, visit->cohort, person_id, visit->now)) {
		refuse(visit, MESSAGE_REVIEW_NOT_APPOINTED);
		return;
	}
	visit_audit(visit, AUDIT_ROLE_ENDED, person_id, "reviewer");
	visit_notice(visit, MESSAGE_DONE_REVIEWER_ENDED);
	visit_redirect(visit, page_link(visit, NULL));
}

void
reviewers_show_names(struct visit *visit)
{
	int64_t changed = review_show_names(visit->db,
	    &(struct review_show_names_in){ .cohort_id = visit->cohort->id, .now = visit->now });

	if (changed < 0) {
		visit_error(visit, 500);
		return;
	}
	if (changed == 1) {
		visit_audit(visit, AUDIT_NAMES_SHOWN, 0, NULL);
	}
	visit_notice(visit, MESSAGE_DONE_NAMES_SHOWN);
	visit_redirect(visit, page_link(visit, NULL));
}
