/*
 * Web hooks, as organisers and administrators keep them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "model/hook.h"

#define HOOKS HOUSE_ORGANISE "/hooks"
#define SECRET "https://discord.example/api/webhooks/1/canary-of-a-secret"

static void
add(struct harness *h, const char *path, const char *format, const char *link)
{
	harness_field(h, "name", "Lounge");
	harness_field(h, "format", format);
	harness_field(h, "link", link);
	harness_post(h, path);
}

static void
become_administrator(struct harness *h)
{
	int64_t person = harness_person(h, "electra@example.org", "Electra");

	harness_run_sql(h,
	    arena_format(harness_arena(h), "UPDATE person SET is_administrator = 1 WHERE id = %lld",
		(long long)person));
	harness_forget(h);
	harness_sign_in(h, person);
}

static void
launch(struct harness *h)
{
	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 303);
}

static void
an_address_is_never_shown_once_it_is_saved(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOOKS);
	harness_expect_status(h, 200);
	harness_expect(h, "No web hook yet");
	add(h, HOOKS, "discord", SECRET);
	harness_expect_status(h, 303);
	harness_expect_location(h, HOOKS "?done=hook_added");
	harness_get(h, HOOKS);
	harness_expect(h, "Lounge");
	harness_expect(h, "https://discord.example/…");
	harness_expect_not(h, "canary");
	assert_string_equal(
	    harness_rows(h, "SELECT cohort_id, format, link FROM hook"), "1|discord|" SECRET "|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, cohort_id, detail FROM audit"),
	    "hook_added|1|1|discord|\n");
}

static void
only_a_safe_address_is_taken(void **state)
{
	static const char *const wrong[] = { "http://discord.example/api", "ftp://discord.example/",
		"https://name:password@discord.example/", "https://name@discord.example",
		"javascript:alert(1)", "discord.example/api", "https://" };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		add(h, HOOKS, "json", wrong[i]);
		harness_expect_status(h, 422);
		harness_expect(h, "id=\"link-error\"");
	}
	add(h, HOOKS, "json", "https://program.example/@in-the-path");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM hook"), 1);
}

static void
the_same_address_is_told_once_and_there_is_an_end_to_them(void **state)
{
	struct harness *h = *state;

	add(h, HOOKS, "discord", SECRET);
	add(h, HOOKS, "discord", SECRET);
	harness_expect_status(h, 422);
	harness_expect(h, "This address is here already.");
	for (int i = 1; i < HOOK_MOST; i++) {
		add(h, HOOKS, "json",
		    arena_format(harness_arena(h), "https://program.example/%d", i));
		harness_expect_status(h, 303);
	}
	add(h, HOOKS, "json", "https://program.example/more");
	harness_expect_status(h, 422);
	harness_expect(h, "There are 10 web hooks already.");
}

static void
what_becomes_public_is_queued_for_each_hook_a_little_later(void **state)
{
	struct harness *h = *state;

	add(h, HOOKS, "discord", SECRET);
	harness_run_sql(h,
	    "INSERT INTO hook (format, name, link, created_at)"
	    " VALUES ('json', 'All', 'https://program.example', 1)");
	launch(h);
	assert_string_equal(
	    harness_rows(h,
		"SELECT reason, kind, urgency, cohort_id, recipient, hook_id, parameters, state,"
		" due_at - 1795330800 FROM outbox ORDER BY hook_id"),
	    "hook:1:activity:3|activity|3|1||1|{\"activity\":\"3\"}|queued|300|\n"
	    "hook:2:activity:3|activity|3|NULL||2|{\"activity\":\"3\"}|queued|300|\n");
	/* The organisers see that of their own hook. */
	harness_get(h, HOUSE_ORGANISE "/mail");
	harness_expect(h, "Web hook “Lounge”");
	harness_expect(h, "Goes out Sunday 22 November 2026, 07:05 UTC");
	harness_expect_not(h, "canary");
	harness_expect_not(h, "Web hook “All”");
}

static void
removing_a_hook_takes_along_what_was_queued_for_it(void **state)
{
	struct harness *h = *state;

	add(h, HOOKS, "discord", SECRET);
	launch(h);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 1);
	harness_post(h, HOOKS "/1/remove");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM hook"), 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
	harness_post(h, HOOKS "/1/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "removed already");
	assert_string_equal(
	    harness_rows(h, "SELECT detail FROM audit WHERE action = 'hook_removed'"),
	    "discord|\n");
}

static void
a_test_is_queued_once_a_minute(void **state)
{
	struct harness *h = *state;

	add(h, HOOKS, "json", SECRET);
	for (int i = 0; i < 3; i++) {
		harness_post(h, HOOKS "/1/test");
		harness_expect_status(h, 303);
		harness_expect_location(h, HOOKS "?done=hook_tested");
	}
	assert_string_equal(
	    harness_rows(h, "SELECT kind, hook_id, state, due_at <= 1795330800 FROM outbox"),
	    "activity|1|queued|1|\n");
	harness_set_now(h, HARNESS_NOW + 60);
	harness_post(h, HOOKS "/1/test");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 2);
}

