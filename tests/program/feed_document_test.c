/*
 * Rules 6 to 15 and 23 to 26 of feeds: ids, dates, order, sizes; and what
 * never gets into a feed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "community.h"
#include "ground/text.h"
#include "model/standup.h"
#include "web/gzip.h"

#define HIGHLIGHT "/a:feed/a:entry[a:category/@term='highlight']"

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&feed_program);

	feed_cache_clear();
	community_make(harness);
	community_activity(harness, "cohort_opened", HARNESS_NOW + 1000);
	harness_set_now(harness, HARNESS_NOW + 5000);
	*state = harness;
	return 0;
}

static int
tear_down(void **state)
{
	feed_cache_clear();
	harness_free(*state);
	return 0;
}

/* This handle's own writes do not move its data_version: a new worker. */
static void
look(struct harness *harness, const char *path)
{
	feed_cache_clear();
	harness_get(harness, path);
	harness_expect_status(harness, 200);
	community_parse(harness);
	community_validate(harness);
}

static void
feed_06_one_id_title_and_updated_each(void **state)
{
	static const char *const once[] = { "subtitle", "generator", "icon",
		"logo", "rights", "content", "published", "summary" };
	struct arena *arena = harness_arena(*state);
	size_t i;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state, "(/a:feed|//a:entry)["
	    "count(a:id)!=1 or count(a:title)!=1 or count(a:updated)!=1]"), 0);
	for (i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
		assert_int_equal(community_count(*state, arena_format(arena,
		    "(/a:feed|//a:entry)[count(a:%s)>1]", once[i])), 0);
	}
}

static void
feed_07_ids_never_change(void **state)
{
	struct harness *elsewhere;
	const char *before;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	(void)community_highlight(*state, COMMUNITY_VEGA, "Two", "words");
	look(*state, "/feed/orion.atom?with=a&query");
	before = community_texts(*state, "//a:id");
	harness_run_sql(*state, "UPDATE highlight SET title = 'Other',"
	    " body = 'edited', updated_at = updated_at + 60;"
	    "UPDATE cohort SET name = 'Renamed' WHERE id = 1;"
	    "UPDATE mentoring_group SET name = 'Renamed', slug = 'other';"
	    "UPDATE programme SET name = 'Renamed'");
	look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state, "//a:id"), before);
	assert_int_equal(community_count(*state,
	    "//a:id[. = preceding::a:id]"), 0);
	/* Another host, scheme, port and path: the feed's id is the same. */
	look(*state, "/feed/all.atom");
	before = arena_copy(harness_arena(*state),
	    community_text(*state, "/a:feed/a:id"));
	elsewhere = harness_new_at(&feed_program, "https://x.org:8443/crew");
	look(elsewhere, "/feed/all.atom");
	assert_string_equal(community_text(elsewhere, "/a:feed/a:id"), before);
	harness_free(elsewhere);
}

static void
feed_08_ids_are_tag_uris_of_the_configured_domain(void **state)
{
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:id"),
	    "tag:example.org,2026-01-01:aaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_int_equal(community_count(*state, "//a:id[not(starts-with(.,"
	    " 'tag:example.org,2026-01-01:')) or"
	    " string-length(substring-after(substring-after(., ','), ':'))"
	    " != 26]"), 0);
}

static void
feed_09_an_entry_has_one_id_in_all_feeds(void **state)
{
	const char *all, *all_feed;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	look(*state, "/feed/all.atom");
	all = community_texts(*state, "//a:entry[a:category/@term='orion']/"
	    "a:id");
	all_feed = community_text(*state, "/a:feed/a:id");
	look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state, "//a:entry/a:id"), all);
	assert_string_not_equal(community_text(*state, "/a:feed/a:id"),
	    all_feed);
}

