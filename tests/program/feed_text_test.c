/*
 * Rules 1 to 5 and 16 to 22 of feeds: what people wrote, on its way out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unistr.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/text.h"

#define ENTRY "/a:feed/a:entry[a:category/@term='highlight']"

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&feed_program);

	feed_cache_clear();
	community_make(harness);
	community_activity(harness, "cohort_opened", HARNESS_NOW - 1000);
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
look(struct harness *harness)
{
	feed_cache_clear();
	harness_get(harness, "/feed/all.atom");
	harness_expect_status(harness, 200);
	community_parse(harness);
}

/* The feed with one highlight of these words. */
static void
look_at(struct harness *harness, const char *title, const char *body)
{
	(void)community_highlight(harness, COMMUNITY_VEGA, title, body);
	look(harness);
	community_validate(harness);
}

/* Whether the document holds one of the characters from first to last. */
static bool
holds(struct harness *harness, ucs4_t first, ucs4_t last)
{
	const uint8_t *text = (const uint8_t *)harness_body_text(harness);
	ucs4_t character;

	for (text = u8_next(&character, text); text != NULL; text = u8_next(&character, text)) {
		if (character >= first && character <= last) {
			return true;
		}
	}
	return false;
}

static void
feed_01_is_utf_8_with_its_declaration_first(void **state)
{
	static const char start[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				    "<feed xmlns=\"http://www.w3.org/2005/Atom\"";

	look_at(*state, "Größe ✓", "Ein Wort: Öl");
	assert_memory_equal(harness_body_text(*state), start, sizeof(start) - 1);
	assert_true(text_is_valid(harness_body_text(*state), harness_body_length(*state)));
	harness_expect_not(*state, "<!DOCTYPE");
	harness_expect_not(*state, "<!ENTITY");
}

static void
feed_02_control_characters_never_appear(void **state)
{
	look_at(*state, "Be\001ll\010 \037rung\033",
	    "One\013two\014 &#1; &#x8;"
	    " &#xFFFE; \xef\xbf\xbe\xef\xbf\xbf\n\nend");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "Bell rung");
	assert_false(holds(*state, 0, 8));
	assert_false(holds(*state, 0x0b, 0x1f));
	assert_false(holds(*state, 0xfffe, 0xffff));
	harness_expect_not(*state, "&#1;");
	harness_expect_not(*state, "&#x1;");
	harness_expect_not(*state, "#xFFFE");
}

static void
feed_03_no_character_that_readers_choke_on(void **state)
{
	look_at(*state, "Del\x7f c1\xc2\x80\xc2\x9f fffd\xef\xbf\xbd",
	    "noncharacters \xef\xb7\x90 \xf0\x9f\xbf\xbe &#x85; &#xFDD0; "
	    "&#0; end");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "Del c1 fffd");
	assert_false(holds(*state, 0x7f, 0x9f));
	assert_false(holds(*state, 0xfdd0, 0xfdef));
	assert_false(holds(*state, 0xfffd, 0xfffd));
	assert_false(holds(*state, 0x1fffe, 0x1ffff));
}

static void
feed_04_what_is_not_utf_8_never_reaches_the_output(void **state)
{
	(void)community_highlight(*state, COMMUNITY_VEGA, "broken", "body");
	harness_run_sql(*state,
	    "UPDATE highlight SET"
	    " title = CAST(x'41c08042eda0bd43ff44e282' AS TEXT),"
	    " body = CAST(x'41c08042eda0bd43ff44f09f98' AS TEXT)");
	look(*state);
	assert_true(text_is_valid(harness_body_text(*state), harness_body_length(*state)));
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "ABCD");
	assert_non_null(strstr(community_text(*state, ENTRY "/a:content"), "ABCD"));
}

static void
feed_05_markup_is_escaped_and_lines_end_alike(void **state)
{
	const char *at;

	look_at(*state, "a < b & \"c\" ]]> d", "x ]]> y\r\nz\rw &copy; 'q'");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "a < b & \"c\" ]]> d");
	harness_expect_not(*state, "]]>");
	harness_expect_not(*state, "<![CDATA[");
	harness_expect_not(*state, "\r");
	harness_expect_not(*state, "&#13;");
	for (at = strchr(harness_body_text(*state), '&'); at != NULL; at = strchr(at + 1, '&')) {
		assert_true(at[1] == '#' || strncmp(at, "&amp;", 5) == 0 ||
		    strncmp(at, "&lt;", 4) == 0 || strncmp(at, "&gt;", 4) == 0 ||
		    strncmp(at, "&quot;", 6) == 0 || strncmp(at, "&apos;", 6) == 0);
	}
}

