/*
 * Rules 25 to 27 of feeds: archives, large documents, and every feed there is.
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
#include "model/erase.h"
#include "model/feed.h"
#include "web/gzip.h"

#define BASE "http://localhost:8080"

/* Every feed of the community, without its suffix. */
static const char *const feeds[] = { "/feed/all", "/feed/kind/announcements",
	"/feed/kind/applications", "/feed/kind/highlights", "/feed/orion", "/feed/orion/deneb" };

enum { FEEDS = sizeof(feeds) / sizeof(feeds[0]) };

static void
publish(struct harness *harness, int count)
{
	for (int i = 0; i < count; i++) {
		(void)community_highlight(harness, COMMUNITY_VEGA,
		    arena_format(harness_arena(harness), "Number %d", i), "Some *words*");
	}
}

static void
look(struct harness *harness, const char *stem)
{
	community_look(harness, arena_format(harness_arena(harness), "%s.atom", stem));
}

/* The path of what a document links by this relation, or NULL. */
static const char *
linked(struct harness *harness, const char *relation)
{
	const char *address = community_text(harness,
	    arena_format(harness_arena(harness), "/a:feed/a:link[@rel='%s']/@href", relation));

	if (address == NULL) {
		return NULL;
	}
	assert_memory_equal(address, BASE, strlen(BASE));
	return address + strlen(BASE);
}

/* Gives the feed a first archive and shows it; its path. */
static const char *
show_archive(struct harness *harness)
{
	const char *path;

	publish(harness, 110);
	look(harness, "/feed/orion");
	path = linked(harness, "prev-archive");
	assert_non_null(path);
	community_look(harness, path);
	return path;
}

static void
feed_27_a_document_links_to_its_past_and_says_whether_it_is_all(void **state)
{
	look(*state, "/feed/orion");
	assert_null(linked(*state, "prev-archive"));
	assert_int_equal(community_count(*state, "/a:feed/fh:complete"), 1);
	publish(*state, 98);
	look(*state, "/feed/orion");
	assert_int_equal(community_count(*state, "/a:feed/fh:complete"), 1);
	assert_int_equal(community_count(*state, "//a:entry"), 99);
	publish(*state, 1);
	look(*state, "/feed/orion");
	assert_int_equal(community_count(*state, "/a:feed/fh:complete"), 0);
	assert_int_equal(community_count(*state, "//a:entry"), 50);
	assert_non_null(linked(*state, "prev-archive"));
	assert_null(linked(*state, "current"));
	assert_int_equal(community_count(*state, "/a:feed/fh:archive"), 0);
}

