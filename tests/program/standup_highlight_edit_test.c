/*
 * A published highlight: changed after everyone's view of the change, by one
 * at a time, and followed up by a later one of the group.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "harness.h"
#include "standup_crew.h"

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

#define HIGHLIGHT CREW_WEEK "/highlight"
#define H1 HIGHLIGHT "/h1"

#define STORED \
	"SELECT highlight.title, highlight.body, highlight.revision," \
	" highlight.updated_at - highlight.published_at," \
	" activity.updated_at - activity.published_at" \
	" FROM highlight JOIN activity ON activity.highlight_id = highlight.id" \
	" WHERE highlight.key = 'h1'"

static void
change(struct harness *h, const char *step, const char *revision, const char *title)
{
	harness_field(h, "title", title);
	harness_field(h, "words", "Told **anew**");
	harness_field(h, "revision", revision);
	harness_field(h, "step", step);
	harness_post(h, H1);
}

static void
compose(struct harness *h, const char *step, const char *follows)
{
	harness_field(h, "title", "And on it went");
	harness_field(h, "words", "It *works* now.");
	harness_field(h, "follows", follows);
	harness_field(h, "step", step);
	harness_post(h, HIGHLIGHT);
}

/* A highlight of the group "cygnus", in the same week. */
static void
make_foreign(struct harness *h)
{
	harness_run_sql(h,
	    "INSERT INTO highlight (key, standup_id, member_id, title, body, published_at,"
	    " updated_at) SELECT 'foreign', id, 7, 'Of Cygnus', '', 1795330000, 1795330000"
	    " FROM standup WHERE group_id = 2 AND week = 1");
}

/* ---- changing ---- */

static void
shows_a_change_first_and_writes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	harness_post(h, CREW_WEEK "/attendance");
	harness_get(h, CREW_WEEK);
	harness_expect(h, H1 "\">Change it");
	harness_get(h, H1);
	harness_expect_status(h, 200);
	harness_expect(h, "As it stands now");
	harness_expect(h, "value=\"A good week\"");
	harness_expect(h, "Followers’ readers may keep a copy");
	harness_expect_not(h, "value=\"publish\"");
	before = harness_dump(h);
	change(h, "preview", "1", "A better week");
	harness_expect_status(h, 200);
	harness_expect(h, "This is what everyone will see");
	harness_expect(h, "Told <strong>anew</strong>");
	harness_expect(h, "value=\"publish\"");
	assert_string_equal(harness_dump(h), before);
}

static void
feed_30_a_change_keeps_the_entry_and_moves_updated(void **state)
{
	struct harness *h = *state;
	const char *key;

	crew_highlight(h, "h1", "A good week");
	key = harness_rows(h, "SELECT key, published_at FROM activity WHERE kind = 'highlight'");
	harness_set_now(h, harness_now(h) + 600);
	crew_sign_in(h, CREW_CAPELLA);
	change(h, "publish", "1", "A better week");
	harness_expect_location(h, CREW_WEEK "?done=highlight_edited#highlight-h1");
	assert_string_equal(harness_rows(h, STORED), "A better week|Told **anew**|2|600|600|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT key, published_at FROM activity WHERE kind = 'highlight'"),
	    key);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "A better week");
	harness_expect(h, "· edited");
	harness_expect_not(h, "Change it");
}

/* A second change in the same second, and one by a clock that was set back
 * behind the entry's own instant. */
static void
feed_12_a_change_always_moves_updated_and_never_published(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	change(h, "publish", "1", "Second");
	harness_expect_status(h, 303);
	change(h, "publish", "2", "Third");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, STORED), "Third|Told **anew**|3|2|2|\n");
	harness_run_sql(h, "UPDATE activity SET updated_at = published_at + 1000");
	change(h, "publish", "3", "Fourth");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, STORED), "Fourth|Told **anew**|4|1001|1001|\n");
}

