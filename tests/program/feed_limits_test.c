/*
 * Rules 25 and 26 of feeds, and what never gets into one.
 */
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
#include "model/standup.h"
#include "web/gzip.h"

#define HIGHLIGHT "/a:feed/a:entry[a:category/@term='highlight']"

/* Text that does not compress: digits of a small generator. */
static const char *
noise(struct arena *arena, size_t length, uint32_t seed)
{
	char *text = arena_array(arena, length + 1, 1);
	size_t i;

	for (i = 0; i < length; i++) {
		seed = seed * 1664525u + 1013904223u;
		text[i] = (char)('0' + (seed >> 24) % 75);
		if (strchr("<>\\`[]?@;:=_", text[i]) != NULL) {
			text[i] = 'x';
		}
	}
	return text;
}

/* "&" takes nine bytes of a document: the largest words a form lets in. */
static const char *
ampersands(struct arena *arena)
{
	char *text = arena_array(arena, 4001, 1);

	memset(text, '&', 4000);
	return text;
}

static void
feed_25_no_more_than_a_hundred_entries(void **state)
{
	int i;

	for (i = 0; i < 120; i++) {
		(void)community_highlight(*state, COMMUNITY_VEGA,
		    arena_format(harness_arena(*state), "Number %d", i), "");
	}
	community_look(*state, "/feed/all.atom");
	assert_in_range(community_count(*state, "//a:entry"), 50, 99);
	assert_string_equal(community_text(*state, "//a:entry[1]/a:title"), "Number 119");
}

static void
feed_25_no_document_entry_or_transfer_is_too_large(void **state)
{
	struct arena *arena = harness_arena(*state);
	struct bytes *gzip;
	int i;

	for (i = 0; i < 90; i++) {
		(void)community_highlight(*state, COMMUNITY_VEGA, "Large",
		    i % 3 == 0 ? ampersands(arena) : noise(arena, 4000, (uint32_t)i));
	}
	/* Beside its 36 kB of words the first quote fits, the second not. */
	for (i = COMMUNITY_LYRA; i <= COMMUNITY_MIRA; i++) {
		community_quote(
		    *state, 88, i, i == COMMUNITY_LYRA ? noise(arena, 3000, 7) : ampersands(arena));
	}
	community_look(*state, "/feed/all.atom");
	assert_true(harness_body_length(*state) <= 512 * 1024);
	assert_true(community_count(*state, "//a:entry") > 5);
	assert_int_equal(community_count(*state, "//a:content[string-length(.) > 65536]"), 0);
	assert_int_equal(community_count(*state,
			     "//a:content[contains(.,"
			     " '<blockquote')]"),
	    1);
	assert_int_equal(community_count(*state,
			     "//a:content[contains("
			     "substring-after(., '<blockquote'), '<blockquote')]"),
	    0);
	gzip = gzip_bytes(arena, harness_body_text(*state), harness_body_length(*state));
	assert_true(gzip->length <= 64 * 1024);
	harness_get(*state, "/feed/");
	harness_expect_status(*state, 200);
	assert_true(harness_body_length(*state) < 256 * 1024);
}

static void
feed_25_an_entry_whose_words_alone_are_too_large_keeps_its_page(void **state)
{
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "Large", "x");

	assert_int_equal(id, 1);
	harness_run_sql(*state,
	    "PRAGMA ignore_check_constraints = 1;"
	    "UPDATE highlight SET body = replace(hex(zeroblob(5000)), '0',"
	    " '& ')");
	community_look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state, HIGHLIGHT), 1);
	assert_int_equal(community_count(*state, HIGHLIGHT "/a:content"), 0);
}

static void
feed_26_a_feed_that_exists_is_never_empty(void **state)
{
	static const char *const none[] = { "/feed/cygnus.atom", "/feed/draco.atom",
		"/feed/unheard-of.atom", "/feed/.atom" };
	struct harness *fresh;
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		harness_get(*state, none[i]);
		harness_expect_status(*state, 404);
	}
	/* Nothing tells a draft from what was never heard of. */
	harness_get(*state, "/feed/draco.atom");
	harness_expect_not(*state, "Draco");
	fresh = harness_new(&feed_program);
	community_look(fresh, "/feed/all.atom");
	assert_string_equal(community_texts(fresh, "//a:entry/a:title"), "Test Programme begins\n");
	harness_free(fresh);
}

