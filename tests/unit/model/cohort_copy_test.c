/*
 * A cohort that begins as an earlier one was, and forms that are copied.
 */
#include "model/cohort_copy.h"

#include <string.h>

#include "fixture.h"
#include "model/cohort_plan.h"
#include "model/questionnaire.h"
#include "model/questionnaire_copy.h"
#include "statement.h"

/* The next cohort, begun 245 days after the fixture's. */
static struct cohort
next_cohort(struct model *model)
{
	struct cohort cohort;

	assert_int_equal(cohort_plan_create(model->db, model->arena,
			     &(struct cohort_plan){ .slug = "2027-2",
				 .name = "Session 2",
				 .goal = "Another one",
				 .description = "",
				 .opens_on = "2027-10-01",
				 .closes_on = "2027-10-31",
				 .starts_on = "2027-12-06",
				 .weeks = 6,
				 .djangonauts_per_navigator = 4,
				 .djangonauts_per_group = 8,
				 .seats = 20,
				 .offer_days = 7,
				 .reviews_wanted = 2,
				 .grace_minutes = 30,
				 .chat_name = "",
				 .chat_link = "" },
			     model->organiser_id, model->now),
	    COHORT_PLAN_SAVED);
	assert_true(cohort_find(model->db, model->arena, "2027-2", &cohort));
	return cohort;
}

static struct questionnaire_item_rows
asked_in(struct model *model, int64_t cohort_id, const char *purpose)
{
	struct questionnaire form;

	assert_true(questionnaire_find(model->db, model->arena, cohort_id, purpose, &form));
	return questionnaire_items(model->db, model->arena, form.id);
}

/* Puts questions in the fixture's applicants' form. */
static void
ask(struct model *model, const struct questionnaire_default *questions, size_t count)
{
	assert_true(questionnaire_make_default(
	    model->db, model->arena, model->cohort.id, questions, count, model->now));
}

enum { FIRST_DAY = 20900, LAST_DAY = 21000 };

static const struct questionnaire_default questions[] = {
	{ "why", { ITEM_LONG, "Why?", "*Say*", true, false, false, 3, 500, "" } },
	{ "since", { ITEM_DATE, "Since when?", "", false, true, true, FIRST_DAY, LAST_DAY, "" } },
	{ "tools", { ITEM_SEVERAL, "Tools", "", false, false, false, 1, 2, "git\nsvn\ncvs" } },
};

static const struct questionnaire_copied *
copy_form(struct model *model, const struct cohort *to, int64_t days)
{
	struct questionnaire_copied *copied = arena_alloc(model->arena, sizeof *copied);

	assert_true(questionnaire_copy(
	    model->db, model->arena, model->cohort.id, to->id, "apply", days, model->now, copied));
	return copied;
}

static void
a_copied_form_asks_the_same_under_the_same_names(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	const struct questionnaire_copied *copied;
	struct questionnaire_item_rows items;

	ask(model, questions, 3);
	copied = copy_form(model, &next, 0);
	assert_int_equal(copied->added, 3);
	assert_int_equal(copied->reworded, 0);
	items = asked_in(model, next.id, "apply");
	assert_int_equal(items.count, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct questionnaire_item *item = &items.rows[i];

		assert_string_equal(item->name, questions[i].name);
		assert_string_equal(item->kind, item_kind_name(questions[i].plan.kind));
		assert_string_equal(item->label, questions[i].plan.label);
		assert_string_equal(item->help, questions[i].plan.help);
		assert_string_equal(item->options, questions[i].plan.options);
		assert_int_equal(item->is_required, questions[i].plan.is_required);
		assert_int_equal(item->is_sensitive, questions[i].plan.is_sensitive);
		assert_int_equal(item->is_identifying, questions[i].plan.is_identifying);
		assert_int_equal(item->least, questions[i].plan.least);
		assert_int_equal(item->most, questions[i].plan.most);
	}
}

static void
days_of_a_copied_form_move_and_numbers_stay(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	struct questionnaire_item_rows items;

	ask(model, questions, 3);
	(void)copy_form(model, &next, 245);
	items = asked_in(model, next.id, "apply");
	assert_int_equal(items.rows[0].most, 500);
	assert_int_equal(items.rows[1].least, FIRST_DAY + 245);
	assert_int_equal(items.rows[1].most, LAST_DAY + 245);
	assert_int_equal(items.rows[2].most, 2);
}

static void
the_newest_wording_is_copied_and_what_is_retired_is_not(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	struct questionnaire_item_rows items;

	ask(model, questions, 3);
	statement(model,
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " SELECT id, 'Why now?', 0, 5 FROM questionnaire_item WHERE name = 'why'");
	statement(model, "UPDATE questionnaire_item SET retired_at = 5 WHERE name = 'since'");
	assert_int_equal(copy_form(model, &next, 0)->added, 2);
	items = asked_in(model, next.id, "apply");
	assert_int_equal(items.count, 2);
	assert_string_equal(items.rows[0].label, "Why now?");
	assert_string_equal(items.rows[1].name, "tools");
}

