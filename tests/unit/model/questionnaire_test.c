#include "model/questionnaire.h"

#include "fixture.h"
#include "ground/date.h"

static const struct questionnaire_default three[] = {
	{ "why", { ITEM_LONG, "Why?", "", true, false, false, DB_NULL, DB_NULL, "" } },
	{ "experience",
	    { ITEM_LONG, "What have you done?", "", true, false, false, DB_NULL, 500, "" } },
	{ "hopes", { ITEM_SHORT, "Hopes", "*Any* will do", false, true, true, 3, 10, "" } },
};

static struct questionnaire
the_form(struct model *model, const char *purpose)
{
	struct questionnaire form;

	assert_true(questionnaire_find(model->db, model->arena, model->cohort.id, purpose, &form));
	return form;
}

static struct questionnaire_item_rows
begin_with_three(struct model *model)
{
	assert_true(questionnaire_make_default(
	    model->db, model->arena, model->cohort.id, three, 3, model->now));
	return questionnaire_items(model->db, model->arena, the_form(model, "apply").id);
}

static void
a_new_cohort_has_four_forms_without_questions(void **state)
{
	static const char *const purposes[] = { "apply", "navigator", "captain", "organiser" };
	struct model *model = *state;
	struct questionnaire form;

	for (size_t i = 0; i < 4; i++) {
		form = the_form(model, purposes[i]);
		assert_string_equal(form.purpose, purposes[i]);
		assert_int_equal(form.minutes, 20);
		assert_int_equal(questionnaire_items(model->db, model->arena, form.id).count, 0);
	}
	assert_false(
	    questionnaire_find(model->db, model->arena, model->cohort.id, "survey", &form));
}

static void
a_form_begins_with_three_questions_once(void **state)
{
	struct model *model = *state;
	struct questionnaire_item_rows items = begin_with_three(model);

	assert_int_equal(items.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(items.rows[i].name, three[i].name);
		assert_string_equal(items.rows[i].label, three[i].plan.label);
		assert_int_equal(items.rows[i].position, i + 1);
	}
	assert_int_equal(items.rows[2].is_sensitive, 1);
	assert_int_equal(items.rows[2].is_identifying, 1);
	assert_int_equal(items.rows[2].is_required, 0);
	assert_string_equal(items.rows[2].help, "*Any* will do");
	assert_int_equal(begin_with_three(model).count, 3);
}

static void
a_question_without_limits_has_those_of_its_kind(void **state)
{
	struct questionnaire_item item = {
		.kind = "several", .least = DB_NULL, .most = DB_NULL, .options = "a\n\nb\n c"
	};

	(void)state;
	assert_int_equal(questionnaire_limits(&item).most, 3);
	item.kind = "rating";
	assert_int_equal(questionnaire_limits(&item).least, 1);
	assert_int_equal(questionnaire_limits(&item).most, 5);
	item.kind = "long";
	assert_int_equal(questionnaire_limits(&item).most, 3000);
	item.most = 100;
	assert_int_equal(questionnaire_limits(&item).most, 100);
	assert_int_equal(item_limits_of(ITEM_DATE, DB_NULL, DB_NULL, 0).least,
	    date_days((struct date){ 1900, 1, 1 }));
	assert_int_equal(item_limits_of(ITEM_YES_NO, DB_NULL, DB_NULL, 0).most, 0);
}

static void
every_kind_has_a_name_and_every_name_its_kind(void **state)
{
	(void)state;
	for (int kind = 1; kind < ITEM_KINDS; kind++) {
		assert_int_equal(item_kind_read(item_kind_name((enum item_kind)kind)), kind);
	}
	assert_int_equal(item_kind_read("slider"), 0);
	assert_int_equal(item_kind_read(NULL), 0);
}

static void
lines_are_trimmed_and_blank_ones_left_out(void **state)
{
	struct model *model = *state;
	struct item_lines lines = item_lines(model->arena, " one\n\n \ntwo words \nthree");

	assert_int_equal(lines.count, 3);
	assert_string_equal(lines.lines[0], "one");
	assert_string_equal(lines.lines[1], "two words");
	assert_string_equal(lines.lines[2], "three");
	assert_int_equal(item_lines(model->arena, "").count, 0);
}

static void
answers_come_back_in_the_order_of_the_questions(void **state)
{
	struct model *model = *state;
	struct questionnaire_item_rows items = begin_with_three(model);
	int64_t id = model_application(model, "vega").id;
	const struct item_answer answers[] = {
		{ items.rows[2].id, items.rows[2].wording_id, "To learn" },
		{ items.rows[0].id, items.rows[0].wording_id, "Because" },
	};
	struct application_answer_rows rows;

	assert_true(application_answers_write(model->db, id, answers, 2));
	rows = application_answers(model->db, model->arena, id);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.rows[0].name, "why");
	assert_string_equal(rows.rows[0].label, "Why?");
	assert_string_equal(rows.rows[0].value, "Because");
	assert_int_equal(rows.rows[0].is_reworded, 0);
	assert_int_equal(rows.rows[0].is_retired, 0);
	assert_int_equal(rows.rows[1].is_sensitive, 1);
	assert_true(application_answers_write(model->db, id, answers, 1));
	rows = application_answers(model->db, model->arena, id);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.rows[0].value, "To learn");
}

static void
an_answer_to_another_form_is_refused(void **state)
{
	struct model *model = *state;
	struct questionnaire_item_rows items = begin_with_three(model);
	int64_t navigator = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t application = model_application(model, "vega").id;
	const struct item_answer answer = { items.rows[0].id, items.rows[0].wording_id, "x" };
	const struct item_answer mixed = { items.rows[0].id, items.rows[1].wording_id, "x" };

	assert_false(member_answers_write(model->db, navigator, &answer, 1));
	assert_int_equal(db_refusal(model->db), REFUSAL_ANSWER_OF_OTHER_FORM);
	assert_int_equal(member_answers(model->db, model->arena, navigator).count, 0);
	assert_false(application_answers_write(model->db, application, &mixed, 1));
	assert_int_equal(db_refusal(model->db), REFUSAL_ANSWER_OF_OTHER_FORM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_new_cohort_has_four_forms_without_questions),
		model_test(a_form_begins_with_three_questions_once),
		model_test(a_question_without_limits_has_those_of_its_kind),
		model_test(every_kind_has_a_name_and_every_name_its_kind),
		model_test(lines_are_trimmed_and_blank_ones_left_out),
		model_test(answers_come_back_in_the_order_of_the_questions),
		model_test(an_answer_to_another_form_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
