/*
 * Forgetting someone: what goes, what stays and counts, and what a request by
 * letter does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "../../cgi-bin/crewctl/letters.h"
#include "harness.h"
#include "model/erase.h"
#include "model/person.h"
#include "model/session.h"

/* Orion in its first week: Vega and Altair are its Djangonauts, Rigel and
 * Deneb its navigators, Polaris organises it and is the administrator.  Vega
 * applied under an older address. */
static const char scene[] =
    "INSERT INTO person (id, email, email_key, name, name_key, is_administrator, created_at)"
    " VALUES (1, 'Vega@example.org', 'vega@example.org', 'Vega', 'vega', 0, 1),"
    " (2, 'rigel@example.org', 'rigel@example.org', 'Rigel', 'rigel', 0, 1),"
    " (3, 'polaris@example.org', 'polaris@example.org', 'Polaris', 'polaris', 1, 1),"
    " (4, 'deneb@example.org', 'deneb@example.org', 'Deneb', 'deneb', 0, 1),"
    " (5, 'altair@example.org', 'altair@example.org', 'Altair', 'altair', 0, 1);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, launched_at, created_at) VALUES"
    " (1, 'orion', 'Orion', 'Goal', 'f1', 1, '2026-11-01', '2026-11-20', '2026-11-22',"
    " 1793440800, 1795262400, 1795305600, 1800748800, 8, 4, 8, 8, 1, 1);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal, level_low,"
    " level_high, seats, meeting_weekday, meeting_time, meeting_zone, created_at) VALUES"
    " (1, 1, 'lyra', 'Lyra', 1, 'A ticket each', 1, 2, 4, 2, '19:00', 'Europe/Vienna', 1);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, goal, joined_at) VALUES"
    " (1, 1, 1, 'djangonaut', 1, 'My goal', 1), (2, 1, 2, 'navigator', NULL, '', 1),"
    " (3, 1, 3, 'organiser', NULL, '', 1), (4, 1, 4, 'navigator', NULL, '', 1),"
    " (5, 1, 5, 'djangonaut', 1, '', 1);"
    "INSERT INTO placement (group_id, member_id, placed_at) VALUES"
    " (1, 2, 1), (1, 4, 1), (1, 1, 1), (1, 5, 1);"
    "INSERT INTO standup (id, group_id, week, facilitator_id, starts_at, closes_at) VALUES"
    " (1, 1, 1, 2, 1795327200, 1795413600), (2, 1, 2, 2, 1795932000, 1796018400);"
    "INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key, name,"
    " name_key, pronouns, zone, level, hours, hours_utc, submitted_at,"
    " changed_at, confirm_until, confirmed_at) VALUES (1, 'k1', 'REF-1', 1, 1,"
    " 'old@example.org', 'old@example.org', 'Vega', 'vega', 'she', 'Europe/Vienna', 2,"
    " printf('%084d', 1), printf('%084d', 1), 1, 1, 2, 2),"
    " (2, 'k2', 'REF-2', 1, NULL, 'vega@example.org', 'vega@example.org', 'Vega', 'vega',"
    " NULL, 'UTC', 2, printf('%084d', 0), printf('%084d', 0), 1, 1, 1796000000,"
    " NULL);"
    "INSERT INTO application_project (application_id, project_id) VALUES (1, 1);"
    "INSERT INTO offer (id, key, application_id, state, made_at, deadline_at) VALUES"
    " (1, 'o1', 1, 'offered', 1, 1796000000);"
    "INSERT INTO receipt (key, cohort_id, reference, email, mail_due_at, received_at) VALUES"
    " ('r1', 1, 'REF-1', 'VEGA@Example.ORG', 1, 1), ('r2', 1, 'REF-9', 'mira@example.org', 1, 1);";

