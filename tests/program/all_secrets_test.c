/*
 * The page where secret addresses are made, shown once, renewed and ended, and
 * what they then open. The crew is that of standup_crew.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/token.h"
#include "model/own_data.h"
#include "model/person.h"
#include "standup_crew.h"

extern const struct program cohort_program, feed_program, standup_program;

#define PAGE "/cohort/me/addresses"

static int
set_up(void **state)
{
	struct harness *h = harness_new(&cohort_program);

	crew_make(h);
	crew_sign_in(h, CREW_VEGA);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* The value of a field of the page's first form. */
static const char *
value_of(struct harness *h, const char *name)
{
	const char *mark = arena_format(harness_arena(h), "name=\"%s\" value=\"", name);
	const char *at = strstr(harness_body_text(h), mark);

	assert_non_null(at);
	at += strlen(mark);
	return arena_copy_bytes(harness_arena(h), at, strcspn(at, "\""));
}

static void
press(struct harness *h, const char *path, const char *purpose, const char *group)
{
	harness_field(h, "purpose", purpose);
	harness_field(h, "group", group);
	harness_post(h, path);
}

/* Makes one as the page does; its path below the root. */
static const char *
made(struct harness *h, const char *purpose, const char *group)
{
	static const char mark[] = "http://localhost:8080/feed/";
	const char *at;

	harness_get(h, PAGE);
	harness_field(h, "_key", value_of(h, "_key"));
	press(h, PAGE, purpose, group);
	harness_expect_status(h, 200);
	at = strstr(harness_body_text(h), mark);
	assert_non_null(at);
	at += strlen("http://localhost:8080");
	return arena_copy_bytes(harness_arena(h), at, strcspn(at, "<\""));
}

/* What a reader gets that has no cookie. */
static int
status_of(struct harness *h, const char *path)
{
	harness_program(h, &feed_program);
	harness_get(h, path);
	harness_program(h, &cohort_program);
	return harness_status(h);
}

static void
the_page_offers_what_one_sits_in_and_nothing_else(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/cohort/me");
	harness_expect(h, "href=\"" PAGE "\"");
	harness_program(h, &standup_program);
	harness_get(h, "/standup/orion/lyra");
	harness_expect(h, "href=\"" PAGE "\"");
	harness_program(h, &cohort_program);
	harness_get(h, PAGE);
	harness_expect_status(h, 200);
	harness_expect(h, "Lyra, Orion");
	harness_expect(h, "Your own calendar");
	harness_expect_not(h, "Cygnus");
	harness_expect_not(h, "In use");
	/* Organisers read on the pages. */
	crew_sign_in(h, CREW_POLARIS);
	harness_get(h, PAGE);
	harness_expect_not(h, "Lyra");
	harness_expect(h, "Your own calendar");
	harness_program(h, &standup_program);
	harness_get(h, "/standup/orion/lyra");
	harness_expect_status(h, 200);
	harness_expect_not(h, PAGE);
	harness_program(h, &cohort_program);
}

static void
an_address_is_shown_once_and_opens_its_feed(void **state)
{
	struct harness *h = *state;
	const char *path = made(h, "group_feed", "1");

	assert_int_equal(strlen(path), strlen("/feed/private/.atom") + TOKEN_LENGTH);
	harness_expect(h, "Feed of the group: Lyra");
	harness_expect(h, "In use");
	assert_string_equal(harness_header(h, "Cache-Control"), "no-store");
	assert_int_equal(status_of(h, path), 200);
	harness_expect(h, path);
	harness_get(h, PAGE);
	harness_expect(h, "In use");
	harness_expect_not(h, "/feed/private/");
	assert_int_equal(status_of(h, made(h, "group_calendar", "1")), 200);
	assert_int_equal(status_of(h, made(h, "person_calendar", "")), 200);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM secret_address"), 3);
}

static void
safety_17_the_database_does_not_hold_the_address(void **state)
{
	struct harness *h = *state;
	const char *path = made(h, "group_feed", "1");
	const char *token =
	    arena_copy_bytes(harness_arena(h), path + strlen("/feed/private/"), TOKEN_LENGTH);

	assert_null(strstr(harness_dump(h), token));
	assert_non_null(strstr(harness_dump(h), token_hash(harness_arena(h), token)));
}

