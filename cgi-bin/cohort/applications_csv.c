#include <stdlib.h>
#include <string.h>

#include "applications.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "model/questionnaire.h"
#include "web/csv.h"
#include "web/gzip.h"
#include "web/level.h"
#include "web/link.h"

/*
 * The list as a file: every row of the list that the address asks for, on all
 * pages.  Five thousand rows are about a megabyte, made whole in the worker like
 * every answer: what is more than nginx holds for us (fastcgi_buffers) goes
 * compressed, if the reader can take it so, and no worker waits for a slow line.
 * With answers a list of APPLICATIONS_ANSWERED at most is given, for that reason.
 */
enum { HELD_BY_NGINX = 256 << 10 };

static void
cell_of_number(struct bytes *out, int64_t number)
{
	if (number == LISTING_NONE) {
		csv_cell(out, NULL);
	} else {
		csv_number(out, number);
	}
}

static void
cell_of_points(struct bytes *out, int64_t thousandths)
{
	if (thousandths == LISTING_NONE) {
		csv_cell(out, NULL);
	} else {
		csv_thousandths(out, thousandths);
	}
}

static void
head_write(struct bytes *out, const struct questionnaire_item_rows *items)
{
	size_t i;

	csv_start(out);
	for (i = 0; i < LISTING_ORDERS; i++) {
		csv_cell(out, applications_column_name((enum listing_order)i));
	}
	csv_cell(out, message(MESSAGE_RANKING_COLUMN_PLACE));
	csv_cell(out, message(MESSAGE_RANKING_COLUMN_LINK));
	for (i = 0; i < items->count; i++) {
		csv_cell(out, items->rows[i].label);
	}
	csv_end(out);
}

/* The columns of the page, in their order, and what leads back to it. */
static void
row_write(struct visit *visit, struct bytes *out, const struct listing_row *row,
    const struct project_rows *projects)
{
	const struct listed *application = row->application;

	csv_cell(out, row->name);
	csv_number(out, row->reviews);
	cell_of_points(out, row->raw);
	cell_of_points(out, row->adjusted);
	cell_of_points(out, row->disagreement);
	cell_of_number(out, row->flags);
	csv_cell(out, level_name(visit, visit->cohort, application->level));
	csv_cell(out, applications_projects(visit, projects, row));
	csv_number(out, listing_hours(application->hours));
	cell_of_number(out, row->earlier);
	cell_of_number(out, row->waitlists);
	csv_cell(out, applications_stage_name(listing_stage(application->standing, row->decision)));
	cell_of_number(out, application->waitlist_position);
	csv_cell(out,
	    link_absolute(visit->arena, visit->site,
		link_organise_application(
		    visit->arena, visit->site, visit->cohort->slug, application->key)));
}

static int
answer_compare(const void *left, const void *right)
{
	const struct listed_answer *a = left, *b = right;

	if (a->application_id != b->application_id) {
		return a->application_id < b->application_id ? -1 : 1;
	}
	return (a->item_id > b->item_id) - (a->item_id < b->item_id);
}

/* The answers of one application that the reader may see, a cell a question. */
static void
answers_write(struct bytes *out, const struct listing_row *row,
    const struct questionnaire_item_rows *items, const struct listed_answer_rows *answers)
{
	size_t i;

	for (i = 0; i < items->count; i++) {
		const struct questionnaire_item *item = &items->rows[i];
		struct listed_answer wanted = { .application_id = row->application->id,
			.item_id = item->id };
		const struct listed_answer *found = answers->count == 0
		    ? NULL
		    : bsearch(
			  &wanted, answers->rows, answers->count, sizeof(wanted), answer_compare);

		csv_cell(out,
		    found != NULL &&
			    sight_shows(&row->sight, item->kind, item->is_identifying != 0,
				item->is_sensitive != 0)
			? found->value
			: NULL);
	}
}

/* What is or was asked, and every answer to it, sorted for looking up. */
static void
answers_load(
    struct visit *visit, struct questionnaire_item_rows *items, struct listed_answer_rows *answers)
{
	struct questionnaire questionnaire;
	struct listed_answer *rows;

	if (!questionnaire_find(
		visit->db, visit->arena, visit->cohort->id, "apply", &questionnaire)) {
		return;
	}
	*items = questionnaire_items_ever(visit->db, visit->arena, questionnaire.id);
	*answers = listing_answers(visit->db, visit->arena,
	    &(struct listing_answers_in){ .cohort_id = visit->cohort->id });
	rows = arena_array(visit->arena, answers->count + 1, sizeof(*rows));
	if (answers->count > 0) {
		memcpy(rows, answers->rows, answers->count * sizeof(*rows));
		qsort(rows, answers->count, sizeof(*rows), answer_compare);
		answers->rows = rows;
	}
}

static void
file_begin(struct visit *visit)
{
	const char *day =
	    arena_copy_bytes(visit->arena, clock_rfc3339(visit->arena, visit->now), 10);

	visit->response->status = 200;
	visit->response->content_type = CSV_TYPE;
	(void)response_header(visit->response, "Content-Disposition",
	    arena_format(visit->arena, "attachment; filename=\"applications-%s-%s.csv\"",
		visit->cohort->slug, day));
}

static void
file_end(struct visit *visit)
{
	struct response *response = visit->response;
	struct bytes *packed;

	if (response->body->length <= HELD_BY_NGINX ||
	    !gzip_is_accepted(visit->request->accept_encoding)) {
		return;
	}
	packed = gzip_bytes(visit->arena, response->body->data, response->body->length);
	if (packed != NULL) {
		response->body = packed;
		(void)response_header(response, "Content-Encoding", "gzip");
	}
}

void
applications_csv(struct visit *visit)
{
	struct applications_asked asked = applications_asked(visit);
	struct listing listing = applications_load(visit, &asked);
	struct project_rows projects =
	    application_choosable(visit->db, visit->arena, visit->cohort->id);
	bool has_answers = text_equal(visit_query(visit, "with"), "answers");
	struct questionnaire_item_rows items = { 0 };
	struct listed_answer_rows answers = { 0 };
	struct bytes *out = visit->response->body;
	size_t i;

	if (has_answers && listing.count > APPLICATIONS_ANSWERED) {
		visit_redirect(visit,
		    applications_link(visit,
			link_organise_applications(visit->arena, visit->site, visit->cohort->slug),
			&asked));
		return;
	}
	if (has_answers) {
		answers_load(visit, &items, &answers);
	}
	file_begin(visit);
	head_write(out, &items);
	for (i = 0; i < listing.count; i++) {
		row_write(visit, out, &listing.rows[i], &projects);
		answers_write(out, &listing.rows[i], &items, &answers);
		csv_end(out);
	}
	file_end(visit);
}
