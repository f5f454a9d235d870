/*
 * Telling the hub of feeds (feed.md rule 45): which, when, and what becomes of
 * a word that it does not take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_carrier.h"
#include "db/db.h"
#include "model/activity.h"
#include "model/feed_ping.h"

#define HUB "https://hub.example.org/"
#define PING "hub.mode=publish&hub.url=http%3A%2F%2Flocalhost%3A8080%2Ffeed%2F"

static void
queue(struct round *round, bool has_hub)
{
	struct db *db = round->crewctl.db;

	assert_true(db_begin_write(db));
	assert_true(feed_ping_queue(db, round->crewctl.arena, has_hub, carrier_now));
	assert_true(db_commit(db));
}

/* A hub that knows all there is, and the clock when it is told of more. */
static int
set_up(void **state)
{
	struct round *round;

	carrier_set_up(state);
	round = *state;
	round->site.hub = HUB;
	queue(round, false);
	return 0;
}

static void
move(struct round *round, const char *which)
{
	harness_run_sql(round->harness,
	    arena_format(harness_arena(round->harness),
		"UPDATE feed SET revision = revision + 1 WHERE %s", which));
}

/* The delay is over, and as many as the hub may be given at once can go. */
static void
pass_delay(struct round *round)
{
	carrier_now += FEED_PING_DELAY_SECONDS;
	carrier_micros += FEED_PING_DELAY_SECONDS * 1000000;
	carrier_send_due(round);
}

static void
feed_45_the_hub_is_told_of_both_documents_once_a_cache_has_let_go(void **state)
{
	struct round *round = *state;

	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
	move(round, "scope = 'all'");
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE kind = 'feed_ping'", 2);
	carrier_now += FEED_PING_DELAY_SECONDS - 1;
	carrier_send_due(round);
	assert_int_equal(round->count, 0);
	carrier_now += 1;
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
	assert_string_equal(round->handed[0].hub, HUB);
	assert_string_equal(round->handed[0].to, "");
	assert_string_equal(round->handed[0].payload, PING "all.atom");
	assert_string_equal(round->handed[1].payload, PING "all.json");
	/* Taken, they are gone, and the hub is told once. */
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
}

/* A cohort with a group, and a highlight of it: all four kinds of feeds. */
static const char scene[] =
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
    " VALUES (1, 'orion', 'Orion', 'A ticket each', 'f1', 1, '2026-11-01', '2026-11-20',"
    " '2026-11-22', 1793440800, 1795262400, 1795305600, 1800748800, 8, 4, 8, 8, 0);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal, level_low,"
    " level_high, seats, meeting_weekday, meeting_time, meeting_zone, room_link, created_at)"
    " VALUES (1, 1, 'deneb', 'Deneb', 1, 'A ticket each', 1, 2, 4, 2, '19:00',"
    " 'Europe/Vienna', 'https://room.example', 0);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " VALUES (1, 1, 101, 'navigator', NULL, 0);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
    " (1, 1, 0, 1795330800, 1795417200);"
    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at,"
    " updated_at) VALUES (1, 'h1', 1, 1, 'First patch', 'Merged', 1795330000, 1795330000);"
    "INSERT INTO activity (id, key, kind, cohort_id, highlight_id, published_at, updated_at)"
    " VALUES (50, 'akey', 'highlight', 1, 1, 1795330000, 1795330000);";

/* Whether the hub was told of a document. */
static bool
is_told(const struct round *round, const char *payload)
{
	for (int i = 0; i < round->count; i++) {
		if (strcmp(round->handed[i].payload, payload) == 0) {
			return true;
		}
	}
	return false;
}

static void
feed_45_every_feed_that_carries_a_change_is_told_of(void **state)
{
	static const char *const topics[] = { PING "all.atom", PING "all.json",
		PING "kind%2Fhighlights.atom", PING "kind%2Fhighlights.json", PING "orion.atom",
		PING "orion.json", PING "orion%2Fdeneb.atom", PING "orion%2Fdeneb.json" };
	struct round *round = *state;

	harness_run_sql(round->harness, scene);
	queue(round, true);
	while (round->count < 8) {
		int before = round->count;

		pass_delay(round);
		assert_true(round->count > before);
	}
	for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
		if (!is_told(round, topics[i])) {
			fail_msg("the hub is not told: %s", topics[i]);
		}
	}
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
	/* An edit is told of as well. */
	harness_run_sql(round->harness,
	    "UPDATE highlight SET title = 'A first patch', updated_at = 1795331000");
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued'", 8);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE cohort_id = 1", 4);
}

static void
feed_45_without_a_hub_nothing_waits_and_a_later_one_hears_of_what_comes(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, false);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
	move(round, "scope = 'all'");
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 2);
	queue(round, false);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
}

static void
what_was_queued_goes_nowhere_once_the_hub_is_not_configured(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, true);
	round->site.hub = NULL;
	pass_delay(round);
	assert_int_equal(round->count, 0);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'cancelled'", 2);
}

