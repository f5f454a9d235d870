/*
 * Rules 31 to 43 of feeds for every public document there is, as the table of
 * routes has them: Atom, JSON and calendars, of every feed and of its archives.
 */
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
#include "ground/clock.h"
#include "model/calendar.h"
#include "web/gzip.h"

#define ATOM "application/atom+xml; charset=utf-8"
#define JSON "application/feed+json; charset=utf-8"
#define CALENDAR "text/calendar; charset=utf-8"

/* More than are left when a first archive is cut. */
enum { HIGHLIGHTS = 110, DOCUMENTS_MAX = 40 };

static const char *documents[DOCUMENTS_MAX];
static size_t document_count;

/* ---- the documents there are ---- */

static const char *
replaced(struct arena *arena, const char *text, const char *name, const char *value)
{
	const char *at = strstr(text, name);

	if (at == NULL) {
		return text;
	}
	return arena_format(arena, "%.*s%s%s", (int)(at - text), text, value, at + strlen(name));
}

/* The name of the latest archive of the feed that an archive's pattern names. */
static const char *
latest_archive(struct harness *harness, const char *pattern)
{
	struct arena *arena = harness_arena(harness);
	const char *end = strstr(pattern, "/archive/");
	const char *address, *name;

	community_look(harness, arena_format(arena, "%.*s.atom", (int)(end - pattern), pattern));
	address = community_text(harness, "/a:feed/a:link[@rel='prev-archive']/@href");
	if (address == NULL) {
		fail_msg("%s: there is no archive", pattern);
	}
	name = strrchr(address, '/') + 1;
	return arena_copy_bytes(arena, name, strcspn(name, "."));
}

static const char *
example_of(struct harness *harness, const char *pattern)
{
	struct arena *arena = harness_arena(harness);

	pattern = replaced(arena, pattern, ":cohort", "orion");
	pattern = replaced(arena, pattern, ":group", "deneb");
	pattern = replaced(arena, pattern, ":kind", "highlights");
	if (strstr(pattern, ":archive") != NULL) {
		pattern = replaced(arena, pattern, ":archive", latest_archive(harness, pattern));
	}
	assert_null(strchr(pattern, ':'));
	return pattern;
}

static int
set_up(void **state)
{
	struct harness *harness;
	size_t i;

	if (community_set_up(state) != 0) {
		return -1;
	}
	harness = *state;
	for (i = 0; i < HIGHLIGHTS; i++) {
		(void)community_highlight(harness, COMMUNITY_VEGA,
		    arena_format(harness_arena(harness), "Number %zu", i), "Some *words*");
	}
	harness_set_now(harness, HARNESS_NOW + CLOCK_DAY);
	assert_true(db_begin_write(harness_db(harness)));
	assert_true(calendar_follow(harness_db(harness), 1, harness_now(harness)));
	assert_true(db_commit(harness_db(harness)));
	document_count = 0;
	for (i = 0; i < feed_program.count; i++) {
		const struct route *route = &feed_program.routes[i];

		if (strchr(route->pattern, '.') != NULL && !route->secret) {
			assert_true(document_count < DOCUMENTS_MAX);
			documents[document_count++] = example_of(harness, route->pattern);
		}
	}
	assert_true(document_count >= 17);
	feed_cache_clear();
	return 0;
}

/* ---- asking ---- */

static bool
is_archive(const char *path)
{
	return strstr(path, "/archive/") != NULL;
}

static const char *
header(struct harness *harness, const char *name)
{
	return arena_copy(harness_arena(harness), harness_header(harness, name));
}

/* A request with one header more, or with those given before, too. */
static void
ask(struct harness *harness, const char *path, int status, const char *name, const char *value)
{
	if (name != NULL) {
		harness_variable(harness, name, value);
	}
	harness_get(harness, path);
	if (harness_status(harness) != status) {
		fail_msg("%s %s: %s: %d, not %d", path, name == NULL ? "" : name,
		    name == NULL ? "" : value, harness_status(harness), status);
	}
}

static const char *
tag_of(struct harness *harness, const char *path, const char *coding)
{
	ask(harness, path, 200, "HTTP_ACCEPT_ENCODING", coding);
	return header(harness, "ETag");
}

