#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/feed_link.h"

static const struct feed_name all = { .kind = NULL }, kind = { .kind = "highlights" },
			      cohort = { .cohort = "orion" },
			      group = { .cohort = "orion", .group = "deneb" };

static void
every_feed_has_a_page_and_two_documents(void **state)
{
	struct arena *arena = arena_new();
	const struct site site = { .root = "" };
	const struct {
		const struct feed_name *name;
		enum feed_link_form form;
		const char *link;
	} cases[] = { { &all, FEED_LINK_PAGE, "/feed/" },
		{ &all, FEED_LINK_ATOM, "/feed/all.atom" },
		{ &all, FEED_LINK_JSON, "/feed/all.json" },
		{ &kind, FEED_LINK_PAGE, "/feed/kind/highlights" },
		{ &kind, FEED_LINK_ATOM, "/feed/kind/highlights.atom" },
		{ &cohort, FEED_LINK_PAGE, "/feed/orion" },
		{ &cohort, FEED_LINK_JSON, "/feed/orion.json" },
		{ &group, FEED_LINK_PAGE, "/feed/orion/deneb" },
		{ &group, FEED_LINK_ATOM, "/feed/orion/deneb.atom" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(
		    feed_link(arena, &site, cases[i].name, cases[i].form), cases[i].link);
	}
	arena_free(arena);
}

static void
a_document_of_an_archive_names_its_generation_and_a_page_does_not(void **state)
{
	struct arena *arena = arena_new();
	const struct site site = { .root = "/crew" };

	(void)state;
	assert_string_equal(feed_link_archive(arena, &site, &all, FEED_LINK_ATOM, 3, 17),
	    "/crew/feed/all/archive/3-17.atom");
	assert_string_equal(feed_link_archive(arena, &site, &kind, FEED_LINK_JSON, 3, 17),
	    "/crew/feed/kind/highlights/archive/3-17.json");
	assert_string_equal(feed_link_archive(arena, &site, &cohort, FEED_LINK_PAGE, 3, 17),
	    "/crew/feed/orion/archive/3");
	assert_string_equal(feed_link_archive(arena, &site, &group, FEED_LINK_PAGE, 1, 0),
	    "/crew/feed/orion/deneb/archive/1");
	assert_string_equal(feed_link_highlight(arena, &site, "orion", "deneb", "abc"),
	    "/crew/feed/orion/deneb/highlight/abc");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_feed_has_a_page_and_two_documents),
		cmocka_unit_test(a_document_of_an_archive_names_its_generation_and_a_page_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