static void
changes_what_a_highlight_quotes(void **state)
{
	static const char quotes[] = "SELECT part, check_in_id FROM highlight_quote";
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_PUBLIC);
	crew_highlight(h, "h1", "A good week");
	harness_run_sql(h,
	    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id)"
	    " VALUES (1, 0, 'did', 1)");
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, H1);
	harness_expect(h, "value=\"did-c3\" checked");
	harness_expect_not(h, "value=\"did-c4\" checked");
	harness_field(h, "quotes", "next-c4");
	change(h, "publish", "1", "A good week");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, quotes), "next|2|\n");
	/* Back to none at all. */
	change(h, "publish", "2", "A good week");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, quotes), "");
	assert_int_equal(harness_number(h, "SELECT revision FROM highlight"), 3);
}

static void
safety_33_two_tabs_never_overwrite_each_other(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	change(h, "publish", "1", "The first tab");
	harness_expect_status(h, 303);
	crew_sign_in(h, CREW_CAPELLA);
	change(h, "publish", "1", "The second tab");
	harness_expect_status(h, 422);
	harness_expect(h, "Someone else changed this highlight");
	/* Theirs is shown, one's own is in the form, on top of theirs. */
	harness_expect(h, "<h3 dir=\"auto\">The first tab</h3>");
	harness_expect(h, "value=\"The second tab\"");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	harness_expect_not(h, "value=\"publish\"");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM highlight WHERE title = 'The first tab'"), 1);
	change(h, "publish", "2", "The second tab");
	harness_expect_status(h, 303);
}

static void
safety_34_a_change_sent_twice_is_made_once(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	for (int i = 0; i < 2; i++) {
		change(h, "publish", "1", "A better week");
		harness_expect_status(h, 303);
		harness_set_now(h, harness_now(h) + 60);
	}
	assert_string_equal(harness_rows(h, STORED), "A better week|Told **anew**|2|1|1|\n");
}

static void
changes_nothing_that_was_taken_back(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	harness_post(h, H1 "/withdrawn");
	harness_get(h, H1);
	harness_expect(h, "This highlight was taken back.");
	harness_expect_not(h, "<textarea");
	change(h, "publish", "1", "A better week");
	harness_expect_status(h, 422);
	harness_expect(h, "taken back meanwhile");
	harness_expect(h, "Told **anew**");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM highlight WHERE title = 'A good week'"), 1);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "Change it");
}

static void
safety_33_changes_nothing_when_writing_has_ended(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "Change it");
	harness_expect(h, "Take it back");
	harness_get(h, H1);
	harness_expect(h, "what stands here stays as it is");
	harness_expect_not(h, "<textarea");
	change(h, "publish", "1", "A better week");
	harness_expect_status(h, 422);
	harness_expect(h, "Told **anew**");
	assert_int_equal(harness_number(h, "SELECT revision FROM highlight"), 1);
}

static void
leaves_out_of_a_change_what_was_narrowed_meanwhile(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_COHORT);
	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "quotes", "did-c3");
	change(h, "publish", "1", "A better week");
	harness_expect_status(h, 422);
	harness_expect(h, "its author took it back");
	harness_expect(h, "Told **anew**");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight_quote"), 0);
	assert_int_equal(harness_number(h, "SELECT revision FROM highlight"), 1);
}

static void
changes_only_what_is_of_that_week(void **state)
{
	struct harness *h = *state;

	make_foreign(h);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, HIGHLIGHT "/foreign");
	harness_expect_status(h, 404);
	harness_field(h, "title", "Mine now");
	harness_field(h, "revision", "1");
	harness_field(h, "step", "publish");
	harness_post(h, HIGHLIGHT "/foreign");
	harness_expect_status(h, 404);
	harness_get(h, "/standup/orion/lyra/2/highlight/h1");
	harness_expect_status(h, 404);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM highlight WHERE title = 'Mine now'"), 0);
}

static void
brings_a_change_without_a_title_back(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	change(h, "publish", "1", "");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#highlight-title\"");
	harness_expect(h, "Told **anew**");
	assert_int_equal(harness_number(h, "SELECT revision FROM highlight"), 1);
}

