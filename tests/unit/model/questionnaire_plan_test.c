#include "model/questionnaire_plan.h"

#include <string.h>

#include "db/query/cohort.h"
#include "fixture.h"

static const struct item_plan why = { ITEM_LONG, "Why do you apply?", "", true, false, false,
	DB_NULL, DB_NULL, "" };
static const struct item_plan editor = { ITEM_ONE, "Which editor?", "", false, false, false,
	DB_NULL, DB_NULL, "vi\nEmacs" };
static const struct item_plan health = { ITEM_SHORT, "Anything we should know?", "", false, true,
	false, DB_NULL, 500, "" };

static struct questionnaire
the_form(struct model *model)
{
	struct questionnaire form;

	assert_true(questionnaire_find(model->db, model->arena, model->cohort.id, "apply", &form));
	return form;
}

static int64_t
add(struct model *model, const struct item_plan *plan)
{
	struct questionnaire form = the_form(model);
	int64_t id = 0;

	assert_int_equal(
	    questionnaire_add(model->db, model->arena, &form, form.revision, plan, model->now, &id),
	    QUESTIONNAIRE_SAVED);
	return id;
}

static enum questionnaire_outcome
reword(struct model *model, int64_t id, const struct item_plan *plan)
{
	struct questionnaire form = the_form(model);

	return questionnaire_reword(
	    model->db, model->arena, &form, form.revision, id, plan, model->now);
}

static enum questionnaire_outcome
move(struct model *model, int64_t id, bool up)
{
	struct questionnaire form = the_form(model);

	return questionnaire_move(model->db, model->arena, &form, form.revision, id, up);
}

static bool
retire(struct model *model, int64_t id)
{
	struct questionnaire form = the_form(model);
	bool is_gone = false;

	assert_int_equal(questionnaire_retire(model->db, model->arena, &form, form.revision, id,
			     model->now, &is_gone),
	    QUESTIONNAIRE_SAVED);
	return is_gone;
}

static struct questionnaire_item_rows
asked(struct model *model)
{
	return questionnaire_items(model->db, model->arena, the_form(model).id);
}

/* The names asked, in their order; positions are 1, 2, 3 …. */
static const char *
order(struct model *model)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(model->db, model->arena, the_form(model).id);
	const char *names = "";

	for (size_t i = 0; i < items.count; i++) {
		assert_int_equal(items.rows[i].position, i + 1);
		if (items.rows[i].retired_at == DB_NULL) {
			names = arena_format(model->arena, "%s %s", names, items.rows[i].name);
		}
	}
	return names;
}

static int64_t
answer(struct model *model, const char *person, int64_t item, const char *value)
{
	struct questionnaire_item_rows items = asked(model);
	int64_t application = model_application(model, person).id;

	for (size_t i = 0; i < items.count; i++) {
		if (items.rows[i].id == item) {
			assert_true(application_answers_write(model->db, application,
			    &(struct item_answer){ item, items.rows[i].wording_id, value }, 1));
		}
	}
	return application;
}

static void
names_are_made_of_the_words_asked(void **state)
{
	static const struct {
		const char *label, *name;
	} cases[] = {
		{ "Why do you apply?", "why_do_you_apply" },
		{ "  Émile's  café (1)", "emile_s_cafe_1" },
		{ "Name", "q_name" },
		{ "Hours: mon", "q_hours_mon" },
		{ "3 things", "q_3_things" },
		{ "Warum möchtest du mitmachen, und was erhoffst du dir?",
		    "warum_mochtest_du_mitmachen_und" },
		{ "なぜ", "question" },
		{ "???", "question" },
		{ "Submit", "q_submit" },
	};
	struct model *model = *state;
	struct questionnaire_item_rows none = { NULL, 0 };
	struct questionnaire_item taken[] = { { .name = "question" }, { .name = "question_2" } };
	struct questionnaire_item_rows two = { taken, 2 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(
		    questionnaire_name(model->arena, cases[i].label, &none), cases[i].name);
	}
	assert_string_equal(questionnaire_name(model->arena, "!", &two), "question_3");
}