static const char *
type_of(const char *path)
{
	const char *suffix = strrchr(path, '.');

	return strcmp(suffix, ".atom") == 0 ? ATOM : strcmp(suffix, ".json") == 0 ? JSON : CALENDAR;
}

/* Width and height of a picture among the static files. */
static void
measure(const char *address, unsigned *width, unsigned *height)
{
	static const char folder[] = "http://localhost:8080/static/";
	unsigned char head[24];
	char path[128];
	FILE *file;

	assert_memory_equal(address, folder, sizeof(folder) - 1);
	(void)snprintf(path, sizeof(path), "www/static/%.*s",
	    (int)strcspn(address + sizeof(folder) - 1, "?"), address + sizeof(folder) - 1);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
	(void)fclose(file);
	assert_memory_equal(head + 1, "PNG", 3);
	*width = (unsigned)head[18] << 8 | head[19];
	*height = (unsigned)head[22] << 8 | head[23];
}

/* ---- the rules ---- */

static void
feed_24_the_icon_is_square_and_the_logo_twice_as_wide_as_high(void **state)
{
	unsigned width, height;

	community_look(*state, "/feed/all.atom");
	measure(community_text(*state, "/a:feed/a:icon"), &width, &height);
	assert_int_equal(width, height);
	measure(community_text(*state, "/a:feed/a:logo"), &width, &height);
	assert_int_equal(width, 2 * height);
}

