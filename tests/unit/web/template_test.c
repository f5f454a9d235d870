/*
 * What the template compiler makes, and what it refuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "tool_run.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

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

/* Compiles one page, with a part beside it, that holds `body`. */
static struct tool_result
compiled(const char *body)
{
	const char *folder = tool_folder(arena);
	struct tool_result result;

	tool_file(
	    arena, folder, "in/sample/page.html", arena_format(arena, "%s%s\n", PRAGMA, body));
	tool_file(arena, folder, "in/part/box.html", PRAGMA "<p>{{NAME}}</p>\n");
	tool_file(arena, folder, "in/part/line.html", PRAGMA "<p>{{SITE_NAME}}</p>\n");
	result = tool_run(arena, "pages", arena_format(arena, "%s/in", folder),
	    arena_format(arena, "%s/out", folder));
	if (result.status != 0 && tool_file_read(arena, folder, "out/web/page/site.h") != NULL) {
		fail_msg("wrote something in spite of: %s", result.words);
	}
	tool_folder_remove(arena, folder);
	return result;
}

static void
assert_fine(const char *body)
{
	struct tool_result result = compiled(body);

	if (result.status != 0 || result.words[0] != '\0') {
		fail_msg("%s\nwas refused: %s", body, result.words);
	}
}

/* Refused with these words, at line 2 of the page unless they say else. */
static void
assert_refused(const char *body, const char *words)
{
	struct tool_result result = compiled(body);

	if (result.status != 1 || strstr(result.words, words) == NULL ||
	    strstr(result.words, "/in/sample/page.html") == NULL) {
		fail_msg("%s\nexpected a refusal \"%s\", got %d: %s", body, words, result.status,
		    result.words);
	}
}

struct refusal {
	const char *body;
	const char *words;
};

static void
assert_all_refused(const struct refusal *refusals, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		assert_refused(refusals[i].body, refusals[i].words);
	}
}

#define ASSERT_ALL_REFUSED(list) assert_all_refused(list, sizeof(list) / sizeof((list)[0]))

static void
makes_the_same_c_as_last_time(void **state)
{
	const char *folder = tool_folder(arena);
	struct tool_result made = tool_run(arena, "pages", "tests/data/pages/pages", folder);
	struct tool_result difference = tool_diff(arena, "tests/data/pages/made", folder);

	(void)state;
	tool_folder_remove(arena, folder);
	if (made.status != 0 || difference.status != 0) {
		fail_msg("%s%s\nIf this is meant: "
			 "build/tool/pages tests/data/pages/pages "
			 "tests/data/pages/made",
		    made.words, difference.words);
	}
}

/* A file that is written anew gets another inode: it is renamed into place. */
static ino_t
inode(const char *folder, const char *name)
{
	struct stat status;

	assert_int_equal(stat(arena_format(arena, "%s/%s", folder, name), &status), 0);
	return status.st_ino;
}

static void
writes_only_what_changed(void **state)
{
	const char *folder = tool_folder(arena);
	const char *in = arena_format(arena, "%s/in", folder);
	ino_t site;
	ino_t sample;

	(void)state;
	tool_file(arena, folder, "in/sample/page.html", PRAGMA "{{NAME}}\n");
	assert_int_equal(tool_run(arena, "pages", in, folder).status, 0);
	site = inode(folder, "web/page/site.h");
	sample = inode(folder, "web/page/sample.h");
	tool_file(arena, folder, "in/sample/page.html", PRAGMA "{{NAMES}}\n");
	assert_int_equal(tool_run(arena, "pages", in, folder).status, 0);
	assert_true(inode(folder, "web/page/site.h") == site);
	assert_true(inode(folder, "web/page/sample.h") != sample);
	tool_folder_remove(arena, folder);
}

static void
accepts_what_pages_need(void **state)
{
	static const char *const bodies[] = {
		"<!doctype html><title>{{A}}</title><p>{{B}} &lt; 3</p>",
		"<input name=\"{{A}}\" value='{{B}}'{{#IF_C}} checked{{/IF_C}}>",
		"<option{{#IF_A}} selected{{/IF_A}} value=\"{{B}}\">{{C}}",
		"<a href=\"{{LINK}}\">x</a> <a href='{{SITE_ROOT}}/{{A}}'>",
		"<a href=\"/a/{{A}}{{B}}?c={{C}}{{#IF_D}}&amp;d={{D}}{{/IF_D}}\">",
		"<a href=\"mailto:{{A}}\"> <a href=\"https://x.org/{{B}}\">",
		"<a href=\"#{{ID}}\"> <a href=\"?week={{WEEK}}\">",
		"<p class=\"a{{#IF_B}} b{{/IF_B}} {{C}}\">",
		"{{#IF_A}}<a href=\"{{B}}\">{{/IF_A}}x{{#IF_A}}</a>{{/IF_A}}",
		"<textarea name=\"a\">\n{{B:p}}</textarea><p>{{C:p}}</p>",
		"<script src=\"{{SITE_SCRIPT}}\" defer></script>",
		"<form method=\"post\" action=\"{{SITE_ROOT}}/x\"><button>",
		"{{#R}}{{A}}{{#R_separator}}, {{/R_separator}}{{/R}}",
		"{{#R}}{{/R}}{{#NO_R}}-{{/NO_R}}{{#ANY_R}}+{{/ANY_R}}",
		"{{>PART_BOX}}{{#NO_PART_BOX}}-{{/NO_PART_BOX}}{{>PART_LINE}}",
		"{{#ROWS}}{{>PART_BOX}}{{/ROWS}}{{#IF_A}}{{>PART_BOX}}{{/IF_A}}",
		"<!-- a comment --> {{! another }} <br/> <svg viewBox=\"0 0 1 1\">",
		"{{#SITE_LINKS}}{{A}}{{/SITE_LINKS}}{{#IF_NOT_SITE_B}}{{/IF_NOT_SITE_B}}",
		"{{A_MARKDOWN:none}}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		assert_fine(bodies[i]);
	}
}