static void
feed_16_every_address_is_absolute(void **state)
{
	const char *content, *base;

	look_at(*state, "Links",
	    "[a](/apply/?x=1&y=2) [b](?week=2) [c](#top) "
	    "[d](other/page) [e](https://djangoproject.com/) "
	    "[f](../../up)\n\nhref=\"/not/a/link\"");
	content = community_text(*state, ENTRY "/a:content");
	assert_non_null(strstr(content, "href=\"http://localhost:8080/apply/?x=1&amp;y=2\""));
	/* What is relative is so to the page of the highlight. */
	base = community_text(*state, ENTRY "/a:link[@rel='alternate']/@href");
	assert_non_null(strstr(base, "http://localhost:8080/feed/orion/deneb/highlight/"));
	assert_non_null(
	    strstr(content, arena_format(harness_arena(*state), "href=\"%s?week=2\"", base)));
	assert_non_null(
	    strstr(content, arena_format(harness_arena(*state), "href=\"%s#top\"", base)));
	assert_non_null(strstr(
	    content, "href=\"http://localhost:8080/feed/orion/deneb/highlight/other/page\""));
	assert_non_null(strstr(content, "href=\"https://djangoproject.com/\""));
	assert_non_null(strstr(content, "http://localhost:8080/feed/orion/up\""));
	assert_null(strstr(content, "href=\"/"));
	assert_int_equal(
	    community_count(*state, "//@href[not(starts-with(., 'http://localhost:8080/'))]"), 0);
	assert_int_equal(community_count(*state, "//@xml:base"), 0);
}

static void
feed_17_titles_are_one_line_of_text(void **state)
{
	look_at(*state, "  first\n second\t third\xe2\x80\xa8", "");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "first second third");
	look_at(*state, "\001\002", "no title was left");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "A highlight of Deneb");
	assert_int_equal(community_count(*state, "//a:title[not(@type='text')]"), 0);
	assert_int_equal(community_count(*state, "//a:title[normalize-space(.)='']"), 0);
}

static void
feed_18_html_is_escaped_once(void **state)
{
	look_at(*state, "*no* <b>markup</b> &amp;", "**bold** & <i>typed</i>");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), "*no* <b>markup</b> &amp;");
	assert_non_null(strstr(community_text(*state, ENTRY "/a:content"),
	    "<strong>bold</strong> &amp; &lt;i&gt;typed&lt;/i&gt;"));
	assert_int_equal(community_count(*state, "//a:content[not(@type='html')]"), 0);
}

static void
feed_19_content_is_balanced_and_does_nothing(void **state)
{
	static const char *const wrong[] = { "<script", "<style", "<iframe", "<form", "<svg",
		"<img", "=\"javascript:", "=\"data:", "style=", "<a onclick" };
	const char *content;
	size_t i;

	look_at(*state, "Bad",
	    "<script>alert(1)</script>\n\n<style>x</style>"
	    "<iframe src=x></iframe><form></form> <a onclick=x>\n\n"
	    "[x](javascript:alert(1)) [y](data:text/html,x) "
	    "![z](https://example.org/i.png)\n\n<svg onload=x>\n\n"
	    "> > - a\n\n```\n</div></blockquote>\n");
	content = community_text(*state, ENTRY "/a:content");
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (strstr(content, wrong[i]) != NULL) {
			fail_msg("%s in %s", wrong[i], content);
		}
	}
	assert_true(community_is_balanced(content));
	assert_false(community_is_balanced("<p>a</div>"));
}