static void
feed_27_an_archive_says_what_it_is_and_is_kept_for_a_year(void **state)
{
	struct arena *arena = harness_arena(*state);
	const char *path = show_archive(*state);
	const char *tag;

	assert_string_equal(linked(*state, "self"), path);
	assert_string_equal(linked(*state, "current"), "/feed/orion.atom");
	assert_string_equal(linked(*state, "alternate"), "/feed/orion/archive/1");
	assert_null(linked(*state, "prev-archive"));
	assert_int_equal(community_count(*state, "/a:feed/fh:archive"), 1);
	assert_int_equal(community_count(*state, "/a:feed/fh:complete"), 0);
	assert_int_equal(community_count(*state, "//a:entry"), 50);
	assert_string_equal(
	    harness_header(*state, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_string_equal(
	    harness_header(*state, "Content-Type"), "application/atom+xml; charset=utf-8");
	assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
	assert_string_equal(harness_header(*state, "Access-Control-Allow-Origin"), "*");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"),
	    community_text(*state, "//a:entry[1]/a:updated"));
	tag = arena_copy(arena, harness_header(*state, "ETag"));
	harness_variable(*state, "HTTP_IF_NONE_MATCH", tag);
	harness_head(*state, path);
	harness_expect_status(*state, 304);
	assert_string_equal(
	    harness_header(*state, "Cache-Control"), "public, max-age=31536000, immutable");
	harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", harness_header(*state, "Last-Modified"));
	harness_get(*state, path);
	harness_expect_status(*state, 304);
}

static void
feed_27_an_old_address_leads_to_the_new_one(void **state)
{
	struct arena *arena = harness_arena(*state);
	const char *path = show_archive(*state);
	const char *id = community_text(*state, "/a:feed/a:id");
	const char *now;

	harness_run_sql(*state,
	    "UPDATE highlight SET title = 'Edited', updated_at = updated_at + 1 WHERE id = 1");
	look(*state, "/feed/orion");
	now = linked(*state, "prev-archive");
	assert_string_not_equal(now, path);
	harness_get(*state, path);
	harness_expect_status(*state, 302);
	assert_string_equal(
	    harness_header(*state, "Location"), arena_format(arena, BASE "%s", now));
	assert_string_equal(harness_header(*state, "Cache-Control"), "public, max-age=60");
	assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
	/* Its JSON has moved with it. */
	harness_get(
	    *state, arena_format(arena, "%.*s.json", (int)(strlen(path) - strlen(".atom")), path));
	harness_expect_status(*state, 302);
	community_look(*state, now);
	assert_string_equal(community_text(*state, "/a:feed/a:id"), id);
	assert_int_equal(community_count(*state, "//a:entry[a:title='Edited']"), 1);
}

static void
feed_27_no_other_address_is_an_archive(void **state)
{
	static const char *const wrong[] = { "1", "1-", "-1", "0-2", "1-0", "01-2", "1-02", "+1-2",
		"1-2-3", "2-2", "1-999", "1-99999999999999999999", "99999999999-2", "1-x", "1 -2",
		"9223372036854775807-2" };
	struct arena *arena = harness_arena(*state);

	(void)show_archive(*state);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *path = arena_format(arena, "/feed/orion/archive/%s.atom",
		    strcmp(wrong[i], "1 -2") == 0 ? "1%20-2" : wrong[i]);

		harness_variable(*state, "HTTP_IF_NONE_MATCH", "*");
		harness_get(*state, path);
		if (harness_status(*state) != 404) {
			fail_msg("%s: %d", path, harness_status(*state));
		}
	}
	/* Of feeds without an archive. */
	harness_get(*state, "/feed/kind/applications/archive/1-2.atom");
	harness_expect_status(*state, 404);
	harness_get(*state, "/feed/kind/unheard-of.atom");
	harness_expect_status(*state, 404);
	harness_get(*state, "/feed/orion/unheard-of.atom");
	harness_expect_status(*state, 404);
	harness_get(*state, "/feed/draco/archive/1-2.atom");
	harness_expect_status(*state, 404);
}

/* Text that does not compress. */
static const char *
noise(struct arena *arena, uint32_t seed)
{
	char *text = arena_array(arena, 3901, 1);

	for (size_t i = 0; i < 3900; i++) {
		seed = seed * 1664525u + 1013904223u;
		text[i] = i % 60 == 59 ? ' ' : (char)('a' + (seed >> 24) % 26);
	}
	return text;
}

static void
feed_25_what_is_too_large_is_told_in_short_and_nothing_is_lost(void **state)
{
	struct arena *arena = harness_arena(*state);
	struct bytes *gzip;
	size_t whole;

	for (int i = 0; i < 120; i++) {
		(void)community_highlight(
		    *state, COMMUNITY_VEGA, "Large", noise(arena, (uint32_t)i));
	}
	for (int i = 0; i < 2; i++) {
		look(*state, "/feed/orion");
		if (i == 1) {
			community_look(*state, linked(*state, "prev-archive"));
		}
		assert_true(community_count(*state, "//a:entry") >= 50);
		assert_true(harness_body_length(*state) <= 512 * 1024);
		gzip = gzip_bytes(arena, harness_body_text(*state), harness_body_length(*state));
		assert_true(gzip->length <= 64 * 1024);
		assert_true(gzip->length > 56 * 1024);
		whole = community_count(*state, "//a:content");
		assert_in_range(whole, 5, 49);
		/* The newest are the whole ones, each other has its summary. */
		assert_int_equal(community_count(*state, "//a:entry[a:content and a:summary]"), 0);
		assert_int_equal(
		    community_count(*state, "//a:entry[not(a:content) and not(a:summary)]"), 0);
		assert_int_equal(
		    community_count(
			*state, "//a:entry[a:content]/preceding-sibling::a:entry[not(a:content)]"),
		    0);
	}
}