static void
a_form_that_has_questions_keeps_its_own(void **state)
{
	static const struct questionnaire_default own[] = {
		{ "snack", { ITEM_SHORT, "Snack", "", true, false, false, DB_NULL, DB_NULL, "" } },
		{ "why", { ITEM_LONG, "Warum?", "", true, true, false, DB_NULL, DB_NULL, "" } },
		{ "tools", { ITEM_SHORT, "Tool", "", true, false, false, DB_NULL, 9, "" } },
	};
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	const struct questionnaire_copied *copied;
	struct questionnaire_item_rows items;

	ask(model, questions, 3);
	assert_true(
	    questionnaire_make_default(model->db, model->arena, next.id, own, 3, model->now));
	copied = copy_form(model, &next, 0);
	assert_int_equal(copied->added, 1);
	assert_int_equal(copied->reworded, 1);
	assert_int_equal(copied->left, 1);
	items = asked_in(model, next.id, "apply");
	assert_int_equal(items.count, 4);
	assert_string_equal(items.rows[0].name, "snack");
	assert_string_equal(items.rows[1].label, "Why?");
	/* Sensitive in either: it stays so. */
	assert_int_equal(items.rows[1].is_sensitive, 1);
	assert_string_equal(items.rows[2].label, "Tool");
	assert_string_equal(items.rows[3].name, "since");
}

static void
copying_twice_changes_nothing_more(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	int64_t wordings;

	ask(model, questions, 3);
	(void)copy_form(model, &next, 10);
	wordings = statement_number(model, "SELECT count(*) FROM item_wording");
	assert_int_equal(copy_form(model, &next, 10)->added, 0);
	assert_int_equal(statement_number(model, "SELECT count(*) FROM item_wording"), wordings);
}

/* What the fixture's cohort has that another may have, too. */
static void
furnish(struct model *model)
{
	ask(model, questions, 3);
	statement(model,
	    "INSERT INTO questionnaire_item (questionnaire_id, name, position, kind)"
	    " SELECT id, 'languages', 1, 'list' FROM questionnaire"
	    " WHERE purpose = 'navigator' AND cohort_id = 1");
	statement(model,
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " SELECT max(id), 'Languages', 0, 5 FROM questionnaire_item");
	statement(model,
	    "UPDATE questionnaire SET intro = 'Take a breath.', minutes = 35"
	    " WHERE purpose = 'apply' AND cohort_id = 1");
	statement(model,
	    "INSERT INTO cohort_level (cohort_id, level, name, help)"
	    " VALUES (1, 1, 'Ashore', 'Never sailed'), (1, 4, 'Captain', '')");
	statement(model,
	    "INSERT INTO criterion (cohort_id, name, help, weight, position, retired_at)"
	    " VALUES (1, 'Heart', 'How much', 3, 2, NULL), (1, 'Craft', '', 1, 1, NULL),"
	    " (1, 'Old', '', 1, 3, 7)");
	statement(model,
	    "INSERT INTO project (cohort_id, name, description, link)"
	    " VALUES (1, 'Docs', 'Words', 'https://docs.example.org')");
	statement(model,
	    "UPDATE cohort_week SET theme = 'Theme ' || number, objectives = 'Do ' || number"
	    " WHERE cohort_id = 1");
	statement(model,
	    "INSERT INTO wording (cohort_id, kind, subject, body, changed_at)"
	    " VALUES (1, 'offer', 'A berth', 'Come: {link}', 5),"
	    " (NULL, 'offer', 'The house', 'House: {link}', 5)");
}

static void
a_whole_cohort_is_copied_but_for_its_people(void **state)
{
	struct model *model = *state;
	struct cohort next;

	furnish(model);
	(void)model_application(model, "vega");
	(void)model_member(model, "rigel", "navigator", DB_NULL);
	next = next_cohort(model);
	assert_int_equal(next.id, 2);
	assert_true(cohort_copy(model->db, model->arena, &model->cohort, &next, model->now));

	assert_int_equal(asked_in(model, 2, "apply").count, 3);
	assert_int_equal(asked_in(model, 2, "apply").rows[1].least, FIRST_DAY + 245);
	assert_string_equal(asked_in(model, 2, "navigator").rows[0].name, "languages");
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM questionnaire WHERE cohort_id = 2"
			     " AND intro = 'Take a breath.' AND minutes = 35"),
	    1);
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM (SELECT level, name, help FROM cohort_level"
			     " WHERE cohort_id = 1 INTERSECT SELECT level, name, help"
			     " FROM cohort_level WHERE cohort_id = 2)"),
	    2);
	assert_int_equal(
	    statement_number(model,
		"SELECT group_concat(name || weight || position, '') = 'Craft11Heart32' FROM"
		" (SELECT * FROM criterion WHERE cohort_id = 2 ORDER BY position)"),
	    1);
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM project WHERE cohort_id = 2 AND (link = '' OR"
			     " name = 'Docs' AND description = 'Words')"),
	    2);
	/* It has weeks 0 to 6. */
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM cohort_week WHERE cohort_id = 2"
			     " AND theme = 'Theme ' || number AND objectives = 'Do ' || number"),
	    7);
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM wording WHERE cohort_id = 2"
			     " AND subject = 'A berth' AND kind = 'offer'"),
	    1);
	assert_int_equal(
	    statement_number(model, "SELECT count(*) FROM wording WHERE cohort_id = 2"), 1);
	assert_int_equal(statement_number(model,
			     "SELECT (SELECT count(*) FROM application WHERE cohort_id = 2)"
			     " + (SELECT count(*) FROM mentoring_group WHERE cohort_id = 2)"),
	    0);
	assert_int_equal(
	    statement_number(model, "SELECT count(*) FROM member WHERE cohort_id = 2"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_copied_form_asks_the_same_under_the_same_names),
		model_test(days_of_a_copied_form_move_and_numbers_stay),
		model_test(the_newest_wording_is_copied_and_what_is_retired_is_not),
		model_test(a_form_that_has_questions_keeps_its_own),
		model_test(copying_twice_changes_nothing_more),
		model_test(a_whole_cohort_is_copied_but_for_its_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
