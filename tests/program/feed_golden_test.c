/*
 * An archive's bytes are kept for a year under one address: what makes them
 * others has to make other addresses, too (rule 27).
 *
 * The archives of a small world are held against tests/data/feed.  Where they
 * differ, raise FEED_RENDERING in cgi-bin/feed/document.c; then
 *
 *	GROUNDCREW_GOLDEN=write build/tests/program/feed_golden_test
 *
 * writes the files anew.  It does not while the number is the old one.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/bytes.h"

/* All that an entry can be, within the first fifty. */
static const char past[] =
    "UPDATE programme SET tagline = 'A *tagline*';"
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (9, 'x@y.z', 'x@y.z', 'x', 'x', 0);"
    "INSERT INTO member (id, cohort_id, person_id, role, joined_at) VALUES"
    " (9, 1, 9, 'captain', 1);"
    "INSERT INTO check_in (id, key, standup_id, member_id, did, next, blocked, audience,"
    " did_audience, next_audience, blocked_audience, created_at) VALUES"
    " (1, 'c1', 1, 2, 'I read a **failing** test.', '', '', 4, 4, 4, 4, 1),"
    " (2, 'c2', 1, 3, 'A [link](/apply/?a=1&b=2)', '', '', 4, 4, 4, 4, 1);"
    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, follows_id,"
    " published_at, updated_at)"
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 110)"
    " SELECT i, 'h' || i, 1, CASE WHEN i % 4 = 1 THEN 9 ELSE 1 END,"
    " CASE i % 5 WHEN 0 THEN 'Plain' WHEN 1 THEN '<b>Bold</b> & \"quoted\" ]]>'"
    "  WHEN 2 THEN '\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d' WHEN 3 THEN"
    "  '\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 e\xcc\x81' ELSE 'Line' || char(9) || 'two'"
    "  END || ' ' || i,"
    " CASE i % 6 WHEN 0 THEN '' WHEN 1 THEN '# Head\n\n1. *one*\n2. `two`\n\n> said'"
    "  WHEN 2 THEN '<script>x</script> [a](javascript:x) [b](?week=2) https://example.org/'"
    "  WHEN 3 THEN '```\ncode & more\n```' ELSE 'Words ' || i END,"
    " CASE WHEN i % 7 = 3 THEN i - 2 END, 1795331000 + i * 60, 1795331000 + i * 60 FROM n;"
    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id) VALUES"
    " (5, 1, 'did', 1), (5, 2, 'did', 2), (12, 1, 'did', 2);"
    "INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at)"
    " SELECT 'entry-' || id, 'highlight', 1, id, published_at, updated_at FROM highlight"
    " ORDER BY id;"
    "UPDATE highlight SET body = 'Edited', updated_at = updated_at + 7 WHERE id IN (7, 8);"
    "UPDATE highlight SET withdrawn_at = updated_at + 9, updated_at = updated_at + 9"
    " WHERE id IN (9, 10, 11);"
    "UPDATE activity SET tombstoned_at = withdrawn_at + 5, updated_at = withdrawn_at + 5"
    " WHERE highlight_id = 10;"
    "DROP TRIGGER activity_keeps_its_identity;"
    "UPDATE activity SET key = 'entry-0-' || kind WHERE highlight_id IS NULL;"
    "UPDATE feed SET key = 'feed-' || scope || coalesce(kind, '');"
    "DELETE FROM feed_generation;"
    "INSERT INTO feed_generation (feed_id, number, generation) SELECT id, 1, 7 FROM feed";

static const char *
file_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct bytes *text = bytes_new(arena);
	char buffer[4096];
	size_t length;

	if (file == NULL) {
		return NULL;
	}
	while ((length = fread(buffer, 1, sizeof(buffer), file)) > 0) {
		bytes_append(text, buffer, length);
	}
	assert_int_equal(fclose(file), 0);
	return text->data;
}

static void
file_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

/* Holds one archive against its file. */
static void
compare(struct harness *harness, const char *stem, const char *name, const char *suffix)
{
	struct arena *arena = harness_arena(harness);
	const char *end =
	    arena_format(arena, "/archive/1-%" PRId64 ".%s", feed_generation_named(7), suffix);
	const char *path = arena_format(arena, "tests/data/feed/%s.%s", name, suffix);
	const char *before = file_read(arena, path);
	const char *mode = getenv("GROUNDCREW_GOLDEN");

	harness_get(harness, arena_format(arena, "%s%s", stem, end));
	harness_expect_status(harness, 200);
	if (before != NULL && strcmp(before, harness_body_text(harness)) == 0) {
		return;
	}
	if (before != NULL && strstr(before, end) != NULL) {
		fail_msg("%s: other bytes under one address: raise FEED_RENDERING\n%s", path,
		    harness_body_text(harness));
	}
	if (mode == NULL || strcmp(mode, "write") != 0) {
		fail_msg("%s is of another number: write it anew", path);
	}
	file_write(path, harness_body_text(harness));
}

static void
feed_27_archives_have_the_bytes_that_their_addresses_promised(void **state)
{
	static const char *const suffixes[] = { "atom", "json" };
	struct harness *harness = *state;

	community_activity(harness, "groups_formed", HARNESS_NOW + 2000);
	community_activity(harness, "cohort_launched", HARNESS_NOW + 2001);
	community_activity(harness, "cohort_finished", HARNESS_NOW + 2002);
	harness_run_sql(harness, past);
	for (size_t i = 0; i < 2; i++) {
		feed_cache_clear();
		compare(harness, "/feed/all", "all", suffixes[i]);
		compare(harness, "/feed/kind/highlights", "highlights", suffixes[i]);
		compare(harness, "/feed/orion", "cohort", suffixes[i]);
		compare(harness, "/feed/orion/deneb", "group", suffixes[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    feed_27_archives_have_the_bytes_that_their_addresses_promised, community_set_up,
		    community_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