static void
feed_10_every_entry_has_an_author_who_wants_to_be_named(void **state)
{
	const char *body;

	community_quote(*state, community_highlight(*state, COMMUNITY_VEGA,
	    "Named", "words"), COMMUNITY_LYRA, "quoted without a name");
	look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state,
	    "//a:entry[normalize-space(a:author/a:name)='']"), 0);
	assert_int_equal(community_count(*state, "//a:email"), 0);
	assert_string_equal(community_text(*state,
	    HIGHLIGHT "/a:author/a:name"), "Vega");
	body = harness_body_text(*state);
	assert_null(strstr(body, "@"));
	assert_null(strstr(body, "Hidden"));
	assert_null(strstr(body, "Private"));
	harness_expect(*state, "Someone in Deneb");
	/* Who hides the name, or leaves, has a stand-in from then on. */
	harness_run_sql(*state, "UPDATE person SET show_public_name = 0");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state,
	    HIGHLIGHT "/a:author/a:name"), "A navigator of Deneb");
	harness_run_sql(*state, "UPDATE person SET show_public_name = 1;"
	    "UPDATE member SET left_at = 5 WHERE id = 1");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state,
	    HIGHLIGHT "/a:author/a:name"), "A navigator of Deneb");
	(void)community_highlight(*state, COMMUNITY_POLARIS, "By another", "");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "//a:entry[a:title="
	    "'By another']/a:author/a:name"), "An organiser of Orion");
}

static void
feed_11_dates_are_utc_seconds_that_have_been(void **state)
{
	look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state, "(//a:updated|//a:published)"
	    "[string-length(.)!=20 or substring(., 20)!='Z' or"
	    " substring(., 11, 1)!='T' or contains(., '.')]"), 0);
	assert_string_equal(community_text(*state, "//a:entry[1]/a:updated"),
	    "2026-11-22T07:16:40Z");
	/* Strings of one form compare as instants do: now is 08:23:20. */
	assert_int_equal(community_count(*state, "(//a:updated|//a:published)"
	    "[number(translate(., '-:TZ', '')) > 20261122082320]"), 0);
}

static void
feed_12_updated_moves_with_an_edit_and_published_never(void **state)
{
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "One", "a");
	const char *published, *updated;

	community_quote(*state, id, COMMUNITY_MIRA, "quoted");
	look(*state, "/feed/all.atom");
	published = community_text(*state, HIGHLIGHT "/a:published");
	updated = community_text(*state, HIGHLIGHT "/a:updated");
	assert_string_equal(published, updated);
	/* Words taken back: readers are to notice. */
	harness_run_sql(*state, "UPDATE check_in SET audience = 2,"
	    " did_audience = 2, next_audience = 2, edited_at = 1795340000");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:published"),
	    published);
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:updated"),
	    "2026-11-22T09:33:20Z");
	harness_expect_not(*state, "quoted");
	harness_run_sql(*state, "UPDATE highlight SET body = 'b',"
	    " updated_at = 1795350000");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:published"),
	    published);
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:updated"),
	    "2026-11-22T12:20:00Z");
}

static void
feed_13_updated_is_that_of_the_newest_change_never_now(void **state)
{
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "One", "a");

	harness_set_now(*state, HARNESS_NOW + 86400);
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"),
	    "2026-11-22T08:23:20Z");
	harness_run_sql(*state, arena_format(harness_arena(*state),
	    "UPDATE highlight SET withdrawn_at = %lld, updated_at = %lld"
	    " WHERE id = %d", (long long)HARNESS_NOW + 7200,
	    (long long)HARNESS_NOW + 7200, (int)id));
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"),
	    "2026-11-22T09:00:00Z");
}

static void
feed_14_newest_first_in_a_total_order(void **state)
{
	const char *titles;

	(void)community_highlight(*state, COMMUNITY_VEGA, "first", "");
	(void)community_highlight(*state, COMMUNITY_VEGA, "second", "");
	(void)community_highlight(*state, COMMUNITY_VEGA, "third", "");
	look(*state, "/feed/all.atom");
	titles = community_texts(*state, "//a:entry/a:title");
	assert_string_equal(titles, "third\nsecond\nfirst\n"
	    "Orion is open for applications\nTest Programme begins\n");
}

