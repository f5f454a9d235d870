/*
 * The applicant's own page: read, change, withdraw, send again.
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

static const char *
under(struct harness *h, const char *path, const char *part)
{
	return arena_format(harness_arena(h), "%s/%s", path, part);
}

/* Sends the form of the page shown last with one other answer. */
static void
change(struct harness *h, const char *path, const char *name, const char *value)
{
	const struct apply_other others[] = { { name, value }, { NULL, NULL } };

	harness_field(h, "revision", apply_hidden(h, "revision"));
	apply_fill(h, others);
	harness_post(h, path);
}

static const char *
newest_mail(struct harness *h)
{
	return harness_rows(h, "SELECT kind FROM outbox ORDER BY id DESC LIMIT 1");
}

static void
shows_what_was_sent(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "It counts");
	harness_expect(h, "vega@example.org");
	harness_expect(h, "Mon 19:00–22:00; Wed 19:00–22:00 Europe/Vienna");
	harness_expect(h, "To learn\nwith others</textarea>");
	harness_expect(h, "value=\"Europe/Vienna\" selected");
	harness_expect(h, "value=\"2\" checked");
	harness_expect(h, "value=\"19:00\"");
	harness_expect_not(h, "name=\"email\"");
}

static void
saves_changes_and_mails_that_it_did(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	change(h, path, "hopes", "To stay on");
	harness_expect_status(h, 303);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Your changes are saved");
	harness_expect(h, "To stay on</textarea>");
	assert_string_equal(harness_rows(h, "SELECT revision FROM application"), "2|\n");
	assert_string_equal(questions_value(h, 1, "hopes"), "To stay on");
	assert_string_equal(newest_mail(h), "application_changed|\n");
}

static void
mistakes_in_a_change_come_back_with_everything_kept(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	change(h, path, "name", "");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#name\"");
	harness_expect(h, "One merged change</textarea>");
	assert_string_equal(harness_rows(h, "SELECT name FROM application"), "Vega|\n");
}

static void
two_windows_never_overwrite_each_other(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	change(h, path, "hopes", "First window");
	harness_expect_status(h, 303);
	harness_field(h, "revision", "1");
	apply_fill(h, (const struct apply_other[]){ { "hopes", "Second window" }, { NULL, NULL } });
	harness_post(h, path);
	harness_expect_status(h, 422);
	harness_expect(h, "in another window");
	harness_expect(h, "Second window</textarea>");
	assert_string_equal(questions_value(h, 1, "hopes"), "First window");
	change(h, path, "hopes", "Second window");
	harness_expect_status(h, 303);
	assert_string_equal(questions_value(h, 1, "hopes"), "Second window");
}

static void
withdrawing_takes_one_press_and_can_be_undone(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	harness_expect(h, "Withdraw the application");
	harness_post(h, under(h, path, "withdraw"));
	harness_expect_status(h, 303);
	assert_string_equal(newest_mail(h), "application_withdrawn|\n");
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Withdrawn");
	harness_expect(h, "Send it again");
	harness_expect(h, "One merged change");
	harness_expect_not(h, "<textarea");
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application"
			     " WHERE withdrawn_at = 1795330800"),
	    1);
	harness_post(h, under(h, path, "again"));
	harness_expect_status(h, 303);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "It counts");
	harness_expect(h, "<textarea");
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application"
			     " WHERE withdrawn_at IS NULL"),
	    1);
}

static void
pressing_a_button_twice_says_how_things_are(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_post(h, under(h, path, "withdraw"));
	harness_expect_status(h, 303);
	harness_post(h, under(h, path, "withdraw"));
	harness_expect_status(h, 422);
	harness_expect(h, "Send it again");
	harness_get(h, path);
	harness_field(h, "revision", "2");
	apply_fill(h, NULL);
	harness_post(h, path);
	harness_expect_status(h, 422);
	harness_expect(h, "is withdrawn");
	harness_expect(h, "One merged change");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 3);
}