static void
what_changes_while_a_word_waits_is_told_after_it(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, true);
	move(round, "scope = 'all'");
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 2);
	pass_delay(round);
	assert_int_equal(round->count, 2);
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 2);
	pass_delay(round);
	assert_int_equal(round->count, 4);
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
}

static void
change_meanwhile(struct round *round)
{
	round->meanwhile = NULL;
	move(round, "scope = 'all'");
	queue(round, true);
}

static void
what_changes_while_the_hub_is_told_is_told_again(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, true);
	round->meanwhile = change_meanwhile;
	pass_delay(round);
	assert_int_equal(round->count, 2);
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued'", 2);
}

static void
a_hub_that_is_down_holds_up_no_mail(void **state)
{
	struct round *round = *state;

	move(round, "scope IN ('all', 'kind')");
	queue(round, true);
	round->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };
	pass_delay(round);
	/* One was tried; the others wait for the hub to be back. */
	assert_int_equal(round->count, 1);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued'", 8);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE first_tried_at IS NOT NULL", 8);
	carrier_queue(round, 1000, "sign_in", "");
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
	assert_string_equal(round->handed[1].to, "vega@example.org");
	assert_string_equal(round->handed[1].hub, "");
	pass_delay(round);
	assert_true(round->count > 2);
}

static void
a_mail_server_that_is_down_holds_up_no_word_for_the_hub(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, true);
	carrier_now += FEED_PING_DELAY_SECONDS;
	carrier_queue(round, 1000, "offer_reminder", "");
	carrier_queue(round, 1001, "sign_in", "");
	round->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };
	carrier_send_due(round);
	assert_int_equal(round->count, 3);
	assert_string_equal(round->handed[0].to, "vega@example.org");
	assert_string_equal(round->handed[1].hub, HUB);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE kind = 'feed_ping'", 0);
}

static void
what_the_hub_refuses_stays_to_be_seen_until_the_feed_changes_again(void **state)
{
	struct round *round = *state;

	move(round, "scope = 'all'");
	queue(round, true);
	round->first = round->rest = (struct delivery){
		.outcome = DELIVERY_PERMANENT, .problem = DELIVERY_REFUSED, .answer = "HTTP 400"
	};
	pass_delay(round);
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'failed'", 2);
	carrier_expect(round, "SELECT count(*) FROM outbox", 2);
	move(round, "scope = 'all'");
	queue(round, true);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued'", 2);
	carrier_expect(round, "SELECT count(*) FROM outbox", 2);
}

static void
of_a_feed_that_is_gone_nothing_is_told(void **state)
{
	struct round *round = *state;

	harness_run_sql(round->harness, scene);
	queue(round, true);
	harness_run_sql(round->harness,
	    "DELETE FROM feed WHERE cohort_id = 1;"
	    "UPDATE cohort SET published_at = NULL");
	for (int i = 0; i < 4; i++) {
		pass_delay(round);
	}
	assert_false(is_told(round, PING "orion.atom"));
	assert_false(is_told(round, PING "orion%2Fdeneb.atom"));
	assert_true(is_told(round, PING "all.atom"));
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'cancelled'", 4);
}

static void
whoever_changes_a_feed_wakes_the_courier(void **state)
{
	struct round *round = *state;
	struct db *db = round->crewctl.db;

	(void)db_take_queued(db);
	assert_true(db_begin_write(db));
	assert_true(activity_write(
	    db, round->crewctl.arena, "programme_began", DB_NULL, DB_NULL, carrier_now));
	assert_true(db_commit(db));
	assert_true(db_take_queued(db));
	assert_true(db_begin_write(db));
	assert_true(activity_write(
	    db, round->crewctl.arena, "programme_began", DB_NULL, DB_NULL, carrier_now));
	db_rollback(db);
	assert_true(db_begin_write(db));
	assert_true(db_commit(db));
	assert_false(db_take_queued(db));
}

#define ping_test(test) cmocka_unit_test_setup_teardown(test, set_up, carrier_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ping_test(feed_45_the_hub_is_told_of_both_documents_once_a_cache_has_let_go),
		ping_test(feed_45_every_feed_that_carries_a_change_is_told_of),
		ping_test(feed_45_without_a_hub_nothing_waits_and_a_later_one_hears_of_what_comes),
		ping_test(what_was_queued_goes_nowhere_once_the_hub_is_not_configured),
		ping_test(what_changes_while_a_word_waits_is_told_after_it),
		ping_test(what_changes_while_the_hub_is_told_is_told_again),
		ping_test(a_hub_that_is_down_holds_up_no_mail),
		ping_test(a_mail_server_that_is_down_holds_up_no_word_for_the_hub),
		ping_test(what_the_hub_refuses_stays_to_be_seen_until_the_feed_changes_again),
		ping_test(of_a_feed_that_is_gone_nothing_is_told),
		ping_test(whoever_changes_a_feed_wakes_the_courier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
