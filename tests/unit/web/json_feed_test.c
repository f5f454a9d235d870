/*
 * JSON Feed 1.1 as a function of a feed's document (feed rule 46).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "ground/arena.h"
#include "web/json_feed.h"

enum { SOMETIME = 1795330800 }; /* 2026-11-22T07:00:00Z */

static const struct atom_entry entries[] = {
	{ .id = "tag:example.org,2026-01-01:two",
	    .title = "Three green builds",
	    .link = "https://example.org/feed/orion/deneb/highlight/two",
	    .author = "Vega",
	    .html = "<p>We <em>cheered</em> &amp; danced.</p>",
	    .published = SOMETIME,
	    .updated = SOMETIME + 60,
	    .categories = { { "highlight", "tag:kind", "Highlight" },
		{ "orion", "tag:cohort", "Orion" }, { "3", "tag:week", NULL } },
	    .category_count = 3 },
	{ .id = "tag:example.org,2026-01-01:one",
	    .title = "Taken back",
	    .link = "https://example.org/feed/",
	    .author = "Programme",
	    .published = SOMETIME - 60,
	    .updated = SOMETIME }
};

static const struct atom_feed whole = { .id = "tag:example.org,2026-01-01:feed",
	.language = "en",
	.title = "Programme",
	.subtitle = "What happens",
	.rights = "Words belong to those who said them",
	.icon = "https://example.org/static/icon.png",
	.self = "https://example.org/feed/all.json",
	.alternate = "https://example.org/feed/",
	.author = "Programme",
	.updated = SOMETIME + 60,
	.entries = entries,
	.entry_count = 2 };

/* As a strict reader takes it; freed with the arena. */
static void
forget(void *document)
{
	json_decref(document);
}

static json_t *
read_strictly(struct arena *arena, const struct atom_feed *feed)
{
	struct bytes *bytes = json_feed_document(arena, feed);
	json_t *document;
	json_error_t error;

	assert_non_null(bytes);
	document = json_loadb(bytes->data, bytes->length, JSON_REJECT_DUPLICATES, &error);
	if (document == NULL) {
		fail_msg("%s: %s", error.text, bytes->data);
	}
	arena_cleanup(arena, forget, document);
	return document;
}

static const char *
text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static const json_t *
item(const json_t *document, size_t index)
{
	return json_array_get(json_object_get(document, "items"), index);
}

static void
feed_46_a_feed_says_what_it_is_and_where(void **state)
{
	struct arena *arena = arena_new();
	const json_t *document = read_strictly(arena, &whole);

	(void)state;
	assert_string_equal(text(document, "version"), "https://jsonfeed.org/version/1.1");
	assert_string_equal(text(document, "title"), "Programme");
	assert_string_equal(text(document, "description"), "What happens");
	assert_string_equal(text(document, "home_page_url"), "https://example.org/feed/");
	assert_string_equal(text(document, "feed_url"), "https://example.org/feed/all.json");
	assert_string_equal(text(document, "icon"), "https://example.org/static/icon.png");
	assert_string_equal(text(document, "language"), "en");
	assert_null(json_object_get(document, "next_url"));
	assert_null(json_object_get(document, "hubs"));
	assert_null(json_object_get(document, "author"));
	assert_string_equal(
	    text(json_array_get(json_object_get(document, "authors"), 0), "name"), "Programme");
	arena_free(arena);
}

static void
feed_46_an_item_has_a_string_id_dates_author_and_tags(void **state)
{
	struct arena *arena = arena_new();
	const json_t *document = read_strictly(arena, &whole);
	const json_t *two = item(document, 0);

	(void)state;
	assert_int_equal(json_array_size(json_object_get(document, "items")), 2);
	assert_string_equal(text(two, "id"), entries[0].id);
	assert_string_equal(text(two, "url"), entries[0].link);
	assert_string_equal(text(two, "title"), entries[0].title);
	assert_string_equal(text(two, "content_html"), entries[0].html);
	assert_null(json_object_get(two, "content_text"));
	assert_string_equal(text(two, "date_published"), "2026-11-22T07:00:00Z");
	assert_string_equal(text(two, "date_modified"), "2026-11-22T07:01:00Z");
	assert_string_equal(
	    text(json_array_get(json_object_get(two, "authors"), 0), "name"), "Vega");
	assert_int_equal(json_array_size(json_object_get(two, "tags")), 3);
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(two, "tags"), 0)), "Highlight");
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(two, "tags"), 2)), "3");
	arena_free(arena);
}

