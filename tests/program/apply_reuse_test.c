/*
 * What was answered to an earlier cohort, used again field by field; and
 * answers as the applicant's page shows them later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "harness.h"
#include "questions.h"

static const char button[] = "Use what you wrote for Lyra";

/* Vega applied to Lyra a year ago; her id. */
static int64_t
applied_before(struct harness *h)
{
	int64_t vega = harness_person(h, "vega@example.org", "Vega");

	apply_cohort(h, "lyra", "Lyra");
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO application (id, key, reference, cohort_id, person_id, email,"
		" email_key, name, name_key, zone, level, hours, hours_utc, submitted_at,"
		" changed_at, confirm_until, confirmed_at) SELECT 50, 'before', 'REF-50', id,"
		" %lld, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'UTC', 1,"
		" printf('%%084d', 0), printf('%%084d', 0), 1, 1, 2, 2 FROM cohort"
		" WHERE slug = 'lyra'",
		(long long)vega));
	questions_answer(h, 50, "why", "Words of <before>");
	return vega;
}

static void
an_earlier_answer_is_offered_at_its_question(void **state)
{
	struct harness *h = *state;
	const char *body, *field;

	harness_sign_in(h, applied_before(h));
	harness_get(h, "/apply/orion");
	harness_expect(h, "name=\"step\" value=\"reuse-why\"");
	harness_expect(h, button);
	harness_expect_not(h, "reuse-hopes");
	harness_expect_not(h, "Words of");
	/* Enter in a field of one line sends: it presses the first button. */
	body = harness_body_text(h);
	field = strstr(body, "name=\"step\" value=\"");
	assert_non_null(field);
	assert_memory_equal(field, "name=\"step\" value=\"send\"", 24);
}

static void
the_button_fills_its_field_and_loses_nothing_else(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, applied_before(h));
	harness_get(h, "/apply/orion");
	harness_field(h, "asked", apply_hidden(h, "asked"));
	harness_field(h, "_key", apply_hidden(h, "_key"));
	harness_field(h, "name", "Someone else");
	harness_field(h, "hopes", "Half a sen");
	harness_field(h, "email", "not yet");
	harness_field(h, "hours_0_from", "19:00");
	harness_field(h, "projects", "1");
	harness_field(h, "step", "reuse-why");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 200);
	harness_expect(h, "Words of &lt;before&gt;</textarea>");
	harness_expect(h, "This is what you wrote for Lyra.");
	harness_expect(h, "id=\"why\" autofocus");
	harness_expect(h, "value=\"Someone else\"");
	harness_expect(h, "Half a sen</textarea>");
	harness_expect(h, "value=\"not yet\"");
	harness_expect(h, "value=\"19:00\"");
	harness_expect(h, "value=\"1\" checked");
	harness_expect_not(h, "aria-invalid");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application"), 1);
}

static void
nobody_else_is_offered_it(void **state)
{
	struct harness *h = *state;
	int64_t vega = applied_before(h);

	harness_get(h, "/apply/orion");
	harness_expect_not(h, button);
	harness_sign_in(h, harness_person(h, "deneb@example.org", "Deneb"));
	harness_get(h, "/apply/orion");
	harness_expect_not(h, button);
	harness_field(h, "step", "reuse-why");
	harness_post(h, "/apply/orion");
	harness_expect_not(h, "Words of");
	/* The link of one application opens that one alone. */
	harness_forget(h);
	harness_sign_in_for(h, vega, 50);
	harness_get(h, "/apply/orion");
	harness_expect_not(h, button);
	harness_field(h, "step", "reuse-why");
	harness_post(h, "/apply/orion");
	harness_expect_not(h, "Words of");
}

static void
an_answer_of_another_kind_or_option_is_not_offered(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, applied_before(h));
	harness_run_sql(h,
	    "UPDATE questionnaire_item SET kind = 'short' WHERE name = 'why'"
	    " AND questionnaire_id = (SELECT id FROM questionnaire WHERE purpose = 'apply'"
	    " AND cohort_id = 1)");
	harness_get(h, "/apply/orion");
	harness_expect_not(h, button);
}

/* ---- the applicant's page ---- */

static void
answers_stand_beside_the_words_they_were_asked_in(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_run_sql(h,
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " SELECT id, 'Why us, of all?', 1, 2 FROM questionnaire_item WHERE name = 'why';"
	    "UPDATE questionnaire_item SET retired_at = 2 WHERE name = 'hopes'");
	harness_set_now(h, apply_closes());
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "Why would you like to take part?");
	harness_expect_not(h, "Why us, of all?");
	harness_expect(h, "is put otherwise now.");
	harness_expect(h, "This question is asked no more.");
	harness_expect(h, "One merged change");
}

static void
a_change_keeps_what_was_answered_to_questions_that_are_gone(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_run_sql(h,
	    "UPDATE questionnaire_item SET retired_at = 2 WHERE name = 'hopes';"
	    "UPDATE questionnaire SET revision = 2 WHERE purpose = 'apply'");
	harness_get(h, path);
	harness_expect_not(h, "name=\"hopes\"");
	harness_field(h, "revision", "1");
	harness_field(h, "asked", apply_hidden(h, "asked"));
	apply_fill(h,
	    (const struct apply_other[]){
		{ "why", "Another why" }, { "hopes", NULL }, { NULL, NULL } });
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_string_equal(questions_value(h, 1, "why"), "Another why");
	assert_string_equal(questions_value(h, 1, "hopes"), "One merged change");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_earlier_answer_is_offered_at_its_question),
		CASE(the_button_fills_its_field_and_loses_nothing_else),
		CASE(nobody_else_is_offered_it),
		CASE(an_answer_of_another_kind_or_option_is_not_offered),
		CASE(answers_stand_beside_the_words_they_were_asked_in),
		CASE(a_change_keeps_what_was_answered_to_questions_that_are_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
