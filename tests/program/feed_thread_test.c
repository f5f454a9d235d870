/*
 * Rules 28 to 30 of feeds: what follows up on what, what is taken back, edits.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/text.h"
#include "model/feed.h"

/* Every feed of the community, without its suffix. */
static const char *const feeds[] = { "/feed/all", "/feed/kind/announcements",
	"/feed/kind/applications", "/feed/kind/highlights", "/feed/orion", "/feed/orion/deneb" };

enum { FEEDS = sizeof(feeds) / sizeof(feeds[0]) };

static void
look(struct harness *harness, const char *stem)
{
	community_look(harness, arena_format(harness_arena(harness), "%s.atom", stem));
}

/* The second highlight follows up on the first. */
static void
follow(struct harness *harness)
{
	(void)community_highlight(harness, COMMUNITY_VEGA, "First", "x");
	(void)community_highlight(harness, COMMUNITY_VEGA, "Second", "y");
	harness_run_sql(harness,
	    "DROP TRIGGER highlight_follows_what_it_followed;"
	    "UPDATE highlight SET follows_id = 1 WHERE id = 2;"
	    "UPDATE activity SET touches = touches + 1");
	look(harness, "/feed/all");
}

static void
feed_28_a_follow_up_is_a_reply(void **state)
{
	struct arena *arena = harness_arena(*state);
	const char *parent, *page;

	follow(*state);
	parent = community_text(*state, "//a:entry[a:title='First']/a:id");
	page = community_text(*state, "//a:entry[a:title='First']/a:link[@rel='alternate']/@href");
	assert_string_equal(community_texts(*state,
				"//a:entry[a:title='Second']/thr:in-reply-to/@ref |"
				"//a:entry[a:title='Second']/thr:in-reply-to/@href |"
				"//a:entry[a:title='Second']/thr:in-reply-to/@type"),
	    arena_format(arena, "%s\n%s\ntext/html\n", parent, page));
	assert_int_equal(community_count(*state, "//thr:in-reply-to"), 1);
	/* Most readers show no thread. */
	assert_string_equal(community_text(*state, "//a:entry[a:title='Second']/a:content"),
	    arena_format(arena,
		"<p>Follows up on <a href=\"%s\" rel=\"nofollow noopener ugc\">First</a></p>\n"
		"<div dir=\"auto\"><p>y</p>\n</div>\n",
		page));
	assert_string_equal(
	    community_text(*state, "//a:entry[a:title='First']/a:link[@rel='replies']/@href"),
	    page);
	assert_string_equal(
	    community_text(*state, "//a:entry[a:title='First']/a:link[@rel='replies']/@thr:count"),
	    "1");
	assert_string_equal(community_texts(*state, "//thr:total"), "1\n");
}

static void
feed_28_29_who_is_taken_back_leaves_the_thread(void **state)
{
	follow(*state);
	harness_run_sql(*state, "UPDATE highlight SET withdrawn_at = updated_at WHERE id = 1");
	look(*state, "/feed/all");
	assert_int_equal(community_count(*state, "//thr:*"), 0);
	assert_int_equal(community_count(*state, "//a:entry[a:title='Second']"), 1);
	harness_run_sql(*state,
	    "UPDATE highlight SET withdrawn_at = NULL WHERE id = 1;"
	    "UPDATE highlight SET withdrawn_at = updated_at WHERE id = 2");
	look(*state, "/feed/all");
	assert_int_equal(community_count(*state, "//thr:*"), 0);
	assert_int_equal(community_count(*state, "//a:link[@rel='replies']"), 0);
}

static void
bury(struct harness *harness)
{
	harness_set_now(harness, harness_now(harness) + FEED_BLANK_SECONDS);
	assert_true(db_begin_write(harness_db(harness)));
	assert_true(feed_bury_due(harness_db(harness), harness_now(harness)));
	assert_true(db_commit(harness_db(harness)));
}

static void
feed_29_a_tombstone_has_the_id_and_the_instant_and_is_not_live(void **state)
{
	const char *id;

	(void)community_highlight(*state, COMMUNITY_VEGA, "Gone", "x");
	look(*state, "/feed/orion");
	id = community_text(*state, "//a:entry[a:title='Gone']/a:id");
	harness_run_sql(*state, "UPDATE highlight SET withdrawn_at = updated_at");
	bury(*state);
	for (size_t i = 0; i < FEEDS; i++) {
		look(*state, feeds[i]);
		assert_int_equal(
		    community_count(
			*state, arena_format(harness_arena(*state), "//a:entry[a:id='%s']", id)),
		    strcmp(feeds[i], "/feed/orion/deneb") == 0 ? 1 : 0);
		harness_expect_not(*state, "Gone");
	}
	look(*state, "/feed/orion");
	assert_string_equal(community_texts(*state, "/a:feed/at:deleted-entry/@ref"),
	    arena_format(harness_arena(*state), "%s\n", id));
	assert_string_equal(
	    community_text(*state, "/a:feed/at:deleted-entry/@when"), "2026-12-22T08:23:20Z");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"), "2026-12-22T08:23:20Z");
	/* A feed of nothing but tombstones shows the newest blank (rule 26). */
	look(*state, "/feed/orion/deneb");
	assert_int_equal(community_count(*state, "//a:entry"), 1);
	assert_int_equal(community_count(*state, "//at:deleted-entry"), 0);
}

static void
feed_30_an_edit_keeps_its_id_and_moves_updated(void **state)
{
	const char *id, *updated, *published;

	(void)community_highlight(*state, COMMUNITY_VEGA, "Before", "x");
	look(*state, "/feed/orion/deneb");
	id = community_text(*state, "//a:entry/a:id");
	updated = community_text(*state, "//a:entry/a:updated");
	published = community_text(*state, "//a:entry/a:published");
	harness_run_sql(
	    *state, "UPDATE highlight SET title = 'After', updated_at = updated_at + 60");
	for (size_t i = 0; i < FEEDS; i++) {
		look(*state, feeds[i]);
		harness_expect_not(*state, "Before");
	}
	look(*state, "/feed/orion/deneb");
	assert_string_equal(community_text(*state, "//a:entry[a:title='After']/a:id"), id);
	assert_string_equal(community_text(*state, "//a:entry/a:published"), published);
	assert_true(strcmp(community_text(*state, "//a:entry/a:updated"), updated) > 0);
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_28_a_follow_up_is_a_reply),
		feed_test(feed_28_29_who_is_taken_back_leaves_the_thread),
		feed_test(feed_29_a_tombstone_has_the_id_and_the_instant_and_is_not_live),
		feed_test(feed_30_an_edit_keeps_its_id_and_moves_updated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