static const char said[] =
    "INSERT INTO session (token_hash, person_id, created_at, last_used_at, idle_seconds,"
    " ends_at) VALUES ('h', 1, 1795000000, 1795000000, 2592000, 1810000000);"
    "INSERT INTO outbox (id, reason, kind, urgency, recipient, parameters, state, due_at,"
    " created_at) VALUES (1, 'a', 'welcome', 2, 'vEGA@example.org', '{}', 'queued', 1, 1),"
    " (2, 'b', 'welcome', 2, 'rigel@example.org', '{}', 'queued', 1, 1),"
    " (3, 'c', 'offer', 2, 'old@example.org', '{}', 'sent', 1, 1);"
    "INSERT INTO check_in (id, key, standup_id, member_id, did, next, blocked, audience,"
    " did_audience, next_audience, blocked_audience, created_at) VALUES"
    " (1, 'c1', 1, 1, 'Said to all', 'Said to us', '', 4, 4, 2, 2, 1795327300),"
    " (2, 'c2', 2, 1, 'Said to us', '', '', 2, 2, 2, 2, 1795327300);"
    "INSERT INTO question (id, key, standup_id, member_id, body, audience, asked_at) VALUES"
    " (1, 'q1', 1, 1, 'Asked of us', 2, 1795327300), (2, 'q2', 1, 5, 'Of Altair', 2, 1);"
    "INSERT INTO answer (id, key, question_id, member_id, body, audience, answered_at) VALUES"
    " (1, 'a1', 1, 2, 'By Rigel', 2, 1), (2, 'a2', 2, 1, 'By Vega', 4, 1);"
    "INSERT INTO attendance (standup_id, member_id, status, marked_by, marked_at) VALUES"
    " (1, 1, 'present', 2, 1);"
    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at,"
    " updated_at) VALUES (1, 'h1', 1, 2, 'Told by Rigel', 'Look', 1795327400, 1795327400);"
    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id) VALUES"
    " (1, 1, 'did', 1);"
    "INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at)"
    " VALUES ('act', 'highlight', 1, 1, 1795327400, 1795327400);";

static const struct program no_program = { .name = "crewctl" };

