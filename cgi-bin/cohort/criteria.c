#include "cohort.h"
#include "ground/text.h"
#include "model/criterion.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { CRITERION_NAME_MAX = 80, CRITERION_HELP_MAX = 500 };

enum { CRITERION_NAME, CRITERION_HELP, CRITERION_WEIGHT, CRITERION_COUNT };

static const struct field criteria_fields[CRITERION_COUNT] = {
	[CRITERION_NAME] = { "name", FIELD_LINE, MESSAGE_PLAN_CRITERION_NAME_LABEL,
	    MESSAGE_PLAN_CRITERION_NAME_HELP, true, .max = CRITERION_NAME_MAX },
	[CRITERION_HELP] = { "help", FIELD_TEXT, MESSAGE_PLAN_CRITERION_HELP_LABEL,
	    MESSAGE_PLAN_CRITERION_HELP_HELP, .max = CRITERION_HELP_MAX, .rows = 3 },
	[CRITERION_WEIGHT] = { "weight", FIELD_NUMBER, MESSAGE_PLAN_CRITERION_WEIGHT_LABEL,
	    MESSAGE_PLAN_CRITERION_WEIGHT_HELP, true, .min = 1, .max = CRITERION_WEIGHT_MAX },
};

const struct form criteria_form = {
	.name = "criterion",
	.fields = criteria_fields,
	.count = CRITERION_COUNT,
};

enum { MOVE_DIRECTION, MOVE_COUNT };

static const struct field move_fields[MOVE_COUNT] = {
	/* Which of the two buttons it was. */
	[MOVE_DIRECTION] = { "direction", FIELD_HIDDEN, MESSAGE_PLAN_CRITERION_WAY_LABEL,
	    .required = true, .max = sizeof("down") - 1 },
};

const struct form criteria_move_form = {
	.name = "criterion_move",
	.fields = move_fields,
	.count = MOVE_COUNT,
};

const struct form criteria_button_form = { .name = "criterion_button" };

static const char *
criteria_link(struct visit *visit)
{
	return link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "criteria");
}

static const char *
criterion_link(struct visit *visit, int64_t id)
{
	return link_under(visit->arena, criteria_link(visit), words_number(visit, id));
}

/* The criterion that the address names; false, and a 404: there is none. */
static bool
find_as(struct visit *visit, const char *name, struct criterion *criterion)
{
	int64_t id = 0;

	if (!text_integer(visit_param(visit, name), 1, INT64_MAX, &id) ||
	    !criterion_by_id(visit->db, visit->arena,
		&(struct criterion_by_id_in){ .cohort_id = visit->cohort->id, .id = id },
		criterion)) {
		visit_not_found(visit);
		return false;
	}
	return true;
}

static bool
find(struct visit *visit, struct criterion *criterion)
{
	return find_as(visit, "criterion", criterion);
}

static struct page_cohort_criteria_criteria
criterion_row(struct visit *visit, const struct criterion *criterion, bool first, bool last)
{
	const char *link = criterion_link(visit, criterion->id);

	return (struct page_cohort_criteria_criteria){
		.criterion = criterion->name,
		.if_help = !text_empty(criterion->help),
		.help = criterion->help,
		.weight = words_number(visit, criterion->weight),
		.edit_link = link,
		.move_action = link_under(visit->arena, link, "move"),
		.remove_action = link_under(visit->arena, link, "remove"),
		.if_up = !first,
		.if_down = !last,
	};
}

/* Those that are scored, and those that were. */
static void
fill_rows(struct visit *visit, struct page_cohort_criteria *page)
{
	struct criterion_rows all = criterion_ever(
	    visit->db, visit->arena, &(struct criterion_ever_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_criteria_criteria *rows =
	    arena_array(visit->arena, all.count + 1, sizeof(*rows));
	struct page_cohort_criteria_retired *retired =
	    arena_array(visit->arena, all.count + 1, sizeof(*retired));
	size_t count = 0, i;

	while (count < all.count && all.rows[count].retired_at == DB_NULL) {
		count++;
	}
	for (i = 0; i < count; i++) {
		rows[i] = criterion_row(visit, &all.rows[i], i == 0, i + 1 == count);
	}
	for (; i < all.count; i++) {
		retired[i - count] = (struct page_cohort_criteria_retired){
			.retired_name = all.rows[i].name,
			.revive_action = link_under(
			    visit->arena, criterion_link(visit, all.rows[i].id), "revive"),
		};
	}
	page->criteria = (struct page_cohort_criteria_criteria_list){ rows, count };
	page->retired = (struct page_cohort_criteria_retired_list){ retired, all.count - count };
}

void
criteria_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &criteria_form);
	struct page_cohort_criteria page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_CRITERIA),
		.part_errors = form_summary(visit->values),
		.action = criteria_link(visit),
	};

	fill_rows(visit, &page);
	form_fill_integer(values, CRITERION_WEIGHT, 1);
	page.part_field = form_rows(values);
	if (page.criteria.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_PLAN_CRITERIA_NONE_TITLE,
		    MESSAGE_PLAN_CRITERIA_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_criteria(visit_html(visit, 200), &visit->frame, &page);
}

