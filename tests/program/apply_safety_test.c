/*
 * What the form refuses, whoever sends it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "ground/clock.h"
#include "harness.h"

#define RLO "\xe2\x80\xae"

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
safety_04_bytes_that_are_no_text_come_back_at_their_field(void **state)
{
	static const char *const bad[] = { "a\xff", "\xc0\xaf", "\xed\xa0\x80" };
	struct harness *h = *state;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		apply_send_other(h, "orion", "a@example.org", "why", bad[i]);
		harness_expect_status(h, 422);
		harness_expect(h, "href=\"#why\"");
		harness_expect(h, "value=\"Vega\"");
	}
	assert_int_equal(applications(h), 0);
}

static void
safety_05_hidden_direction_marks_are_refused_in_names(void **state)
{
	struct harness *h = *state;

	apply_send_other(h, "orion", "a@example.org", "name", "Ve" RLO "ag");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#name\"");
	apply_send_other(h, "orion", "a@example.org", "name", "Ve\x07ga");
	harness_expect_status(h, 422);
	assert_int_equal(applications(h), 0);
}

static void
safety_06_a_field_sent_twice_is_refused(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_field(h, "email", "a@example.org");
	harness_field(h, "email", "b@example.org");
	apply_fill(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#email\"");
	assert_int_equal(applications(h), 0);
	assert_int_equal(mails(h), 0);
}

static void
safety_09_line_ends_in_name_and_address_are_refused(void **state)
{
	struct harness *h = *state;

	apply_send_other(h, "orion", "a@example.org", "name", "Vega\r\nBcc: b@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#name\"");
	apply_send(h, "orion", "a@example.org\r\nBcc: b@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#email\"");
	apply_send(h, "orion", "a@example.org,b@example.org");
	harness_expect_status(h, 422);
	assert_int_equal(applications(h), 0);
	assert_int_equal(mails(h), 0);
}

static void
safety_19_the_page_says_that_mail_is_delayed(void **state)
{
	struct harness *h = *state;
	int i;

	for (i = 0; i < 5; i++) {
		apply_send_other(h, "orion", "vega@example.org", "name",
		    arena_format(harness_arena(h), "Vega %d", i));
		harness_expect_status(h, 303);
	}
	harness_get(h, apply_location(h));
	harness_expect_not(h, "delayed");
	apply_send(h, "orion", "vega@example.org");
	harness_expect_status(h, 303);
	harness_get(h, apply_location(h));
	harness_expect(h, "the mail is delayed");
	harness_expect(h, "Sunday 22 November 2026, 08:00 UTC");
	assert_int_equal(
	    harness_number(h, "SELECT max(due_at) FROM outbox"), HARNESS_NOW + CLOCK_HOUR);
	assert_int_equal(applications(h), 6);
}

static void
safety_29_fields_that_no_form_has_are_never_stored(void **state)
{
	const struct apply_other others[] = { { "confirmed_at", "1" }, { "person_id", "1" },
		{ "status", "accepted" }, { "role", "organiser" }, { "reference", "MINE" },
		{ "key", "mine" }, { NULL, NULL } };
	struct harness *h = *state;

	harness_person(h, "organiser@example.org", "Polaris");
	harness_get(h, "/apply/orion");
	harness_field(h, "email", "a@example.org");
	apply_fill(h, others);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application WHERE confirmed_at IS NULL"
			     " AND person_id IS NULL AND key <> 'mine'"
			     " AND reference <> 'MINE'"),
	    1);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 0);
}

static void
safety_33_a_draft_takes_no_application(void **state)
{
	struct harness *h = *state;
	const char *before;

	harness_run_sql(h, "UPDATE cohort SET published_at = NULL");
	before = harness_dump(h);
	harness_get(h, "/apply/orion");
	harness_expect_status(h, 404);
	harness_field(h, "email", "a@example.org");
	apply_fill(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 404);
	assert_string_equal(harness_dump(h), before);
}

static void
safety_33_an_early_one_is_refused_and_kept(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, apply_opens() - 1);
	harness_field(h, "email", "a@example.org");
	apply_fill(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "not open yet");
	harness_expect(h, "value=\"Vega\"");
	assert_int_equal(applications(h), 0);
}

static void
safety_55_the_window_is_enforced_when_the_form_is_sent(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, apply_closes() - 1);
	harness_get(h, "/apply/orion");
	harness_expect_status(h, 200);
	harness_set_now(h, apply_closes());
	harness_field(h, "email", "a@example.org");
	apply_fill(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "Applications for Orion closed on");
	harness_expect(h, "One merged change</textarea>");
	assert_int_equal(applications(h), 0);
	assert_int_equal(mails(h), 0);
	harness_set_now(h, apply_closes() - 1);
	harness_field(h, "email", "a@example.org");
	apply_fill(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_int_equal(applications(h), 1);
}

static void
safety_34_a_form_sent_twice_is_one_application(void **state)
{
	struct harness *h = *state;
	const char *key, *first;
	int i;

	harness_get(h, "/apply/orion");
	key = apply_hidden(h, "_key");
	for (i = 0; i < 3; i++) {
		harness_field(h, "_key", key);
		harness_field(h, "email", "vega@example.org");
		apply_fill(h, NULL);
		harness_post(h, "/apply/orion");
		harness_expect_status(h, 303);
		if (i == 0) {
			first = apply_location(h);
		}
		harness_expect_location(h, first);
	}
	assert_int_equal(applications(h), 1);
	assert_int_equal(mails(h), 1);
}

static void
safety_33_two_tabs_make_one_application(void **state)
{
	struct harness *h = *state;
	const char *keys[2];

	for (int i = 0; i < 2; i++) {
		harness_get(h, "/apply/orion");
		keys[i] = apply_hidden(h, "_key");
	}
	assert_string_not_equal(keys[0], keys[1]);
	for (int i = 0; i < 2; i++) {
		harness_field(h, "_key", keys[i]);
		harness_field(h, "email", "vega@example.org");
		apply_fill(h, NULL);
		harness_post(h, "/apply/orion");
		harness_expect_status(h, 303);
		harness_get(h, apply_location(h));
		harness_expect(h,
		    arena_copy_bytes(harness_arena(h),
			harness_rows(h, "SELECT reference FROM application"), 11));
	}
	assert_int_equal(applications(h), 1);
	assert_int_equal(mails(h), 1);
}

static void
safety_36_what_is_typed_is_escaped_once(void **state)
{
	const char *evil = "\"'><script>alert(1)</script>";
	const struct apply_other others[] = { { "name", evil }, { "pronouns", evil },
		{ "github", evil }, { "zone", evil }, { "why", evil }, { "experience", evil },
		{ "hopes", evil }, { "level", evil }, { "projects", evil },
		{ "hours_0_from", evil }, { NULL, NULL } };
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_field(h, "email", evil);
	apply_fill(h, others);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect_not(h, "<script>alert");
	harness_expect(h, "&lt;script&gt;alert(1)&lt;/script&gt;");
	harness_expect_not(h, "&amp;lt;");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(safety_04_bytes_that_are_no_text_come_back_at_their_field),
		CASE(safety_05_hidden_direction_marks_are_refused_in_names),
		CASE(safety_06_a_field_sent_twice_is_refused),
		CASE(safety_09_line_ends_in_name_and_address_are_refused),
		CASE(safety_19_the_page_says_that_mail_is_delayed),
		CASE(safety_29_fields_that_no_form_has_are_never_stored),
		CASE(safety_33_a_draft_takes_no_application),
		CASE(safety_33_an_early_one_is_refused_and_kept),
		CASE(safety_55_the_window_is_enforced_when_the_form_is_sent),
		CASE(safety_34_a_form_sent_twice_is_one_application),
		CASE(safety_33_two_tabs_make_one_application),
		CASE(safety_36_what_is_typed_is_escaped_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
