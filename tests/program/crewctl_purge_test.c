/*
 * What goes by itself, to the second, and what stays because it counts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "ground/clock.h"
#include "harness.h"
#include "model/retention.h"
#include "model/tick.h"
#include "questions.h"

#define STARTS ((int64_t)1795305600)
#define ENDS ((int64_t)1800748800)

/* A cohort with a navigator; the cases put in what they are about. */
static const char scene[] =
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (1, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 1),"
    " (2, 'rigel@example.org', 'rigel@example.org', 'Rigel', 'rigel', 1);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, launched_at, created_at) VALUES"
    " (1, 'orion', 'Orion', 'Goal', 'f1', 1, '2026-11-01', '2026-11-20', '2026-11-22',"
    " 1793440800, 1795262400, 1795305600, 1800748800, 8, 4, 8, 8, 1, 1);"
    "INSERT INTO member (id, cohort_id, person_id, role, joined_at) VALUES"
    " (2, 1, 2, 'navigator', 1);"
    "INSERT INTO volunteer (member_id, zone, hours, hours_utc, level_low, level_high, wants,"
    " said_at) VALUES (2, 'UTC', printf('%084d', 1), printf('%084d', 1), 1, 2, 4, 1);";

static const char application[] =
    "INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key, name,"
    " name_key, pronouns, zone, level, hours, hours_utc, submitted_at,"
    " changed_at, confirm_until, confirmed_at) VALUES (1, 'k1', 'REF-1', 1, 1,"
    " 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'she', 'Europe/Vienna', 2,"
    " printf('%084d', 1), printf('%084d', 1), 1, 1, 2, 2);";

static const char seat[] =
    "INSERT INTO offer (id, key, application_id, state, made_at, deadline_at) VALUES"
    " (1, 'o1', 1, 'offered', 1, 1796000000);"
    "UPDATE offer SET state = 'confirmed', ended_at = 2;"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at) VALUES"
    " (1, 1, 1, 'djangonaut', 2, 2);";

/* Stored, with its words. */
static void
apply(struct harness *h)
{
	harness_run_sql(h, application);
	questions_make(h);
	questions_answer(h, 1, "why", "Words");
}

static const struct program no_program = { .name = "crewctl" };

