/*
 * Rule 44 of feeds: every page that there is, to whomever, says where the feed
 * of everything is, those of a cohort also its own, those of a group also the
 * group's, each as Atom and as JSON; and none that it names is missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_crawl.h"
#include "ground/bytes.h"

enum { NAMED_MAX = 50 };

/* What was found on all pages. */
struct found {
	struct bytes *wrong;
	const char *named[NAMED_MAX]; /* feeds, each once */
	size_t count;
	size_t of_cohort, of_group; /* pages */
};

static void
expect_feed(struct harness *h, const char *path, const char *feed, struct found *found)
{
	static const char *const types[][2] = { { "atom+xml", "atom" }, { "feed+json", "json" } };

	for (size_t i = 0; i < 2; i++) {
		const char *type = arena_format(harness_arena(h),
		    "<link rel=\"alternate\" type=\"application/%s\" title=\"", types[i][0]);
		const char *href =
		    arena_format(harness_arena(h), "\" href=\"%s.%s\">", feed, types[i][1]);
		const char *at = harness_body_text(h), *end;
		bool is_there = false;

		while (!is_there && (at = strstr(at, type)) != NULL) {
			at += strlen(type);
			/* A title that is not empty, then the address. */
			end = strchr(at, '"');
			is_there = end > at && strncmp(end, href, strlen(href)) == 0;
		}
		if (!is_there) {
			bytes_format(
			    found->wrong, "%s does not name %s.%s\n", path, feed, types[i][1]);
		}
	}
}

static void
note_named(struct harness *h, struct found *found)
{
	static const char mark[] = "<link rel=\"alternate\" type=\"application/";
	const char *at = harness_body_text(h);

	while ((at = strstr(at, mark)) != NULL) {
		const char *start = strstr(at, " href=\"") + strlen(" href=\"");
		const char *feed = arena_copy_bytes(harness_arena(h), start, strcspn(start, "\""));
		size_t i = 0;

		while (i < found->count && strcmp(found->named[i], feed) != 0) {
			i++;
		}
		if (i == found->count) {
			assert_true(found->count < NAMED_MAX);
			found->named[found->count++] = feed;
		}
		at = start;
	}
}

static void
look_at_head(struct harness *h, const char *path, void *context)
{
	static const char *const cohorts[] = { "/cohort/orion", "/standup/orion", "/feed/orion",
		"/apply/orion" };
	static const char *const groups[] = { "/cohort/orion/group/lyra", "/standup/orion/lyra",
		"/feed/orion/lyra" };
	struct found *found = context;

	if (!crawl_is_html(h)) {
		return;
	}
	expect_feed(h, path, "/feed/all", found);
	note_named(h, found);
	if (harness_status(h) != 200) {
		return;
	}
	for (size_t i = 0; i < sizeof(cohorts) / sizeof(cohorts[0]); i++) {
		if (strncmp(path, cohorts[i], strlen(cohorts[i])) == 0) {
			expect_feed(h, path, "/feed/orion", found);
			found->of_cohort++;
		}
	}
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (strncmp(path, groups[i], strlen(groups[i])) == 0) {
			expect_feed(h, path, "/feed/orion/lyra", found);
			found->of_group++;
		}
	}
}

static void
feed_44_every_page_names_the_feeds_it_belongs_to(void **state)
{
	static const enum world_visitor visitors[] = { WORLD_STRANGER, WORLD_DJANGONAUT,
		WORLD_NAVIGATOR, WORLD_ORGANISER, WORLD_ADMINISTRATOR };
	struct harness *h = *state;
	struct found found = { .wrong = bytes_new(harness_arena(h)) };

	for (size_t i = 0; i < sizeof(visitors) / sizeof(visitors[0]); i++) {
		world_become(h, visitors[i]);
		(void)crawl(h, look_at_head, &found);
	}
	if (found.wrong->length > 0) {
		fail_msg("\n%s", found.wrong->data);
	}
	assert_true(found.of_cohort > 20 && found.of_group > 5);
	/* All, a kind's on its own pages, cohort's, group's: both forms. */
	assert_true(found.count >= 8);
	world_become(h, WORLD_STRANGER);
	harness_program(h, &feed_program);
	for (size_t i = 0; i < found.count; i++) {
		harness_get(h, found.named[i]);
		if (harness_status(h) != 200) {
			fail_msg("%s is named and answers %d", found.named[i], harness_status(h));
		}
		assert_non_null(strstr(harness_header(h, "Content-Type"),
		    strstr(found.named[i], ".json") != NULL ? "feed+json" : "atom+xml"));
	}
}

static int
set_up(void **state)
{
	*state = world_new();
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    feed_44_every_page_names_the_feeds_it_belongs_to, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