void
criteria_edit_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &criteria_form);
	struct criterion criterion;

	if (!find(visit, &criterion)) {
		return;
	}
	form_fill(values, CRITERION_NAME, criterion.name);
	form_fill(values, CRITERION_HELP, criterion.help);
	form_fill_integer(values, CRITERION_WEIGHT, criterion.weight);
	page_cohort_criterion(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_criterion){ .criterion = criterion.name,
		.back_link = criteria_link(visit),
		.part_organise = parts_organise(visit, ORGANISE_CRITERIA),
		.part_errors = form_summary(values),
		.action = criterion_link(visit, criterion.id),
		.part_field = form_rows(values) });
}

static void
answer(struct visit *visit, enum criterion_outcome outcome, enum audit_action action,
    enum message done)
{
	enum message why = MESSAGE_NONE;

	switch (outcome) {
	case CRITERION_RETIRED:
		done = MESSAGE_DONE_CRITERION_RETIRED;
		/* fall through */
	case CRITERION_SAVED:
		visit_audit(visit, action, 0, NULL);
		visit_notice(visit, done);
		visit_redirect(visit, criteria_link(visit));
		return;
	case CRITERION_NAME_TAKEN:
		form_refuse(visit->values, CRITERION_NAME, message(MESSAGE_PLAN_CRITERION_TAKEN));
		visit_again(visit);
		return;
	case CRITERION_UNKNOWN:
		why = MESSAGE_PLAN_CRITERION_GONE;
		break;
	case CRITERION_TOO_MANY:
		why = MESSAGE_PLAN_CRITERIA_TOO_MANY;
		break;
	case CRITERION_LAST:
		why = MESSAGE_PLAN_CRITERION_LAST;
		break;
	case CRITERION_FAULT:
		visit_error(visit, 500);
		return;
	}
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

static struct criterion_plan
plan_read(const struct form_values *values)
{
	return (struct criterion_plan){ .name = form_text(values, CRITERION_NAME),
		.help = form_words(values, CRITERION_HELP),
		.weight = form_integer(values, CRITERION_WEIGHT, 1) };
}

void
criteria_add(struct visit *visit)
{
	struct criterion_plan plan = plan_read(visit->values);

	answer(visit, criterion_add(visit->db, visit->arena, visit->cohort, &plan),
	    AUDIT_CRITERION_ADDED, MESSAGE_DONE_CRITERION_ADDED);
}

void
criteria_save(struct visit *visit)
{
	struct criterion_plan plan = plan_read(visit->values);
	struct criterion criterion;

	if (find(visit, &criterion)) {
		answer(visit,
		    criterion_change(visit->db, visit->arena, visit->cohort, criterion.id, &plan),
		    AUDIT_CRITERION_CHANGED, MESSAGE_DONE_CRITERION_SAVED);
	}
}

void
criteria_move(struct visit *visit)
{
	const char *direction = form_text(visit->values, MOVE_DIRECTION);
	int step = text_equal(direction, "up") ? -1 : 1;
	struct criterion criterion;

	if (step == 1 && !text_equal(direction, "down")) {
		visit_forbidden(visit);
	} else if (find(visit, &criterion)) {
		answer(visit,
		    criterion_move(visit->db, visit->arena, visit->cohort, criterion.id, step),
		    AUDIT_CRITERION_CHANGED, MESSAGE_DONE_CRITERION_MOVED);
	}
}

void
criteria_remove(struct visit *visit)
{
	struct criterion criterion;

	if (find(visit, &criterion)) {
		answer(visit,
		    criterion_remove(
			visit->db, visit->arena, visit->cohort, criterion.id, visit->now),
		    AUDIT_CRITERION_REMOVED, MESSAGE_DONE_CRITERION_REMOVED);
	}
}

void
criteria_revive(struct visit *visit)
{
	struct criterion criterion;

	if (find_as(visit, "retired", &criterion)) {
		answer(visit,
		    criterion_revive(visit->db, visit->arena, visit->cohort, criterion.id),
		    AUDIT_CRITERION_ADDED, MESSAGE_DONE_CRITERION_ADDED);
	}
}