static void
safety_30_hooks_of_others_are_not_there(void **state)
{
	struct harness *h = *state;
	int64_t canopus = harness_person(h, "canopus@example.org", "Canopus");

	add(h, HOOKS, "discord", SECRET);
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO hook (format, name, link, created_at)"
		" VALUES ('json', 'All', 'https://program.example', 1);"
		"INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
		" starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
		" djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
		" SELECT 'vela', 'Vela', goal, 'feed-vela', published_at, opens_on, closes_on,"
		" starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4, 8, 8, 1 FROM cohort;"
		"INSERT INTO member (cohort_id, person_id, role, joined_at)"
		" VALUES (2, %lld, 'organiser', 1)",
		(long long)canopus));
	/* The programme's is no cohort's. */
	harness_get(h, HOOKS);
	harness_expect_not(h, "program.example");
	harness_post(h, HOOKS "/2/remove");
	harness_expect_status(h, 422);
	harness_forget(h);
	harness_sign_in(h, canopus);
	harness_get(h, HOOKS);
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/vela/organise/hooks");
	harness_expect_status(h, 200);
	harness_expect_not(h, "Lounge");
	harness_post(h, "/cohort/vela/organise/hooks/1/remove");
	harness_expect_status(h, 422);
	harness_post(h, "/cohort/vela/organise/hooks/1/test");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM hook"), 2);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

static void
administrators_keep_the_programmes_own(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/cohort/settings/hooks");
	harness_expect_status(h, 404);
	become_administrator(h);
	add(h, "/cohort/settings/hooks", "json", "https://program.example/all");
	harness_expect_status(h, 303);
	harness_get(h, "/cohort/settings/hooks");
	harness_expect_status(h, 200);
	harness_expect(h, "https://program.example/…");
	harness_expect(h, "of any cohort becomes public");
	assert_string_equal(
	    harness_rows(h, "SELECT action, cohort_id FROM audit"), "hook_added|NULL|\n");
	harness_post(h, "/cohort/settings/hooks/1/test");
	harness_expect_status(h, 303);
	harness_post(h, "/cohort/settings/hooks/1/remove");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM hook"), 0);
}

/* Words for the hub of the feeds, as the courier leaves them: one waits, the
 * others were not taken. */
static void
ping(struct harness *h, int64_t cohort_id, const char *state, const char *problem)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, parameters,"
		" state, attempts, problem, answer, due_at, created_at, tried_at)"
		" VALUES ('feed_ping:1:atom:%s', 'feed_ping', 4, nullif(%lld, 0), 'hub', '{}',"
		" '%s', 1, '%s', 'HTTP 400', %lld, 1795300000, 1795310000)",
		problem, (long long)cohort_id, state, problem, (long long)HARNESS_NOW));
}

static void
a_word_for_the_hub_of_the_feeds_is_told_apart_from_mail(void **state)
{
	struct harness *h = *state;

	ping(h, 1, "failed", "refused");
	ping(h, 1, "failed", "gone");
	ping(h, 0, "failed", "not_allowed");
	harness_run_sql(h,
	    "INSERT OR IGNORE INTO feed (scope, key, revision, updated_at, modified_at)"
	    " VALUES ('all', 'feedofall', 1, 1, 1);"
	    "UPDATE outbox SET parameters = json_object('document', 'json', 'feed',"
	    " (SELECT CAST(id AS TEXT) FROM feed WHERE scope = 'all'))"
	    " WHERE problem = 'not_allowed'");
	harness_get(h, HOUSE_ORGANISE "/mail");
	harness_expect_status(h, 200);
	harness_expect(h, "Feed changed");
	harness_expect(h, "The hub of the feeds");
	harness_expect(h, "The hub did not take it.");
	harness_expect(h, "There is no hub at its address any more.");
	harness_expect_not(h, "private network");
	become_administrator(h);
	harness_get(h, "/cohort/settings/mail");
	harness_expect(h, "The hub’s address leads into a private network");
	/* Who is in a cohort is not theirs to see; the hub is nobody. */
	harness_expect_not(h, "Somebody of the cohort");
	/* Which of the feeds it is about. */
	harness_expect(h, "<strong><bdi>The hub of the feeds, of /feed/all.json</bdi></strong>");
	harness_get(h, "/cohort/settings/mail/1");
	harness_expect(h, "which fetches the feed anew");
	harness_post(h, "/cohort/settings/mail/1/retry");
	harness_expect_status(h, 303);
	harness_post(h, "/cohort/settings/mail/2/cancel");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE state = 'failed'"), 1);
}

static void
a_web_hook_that_refuses_is_not_called_a_mail_server(void **state)
{
	struct harness *h = *state;

	add(h, HOOKS, "discord", SECRET);
	harness_post(h, HOOKS "/1/test");
	harness_run_sql(h, "UPDATE outbox SET state = 'failed', problem = 'refused'");
	harness_get(h, HOUSE_ORGANISE "/mail");
	harness_expect(h, "The web hook did not take it.");
	harness_expect_not(h, "The mail server");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(an_address_is_never_shown_once_it_is_saved),
		house_test(only_a_safe_address_is_taken),
		house_test(the_same_address_is_told_once_and_there_is_an_end_to_them),
		house_test(what_becomes_public_is_queued_for_each_hook_a_little_later),
		house_test(removing_a_hook_takes_along_what_was_queued_for_it),
		house_test(a_test_is_queued_once_a_minute),
		house_test(safety_30_hooks_of_others_are_not_there),
		house_test(administrators_keep_the_programmes_own),
		house_test(a_word_for_the_hub_of_the_feeds_is_told_apart_from_mail),
		house_test(a_web_hook_that_refuses_is_not_called_a_mail_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
