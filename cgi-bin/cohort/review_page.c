/*
 * One application before a reader, and the review they write of it.
 */
#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "ground/text.h"
#include "review.h"
#include "web/link.h"
#include "web/page/cohort.h"

const char *
review_score_words(struct visit *visit, int64_t thousandths)
{
	int64_t tenths = (thousandths + 50) / 100;

	return arena_format(visit->arena, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
}

struct criterion_rows
review_criteria(struct visit *visit)
{
	return criterion_asked(visit->db, visit->arena,
	    &(struct criterion_asked_in){ .cohort_id = visit->cohort->id });
}

static const struct field last_fields[REVIEW_FIELDS] = {
	[REVIEW_NOTE] = { "note", FIELD_TEXT, MESSAGE_REVIEW_NOTE_LABEL, MESSAGE_REVIEW_NOTE_HELP,
	    .max = REVIEW_NOTE_MAX },
	[REVIEW_FLAG] = { "flag", FIELD_CHECK, MESSAGE_REVIEW_FLAG_LABEL, MESSAGE_REVIEW_FLAG_HELP,
	    .required = false },
	[REVIEW_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_REVIEW_REVISION_LABEL, .max = 20 },
};

const struct form *
review_form(struct visit *visit)
{
	struct criterion_rows criteria = review_criteria(visit);
	struct field *fields =
	    arena_array(visit->arena, criteria.count + REVIEW_FIELDS, sizeof(*fields));
	struct form *form = arena_alloc(visit->arena, sizeof(*form));
	size_t i;

	for (i = 0; i < criteria.count; i++) {
		fields[i] = (struct field){
			.name = arena_format(visit->arena, "points_%" PRId64, criteria.rows[i].id),
			.kind = FIELD_NUMBER,
			.words = criteria.rows[i].name,
			.help_words =
			    text_empty(criteria.rows[i].help) ? NULL : criteria.rows[i].help,
			.required = true,
			.min = 0,
			.max = REVIEW_POINTS_MAX,
			.tells_limits = true,
		};
	}
	memcpy(&fields[criteria.count], last_fields, sizeof(last_fields));
	*form = (struct form){ .name = "review",
		.fields = fields,
		.count = criteria.count + REVIEW_FIELDS,
		.steps = true };
	return form;
}

struct form_values *
review_values(struct visit *visit)
{
	if (visit->values != NULL && strcmp(visit->values->form->name, "review") == 0) {
		return visit->values;
	}
	return form_new(visit->arena, review_form(visit));
}

static const char *
step_link(struct visit *visit, const char *step)
{
	const char *link =
	    link_review_of(visit->arena, visit->site, visit->cohort->slug, visit->application->key);

	return step == NULL ? link : link_under(visit->arena, link, step);
}

/* The points of one's review, by criterion, as far as they were given. */
static void
fill(struct visit *visit, struct form_values *values, const struct criterion_rows *criteria,
    const struct review *own)
{
	struct review_points_rows points = review_points_of(
	    visit->db, visit->arena, &(struct review_points_of_in){ .review_id = own->id });

	for (size_t i = 0; i < criteria->count; i++) {
		for (size_t j = 0; j < points.count; j++) {
			if (points.rows[j].criterion_id == criteria->rows[i].id) {
				form_fill_integer(values, i, points.rows[j].score);
			}
		}
	}
	form_fill(values, criteria->count + REVIEW_NOTE, own->note);
	form_fill_check(values, criteria->count + REVIEW_FLAG, own->is_flagged != 0);
}

static void
show_form(struct visit *visit, const struct review *own, struct page_cohort_review *page)
{
	struct form_values *values = review_values(visit);
	struct criterion_rows criteria = review_criteria(visit);

	if (own != NULL && own->finished_at != DB_NULL) {
		fill(visit, values, &criteria, own);
	}
	form_fill_integer(
	    values, criteria.count + REVIEW_REVISION, own == NULL ? 0 : review_revision(own));
	page->part_field = form_rows(values);
	page->action = step_link(visit, NULL);
	if (criteria.count == 0) {
		page->if_possible = false;
		page->why_not = message(MESSAGE_REVIEW_WITHOUT_CRITERIA);
	}
}

/* One row for each review, of rows that are a point each. */
static struct page_cohort_review_others_list
others_rows(struct visit *visit)
{
	struct review_other_rows points = review_others(visit->db, visit->arena,
	    &(struct review_others_in){
		.application_id = visit->application->id, .person_id = visit->person->id });
	struct page_cohort_review_others *rows =
	    arena_array(visit->arena, points.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < points.count; i++) {
		const struct review_other *point = &points.rows[i];
		const char *given =
		    point->criterion == NULL ? NULL : words_number(visit, point->points);

		if (i > 0 && point->id == points.rows[i - 1].id) {
			rows[count - 1].other_points = message_review_points_and(
			    visit->arena, rows[count - 1].other_points, point->criterion, given);
			continue;
		}
		rows[count++] = (struct page_cohort_review_others){
			.other_score = review_score_words(visit, point->score),
			.other_name = point->erased_at == DB_NULL
			    ? point->reviewer
			    : message(MESSAGE_REVIEW_SOMEBODY_GONE),
			.other_points = given == NULL
			    ? NULL
			    : message_review_points_first(visit->arena, point->criterion, given),
			.if_other_flagged = point->is_flagged != 0,
			.if_other_note = !text_empty(point->note),
			.other_note = point->note,
		};
	}
	return (struct page_cohort_review_others_list){ rows, count };
}

static void
show_own(struct visit *visit, const struct review *own, struct page_cohort_review *page)
{
	struct criterion_rows criteria = review_criteria(visit);
	struct review_points_rows points = review_points_of(
	    visit->db, visit->arena, &(struct review_points_of_in){ .review_id = own->id });

	page->if_own = true;
	page->own_score = review_score_words(visit, own->score);
	page->if_own_note = !text_empty(own->note);
	page->own_note = own->note;
	for (size_t i = 0; i < criteria.count; i++) {
		for (size_t j = 0; j < points.count; j++) {
			const char *given = words_number(visit, points.rows[j].score);

			if (points.rows[j].criterion_id != criteria.rows[i].id) {
				continue;
			}
			page->own_points = page->own_points == NULL
			    ? message_review_points_first(
				  visit->arena, criteria.rows[i].name, given)
			    : message_review_points_and(
				  visit->arena, page->own_points, criteria.rows[i].name, given);
		}
	}
}

static bool
is_possible(struct visit *visit)
{
	struct review_subject_row subject;

	return review_subject(visit->db, visit->arena,
		   &(struct review_subject_in){ .application_id = visit->application->id },
		   &subject) &&
	    review_is_possible(visit->cohort, subject.standing, visit->now);
}

void
review_show(struct visit *visit)
{
	struct sight sight = review_sight(visit);
	struct page_cohort_review page = { .name = visit->cohort->name };
	struct review review;
	bool has_begun;

	if (visit->application->confirmed_at == DB_NULL) {
		visit_not_found(visit);
		return;
	}
	has_begun = review_find(
	    visit->db, visit->arena, visit->application->id, visit->person->id, &review);
	page.desk_link = link_review(visit->arena, visit->site, visit->cohort->slug);
	page.part_organise = parts_organise(visit, ORGANISE_REVIEW);
	page.reveal_action = step_link(visit, "reveal");
	page.conflict_action = step_link(visit, "conflict");
	review_show_subject(visit, &sight, &page);
	page.if_possible = is_possible(visit);
	page.why_not = message(MESSAGE_REVIEW_CLOSED);
	page.part_errors = form_summary(visit->values);
	if (has_begun && review.finished_at != DB_NULL) {
		show_own(visit, &review, &page);
	}
	if (page.if_possible) {
		show_form(visit, has_begun ? &review : NULL, &page);
	}
	page.if_compares = sight.scores_of_others && sight.notes_of_others;
	if (page.if_compares) {
		page.others = others_rows(visit);
	}
	page_cohort_review(visit_html(visit, 200), &visit->frame, &page);
}