static int
set_up(void **state)
{
	struct harness *h = harness_new(&no_program);

	harness_run_sql(h, scene);
	harness_run_sql(h, said);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* As the operator, by letter. */
static int
erase(struct harness *h, const char *email, bool withdraws)
{
	struct argument options[8] = { { "withdraw", false, withdraws ? "" : NULL } };
	const struct arguments arguments = { .operand = email, .options = options };
	struct site site = *harness_site(h);
	struct crewctl crewctl = {
		.arena = harness_arena(h), .site = &site, .db = harness_db(h), .now = HARNESS_NOW
	};

	site.has_secret = true;
	return run_erase(&crewctl, &arguments);
}

static void
expect_rows(struct harness *h, const char *sql, const char *rows)
{
	assert_string_equal(harness_rows(h, sql), rows);
}

static void
a_stand_in_without_address_or_name_stays(void **state)
{
	assert_int_equal(erase(*state, "vega@example.org", false), CREWCTL_DONE);
	expect_rows(*state,
	    "SELECT email, name, zone, is_disabled, erased_at FROM person WHERE id = 1",
	    "erased-1@erased.invalid|A former member|UTC|1|1795330800|\n");
	expect_rows(*state, "SELECT count(*) FROM session", "0|\n");
}

static void
roles_end_and_still_count(void **state)
{
	erase(*state, "vega@example.org", false);
	expect_rows(*state, "SELECT role, level, goal, left_at FROM member WHERE person_id = 1",
	    "djangonaut|1||1795330800|\n");
	expect_rows(*state, "SELECT left_at FROM placement WHERE member_id = 1", "1795330800|\n");
	expect_rows(*state, "SELECT status FROM attendance WHERE member_id = 1", "present|\n");
}

static void
the_rota_goes_on_without_a_navigator_who_is_gone(void **state)
{
	erase(*state, "rigel@example.org", false);
	expect_rows(*state,
	    "SELECT DISTINCT facilitator_id FROM standup WHERE starts_at > 1795330800", "4|\n");
}

/* Nobody waits for an answer to the offer, and the seat is free. */
static void
an_application_counts_on_without_what_was_written_in_it(void **state)
{
	erase(*state, "vega@example.org", false);
	expect_rows(*state,
	    "SELECT id, name, email, pronouns IS NULL, zone, level, withdrawn_at,"
	    " hours = printf('%084d', 0) FROM application",
	    "1|A former member|erased-application-1@erased.invalid|1|UTC|2|1795330800|1|\n");
	expect_rows(*state, "SELECT count(*) FROM application_answer", "0|\n");
	expect_rows(*state, "SELECT count(*) FROM application_project", "1|\n");
	expect_rows(*state, "SELECT state FROM offer", "refused|\n");
}

static void
a_seat_that_was_taken_stays_told_as_taken(void **state)
{
	harness_run_sql(*state, "UPDATE offer SET state = 'confirmed', ended_at = 2 WHERE id = 1");
	erase(*state, "vega@example.org", false);
	expect_rows(*state, "SELECT withdrawn_at IS NULL FROM application", "1|\n");
	expect_rows(*state, "SELECT state FROM offer", "confirmed|\n");
}

/* However the address was typed, and under which it was known before. */
static void
mail_to_every_address_of_theirs_goes_and_one_tells_them(void **state)
{
	erase(*state, "vega@example.org", false);
	expect_rows(*state, "SELECT kind, recipient FROM outbox ORDER BY id",
	    "welcome|rigel@example.org|\nerased|Vega@example.org|\n");
	expect_rows(*state, "SELECT key FROM receipt", "r2|\n");
}

static void
an_older_address_that_is_somebody_elses_now_is_left_alone(void **state)
{
	harness_run_sql(*state,
	    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
	    " (6, 'old@example.org', 'old@example.org', 'Heir', 'heir', 1)");
	erase(*state, "vega@example.org", false);
	expect_rows(
	    *state, "SELECT count(*) FROM outbox WHERE recipient = 'old@example.org'", "1|\n");
	expect_rows(*state, "SELECT count(*) FROM erasure", "2|\n");
}

static void
each_address_and_the_account_are_handed_to_the_courier_as_keyed_hashes(void **state)
{
	struct harness *h = *state;
	const char *hash =
	    erasure_address_hash(harness_arena(h), harness_site(h)->secret, "vega@example.org");

	erase(h, "vega@example.org", true);
	expect_rows(
	    h, "SELECT count(*), min(withdraws), min(erased_at) FROM erasure", "3|1|1795330800|\n");
	assert_int_equal(harness_number(h,
			     arena_format(harness_arena(h),
				 "SELECT count(*) FROM erasure WHERE address_hash = '%s'", hash)),
	    1);
	assert_int_equal(strlen(hash), 64);
}

static void
what_was_public_stays_and_the_rest_is_taken_back(void **state)
{
	erase(*state, "vega@example.org", false);
	expect_rows(*state, "SELECT did, next FROM check_in ORDER BY id",
	    "Said to all||\n(erased by its author)||\n");
	expect_rows(*state, "SELECT body FROM question ORDER BY id",
	    "(erased by its author)|\nOf Altair|\n");
	/* Public only as far as its question is. */
	expect_rows(
	    *state, "SELECT body FROM answer ORDER BY id", "By Rigel|\n(erased by its author)|\n");
	expect_rows(*state, "SELECT count(*) FROM highlight_quote", "1|\n");
}

static void
what_was_public_is_withdrawn_by_choice_and_feeds_change_at_once(void **state)
{
	static const char revision[] = "SELECT revision FROM feed WHERE scope = 'all'";
	int64_t before = harness_number(*state, revision);

	erase(*state, "vega@example.org", true);
	expect_rows(*state, "SELECT did, did_audience FROM check_in WHERE id = 1",
	    "(erased by its author)|2|\n");
	expect_rows(*state, "SELECT count(*) FROM highlight_quote", "0|\n");
	expect_rows(*state, "SELECT title FROM highlight", "Told by Rigel|\n");
	assert_true(harness_number(*state, revision) > before);
}

static void
highlights_are_withdrawn_or_stay_by_choice(void **state)
{
	erase(*state, "rigel@example.org", true);
	expect_rows(*state, "SELECT title, body, withdrawn_at FROM highlight",
	    "(erased by its author)||1795330800|\n");
	expect_rows(*state, "SELECT withdrawn_at FROM activity WHERE key = 'act'", "1795330800|\n");
}

static void
it_is_noted_in_the_log_without_a_name(void **state)
{
	erase(*state, "vega@example.org", false);
	expect_rows(
	    *state, "SELECT action, actor_id, subject_id, detail FROM audit", "erased|NULL|1||\n");
}

static void
an_erased_address_can_come_back_as_new(void **state)
{
	struct harness *h = *state;
	int64_t id;

	erase(h, "vega@example.org", false);
	id = harness_person(h, "vega@example.org", "Vega");
	assert_int_not_equal(id, 1);
	expect_rows(
	    h, "SELECT count(*) FROM member WHERE person_id NOT IN (1, 2, 3, 4, 5)", "0|\n");
	assert_int_equal(erase(h, "vega@example.org", false), CREWCTL_DONE);
	expect_rows(h, "SELECT count(*) FROM person WHERE erased_at IS NOT NULL", "2|\n");
}

static void
an_address_without_an_account_is_forgotten_too(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO subscription (email, email_key, asked_at) VALUES"
	    " ('nova@example.org', 'nova@example.org', 1);"
	    "INSERT INTO invitation (cohort_id, role, email, email_key, invited_at, ends_at)"
	    " VALUES (1, 'captain', 'nova@example.org', 'nova@example.org', 1, 1796000000);");
	assert_int_equal(erase(h, "NOVA@example.org", false), CREWCTL_DONE);
	expect_rows(h, "SELECT count(*) FROM subscription", "0|\n");
	expect_rows(h, "SELECT count(*) FROM invitation", "0|\n");
	assert_int_equal(erase(h, "nova@example.org", false), CREWCTL_FAILED);
	assert_int_equal(erase(h, "no address", false), CREWCTL_FAILED);
}