static void
feed_31_every_document_says_what_it_is_and_may_be_read_by_any_page(void **state)
{
	size_t i;

	for (i = 0; i < document_count; i++) {
		ask(*state, documents[i], 200, NULL, NULL);
		assert_string_equal(harness_header(*state, "Content-Type"), type_of(documents[i]));
		assert_string_equal(harness_header(*state, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(harness_header(*state, "Access-Control-Allow-Origin"), "*");
		assert_string_equal(
		    harness_header(*state, "Cross-Origin-Resource-Policy"), "cross-origin");
	}
}

static void
feed_32_33_every_document_has_validators_that_are_its_bytes(void **state)
{
	struct arena *arena = harness_arena(*state);
	size_t i;

	for (i = 0; i < document_count; i++) {
		const char *plain = tag_of(*state, documents[i], "identity");
		const char *modified = header(*state, "Last-Modified");
		const char *body = arena_copy(arena, harness_body_text(*state));
		const char *gzip = tag_of(*state, documents[i], "gzip");
		int64_t at;

		assert_int_equal(plain[0], '"');
		assert_int_equal(gzip[0], '"');
		assert_string_not_equal(plain, gzip);
		assert_true(clock_http_read(modified, harness_now(*state), &at));
		assert_true(at <= harness_now(*state));
		/* Another worker, later. */
		feed_cache_clear();
		harness_set_now(*state, harness_now(*state) + 60);
		assert_string_equal(tag_of(*state, documents[i], "gzip"), gzip);
		assert_string_equal(tag_of(*state, documents[i], "identity"), plain);
		assert_string_equal(harness_body_text(*state), body);
		assert_string_equal(harness_header(*state, "Last-Modified"), modified);
	}
}

static void
feed_32_no_document_is_dated_later_than_now(void **state)
{
	size_t i;

	harness_set_now(*state, HARNESS_NOW - 30 * CLOCK_DAY);
	for (i = 0; i < document_count; i++) {
		ask(*state, documents[i], 200, NULL, NULL);
		assert_null(harness_header(*state, "Last-Modified"));
	}
}

static void
feed_33_two_documents_never_share_a_tag(void **state)
{
	const char *tags[DOCUMENTS_MAX];
	size_t i, j;

	for (i = 0; i < document_count; i++) {
		tags[i] = tag_of(*state, documents[i], "identity");
		for (j = 0; j < i; j++) {
			assert_string_not_equal(tags[i], tags[j]);
		}
	}
}

static void
feed_34_every_document_understands_if_none_match(void **state)
{
	struct arena *arena = harness_arena(*state);
	size_t i;

	for (i = 0; i < document_count; i++) {
		const char *path = documents[i];
		const char *own = tag_of(*state, path, "identity");
		const char *modified = header(*state, "Last-Modified");

		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", own);
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", arena_format(arena, "W/%s", own));
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", "*");
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH",
		    arena_format(arena, "\"a,b\" , W/\"c\",, %s", own));
		ask(*state, path, 200, "HTTP_IF_NONE_MATCH", "\"other\"");
		harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", modified);
		ask(*state, path, 200, "HTTP_IF_NONE_MATCH", "\"other\"");
		harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", "Thu, 01 Jan 1970 00:00:00 GMT");
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", own);
	}
}

static void
feed_35_every_document_understands_if_modified_since(void **state)
{
	struct arena *arena = harness_arena(*state);
	size_t i;

	for (i = 0; i < document_count; i++) {
		const char *path = documents[i];
		int64_t at;

		ask(*state, path, 200, NULL, NULL);
		assert_true(clock_http_read(
		    harness_header(*state, "Last-Modified"), harness_now(*state), &at));
		ask(*state, path, 304, "HTTP_IF_MODIFIED_SINCE", clock_http(arena, at));
		ask(*state, path, 304, "HTTP_IF_MODIFIED_SINCE", clock_http(arena, at + 1));
		ask(*state, path, 200, "HTTP_IF_MODIFIED_SINCE", clock_http(arena, at - 1));
		ask(*state, path, 200, "HTTP_IF_MODIFIED_SINCE", clock_rfc3339(arena, at + 1));
	}
}

static void
feed_36_37_a_304_and_a_head_of_every_document_are_like_its_get(void **state)
{
	static const char *const same[] = { "ETag", "Cache-Control", "Vary", "Last-Modified",
		"Access-Control-Allow-Origin" };
	size_t i, j;

	for (i = 0; i < document_count; i++) {
		const char *tag = tag_of(*state, documents[i], "gzip");
		const char *head = arena_copy(harness_arena(*state), harness_head_text(*state));
		const char *values[sizeof(same) / sizeof(same[0])];

		for (j = 0; j < sizeof(same) / sizeof(same[0]); j++) {
			values[j] = header(*state, same[j]);
			assert_non_null(values[j]);
		}
		harness_variable(*state, "HTTP_ACCEPT_ENCODING", "gzip");
		harness_head(*state, documents[i]);
		assert_string_equal(harness_head_text(*state), head);
		assert_int_equal(harness_body_length(*state), 0);
		harness_variable(*state, "HTTP_ACCEPT_ENCODING", "gzip");
		ask(*state, documents[i], 304, "HTTP_IF_NONE_MATCH", tag);
		assert_int_equal(harness_body_length(*state), 0);
		assert_null(harness_header(*state, "Content-Length"));
		for (j = 0; j < sizeof(same) / sizeof(same[0]); j++) {
			assert_string_equal(harness_header(*state, same[j]), values[j]);
		}
		harness_variable(*state, "HTTP_IF_NONE_MATCH", tag);
		harness_head(*state, documents[i]);
		harness_expect_status(*state, 304);
	}
}

static void
feed_38_every_document_is_compressed_for_those_who_take_it(void **state)
{
	struct arena *arena = harness_arena(*state);
	size_t i;

	for (i = 0; i < document_count; i++) {
		const char *path = documents[i];
		const char *plain, *packed;
		struct bytes *gzip;

		ask(*state, path, 200, "HTTP_ACCEPT_ENCODING", "gzip;q=0, *");
		assert_null(harness_header(*state, "Content-Encoding"));
		assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
		plain = header(*state, "ETag");
		gzip = gzip_bytes(arena, harness_body_text(*state), harness_body_length(*state));
		ask(*state, path, 200, "HTTP_ACCEPT_ENCODING", "br, gzip;q=0.5");
		assert_string_equal(harness_header(*state, "Content-Encoding"), "gzip");
		assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
		assert_int_equal(harness_body_length(*state), gzip->length);
		assert_memory_equal(harness_body_text(*state), gzip->data, gzip->length);
		packed = header(*state, "ETag");
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", packed);
		harness_variable(*state, "HTTP_ACCEPT_ENCODING", "gzip");
		ask(*state, path, 304, "HTTP_IF_NONE_MATCH", plain);
	}
}

static void
feed_39_every_document_may_be_kept_by_all(void **state)
{
	size_t i;

	for (i = 0; i < document_count; i++) {
		ask(*state, documents[i], 200, NULL, NULL);
		assert_string_equal(harness_header(*state, "Cache-Control"),
		    is_archive(documents[i]) ? "public, max-age=31536000, immutable"
					     : "public, max-age=60");
		assert_null(harness_header(*state, "Set-Cookie"));
		assert_null(harness_header(*state, "Expires"));
		assert_null(harness_header(*state, "Pragma"));
	}
}

static void
feed_40_41_every_document_is_the_same_for_everybody(void **state)
{
	struct arena *arena = harness_arena(*state);
	size_t i;

	for (i = 0; i < document_count; i++) {
		const char *own, *body;

		harness_forget(*state);
		own = tag_of(*state, documents[i], "identity");
		body = arena_copy(arena, harness_body_text(*state));
		harness_sign_in(*state, COMMUNITY_VEGA);
		harness_variable(*state, "HTTP_HOST", "evil.example");
		harness_variable(*state, "HTTP_X_FORWARDED_HOST", "evil.example");
		harness_variable(*state, "HTTP_X_FORWARDED_PROTO", "https");
		harness_variable(*state, "HTTP_USER_AGENT", "");
		harness_variable(*state, "HTTP_ACCEPT", "image/png");
		harness_variable(*state, "HTTP_ACCEPT_LANGUAGE", "fr");
		harness_variable(*state, "SERVER_PROTOCOL", "HTTP/1.0");
		ask(*state, arena_format(arena, "%s?host=evil.example&page=2", documents[i]), 200,
		    "SERVER_NAME", "evil.example");
		assert_string_equal(harness_body_text(*state), body);
		assert_string_equal(harness_header(*state, "ETag"), own);
		harness_expect_not(*state, "evil");
	}
}

static void
feed_42_43_of_every_document_only_the_whole_is_given_and_only_to_get(void **state)
{
	static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "PATCH" };
	struct arena *arena = harness_arena(*state);
	size_t i, j;

	for (i = 0; i < document_count; i++) {
		const char *path = documents[i];
		const char *body;

		for (j = 0; j < sizeof(methods) / sizeof(methods[0]); j++) {
			harness_send(*state, methods[j], path);
			harness_expect_status(*state, 405);
			assert_memory_equal(harness_header(*state, "Allow"), "GET, HEAD", 9);
		}
		ask(*state, path, 200, NULL, NULL);
		body = arena_copy(arena, harness_body_text(*state));
		harness_variable(*state, "HTTP_RANGE", "bytes=0-9");
		ask(*state, path, 200, "HTTP_A_IM", "feed");
		assert_string_equal(harness_body_text(*state), body);
	}
}