static void
feed_25_summaries_give_way_to_titles_where_not_even_they_fit(void **state)
{
	struct arena *arena = harness_arena(*state);
	struct atom_entry atoms[99];
	struct entry entries[99];
	struct feed_document document = { .entries = entries, .entry_count = 99 };
	struct bytes *gzip, *plain;

	(void)state;
	document.atom = (struct atom_feed){ .id = "i",
		.language = "en",
		.title = "t",
		.self = "s",
		.alternate = "a",
		.author = "p" };
	document.atom.entries = atoms;
	document.atom.entry_count = 99;
	for (int i = 0; i < 99; i++) {
		/* A letter with accents by the hundred is one grapheme. */
		struct bytes *words = bytes_new(arena);

		for (uint32_t j = 0, seed = (uint32_t)i; j < 12000; j++) {
			seed = seed * 1664525u + 1013904223u;
			bytes_text(words, j % 24 == 0 ? "a" : "");
			bytes_format(words, "\xcc%c", (int)(0x80 + (seed >> 24) % 64) - 256);
		}
		entries[i] = (struct entry){ .words = words->data };
		atoms[i] = (struct atom_entry){ .id = arena_format(arena, "id-%d", i),
			.title = "Title",
			.link = "l",
			.author = "a",
			.html = words->data };
	}
	plain = feed_fit(arena, &document, atom_document, &gzip);
	assert_true(plain->length <= 512 * 1024 && gzip->length <= 64 * 1024);
	assert_non_null(strstr(plain->data, "id-98"));
	assert_null(strstr(plain->data, "<content"));
	assert_non_null(strstr(plain->data, "<summary"));
}

/* The document of a feed keeps the rules of every document. */
static void
expect_rules(struct harness *harness, const char *stem)
{
	struct arena *arena = harness_arena(harness);

	assert_int_equal(community_count(harness,
			     "(/a:feed|//a:entry)[count(a:id)!=1 or count(a:title)!=1"
			     " or count(a:updated)!=1 or not(normalize-space(a:title))]"),
	    0);
	assert_int_equal(community_count(harness, "//a:id[. = preceding::a:id]"), 0);
	assert_int_equal(community_count(harness, "//a:entry[not(a:author/a:name[text()])]"), 0);
	assert_int_equal(community_count(harness,
			     "//a:link[@rel!='hub']/@href[not(starts-with(., '" BASE "/'))] |"
			     "//thr:*/@href[not(starts-with(., '" BASE "/'))] | //@xml:base"),
	    0);
	assert_int_equal(
	    community_count(harness, "//a:entry[count(a:link[@rel='alternate'])!=1]"), 0);
	assert_int_equal(community_count(harness, "//a:title[not(@type='text')]"), 0);
	assert_int_equal(community_count(harness,
			     "/a:feed[a:subtitle and a:rights and a:generator and a:icon"
			     " and a:logo and count(a:link[@rel='alternate'])=1]"),
	    1);
	assert_string_equal(linked(harness, "self"), arena_format(arena, "%s.atom", stem));
	assert_true(community_count(harness, "//a:entry") > 0);
}

static void
feed_01_to_26_hold_in_every_feed_there_is(void **state)
{
	const char *const hostile = "A\001\xe2\x80\xae<b>&]]>\xf0\x9f\x9a\x80\xef\xbf\xbe";
	struct arena *arena = harness_arena(*state);

	community_activity(*state, "groups_formed", HARNESS_NOW + 2000);
	community_activity(*state, "cohort_launched", HARNESS_NOW + 2001);
	publish(*state, 5);
	harness_run_sql(*state,
	    arena_format(arena,
		"UPDATE cohort SET name = '%s', goal = '%s'; UPDATE programme SET name = '%s',"
		" tagline = '%s'; UPDATE mentoring_group SET name = '%s', goal = '%s';"
		"UPDATE highlight SET title = '%s', body = '%s' WHERE id > 2;"
		"UPDATE highlight SET withdrawn_at = updated_at WHERE id = 5",
		hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile));
	for (size_t i = 0; i < FEEDS; i++) {
		look(*state, feeds[i]);
		expect_rules(*state, feeds[i]);
		harness_expect_not(*state, "\001");
		harness_expect_not(*state, "<b>");
	}
}

