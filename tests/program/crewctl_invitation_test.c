/* The mails of invitations and of the next opening: what they say, when they
 * are pointless, and what follows from their sending. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"

#define INVITATION "{\"invitation\":\"1\"}"
#define SUBSCRIPTION "{\"subscription\":\"1\",\"cohort\":\"1\"}"

static void
invite(struct office *office, const char *role)
{
	harness_run_sql(office->harness,
	    arena_format(office->crewctl.arena,
		"INSERT INTO invitation (id, cohort_id, role, email, email_key, invited_by,"
		" invited_at, ends_at) VALUES (1, 1, '%s', 'nova@example.org',"
		" 'nova@example.org', 102, 1, 1796540400)",
		role));
}

static void
subscribe(struct office *office, const char *confirmed)
{
	harness_run_sql(office->harness,
	    arena_format(office->crewctl.arena,
		"INSERT INTO subscription (id, email, email_key, asked_at, confirmed_at)"
		" VALUES (1, 'vega@example.org', 'vega@example.org', 1795330800, %s);"
		"UPDATE cohort SET closes_at = 1795435200",
		confirmed));
}

static void
is_pointless(struct office *office, const char *kind, const char *parameters)
{
	struct outbox outbox = office_queued(kind, parameters);
	struct letter letter;

	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
an_invitation_says_who_invites_to_what_and_until_when(void **state)
{
	struct office *office = *state;
	struct letter letter;

	invite(office, "captain");
	letter = office_ready(office, "invitation", INVITATION);
	assert_string_equal(letter.wording.subject, "Rigel invites you to be a captain of Orion");
	office_assert_holds(letter.text, "Sunday 6 December 2026, 07:00 UTC");
	office_assert_holds(letter.text, "<http://localhost:8080/cohort/invitation/");
	assert_string_equal(letter.link.purpose, "invitation");
	assert_int_equal(letter.link.invitation_id, 1);
}

static void
an_invitation_that_is_over_is_not_mailed(void **state)
{
	struct office *office = *state;

	invite(office, "navigator");
	harness_run_sql(office->harness, "UPDATE invitation SET state = 'cancelled', ended_at = 1");
	is_pointless(office, "invitation", INVITATION);
	harness_run_sql(office->harness, "DELETE FROM invitation");
	is_pointless(office, "invitation", INVITATION);
}

static void
an_invitation_of_a_finished_cohort_is_not_mailed(void **state)
{
	struct office *office = *state;

	invite(office, "navigator");
	harness_run_sql(
	    office->harness, "UPDATE cohort SET starts_at = 1780000000, ends_at = 1795330000");
	is_pointless(office, "invitation", INVITATION);
}

static void
a_programme_invites_for_somebody_who_is_gone(void **state)
{
	struct office *office = *state;
	struct letter letter;

	invite(office, "navigator");
	harness_run_sql(office->harness, "UPDATE invitation SET invited_by = NULL");
	letter = office_ready(office, "invitation", INVITATION);
	office_assert_holds(letter.wording.subject, "Test Programme invites you");
}

static void
confirming_is_asked_until_it_was_done(void **state)
{
	struct office *office = *state;
	struct letter letter;

	subscribe(office, "NULL");
	letter = office_ready(office, "next_opens_confirm", SUBSCRIPTION);
	office_assert_holds(letter.text, "<http://localhost:8080/cohort/tell-me/");
	assert_int_equal(letter.link.subscription_id, 1);
	is_pointless(office, "next_opens", SUBSCRIPTION);
	harness_run_sql(office->harness, "UPDATE subscription SET confirmed_at = 1");
	is_pointless(office, "next_opens_confirm", SUBSCRIPTION);
}

static void
an_opening_is_told_while_applications_are_open(void **state)
{
	struct office *office = *state;
	struct letter letter;

	subscribe(office, "1795330800");
	letter = office_ready(office, "next_opens", SUBSCRIPTION);
	office_assert_holds(letter.text, "<http://localhost:8080/apply/orion>");
	office_assert_holds(letter.unsubscribe, "http://localhost:8080/cohort/stop/");
	harness_run_sql(office->harness, "UPDATE cohort SET closes_at = 1795330800");
	is_pointless(office, "next_opens", SUBSCRIPTION);
}

static void
an_address_is_deleted_once_its_mail_was_accepted(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("next_opens", SUBSCRIPTION);
	struct letter letter;

	subscribe(office, "1795330800");
	letter = office_ready(office, "next_opens", SUBSCRIPTION);
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, office->crewctl.now));
	assert_true(letter_sent(&office->crewctl, &outbox, &letter));
	assert_true(db_commit(office->crewctl.db));
	assert_int_equal(harness_number(office->harness, "SELECT count(*) FROM subscription"), 0);
	assert_int_equal(harness_number(office->harness, "SELECT count(*) FROM link"), 0);
	is_pointless(office, "next_opens", SUBSCRIPTION);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(an_invitation_says_who_invites_to_what_and_until_when),
		office_test(an_invitation_that_is_over_is_not_mailed),
		office_test(an_invitation_of_a_finished_cohort_is_not_mailed),
		office_test(a_programme_invites_for_somebody_who_is_gone),
		office_test(confirming_is_asked_until_it_was_done),
		office_test(an_opening_is_told_while_applications_are_open),
		office_test(an_address_is_deleted_once_its_mail_was_accepted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
