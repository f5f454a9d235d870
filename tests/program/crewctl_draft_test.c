/*
 * The mails about an application in the making: what their links open, and
 * when they are not sent after all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "ground/clock.h"
#include "model/application.h"
#include "model/draft.h"

#define CLOSES ((int64_t)1795503600)

/* Vega has begun and not sent; applications close two days from now. */
static void
prepare(struct office *office)
{
	harness_run_sql(office->harness,
	    "DELETE FROM offer; DELETE FROM application;"
	    "UPDATE cohort SET published_at = 1, opens_at = 1, closes_at = 1795503600,"
	    " starts_at = 1799020800;"
	    "INSERT INTO draft (id, cohort_id, email, email_key, fields, begun_at, saved_at) VALUES"
	    " (1, 1, 'vega@example.org', 'vega@example.org',"
	    " 'name=V&zone=Europe%2FVienna', 1795320000, 1795320000)");
}

static void
record(struct office *office, const struct letter *letter)
{
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, letter, office->crewctl.now));
	assert_true(db_commit(office->crewctl.db));
}

static enum letter_outcome
write_kind(struct office *office, const char *kind, const char *parameters)
{
	struct outbox outbox = office_queued(kind, parameters);
	struct letter letter;

	return office_write(office, &outbox, &letter);
}

static void
link_and_code_of_the_mail_open_the_draft(void **state)
{
	struct office *office = *state;
	struct crewctl *crewctl = &office->crewctl;
	const struct application_sender sender = { .email = "vega@example.org",
		.network = "192.0.2.0/24",
		.secret = office->site.secret };
	struct letter letter;
	struct cohort cohort;
	struct draft draft;

	prepare(office);
	letter = office_ready(office, "draft", "{\"draft\":\"1\"}");
	office_assert_holds(
	    letter.text, arena_format(crewctl->arena, "%.4s-%s", letter.code, letter.code + 4));
	/* With its grace, on the applicant's own clock. */
	office_assert_holds(letter.text, "Tuesday 24 November 2026, 08:30 Europe/Vienna");
	record(office, &letter);
	assert_true(db_begin_write(crewctl->db));
	assert_true(draft_of_link(
	    crewctl->db, crewctl->arena, letter.token, crewctl->now, &cohort, &draft));
	assert_int_equal(draft_open_by_code(crewctl->db, crewctl->arena, &cohort, &sender,
			     letter.code, letter.stop_token, crewctl->now, &draft),
	    DRAFT_CODE_OPENED);
	assert_false(draft_of_link(crewctl->db, crewctl->arena, letter.token,
	    CLOSES + 30 * CLOCK_MINUTE, &cohort, &draft));
	db_rollback(crewctl->db);
}

static void
safety_17_neither_link_nor_code_is_in_the_database(void **state)
{
	struct office *office = *state;
	struct letter letter;
	const char *dump;

	prepare(office);
	letter = office_ready(office, "draft", "{\"draft\":\"1\"}");
	record(office, &letter);
	dump = harness_dump(office->harness);
	assert_null(strstr(dump, letter.token));
	assert_null(strstr(dump, letter.code));
}

static void
a_draft_that_was_sent_or_has_another_address_is_written_no_mail(void **state)
{
	struct office *office = *state;

	prepare(office);
	harness_run_sql(office->harness,
	    "UPDATE draft SET email = 'mira@example.org', email_key = 'mira@example.org'");
	assert_int_equal(write_kind(office, "draft", "{\"draft\":\"1\"}"), LETTER_POINTLESS);
	harness_run_sql(office->harness, "UPDATE draft SET email = NULL, email_key = NULL");
	assert_int_equal(write_kind(office, "draft", "{\"draft\":\"1\"}"), LETTER_POINTLESS);
	harness_run_sql(office->harness, "DELETE FROM draft");
	assert_int_equal(write_kind(office, "draft", "{\"draft\":\"1\"}"), LETTER_POINTLESS);
}

#define REMINDER(hours) "{\"draft\":\"1\",\"hours\":\"" hours "\"}"

