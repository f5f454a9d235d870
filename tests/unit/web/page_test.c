/*
 * What a page comes out as.  The templates are tests/data/pages/pages; the C
 * beside them in tests/data/pages/made is what the build tool makes of them
 * (template_test.c sees to it), compiled in here under a name of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "tool_run.h"
#include "web/page.h"

#define page_templates sample_catalogue
#include "../../data/pages/made/web/page/part.c"
#include "../../data/pages/made/web/page/sample.c"
#include "../../data/pages/made/web/page/catalogue.c"
#undef page_templates

#define PAGES "tests/data/pages/pages"
#define EVIL "\"'><script>"
#define TAME "&quot;&#39;&gt;&lt;script&gt;"

static struct arena *arena;

static int
start(void **state)
{
	const char *problem = NULL;

	(void)state;
	arena = arena_new();
	if (!page_load(PAGES, &sample_catalogue, &problem)) {
		print_error("%s\n", problem);
		return 1;
	}
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *
shown(const struct page_site *site, const struct page_sample_show *page)
{
	struct bytes *out = bytes_new(arena);

	page_sample_show(out, site, page);
	return out->data;
}

static void
assert_holds(const char *text, const char *words)
{
	if (strstr(text, words) == NULL) {
		fail_msg("expected \"%s\" in:\n%s", words, text);
	}
}

static void
assert_lacks(const char *text, const char *words)
{
	if (strstr(text, words) != NULL) {
		fail_msg("unexpected \"%s\" in:\n%s", words, text);
	}
}

static void
safety_36_a_value_is_escaped_once_in_text_attribute_and_url(void **state)
{
	const struct page_site site = {
		.site_programme = EVIL, .if_site_person = true, .site_person = EVIL
	};
	const char *html = shown(
	    &site, &(struct page_sample_show){ .name = EVIL, .slug = EVIL, .link = "/" EVIL });

	(void)state;
	assert_holds(html, "<title>" TAME " – " TAME "</title>");
	assert_holds(html, "title=\"" TAME "\">" TAME "</h1>");
	assert_holds(html, "content=\"" TAME "\"");
	assert_holds(html, "href=\"/" TAME "\"");
	assert_holds(html, "href=\"/cohort/" TAME "?q=" TAME "\"");
	assert_lacks(html, EVIL);
	assert_lacks(html, "&amp;quot;");
}

static void
safety_36_a_value_in_a_textarea_cannot_leave_it(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const struct page_part_sample_box box = { .name = EVIL, .value = "</textarea>" EVIL };
	const char *html =
	    shown(&site, &(struct page_sample_show){ .part_sample_box = { &box, 1 } });

	(void)state;
	assert_holds(html,
	    "<textarea name=\"" TAME "\">\n"
	    "&lt;/textarea&gt;" TAME "</textarea>");
}

static void
a_url_that_runs_script_becomes_a_hash(void **state)
{
	static const char *const urls[] = { "javascript:alert(1)", "JaVaScRiPt:alert(1)",
		"data:text/html,x", "vbscript:x", "mailto:a@b.c" };
	const struct page_site site = { .site_root = NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		const char *html = shown(&site, &(struct page_sample_show){ .link = urls[i] });

		assert_holds(html, "<a href=\"#\">first</a>");
	}
}

static void
a_link_of_ours_stays_as_it_is(void **state)
{
	static const char *const urls[] = { "/crew/cohort/2027", "https://example.org/a?b=c",
		"http://localhost:8080/", "?week=3", "#week-3" };
	const struct page_site site = { .site_root = "/crew" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		const char *html =
		    shown(&site, &(struct page_sample_show){ .link = urls[i], .slug = "2027" });

		assert_holds(html, arena_format(arena, "<a href=\"%s\">first</a>", urls[i]));
		assert_holds(html, "<a href=\"/crew/cohort/2027?q=\">");
	}
}

static void
markdown_is_not_escaped_again(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const char *html = shown(
	    &site, &(struct page_sample_show){ .story_markdown = markdown_html(arena, "*a* <b>") });

	(void)state;
	assert_holds(html, "<div><p><em>a</em> &lt;b&gt;</p>\n</div>");
}

static void
a_condition_shows_one_of_its_two_sides(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const char *open = shown(&site, &(struct page_sample_show){ .if_open = true });
	const char *closed = shown(&site, &(struct page_sample_show){ .if_open = false });

	(void)state;
	assert_holds(open, "<h1 class=\"name open\"");
	assert_holds(open, "<p>open</p>");
	assert_lacks(open, "<p>closed</p>");
	assert_holds(closed, "<h1 class=\"name\"");
	assert_holds(closed, "<p>closed</p>");
	assert_lacks(closed, "<p>open</p>");
}

static void
a_list_shows_its_rows_in_order_with_separators_between(void **state)
{
	static const struct page_sample_show_weeks_days days[] = { { "Mon" }, { "Tue" },
		{ "Wed" } };
	const struct page_sample_show_weeks weeks[] = {
		{ .name = "one", .days = { days, 3 } },
		{ .name = "two", .days = { days, 1 } },
	};
	const struct page_site site = { .site_root = NULL };
	const char *html = shown(&site, &(struct page_sample_show){ .weeks = { weeks, 2 } });

	(void)state;
	assert_holds(html,
	    "<ol>\n<li>[one] Mon, Tue, Wed </li>\n"
	    "<li>[two] Mon </li>\n</ol>\n");
	assert_lacks(html, "no weeks");
}

static void
an_empty_list_shows_the_words_for_none(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const char *html = shown(&site, &(struct page_sample_show){ .name = "x" });

	(void)state;
	assert_holds(html, "<p>no weeks</p>");
	assert_lacks(html, "<ol>");
}

static void
a_value_never_leaks_into_a_row_or_a_part(void **state)
{
	const struct page_part_sample_box box = { .value = "v" };
	const struct page_sample_show_weeks week = { .name = NULL };
	const struct page_site site = { .site_root = NULL };
	const char *html = shown(&site,
	    &(struct page_sample_show){ .name = "outer",
		.if_open = true,
		.weeks = { &week, 1 },
		.part_sample_box = { &box, 1 } });

	(void)state;
	assert_holds(html, "<li>[]  </li>");
	assert_holds(html, "<textarea name=\"\">\nv</textarea>");
}

static void
a_part_is_shown_once_a_row_without_being_indented(void **state)
{
	const struct page_part_sample_box boxes[] = {
		{ .name = "a", .value = "one\ntwo" },
		{ .name = "b", .if_open = true },
	};
	const struct page_site site = { .site_root = NULL };
	const char *html =
	    shown(&site, &(struct page_sample_show){ .part_sample_box = { boxes, 2 } });

	(void)state;
	assert_holds(html,
	    "<form>\n"
	    "<textarea name=\"a\">\none\ntwo</textarea>\n"
	    "<textarea name=\"b\" autofocus>\n</textarea>\n</form>\n");
}

static void
what_all_pages_share_reaches_into_parts(void **state)
{
	const struct page_site_links links[] = { { "/a" }, { "/b" } };
	const struct page_site site = { .site_root = "/crew",
		.if_site_person = true,
		.site_person = "Ada",
		.site_links = { links, 2 } };
	const char *html = shown(&site, &(struct page_sample_show){ .name = "x" });

	(void)state;
	assert_holds(html, "href=\"/crew/style.css\"");
	assert_holds(html, "<meta name=\"author\" content=\"Ada\">");
	assert_holds(html,
	    "<link rel=\"next\" href=\"/a\">"
	    "<link rel=\"next\" href=\"/b\">");
}

static void
words_on_two_lines_stay_two_words(void **state)
{
	const struct page_site site = { .site_root = NULL };

	(void)state;
	assert_holds(shown(&site, &(struct page_sample_show){ .name = "x" }), "<p>two\nwords</p>");
}

static void
a_page_is_appended_to_what_stands_there(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const struct page_sample_bare page = { 0 };
	struct bytes *out = bytes_new(arena);

	(void)state;
	bytes_text(out, "before ");
	page_sample_bare(out, &site, &page);
	assert_string_equal(out->data, "before <p>nothing to fill in</p>\n");
}

/* A copy of the templates with one file replaced. */
static const char *
folder_with(const char *name, const char *text)
{
	static const char *const files[] = { "sample/show.html", "sample/bare.html",
		"part/sample_head.html", "part/sample_box.html" };
	const char *folder = tool_folder(arena);
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (strcmp(files[i], name) != 0) {
			tool_file(arena, folder, files[i], tool_file_read(arena, PAGES, files[i]));
		} else if (text != NULL) {
			tool_file(arena, folder, name, text);
		}
	}
	return folder;
}