static void
safety_34_a_form_sent_again_leads_to_the_page_and_ends_nothing(void **state)
{
	struct harness *h = *state;
	const char *key, *path;

	harness_get(h, PAGE);
	key = value_of(h, "_key");
	harness_field(h, "_key", key);
	press(h, PAGE, "group_feed", "1");
	harness_expect_status(h, 200);
	path = strstr(harness_body_text(h), "/feed/private/");
	assert_non_null(path);
	path = arena_copy_bytes(harness_arena(h), path, strcspn(path, "<\""));
	harness_field(h, "_key", key);
	press(h, PAGE, "group_feed", "1");
	harness_expect_status(h, 303);
	harness_expect_location(h, PAGE);
	assert_int_equal(status_of(h, path), 200);
}

static void
a_new_one_ends_the_old_at_once(void **state)
{
	struct harness *h = *state;
	const char *before = made(h, "group_feed", "1"), *after;

	assert_int_equal(status_of(h, before), 200);
	after = made(h, "group_feed", "1");
	assert_string_not_equal(before, after);
	assert_int_equal(status_of(h, before), 404);
	assert_int_equal(status_of(h, after), 200);
}

static void
one_that_is_ended_is_gone(void **state)
{
	struct harness *h = *state;
	const char *path = made(h, "group_feed", "1");

	press(h, PAGE "/end", "group_feed", "1");
	harness_expect_status(h, 303);
	assert_int_equal(status_of(h, path), 404);
	harness_get(h, PAGE "?done=secret_ended");
	harness_expect(h, "opens nothing any more");
	press(h, PAGE "/end", "group_feed", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "no such address");
}

static void
safety_29_nobody_makes_or_ends_what_is_anothers(void **state)
{
	struct harness *h = *state;
	const char *path = made(h, "group_feed", "1");

	crew_sign_in(h, CREW_ALTAIR);
	press(h, PAGE, "group_feed", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "not in that group");
	press(h, PAGE "/end", "group_feed", "1");
	harness_expect_status(h, 422);
	press(h, PAGE, "group_feed", "one");
	harness_expect_status(h, 404);
	press(h, PAGE, "everything", "1");
	harness_expect_status(h, 404);
	assert_int_equal(status_of(h, path), 200);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM secret_address"), 1);
}

static void
what_was_done_is_in_the_log_and_the_address_is_not(void **state)
{
	struct harness *h = *state;

	(void)made(h, "group_feed", "1");
	press(h, PAGE "/end", "group_feed", "1");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, subject_id, cohort_id, detail FROM audit"),
	    "secret_address_made|3|3|NULL|group_feed|\nsecret_address_ended|3|3|NULL|group_feed|\n");
	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE id = 3");
	harness_get(h, "/cohort/settings/log");
	harness_expect(h, "Made a secret address");
	harness_expect(h, "Feed of the group");
}

static void
ones_own_data_say_that_there_are_addresses(void **state)
{
	struct harness *h = *state;
	struct db *db = harness_db(h);
	struct person person;
	const char *json;

	(void)made(h, "group_feed", "1");
	(void)made(h, "person_calendar", "");
	assert_true(db_begin_read(db));
	assert_true(person_find(db, harness_arena(h), CREW_VEGA, &person));
	json = own_data_json(db, harness_arena(h), &person, "", harness_now(h));
	assert_true(db_commit(db));
	assert_non_null(strstr(json, "\"secret_addresses\": ["));
	assert_non_null(strstr(json, "\"purpose\": \"group_feed\""));
	assert_non_null(strstr(json, "\"group\": \"Lyra\""));
	assert_non_null(strstr(json, "\"purpose\": \"person_calendar\""));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_page_offers_what_one_sits_in_and_nothing_else),
		test(an_address_is_shown_once_and_opens_its_feed),
		test(safety_17_the_database_does_not_hold_the_address),
		test(safety_34_a_form_sent_again_leads_to_the_page_and_ends_nothing),
		test(a_new_one_ends_the_old_at_once),
		test(one_that_is_ended_is_gone),
		test(safety_29_nobody_makes_or_ends_what_is_anothers),
		test(what_was_done_is_in_the_log_and_the_address_is_not),
		test(ones_own_data_say_that_there_are_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