static void
feed_15_one_self_and_one_page(void **state)
{
	struct harness *crew;

	look(*state, "/feed/all.atom?self=/evil");
	assert_string_equal(community_texts(*state,
	    "/a:feed/a:link[@rel='self']/@href"),
	    "http://localhost:8080/feed/all.atom\n");
	assert_string_equal(community_texts(*state,
	    "/a:feed/a:link[@rel='alternate']/@href"),
	    "http://localhost:8080/feed/\n");
	assert_int_equal(community_count(*state,
	    "//a:entry[count(a:link[@rel='alternate'])!=1]"), 0);
	look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state,
	    "/a:feed/a:link/@href"), "http://localhost:8080/feed/orion.atom\n"
	    "http://localhost:8080/cohort/orion\n");
	crew = harness_new_at(&feed_program, "https://example.org/crew");
	look(crew, "/feed/all.atom");
	assert_string_equal(community_texts(crew, "/a:feed/a:link/@href"),
	    "https://example.org/crew/feed/all.atom\n"
	    "https://example.org/crew/feed/\n");
	assert_int_equal(community_count(crew,
	    "//@href[not(starts-with(., 'https://example.org/crew/'))]"), 0);
	harness_free(crew);
}

static void
feed_23_categories_say_kind_cohort_group_and_week(void **state)
{
	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_texts(*state,
	    HIGHLIGHT "/a:category/@term"), "highlight\norion\ndeneb\n3\n");
	assert_string_equal(community_texts(*state,
	    HIGHLIGHT "/a:category/@label"),
	    "Highlight\nOrion\nDeneb\nWeek 3\n");
	assert_string_equal(community_texts(*state,
	    HIGHLIGHT "/a:category/@scheme"),
	    "tag:example.org,2026-01-01:kind\n"
	    "tag:example.org,2026-01-01:cohort\n"
	    "tag:example.org,2026-01-01:group\n"
	    "tag:example.org,2026-01-01:week\n");
}

static void
feed_24_says_what_it_is(void **state)
{
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:title"),
	    "Test Programme");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"),
	    "A programme for tests");
	assert_string_equal(community_text(*state, "/a:feed/a:generator"),
	    "Groundcrew");
	assert_non_null(community_text(*state, "/a:feed/a:rights"));
	assert_string_equal(community_text(*state, "/a:feed/a:icon"),
	    "http://localhost:8080/static/icon.png");
	assert_string_equal(community_text(*state, "/a:feed/a:logo"),
	    "http://localhost:8080/static/logo.png");
	harness_run_sql(*state, "UPDATE programme SET tagline = ''");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"),
	    "News of Test Programme");
	look(*state, "/feed/orion.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:title"),
	    "Orion \xe2\x80\x93 Test Programme");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"),
	    "A first contribution");
}

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
	look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state, "//a:entry"), 100);
	assert_string_equal(community_text(*state, "//a:entry[1]/a:title"),
	    "Number 119");
}

static void
feed_25_no_document_entry_or_transfer_is_too_large(void **state)
{
	struct arena *arena = harness_arena(*state);
	struct bytes *gzip;
	int i;

	for (i = 0; i < 90; i++) {
		(void)community_highlight(*state, COMMUNITY_VEGA, "Large",
		    i % 3 == 0 ? ampersands(arena) :
		    noise(arena, 4000, (uint32_t)i));
	}
	/* Beside its 36 kB of words the first quote fits, the second not. */
	for (i = COMMUNITY_LYRA; i <= COMMUNITY_MIRA; i++) {
		community_quote(*state, 88, i, i == COMMUNITY_LYRA ?
		    noise(arena, 3000, 7) : ampersands(arena));
	}
	look(*state, "/feed/all.atom");
	assert_true(harness_body_length(*state) <= 512 * 1024);
	assert_true(community_count(*state, "//a:entry") > 5);
	assert_int_equal(community_count(*state,
	    "//a:content[string-length(.) > 65536]"), 0);
	assert_int_equal(community_count(*state, "//a:content[contains(.,"
	    " '<blockquote')]"), 1);
	assert_int_equal(community_count(*state, "//a:content[contains("
	    "substring-after(., '<blockquote'), '<blockquote')]"), 0);
	gzip = gzip_bytes(arena, harness_body_text(*state),
	    harness_body_length(*state));
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
	harness_run_sql(*state, "PRAGMA ignore_check_constraints = 1;"
	    "UPDATE highlight SET body = replace(hex(zeroblob(5000)), '0',"
	    " '& ')");
	look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state, HIGHLIGHT), 1);
	assert_int_equal(community_count(*state, HIGHLIGHT "/a:content"), 0);
}

