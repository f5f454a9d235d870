/*
 * What is read by a secret address: a group's private feed, and calendars.
 * The crew is that of standup_crew.h; Vega, Mira and Rigel have addresses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/token.h"
#include "model/rights.h"
#include "model/standup.h"
#include "standup_crew.h"

extern const struct program cohort_program, feed_program;

#define VEGA "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"
#define MIRA "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"
#define RIGEL "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
#define ALTAIR "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LYRA_CALENDAR "lllllllllllllllllllllllllllllllllllllllllll"
#define OWN_CALENDAR "ooooooooooooooooooooooooooooooooooooooooooo"

#define FEED(token) "/feed/private/" token ".atom"
#define CALENDAR(token) "/feed/calendar/" token ".ics"

static void
address(struct harness *h, const char *token, int person, const char *purpose, const char *group)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO secret_address (key, token_hash, person_id, purpose, group_id,"
		" created_at) VALUES ('key-%.1s', '%s', %d, '%s', %s, 1795000000)",
		token, token_hash(harness_arena(h), token), person, purpose, group));
}

static int
set_up(void **state)
{
	struct harness *h = harness_new(&feed_program);

	crew_make(h);
	address(h, VEGA, CREW_VEGA, "group_feed", "1");
	address(h, MIRA, CREW_MIRA, "group_feed", "1");
	address(h, RIGEL, CREW_RIGEL, "group_feed", "1");
	address(h, ALTAIR, CREW_ALTAIR, "group_feed", "2");
	address(h, LYRA_CALENDAR, CREW_VEGA, "group_calendar", "1");
	address(h, OWN_CALENDAR, CREW_VEGA, "person_calendar", "NULL");
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

static void
get(struct harness *h, const char *path)
{
	harness_get(h, path);
	harness_expect_status(h, 200);
}

static size_t
occurrences(const struct harness *h, const char *text)
{
	const char *at = harness_body_text(h);
	size_t count = 0;

	while ((at = strstr(at, text)) != NULL) {
		count++;
		at += strlen(text);
	}
	return count;
}

/* ---- what is in it ---- */

static void
a_members_feed_has_what_their_group_says(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_GROUP);
	crew_question(h, CREW_VEGA, "q1", "Which *test* runs first?", AUDIENCE_GROUP);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "The slow one", AUDIENCE_GROUP);
	crew_highlight(h, "h1", "A good week");
	get(h, FEED(VEGA));
	assert_string_equal(
	    harness_header(h, "Content-Type"), "application/atom+xml; charset=utf-8");
	harness_expect(h, ">Mira checked in, week 1</title>");
	harness_expect(h, "&lt;h3&gt;What I did&lt;/h3&gt;");
	harness_expect(h, "mira did");
	harness_expect(h, ">Vega asks: Which test runs first?</title>");
	harness_expect(h, ">Rigel answers: The slow one</title>");
	harness_expect(h, ">A good week</title>");
	harness_expect(h, ">This is the private feed of Lyra</title>");
	assert_int_equal(occurrences(h, "<entry>"), 5);
	/* A reader that knows it drops what was taken back. */
	harness_expect(h, "<fh:complete");
}

static void
a_group_that_has_said_nothing_has_a_feed_with_its_own_entry(void **state)
{
	struct harness *h = *state;

	get(h, FEED(ALTAIR));
	assert_int_equal(occurrences(h, "<entry>"), 1);
	harness_expect(h, "This is the private feed of Cygnus");
	harness_expect(h, "http://localhost:8080/cohort/me/addresses");
}

static void
feed_09_a_highlight_has_the_same_id_in_public_and_in_private(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	get(h, "/feed/orion/lyra.atom");
	harness_expect(h, ":activity-h1</id>");
	get(h, FEED(VEGA));
	harness_expect(h, ":activity-h1</id>");
}

static void
feed_09_two_readers_feeds_are_two_feeds(void **state)
{
	struct harness *h = *state;

	get(h, FEED(VEGA));
	harness_expect(h, ":private-key-v-feed</id>");
	harness_expect_not(h, ":private-key-m-feed</id>");
	get(h, FEED(MIRA));
	harness_expect(h, ":private-key-m-feed</id>");
}

static void
feed_28_an_answer_is_a_reply_to_its_question(void **state)
{
	struct harness *h = *state;
	const char *page = "http://localhost:8080" CREW_WEEK;

	crew_question(h, CREW_VEGA, "q1", "Which test?", AUDIENCE_GROUP);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "The slow one", AUDIENCE_GROUP);
	crew_answer(h, CREW_MIRA, "q1", "a2", "The new one", AUDIENCE_GROUP);
	get(h, FEED(VEGA));
	assert_int_equal(occurrences(h, "<thr:in-reply-to ref=\"tag:"), 2);
	harness_expect(h, ":question-q1\" href=\"");
	harness_expect(h, arena_format(harness_arena(h), "href=\"%s#question-q1\"", page));
	harness_expect(h, arena_format(harness_arena(h), "href=\"%s#answer-a2\"", page));
	harness_expect(h, "<thr:total>2</thr:total>");
}