static void
feed_09_each_feed_has_its_own_id_and_entries_have_one_in_all(void **state)
{
	struct arena *arena = harness_arena(*state);
	const char *ids[FEEDS];
	const char *entry;

	publish(*state, 1);
	look(*state, "/feed/all");
	entry = community_text(*state, "//a:entry[a:title='Number 0']/a:id");
	for (size_t i = 0; i < FEEDS; i++) {
		look(*state, feeds[i]);
		ids[i] = community_text(*state, "/a:feed/a:id");
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(ids[i], ids[j]);
		}
		assert_int_equal(
		    community_count(*state, arena_format(arena, "//a:entry/a:id[. = '%s']", entry)),
		    community_count(*state, "//a:entry[a:title='Number 0']"));
	}
	/* A kind's carries that kind, and where it all began. */
	look(*state, "/feed/kind/highlights");
	assert_string_equal(community_texts(*state, "//a:entry/a:category[1]/@term"),
	    "highlight\nprogramme_began\n");
	look(*state, "/feed/kind/announcements");
	assert_string_equal(community_texts(*state, "//a:entry/a:category[1]/@term"),
	    "cohort_opened\nprogramme_began\n");
}

static void
feed_26_an_empty_cohort_and_its_groups_have_no_feed(void **state)
{
	static const char *const none[] = { "/feed/cygnus.atom", "/feed/orion/deneb.atom",
		"/feed/draco/none.atom", "/feed/cygnus/archive/1-2.atom" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		harness_variable(*state, "HTTP_IF_NONE_MATCH", "*");
		harness_get(*state, none[i]);
		harness_expect_status(*state, 404);
	}
	publish(*state, 1);
	look(*state, "/feed/orion/deneb");
	assert_string_equal(
	    community_text(*state, "/a:feed/a:title"), "Deneb, Orion \xe2\x80\x93 Test Programme");
}

static void
feed_10_safety_58_who_is_erased_is_named_in_no_feed_and_no_archive(void **state)
{
	struct harness *harness = *state;
	const struct erase erase = { .secret = harness_site(harness)->secret,
		.words = { .name = "Somebody", .removed = "Removed" },
		.withdraws = true };
	const char *archive = show_archive(harness);

	harness_expect(harness, "Vega");
	assert_true(db_begin_write(harness_db(harness)));
	assert_true(person_erase(
	    harness_db(harness), harness_arena(harness), &erase, 1, harness_now(harness)));
	assert_true(db_commit(harness_db(harness)));
	for (size_t i = 0; i < FEEDS; i++) {
		look(harness, feeds[i]);
		harness_expect_not(harness, "Vega");
		harness_expect_not(harness, "Number 1");
	}
	look(harness, "/feed/orion");
	feed_cache_clear();
	harness_get(harness, archive);
	harness_expect_status(harness, 302);
	look(harness, "/feed/orion");
	community_look(harness, linked(harness, "prev-archive"));
	harness_expect_not(harness, "Vega");
	assert_int_equal(community_count(harness, "//a:entry[a:content]"), 1);
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_27_a_document_links_to_its_past_and_says_whether_it_is_all),
		feed_test(feed_27_an_archive_says_what_it_is_and_is_kept_for_a_year),
		feed_test(feed_27_an_old_address_leads_to_the_new_one),
		feed_test(feed_27_no_other_address_is_an_archive),
		feed_test(feed_25_what_is_too_large_is_told_in_short_and_nothing_is_lost),
		feed_test(feed_25_summaries_give_way_to_titles_where_not_even_they_fit),
		feed_test(feed_01_to_26_hold_in_every_feed_there_is),
		feed_test(feed_09_each_feed_has_its_own_id_and_entries_have_one_in_all),
		feed_test(feed_26_an_empty_cohort_and_its_groups_have_no_feed),
		feed_test(feed_10_safety_58_who_is_erased_is_named_in_no_feed_and_no_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
