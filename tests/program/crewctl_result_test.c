/*
 * The mails that tell applicants how it went, as the courier writes them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "ground/token.h"
#include "model/wording.h"

#define OFFER "{\"offer\":\"1\",\"decision\":\"1\"}"
#define DECISION "{\"decision\":\"1\"}"

/* Vega's offer and what was decided with it; or a decision without any. */
static void
decided(struct office *office, const char *kind)
{
	if (strcmp(kind, "offer") != 0) {
		harness_run_sql(office->harness,
		    "DELETE FROM offer; UPDATE application SET withdrawn_at = 3;"
		    "UPDATE application SET withdrawn_at = NULL;");
	}
	harness_run_sql(office->harness,
	    arena_format(office->crewctl.arena,
		"INSERT INTO decision (id, application_id, kind, position, line, decided_at,"
		" sent_at) VALUES (1, 1, '%s', %s, 'Your *questions* helped.', 1, 1)",
		kind, strcmp(kind, "waitlist") == 0 ? "1" : "NULL"));
}

static void
an_offer_names_deadline_group_and_hour_and_says_the_line(void **state)
{
	struct office *office = *state;
	struct letter letter;

	decided(office, "offer");
	harness_run_sql(office->harness, "UPDATE mentoring_group SET meeting_zone = 'Asia/Tokyo'");
	letter = office_ready(office, "offer", OFFER);
	office_assert_holds(letter.wording.body, "Sunday 29 November 2026, 08:00 Europe/Vienna");
	office_assert_holds(letter.wording.body, "the group Lyra, which works on Django core");
	office_assert_holds(letter.wording.body, "Wednesdays at 11:00, Europe/Vienna time");
	office_assert_holds(letter.wording.body, "Wednesdays at 19:00, Asia/Tokyo time");
	office_assert_holds(letter.wording.body, "this hour works for you");
	office_assert_holds(letter.wording.body, "Your *questions* helped.");
}

static void
safety_17_an_offers_link_is_kept_as_a_hash_until_after_the_deadline(void **state)
{
	struct office *office = *state;
	struct letter letter;

	decided(office, "offer");
	letter = office_ready(office, "offer", OFFER);
	office_assert_holds(letter.wording.body,
	    arena_format(
		office->crewctl.arena, "<http://localhost:8080/cohort/offer/%s>", letter.token));
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, HARNESS_NOW));
	assert_true(db_commit(office->crewctl.db));
	assert_string_equal(
	    harness_rows(office->harness,
		"SELECT purpose, offer_id, application_id IS NULL, expires_at FROM link"),
	    arena_format(
		office->crewctl.arena, "offer|1|1|%lld|\n", (long long)(1795935600 + 30 * 86400)));
	assert_string_equal(harness_rows(office->harness, "SELECT token_hash FROM link"),
	    arena_format(
		office->crewctl.arena, "%s|\n", token_hash(office->crewctl.arena, letter.token)));
	/* A second try carries the same. */
	assert_string_equal(office_ready(office, "offer", OFFER).token, letter.token);
}

static void
an_offer_that_lapsed_is_not_sent(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("offer", OFFER);
	struct letter letter;

	office->crewctl.now = 1795935600;
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
a_reminder_opens_the_offer_as_its_mail_does(void **state)
{
	struct office *office = *state;
	struct letter letter =
	    office_ready(office, "offer_reminder", "{\"offer\":\"1\",\"days\":\"3\"}");

	assert_string_equal(letter.link.purpose, "offer");
	assert_int_equal(letter.link.offer_id, 1);
	office_assert_holds(letter.wording.body,
	    arena_format(office->crewctl.arena, "/cohort/offer/%s>", letter.token));
}

static void
a_result_is_told_only_while_it_holds(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("not_this_time", DECISION);
	struct letter letter;

	decided(office, "decline");
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
	harness_run_sql(office->harness, "UPDATE application SET standing = 'declined'");
	letter = office_ready(office, "not_this_time", DECISION);
	office_assert_holds(letter.wording.body, "Your *questions* helped.");
	office_assert_holds(letter.wording.body, "<http://localhost:8080/cohort/tell-me>");
	assert_null(letter.link.purpose);
	harness_run_sql(office->harness,
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = 1");
	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
a_place_on_the_waitlist_and_its_end_are_told(void **state)
{
	struct office *office = *state;

	decided(office, "waitlist");
	harness_run_sql(office->harness,
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = 1");
	office_assert_holds(office_ready(office, "waitlist", DECISION).wording.body,
	    "<http://localhost:8080/apply/mine/k>");
	harness_run_sql(office->harness, "UPDATE application SET standing = 'closed'");
	office_assert_holds(
	    office_ready(office, "waitlist_closed", "{\"application\":\"1\"}").wording.body,
	    "<http://localhost:8080/cohort/tell-me>");
}

static void
the_line_is_said_where_own_words_have_no_place_for_it(void **state)
{
	struct office *office = *state;

	decided(office, "offer");
	assert_true(db_begin_write(office->crewctl.db));
	assert_int_equal(wording_save(office->crewctl.db, office->crewctl.arena, 1, "offer", "Come",
			     "Come aboard: {link}", 0, HARNESS_NOW),
	    WORDING_SAVED);
	assert_true(db_commit(office->crewctl.db));
	office_assert_holds(
	    office_ready(office, "offer", OFFER).wording.body, "Your *questions* helped.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(an_offer_names_deadline_group_and_hour_and_says_the_line),
		office_test(safety_17_an_offers_link_is_kept_as_a_hash_until_after_the_deadline),
		office_test(an_offer_that_lapsed_is_not_sent),
		office_test(a_reminder_opens_the_offer_as_its_mail_does),
		office_test(a_result_is_told_only_while_it_holds),
		office_test(a_place_on_the_waitlist_and_its_end_are_told),
		office_test(the_line_is_said_where_own_words_have_no_place_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
