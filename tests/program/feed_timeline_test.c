/*
 * Rule 48: what people read instead of a feed's XML. The pages have what the
 * documents have, archive by archive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/text.h"
#include "web/link.h"

static const char *const feeds[][2] = { { "/feed/all", "/feed/" },
	{ "/feed/kind/announcements", "/feed/kind/announcements" },
	{ "/feed/kind/applications", "/feed/kind/applications" },
	{ "/feed/kind/highlights", "/feed/kind/highlights" }, { "/feed/orion", "/feed/orion" },
	{ "/feed/orion/deneb", "/feed/orion/deneb" } };

enum { FEEDS = sizeof(feeds) / sizeof(feeds[0]), TOLD = 130 };

/* What stands between two texts of the page, after `*at`, which moves on. */
static const char *
between(struct harness *harness, const char **at, const char *before, const char *after)
{
	const char *start = strstr(*at, before), *end;

	if (start == NULL) {
		return NULL;
	}
	start += strlen(before);
	end = strstr(start, after);
	assert_non_null(end);
	*at = end;
	return arena_copy_bytes(harness_arena(harness), start, (size_t)(end - start));
}

/* The entries' titles and where they lead, a line each. */
static const char *
titles_of_page(struct harness *harness)
{
	struct bytes *titles = bytes_new(harness_arena(harness));
	const char *at = harness_body_text(harness), *title;

	while ((title = between(harness, &at, "<h3><a href=\"", "</a></h3>")) != NULL) {
		bytes_format(titles, "%s\n", strchr(title, '>') + 1);
	}
	return titles->data;
}

/* Where "Older" leads to; NULL without. */
static const char *
older_of_page(struct harness *harness)
{
	const char *at = strstr(harness_body_text(harness), "\" rel=\"next\">Older</a>");
	const char *end = at;

	while (at != NULL && at[-1] != '"') {
		at--;
	}
	return at == NULL ? NULL : arena_copy_bytes(harness_arena(harness), at, (size_t)(end - at));
}

static const char *
previous_of_document(struct harness *harness)
{
	const char *href = community_text(harness, "/a:feed/a:link[@rel='prev-archive']/@href");

	return href == NULL ? NULL : href + strlen("http://localhost:8080");
}

/* Titles without anything that HTML would escape. */
static void
make_history(struct harness *harness)
{
	community_activity(harness, "groups_formed", HARNESS_NOW + 2000);
	for (int i = 0; i < TOLD; i++) {
		harness_set_now(harness, harness_now(harness) + 60);
		(void)community_highlight(harness, COMMUNITY_VEGA,
		    arena_format(harness_arena(harness), "Step %d", i), "*words*");
	}
}

static void
withdraw(struct harness *harness, const char *which)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"UPDATE highlight SET withdrawn_at = published_at, updated_at = published_at"
		" WHERE %s",
		which));
}

static void
feed_48_pages_have_the_entries_of_the_documents(void **state)
{
	size_t pages = 0;

	make_history(*state);
	withdraw(*state, "id IN (3, 70, 128)");
	for (size_t i = 0; i < FEEDS; i++) {
		const char *page = feeds[i][1];
		const char *document = arena_format(harness_arena(*state), "%s.atom", feeds[i][0]);

		while (document != NULL) {
			const char *alternate, *titles, *here = page;

			community_look(*state, document);
			alternate =
			    community_text(*state, "/a:feed/a:link[@rel='alternate']/@href");
			titles = community_texts(
			    *state, "//a:entry/a:title[. != 'This highlight was taken back']");
			document = previous_of_document(*state);
			harness_get(*state, page);
			harness_expect_status(*state, 200);
			assert_string_equal(titles_of_page(*state), titles);
			assert_string_equal(alternate,
			    arena_format(harness_arena(*state), "http://localhost:8080%s", here));
			page = older_of_page(*state);
			assert_int_equal(page == NULL, document == NULL);
			pages++;
		}
	}
	assert_true(pages >= FEEDS + 4);
}

static void
feed_48_no_document_asks_for_a_stylesheet(void **state)
{
	for (size_t i = 0; i < FEEDS; i++) {
		harness_get(*state, arena_format(harness_arena(*state), "%s.atom", feeds[i][0]));
		assert_null(strstr(harness_body_text(*state), "<?xml-stylesheet"));
		assert_null(strstr(harness_body_text(*state), "xsl"));
	}
}

