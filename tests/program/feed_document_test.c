/*
 * Rules 6 to 15, 23 and 24 of feeds: ids, authors, dates, order, addresses.
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

static void
feed_06_one_id_title_and_updated_each(void **state)
{
	static const char *const once[] = { "subtitle", "generator", "icon", "logo", "rights",
		"content", "published", "summary" };
	struct arena *arena = harness_arena(*state);
	size_t i;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	community_look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state,
			     "(/a:feed|//a:entry)["
			     "count(a:id)!=1 or count(a:title)!=1 or count(a:updated)!=1]"),
	    0);
	for (i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
		assert_int_equal(
		    community_count(
			*state, arena_format(arena, "(/a:feed|//a:entry)[count(a:%s)>1]", once[i])),
		    0);
	}
}

static void
feed_07_ids_never_change(void **state)
{
	struct harness *elsewhere;
	const char *before;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	(void)community_highlight(*state, COMMUNITY_VEGA, "Two", "words");
	community_look(*state, "/feed/orion.atom?with=a&query");
	before = community_texts(*state, "//a:id");
	harness_run_sql(*state,
	    "UPDATE highlight SET title = 'Other',"
	    " body = 'edited', updated_at = updated_at + 60;"
	    "UPDATE cohort SET name = 'Renamed' WHERE id = 1;"
	    "UPDATE mentoring_group SET name = 'Renamed', slug = 'other';"
	    "UPDATE programme SET name = 'Renamed'");
	community_look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state, "//a:id"), before);
	assert_int_equal(community_count(*state, "//a:id[. = preceding::a:id]"), 0);
	/* Another host, scheme, port and path: the feed's id is the same. */
	community_look(*state, "/feed/all.atom");
	before = arena_copy(harness_arena(*state), community_text(*state, "/a:feed/a:id"));
	elsewhere = harness_new_at(&feed_program, "https://x.org:8443/crew");
	community_look(elsewhere, "/feed/all.atom");
	assert_string_equal(community_text(elsewhere, "/a:feed/a:id"), before);
	harness_free(elsewhere);
}

static void
feed_08_ids_are_tag_uris_of_the_configured_domain(void **state)
{
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:id"),
	    "tag:example.org,2026-01-01:aaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_int_equal(community_count(*state,
			     "//a:id[not(starts-with(.,"
			     " 'tag:example.org,2026-01-01:')) or"
			     " string-length(substring-after(substring-after(., ','), ':'))"
			     " != 26]"),
	    0);
}

static void
feed_09_an_entry_has_one_id_in_all_feeds(void **state)
{
	const char *all, *all_feed;

	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "words");
	community_look(*state, "/feed/all.atom");
	all = community_texts(*state,
	    "//a:entry[a:category/@term='orion']/"
	    "a:id");
	all_feed = community_text(*state, "/a:feed/a:id");
	community_look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state, "//a:entry/a:id"), all);
	assert_string_not_equal(community_text(*state, "/a:feed/a:id"), all_feed);
}

static void
feed_10_every_entry_has_an_author_who_wants_to_be_named(void **state)
{
	const char *body;

	community_quote(*state, community_highlight(*state, COMMUNITY_VEGA, "Named", "words"),
	    COMMUNITY_LYRA, "quoted without a name");
	community_look(*state, "/feed/all.atom");
	assert_int_equal(
	    community_count(*state, "//a:entry[normalize-space(a:author/a:name)='']"), 0);
	assert_int_equal(community_count(*state, "//a:email"), 0);
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:author/a:name"), "Vega");
	body = harness_body_text(*state);
	assert_null(strstr(body, "@"));
	assert_null(strstr(body, "Hidden"));
	assert_null(strstr(body, "Private"));
	harness_expect(*state, "Someone in Deneb");
	/* Who hides the name, or leaves, has a stand-in from then on. */
	harness_run_sql(*state, "UPDATE person SET show_public_name = 0");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(
	    community_text(*state, HIGHLIGHT "/a:author/a:name"), "A navigator of Deneb");
	harness_run_sql(*state,
	    "UPDATE person SET show_public_name = 1;"
	    "UPDATE member SET left_at = 5 WHERE id = 1");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(
	    community_text(*state, HIGHLIGHT "/a:author/a:name"), "A navigator of Deneb");
	(void)community_highlight(*state, COMMUNITY_POLARIS, "By another", "");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state,
				"//a:entry[a:title="
				"'By another']/a:author/a:name"),
	    "An organiser of Orion");
}

static void
feed_11_dates_are_utc_seconds_that_have_been(void **state)
{
	community_look(*state, "/feed/all.atom");
	assert_int_equal(community_count(*state,
			     "(//a:updated|//a:published)"
			     "[string-length(.)!=20 or substring(., 20)!='Z' or"
			     " substring(., 11, 1)!='T' or contains(., '.')]"),
	    0);
	assert_string_equal(
	    community_text(*state, "//a:entry[1]/a:updated"), "2026-11-22T07:16:40Z");
	/* Strings of one form compare as instants do: now is 08:23:20. */
	assert_int_equal(community_count(*state,
			     "(//a:updated|//a:published)"
			     "[number(translate(., '-:TZ', '')) > 20261122082320]"),
	    0);
}