static void
feed_30_an_edit_moves_updated_and_keeps_the_id(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which test?", AUDIENCE_GROUP);
	harness_run_sql(h, "UPDATE question SET body = 'Which one?', edited_at = 1795330900");
	get(h, FEED(VEGA));
	harness_expect(h, ":question-q1</id>");
	harness_expect(h, "<published>2026-11-22T07:00:00Z</published>");
	harness_expect(h, "<updated>2026-11-22T07:01:40Z</updated>");
}

static void
feed_10_whoever_left_the_cohort_is_named_no_more(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_MIRA, "q1", "Which test?", AUDIENCE_GROUP);
	get(h, FEED(VEGA));
	harness_expect(h, "<name>Mira</name>");
	harness_run_sql(h, "UPDATE member SET left_at = 1795330000 WHERE id = 4");
	get(h, FEED(VEGA));
	harness_expect_not(h, "Mira");
	harness_expect(h, "<name>Someone who was in Lyra</name>");
}

static void
feed_25_the_newest_hundred_are_told_and_none_is_said_to_be_all(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 120; i++) {
		crew_question(
		    h, CREW_VEGA, arena_format(harness_arena(h), "q%d", i), "Why?", AUDIENCE_GROUP);
	}
	get(h, FEED(VEGA));
	assert_int_equal(occurrences(h, "<entry>"), 100);
	harness_expect_not(h, "fh:complete");
}

static void
feed_25_an_entry_that_would_be_too_large_is_told_in_short(void **state)
{
	struct harness *h = *state;
	char *words = arena_alloc(harness_arena(h), 4001);

	memset(words, '<', 4000);
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_GROUP);
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"UPDATE check_in SET did = '%s', next = '%s', blocked = '%s'", words, words,
		words));
	get(h, FEED(VEGA));
	assert_true(harness_body_length(h) < (size_t)64 * 1024);
	harness_expect(h, "<summary");
}

/* ---- for whom ---- */

static void
safety_31_what_is_for_navigators_is_in_their_feed_alone(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_MIRA, "canary-check", AUDIENCE_NAVIGATORS);
	crew_question(h, CREW_MIRA, "q1", "canary-question", AUDIENCE_NAVIGATORS);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "canary-answer", AUDIENCE_GROUP);
	get(h, FEED(VEGA));
	harness_expect_not(h, "canary");
	get(h, FEED(RIGEL));
	harness_expect(h, "canary-check did");
	harness_expect(h, "canary-question");
	/* Their author's and the asker's. */
	get(h, FEED(MIRA));
	harness_expect(h, "canary-check did");
	harness_expect(h, "canary-answer");
}

static void
safety_31_another_groups_feed_has_nothing_of_it(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_MIRA, "canary", AUDIENCE_GROUP);
	crew_question(h, CREW_MIRA, "q1", "canary", AUDIENCE_GROUP);
	get(h, FEED(ALTAIR));
	harness_expect_not(h, "canary");
	get(h, "/feed/orion/lyra.atom");
	harness_expect_not(h, "canary");
	get(h, "/feed/all.atom");
	harness_expect_not(h, "canary");
}

static void
safety_31_narrowing_takes_words_out_at_the_next_request(void **state)
{
	struct harness *h = *state;
	const char *tag;

	crew_check_in(h, CREW_MIRA, "canary", AUDIENCE_GROUP);
	get(h, FEED(VEGA));
	harness_expect(h, "canary did");
	tag = harness_header(h, "ETag");
	harness_run_sql(h, "UPDATE check_in SET did_audience = 1");
	harness_variable(h, "HTTP_IF_NONE_MATCH", tag);
	get(h, FEED(VEGA));
	harness_expect_not(h, "canary did");
	harness_expect(h, "canary next");
}

/* ---- over HTTP ---- */

static void
expect_private(struct harness *h)
{
	assert_string_equal(harness_header(h, "Cache-Control"), "private, no-store");
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
	assert_string_equal(harness_header(h, "X-Robots-Tag"), "noindex");
	assert_string_equal(harness_header(h, "Cross-Origin-Resource-Policy"), "same-origin");
	assert_null(harness_header(h, "Access-Control-Allow-Origin"));
	assert_null(harness_header(h, "Set-Cookie"));
	assert_null(harness_header(h, "Last-Modified"));
}