static void
feed_48_pages_lead_to_newer_and_older_ones(void **state)
{
	make_history(*state);
	/* Of 132 or 133 entries 50 are archived: "all" has archive 1. */
	harness_get(*state, "/feed/");
	harness_expect(*state, "href=\"/feed/all/archive/1\" rel=\"next\">Older</a>");
	harness_expect_not(*state, "Newer</a>");
	harness_get(*state, "/feed/all/archive/1");
	harness_expect_status(*state, 200);
	harness_expect(*state, "<h1>What is happening, page 1</h1>");
	harness_expect(*state, "href=\"/feed/\" rel=\"prev\">Newer</a>");
	harness_expect_not(*state, "Older</a>");
	harness_expect(*state, "Step 0<");
	harness_expect_not(*state, "Step 129<");
	harness_expect_not(*state, "Newest</a>");
	assert_string_equal(harness_header(*state, "Cache-Control"), "public, max-age=60");
	/* Two pages back, the newest is one step away. */
	for (int i = TOLD; i < TOLD + 60; i++) {
		harness_set_now(*state, harness_now(*state) + 60);
		(void)community_highlight(*state, COMMUNITY_VEGA,
		    arena_format(harness_arena(*state), "Step %d", i), "*words*");
	}
	harness_get(*state, "/feed/all/archive/1");
	harness_expect(*state, "href=\"/feed/\">Newest</a>");
	harness_expect(*state, "href=\"/feed/all/archive/2\" rel=\"prev\">Newer</a>");
}

static void
a_highlight_on_a_page_names_its_author_group_and_cohort(void **state)
{
	(void)community_highlight(*state, COMMUNITY_VEGA, "Three green builds", "We cheered.");
	harness_get(*state, "/feed/");
	harness_expect(*state,
	    " · <a href=\"/cohort/orion/group/deneb\"><bdi>Deneb</bdi></a>"
	    " · <a href=\"/cohort/orion\">Orion</a></p>");
	/* What is of no single group names none. */
	harness_get(*state, "/feed/kind/announcements");
	harness_expect_not(*state, "/cohort/orion/group/deneb");
}

static void
feed_42_pages_that_are_not_there_are_404(void **state)
{
	static const char *const paths[] = { "/feed/all/archive/0", "/feed/all/archive/2",
		"/feed/all/archive/01", "/feed/all/archive/1-2", "/feed/all/archive/x",
		"/feed/all/archive/99999999999999999999", "/feed/kind/unheard-of",
		"/feed/unheard-of", "/feed/draco", "/feed/cygnus", "/feed/orion/unheard-of",
		"/feed/orion/deneb/archive/3", "/feed/kind/applications/archive/1",
		"/feed/orion/deneb/highlight/unheard-of" };

	make_history(*state);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(*state, paths[i]);
		if (harness_status(*state) != 404) {
			fail_msg("%s answers %d", paths[i], harness_status(*state));
		}
	}
}

static void
feed_29_a_page_of_nothing_but_what_was_taken_back_says_so(void **state)
{
	make_history(*state);
	withdraw(*state, "id <= 60");
	harness_get(*state, "/feed/orion/deneb/archive/1");
	harness_expect_status(*state, 200);
	/* The groups themselves, and no highlight. */
	assert_string_equal(titles_of_page(*state), "The groups of Orion are complete\n");
	harness_expect_not(*state, "taken back");
	harness_get(*state, "/feed/kind/highlights/archive/1");
	assert_string_equal(titles_of_page(*state), "Test Programme begins\n");
	harness_run_sql(*state, "DELETE FROM activity WHERE kind = 'groups_formed'");
	harness_get(*state, "/feed/orion/deneb/archive/1");
	harness_expect(*state, "Nothing stands here any more");
}

