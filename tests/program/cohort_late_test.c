/*
 * What was not sent in time, and who may still: the organisers' page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/clock.h"

#define LATE HOUSE_ORGANISE "/late"

/* The deadline of orion's applications. */
static int64_t
closes(struct harness *h)
{
	return harness_number(h, "SELECT closes_at FROM cohort WHERE slug = 'orion'");
}

/* The value of the first hidden field of this name. */
static const char *
hidden(struct harness *h, const char *name)
{
	const char *mark =
	    arena_format(harness_arena(h), "type=\"hidden\" name=\"%s\" value=\"", name);
	const char *at = strstr(harness_body_text(h), mark);

	assert_non_null(at);
	at += strlen(mark);
	return arena_copy_bytes(harness_arena(h), at, strcspn(at, "\""));
}

static const char drafts[] =
    "INSERT INTO draft (cohort_id, email, email_key, fields, is_finished, begun_at, saved_at)"
    " VALUES (1, 'vega@example.org', 'vega@example.org', 'why=canary', 1, 1795320000,"
    " 1795320000), (1, 'mira@example.org', 'mira@example.org', 'why=canary', 0, 1795320000,"
    " 1795320000), (1, NULL, NULL, 'why=canary', 0, 1795320000, 1795320000);";

static void
organisers_see_addresses_and_whether_they_are_finished_and_no_word(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, drafts);
	harness_get(h, LATE);
	harness_expect_status(h, 200);
	harness_expect(h, "<bdi>vega@example.org</bdi>");
	harness_expect(h, "pill-good\">Finished");
	harness_expect(h, "<bdi>mira@example.org</bdi>");
	harness_expect(h, "pill-wait\">Unfinished");
	harness_expect(h, "datetime=\"2026-11-22T04:00:00Z\"");
	harness_expect(h, "One draft has no address");
	harness_expect_not(h, "canary");
}

static void
whoever_has_applied_is_not_among_them(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, drafts);
	(void)house_application(h, "Vega");
	harness_get(h, LATE);
	harness_expect_not(h, "vega@example.org");
	harness_expect(h, "mira@example.org");
}

static void
let_in(struct harness *h, const char *email, const char *on, const char *time)
{
	harness_field(h, "email", email);
	harness_field(h, "until_on", on);
	harness_field(h, "until_time", time);
	harness_post(h, LATE);
}

static void
an_address_is_let_in_until_an_instant_and_written_to(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, closes(h) + CLOCK_DAY);
	harness_run_sql(h, "UPDATE session SET last_used_at = 1795860000");
	let_in(h, "Vega@Example.org", "2026-12-02", "18:30");
	harness_expect_status(h, 303);
	harness_expect_location(h, LATE "?done=let_in");
	assert_string_equal(
	    harness_rows(h, "SELECT email, email_key, until_at, let_by FROM late_entry"),
	    "Vega@Example.org|vega@example.org|1796236200|1|\n");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, parameters FROM outbox"),
	    "let_in|Vega@Example.org|{\"late\":\"1\"}|\n");
	assert_string_equal(harness_rows(h, "SELECT action, detail FROM audit"), "let_in||\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM draft WHERE email_key = 'vega@example.org'"),
	    1);
	harness_get(h, LATE);
	harness_expect(h, "Wednesday 2 December 2026, 18:30 UTC");
	harness_expect(h, "by <bdi>Polaris</bdi>");
	/* The blank draft made for its link is none that somebody wrote. */
	harness_expect(h, "There is none with an address");
}

static void
the_button_of_a_draft_proposes_two_days(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, drafts);
	harness_set_now(h, closes(h) + CLOCK_DAY);
	harness_run_sql(h, "UPDATE session SET last_used_at = 1795860000");
	harness_get(h, LATE);
	harness_expect(h, "Let in until Tuesday 1 December 2026, 12:00 UTC");
	let_in(h, "vega@example.org", hidden(h, "until_on"), hidden(h, "until_time"));
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT until_at FROM late_entry"), closes(h) + 3 * CLOCK_DAY);
}

static void
the_instant_lies_after_the_deadline_and_before_week_0(void **state)
{
	struct harness *h = *state;

	let_in(h, "vega@example.org", "2026-11-28", "11:59");
	harness_expect_status(h, 422);
	harness_expect(h, "after the deadline");
	harness_expect(h, "value=\"vega@example.org\"");
	let_in(h, "vega@example.org", "2027-01-04", "00:01");
	harness_expect_status(h, 422);
	harness_expect(h, "before week 0 begins");
	let_in(h, "nobody", "2026-12-02", "18:30");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM late_entry"), 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

static void
it_can_be_taken_back(void **state)
{
	struct harness *h = *state;

	let_in(h, "vega@example.org", "2026-12-02", "18:30");
	harness_get(h, LATE);
	harness_field(h, "entry", hidden(h, "entry"));
	harness_post(h, LATE "/end");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM late_entry"), 0);
	assert_string_equal(harness_rows(h, "SELECT action FROM audit ORDER BY id"),
	    "let_in|\nlate_entry_ended|\n");
	harness_field(h, "entry", "1");
	harness_post(h, LATE "/end");
	harness_expect_status(h, 422);
	harness_expect(h, "taken back already");
}

static void
safety_30_the_page_is_the_organisers(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	house_sign_in(h, "Rigel");
	harness_get(h, LATE);
	harness_expect_status(h, 404);
	let_in(h, "vega@example.org", "2026-12-02", "18:30");
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM late_entry"), 0);
}

static void
once_week_0_has_begun_nobody_is_let_in(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, 1799020800);
	harness_run_sql(h, "UPDATE session SET last_used_at = 1799020000");
	harness_get(h, LATE);
	harness_expect_status(h, 200);
	harness_expect_not(h, "Let an address in");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(organisers_see_addresses_and_whether_they_are_finished_and_no_word),
		house_test(whoever_has_applied_is_not_among_them),
		house_test(an_address_is_let_in_until_an_instant_and_written_to),
		house_test(the_button_of_a_draft_proposes_two_days),
		house_test(the_instant_lies_after_the_deadline_and_before_week_0),
		house_test(it_can_be_taken_back),
		house_test(safety_30_the_page_is_the_organisers),
		house_test(once_week_0_has_begun_nobody_is_let_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