static void
a_name_never_collides_with_what_every_form_has(void **state)
{
	static const char *const labels[] = { "name", "pronouns", "github", "email", "zone",
		"level", "levels", "level low", "level high", "projects", "hours", "hours 1 from",
		"wants", "conduct", "revision", "step", "reuse", "draft", "Action" };
	struct model *model = *state;

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		struct item_plan plan = why;

		plan.label = labels[i];
		(void)add(model, &plan);
		plan.label = arena_format(model->arena, "%s!", labels[i]);
		(void)add(model, &plan);
	}
	assert_int_equal(asked(model).count, 2 * sizeof(labels) / sizeof(labels[0]));
}

static void
questions_stand_in_the_order_they_are_given(void **state)
{
	struct model *model = *state;
	int64_t first = add(model, &why);
	int64_t second = add(model, &editor);
	int64_t third = add(model, &health);

	assert_string_equal(order(model), " why_do_you_apply which_editor anything_we_should_know");
	assert_int_equal(move(model, third, true), QUESTIONNAIRE_SAVED);
	assert_string_equal(order(model), " why_do_you_apply anything_we_should_know which_editor");
	assert_int_equal(move(model, first, false), QUESTIONNAIRE_SAVED);
	assert_string_equal(order(model), " anything_we_should_know why_do_you_apply which_editor");
	assert_int_equal(move(model, third, true), QUESTIONNAIRE_SAVED);
	assert_int_equal(move(model, second, false), QUESTIONNAIRE_SAVED);
	assert_string_equal(order(model), " anything_we_should_know why_do_you_apply which_editor");
	assert_true(retire(model, first));
	assert_string_equal(order(model), " anything_we_should_know which_editor");
	assert_int_equal(move(model, first, true), QUESTIONNAIRE_NO_ITEM);
}

static void
words_that_nobody_answered_are_replaced(void **state)
{
	struct model *model = *state;
	int64_t id = add(model, &why);
	struct item_plan other = editor;

	assert_int_equal(reword(model, id, &other), QUESTIONNAIRE_SAVED);
	assert_string_equal(asked(model).rows[0].label, "Which editor?");
	assert_string_equal(asked(model).rows[0].kind, "one");
	assert_string_equal(asked(model).rows[0].name, "why_do_you_apply");
	assert_int_equal(questionnaire_earlier(model->db, model->arena, id).count, 0);
}

static void
an_answer_keeps_the_words_it_was_given_under(void **state)
{
	struct model *model = *state;
	int64_t id = add(model, &why);
	int64_t vega = answer(model, "vega", id, "Because");
	struct item_plan other = why;
	struct application_answer_rows answers;
	struct earlier_wording_rows earlier;
	struct item_use_rows uses;

	other.label = "What brings you here?";
	assert_int_equal(reword(model, id, &other), QUESTIONNAIRE_SAVED);
	answers = application_answers(model->db, model->arena, vega);
	assert_int_equal(answers.count, 1);
	assert_string_equal(answers.rows[0].label, "Why do you apply?");
	assert_string_equal(answers.rows[0].value, "Because");
	assert_int_equal(answers.rows[0].is_reworded, 1);
	assert_string_equal(asked(model).rows[0].label, "What brings you here?");
	earlier = questionnaire_earlier(model->db, model->arena, id);
	assert_int_equal(earlier.count, 1);
	assert_string_equal(earlier.rows[0].label, "Why do you apply?");
	assert_int_equal(earlier.rows[0].answers, 1);
	uses = questionnaire_uses(model->db, model->arena, the_form(model).id);
	assert_int_equal(questionnaire_use(&uses, id).answers, 1);
	assert_int_equal(questionnaire_use(&uses, id).answers_now, 0);
	other.label = "What brings you to us?";
	assert_int_equal(reword(model, id, &other), QUESTIONNAIRE_SAVED);
	assert_int_equal(reword(model, id, &other), QUESTIONNAIRE_SAVED);
	assert_int_equal(questionnaire_earlier(model->db, model->arena, id).count, 1);
}