static void
assert_refused(const char *folder, const char *words)
{
	const char *problem = NULL;

	assert_false(page_load(folder, &sample_catalogue, &problem));
	assert_non_null(problem);
	assert_holds(problem, words);
	tool_folder_remove(arena, folder);
}

static void
refuses_to_start_without_a_template(void **state)
{
	(void)state;
	assert_refused(
	    folder_with("part/sample_box.html", NULL), "part/sample_box.html cannot be read");
}

static void
refuses_to_start_on_a_template_that_does_not_escape(void **state)
{
	(void)state;
	assert_refused(folder_with("sample/bare.html", "<p>{{NAME}}</p>\n"),
	    "sample/bare.html does not begin with the auto-escape pragma");
}

static void
refuses_to_start_on_a_template_changed_since_the_build(void **state)
{
	(void)state;
	assert_refused(
	    folder_with("sample/bare.html", "{{%AUTOESCAPE context=\"HTML\"}}\n<p>{{NAM}}</p>\n"),
	    "sample/bare.html is not the one this program was built with");
}

static void
goes_on_with_what_was_loaded_when_a_later_load_fails(void **state)
{
	const struct page_site site = { .site_root = NULL };

	(void)state;
	assert_refused(folder_with("sample/bare.html", NULL), "cannot be read");
	assert_holds(shown(&site, &(struct page_sample_show){ .name = "x" }), "<title>x");
}

