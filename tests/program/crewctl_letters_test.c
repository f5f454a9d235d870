#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/letters.h"
#include "db/query/session.h"
#include "ground/token.h"
#include "harness.h"
#include "model/outbox.h"
#include "model/session.h"

/* A cohort in its first week: vega has applied and asked, rigel answered. */
static const char scene[] =
    "INSERT INTO person (id, email, email_key, name, name_key, zone, "
    " created_at) VALUES"
    " (101, 'vega@example.org', 'vega@example.org', 'Vega', 'vega',"
    "  'Europe/Vienna', 0),"
    " (102, 'rigel@example.org', 'rigel@example.org', 'Rigel', 'rigel',"
    "  'UTC', 0);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
    " ends_at, weeks, djangonauts_per_navigator, djangonauts_per_group,"
    " seats, created_at) VALUES (1, 'orion', 'Orion', 'Goal', 'f1', 1,"
    " '2026-11-01', '2026-11-20', '2026-11-22', 1793440800, 1795262400,"
    " 1795305600, 1800748800, 8, 4, 8, 8, 0);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id,"
    " goal, level_low, level_high, seats, meeting_weekday, meeting_time,"
    " meeting_zone, created_at) VALUES (1, 1, 'lyra', 'Lyra', 1,"
    " 'A ticket each', 1, 2, 4, 2, '19:00', 'Europe/Vienna', 0);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " VALUES (1, 1, 102, 'navigator', NULL, 0),"
    " (2, 1, 101, 'djangonaut', 1, 0);"
    "INSERT INTO placement (id, group_id, member_id, placed_at) VALUES"
    " (1, 1, 1, 0), (2, 1, 2, 0);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
    " (1, 1, 0, 1795330800, 1795417200);"
    "INSERT INTO question (id, key, standup_id, member_id, body, asked_at)"
    " VALUES (1, 'q', 1, 2, 'A canary question', 1);"
    "INSERT INTO answer (id, key, question_id, member_id, body, answered_at)"
    " VALUES (1, 'a', 1, 1, 'A canary answer', 1);"
    "INSERT INTO application (id, key, reference, cohort_id, person_id,"
    " email, email_key, name, name_key, zone, level, hours, hours_utc, why,"
    " experience, hopes, submitted_at, changed_at, confirm_until,"
    " confirmed_at) VALUES (1, 'k', 'REF-1', 1, 101, 'vega@example.org',"
    " 'vega@example.org', 'Vega', 'vega', 'Europe/Vienna', 1,"
    " printf('%084d', 0), printf('%084d', 0), 'A canary why', 'x', 'y', 1,"
    " 1, 2, 2);"
    "INSERT INTO offer (id, key, application_id, group_id, state, made_at,"
    " deadline_at) VALUES (1, 'offerkey', 1, 1, 'offered', 1, 1795935600);";

struct office {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
};

static const struct program no_program = { .name = "crewctl" };

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct office *office = arena_alloc(harness_arena(harness), sizeof *office);

	harness_run_sql(harness, scene);
	office->harness = harness;
	office->site = *harness_site(harness);
	office->crewctl = (struct crewctl){
		.arena = harness_arena(harness),
		.site = &office->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW,
	};
	*state = office;
	return 0;
}

static int
tear_down(void **state)
{
	struct office *office = *state;

	harness_free(office->harness);
	return 0;
}

static struct outbox
queued(const char *kind, const char *parameters)
{
	return (struct outbox){
		.id = 9,
		.kind = kind,
		.recipient = "vega@example.org",
		.parameters = parameters,
	};
}

static enum letter_outcome
write_letter(struct office *office, const struct outbox *outbox, struct letter *letter)
{
	enum letter_outcome outcome;

	assert_true(db_begin_read(office->crewctl.db));
	outcome = letter_write(&office->crewctl, outbox, letter);
	db_rollback(office->crewctl.db);
	return outcome;
}

static const char *
body_of(struct office *office, const char *kind, const char *parameters)
{
	struct outbox outbox = queued(kind, parameters);
	struct letter letter;

	assert_int_equal(write_letter(office, &outbox, &letter), LETTER_READY);
	assert_true(strlen(letter.wording.subject) > 0);
	assert_null(strstr(letter.wording.body, "canary"));
	assert_null(strstr(letter.wording.body, "{"));
	return letter.wording.body;
}

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("no \"%s\" in:\n%s", part, text);
	}
}

static void
sign_in_names_the_person_and_until_when(void **state)
{
	const char *body = body_of(*state, "sign_in", "{\"person\":\"101\",\"next\":\"\"}");

	assert_holds(body, "Hello Vega");
	assert_holds(body, "08:10 Europe/Vienna");
	assert_holds(body, "<http://localhost:8080/cohort/enter/");
}

static void
application_mails_carry_reference_deadline_and_link(void **state)
{
	static const char *const kinds[] = { "application_received", "application_already",
		"application_changed" };

	for (size_t i = 0; i < 3; i++) {
		const char *body =
		    body_of(*state, kinds[i], "{\"application\":\"1\",\"cohort\":\"1\"}");

		assert_holds(body, "REF-1");
		assert_holds(body, "Orion");
		assert_holds(body, "<http://localhost:8080/apply/confirm/");
	}
}