static void
an_answered_question_keeps_its_kind_and_its_promise(void **state)
{
	struct model *model = *state;
	int64_t id = add(model, &health);
	struct item_plan open = health;
	struct item_plan longer = health;

	answer(model, "vega", id, "A bad knee");
	open.is_sensitive = false;
	assert_int_equal(reword(model, id, &open), QUESTIONNAIRE_STAYS_SENSITIVE);
	longer.kind = ITEM_LONG;
	assert_int_equal(reword(model, id, &longer), QUESTIONNAIRE_KIND_FIXED);
	longer.kind = ITEM_SHORT;
	longer.is_identifying = true;
	assert_int_equal(reword(model, id, &longer), QUESTIONNAIRE_SAVED);
	assert_int_equal(asked(model).rows[0].is_sensitive, 1);
	assert_int_equal(asked(model).rows[0].is_identifying, 1);
}

static void
an_answered_question_is_retired_never_lost_and_asked_again(void **state)
{
	struct model *model = *state;
	int64_t id = add(model, &why);
	struct questionnaire form;
	int64_t vega;

	(void)add(model, &editor);
	vega = answer(model, "vega", id, "Because");
	assert_false(retire(model, id));
	assert_string_equal(order(model), " which_editor");
	assert_int_equal(application_answers(model->db, model->arena, vega).rows[0].is_retired, 1);
	assert_string_equal(
	    application_answers(model->db, model->arena, vega).rows[0].value, "Because");
	form = the_form(model);
	assert_int_equal(questionnaire_return(model->db, model->arena, &form, form.revision, id),
	    QUESTIONNAIRE_SAVED);
	assert_string_equal(order(model), " why_do_you_apply which_editor");
}

static void
answering_anew_leaves_answers_to_retired_questions(void **state)
{
	struct model *model = *state;
	int64_t id = add(model, &why);
	int64_t other = add(model, &editor);
	int64_t vega = answer(model, "vega", id, "Because");
	struct questionnaire_item_rows items;
	struct application_answer_rows rows;

	assert_false(retire(model, id));
	items = asked(model);
	assert_true(application_answers_write(
	    model->db, vega, &(struct item_answer){ other, items.rows[0].wording_id, "vi" }, 1));
	rows = application_answers(model->db, model->arena, vega);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.rows[0].value, "Because");
	assert_true(application_answers_write(model->db, vega, NULL, 0));
	assert_int_equal(application_answers(model->db, model->arena, vega).count, 1);
}

