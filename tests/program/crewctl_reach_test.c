/*
 * Whom mails reach: nobody who is kept out, nobody without a reason any more,
 * nobody who wants none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "ground/clock.h"
#include "model/session.h"

/* ---- who gets mail at all ---- */

static void
safety_21_who_is_kept_out_gets_no_mail_of_any_kind(void **state)
{
	static const char *const mails[][2] = { { "sign_in", "{\"person\":\"101\"}" },
		{ "application_received", "{\"application\":\"1\"}" },
		{ "application_already", "{\"application\":\"1\"}" },
		{ "application_changed", "{\"application\":\"1\"}" },
		{ "offer", "{\"offer\":\"1\"}" },
		{ "offer_reminder", "{\"offer\":\"1\",\"days\":\"1\"}" },
		{ "welcome", "{\"placement\":\"2\"}" },
		{ "question_answered", "{\"answer\":\"1\"}" } };
	struct office *office = *state;

	harness_run_sql(office->harness, "UPDATE person SET is_disabled = 1 WHERE id = 101;");
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		struct outbox outbox = office_queued(mails[i][0], mails[i][1]);
		struct letter letter;

		outbox.recipient = i % 2 == 0 ? "vega@example.org" : "VEGA@EXAMPLE.org";
		if (office_write(office, &outbox, &letter) != LETTER_POINTLESS) {
			fail_msg("%s was written", mails[i][0]);
		}
	}
}

static void
who_was_erased_gets_no_mail_either(void **state)
{
	static const char *const mails[][2] = { { "sign_in", "{\"person\":\"101\"}" },
		{ "welcome", "{\"placement\":\"2\"}" },
		{ "question_answered", "{\"answer\":\"1\"}" } };
	struct office *office = *state;

	harness_run_sql(office->harness,
	    "UPDATE person SET erased_at = 1, is_disabled = 1, email = 'gone@example.invalid',"
	    " email_key = 'gone@example.invalid' WHERE id = 101;");
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		struct outbox outbox = office_queued(mails[i][0], mails[i][1]);
		struct letter letter;

		if (office_write(office, &outbox, &letter) != LETTER_POINTLESS) {
			fail_msg("%s was written", mails[i][0]);
		}
	}
}

/* ---- reminders ---- */

static void
a_reminder_of_an_offer_is_pointless_once_it_was_answered(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("offer_reminder", "{\"offer\":\"1\",\"days\":\"3\"}");
	struct letter letter;

	assert_int_equal(office_write(office, &outbox, &letter), LETTER_READY);
	/* That of three days has had its time on the last day. */
	office->crewctl.now = 1795935600 - CLOCK_DAY;
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
	outbox.parameters = "{\"offer\":\"1\",\"days\":\"1\"}";
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_READY);
	harness_run_sql(office->harness, "UPDATE offer SET state = 'refused', ended_at = 2;");
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static const char soon[] = "UPDATE cohort SET launched_at = 1;"
			   "UPDATE standup SET starts_at = 1795374000;";

static void
a_reminder_of_a_standup_is_pointless_once_one_has_checked_in(void **state)
{
	struct office *office = *state;
	struct outbox outbox =
	    office_queued("standup_tomorrow", "{\"standup\":\"1\",\"member\":\"2\"}");
	struct letter letter;

	harness_run_sql(office->harness, soon);
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_READY);
	office_assert_holds(letter.text, "Sunday 22 November 2026, 20:00 Europe/Vienna");
	harness_run_sql(office->harness,
	    "INSERT INTO check_in (key, standup_id, member_id, did, next, blocked, did_audience,"
	    " next_audience, blocked_audience, created_at)"
	    " VALUES ('c', 1, 2, 'Read', '', '', 2, 2, 2, 1);");
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
a_reminder_of_a_standup_is_pointless_to_who_wants_none_now(void **state)
{
	static const char *const changes[] = { "UPDATE person SET wants_reminders = 0;",
		"UPDATE member SET left_at = 2 WHERE id = 2;",
		"UPDATE standup SET starts_at = 1795417100;",
		"UPDATE cohort SET launched_at = NULL;" };

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct outbox outbox =
		    office_queued("standup_tomorrow", "{\"standup\":\"1\",\"member\":\"2\"}");
		struct letter letter;
		void *office;

		(void)state;
		office_set_up(&office);
		harness_run_sql(((struct office *)office)->harness, soon);
		harness_run_sql(((struct office *)office)->harness, changes[i]);
		if (i == 2) {
			((struct office *)office)->crewctl.now -= CLOCK_DAY;
		}
		if (office_write(office, &outbox, &letter) != LETTER_POINTLESS) {
			fail_msg("written in spite of: %s", changes[i]);
		}
		office_tear_down(&office);
	}
}

/* ---- how to be rid of it ---- */

static void
an_optional_mail_says_how_to_stop_it(void **state)
{
	struct office *office = *state;
	struct letter letter, again;
	struct link link;

	harness_run_sql(office->harness, soon);
	letter = office_ready(office, "standup_tomorrow", "{\"standup\":\"1\",\"member\":\"2\"}");
	again = office_ready(office, "standup_tomorrow", "{\"standup\":\"1\",\"member\":\"2\"}");
	assert_string_equal(letter.unsubscribe, again.unsubscribe);
	assert_string_not_equal(letter.stop_token, letter.token);
	assert_string_equal(letter.unsubscribe,
	    arena_format(
		office->crewctl.arena, "http://localhost:8080/cohort/stop/%s", letter.stop_token));
	office_assert_holds(letter.text, letter.unsubscribe);
	office_assert_holds(letter.html, letter.unsubscribe);
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, HARNESS_NOW));
	assert_true(link_open(office->crewctl.db, office->crewctl.arena, letter.stop_token,
	    "stop_reminders", HARNESS_NOW + 364 * CLOCK_DAY, &link));
	assert_int_equal(link.person_id, 101);
	assert_false(link_open(office->crewctl.db, office->crewctl.arena, letter.stop_token,
	    "stop_reminders", HARNESS_NOW + 365 * CLOCK_DAY, &link));
	assert_true(db_commit(office->crewctl.db));
}

static void
a_mail_that_one_needs_offers_no_way_to_stop_it(void **state)
{
	struct letter letter = office_ready(*state, "offer", "{\"offer\":\"1\"}");

	assert_null(letter.unsubscribe);
	assert_null(letter.stop.purpose);
	assert_null(strstr(letter.text, "/cohort/stop/"));
	office_assert_holds(letter.text, "Questions? Answer this mail, or write to");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(safety_21_who_is_kept_out_gets_no_mail_of_any_kind),
		office_test(who_was_erased_gets_no_mail_either),
		office_test(a_reminder_of_an_offer_is_pointless_once_it_was_answered),
		office_test(a_reminder_of_a_standup_is_pointless_once_one_has_checked_in),
		cmocka_unit_test(a_reminder_of_a_standup_is_pointless_to_who_wants_none_now),
		office_test(an_optional_mail_says_how_to_stop_it),
		office_test(a_mail_that_one_needs_offers_no_way_to_stop_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