static void
nobody_is_erased_twice(void **state)
{
	struct harness *h = *state;
	const struct erase again = { .words = { "x", "x" } };

	erase(h, "vega@example.org", false);
	assert_true(db_begin_write(harness_db(h)));
	assert_false(person_erase(harness_db(h), harness_arena(h), &again, 1, HARNESS_NOW));
	db_rollback(harness_db(h));
}

static struct erase_consequences
consequences_of(struct harness *h, int64_t id)
{
	struct erase_consequences consequences;

	assert_true(db_begin_read(harness_db(h)));
	assert_true(erase_consequences_read(
	    harness_db(h), harness_arena(h), id, HARNESS_NOW, &consequences));
	db_rollback(harness_db(h));
	return consequences;
}

static void
a_last_administrator_and_only_organiser_is_known_as_such(void **state)
{
	struct erase_consequences alone = consequences_of(*state, 3), other;

	assert_true(alone.is_last_administrator);
	assert_int_equal(alone.cohorts_alone, 1);
	assert_false(alone.has_public_words);
	harness_run_sql(*state,
	    "UPDATE person SET is_administrator = 1 WHERE id = 4;"
	    "INSERT INTO member (cohort_id, person_id, role, joined_at) VALUES"
	    " (1, 4, 'organiser', 1)");
	other = consequences_of(*state, 3);
	assert_false(other.is_last_administrator);
	assert_int_equal(other.cohorts_alone, 0);
	assert_true(consequences_of(*state, 1).has_public_words);
	/* Leaving is never refused. */
	assert_int_equal(erase(*state, "polaris@example.org", false), CREWCTL_DONE);
	assert_int_equal(erase(*state, "deneb@example.org", false), CREWCTL_DONE);
}