static void
feed_20_an_entry_without_content_has_its_page(void **state)
{
	look_at(*state, "Only a title", "");
	assert_int_equal(community_count(*state, ENTRY "/a:content"), 0);
	assert_non_null(strstr(community_text(*state, ENTRY "/a:link[@rel='alternate']/@href"),
	    "http://localhost:8080/feed/orion/deneb/highlight/"));
	assert_int_equal(community_count(*state, "//a:entry[not(a:link[@rel='alternate'])]"), 0);
}

static void
feed_21_isolates_what_runs_the_other_way(void **state)
{
	static const char hebrew[] = "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d";
	struct arena *arena = harness_arena(*state);

	harness_run_sql(
	    *state, arena_format(arena, "UPDATE cohort SET name = '%s' WHERE id = 1", hebrew));
	look_at(*state,
	    "over\xe2\x80\xae"
	    "ride",
	    "body");
	assert_string_equal(community_text(*state,
				"//a:entry[a:category/"
				"@term='cohort_opened']/a:title"),
	    arena_format(arena, "\xe2\x81\xa8%s\xe2\x81\xa9 is open for applications", hebrew));
	assert_string_equal(community_text(*state, ENTRY "/a:title"),
	    "\xe2\x81\xa8over\xe2\x80\xaeride\xe2\x81\xa9");
	assert_non_null(strstr(community_text(*state, ENTRY "/a:content"), "<div dir=\"auto\">"));
	assert_string_equal(community_text(*state, "/a:feed/@xml:lang"), "en");
}

static void
feed_22_astral_and_joined_characters_pass_unchanged(void **state)
{
	static const char odd[] = "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 "
				  "e\xcc\x81 \xf0\x9d\x94\x98 \xf4\x80\x80\x80 "
				  "\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7";

	look_at(*state, odd, odd);
	assert_string_equal(community_text(*state, ENTRY "/a:title"), odd);
	assert_non_null(strstr(community_text(*state, ENTRY "/a:content"), odd));
}

static void
safety_36_what_looks_like_markup_is_escaped_once(void **state)
{
	static const char bad[] = "\"'><script>x</script>";

	harness_run_sql(*state,
	    "UPDATE cohort SET name = '\"''><script>x</script>',"
	    " goal = '\"''><script>x</script>' WHERE id = 1;"
	    "UPDATE mentoring_group SET name = '\"''><script>x</script>',"
	    " goal = '\"''><script>x</script>';"
	    "UPDATE project SET name = '\"''><script>x</script>';"
	    "UPDATE programme SET name = '\"''><script>x</script>',"
	    " tagline = '\"''><script>x</script>';"
	    "UPDATE person SET public_name = '\"''><script>x</script>'");
	community_activity(*state, "groups_formed", HARNESS_NOW);
	community_activity(*state, "cohort_launched", HARNESS_NOW);
	community_activity(*state, "cohort_finished", HARNESS_NOW);
	community_quote(
	    *state, community_highlight(*state, COMMUNITY_VEGA, bad, bad), COMMUNITY_MIRA, bad);
	look(*state);
	community_validate(*state);
	harness_expect_not(*state, "<script");
	assert_string_equal(community_text(*state, ENTRY "/a:title"), bad);
	assert_string_equal(community_text(*state, ENTRY "//a:name"), bad);
	assert_null(strstr(community_texts(*state, "//a:content"), "<script"));
	harness_get(*state, "/feed/");
	harness_expect_status(*state, 200);
	harness_expect_not(*state, "<script>");
	harness_expect_not(*state, "&amp;lt;script");
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_01_is_utf_8_with_its_declaration_first),
		feed_test(feed_02_control_characters_never_appear),
		feed_test(feed_03_no_character_that_readers_choke_on),
		feed_test(feed_04_what_is_not_utf_8_never_reaches_the_output),
		feed_test(feed_05_markup_is_escaped_and_lines_end_alike),
		feed_test(feed_16_every_address_is_absolute),
		feed_test(feed_17_titles_are_one_line_of_text),
		feed_test(feed_18_html_is_escaped_once),
		feed_test(feed_19_content_is_balanced_and_does_nothing),
		feed_test(feed_20_an_entry_without_content_has_its_page),
		feed_test(feed_21_isolates_what_runs_the_other_way),
		feed_test(feed_22_astral_and_joined_characters_pass_unchanged),
		feed_test(safety_36_what_looks_like_markup_is_escaped_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