/* ---- following up ---- */

static void
offers_the_highlights_of_the_group_to_follow_up(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "name=\"follows\"");
	crew_highlight(h, "h1", "A good week");
	crew_highlight(h, "back", "Taken back");
	harness_run_sql(h, "UPDATE highlight SET withdrawn_at = 1795330000 WHERE key = 'back'");
	make_foreign(h);
	harness_get(h, "/standup/orion/lyra/2");
	/* Nobody has to. */
	harness_expect(h, "<option value=\"\">Nothing chosen</option>");
	harness_expect(h, "<option value=\"h1\">Week 1: A good week</option>");
	harness_expect_not(h, "value=\"back\"");
	harness_expect_not(h, "value=\"foreign\"");
}

static void
feed_28_publishes_what_follows_up_an_earlier_one(void **state)
{
	static const char line[] =
	    "Follows up on <a href=\"" CREW_WEEK "#highlight-h1\"><bdi>A good week</bdi></a>";
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	compose(h, "preview", "h1");
	harness_expect(h, line);
	harness_expect(h, "value=\"h1\" selected");
	compose(h, "publish", "h1");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT follows_id FROM highlight WHERE key <> 'h1'"), 1);
	harness_get(h, CREW_WEEK);
	harness_expect(h, line);
	/* Nothing is said of what was taken back. */
	harness_post(h, H1 "/withdrawn");
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "And on it went");
	harness_expect_not(h, "Follows up on");
}

static void
says_when_what_is_followed_up_was_taken_back_meanwhile(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	harness_post(h, H1 "/withdrawn");
	compose(h, "publish", "h1");
	harness_expect_status(h, 422);
	harness_expect(h, "should follow up was taken back meanwhile");
	harness_expect(h, "It *works* now.");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 1);
}

static void
safety_29_nothing_of_another_group_is_followed_by_force(void **state)
{
	static const char *const values[] = { "foreign", "none", "1" };
	struct harness *h = *state;

	make_foreign(h);
	crew_sign_in(h, CREW_RIGEL);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		compose(h, "publish", values[i]);
		harness_expect_status(h, 422);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 1);
}

/* A change of the first one's title is a change of what tells of it, and what
 * is followed stays what it is. */
static void
feed_28_a_thread_stays_what_it_was(void **state)
{
	static const char touches[] =
	    "SELECT touches FROM activity JOIN highlight ON highlight.id ="
	    " activity.highlight_id WHERE highlight.key <> 'h1'";
	struct harness *h = *state;
	int64_t before;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_RIGEL);
	compose(h, "publish", "h1");
	before = harness_number(h, touches);
	change(h, "publish", "1", "A better week");
	harness_expect_status(h, 303);
	assert_true(harness_number(h, touches) > before);
	harness_field(h, "follows", "h1");
	change(h, "publish", "2", "The best week");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM highlight WHERE key = 'h1'"
			     " AND follows_id IS NULL"),
	    1);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "<bdi>The best week</bdi></a>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(shows_a_change_first_and_writes_nothing),
		test(feed_30_a_change_keeps_the_entry_and_moves_updated),
		test(feed_12_a_change_always_moves_updated_and_never_published),
		test(changes_what_a_highlight_quotes),
		test(safety_33_two_tabs_never_overwrite_each_other),
		test(safety_34_a_change_sent_twice_is_made_once),
		test(changes_nothing_that_was_taken_back),
		test(safety_33_changes_nothing_when_writing_has_ended),
		test(leaves_out_of_a_change_what_was_narrowed_meanwhile),
		test(changes_only_what_is_of_that_week),
		test(brings_a_change_without_a_title_back),
		test(offers_the_highlights_of_the_group_to_follow_up),
		test(feed_28_publishes_what_follows_up_an_earlier_one),
		test(says_when_what_is_followed_up_was_taken_back_meanwhile),
		test(safety_29_nothing_of_another_group_is_followed_by_force),
		test(feed_28_a_thread_stays_what_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