static struct letter
letter_of(struct harness *h, const char *kind, const char *parameters, enum letter_outcome expected)
{
	struct crewctl crewctl = { .arena = harness_arena(h),
		.site = harness_site(h),
		.db = harness_db(h),
		.now = HARNESS_NOW };
	struct outbox outbox = { .id = 9,
		.kind = kind,
		.recipient = "Vega@example.org",
		.parameters = parameters,
		.created_at = HARNESS_NOW };
	struct letter letter;

	assert_true(db_begin_read(harness_db(h)));
	assert_int_equal(letter_write(&crewctl, &outbox, &letter), expected);
	db_rollback(harness_db(h));
	return letter;
}

static void
the_mail_to_erase_says_until_when_and_names_its_link(void **state)
{
	struct letter letter = letter_of(*state, "erase", "{\"person\":\"1\"}", LETTER_READY);

	assert_non_null(strstr(letter.wording.body, "Hello Vega"));
	assert_non_null(strstr(letter.wording.body, "<http://localhost:8080/cohort/erase/"));
	assert_non_null(strstr(letter.wording.body, "08:00 UTC"));
	assert_string_equal(letter.link.purpose, "erase");
	assert_int_equal(letter.link.person_id, 1);
	assert_int_equal(letter.seconds, 3600);
}

static void
the_last_mail_names_nobody(void **state)
{
	struct letter letter;

	erase(*state, "vega@example.org", false);
	letter = letter_of(*state, "erased", "{}", LETTER_READY);
	assert_null(strstr(letter.wording.body, "Vega"));
	assert_null(strstr(letter.wording.body, "former"));
	/* And what waited to be written before is not any more. */
	letter_of(*state, "own_data", "{\"person\":\"1\"}", LETTER_POINTLESS);
	letter_of(*state, "erase", "{\"person\":\"1\"}", LETTER_POINTLESS);
}

static void
the_mail_of_a_copy_says_when_it_was_taken(void **state)
{
	struct letter letter = letter_of(*state, "own_data", "{\"person\":\"1\"}", LETTER_READY);

	assert_non_null(strstr(letter.wording.body, "22 November 2026, 07:00 UTC"));
	assert_null(letter.link.purpose);
}

#define erase_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		erase_test(a_stand_in_without_address_or_name_stays),
		erase_test(roles_end_and_still_count),
		erase_test(the_rota_goes_on_without_a_navigator_who_is_gone),
		erase_test(an_application_counts_on_without_what_was_written_in_it),
		erase_test(a_seat_that_was_taken_stays_told_as_taken),
		erase_test(mail_to_every_address_of_theirs_goes_and_one_tells_them),
		erase_test(an_older_address_that_is_somebody_elses_now_is_left_alone),
		erase_test(each_address_and_the_account_are_handed_to_the_courier_as_keyed_hashes),
		erase_test(what_was_public_stays_and_the_rest_is_taken_back),
		erase_test(what_was_public_is_withdrawn_by_choice_and_feeds_change_at_once),
		erase_test(highlights_are_withdrawn_or_stay_by_choice),
		erase_test(it_is_noted_in_the_log_without_a_name),
		erase_test(an_erased_address_can_come_back_as_new),
		erase_test(an_address_without_an_account_is_forgotten_too),
		erase_test(nobody_is_erased_twice),
		erase_test(a_last_administrator_and_only_organiser_is_known_as_such),
		erase_test(the_mail_to_erase_says_until_when_and_names_its_link),
		erase_test(the_last_mail_names_nobody),
		erase_test(the_mail_of_a_copy_says_when_it_was_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