static void
safety_55_after_the_deadline_it_can_only_be_read_or_withdrawn(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");
	const char *revision;

	harness_get(h, path);
	revision = apply_hidden(h, "revision");
	harness_set_now(h, apply_closes());
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "What you told us");
	harness_expect(h, "Finding my way");
	harness_expect(h, "Forms");
	harness_expect_not(h, "<textarea");
	harness_expect(h, "Withdraw the application");
	harness_field(h, "revision", revision);
	apply_fill(h, (const struct apply_other[]){ { "hopes", "Too late" }, { NULL, NULL } });
	harness_post(h, path);
	harness_expect_status(h, 422);
	harness_expect(h, "was not saved");
	harness_expect(h, "Too late</textarea>");
	harness_post(h, under(h, path, "again"));
	harness_expect_status(h, 422);
	assert_string_equal(
	    harness_rows(h, "SELECT withdrawn_at, revision FROM application"), "NULL|1|\n");
	assert_string_equal(questions_value(h, 1, "hopes"), "One merged change");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 2);
}

static void
safety_30_nobody_reads_the_application_of_another(void **state)
{
	struct harness *h = *state;
	const char *theirs = apply_confirmed(h, "orion", "vega@example.org");
	const char *own;

	harness_forget(h);
	harness_get(h, theirs);
	harness_expect_status(h, 303);
	assert_non_null(strstr(apply_location(h), "/cohort/sign-in"));
	own = apply_confirmed(h, "orion", "deneb@example.org");
	harness_get(h, own);
	harness_expect_status(h, 200);
	harness_get(h, theirs);
	assert_true(harness_status(h) == 303 || harness_status(h) == 404);
	harness_post(h, under(h, theirs, "withdraw"));
	assert_true(harness_status(h) == 303 || harness_status(h) == 404);
	harness_forget(h);
	harness_sign_in(h, harness_person(h, "altair@example.org", "Altair"));
	harness_get(h, theirs);
	harness_expect_status(h, 404);
	harness_post(h, under(h, theirs, "withdraw"));
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application"
			     " WHERE withdrawn_at IS NOT NULL"),
	    0);
}

static void
its_author_reads_it_signed_in_as_usual(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_forget(h);
	harness_sign_in(h, harness_person(h, "vega@example.org", "Vega"));
	harness_get(h, path);
	harness_expect_status(h, 200);
}

static void
safety_29_a_change_stores_what_the_form_has_only(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");
	const char *before = harness_rows(h,
	    "SELECT email, reference, cohort_id, person_id, confirmed_at,"
	    " submitted_at FROM application");

	harness_get(h, path);
	harness_field(h, "email", "evil@example.org");
	harness_field(h, "person_id", "7");
	harness_field(h, "cohort_id", "7");
	harness_field(h, "submitted_at", "1");
	change(h, path, "hopes", "More");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT email, reference, cohort_id, person_id, confirmed_at,"
				" submitted_at FROM application"),
	    before);
}

static void
safety_36_what_is_stored_is_escaped_once(void **state)
{
	const char *evil = "\"'><script>alert(1)</script>";
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");
	int i;

	harness_get(h, path);
	harness_field(h, "revision", apply_hidden(h, "revision"));
	apply_fill(h,
	    (const struct apply_other[]){ { "name", evil }, { "pronouns", evil }, { "why", evil },
		{ "experience", evil }, { "hopes", evil }, { NULL, NULL } });
	harness_post(h, path);
	harness_expect_status(h, 303);
	for (i = 0; i < 2; i++) {
		harness_get(h, path);
		harness_expect_status(h, 200);
		harness_expect(h, "&lt;script&gt;alert(1)&lt;/script&gt;");
		harness_expect_not(h, "<script>alert");
		harness_expect_not(h, "&amp;lt;");
		harness_set_now(h, apply_closes());
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(shows_what_was_sent),
		CASE(saves_changes_and_mails_that_it_did),
		CASE(mistakes_in_a_change_come_back_with_everything_kept),
		CASE(two_windows_never_overwrite_each_other),
		CASE(withdrawing_takes_one_press_and_can_be_undone),
		CASE(pressing_a_button_twice_says_how_things_are),
		CASE(safety_55_after_the_deadline_it_can_only_be_read_or_withdrawn),
		CASE(safety_30_nobody_reads_the_application_of_another),
		CASE(its_author_reads_it_signed_in_as_usual),
		CASE(safety_29_a_change_stores_what_the_form_has_only),
		CASE(safety_36_what_is_stored_is_escaped_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