static void
feed_26_a_feed_that_exists_is_never_empty(void **state)
{
	static const char *const none[] = { "/feed/cygnus.atom",
		"/feed/draco.atom", "/feed/unheard-of.atom", "/feed/.atom" };
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
	look(fresh, "/feed/all.atom");
	assert_string_equal(community_texts(fresh, "//a:entry/a:title"),
	    "Test Programme begins\n");
	harness_free(fresh);
}

static void
safety_31_what_is_private_is_in_no_feed(void **state)
{
	static const char *const paths[] = { "/feed/all.atom",
		"/feed/orion.atom", "/feed/" };
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
	harness_run_sql(*state, "DROP TRIGGER highlight_sees_check_in;"
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
a_highlight_taken_back_leaves_the_feed(void **state)
{
	struct highlight highlight = {
		.id = community_highlight(*state, COMMUNITY_VEGA, "Gone", "x")
	};

	assert_true(db_begin_write(harness_db(*state)));
	assert_true(highlight_take_back(harness_db(*state), &highlight,
	    harness_now(*state)));
	assert_true(db_commit(harness_db(*state)));
	look(*state, "/feed/all.atom");
	harness_expect_not(*state, "Gone");
	assert_int_equal(community_count(*state, HIGHLIGHT), 0);
	harness_run_sql(*state, "DELETE FROM highlight");
	look(*state, "/feed/orion.atom");
	assert_int_equal(community_count(*state, HIGHLIGHT), 0);
}

static void
safety_54_updated_never_goes_back_with_the_clock(void **state)
{
	const char *before;

	look(*state, "/feed/all.atom");
	before = community_text(*state, "/a:feed/a:updated");
	harness_set_now(*state, HARNESS_NOW - 2 * 86400);
	(void)community_highlight(*state, COMMUNITY_VEGA, "Late", "");
	look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"),
	    before);
	assert_string_equal(community_text(*state, "//a:entry[1]/a:title"),
	    "Late");
	/* Not later than Date (RFC 9110 section 8.8.2.1): left out. */
	assert_null(harness_header(*state, "Last-Modified"));
}

#define feed_test(test)                                                       \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_06_one_id_title_and_updated_each),
		feed_test(feed_07_ids_never_change),
		feed_test(feed_08_ids_are_tag_uris_of_the_configured_domain),
		feed_test(feed_09_an_entry_has_one_id_in_all_feeds),
		feed_test(
		    feed_10_every_entry_has_an_author_who_wants_to_be_named),
		feed_test(feed_11_dates_are_utc_seconds_that_have_been),
		feed_test(
		    feed_12_updated_moves_with_an_edit_and_published_never),
		feed_test(
		    feed_13_updated_is_that_of_the_newest_change_never_now),
		feed_test(feed_14_newest_first_in_a_total_order),
		feed_test(feed_15_one_self_and_one_page),
		feed_test(feed_23_categories_say_kind_cohort_group_and_week),
		feed_test(feed_24_says_what_it_is),
		feed_test(feed_25_no_more_than_a_hundred_entries),
		feed_test(feed_25_no_document_entry_or_transfer_is_too_large),
		feed_test(
		    feed_25_an_entry_whose_words_alone_are_too_large_keeps_its_page),
		feed_test(feed_26_a_feed_that_exists_is_never_empty),
		feed_test(safety_31_what_is_private_is_in_no_feed),
		feed_test(a_highlight_taken_back_leaves_the_feed),
		feed_test(safety_54_updated_never_goes_back_with_the_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