static void
an_answer_is_for_nobody_else_to_keep(void **state)
{
	static const char *const paths[] = { FEED(VEGA), CALENDAR(LYRA_CALENDAR),
		CALENDAR(OWN_CALENDAR) };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *tag;

		harness_variable(h, "HTTP_ACCEPT_ENCODING", "gzip");
		get(h, paths[i]);
		expect_private(h);
		assert_null(harness_header(h, "Content-Encoding"));
		tag = harness_header(h, "ETag");
		assert_non_null(tag);
		harness_variable(h, "HTTP_IF_NONE_MATCH", tag);
		harness_get(h, paths[i]);
		harness_expect_status(h, 304);
		expect_private(h);
		assert_string_equal(harness_header(h, "ETag"), tag);
		assert_int_equal(harness_body_length(h), 0);
		harness_head(h, paths[i]);
		harness_expect_status(h, 200);
		expect_private(h);
		assert_int_equal(harness_body_length(h), 0);
	}
}

/* Nothing tells an address that was from one that never was. */
static void
expect_gone(struct harness *h, const char *path)
{
	const char *head, *body;

	harness_variable(h, "REQUEST_ID", "same");
	harness_get(h, FEED("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"));
	harness_expect_status(h, 404);
	head = harness_head_text(h);
	body = harness_body_text(h);
	harness_variable(h, "REQUEST_ID", "same");
	harness_get(h, path);
	harness_expect_status(h, 404);
	assert_string_equal(harness_head_text(h), head);
	assert_string_equal(harness_body_text(h), body);
	assert_null(strstr(body, "nnnnnnnn"));
}

static void
an_address_for_one_thing_opens_no_other(void **state)
{
	struct harness *h = *state;

	expect_gone(h, CALENDAR(VEGA));
	expect_gone(h, FEED(LYRA_CALENDAR));
	expect_gone(h, FEED(OWN_CALENDAR));
	expect_gone(h, "/feed/private/short.atom");
	harness_get(h, "/feed/private/" VEGA ".json");
	harness_expect_status(h, 404);
}

static void
safety_21_whoever_loses_the_right_loses_the_feed_at_the_next_request(void **state)
{
	static const char *const losses[] = {
		"UPDATE placement SET left_at = 1795330000 WHERE member_id = 3",
		"UPDATE member SET left_at = 1795330000 WHERE id = 3",
		"UPDATE person SET is_disabled = 1 WHERE id = 3",
		"UPDATE person SET erased_at = 1795330000 WHERE id = 3",
		"UPDATE cohort SET published_at = NULL WHERE id = 1",
		"UPDATE secret_address SET token_hash = 'other' WHERE key = 'key-v'",
		"DELETE FROM secret_address WHERE key = 'key-v'",
	};

	for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++) {
		struct harness *h;

		set_up(state);
		h = *state;
		get(h, FEED(VEGA));
		harness_run_sql(h, losses[i]);
		expect_gone(h, FEED(VEGA));
		tear_down(state);
	}
	set_up(state);
}

static void
a_year_after_the_cohort_nothing_is_read(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, CREW_ENDS + RIGHTS_READ_SECONDS - 1);
	get(h, FEED(VEGA));
	harness_set_now(h, CREW_ENDS + RIGHTS_READ_SECONDS);
	expect_gone(h, FEED(VEGA));
}

static void
calendars_are_read_by_a_secret_address(void **state)
{
	struct harness *h = *state;

	get(h, CALENDAR(LYRA_CALENDAR));
	assert_string_equal(harness_header(h, "Content-Type"), "text/calendar; charset=utf-8");
	harness_expect(h, "BEGIN:VCALENDAR\r\n");
	get(h, CALENDAR(OWN_CALENDAR));
	harness_expect(h, "BEGIN:VCALENDAR\r\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_members_feed_has_what_their_group_says),
		test(a_group_that_has_said_nothing_has_a_feed_with_its_own_entry),
		test(feed_09_a_highlight_has_the_same_id_in_public_and_in_private),
		test(feed_09_two_readers_feeds_are_two_feeds),
		test(feed_28_an_answer_is_a_reply_to_its_question),
		test(feed_30_an_edit_moves_updated_and_keeps_the_id),
		test(feed_10_whoever_left_the_cohort_is_named_no_more),
		test(feed_25_the_newest_hundred_are_told_and_none_is_said_to_be_all),
		test(feed_25_an_entry_that_would_be_too_large_is_told_in_short),
		test(safety_31_what_is_for_navigators_is_in_their_feed_alone),
		test(safety_31_another_groups_feed_has_nothing_of_it),
		test(safety_31_narrowing_takes_words_out_at_the_next_request),
		test(an_answer_is_for_nobody_else_to_keep),
		test(an_address_for_one_thing_opens_no_other),
		test(safety_21_whoever_loses_the_right_loses_the_feed_at_the_next_request),
		test(a_year_after_the_cohort_nothing_is_read),
		test(calendars_are_read_by_a_secret_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