static void
a_page_helps_to_follow_this_very_feed(void **state)
{
	static const struct {
		const char *page;
		const char *title;
		const char *feed;
	} cases[] = { { "/feed/", "What is happening", "/feed/all" },
		{ "/feed/kind/announcements", "Announcements", "/feed/kind/announcements" },
		{ "/feed/kind/applications", "Applications", "/feed/kind/applications" },
		{ "/feed/kind/highlights", "Highlights", "/feed/kind/highlights" },
		{ "/feed/orion", "News of Orion", "/feed/orion" },
		{ "/feed/orion/deneb", "News of Deneb", "/feed/orion/deneb" } };
	struct arena *arena = harness_arena(*state);

	community_activity(*state, "groups_formed", HARNESS_NOW + 2000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *at, *help;

		harness_get(*state, cases[i].page);
		harness_expect(*state, arena_format(arena, "<h1>%s</h1>", cases[i].title));
		harness_expect(
		    *state, arena_format(arena, "The address of “<bdi>%s</bdi>”:", cases[i].title));
		harness_expect(*state,
		    arena_format(arena, "id=\"feed-address\">http://localhost:8080%s.atom</span>",
			cases[i].feed));
		harness_expect(*state,
		    arena_format(arena, "href=\"%s.json\" type=\"application/feed+json\">JSON Feed",
			cases[i].feed));
		/* Three lines say what a feed is. */
		at = harness_body_text(*state);
		help = between(*state, &at, "<ol class=\"steps\">", "</ol>");
		assert_non_null(help);
		assert_non_null(between(*state, &help, "<li>", "</li>"));
		assert_non_null(between(*state, &help, "<li>", "</li>"));
		assert_non_null(between(*state, &help, "<li>", "</li>"));
		assert_null(strstr(help, "<li>"));
		/* The way to the others, but not to itself. */
		at = harness_body_text(*state);
		help = between(*state, &at, "<h3>Other feeds</h3>", "</aside>");
		assert_null(strstr(help, arena_format(arena, "\"%s\"", cases[i].page)));
		if (i > 0) {
			assert_non_null(strstr(help, "\"/feed/\""));
		}
		if (i < 4) {
			assert_non_null(strstr(help, "\"/feed/orion\""));
			assert_null(strstr(help, "cygnus"));
		}
	}
	harness_expect_not(*state, ".ics");
	harness_get(*state, "/feed/orion");
	harness_expect(*state, "id=\"dates-address\">http://localhost:8080/feed/orion.ics</span>");
	harness_expect(*state, "href=\"/feed/orion/deneb\"><bdi>News of Deneb, Orion</bdi>");
	harness_expect(*state, "<p class=\"back\"><a href=\"/cohort/orion\">Orion</a>");
	harness_get(*state, "/feed/orion/deneb");
	harness_expect(*state, "<p class=\"back\"><a href=\"/cohort/orion/group/deneb\">Deneb</a>");
}

static void
a_page_that_would_be_too_large_tells_the_oldest_in_short(void **state)
{
	struct bytes *words = bytes_new(harness_arena(*state));

	for (int i = 0; i < 400; i++) {
		bytes_text(words, "wonder & ");
	}
	for (int i = 0; i < 60; i++) {
		harness_set_now(*state, harness_now(*state) + 60);
		(void)community_highlight(*state, COMMUNITY_VEGA,
		    arena_format(harness_arena(*state), "Step %d", i), words->data);
	}
	harness_get(*state, "/feed/");
	assert_true(harness_body_length(*state) < 256 * 1024);
	/* All are there, and lead to where they stand whole. */
	for (int i = 0; i < 60; i++) {
		harness_expect(*state, arena_format(harness_arena(*state), ">Step %d</a></h3>", i));
	}
	harness_expect(*state, "<div class=\"words\" dir=\"auto\"><div dir=\"auto\"><p>wonder");
	harness_expect(*state, "<p dir=\"auto\">wonder &amp; wonder");
}

/* A cache may keep it under the address without the query. */
static void
feed_40_a_page_is_the_same_whatever_is_asked_for(void **state)
{
	const char *before;

	harness_get(*state, "/feed/");
	before = harness_body_text(*state);
	harness_get(*state, "/feed/?done=session_ended&x=<b>");
	assert_string_equal(harness_body_text(*state), before);
}

/* ---- a highlight's own page ---- */

static const char *
own_page(struct harness *harness, int64_t highlight)
{
	const char *key = harness_rows(harness,
	    arena_format(
		harness_arena(harness), "SELECT key FROM highlight WHERE id = %d", (int)highlight));

	return arena_format(harness_arena(harness), "/feed/orion/deneb/highlight/%.*s",
	    (int)strcspn(key, "|"), key);
}

static void
feed_20_a_highlight_has_a_page_that_stays(void **state)
{
	const int64_t id =
	    community_highlight(*state, COMMUNITY_VEGA, "Three <green> builds", "We *cheered*.");
	const char *page = own_page(*state, id);

	community_quote(*state, id, COMMUNITY_MIRA, "It works on my machine");
	community_look(*state, "/feed/all.atom");
	assert_string_equal(community_text(*state, "//a:entry[1]/a:link[@rel='alternate']/@href"),
	    arena_format(harness_arena(*state), "http://localhost:8080%s", page));
	harness_get(*state, page);
	harness_expect_status(*state, 200);
	harness_expect(*state, "<h1 dir=\"auto\">Three &lt;green&gt; builds</h1>");
	harness_expect(*state, "We <em>cheered</em>.");
	harness_expect(*state, "It works on my machine");
	harness_expect(*state, "<bdi>Mira of the Sea</bdi>");
	harness_expect(*state, "href=\"/feed/orion/deneb\">News of Deneb</a>");
	harness_expect(*state, "href=\"/cohort/orion/group/deneb\"");
	harness_expect_not(*state, "Follows up on");
	harness_expect_not(*state, "What came of it");
	harness_expect_not(*state, "Last edited");
	harness_expect_not(*state, COMMUNITY_CANARY);
	/* Wherever the timelines have moved on to. */
	make_history(*state);
	harness_get(*state, "/feed/");
	harness_expect_not(*state, "Three &lt;green");
	harness_get(*state, page);
	harness_expect(*state, "Three &lt;green&gt; builds");
}

