/*
 * Organisers build the forms: what is asked, in which words, within which
 * limits, and in which order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_builder.h"
#include "ground/arena.h"

static void
there_are_four_forms_and_a_way_to_each(void **state)
{
	struct harness *h = *state;

	builder_empty(h);
	harness_get(h, FORMS);
	harness_expect_status(h, 200);
	harness_expect(h, "The applicants’ form");
	harness_expect(h, "The organisers’ form");
	harness_expect(h, "No questions of your own yet");
	harness_get(h, APPLY);
	harness_expect_status(h, 200);
	harness_expect(h, "Every applicants’ form also asks for name");
	harness_expect(h, "Add the first one");
	harness_expect(h, "href=\"/apply/orion/preview\"");
	harness_get(h, FORMS "/survey");
	harness_expect_status(h, 404);
	harness_get(h, APPLY "/question/999");
	harness_expect_status(h, 404);
	harness_get(h, APPLY "/preview");
	harness_expect_location(h, "/apply/orion/preview");
}

static void
buttons_move_a_question_up_and_down(void **state)
{
	struct harness *h = *state;
	int64_t second;

	builder_empty(h);
	(void)builder_add(h, "short", "One");
	second = builder_add(h, "short", "Two");
	(void)builder_add(h, "short", "Three");
	harness_get(h, APPLY);
	harness_expect(h, "Up<span class=\"hide\">: Two</span>");
	harness_expect_not(h, "Up<span class=\"hide\">: One</span>");
	harness_expect_not(h, "Down<span class=\"hide\">: Three</span>");
	harness_field(h, "direction", "up");
	builder_press(h, second, "/move");
	harness_expect_status(h, 303);
	assert_non_null(strstr(harness_header(h, "Location"),
	    arena_format(
		harness_arena(h), APPLY "?done=question_moved#question-%lld", (long long)second)));
	assert_string_equal(builder_order(h), "two|\none|\nthree|\n");
	harness_field(h, "direction", "down");
	builder_press(h, second, "/move");
	assert_string_equal(builder_order(h), "one|\ntwo|\nthree|\n");
	harness_field(h, "direction", "left");
	builder_press(h, second, "/move");
	harness_expect_status(h, 403);
}

static void
an_answered_question_keeps_its_answers_in_their_words(void **state)
{
	struct harness *h = *state;
	int64_t item = builder_add(h, "long", "Why?");

	builder_answer(h, house_application(h, "Vega"), item);
	harness_get(h, builder_path(h, item, ""));
	harness_expect(h, "1 person has answered this question as it stands");
	harness_expect(h, "it stays a question of this kind: Long text.");
	harness_expect_not(h, "name=\"kind\"");
	builder_fill(h, "short", "What brings you here?");
	harness_post(h, builder_path(h, item, ""));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				arena_format(harness_arena(h),
				    "SELECT label, kind, (SELECT count(*) FROM application_answer"
				    " WHERE wording_id = item_wording.id) FROM item_wording JOIN"
				    " questionnaire_item ON questionnaire_item.id = item_id"
				    " WHERE item_id = %lld ORDER BY item_wording.id",
				    (long long)item)),
	    "Why?|long|1|\nWhat brings you here?|long|0|\n");
	harness_get(h, builder_path(h, item, ""));
	harness_expect(h, "How it was put before");
	harness_expect(h, "Why?");
	harness_expect(h, "1 answer, until");
}

static void
what_was_answered_as_sensitive_stays_so(void **state)
{
	struct harness *h = *state;
	int64_t item;

	builder_fill(h, "short", "Anything we should know?");
	harness_field(h, "sensitive", "yes");
	harness_post(h, NEW);
	item = builder_newest(h);
	builder_answer(h, house_application(h, "Vega"), item);
	builder_fill(h, "short", "Anything we should know?");
	harness_post(h, builder_path(h, item, ""));
	harness_expect_status(h, 422);
	harness_expect(h, "People answered it as sensitive: it stays so.");
}

static void
a_question_is_retired_never_lost_and_asked_again(void **state)
{
	struct harness *h = *state;
	int64_t answered, other;

	builder_empty(h);
	answered = builder_add(h, "long", "Why?");
	other = builder_add(h, "short", "Town");
	builder_answer(h, house_application(h, "Vega"), answered);
	harness_get(h, builder_path(h, answered, ""));
	harness_expect(h, "Ask it no more");
	builder_press(h, answered, "/retire");
	harness_expect_location(h, APPLY "?done=question_retired");
	harness_get(h, builder_path(h, other, ""));
	harness_expect(h, "Remove the question");
	builder_press(h, other, "/retire");
	harness_expect_location(h, APPLY "?done=question_removed");
	assert_string_equal(builder_order(h), "");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application_answer"), 1);
	harness_get(h, APPLY);
	harness_expect(h, "Asked no more");
	harness_expect(h, "1 answer");
	builder_press(h, answered, "/return");
	harness_expect_status(h, 303);
	assert_string_equal(builder_order(h), "why|\n");
}

static void
two_tabs_never_overwrite_each_other(void **state)
{
	struct harness *h = *state;
	const char *seen = builder_revision_now(h, "apply");
	int64_t item = builder_add(h, "short", "Town");

	harness_field(h, "revision", seen);
	harness_field(h, "kind", "short");
	harness_field(h, "label", "Village");
	harness_post(h, builder_path(h, item, ""));
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody changed this form while you had this page open.");
	harness_expect(h, "value=\"Village\"");
	harness_expect(h,
	    arena_format(harness_arena(h), "name=\"revision\" value=\"%s\"",
		builder_revision_now(h, "apply")));
	harness_field(h, "revision", seen);
	harness_field(h, "direction", "up");
	harness_post(h, builder_path(h, item, "/move"));
	harness_expect_status(h, 422);
	harness_field(h, "revision", seen);
	harness_field(h, "minutes", "5");
	harness_post(h, APPLY);
	harness_expect_status(h, 422);
	harness_field(h, "revision", seen);
	harness_post(h, builder_path(h, item, "/retire"));
	harness_expect_status(h, 422);
	harness_expect(h, "Town");
}

static void
the_words_before_the_questions_are_kept(void **state)
{
	struct harness *h = *state;

	builder_at_newest(h);
	harness_field(h, "intro", "Take *your* time.");
	harness_field(h, "minutes", "35");
	harness_post(h, APPLY);
	harness_expect_location(h, APPLY "?done=form_saved");
	harness_get(h, APPLY);
	harness_expect(h, "Take *your* time.");
	harness_expect(h, "name=\"minutes\" value=\"35\"");
	assert_string_equal(
	    harness_rows(h, "SELECT action, detail FROM audit WHERE action = 'form_changed'"),
	    "form_changed|apply|\n");
	builder_at_newest(h);
	harness_field(h, "minutes", "241");
	harness_post(h, APPLY);
	harness_expect_status(h, 422);
}

static void
questions_are_taken_over_from_an_earlier_cohort(void **state)
{
	struct harness *h = *state;

	builder_empty(h);
	harness_run_sql(h,
	    "INSERT INTO cohort (slug, name, goal, description, feed_key, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, offer_days, created_at,"
	    " published_at) SELECT 'lyra', 'Lyra', goal, description, 'other', opens_on, closes_on,"
	    " starts_on, opens_at - 1000000, closes_at - 1000000, starts_at - 864000,"
	    " ends_at - 864000, weeks, djangonauts_per_navigator, djangonauts_per_group, seats,"
	    " offer_days, created_at, published_at FROM cohort WHERE id = 1;"
	    "DELETE FROM questionnaire_item;"
	    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
	    " 70, id, 'why', 1, 'long' FROM questionnaire WHERE cohort_id = 2"
	    " AND purpose = 'apply';"
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " VALUES (70, 'Why us?', 1, 1)");
	harness_get(h, APPLY);
	harness_expect(h, "Take over questions");
	harness_expect(h, "Lyra: 1 question of your own");
	builder_at_newest(h);
	harness_field(h, "cohort", "lyra");
	harness_post(h, APPLY "/copy");
	harness_expect_location(h, APPLY "?done=questions_copied");
	assert_string_equal(builder_order(h), "why|\n");
	builder_at_newest(h);
	harness_field(h, "cohort", "cygnus");
	harness_post(h, APPLY "/copy");
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"cohort-error\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(there_are_four_forms_and_a_way_to_each),
		house_test(buttons_move_a_question_up_and_down),
		house_test(an_answered_question_keeps_its_answers_in_their_words),
		house_test(what_was_answered_as_sensitive_stays_so),
		house_test(a_question_is_retired_never_lost_and_asked_again),
		house_test(two_tabs_never_overwrite_each_other),
		house_test(the_words_before_the_questions_are_kept),
		house_test(questions_are_taken_over_from_an_earlier_cohort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