static int
set_up(void **state)
{
	struct harness *h = harness_new(&no_program);

	harness_run_sql(h, scene);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* What goes at that instant. */
static struct retention_counts
run_at(struct harness *h, int64_t now)
{
	struct retention_counts counts;

	assert_true(db_begin_write(harness_db(h)));
	assert_true(retention_run(harness_db(h), harness_arena(h), now, &counts));
	assert_true(db_commit(harness_db(h)));
	return counts;
}

/* Nothing of that kind a second before, one at the instant, none again. */
static void
expect_at(struct harness *h, enum retention_kind kind, int64_t instant)
{
	assert_int_equal(run_at(h, instant - 1).of[kind], 0);
	assert_int_equal(run_at(h, instant).of[kind], 1);
	assert_int_equal(run_at(h, instant).of[kind], 0);
}

static void
expect_rows(struct harness *h, const char *sql, const char *rows)
{
	assert_string_equal(harness_rows(h, sql), rows);
}

/* Whether or not it led to a seat; the words of members stay. */
static void
pronouns_and_hours_go_thirty_days_after_the_cohort(void **state)
{
	apply(*state);
	harness_run_sql(*state, seat);
	expect_at(*state, RETENTION_SENSITIVE, ENDS + 30 * CLOCK_DAY);
	expect_rows(*state,
	    "SELECT pronouns IS NULL, hours = printf('%084d', 0), hours_utc = hours, name"
	    " FROM application",
	    "1|1|1|Vega|\n");
}

/* Whatever became of the application; what is not sensitive stays. */
static void
sensitive_answers_go_thirty_days_after_the_cohort(void **state)
{
	apply(*state);
	harness_run_sql(*state, seat);
	questions_answer(*state, 1, "hopes", "A secret");
	harness_run_sql(*state,
	    "UPDATE questionnaire_item SET is_sensitive = 1 WHERE name = 'hopes';"
	    "UPDATE application SET trimmed_at = 1");
	expect_at(*state, RETENTION_SENSITIVE, ENDS + 30 * CLOCK_DAY);
	assert_string_equal(questions_value(*state, 1, "why"), "Words");
	assert_string_equal(questions_value(*state, 1, "hopes"), "");
}

static void
lines_said_with_decisions_go_thirty_days_after_the_cohort(void **state)
{
	apply(*state);
	harness_run_sql(*state, seat);
	harness_run_sql(*state,
	    "INSERT INTO decision (application_id, kind, line, decided_at, sent_at)"
	    " VALUES (1, 'offer', 'For you alone', 1, 1)");
	expect_at(*state, RETENTION_NOTES, ENDS + 30 * CLOCK_DAY);
	expect_rows(*state, "SELECT kind, line, sent_at FROM decision", "offer||1|\n");
}

static void
hours_of_volunteers_go_with_them(void **state)
{
	expect_at(*state, RETENTION_AVAILABILITY, ENDS + 30 * CLOCK_DAY);
	expect_rows(*state, "SELECT count(*) FROM volunteer", "0|\n");
	expect_rows(*state, "SELECT count(*) FROM member", "1|\n");
}

static void
applications_without_a_seat_go_a_half_year_after_the_cohort_began(void **state)
{
	apply(*state);
	expect_at(*state, RETENTION_REJECTED, STARTS + 180 * CLOCK_DAY);
	expect_rows(*state, "SELECT count(*) FROM application_answer", "0|\n");
	expect_rows(*state, "SELECT level, name, email FROM application",
	    "2|\xe2\x80\x93|erased-application-1@erased.invalid|\n");
}

static void
applications_with_a_seat_stay_with_the_account(void **state)
{
	apply(*state);
	harness_run_sql(*state, seat);
	run_at(*state, STARTS + 5000 * CLOCK_DAY);
	expect_rows(*state, "SELECT stripped_at IS NULL FROM application", "1|\n");
	assert_string_equal(questions_value(*state, 1, "why"), "Words");
	expect_rows(*state, "SELECT name FROM person WHERE id = 1", "Vega|\n");
}

/* Days may be fewer than an offer of the first week has. */
static void
an_application_with_an_open_offer_waits_for_its_answer(void **state)
{
	apply(*state);
	harness_run_sql(*state,
	    "INSERT INTO offer (id, key, application_id, state, made_at, deadline_at) VALUES"
	    " (1, 'o1', 1, 'offered', 1, 1796000000);"
	    "UPDATE programme SET keep_rejected_days = 1;");
	assert_int_equal(run_at(*state, 1795999999).of[RETENTION_REJECTED], 0);
	expect_rows(*state, "SELECT email FROM person WHERE id = 1", "vega@example.org|\n");
	harness_run_sql(*state, "UPDATE offer SET state = 'lapsed', ended_at = 1796000000");
	assert_int_equal(run_at(*state, 1796000000).of[RETENTION_REJECTED], 1);
}

static void
withdrawn_applications_go_a_half_year_after_the_withdrawal(void **state)
{
	apply(*state);
	harness_run_sql(*state, "UPDATE application SET withdrawn_at = 1795400000");
	expect_at(*state, RETENTION_WITHDRAWN, 1795400000 + 180 * CLOCK_DAY);
}

/* Three days to confirm, eleven more: fourteen after it was sent. */
static void
unconfirmed_applications_go_after_fourteen_days_as_a_whole(void **state)
{
	int64_t sent = 1795200000;

	apply(*state);
	harness_run_sql(*state,
	    arena_format(harness_arena(*state),
		"UPDATE application SET person_id = NULL, confirmed_at = NULL, confirm_until = %lld",
		(long long)(sent + 3 * CLOCK_DAY)));
	expect_at(*state, RETENTION_UNCONFIRMED, sent + 14 * CLOCK_DAY);
	expect_rows(*state, "SELECT count(*) FROM application", "0|\n");
}

static void
invitations_go_a_year_after_their_cohort(void **state)
{
	harness_run_sql(*state,
	    "INSERT INTO invitation (cohort_id, role, email, email_key, invited_at, ends_at, state,"
	    " ended_at) VALUES (1, 'captain', 'n@example.org', 'n@example.org', 1, 2, 'accepted',"
	    " 2)");
	expect_at(*state, RETENTION_INVITATIONS, ENDS + 365 * CLOCK_DAY);
}

static void
invitations_that_came_to_nothing_go_after_a_half_year(void **state)
{
	harness_run_sql(*state,
	    "INSERT INTO invitation (cohort_id, role, email, email_key, invited_at, ends_at, state,"
	    " ended_at) VALUES (1, 'captain', 'n@example.org', 'n@example.org', 1, 2, 'declined',"
	    " 1795000000)");
	expect_at(*state, RETENTION_INVITATIONS, 1795000000 + 180 * CLOCK_DAY);
}

static void
mail_that_is_over_goes_after_thirty_days_and_what_waits_stays(void **state)
{
	harness_run_sql(*state,
	    "INSERT INTO outbox (reason, kind, urgency, recipient, parameters, state, due_at,"
	    " created_at, sent_at) VALUES"
	    " ('a', 'welcome', 2, 'vega@example.org', '{}', 'sent', 1, 1790000000, 1795000000),"
	    " ('b', 'welcome', 2, 'vega@example.org', '{}', 'queued', 1, 1790000000, NULL),"
	    " ('c', 'welcome', 2, 'vega@example.org', '{}', 'held', 1, 1790000000, NULL)");
	expect_at(*state, RETENTION_MAIL, 1795000000 + 30 * CLOCK_DAY);
	expect_rows(*state, "SELECT state FROM outbox ORDER BY id", "queued|\nheld|\n");
}

static void
the_log_goes_after_two_years(void **state)
{
	harness_run_sql(
	    *state, "INSERT INTO audit (at, action) VALUES (1795000000, 'cohort_made')");
	expect_at(*state, RETENTION_AUDIT, 1795000000 + 730 * CLOCK_DAY);
}

/* Once nothing here needs them, with the last of it. */
static void
accounts_that_nothing_needs_are_forgotten_without_a_mail(void **state)
{
	apply(*state);
	expect_at(*state, RETENTION_PEOPLE, STARTS + 180 * CLOCK_DAY);
	expect_rows(*state, "SELECT id, name, email FROM person WHERE erased_at IS NOT NULL",
	    "1|\xe2\x80\x93|erased-1@erased.invalid|\n");
	expect_rows(*state, "SELECT count(*) FROM outbox", "0|\n");
	expect_rows(*state, "SELECT count(*) FROM erasure", "0|\n");
}

static void
accounts_that_something_needs_are_kept(void **state)
{
	static const char *const needs[] = {
		"UPDATE person SET is_administrator = 1 WHERE id = 1",
		"UPDATE person SET is_disabled = 1 WHERE id = 1",
		"INSERT INTO session (token_hash, person_id, created_at, last_used_at,"
		" idle_seconds, ends_at) VALUES ('h', 1, 1, 1, 1, 2)",
		"INSERT INTO subscription (email, email_key, asked_at, confirmed_at) VALUES"
		" ('vega@example.org', 'vega@example.org', 1, 1)",
		"INSERT INTO invitation (cohort_id, role, email, email_key, invited_at, ends_at)"
		" VALUES (1, 'captain', 'vega@example.org', 'vega@example.org', 1, 2)",
		"INSERT INTO conduct_recipient (name, email, email_key) VALUES"
		" ('Vega', 'Vega@example.org', 'vega@example.org')",
		"INSERT INTO outbox (reason, kind, urgency, recipient, parameters, due_at,"
		" created_at) VALUES ('x', 'sign_in', 1, 'vega@example.org', '{}', 1, 1)",
		"INSERT INTO member (cohort_id, person_id, role, joined_at, left_at) VALUES"
		" (1, 1, 'captain', 1, 2)",
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		struct harness *h = harness_new(&no_program);

		harness_run_sql(h, scene);
		harness_run_sql(h, needs[i]);
		assert_int_equal(run_at(h, HARNESS_NOW).of[RETENTION_PEOPLE], 0);
		harness_free(h);
	}
	assert_int_equal(run_at(*state, HARNESS_NOW).of[RETENTION_PEOPLE], 1);
}

static void
the_programmes_own_days_count(void **state)
{
	apply(*state);
	harness_run_sql(
	    *state, "UPDATE programme SET keep_rejected_days = 10, keep_sensitive_days = 5");
	expect_at(*state, RETENTION_REJECTED, STARTS + 10 * CLOCK_DAY);
	expect_at(*state, RETENTION_AVAILABILITY, ENDS + 5 * CLOCK_DAY);
}

static int
purge(struct harness *h, const char *dry, int64_t now)
{
	struct argument options[8] = { { "dry-run", false, dry } };
	const struct arguments arguments = { .options = options };
	struct crewctl crewctl = {
		.arena = harness_arena(h), .site = harness_site(h), .db = harness_db(h), .now = now
	};

	return run_purge(&crewctl, &arguments);
}

static void
a_dry_run_changes_nothing(void **state)
{
	const char *before;

	apply(*state);
	before = harness_dump(*state);
	assert_int_equal(purge(*state, "", ENDS + 365 * CLOCK_DAY), CREWCTL_DONE);
	assert_string_equal(harness_dump(*state), before);
	assert_int_equal(purge(*state, NULL, ENDS + 365 * CLOCK_DAY), CREWCTL_DONE);
	expect_rows(*state, "SELECT count(*) FROM application_answer", "0|\n");
}

static void
tick_at(struct harness *h, int64_t now)
{
	assert_true(db_begin_write(harness_db(h)));
	assert_true(tick(harness_db(h), harness_arena(h), now));
	assert_true(db_commit(harness_db(h)));
}

/* Looking at everything at each form that is sent would be too much. */
static void
tick_does_it_once_a_day_and_at_once_after_the_clock_went_back(void **state)
{
	static const char due[] = "SELECT due_at FROM retention";

	tick_at(*state, HARNESS_NOW);
	assert_int_equal(harness_number(*state, due), HARNESS_NOW + CLOCK_DAY);
	tick_at(*state, HARNESS_NOW + CLOCK_DAY - 1);
	assert_int_equal(harness_number(*state, due), HARNESS_NOW + CLOCK_DAY);
	tick_at(*state, HARNESS_NOW + CLOCK_DAY);
	assert_int_equal(harness_number(*state, due), HARNESS_NOW + 2 * CLOCK_DAY);
	tick_at(*state, HARNESS_NOW - CLOCK_DAY);
	assert_int_equal(harness_number(*state, due), HARNESS_NOW);
}

#define purge_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		purge_test(pronouns_and_hours_go_thirty_days_after_the_cohort),
		purge_test(sensitive_answers_go_thirty_days_after_the_cohort),
		purge_test(lines_said_with_decisions_go_thirty_days_after_the_cohort),
		purge_test(hours_of_volunteers_go_with_them),
		purge_test(applications_without_a_seat_go_a_half_year_after_the_cohort_began),
		purge_test(applications_with_a_seat_stay_with_the_account),
		purge_test(an_application_with_an_open_offer_waits_for_its_answer),
		purge_test(withdrawn_applications_go_a_half_year_after_the_withdrawal),
		purge_test(unconfirmed_applications_go_after_fourteen_days_as_a_whole),
		purge_test(invitations_go_a_year_after_their_cohort),
		purge_test(invitations_that_came_to_nothing_go_after_a_half_year),
		purge_test(mail_that_is_over_goes_after_thirty_days_and_what_waits_stays),
		purge_test(the_log_goes_after_two_years),
		purge_test(accounts_that_nothing_needs_are_forgotten_without_a_mail),
		purge_test(accounts_that_something_needs_are_kept),
		purge_test(the_programmes_own_days_count),
		purge_test(a_dry_run_changes_nothing),
		purge_test(tick_does_it_once_a_day_and_at_once_after_the_clock_went_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
