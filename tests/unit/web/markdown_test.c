#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/markdown.h"

#define REL " rel=\"nofollow noopener ugc\">"

static struct arena *arena;

static int
start(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

struct pair {
	const char *text;
	const char *html;
};

static void
assert_html(const struct pair *pairs, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const char *html = markdown_html(arena, pairs[i].text).html;

		if (strcmp(html, pairs[i].html) != 0) {
			fail_msg(
			    "%s\nexpected: %s\n     got: %s", pairs[i].text, pairs[i].html, html);
		}
	}
}

#define ASSERT_HTML(pairs) assert_html(pairs, sizeof(pairs) / sizeof((pairs)[0]))

static void
makes_paragraphs_lists_and_code(void **state)
{
	static const struct pair pairs[] = {
		{ "a *b*\nc\n\n**d**",
		    "<p>a <em>b</em>\nc</p>\n"
		    "<p><strong>d</strong></p>\n" },
		{ "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
		{ "`<b>`", "<p><code>&lt;b&gt;</code></p>\n" },
		{ "> a", "<blockquote>\n<p>a</p>\n</blockquote>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static void
no_text_makes_no_html(void **state)
{
	(void)state;
	assert_string_equal(markdown_html(arena, NULL).html, "");
	assert_string_equal(markdown_html(arena, "").html, "");
}

static void
headings_stay_below_those_of_the_page(void **state)
{
	static const struct pair pairs[] = {
		{ "# a", "<h3>a</h3>\n" },
		{ "## a", "<h4>a</h4>\n" },
		{ "##### a", "<h6>a</h6>\n" },
		{ "###### a", "<h6>a</h6>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static void
links_are_http_https_or_relative(void **state)
{
	static const struct pair pairs[] = {
		{ "[a](https://x.org/?b=c&d)",
		    "<p><a href=\"https://x.org/?b=c&amp;d\"" REL "a</a></p>\n" },
		{ "[a](HTTP://x.org)", "<p><a href=\"HTTP://x.org\"" REL "a</a></p>\n" },
		{ "[a](/b/c)", "<p><a href=\"/b/c\"" REL "a</a></p>\n" },
		{ "[a](#c)", "<p><a href=\"#c\"" REL "a</a></p>\n" },
		{ "[a](b/c:d)", "<p><a href=\"b/c:d\"" REL "a</a></p>\n" },
		{ "<https://x.org>", "<p><a href=\"https://x.org\"" REL "https://x.org</a></p>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static void
safety_35_a_link_of_another_scheme_is_its_text(void **state)
{
	static const char *const urls[] = { "javascript:go()", "JAVASCRIPT:go()",
		"java&#x0a;script:go()", "javascript&colon;go()", "vbscript:go()",
		"data:text/html,x", "file:///etc/passwd", "mailto:a@b.c", "//evil.example",
		"http:evil.example", "http://", "" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		const char *text = arena_format(arena, "[a *b*](%s) c", urls[i]);

		assert_string_equal(markdown_html(arena, text).html, "<p>a <em>b</em> c</p>\n");
	}
	assert_string_equal(
	    markdown_html(arena, "<javascript:go()>").html, "<p>javascript:go()</p>\n");
}

static void
safety_35_what_a_browser_takes_for_a_slash_is_encoded(void **state)
{
	static const struct pair pairs[] = {
		{ "[a](\\\\\\\\evil)", "<p><a href=\"%5C%5Cevil\"" REL "a</a></p>\n" },
		{ "[a](/\\\\evil)", "<p><a href=\"/%5Cevil\"" REL "a</a></p>\n" },
		{ "[a](</ b>)", "<p><a href=\"/%20b\"" REL "a</a></p>\n" },
		{ "[a](&#9;//evil)", "<p><a href=\"%09//evil\"" REL "a</a></p>\n" },
		{ "[a](/ä\"')", "<p><a href=\"/%C3%A4&quot;&#39;\"" REL "a</a></p>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static void
safety_35_raw_html_is_shown_as_text(void **state)
{
	static const struct pair pairs[] = {
		{ "a <b onclick=x>c</b>",
		    "<p>a &lt;b onclick=x&gt;c"
		    "&lt;/b&gt;</p>\n" },
		{ "<script>\ngo()\n</script>", "<p>&lt;script&gt;\ngo()\n&lt;/script&gt;</p>\n" },
		{ "a <svg/onload=go()>", "<p>a &lt;svg/onload=go()&gt;</p>\n" },
		{ "a <!-- b -->", "<p>a &lt;!-- b --&gt;</p>\n" },
		{ "<?php x ?>", "<p>&lt;?php x ?&gt;</p>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static void
safety_35_an_image_is_a_link_to_it(void **state)
{
	static const struct pair pairs[] = {
		{ "![a *b*](https://x.org/i.png \"t\")",
		    "<p><a href=\"https://x.org/i.png\"" REL "a <em>b</em></a></p>\n" },
		{ "![a](data:image/svg+xml,x)", "<p>a</p>\n" },
		{ "[![a](https://x.org/i.png)](/b)", "<p><a href=\"/b\"" REL "a</a></p>\n" },
		{ "![a [b](/c) d](/e)", "<p><a href=\"/e\"" REL "a b d</a></p>\n" },
		{ "[![a](/i)](javascript:go())", "<p>a</p>\n" },
	};

	(void)state;
	ASSERT_HTML(pairs);
}

static const char *
repeated(const char *unit, size_t length)
{
	struct bytes *text = bytes_new(arena);

	while (text->length + strlen(unit) <= length) {
		bytes_text(text, unit);
	}
	return text->data;
}

static void
safety_35_deep_nesting_is_shown_as_typed(void **state)
{
	const char *deep = repeated(">", 10000);
	const char *html = markdown_html(arena, deep).html;

	(void)state;
	assert_memory_equal(html, "<p>&gt;&gt;", 11);
	assert_null(strstr(html, "<blockquote>"));
	html = markdown_html(arena, repeated("> ", 100)).html;
	assert_non_null(strstr(html, "<blockquote>"));
	html = markdown_html(arena, arena_format(arena, "a\n\n%s<b>", repeated("- ", 1000))).html;
	assert_null(strstr(html, "<ul>"));
	assert_memory_equal(html, "<p>a</p>\n<p>- - ", 16);
	assert_non_null(strstr(html, "- &lt;b&gt;</p>\n"));
}

static void
a_long_rule_of_dashes_is_no_nesting(void **state)
{
	(void)state;
	assert_string_equal(markdown_html(arena, repeated("-", 200)).html, "<hr />\n");
}

/*
 * Texts that have cost Markdown parsers minutes; the bench measures them, here
 * they need only come to an end and make nothing but text.
 */
static void
safety_35_hostile_text_comes_to_a_harmless_end(void **state)
{
	static const char *const units[] = { ">", "[", "![", "[a](b", "[](", "*a **b ", "a**b",
		"`a", "<?", "<!A ", "<![CDATA[", "<!--", "- ", "[x]: <", "[a][", "<", "&", ">a\n",
		"_a_*", "``a`", "[a]: u\n", "![[", "\\[", "***a ", "> - ", "a\n" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const char *html = markdown_html(arena, repeated(units[i], 10000)).html;

		assert_null(strstr(html, "<a"));
		assert_null(strstr(html, "<!"));
		assert_null(strstr(html, "<?"));
		arena_reset(arena);
	}
}

static void
text_beyond_the_bound_is_shown_as_typed(void **state)
{
	const char *html = markdown_html(arena, repeated("*a* ", 70000)).html;

	(void)state;
	assert_memory_equal(html, "<p>*a* *a*", 10);
}

static void
escaped_text_comes_out_as_typed(void **state)
{
	static const char *const texts[] = { "1. *a* _b_ `c`", "# a", "- a", "[a](b) ![c](d)",
		"a \\ b", "~x~ | y", "+ 1", "http://a.b" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_string_equal(markdown_html(arena, markdown_escape(arena, texts[i])).html,
		    arena_format(arena, "<p>%s</p>\n", texts[i]));
	}
	assert_string_equal(markdown_html(arena, markdown_escape(arena, "<b> & &amp;")).html,
	    "<p>&lt;b&gt; &amp; &amp;amp;</p>\n");
	assert_string_equal(markdown_escape(arena, NULL), "");
}

static void
what_is_no_utf_8_is_replaced(void **state)
{
	(void)state;
	assert_string_equal(markdown_html(arena, "a \xff").html, "<p>a \xef\xbf\xbd</p>\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_paragraphs_lists_and_code),
		cmocka_unit_test(no_text_makes_no_html),
		cmocka_unit_test(headings_stay_below_those_of_the_page),
		cmocka_unit_test(links_are_http_https_or_relative),
		cmocka_unit_test(safety_35_a_link_of_another_scheme_is_its_text),
		cmocka_unit_test(safety_35_what_a_browser_takes_for_a_slash_is_encoded),
		cmocka_unit_test(safety_35_raw_html_is_shown_as_text),
		cmocka_unit_test(safety_35_an_image_is_a_link_to_it),
		cmocka_unit_test(safety_35_deep_nesting_is_shown_as_typed),
		cmocka_unit_test(a_long_rule_of_dashes_is_no_nesting),
		cmocka_unit_test(safety_35_hostile_text_comes_to_a_harmless_end),
		cmocka_unit_test(text_beyond_the_bound_is_shown_as_typed),
		cmocka_unit_test(escaped_text_comes_out_as_typed),
		cmocka_unit_test(what_is_no_utf_8_is_replaced),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