static void
reads_no_file_after_the_start(void **state)
{
	const struct page_site site = { .site_root = NULL };
	const char *folder = folder_with("", NULL);
	const char *problem;

	(void)state;
	assert_true(page_load(folder, &sample_catalogue, &problem));
	tool_folder_remove(arena, folder);
	assert_holds(shown(&site, &(struct page_sample_show){ .name = "x" }), "<title>x");
}

static void
hashes_as_fnv_1a_does(void **state)
{
	(void)state;
	assert_true(page_hash("", 0) == UINT64_C(0xcbf29ce484222325));
	assert_true(page_hash("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safety_36_a_value_is_escaped_once_in_text_attribute_and_url),
		cmocka_unit_test(safety_36_a_value_in_a_textarea_cannot_leave_it),
		cmocka_unit_test(a_url_that_runs_script_becomes_a_hash),
		cmocka_unit_test(a_link_of_ours_stays_as_it_is),
		cmocka_unit_test(markdown_is_not_escaped_again),
		cmocka_unit_test(a_condition_shows_one_of_its_two_sides),
		cmocka_unit_test(a_list_shows_its_rows_in_order_with_separators_between),
		cmocka_unit_test(an_empty_list_shows_the_words_for_none),
		cmocka_unit_test(a_value_never_leaks_into_a_row_or_a_part),
		cmocka_unit_test(a_part_is_shown_once_a_row_without_being_indented),
		cmocka_unit_test(what_all_pages_share_reaches_into_parts),
		cmocka_unit_test(words_on_two_lines_stay_two_words),
		cmocka_unit_test(a_page_is_appended_to_what_stands_there),
		cmocka_unit_test(refuses_to_start_without_a_template),
		cmocka_unit_test(refuses_to_start_on_a_template_that_does_not_escape),
		cmocka_unit_test(refuses_to_start_on_a_template_changed_since_the_build),
		cmocka_unit_test(goes_on_with_what_was_loaded_when_a_later_load_fails),
		cmocka_unit_test(reads_no_file_after_the_start),
		cmocka_unit_test(hashes_as_fnv_1a_does),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
