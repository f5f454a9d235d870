#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/atom.h"

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

static struct atom_entry
entry(void)
{
	return (struct atom_entry){ .id = "tag:example.org,2026-01-01:b",
		.title = "A & B",
		.link = "https://example.org/a?b=1&c=2",
		.author = "Vega",
		.html = "<p>Tom &amp; <em>Ana</em></p>",
		.published = 1795330800,
		.updated = 1795330861,
		.categories = { { "highlight", "tag:x,2026:kind", "\"High\"light" } },
		.category_count = 1 };
}

static struct atom_feed
feed(const struct atom_entry *entries, size_t count)
{
	return (struct atom_feed){ .id = "tag:example.org,2026-01-01:a",
		.language = "en",
		.title = "News",
		.subtitle = "Of stars",
		.self = "https://example.org/feed/all.atom",
		.alternate = "https://example.org/feed/",
		.author = "Programme",
		.updated = 1795330861,
		.entries = entries,
		.entry_count = count };
}

static void
writes_a_document_byte_by_byte_as_promised(void **state)
{
	static const char expected[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\""
	    " xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""
	    " xmlns:fh=\"http://purl.org/syndication/history/1.0\""
	    " xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xml:lang=\"en\">\n"
	    "<id>tag:example.org,2026-01-01:a</id>\n"
	    "<title type=\"text\">News</title>\n"
	    "<subtitle type=\"text\">Of stars</subtitle>\n"
	    "<link rel=\"self\" type=\"application/atom+xml\""
	    " href=\"https://example.org/feed/all.atom\"/>\n"
	    "<link rel=\"alternate\" type=\"text/html\""
	    " href=\"https://example.org/feed/\"/>\n"
	    "<updated>2026-11-22T07:01:01Z</updated>\n"
	    "<author>\n<name>Programme</name>\n</author>\n"
	    "<entry>\n"
	    "<id>tag:example.org,2026-01-01:b</id>\n"
	    "<title type=\"text\">A &amp; B</title>\n"
	    "<link rel=\"alternate\" type=\"text/html\""
	    " href=\"https://example.org/a?b=1&amp;c=2\"/>\n"
	    "<published>2026-11-22T07:00:00Z</published>\n"
	    "<updated>2026-11-22T07:01:01Z</updated>\n"
	    "<author>\n<name>Vega</name>\n</author>\n"
	    "<category term=\"highlight\" scheme=\"tag:x,2026:kind\""
	    " label=\"&quot;High&quot;light\"/>\n"
	    "<content type=\"html\">&lt;p&gt;Tom &amp;amp;"
	    " &lt;em&gt;Ana&lt;/em&gt;&lt;/p&gt;</content>\n"
	    "</entry>\n"
	    "</feed>\n";
	struct atom_entry one = entry();
	struct atom_feed whole = feed(&one, 1);
	struct bytes *document = atom_document(*state, &whole);

	assert_non_null(document);
	assert_string_equal(document->data, expected);
	assert_int_equal(document->length, sizeof(expected) - 1);
}

/* Whether the document of this feed holds a text. */
static void
expect_part(void **state, const struct atom_feed *whole, const char *part)
{
	const char *document = atom_document(*state, whole)->data;

	if (strstr(document, part) == NULL) {
		fail_msg("no %s in\n%s", part, document);
	}
}

static void
feed_27_28_29_writes_archives_threads_and_tombstones_as_their_rfcs_say(void **state)
{
	const struct atom_tombstone gone = { "tag:x,2026:g", 1795330861 };
	struct atom_entry one = entry();
	struct atom_feed whole = feed(&one, 1);

	whole.previous = "https://example.org/feed/all/archive/2-3.atom";
	whole.current = "https://example.org/feed/all.atom";
	whole.tombstones = &gone;
	whole.tombstone_count = 1;
	one.html = NULL;
	one.summary = "In\nshort";
	one.parent_id = "tag:x,2026:p";
	one.parent_link = "https://example.org/p";
	one.replies = 2;
	one.replies_link = "https://example.org/r";
	expect_part(state, &whole,
	    "<link rel=\"prev-archive\" type=\"application/atom+xml\""
	    " href=\"https://example.org/feed/all/archive/2-3.atom\"/>\n"
	    "<link rel=\"current\" type=\"application/atom+xml\""
	    " href=\"https://example.org/feed/all.atom\"/>\n<fh:archive/>\n");
	expect_part(state, &whole,
	    "<at:deleted-entry ref=\"tag:x,2026:g\" when=\"2026-11-22T07:01:01Z\"/>\n");
	expect_part(state, &whole,
	    "<thr:in-reply-to ref=\"tag:x,2026:p\" href=\"https://example.org/p\""
	    " type=\"text/html\"/>\n"
	    "<link rel=\"replies\" type=\"text/html\" href=\"https://example.org/r\""
	    " thr:count=\"2\"/>\n<thr:total>2</thr:total>\n");
	expect_part(state, &whole, "<summary type=\"text\">In short</summary>\n");
	assert_null(strstr(atom_document(*state, &whole)->data, "fh:complete"));
	whole.current = NULL;
	whole.is_complete = true;
	whole.hub = "https://hub.example/";
	expect_part(state, &whole, "<link rel=\"hub\" href=\"https://hub.example/\"/>\n");
	expect_part(state, &whole, "<fh:complete/>\n");
	assert_null(strstr(atom_document(*state, &whole)->data, "fh:archive"));
}

static void
leaves_out_what_is_empty(void **state)
{
	struct atom_entry one = entry();
	struct atom_feed whole = feed(&one, 1);
	const char *document;

	one.html = "";
	whole.subtitle = " \001 ";
	document = atom_document(*state, &whole)->data;
	assert_null(strstr(document, "<content"));
	assert_null(strstr(document, "<subtitle"));
	assert_null(strstr(document, "<icon"));
}

static void
attributes_cannot_be_left_either(void **state)
{
	struct atom_entry one = entry();
	struct atom_feed whole = feed(&one, 1);
	const char *document;

	one.categories[0].label = "\"><x>\001\n\xff"
				  "\xf0\x9f\x9a\x80";
	document = atom_document(*state, &whole)->data;
	if (strstr(document, "label=\"&quot;&gt;&lt;x&gt; \xf0\x9f\x9a\x80\"") == NULL) {
		fail_msg("%s", document);
	}
}

static void
feed_05_text_keeps_lines_and_loses_what_xml_forbids(void **state)
{
	assert_string_equal(atom_text(*state, "a\r\nb\rc\td\n\r"), "a\nb\nc\td\n\n");
	assert_string_equal(atom_text(*state, "\001\x1f\x7f\xc2\x85x"), "x");
	assert_string_equal(atom_text(*state, "\xc0\x80\xed\xa0\x80\xf0\x9f"), "");
	assert_string_equal(atom_text(*state, "\xef\xbf\xbd\xef\xb7\x90y"), "y");
	assert_string_equal(atom_text(*state, "plain \001text \xc3\xa4 and~\x7f more"),
	    "plain text \xc3\xa4 and~ more");
	assert_null(atom_text(*state, NULL));
}

static void
a_line_is_one_line(void **state)
{
	assert_string_equal(atom_line(*state,
				" a \n\t b\xe2\x80\xa9"
				"c "),
	    "a b c");
	assert_string_equal(atom_line(*state, " \n "), "");
	assert_null(atom_line(*state, NULL));
}

static void
feed_21_only_what_could_turn_its_neighbours_is_isolated(void **state)
{
	assert_string_equal(atom_run(*state, "Orion 2 (\xc3\xa9)"), "Orion 2 (\xc3\xa9)");
	assert_string_equal(atom_run(*state, "\xd7\xa9"), "\xe2\x81\xa8\xd7\xa9\xe2\x81\xa9");
	assert_string_equal(atom_run(*state,
				"a\xe2\x80\xae"
				"b"),
	    "\xe2\x81\xa8"
	    "a\xe2\x80\xae"
	    "b\xe2\x81\xa9");
	assert_string_equal(atom_run(*state, "\xd8\xa7\n"), "\xe2\x81\xa8\xd8\xa7\xe2\x81\xa9");
}

static void
feed_16_links_are_resolved_as_rfc_3986_says(void **state)
{
	static const struct {
		const char *link;
		const char *expected;
	} cases[] = {
		{ "https://x.org/a", "https://x.org/a" },
		{ "HTTP://x.org/a", "HTTP://x.org/a" },
		{ "/a?b=c&d=e", "https://e.org/a?b=c&amp;d=e" },
		{ "?q", "https://e.org/crew/cohort/x?q" },
		{ "#f", "https://e.org/crew/cohort/x#f" },
		{ "g/h", "https://e.org/crew/cohort/g/h" },
		{ "../h", "https://e.org/crew/h" },
		{ "../../../h", "https://e.org/h" },
	};
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *html = atom_markdown(arena,
		    arena_format(arena, "[x](%s)", cases[i].link), "https://e.org/crew/cohort/x")
				       .html;
		const char *expected = arena_format(arena, "<p><a href=\"%s\"", cases[i].expected);

		if (strncmp(html, expected, strlen(expected)) != 0) {
			fail_msg("%s: %s", cases[i].link, html);
		}
	}
}