static void
feed_46_an_item_without_content_has_its_summary_or_title(void **state)
{
	struct arena *arena = arena_new();
	struct atom_feed feed = whole;
	struct atom_entry in_short = entries[1];
	const json_t *one = item(read_strictly(arena, &whole), 1);

	(void)state;
	assert_string_equal(text(one, "content_text"), "Taken back");
	assert_null(json_object_get(one, "content_html"));
	in_short.summary = "In short";
	feed.entries = &in_short;
	feed.entry_count = 1;
	one = item(read_strictly(arena, &feed), 0);
	assert_string_equal(text(one, "content_text"), "In short");
	arena_free(arena);
}

static void
feed_27_feed_45_an_archive_and_a_hub_are_named_where_there_are(void **state)
{
	struct arena *arena = arena_new();
	struct atom_feed feed = whole;
	const json_t *document, *hubs;

	(void)state;
	feed.previous = "https://example.org/feed/all/archive/3-1.json";
	feed.hub = "https://hub.example.org/";
	document = read_strictly(arena, &feed);
	hubs = json_object_get(document, "hubs");
	assert_string_equal(
	    text(document, "next_url"), "https://example.org/feed/all/archive/3-1.json");
	assert_int_equal(json_array_size(hubs), 1);
	assert_string_equal(text(json_array_get(hubs, 0), "type"), "WebSub");
	assert_string_equal(text(json_array_get(hubs, 0), "url"), "https://hub.example.org/");
	arena_free(arena);
}

static void
feed_02_feed_22_hostile_text_stays_text(void **state)
{
	struct arena *arena = arena_new();
	const struct atom_entry hostile = { .id = "tag:example.org,2026-01-01:\"x\\",
		.title =
		    "a\x01\x7f \"b\"\r\n\\ <c> \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 \xc0\xaf",
		.link = "https://example.org/",
		.author = "\xe2\x80\x8bVega\x02",
		.html = "<p>\x0c\"\\u0000\" \xef\xbf\xbf\xed\xa0\x80</p>\r\n" };
	struct atom_feed feed = whole;
	const json_t *only;

	(void)state;
	feed.entries = &hostile;
	feed.entry_count = 1;
	only = item(read_strictly(arena, &feed), 0);
	assert_string_equal(text(only, "id"), "tag:example.org,2026-01-01:\"x\\");
	assert_string_equal(
	    text(only, "title"), "a \"b\" \\ <c> \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80");
	assert_string_equal(text(only, "content_html"), "<p>\"\\u0000\" </p>\n");
	arena_free(arena);
}

static void
feed_33_the_bytes_are_a_function_of_the_feed(void **state)
{
	struct arena *arena = arena_new(), *other = arena_new();
	struct bytes *one = json_feed_document(arena, &whole);
	struct bytes *two = json_feed_document(other, &whole);

	(void)state;
	assert_int_equal(one->length, two->length);
	assert_memory_equal(one->data, two->data, one->length);
	assert_int_equal(one->data[one->length - 1], '\n');
	arena_free(arena);
	arena_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feed_46_a_feed_says_what_it_is_and_where),
		cmocka_unit_test(feed_46_an_item_has_a_string_id_dates_author_and_tags),
		cmocka_unit_test(feed_46_an_item_without_content_has_its_summary_or_title),
		cmocka_unit_test(feed_27_feed_45_an_archive_and_a_hub_are_named_where_there_are),
		cmocka_unit_test(feed_02_feed_22_hostile_text_stays_text),
		cmocka_unit_test(feed_33_the_bytes_are_a_function_of_the_feed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