static void
two_tabs_never_overwrite_each_other(void **state)
{
	struct model *model = *state;
	struct questionnaire seen = the_form(model);
	int64_t id = add(model, &why);
	bool is_gone = false;
	struct questionnaire now;

	assert_int_equal(questionnaire_change(model->db, &seen, seen.revision, "x", 5),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
	assert_int_equal(questionnaire_add(model->db, model->arena, &seen, seen.revision, &editor,
			     model->now, &id),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
	assert_int_equal(questionnaire_reword(model->db, model->arena, &seen, seen.revision, id,
			     &editor, model->now),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
	assert_int_equal(
	    questionnaire_move(model->db, model->arena, &seen, seen.revision, id, true),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
	assert_int_equal(questionnaire_retire(model->db, model->arena, &seen, seen.revision, id,
			     model->now, &is_gone),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
	assert_string_equal(order(model), " why_do_you_apply");
	now = the_form(model);
	assert_int_equal(
	    questionnaire_change(model->db, &now, now.revision, "*Hello*", 5), QUESTIONNAIRE_SAVED);
	assert_string_equal(the_form(model).intro, "*Hello*");
	assert_int_equal(the_form(model).minutes, 5);
}

static void
a_form_asks_no_more_than_250_questions(void **state)
{
	struct model *model = *state;
	struct questionnaire form;
	int64_t id;

	for (size_t i = 0; i < QUESTIONNAIRE_ITEMS_MAX; i++) {
		(void)add(model, &why);
	}
	form = the_form(model);
	assert_int_equal(
	    questionnaire_add(model->db, model->arena, &form, form.revision, &why, model->now, &id),
	    QUESTIONNAIRE_FULL);
}

/* A cohort a year later, which the organiser of the first made too. */
static struct cohort
next_cohort(struct model *model)
{
	struct cohort cohort;

	assert_int_equal(cohort_insert(model->db,
			     &(struct cohort_insert_in){ .slug = "2028-1",
				 .name = "Session 2",
				 .goal = "More",
				 .description = "",
				 .feed_key = "next",
				 .opens_on = "2028-02-20",
				 .closes_on = "2028-03-10",
				 .starts_on = "2028-04-03",
				 .opens_at = model->cohort.opens_at + 364 * CLOCK_DAY,
				 .closes_at = model->cohort.closes_at + 364 * CLOCK_DAY,
				 .starts_at = model->cohort.starts_at + 364 * CLOCK_DAY,
				 .ends_at = model->cohort.ends_at + 364 * CLOCK_DAY,
				 .weeks = 8,
				 .djangonauts_per_navigator = 4,
				 .djangonauts_per_group = 8,
				 .seats = 20,
				 .offer_days = 7,
				 .reviews_wanted = 2,
				 .grace_minutes = 30,
				 .chat_name = "",
				 .chat_link = "",
				 .now = model->now }),
	    1);
	assert_true(cohort_find(model->db, model->arena, "2028-1", &cohort));
	return cohort;
}

static void
questions_are_taken_over_from_an_earlier_cohort_under_their_names(void **state)
{
	static const struct item_plan day = { ITEM_DATE, "From when?", "", false, false, false,
		20000, 20100, "" };
	struct model *model = *state;
	struct questionnaire_copied copied;
	struct questionnaire_item_rows items;
	struct questionnaire_source_rows sources;
	struct questionnaire form;
	struct cohort next;

	(void)add(model, &why);
	(void)add(model, &day);
	next = next_cohort(model);
	assert_true(questionnaire_find(model->db, model->arena, next.id, "apply", &form));
	sources = questionnaire_sources(model->db, model->arena, &form, model->organiser_id);
	assert_int_equal(sources.count, 1);
	assert_string_equal(sources.rows[0].slug, "2027-1");
	assert_int_equal(sources.rows[0].questions, 2);
	assert_int_equal(questionnaire_take_over(model->db, model->arena, &form, form.revision,
			     &sources.rows[0], &next, model->now, &copied),
	    QUESTIONNAIRE_SAVED);
	assert_int_equal(copied.added, 2);
	items = questionnaire_items(model->db, model->arena, form.id);
	assert_int_equal(items.count, 2);
	assert_string_equal(items.rows[0].name, "why_do_you_apply");
	assert_int_equal(items.rows[0].position, 1);
	assert_int_equal(items.rows[1].position, 2);
	assert_int_equal(items.rows[1].least, 20364);
	assert_int_equal(items.rows[1].most, 20464);
	assert_int_equal(questionnaire_take_over(model->db, model->arena, &form, form.revision,
			     &sources.rows[0], &next, model->now, &copied),
	    QUESTIONNAIRE_CHANGED_MEANWHILE);
}

static void
volunteers_forms_are_copied_by_who_organised_them_alone(void **state)
{
	struct model *model = *state;
	int64_t stranger = model_person(model, "sirius");
	struct questionnaire form;
	struct cohort next = next_cohort(model);
	int64_t id;

	assert_true(
	    questionnaire_find(model->db, model->arena, model->cohort.id, "captain", &form));
	assert_int_equal(
	    questionnaire_add(model->db, model->arena, &form, form.revision, &why, model->now, &id),
	    QUESTIONNAIRE_SAVED);
	assert_true(questionnaire_find(model->db, model->arena, next.id, "captain", &form));
	assert_int_equal(
	    questionnaire_sources(model->db, model->arena, &form, model->organiser_id).count, 1);
	assert_int_equal(questionnaire_sources(model->db, model->arena, &form, stranger).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(names_are_made_of_the_words_asked),
		model_test(a_name_never_collides_with_what_every_form_has),
		model_test(questions_stand_in_the_order_they_are_given),
		model_test(words_that_nobody_answered_are_replaced),
		model_test(an_answer_keeps_the_words_it_was_given_under),
		model_test(an_answered_question_keeps_its_kind_and_its_promise),
		model_test(an_answered_question_is_retired_never_lost_and_asked_again),
		model_test(answering_anew_leaves_answers_to_retired_questions),
		model_test(two_tabs_never_overwrite_each_other),
		model_test(a_form_asks_no_more_than_250_questions),
		model_test(questions_are_taken_over_from_an_earlier_cohort_under_their_names),
		model_test(volunteers_forms_are_copied_by_who_organised_them_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