static void
withdrawn_is_told_only_while_it_is(void **state)
{
	struct office *office = *state;
	struct outbox outbox = queued("application_withdrawn", "{\"application\":\"1\"}");
	struct letter letter;

	assert_int_equal(write_letter(office, &outbox, &letter), LETTER_POINTLESS);
	harness_run_sql(office->harness, "UPDATE application SET withdrawn_at = 1795330000;");
	assert_holds(
	    body_of(office, "application_withdrawn", "{\"application\":\"1\"}"), "withdrawn");
}

static void
offer_names_deadline_group_and_hour(void **state)
{
	const char *body = body_of(*state, "offer", "{\"offer\":\"1\"}");

	assert_holds(body, "Sunday 29 November 2026, 08:00 Europe/Vienna");
	assert_holds(body, "Lyra");
	assert_holds(body, "Wednesdays at 19:00");
	assert_holds(body, "<http://localhost:8080/cohort/offer/offerkey>");
}

/* Its address is no secret that signs in: there is no link to record. */
static void
offer_carries_no_link_of_its_own(void **state)
{
	struct office *office = *state;
	struct outbox outbox = queued("offer", "{\"offer\":\"1\"}");
	struct letter letter;

	assert_int_equal(write_letter(office, &outbox, &letter), LETTER_READY);
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, HARNESS_NOW));
	assert_true(db_commit(office->crewctl.db));
	assert_int_equal(harness_number(office->harness, "SELECT count(*) FROM link"), 0);
}

static void
offer_that_lapsed_is_not_sent(void **state)
{
	struct office *office = *state;
	struct outbox outbox = queued("offer", "{\"offer\":\"1\"}");
	struct letter letter;

	office->crewctl.now = 1795935600;
	assert_int_equal(write_letter(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
welcome_and_answer_lead_to_the_group(void **state)
{
	assert_holds(body_of(*state, "welcome", "{\"placement\":\"2\"}"),
	    "<http://localhost:8080/standup/orion/lyra>");
	assert_holds(body_of(*state, "question_answered", "{\"answer\":\"1\"}"),
	    "<http://localhost:8080/standup/orion/lyra/0>");
}

static void
what_is_gone_is_not_written_about(void **state)
{
	static const char *const kinds[] = { "sign_in", "application_received", "offer", "welcome",
		"question_answered" };

	for (size_t i = 0; i < 5; i++) {
		struct outbox outbox = queued(kinds[i], "{}");
		struct letter letter;

		assert_int_equal(write_letter(*state, &outbox, &letter), LETTER_POINTLESS);
	}
}

static void
a_second_sending_carries_the_same_link(void **state)
{
	struct office *office = *state;
	struct outbox outbox = queued("sign_in", "{\"person\":\"101\"}");
	struct letter first, second, other;

	write_letter(office, &outbox, &first);
	write_letter(office, &outbox, &second);
	assert_string_equal(first.token, second.token);
	outbox.id = 10;
	write_letter(office, &outbox, &other);
	assert_string_not_equal(first.token, other.token);
}

/* Ids begin again where a backup that is restored was made. */
static void
safety_17_no_link_mailed_before_a_restore_opens_anothers(void **state)
{
	struct office *office = *state;
	struct outbox outbox =
	    queued("application_received", "{\"application\":\"301\",\"cohort\":\"1\"}");
	struct letter first, later, others;

	write_letter(office, &outbox, &first);
	outbox.created_at++;
	write_letter(office, &outbox, &later);
	outbox.created_at--;
	outbox.recipient = "mira@example.org";
	write_letter(office, &outbox, &others);
	assert_string_not_equal(first.token, later.token);
	assert_string_not_equal(first.token, others.token);
}

static void
safety_56_the_links_time_counts_from_sending(void **state)
{
	struct office *office = *state;
	struct outbox outbox = queued("sign_in", "{\"person\":\"101\",\"next\":\"/cohort/me\"}");
	int64_t sent = HARNESS_NOW + 86400;
	struct letter letter;
	struct link link;

	write_letter(office, &outbox, &letter);
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, sent));
	assert_true(link_find(office->crewctl.db, office->crewctl.arena,
	    token_hash(office->crewctl.arena, letter.token), &link));
	assert_int_equal(link.expires_at, sent + 600);
	assert_string_equal(link.next, "/cohort/me");
	assert_true(db_commit(office->crewctl.db));
}

#define letter_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		letter_test(sign_in_names_the_person_and_until_when),
		letter_test(application_mails_carry_reference_deadline_and_link),
		letter_test(withdrawn_is_told_only_while_it_is),
		letter_test(offer_names_deadline_group_and_hour),
		letter_test(offer_carries_no_link_of_its_own),
		letter_test(offer_that_lapsed_is_not_sent),
		letter_test(welcome_and_answer_lead_to_the_group),
		letter_test(what_is_gone_is_not_written_about),
		letter_test(a_second_sending_carries_the_same_link),
		letter_test(safety_17_no_link_mailed_before_a_restore_opens_anothers),
		letter_test(safety_56_the_links_time_counts_from_sending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