static void
refuses_a_template_without_the_pragma(void **state)
{
	const char *folder = tool_folder(arena);
	struct tool_result result;

	(void)state;
	tool_file(arena, folder, "in/sample/page.html", "<p>{{NAME}}</p>\n");
	result = tool_run(arena, "pages", arena_format(arena, "%s/in", folder),
	    arena_format(arena, "%s/out", folder));
	assert_int_equal(result.status, 1);
	assert_non_null(strstr(result.words, "page.html:1: must begin with"));
	tool_folder_remove(arena, folder);
}

static void
refuses_values_that_would_not_be_escaped(void **state)
{
	static const struct refusal refusals[] = {
		{ "{{A:none}}", ":2: {{A:none}}: the modifiers are" },
		{ "{{A:h}}", "the modifiers are" },
		{ "{{A_MARKDOWN}}", "must be written {{A_MARKDOWN:none}}" },
		{ "{{A_MARKDOWN:p}}", "must be written {{A_MARKDOWN:none}}" },
		{ "<p title=\"{{A_MARKDOWN:none}}\">", "modifiers belong" },
		{ "<textarea>{{A_MARKDOWN:none}}</textarea>", "modifiers belong" },
		{ "<p title=\"{{A:p}}\">", "modifiers belong" },
		{ "{{%AUTOESCAPE context=\"XML\"}}{{A}}", "pragma" },
		{ "{{=<< >>=}}<<A>>", "is no marker" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_markers_where_escaping_does_not_help(void **state)
{
	static const struct refusal refusals[] = {
		{ "<{{A}}>", "in a tag's name" },
		{ "<h{{A}}>", "in a tag's name" },
		{ "<p {{A}}>", "in the place of an attribute's name" },
		{ "<p data-{{A}}=\"x\">", "in the place of an attribute's name" },
		{ "<p title={{A}}>", "in an attribute without quotes" },
		{ "<p title=a{{A}}>", "in an attribute without quotes" },
		{ "<!-- {{A}} -->", "in a comment" },
		{ "<!doctype {{A}}>", "in a comment or declaration" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_attributes_that_can_run_script(void **state)
{
	static const char *const attributes[] = { "formaction", "FormAction", "xlink:href",
		"srcset", "imagesrcset", "poster", "srcdoc", "style", "onclick", "onLoad", "ping" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		assert_refused(
		    arena_format(arena, "\n<p %s=\"{{A}}\">", attributes[i]), ":3: attribute ");
		assert_refused(arena_format(arena, "<p %s='x'>", attributes[i]), "is refused");
		assert_refused(arena_format(arena, "<p\n%s>", attributes[i]), "is refused");
	}
}

static void
refuses_inline_script_and_style(void **state)
{
	static const struct refusal refusals[] = {
		{ "<script>go()</script>", "without src" },
		{ "<script src=\"/a.js\">go()</script>", "inline script" },
		{ "<SCRIPT type=\"application/json\">{}</SCRIPT>", "without src" },
		{ "<style>p{}</style>", "has no place" },
		{ "<base href=\"/\">", "has no place" },
		{ "<iframe src=\"/\">", "has no place" },
		{ "<meta http-equiv=\"refresh\" content=\"0\">", "is refused" },
		{ "<a href=\" javascript:go()\">", "begins with javascript:" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_urls_whose_scheme_a_value_could_write(void **state)
{
	static const struct refusal refusals[] = {
		{ "<a href=\"java{{A}}\">", "could write the URL's scheme" },
		{ "<a href=\"{{A}}{{B}}\">", "could write the URL's scheme" },
		{ "<a href=\"{{A}}:{{B}}\">", "is followed by" },
		{ "<a href=\"{{A}}cript:go()\">", "is followed by" },
		{ "<a href=\" {{A}}\">", "could write the URL's scheme" },
		{ "<img src=\"x{{A}}\">", "could write the URL's scheme" },
		{ "<form action=\"{{#IF_A}}/{{/IF_A}}{{B}}\">", "a section in a URL" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_sections_that_tear_the_html(void **state)
{
	static const struct refusal refusals[] = {
		{ "{{#IF_A}}<p title=\"{{/IF_A}}\">", "different places" },
		{ "<p {{#IF_A}}title=\"x\">{{/IF_A}}>", "different places" },
		{ "{{#IF_A}}<textarea>{{/IF_A}}</textarea>", "different places" },
		{ "<h{{#IF_A}}1{{/IF_A}}>", "inside a name" },
		{ "<p title={{#IF_A}}x{{/IF_A}}>", "no section can stand" },
		{ "<!-- {{#IF_A}}x{{/IF_A}} -->", "no section can stand" },
		{ "<p {{>PART_BOX}}>", "stands inside a tag" },
		{ "<p title=\"{{>PART_BOX}}\">", "stands inside a tag" },
		{ "<p title=\"x", "ends inside a tag" },
		{ "a < b", "a lone <" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_sections_that_do_not_match(void **state)
{
	static const struct refusal refusals[] = {
		{ "{{#ROWS}}", ":2: {{#ROWS}} is never closed" },
		{ "{{/ROWS}}", "closes what was not opened" },
		{ "{{#A}}{{#B}}{{/A}}{{/B}}", "{{/A}} closes {{#B}} of line 2" },
		{ "{{#A}}{{#A}}{{/A}}{{/A}}", "inside a list of the same name" },
		{ "{{#NO_ROWS}}{{/NO_ROWS}}", "there is no list ROWS" },
		{ "{{ROWS}}{{#ANY_ROWS}}{{/ANY_ROWS}}", "there is no list ROWS" },
		{ "{{#A_separator}}{{/A_separator}}", "directly in its list" },
		{ "{{A", "marker without }}" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_names_that_clash(void **state)
{
	static const struct refusal refusals[] = {
		{ "{{A}}\n{{#A}}{{/A}}", ":3: A is used as another kind of marker at" },
		{ "{{IF_A}}", "do not begin a text's name" },
		{ "{{PART_A}}", "do not begin a text's name" },
		{ "{{#PART_BOX}}{{/PART_BOX}}", "does not begin with PART_" },
		{ "{{DEFAULT}}", "would be the C keyword default" },
		{ "{{name}}", "is no marker" },
		{ "{{ NAME }}", "is no marker" },
		{ "{{}}", "is no marker" },
		{ "{{#A}}{{#B}}{{C}}{{/B}}{{/A}}{{#A_B}}{{C}}{{/A_B}}",
		    "struct page_sample_page_a_b is also made from" },
	};

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
}

static void
refuses_unknown_includes_and_circles(void **state)
{
	static const struct refusal refusals[] = {
		{ "{{>PART_NOTHING}}", "there is no part/nothing.html" },
		{ "{{>SAMPLE_PAGE}}", "only PART_ names can be included" },
		{ "{{>PART_BOX:none}}", "without modifiers" },
	};
	const char *folder = tool_folder(arena);
	struct tool_result result;

	(void)state;
	ASSERT_ALL_REFUSED(refusals);
	tool_file(arena, folder, "in/part/a.html", PRAGMA "{{>PART_B}}\n");
	tool_file(arena, folder, "in/part/b.html", PRAGMA "{{>PART_A}}\n");
	result = tool_run(arena, "pages", arena_format(arena, "%s/in", folder),
	    arena_format(arena, "%s/out", folder));
	assert_int_equal(result.status, 1);
	assert_non_null(strstr(result.words, "includes itself"));
	tool_folder_remove(arena, folder);
}

static void
says_how_it_is_called(void **state)
{
	struct tool_result result = tool_run(arena, "pages", NULL, NULL);

	(void)state;
	assert_int_equal(result.status, 64);
	assert_non_null(strstr(result.words, "usage: pages"));
	result = tool_run(arena, "pages", "/nonexistent", "/nonexistent");
	assert_int_equal(result.status, 1);
	assert_non_null(strstr(result.words, "no such folder"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_the_same_c_as_last_time),
		cmocka_unit_test(writes_only_what_changed),
		cmocka_unit_test(accepts_what_pages_need),
		cmocka_unit_test(refuses_a_template_without_the_pragma),
		cmocka_unit_test(refuses_values_that_would_not_be_escaped),
		cmocka_unit_test(refuses_markers_where_escaping_does_not_help),
		cmocka_unit_test(refuses_attributes_that_can_run_script),
		cmocka_unit_test(refuses_inline_script_and_style),
		cmocka_unit_test(refuses_urls_whose_scheme_a_value_could_write),
		cmocka_unit_test(refuses_sections_that_tear_the_html),
		cmocka_unit_test(refuses_sections_that_do_not_match),
		cmocka_unit_test(refuses_names_that_clash),
		cmocka_unit_test(refuses_unknown_includes_and_circles),
		cmocka_unit_test(says_how_it_is_called),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