static void
feed_12_updated_moves_with_an_edit_and_published_never(void **state)
{
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "One", "a");
	const char *published, *updated;

	community_quote(*state, id, COMMUNITY_MIRA, "quoted");
	community_look(*state, "/feed/all.atom");
	published = community_text(*state, HIGHLIGHT "/a:published");
	updated = community_text(*state, HIGHLIGHT "/a:updated");
	assert_string_equal(published, updated);
	/* Words taken back: readers are to notice. */
	harness_run_sql(*state,
	    "UPDATE check_in SET audience = 2,"
	    " did_audience = 2, next_audience = 2, edited_at = 1795340000");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:published"), published);
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:updated"), "2026-11-22T09:33:20Z");
	harness_expect_not(*state, "quoted");
	harness_run_sql(*state,
	    "UPDATE highlight SET body = 'b',"
	    " updated_at = 1795350000");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:published"), published);
	assert_string_equal(community_text(*state, HIGHLIGHT "/a:updated"), "2026-11-22T12:20:00Z");
}

static void
feed_13_updated_is_that_of_the_newest_change_never_now(void **state)
{
	int64_t id = community_highlight(*state, COMMUNITY_VEGA, "One", "a");

	harness_set_now(*state, HARNESS_NOW + 86400);
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"), "2026-11-22T08:23:20Z");
	harness_run_sql(*state,
	    arena_format(harness_arena(*state),
		"UPDATE highlight SET withdrawn_at = %lld, updated_at = %lld"
		" WHERE id = %d",
		(long long)HARNESS_NOW + 7200, (long long)HARNESS_NOW + 7200, (int)id));
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:updated"), "2026-11-22T09:00:00Z");
}

static void
feed_14_newest_first_in_a_total_order(void **state)
{
	const char *titles;

	(void)community_highlight(*state, COMMUNITY_VEGA, "first", "");
	(void)community_highlight(*state, COMMUNITY_VEGA, "second", "");
	(void)community_highlight(*state, COMMUNITY_VEGA, "third", "");
	community_look(*state, "/feed/all.atom");
	titles = community_texts(*state, "//a:entry/a:title");
	assert_string_equal(titles,
	    "third\nsecond\nfirst\n"
	    "Orion is open for applications\nTest Programme begins\n");
}

static void
feed_15_one_self_and_one_page(void **state)
{
	struct harness *crew;

	community_look(*state, "/feed/all.atom?self=/evil");
	assert_string_equal(community_texts(*state, "/a:feed/a:link[@rel='self']/@href"),
	    "http://localhost:8080/feed/all.atom\n");
	assert_string_equal(community_texts(*state, "/a:feed/a:link[@rel='alternate']/@href"),
	    "http://localhost:8080/feed/\n");
	assert_int_equal(
	    community_count(*state, "//a:entry[count(a:link[@rel='alternate'])!=1]"), 0);
	community_look(*state, "/feed/orion.atom");
	assert_string_equal(community_texts(*state, "/a:feed/a:link/@href"),
	    "http://localhost:8080/feed/orion.atom\n"
	    "http://localhost:8080/feed/orion\n");
	crew = harness_new_at(&feed_program, "https://example.org/crew");
	community_look(crew, "/feed/all.atom");
	assert_string_equal(community_texts(crew, "/a:feed/a:link/@href"),
	    "https://example.org/crew/feed/all.atom\n"
	    "https://example.org/crew/feed/\n");
	assert_int_equal(
	    community_count(crew, "//@href[not(starts-with(., 'https://example.org/crew/'))]"), 0);
	harness_free(crew);
}

static void
feed_23_categories_say_kind_cohort_group_and_week(void **state)
{
	(void)community_highlight(*state, COMMUNITY_VEGA, "One", "");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(
	    community_texts(*state, HIGHLIGHT "/a:category/@term"), "highlight\norion\ndeneb\n3\n");
	assert_string_equal(community_texts(*state, HIGHLIGHT "/a:category/@label"),
	    "Highlight\nOrion\nDeneb\nWeek 3\n");
	assert_string_equal(community_texts(*state, HIGHLIGHT "/a:category/@scheme"),
	    "tag:example.org,2026-01-01:kind\n"
	    "tag:example.org,2026-01-01:cohort\n"
	    "tag:example.org,2026-01-01:group\n"
	    "tag:example.org,2026-01-01:week\n");
}

static void
feed_24_says_what_it_is(void **state)
{
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:title"), "Test Programme");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"), "A programme for tests");
	assert_string_equal(community_text(*state, "/a:feed/a:generator"), "Groundcrew");
	assert_non_null(community_text(*state, "/a:feed/a:rights"));
	assert_string_equal(
	    community_text(*state, "/a:feed/a:icon"), "http://localhost:8080/static/icon.png");
	assert_string_equal(
	    community_text(*state, "/a:feed/a:logo"), "http://localhost:8080/static/logo.png");
	harness_run_sql(*state, "UPDATE programme SET tagline = ''");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"), "News of Test Programme");
	community_look(*state, "/feed/orion.atom");
	assert_string_equal(
	    community_text(*state, "/a:feed/a:title"), "Orion \xe2\x80\x93 Test Programme");
	assert_string_equal(community_text(*state, "/a:feed/a:subtitle"), "A first contribution");
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_06_one_id_title_and_updated_each),
		feed_test(feed_07_ids_never_change),
		feed_test(feed_08_ids_are_tag_uris_of_the_configured_domain),
		feed_test(feed_09_an_entry_has_one_id_in_all_feeds),
		feed_test(feed_10_every_entry_has_an_author_who_wants_to_be_named),
		feed_test(feed_11_dates_are_utc_seconds_that_have_been),
		feed_test(feed_12_updated_moves_with_an_edit_and_published_never),
		feed_test(feed_13_updated_is_that_of_the_newest_change_never_now),
		feed_test(feed_14_newest_first_in_a_total_order),
		feed_test(feed_15_one_self_and_one_page),
		feed_test(feed_23_categories_say_kind_cohort_group_and_week),
		feed_test(feed_24_says_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
