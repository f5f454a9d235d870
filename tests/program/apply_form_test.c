/*
 * What is open, the form, and its thank-you page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "ground/slots.h"
#include "harness.h"
#include "questions.h"

static int64_t
applications(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM application");
}

static int64_t
mails(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM outbox");
}

static void
the_route_table_is_complete(void **state)
{
	assert_null(route_problem(harness_arena(*state), &apply_program));
}

static void
lists_what_is_open(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/");
	harness_expect_status(h, 200);
	harness_expect(h, "href=\"/apply/orion\"");
	harness_expect(h, "Friday 27 November 2026");
	harness_expect(h, "Saturday 28 November 2026, 12:00 UTC");
	harness_expect_not(h, "Opening later");
}

static void
lists_what_will_open_with_its_instant(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, apply_opens() - 1);
	harness_get(h, "/apply/");
	harness_expect(h, "Opening later");
	harness_expect(h, "Saturday 14 November 2026, 10:00 UTC");
	harness_expect(h, "datetime=\"2026-11-14T10:00:00Z\"");
	harness_expect(h, "Nothing is open just now");
	harness_expect_not(h, "href=\"/apply/orion\"");
}

static void
says_kindly_that_nothing_is_open(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, apply_closes());
	harness_get(h, "/apply/");
	harness_expect_status(h, 200);
	harness_expect(h, "Nothing is open just now");
	harness_expect_not(h, "Orion");
}

static void
shows_every_question_before_an_address_is_given(void **state)
{
	static const char *const names[] = { "name", "pronouns", "email", "github", "zone", "level",
		"projects", "hours_0_from", "hours_6_to", "why", "experience", "hopes", "conduct" };
	struct harness *h = *state;
	size_t i;

	harness_get(h, "/apply/orion");
	harness_expect_status(h, 200);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		harness_expect(h, arena_format(harness_arena(h), "name=\"%s\"", names[i]));
	}
	harness_expect(h, "Accounts");
	harness_expect(h, "Up to 2000 characters");
	harness_expect(h, "data-limit=\"2000\"");
	harness_expect(h, "href=\"/cohort/conduct\"");
	harness_expect_not(h, "class=\"errors\"");
}

static void
before_and_after_its_window_the_form_is_not_shown(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, apply_opens() - 1);
	harness_get(h, "/apply/orion");
	harness_expect_status(h, 200);
	harness_expect(h, "Saturday 14 November 2026, 10:00 UTC");
	harness_expect_not(h, "name=\"why\"");
	harness_set_now(h, apply_closes());
	harness_get(h, "/apply/orion");
	harness_expect_status(h, 200);
	harness_expect(h, "Applications are closed");
	harness_expect_not(h, "name=\"why\"");
}

static void
an_application_is_stored_with_its_mail_and_thanked_for(void **state)
{
	struct harness *h = *state;
	const char *path;

	apply_send(h, "orion", "vega@example.org");
	harness_expect_status(h, 303);
	path = apply_location(h);
	assert_int_equal(strncmp(path, "/apply/orion/received/", 22), 0);
	assert_string_equal(
	    harness_rows(
		h, "SELECT name, email, github, zone, level, confirmed_at FROM application"),
	    "Vega|vega@example.org|vega-star|Europe/Vienna|2|NULL|\n");
	assert_string_equal(questions_value(h, 1, "why"), "To learn\nwith others");
	assert_string_equal(questions_value(h, 1, "hopes"), "One merged change");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, parameters FROM outbox"),
	    "application_received|vega@example.org|"
	    "{\"application\":\"1\",\"cohort\":\"1\"}|\n");
	assert_string_equal(harness_rows(h, "SELECT project_id FROM application_project"), "2|\n");
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "vega@example.org");
	harness_expect(h,
	    arena_copy_bytes(
		harness_arena(h), harness_rows(h, "SELECT reference FROM application"), 11));
	harness_expect(h, "Sunday 22 November 2026, 07:00 UTC");
	harness_expect_not(h, "delayed");
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
}

static void
hours_are_stored_as_civil_time_and_as_utc(void **state)
{
	struct harness *h = *state;
	struct slots civil = { { 0 } }, utc = { { 0 } };
	int half;

	for (half = 38; half < 44; half++) {
		slots_set(&civil, slots_number(0, half));
		slots_set(&civil, slots_number(2, half));
		slots_set(&utc, slots_number(0, half - 2));
		slots_set(&utc, slots_number(2, half - 2));
	}
	apply_send(h, "orion", "vega@example.org");
	assert_string_equal(harness_rows(h, "SELECT hours, hours_utc FROM application"),
	    arena_format(harness_arena(h), "%s|%s|\n", slots_hex(harness_arena(h), &civil),
		slots_hex(harness_arena(h), &utc)));
}

static void
mistakes_come_back_on_their_fields_with_everything_kept(void **state)
{
	struct harness *h = *state;

	apply_send_other(h, "orion", "no address", "github", "no such name!");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#email\"");
	harness_expect(h, "id=\"email-error\"");
	harness_expect(h, "href=\"#github\"");
	harness_expect(h, "id=\"github-error\"");
	harness_expect(h, "value=\"no address\"");
	harness_expect(h, "value=\"no such name!\"");
	harness_expect(h, "value=\"Vega\"");
	harness_expect(h, "To learn\nwith others</textarea>");
	harness_expect(h, "value=\"19:00\"");
	harness_expect(h, "value=\"Europe/Vienna\" selected");
	harness_expect(h, "value=\"2\" checked");
	assert_int_equal(applications(h), 0);
	assert_int_equal(mails(h), 0);
}

static void
an_empty_form_says_what_each_required_field_lacks(void **state)
{
	static const char *const ids[] = { "name", "zone", "level", "hours", "why", "experience",
		"hopes", "email", "conduct" };
	struct harness *h = *state;
	size_t i;

	harness_get(h, "/apply/orion");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		harness_expect(h, arena_format(harness_arena(h), "href=\"#%s\"", ids[i]));
	}
	harness_expect(h, "There are 9 things to correct");
	assert_int_equal(applications(h), 0);
}

static void
a_github_name_may_be_given_as_an_address(void **state)
{
	struct harness *h = *state;

	apply_send_other(h, "orion", "a@example.org", "github", "https://github.com/Vega-Star/");
	harness_expect_status(h, 303);
	apply_send_other(h, "orion", "b@example.org", "github", "@vega");
	harness_expect_status(h, 303);
	apply_send_other(h, "orion", "c@example.org", "github", "");
	harness_expect_status(h, 303);
	apply_send_other(h, "orion", "d@example.org", "github", "-vega");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#github\"");
	assert_string_equal(harness_rows(h, "SELECT github FROM application ORDER BY id"),
	    "Vega-Star|\nvega|\nNULL|\n");
}

static void
a_project_of_another_cohort_is_refused(void **state)
{
	struct harness *h = *state;

	apply_cohort(h, "lyra", "Lyra");
	apply_send_other(h, "orion", "a@example.org", "projects", "3");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#projects\"");
	assert_int_equal(applications(h), 0);
}

static void
the_same_words_for_an_address_that_already_applied(void **state)
{
	struct harness *h = *state;
	const char *first, *second;

	apply_confirmed(h, "orion", "vega@example.org");
	harness_forget(h);
	apply_send(h, "orion", "deneb@example.org");
	harness_expect_status(h, 303);
	first = apply_location(h);
	harness_forget(h);
	apply_send(h, "orion", "VEGA@example.org");
	harness_expect_status(h, 303);
	second = apply_location(h);
	assert_int_equal(strlen(first), strlen(second));
	assert_int_equal(strncmp(first, second, 22), 0);
	harness_get(h, first);
	first = strstr(harness_body_text(h), "<h1>");
	harness_get(h, second);
	second = strstr(harness_body_text(h), "<h1>");
	assert_int_equal(strcspn(first, "<"), strcspn(second, "<"));
	harness_expect(h, "VEGA@example.org");
	assert_string_equal(
	    harness_rows(h, "SELECT kind, recipient FROM outbox ORDER BY id DESC LIMIT 1"),
	    "application_already|vega@example.org|\n");
	assert_int_equal(applications(h), 2);
}

static void
works_under_a_path(void **state)
{
	struct harness *h = harness_new_at(&apply_program, "https://example.org/crew");

	(void)state;
	apply_cohort(h, "orion", "Orion");
	harness_get(h, "/apply/");
	harness_expect(h, "href=\"/crew/apply/orion\"");
	apply_send(h, "orion", "a@example.org");
	harness_expect_status(h, 303);
	assert_int_equal(
	    strncmp(harness_header(h, "Location"), "/crew/apply/orion/received/", 27), 0);
	harness_get(h, apply_location(h));
	harness_expect_status(h, 200);
	harness_free(h);
}

static void
what_is_known_of_someone_signed_in_is_filled_in(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, harness_person(h, "altair@example.org", "Altair"));
	harness_get(h, "/apply/orion");
	harness_expect(h, "value=\"Altair\"");
	harness_expect(h, "value=\"altair@example.org\"");
}

static void
a_receipt_of_another_cohort_or_nobody_is_not_found(void **state)
{
	struct harness *h = *state;
	const char *path;

	apply_cohort(h, "lyra", "Lyra");
	apply_send(h, "orion", "a@example.org");
	path = apply_location(h);
	harness_get(
	    h, arena_format(harness_arena(h), "/apply/lyra%s", path + strlen("/apply/orion")));
	harness_expect_status(h, 404);
	harness_get(h, "/apply/orion/received/nothing");
	harness_expect_status(h, 404);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_route_table_is_complete),
		CASE(lists_what_is_open),
		CASE(lists_what_will_open_with_its_instant),
		CASE(says_kindly_that_nothing_is_open),
		CASE(shows_every_question_before_an_address_is_given),
		CASE(before_and_after_its_window_the_form_is_not_shown),
		CASE(an_application_is_stored_with_its_mail_and_thanked_for),
		CASE(hours_are_stored_as_civil_time_and_as_utc),
		CASE(mistakes_come_back_on_their_fields_with_everything_kept),
		CASE(an_empty_form_says_what_each_required_field_lacks),
		CASE(a_github_name_may_be_given_as_an_address),
		CASE(a_project_of_another_cohort_is_refused),
		CASE(the_same_words_for_an_address_that_already_applied),
		CASE(works_under_a_path),
		CASE(what_is_known_of_someone_signed_in_is_filled_in),
		CASE(a_receipt_of_another_cohort_or_nobody_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
