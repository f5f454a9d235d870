/*
 * Rule 46: the JSON Feed says what the Atom feed says, in every feed and in
 * every archive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/text.h"

static const char *const feeds[] = { "/feed/all", "/feed/kind/announcements",
	"/feed/kind/applications", "/feed/kind/highlights", "/feed/orion", "/feed/orion/deneb" };

enum { FEEDS = sizeof(feeds) / sizeof(feeds[0]) };

static void
forget(void *document)
{
	json_decref(document);
}

/* The last answer as strict JSON. */
static json_t *
json_read(struct harness *harness)
{
	json_error_t error;
	json_t *document = json_loadb(harness_body_text(harness), harness_body_length(harness),
	    JSON_REJECT_DUPLICATES, &error);

	if (document == NULL) {
		fail_msg("%s in:\n%s", error.text, harness_body_text(harness));
	}
	arena_cleanup(harness_arena(harness), forget, document);
	return document;
}

static const char *
text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));

	return value == NULL ? "" : value;
}

/* One member of every item, a line each, as community_texts has them. */
static const char *
texts(struct harness *harness, const json_t *document, const char *name)
{
	struct bytes *out = bytes_new(harness_arena(harness));
	const json_t *items = json_object_get(document, "items");

	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *item = json_array_get(items, i);

		bytes_format(out, "%s\n",
		    text(strcmp(name, "author") == 0
			    ? json_array_get(json_object_get(item, "authors"), 0)
			    : item,
			strcmp(name, "author") == 0 ? "name" : name));
	}
	return out->data;
}

/* The address of the archive before this Atom document, as a path; or NULL. */
static const char *
previous_of(struct harness *harness)
{
	const char *href = community_text(harness, "/a:feed/a:link[@rel='prev-archive']/@href");

	return href == NULL ? NULL : href + strlen("http://localhost:8080");
}

/* Compares the document at an Atom address with that at its JSON one. */
static const char *
compare(struct harness *harness, const char *path)
{
	static const struct {
		const char *atom;
		const char *json;
	} pairs[] = { { "//a:entry/a:id", "id" }, { "//a:entry/a:title", "title" },
		{ "//a:entry/a:published", "date_published" },
		{ "//a:entry/a:updated", "date_modified" },
		{ "//a:entry/a:author/a:name", "author" },
		{ "//a:entry/a:link[@rel='alternate']/@href", "url" } };
	const char *before[sizeof(pairs) / sizeof(pairs[0])];
	struct arena *arena = harness_arena(harness);
	const size_t stem = strlen(path) - strlen(".atom");
	const char *json_path = arena_format(arena, "%.*s.json", (int)stem, path);
	const char *title, *home, *previous;
	const json_t *document;

	community_look(harness, path);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		before[i] = community_texts(harness, pairs[i].atom);
	}
	title = community_text(harness, "/a:feed/a:title");
	home = community_text(harness, "/a:feed/a:link[@rel='alternate']/@href");
	previous = previous_of(harness);
	harness_get(harness, json_path);
	harness_expect_status(harness, 200);
	document = json_read(harness);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		assert_string_equal(texts(harness, document, pairs[i].json), before[i]);
	}
	assert_string_equal(text(document, "title"), title);
	assert_string_equal(text(document, "home_page_url"), home);
	assert_string_equal(
	    text(document, "feed_url"), arena_format(arena, "http://localhost:8080%s", json_path));
	if (previous == NULL) {
		assert_null(json_object_get(document, "next_url"));
	} else {
		assert_string_equal(text(document, "next_url"),
		    arena_format(arena, "http://localhost:8080%.*s.json",
			(int)(strlen(previous) - strlen(".atom")), previous));
	}
	return previous;
}

static void
make_history(struct harness *harness)
{
	for (int i = 0; i < 130; i++) {
		harness_set_now(harness, harness_now(harness) + 60);
		(void)community_highlight(harness, COMMUNITY_VEGA,
		    arena_format(harness_arena(harness), "Step \"%d\" <b>", i), "words");
	}
	harness_run_sql(harness,
	    "UPDATE highlight SET withdrawn_at = published_at, updated_at = published_at"
	    " WHERE id IN (3, 70, 128)");
}

static void
feed_46_has_the_same_ids_titles_dates_authors_in_every_archive(void **state)
{
	size_t archives = 0;

	community_activity(*state, "groups_formed", HARNESS_NOW + 2000);
	make_history(*state);
	for (size_t i = 0; i < FEEDS; i++) {
		const char *path = arena_format(harness_arena(*state), "%s.atom", feeds[i]);

		while ((path = compare(*state, path)) != NULL) {
			archives++;
		}
	}
	/* The four feeds that carry highlights have an archive at least. */
	assert_true(archives >= 4);
}

static void
feed_46_is_json_feed_that_any_page_may_read(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		harness_get(*state, i == 0 ? "/feed/all.json" : "/feed/orion.json");
		harness_expect_status(*state, 200);
		assert_string_equal(
		    harness_header(*state, "Content-Type"), "application/feed+json; charset=utf-8");
		assert_string_equal(harness_header(*state, "Access-Control-Allow-Origin"), "*");
		assert_string_equal(
		    text(json_read(*state), "version"), "https://jsonfeed.org/version/1.1");
	}
}

static void
feed_34_feed_46_has_validators_of_its_own(void **state)
{
	const char *atom, *json;

	harness_get(*state, "/feed/all.atom");
	atom = arena_copy(harness_arena(*state), harness_header(*state, "ETag"));
	harness_get(*state, "/feed/all.json");
	json = arena_copy(harness_arena(*state), harness_header(*state, "ETag"));
	assert_non_null(json);
	assert_string_not_equal(atom, json);
	harness_variable(*state, "HTTP_IF_NONE_MATCH", json);
	harness_get(*state, "/feed/all.json");
	harness_expect_status(*state, 304);
	harness_variable(*state, "HTTP_IF_NONE_MATCH", atom);
	harness_get(*state, "/feed/all.json");
	harness_expect_status(*state, 200);
}

static void
feed_29_feed_46_a_withdrawn_item_is_blank(void **state)
{
	const json_t *item;

	(void)community_highlight(*state, COMMUNITY_VEGA, "Too much", "said here");
	harness_set_now(*state, harness_now(*state) + 60);
	harness_run_sql(*state,
	    "UPDATE highlight SET withdrawn_at = published_at + 60,"
	    " updated_at = published_at + 60");
	feed_cache_clear();
	harness_get(*state, "/feed/all.json");
	item = json_array_get(json_object_get(json_read(*state), "items"), 0);
	harness_expect_not(*state, "Too much");
	harness_expect_not(*state, "said here");
	assert_string_equal(text(item, "content_text"), text(item, "title"));
	assert_null(json_object_get(item, "content_html"));
}

static void
feed_42_feed_46_an_unknown_feed_is_unknown_as_json(void **state)
{
	static const char *const paths[] = { "/feed/unheard-of.json", "/feed/draco.json",
		"/feed/kind/unheard-of.json", "/feed/orion/unheard-of.json",
		"/feed/all/archive/1-1.json" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(*state, paths[i]);
		harness_expect_status(*state, 404);
	}
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_46_has_the_same_ids_titles_dates_authors_in_every_archive),
		feed_test(feed_46_is_json_feed_that_any_page_may_read),
		feed_test(feed_34_feed_46_has_validators_of_its_own),
		feed_test(feed_29_feed_46_a_withdrawn_item_is_blank),
		feed_test(feed_42_feed_46_an_unknown_feed_is_unknown_as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