static void
safety_31_what_is_private_is_in_no_feed(void **state)
{
	static const char *const paths[] = { "/feed/all.atom", "/feed/orion.atom", "/feed/" };
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "One", "x");
	size_t i;

	community_quote(*state, id, COMMUNITY_MIRA, "shared with all");
	harness_run_sql(*state,
	    "INSERT INTO check_in (id, key, standup_id, member_id, did, next,"
	    " blocked, audience, did_audience, next_audience,"
	    " blocked_audience, created_at) VALUES (9, 'c9', 1, 2,"
	    " '" COMMUNITY_CANARY "', '', '', 3, 3, 3, 3, 1);"
	    "INSERT INTO question (key, standup_id, member_id, body, audience,"
	    " asked_at) VALUES ('q', 1, 2, '" COMMUNITY_CANARY "', 3, 1);"
	    "UPDATE standup SET notes = '" COMMUNITY_CANARY "';"
	    "UPDATE cohort SET chat_link = 'https://" COMMUNITY_CANARY "/',"
	    " goal = 'Shared' WHERE id = 1;"
	    "UPDATE mentoring_group SET room_link = '" COMMUNITY_CANARY "'");
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		feed_cache_clear();
		harness_get(*state, paths[i]);
		harness_expect_status(*state, 200);
		harness_expect(*state, "shared with all");
		harness_expect_not(*state, COMMUNITY_CANARY);
		harness_expect_not(*state, "Private");
		harness_expect_not(*state, "Lyra");
	}
	/* Were a quote of narrowed words left behind, it would be silent. */
	harness_run_sql(*state,
	    "DROP TRIGGER highlight_sees_check_in;"
	    "UPDATE check_in SET audience = 1, did_audience = 1,"
	    " next_audience = 1, blocked_audience = 1");
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		feed_cache_clear();
		harness_get(*state, paths[i]);
		harness_expect_status(*state, 200);
		harness_expect_not(*state, "shared with all");
	}
}

static void
feed_29_what_is_taken_back_is_blank(void **state)
{
	struct highlight highlight = { .id = community_highlight(
					   *state, COMMUNITY_VEGA, "Gone", "x") };

	assert_true(db_begin_write(harness_db(*state)));
	assert_true(highlight_take_back(harness_db(*state), &highlight, harness_now(*state)));
	assert_true(db_commit(harness_db(*state)));
	community_look(*state, "/feed/all.atom");
	harness_expect_not(*state, "Gone");
	harness_expect_not(*state, "Vega");
	assert_string_equal(
	    community_text(*state, HIGHLIGHT "/a:title"), "This highlight was taken back");
	assert_string_equal(
	    community_texts(*state, HIGHLIGHT "/a:category/@term"), "highlight\norion\n");
	assert_int_equal(community_count(*state, HIGHLIGHT "/a:content"), 0);
	assert_string_equal(
	    community_text(*state, HIGHLIGHT "/a:link/@href"), "http://localhost:8080/feed/");
	harness_run_sql(*state, "DELETE FROM highlight");
	community_look(*state, "/feed/orion.atom");
	assert_int_equal(community_count(*state, HIGHLIGHT), 1);
}

static void
safety_54_updated_never_goes_back_with_the_clock(void **state)
{
	const char *before;

	community_look(*state, "/feed/all.atom");
	before = community_text(*state, "/a:feed/a:updated");
	harness_set_now(*state, HARNESS_NOW - 2 * 86400);
	(void)community_highlight(*state, COMMUNITY_VEGA, "Late", "");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"), before);
	assert_string_equal(community_text(*state, "//a:entry[1]/a:title"), "Late");
	/* Not later than Date (RFC 9110 section 8.8.2.1): left out. */
	assert_null(harness_header(*state, "Last-Modified"));
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_25_no_more_than_a_hundred_entries),
		feed_test(feed_25_no_document_entry_or_transfer_is_too_large),
		feed_test(feed_25_an_entry_whose_words_alone_are_too_large_keeps_its_page),
		feed_test(feed_26_a_feed_that_exists_is_never_empty),
		feed_test(safety_31_what_is_private_is_in_no_feed),
		feed_test(feed_29_what_is_taken_back_is_blank),
		feed_test(safety_54_updated_never_goes_back_with_the_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