static void
feed_16_text_that_looks_like_a_link_stays_text(void **state)
{
	assert_string_equal(atom_markdown(*state, "`<a href=\"/x\">`", "https://e.org/").html,
	    "<p><code>&lt;a href=&quot;/x&quot;&gt;</code></p>\n");
}

static void
the_size_is_what_the_document_takes(void **state)
{
	struct atom_entry one = entry();
	struct atom_feed whole = feed(&one, 1);
	size_t without;

	one.html = "x";
	without = atom_document(*state, &whole)->length - 1;
	one.html = "<p>\"a\" & b</p>\n\xc3\xa9";
	assert_int_equal(atom_document(*state, &whole)->length, without + atom_size(one.html));
	assert_int_equal(atom_size(NULL), 0);
}

#define atom_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		atom_test(writes_a_document_byte_by_byte_as_promised),
		atom_test(feed_27_28_29_writes_archives_threads_and_tombstones_as_their_rfcs_say),
		atom_test(leaves_out_what_is_empty),
		atom_test(attributes_cannot_be_left_either),
		atom_test(feed_05_text_keeps_lines_and_loses_what_xml_forbids),
		atom_test(a_line_is_one_line),
		atom_test(feed_21_only_what_could_turn_its_neighbours_is_isolated),
		atom_test(feed_16_links_are_resolved_as_rfc_3986_says),
		atom_test(feed_16_text_that_looks_like_a_link_stays_text),
		atom_test(the_size_is_what_the_document_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
