/*
 * A report of misconduct: to whom its sender chose, to nobody else, kept by
 * nothing, and naming nobody who does not name themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "model/conduct.h"

#define REPORT "/cohort/conduct/report"
/* As the page that shows the form makes one. */
#define KEY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char recipients[] =
    "INSERT INTO conduct_recipient (id, name, email, email_key, is_outside) VALUES"
    " (1, 'Vega', 'vega@example.org', 'vega@example.org', 0),"
    " (12, 'Crux', 'crux@example.org', 'crux@example.org', 1),"
    " (2, 'Altair', 'altair@example.org', 'altair@example.org', 0)";

static int
set_up(void **state)
{
	if (house_set_up(state) != 0) {
		return -1;
	}
	harness_run_sql(*state, recipients);
	harness_forget(*state);
	return 0;
}

#define report_test(test) cmocka_unit_test_setup_teardown(test, set_up, house_tear_down)

/* Fills in a whole report to Vega and Crux. */
static void
fill(struct harness *h)
{
	harness_field(h, "what", "canary-what\n\nand *more*");
	harness_field(h, "happened", "canary-when");
	harness_field(h, "involved", "canary-who");
	harness_field(h, "reach", "canary-reach");
	harness_field(h, "recipients", "1");
	harness_field(h, "recipients", "12");
}

static const char *
mails(struct harness *h)
{
	return harness_rows(h,
	    "SELECT recipient, parameters, cohort_id IS NULL FROM outbox"
	    " WHERE kind = 'conduct' ORDER BY recipient");
}

static void
anybody_is_asked_little_and_nobody_is_ticked(void **state)
{
	struct harness *h = *state;

	harness_get(h, REPORT);
	harness_expect_status(h, 200);
	harness_expect(h, "You need not say who you are.");
	harness_expect(h, "Up to 8000 characters.");
	harness_expect(h, "Without it nobody can answer");
	harness_expect(h, ">Vega</label>");
	harness_expect(h, ">Crux</label>");
	harness_expect(h, "Outside the programme: none of its organisers reads this.");
	harness_expect_not(h, " checked");
	harness_expect_not(h, "vega@example.org");
	/* Nothing of it stays in the browser. */
	harness_expect_not(h, "data-draft");
	assert_string_equal(harness_header(h, "Cache-Control"), "no-store");
}

static void
a_report_goes_to_those_who_were_chosen(void **state)
{
	struct harness *h = *state;

	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
	harness_expect_location(h, REPORT "/sent?to=1-12");
	assert_string_equal(mails(h),
	    "crux@example.org|{\"report\":\"1\"}|1|\n"
	    "vega@example.org|{\"report\":\"1\"}|1|\n");
	harness_get(h, REPORT "/sent?to=1-12");
	harness_expect_status(h, 200);
	harness_expect(h, "<li><bdi>Vega</bdi></li>");
	harness_expect(h, "<li><bdi>Crux</bdi> (outside the programme)</li>");
	harness_expect_not(h, "Altair");
	harness_expect_not(h, "canary");
}

static void
the_thanks_name_nobody_whom_the_address_does_not(void **state)
{
	static const char *const paths[] = { REPORT "/sent",
		REPORT "/sent?to=", REPORT "/sent?to=-", REPORT "/sent?to=3-x",
		REPORT "/sent?to=1&to=2" };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(h, paths[i]);
		harness_expect_status(h, 200);
		harness_expect(h, "<h1>Thank you</h1>");
		harness_expect_not(h, "It goes to");
	}
}

static void
what_a_report_lacks_is_said_at_its_field(void **state)
{
	struct harness *h = *state;
	const char *before = harness_dump(h);

	harness_field(h, "happened", "canary-when");
	harness_post(h, REPORT);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"what-error\"");
	harness_expect(h, "id=\"recipients-error\"");
	harness_expect(h, "canary-when");
	harness_field(h, "what", "canary-what");
	harness_field(h, "recipients", "7");
	harness_post(h, REPORT);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"recipients-error\"");
	harness_expect(h, "canary-what");
	assert_string_equal(harness_dump(h), before);
}

static void
without_recipients_the_way_to_write_is_shown(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "DELETE FROM conduct_recipient");
	harness_get(h, REPORT);
	harness_expect_status(h, 200);
	harness_expect(h, "Nobody can be told this way yet");
	harness_expect(h, "href=\"/cohort/contact\"");
	harness_expect_not(h, "<textarea");
	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 422);
	assert_string_equal(mails(h), "");
}

static void
safety_34_a_report_sent_twice_goes_once(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 2; i++) {
		fill(h);
		harness_field(h, "_key", KEY);
		harness_post(h, REPORT);
		harness_expect_location(h, REPORT "/sent?to=1-12");
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM conduct_report"), 1);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'conduct'"), 2);
}

static void
the_sixth_report_of_a_network_within_an_hour_is_kindly_put_off(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < CONDUCT_REPORTS_AN_HOUR; i++) {
		fill(h);
		harness_post(h, REPORT);
		harness_expect_status(h, 303);
	}
	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 422);
	harness_expect(h, "write to hello@example.org");
	harness_expect(h, "canary-what");
	fill(h);
	harness_variable(h, "REMOTE_ADDR", "198.51.100.7");
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
	harness_set_now(h, HARNESS_NOW + 3600);
	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
}

/* What the database says of Polaris before and after their report. */
static void
who_is_signed_in_is_not_stored(void **state)
{
	struct harness *h = *state;
	const char *person = "SELECT (SELECT group_concat(last_used_at) FROM session),"
			     " (SELECT count(*) FROM audit), (SELECT count(*) FROM link)";
	const char *before;

	house_sign_in(h, "polaris");
	harness_get(h, REPORT);
	harness_expect(h, "your name does not go along unless you write it");
	before = harness_rows(h, person);
	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, person), before);
	assert_string_equal(
	    harness_rows(h, "SELECT kind, address_hash, asked_at FROM mail_request"),
	    "conduct||1795330800|\n");
	assert_null(strstr(mails(h), "polaris"));
}

/* A network is counted under another name than when it asks for a link. */
static void
a_report_cannot_be_told_to_come_from_who_asked_for_a_link(void **state)
{
	struct harness *h = *state;

	harness_field(h, "email", "polaris@example.org");
	harness_post(h, "/cohort/sign-in");
	fill(h);
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(DISTINCT network_hash) FROM mail_request"), 2);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM mail_request"), 2);
}

static void
what_was_written_is_in_no_table(void **state)
{
	struct harness *h = *state;

	house_sign_in(h, "polaris");
	fill(h);
	harness_field(h, "_key", KEY);
	harness_post(h, REPORT);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM conduct_report"), 1);
	assert_null(strstr(harness_dump(h), "canary"));
	assert_int_equal(harness_number(h, "SELECT count(*) FROM audit"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		report_test(anybody_is_asked_little_and_nobody_is_ticked),
		report_test(a_report_goes_to_those_who_were_chosen),
		report_test(the_thanks_name_nobody_whom_the_address_does_not),
		report_test(what_a_report_lacks_is_said_at_its_field),
		report_test(without_recipients_the_way_to_write_is_shown),
		report_test(safety_34_a_report_sent_twice_goes_once),
		report_test(the_sixth_report_of_a_network_within_an_hour_is_kindly_put_off),
		report_test(who_is_signed_in_is_not_stored),
		report_test(a_report_cannot_be_told_to_come_from_who_asked_for_a_link),
		report_test(what_was_written_is_in_no_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