static void
feed_28_its_page_names_what_it_follows_and_what_follows_it(void **state)
{
	const int64_t first = community_highlight(*state, COMMUNITY_VEGA, "A plan", "words");
	const int64_t second = community_highlight(*state, COMMUNITY_VEGA, "It works", "words");
	const char *sequel =
	    arena_format(harness_arena(*state), "href=\"%s\"", own_page(*state, second));
	const char *parent = arena_format(harness_arena(*state),
	    "Follows up on <a href=\"%s\" dir=\"auto\">A plan</a>", own_page(*state, first));

	harness_run_sql(*state,
	    arena_format(harness_arena(*state),
		"DROP TRIGGER highlight_follows_what_it_followed;"
		"UPDATE highlight SET follows_id = %d WHERE id = %d",
		(int)first, (int)second));
	harness_get(*state, own_page(*state, first));
	harness_expect(*state, "<h2>What came of it</h2>");
	harness_expect(*state, sequel);
	harness_get(*state, own_page(*state, second));
	harness_expect(*state, parent);
	harness_get(*state, "/feed/");
	harness_expect(*state, parent);
	withdraw(*state, arena_format(harness_arena(*state), "id = %d", (int)first));
	harness_get(*state, own_page(*state, second));
	harness_expect_not(*state, "Follows up on");
}

static void
feed_29_what_was_taken_back_has_no_page(void **state)
{
	const int64_t id = community_highlight(*state, COMMUNITY_VEGA, "Too much", "words");

	withdraw(*state, "1");
	harness_get(*state, own_page(*state, id));
	harness_expect_status(*state, 404);
	harness_expect_not(*state, "Too much");
	harness_get(*state, "/feed/");
	harness_expect_not(*state, "Too much");
	harness_expect_not(*state, "taken back");
}

static void
a_highlight_has_its_page_below_its_own_group_alone(void **state)
{
	const int64_t id = community_highlight(*state, COMMUNITY_VEGA, "Mine", "words");
	const char *page = own_page(*state, id);
	const char *key = strrchr(page, '/') + 1;

	harness_run_sql(*state,
	    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal,"
	    " level_low, level_high, seats, meeting_weekday, meeting_time, meeting_zone,"
	    " created_at) SELECT 2, 1, 'vega', 'Vega', 1, goal, 1, 2, 8, 2, '19:00',"
	    " 'Europe/Vienna', 1 FROM mentoring_group");
	community_activity(*state, "groups_formed", harness_now(*state));
	harness_get(*state, "/feed/orion/vega");
	harness_expect_status(*state, 200);
	harness_get(
	    *state, arena_format(harness_arena(*state), "/feed/orion/vega/highlight/%s", key));
	harness_expect_status(*state, 404);
	harness_run_sql(*state, "UPDATE cohort SET published_at = NULL WHERE id = 1");
	harness_get(*state, page);
	harness_expect_status(*state, 404);
}

static void
an_edited_highlight_says_when(void **state)
{
	const int64_t id = community_highlight(*state, COMMUNITY_VEGA, "Mine", "words");

	harness_run_sql(*state, "UPDATE highlight SET updated_at = updated_at + 3600");
	harness_get(*state, own_page(*state, id));
	harness_expect(*state, "Last edited");
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_48_pages_have_the_entries_of_the_documents),
		feed_test(feed_48_no_document_asks_for_a_stylesheet),
		feed_test(feed_48_pages_lead_to_newer_and_older_ones),
		feed_test(a_highlight_on_a_page_names_its_author_group_and_cohort),
		feed_test(feed_42_pages_that_are_not_there_are_404),
		feed_test(feed_29_a_page_of_nothing_but_what_was_taken_back_says_so),
		feed_test(a_page_helps_to_follow_this_very_feed),
		feed_test(a_page_that_would_be_too_large_tells_the_oldest_in_short),
		feed_test(feed_40_a_page_is_the_same_whatever_is_asked_for),
		feed_test(feed_20_a_highlight_has_a_page_that_stays),
		feed_test(feed_28_its_page_names_what_it_follows_and_what_follows_it),
		feed_test(feed_29_what_was_taken_back_has_no_page),
		feed_test(a_highlight_has_its_page_below_its_own_group_alone),
		feed_test(an_edited_highlight_says_when),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