static void
feed_42_what_is_not_there_is_404_even_with_validators(void **state)
{
	static const char *const parts[] = { "orion", "deneb", "highlights", "/all." };
	struct arena *arena = harness_arena(*state);
	size_t i, j;

	for (i = 0; i < document_count; i++) {
		for (j = 0; j < sizeof(parts) / sizeof(parts[0]); j++) {
			const char *path =
			    replaced(arena, documents[i], parts[j], j == 3 ? "/none." : "none");

			if (path != documents[i]) {
				harness_variable(*state, "HTTP_IF_MODIFIED_SINCE",
				    clock_http(arena, harness_now(*state)));
				ask(*state, path, 404, "HTTP_IF_NONE_MATCH", "*");
			}
		}
	}
}

#define rules_test(test) cmocka_unit_test_setup_teardown(test, set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		rules_test(feed_24_the_icon_is_square_and_the_logo_twice_as_wide_as_high),
		rules_test(feed_31_every_document_says_what_it_is_and_may_be_read_by_any_page),
		rules_test(feed_32_33_every_document_has_validators_that_are_its_bytes),
		rules_test(feed_32_no_document_is_dated_later_than_now),
		rules_test(feed_33_two_documents_never_share_a_tag),
		rules_test(feed_34_every_document_understands_if_none_match),
		rules_test(feed_35_every_document_understands_if_modified_since),
		rules_test(feed_36_37_a_304_and_a_head_of_every_document_are_like_its_get),
		rules_test(feed_38_every_document_is_compressed_for_those_who_take_it),
		rules_test(feed_39_every_document_may_be_kept_by_all),
		rules_test(feed_40_41_every_document_is_the_same_for_everybody),
		rules_test(feed_42_43_of_every_document_only_the_whole_is_given_and_only_to_get),
		rules_test(feed_42_what_is_not_there_is_404_even_with_validators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
