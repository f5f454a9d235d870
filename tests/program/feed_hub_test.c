/*
 * Rule 45 of feeds: a subscription document and its answer name hub and topic,
 * and only where there is a hub.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"

#define HUB "https://hub.example.org/?a=1&b=2"

/* More than one document's worth: orion's feed has an archive. */
static int
set_up(void **state)
{
	struct harness *harness;

	assert_int_equal(community_set_up(state), 0);
	harness = *state;
	for (int i = 0; i < 110; i++) {
		harness_set_now(harness, HARNESS_NOW + 10 + i);
		(void)community_highlight(harness, COMMUNITY_VEGA, "A patch", "Merged.");
	}
	harness_set_now(harness, HARNESS_NOW + 86400);
	return 0;
}

static void
look(struct harness *harness, const char *path)
{
	feed_cache_clear();
	harness_get(harness, path);
	harness_expect_status(harness, 200);
}

static void
expect_link(struct harness *harness, const char *path)
{
	const char *wanted = arena_format(harness_arena(harness),
	    "<" HUB ">; rel=\"hub\", <http://localhost:8080%s>; rel=\"self\"", path);

	look(harness, path);
	assert_string_equal(harness_header(harness, "Link"), wanted);
}

static void
feed_45_header_and_document_name_the_hub_and_the_address_it_knows(void **state)
{
	struct harness *h = *state;

	harness_hub(h, HUB);
	expect_link(h, "/feed/all.atom");
	assert_int_equal(community_count(h, "/a:feed/a:link[@rel='hub']"), 1);
	assert_string_equal(community_text(h, "/a:feed/a:link[@rel='hub']/@href"), HUB);
	assert_string_equal(community_text(h, "/a:feed/a:link[@rel='self']/@href"),
	    "http://localhost:8080/feed/all.atom");
	community_validate(h);
	expect_link(h, "/feed/orion.atom");
	expect_link(h, "/feed/kind/highlights.atom");
	expect_link(h, "/feed/orion/deneb.atom");
	expect_link(h, "/feed/orion.json");
	harness_expect(h, "\"hubs\"");
	harness_expect(h, HUB);
}

static void
feed_45_without_a_hub_none_is_named(void **state)
{
	struct harness *h = *state;

	look(h, "/feed/orion.atom");
	assert_null(harness_header(h, "Link"));
	assert_int_equal(community_count(h, "/a:feed/a:link[@rel='hub']"), 0);
	look(h, "/feed/orion.json");
	assert_null(harness_header(h, "Link"));
	harness_expect_not(h, "\"hubs\"");
}

static void
feed_45_an_archive_changes_no_more_and_names_no_hub(void **state)
{
	struct harness *h = *state;
	const char *archive;

	harness_hub(h, HUB);
	look(h, "/feed/orion.atom");
	archive = community_text(h, "/a:feed/a:link[@rel='prev-archive']/@href");
	assert_non_null(archive);
	look(h, arena_copy(harness_arena(h), strstr(archive, "/feed/")));
	assert_null(harness_header(h, "Link"));
	assert_int_equal(community_count(h, "/a:feed/a:link[@rel='hub']"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    feed_45_header_and_document_name_the_hub_and_the_address_it_knows, set_up,
		    community_tear_down),
		cmocka_unit_test_setup_teardown(
		    feed_45_without_a_hub_none_is_named, set_up, community_tear_down),
		cmocka_unit_test_setup_teardown(feed_45_an_archive_changes_no_more_and_names_no_hub,
		    set_up, community_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
