#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/markdown.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

struct rendering {
	const char *markdown;
	const char *text;
};

static void
assert_renders(struct arena *arena, const struct rendering *renderings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(
		    markdown_text(arena, renderings[i].markdown), renderings[i].text);
	}
}

#define ASSERT_RENDERS(state, renderings) \
	assert_renders((state), (renderings), sizeof(renderings) / sizeof(renderings)[0])

static void
nothing_gives_nothing(void **state)
{
	assert_string_equal(markdown_text(*state, NULL), "");
	assert_string_equal(markdown_text(*state, ""), "");
	assert_string_equal(markdown_text(*state, "\n\n"), "");
}

static void
paragraphs_keep_their_lines_and_lose_their_marks(void **state)
{
	static const struct rendering renderings[] = {
		{ "Hello **you** and *me*", "Hello you and me\n" },
		{ "one\ntwo  \nthree\n\n\n\nfour", "one\ntwo\nthree\n\nfour\n" },
		{ "# Head\n\nText", "Head\n\nText\n" },
		{ "a\n\n---\n\nb", "a\n\n* * *\n\nb\n" },
		{ "\\*a\\* &amp; &lt;b&gt; `c *d*`", "*a* & <b> c *d*\n" },
		{ "    a\n\n      b\n", "    a\n\n      b\n" },
		{ "```\nx <y>\n```\n", "    x <y>\n" },
	};

	ASSERT_RENDERS(*state, renderings);
}

static void
lists_and_quotes_look_as_one_types_them(void **state)
{
	static const struct rendering renderings[] = {
		{ "Take:\n\n* one\n* two\n\nand go", "Take:\n\n- one\n- two\n\nand go\n" },
		{ "- one\n\n- two", "- one\n\n- two\n" },
		{ "9. nine\n10. ten\n    more", "9. nine\n10. ten\n    more\n" },
		{ "- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d\n" },
		{ "- a\n\n  b\n", "- a\n\n  b\n" },
		{ "> a\n> b\n>\n> c\n\nd", "> a\n> b\n>\n> c\n\nd\n" },
		{ "> - a\n> - b", "> - a\n> - b\n" },
		{ "- > a\n  > b", "- > a\n  > b\n" },
		{ "-\n- a", "-\n- a\n" },
	};

	ASSERT_RENDERS(*state, renderings);
}

static void
links_stay_whole(void **state)
{
	static const struct rendering renderings[] = {
		{ "<https://x.org/a_b?c=d&e=f>", "<https://x.org/a_b?c=d&e=f>\n" },
		{ "See [the *page*](https://x.org/).", "See the page <https://x.org/>.\n" },
		{ "[](https://x.org/)", "<https://x.org/>\n" },
		{ "[https://x.org](https://x.org)", "<https://x.org>\n" },
		{ "![a star](https://x.org/s.png)", "a star <https://x.org/s.png>\n" },
		{ "[a](javascript:alert(1)) [b](mailto:c@x.org)", "a b\n" },
		{ "<vega@example.org>", "vega@example.org\n" },
	};

	ASSERT_RENDERS(*state, renderings);
}

static void
raw_html_is_shown_as_it_was_typed(void **state)
{
	static const struct rendering renderings[] = {
		{ "a <b>c</b>", "a <b>c</b>\n" },
		{ "<div>\nx\n</div>\n\ny", "<div>\nx\n</div>\n\ny\n" },
	};

	ASSERT_RENDERS(*state, renderings);
}

/* What markdown_escape made comes back as it was. */
static void
escaped_text_comes_back(void **state)
{
	static const char *const texts[] = { "[x](http://evil)", "*a* _b_ `c` <d> &amp; #1 ~",
		"1. a", "- a\n- b", "> a", "a\n\nb", "\\", "a\\\nb", "# a\n===", "    a",
		"a\n    b", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_string_equal(markdown_text(*state, markdown_escape(*state, texts[i])),
		    arena_format(*state, "%s\n", texts[i]));
	}
}

/* Deep nesting costs no more than it does as HTML. */
static void
safety_35_what_is_too_deep_is_shown_as_typed(void **state)
{
	const size_t count = 10000;
	char *deep = arena_alloc(*state, count + 2);

	memset(deep, '>', count);
	deep[count] = 'x';
	assert_string_equal(markdown_text(*state, deep), deep);
	memset(deep, '[', count);
	assert_int_equal(strlen(markdown_text(*state, deep)), count + 2);
}

#define text_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		text_test(nothing_gives_nothing),
		text_test(paragraphs_keep_their_lines_and_lose_their_marks),
		text_test(lists_and_quotes_look_as_one_types_them),
		text_test(links_stay_whole),
		text_test(raw_html_is_shown_as_it_was_typed),
		text_test(escaped_text_comes_back),
		text_test(safety_35_what_is_too_deep_is_shown_as_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