static void
a_reminder_is_checked_again_as_it_is_sent(void **state)
{
	struct office *office = *state;

	prepare(office);
	assert_int_equal(write_kind(office, "draft_reminder", REMINDER("72")), LETTER_READY);
	office->crewctl.now = CLOSES - CLOCK_DAY;
	assert_int_equal(write_kind(office, "draft_reminder", REMINDER("72")), LETTER_POINTLESS);
	assert_int_equal(write_kind(office, "draft_reminder", REMINDER("24")), LETTER_READY);
	office->crewctl.now = CLOSES;
	assert_int_equal(write_kind(office, "draft_reminder", REMINDER("3")), LETTER_POINTLESS);
}

static void
a_reminder_is_pointless_once_it_is_stopped_or_sent(void **state)
{
	static const char *const changes[] = { "UPDATE draft SET wants_reminders = 0",
		"DELETE FROM draft",
		"INSERT INTO application (key, reference, cohort_id, email, email_key, name,"
		" name_key, zone, level, hours, hours_utc, submitted_at, changed_at, confirm_until)"
		" VALUES ('k', 'R', 1, 'vega@example.org', 'vega@example.org', 'V', 'v', 'UTC', 1,"
		" printf('%084d', 0), printf('%084d', 0), 1, 1, 1)" };

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		void *office;

		office_set_up(&office);
		prepare(office);
		harness_run_sql(((struct office *)office)->harness, changes[i]);
		if (write_kind(office, "draft_reminder", REMINDER("72")) != LETTER_POINTLESS) {
			fail_msg("written in spite of: %s", changes[i]);
		}
		office_tear_down(&office);
	}
}

static void
a_reminder_says_how_to_stop_them(void **state)
{
	struct office *office = *state;
	struct letter letter;

	prepare(office);
	letter = office_ready(office, "draft_reminder", REMINDER("72"));
	assert_non_null(letter.unsubscribe);
	office_assert_holds(letter.text, letter.unsubscribe);
	assert_string_equal(letter.stop.purpose, "stop_draft");
	assert_null(letter.code);
	record(office, &letter);
}

static void
who_is_let_in_gets_a_link_until_then(void **state)
{
	struct office *office = *state;
	struct letter letter;

	prepare(office);
	office->crewctl.now = CLOSES + CLOCK_DAY;
	harness_run_sql(office->harness,
	    "INSERT INTO late_entry (id, cohort_id, email, email_key, until_at, let_at) VALUES"
	    " (1, 1, 'vega@example.org', 'vega@example.org', 1795676400, 1)");
	letter = office_ready(office, "let_in", "{\"late\":\"1\"}");
	office_assert_holds(letter.text, "Thursday 26 November 2026, 08:00 Europe/Vienna");
	assert_string_equal(letter.link.purpose, "draft");
	assert_int_equal(letter.seconds, CLOCK_DAY);
	office->crewctl.now = 1795676400;
	assert_int_equal(write_kind(office, "let_in", "{\"late\":\"1\"}"), LETTER_POINTLESS);
}

static void
who_has_applied_is_let_in_to_the_application(void **state)
{
	struct office *office = *state;
	struct letter letter;

	harness_run_sql(office->harness,
	    "UPDATE cohort SET published_at = 1, opens_at = 1, closes_at = 1795300000,"
	    " starts_at = 1799020800;"
	    "INSERT INTO late_entry (id, cohort_id, email, email_key, until_at, let_at) VALUES"
	    " (1, 1, 'vega@example.org', 'vega@example.org', 1796000000, 1)");
	letter = office_ready(office, "let_in", "{\"late\":\"1\"}");
	assert_string_equal(letter.link.purpose, "application");
	record(office, &letter);
	assert_int_equal(
	    harness_number(office->harness, "SELECT expires_at FROM link"), 1796000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(link_and_code_of_the_mail_open_the_draft),
		office_test(safety_17_neither_link_nor_code_is_in_the_database),
		office_test(a_draft_that_was_sent_or_has_another_address_is_written_no_mail),
		office_test(a_reminder_is_checked_again_as_it_is_sent),
		office_test(a_reminder_is_pointless_once_it_is_stopped_or_sent),
		office_test(a_reminder_says_how_to_stop_them),
		office_test(who_is_let_in_gets_a_link_until_then),
		office_test(who_has_applied_is_let_in_to_the_application),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
