/*
 * Rules 31 to 44 of feeds: validators, codings, methods; the same for all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "web/gzip.h"

#define FEED "/feed/all.atom"

/* The newest entry: 2026-11-22T07:16:40Z. */
#define NEWEST (HARNESS_NOW + 1000)

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&feed_program);

	feed_cache_clear();
	community_make(harness);
	community_activity(harness, "cohort_opened", NEWEST);
	harness_set_now(harness, HARNESS_NOW + 86400);
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

/* A header of the last answer that outlives it. */
static const char *
header(struct harness *harness, const char *name)
{
	return arena_copy(harness_arena(harness), harness_header(harness, name));
}

static void
get_with(struct harness *harness, const char *variable, const char *value)
{
	harness_variable(harness, variable, value);
	harness_get(harness, FEED);
}

static const char *
tag(struct harness *harness, const char *coding)
{
	get_with(harness, "HTTP_ACCEPT_ENCODING", coding);
	harness_expect_status(harness, 200);
	return header(harness, "ETag");
}

static void
expect(struct harness *harness, const char *variable, const char *value, int status)
{
	get_with(harness, variable, value);
	if (harness_status(harness) != status) {
		fail_msg(
		    "%s: %s gives %d, not %d", variable, value, harness_status(harness), status);
	}
}

static void
feed_31_is_atom_that_any_page_may_read(void **state)
{
	harness_get(*state, FEED);
	harness_expect_status(*state, 200);
	assert_string_equal(
	    harness_header(*state, "Content-Type"), "application/atom+xml; charset=utf-8");
	assert_string_equal(harness_header(*state, "X-Content-Type-Options"), "nosniff");
	assert_string_equal(harness_header(*state, "Access-Control-Allow-Origin"), "*");
	assert_string_equal(harness_header(*state, "Cross-Origin-Resource-Policy"), "cross-origin");
}

static void
feed_32_has_a_strong_tag_and_a_date(void **state)
{
	const char *tag;

	harness_get(*state, FEED);
	tag = harness_header(*state, "ETag");
	assert_int_equal(tag[0], '"');
	assert_int_equal(strlen(tag), 34);
	assert_string_equal(
	    harness_header(*state, "Last-Modified"), "Sun, 22 Nov 2026 07:16:40 GMT");
}

static void
feed_33_validators_are_a_function_of_the_bytes(void **state)
{
	const char *plain = tag(*state, "identity");
	const char *gzip = tag(*state, "gzip");
	const char *body;

	assert_string_not_equal(plain, gzip);
	harness_get(*state, FEED);
	body = arena_copy(harness_arena(*state), harness_body_text(*state));
	/* Another worker, at another time. */
	feed_cache_clear();
	harness_set_now(*state, HARNESS_NOW + 2 * 86400);
	assert_string_equal(tag(*state, "identity"), plain);
	assert_string_equal(harness_body_text(*state), body);
	assert_string_equal(tag(*state, "gzip"), gzip);
	/* Other bytes in the same second. */
	harness_run_sql(*state, "UPDATE cohort SET name = 'Other' WHERE id=1");
	feed_cache_clear();
	assert_string_not_equal(tag(*state, "identity"), plain);
	assert_string_not_equal(tag(*state, "gzip"), gzip);
	harness_run_sql(*state, "UPDATE cohort SET name = 'Orion' WHERE id=1");
	feed_cache_clear();
	assert_string_equal(tag(*state, "identity"), plain);
}

static void
feed_34_if_none_match_in_all_its_forms(void **state)
{
	struct arena *arena = harness_arena(*state);
	const char *own = tag(*state, "identity");
	const struct {
		const char *value;
		int status;
	} cases[] = {
		{ own, 304 },
		{ arena_format(arena, "W/%s", own), 304 },
		{ "*", 304 },
		{ arena_format(arena, "\"a\", %s", own), 304 },
		{ arena_format(arena, "\"a,b\",W/\"c\" ,, %s , \"d\"", own), 304 },
		{ "\"other\"", 200 },
		{ "W/\"other\", \"a,b\"", 200 },
		{ arena_format(arena, "\"x%s", own + 1), 200 },
		{ arena_copy_bytes(arena, own + 1, 32), 200 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		expect(*state, "HTTP_IF_NONE_MATCH", cases[i].value, cases[i].status);
	}
	/* It wins over a date that would say otherwise. */
	harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", "Sun, 22 Nov 2026 07:16:40 GMT");
	expect(*state, "HTTP_IF_NONE_MATCH", "\"other\"", 200);
	harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", "Sun, 22 Nov 2020 07:16:40 GMT");
	expect(*state, "HTTP_IF_NONE_MATCH", own, 304);
}

static void
feed_35_if_modified_since_in_all_its_forms(void **state)
{
	static const struct {
		const char *value;
		int status;
	} cases[] = {
		{ "Sun, 22 Nov 2026 07:16:40 GMT", 304 },
		{ "Sun, 22 Nov 2026 07:16:41 GMT", 304 },
		{ "Sun, 22 Nov 2026 07:16:39 GMT", 200 },
		{ "Sunday, 22-Nov-26 07:16:40 GMT", 304 },
		{ "Sunday, 22-Nov-26 07:16:39 GMT", 200 },
		{ "Sun Nov 22 07:16:40 2026", 304 },
		{ "Sun Nov 22 07:16:39 2026", 200 },
		{ "Sun, 32 Nov 2026 07:16:40 GMT", 200 },
		{ "2026-11-22T07:16:40Z", 200 },
		{ "yesterday", 200 },
		{ "", 200 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		expect(*state, "HTTP_IF_MODIFIED_SINCE", cases[i].value, cases[i].status);
	}
}

static void
feed_36_a_304_has_no_body_and_the_same_headers(void **state)
{
	static const char *const same[] = { "ETag", "Cache-Control", "Vary", "Last-Modified",
		"Access-Control-Allow-Origin" };
	const char *values[sizeof(same) / sizeof(same[0])];
	size_t i;

	(void)tag(*state, "gzip");
	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		values[i] = header(*state, same[i]);
		assert_non_null(values[i]);
	}
	harness_variable(*state, "HTTP_ACCEPT_ENCODING", "gzip");
	expect(*state, "HTTP_IF_NONE_MATCH", values[0], 304);
	assert_int_equal(harness_body_length(*state), 0);
	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_string_equal(harness_header(*state, same[i]), values[i]);
	}
	assert_null(harness_header(*state, "Content-Type"));
	assert_null(harness_header(*state, "Content-Length"));
	assert_null(harness_header(*state, "Content-Encoding"));
}

static void
feed_37_head_has_the_headers_of_get(void **state)
{
	const char *head;

	harness_get(*state, FEED);
	head = arena_copy(harness_arena(*state), harness_head_text(*state));
	harness_head(*state, FEED);
	assert_string_equal(harness_head_text(*state), head);
	assert_int_equal(harness_body_length(*state), 0);
	harness_variable(*state, "HTTP_IF_NONE_MATCH", "*");
	harness_head(*state, FEED);
	harness_expect_status(*state, 304);
	assert_int_equal(harness_body_length(*state), 0);
}

static void
feed_38_gzip_is_chosen_by_the_reader(void **state)
{
	static const struct {
		const char *value;
		bool gzip;
	} cases[] = { { "gzip", true }, { "GZIP, deflate, br", true }, { "x-gzip", true },
		{ "*", true }, { "br, gzip;q=0.1", true }, { "", false }, { "identity", false },
		{ "gzip;q=0", false }, { "gzip; q=0.000", false }, { "*;q=0", false },
		{ "gzip;q=0, *", false }, { "br, deflate", false } };
	struct bytes *gzip;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		expect(*state, "HTTP_ACCEPT_ENCODING", cases[i].value, 200);
		assert_int_equal(harness_header(*state, "Content-Encoding") != NULL, cases[i].gzip);
		assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
	}
	harness_get(*state, FEED);
	gzip = gzip_bytes(
	    harness_arena(*state), harness_body_text(*state), harness_body_length(*state));
	get_with(*state, "HTTP_ACCEPT_ENCODING", "gzip");
	assert_string_equal(harness_header(*state, "Content-Encoding"), "gzip");
	assert_int_equal(harness_body_length(*state), gzip->length);
	assert_memory_equal(harness_body_text(*state), gzip->data, gzip->length);
}

static void
feed_38_each_tag_earns_a_304_under_any_coding(void **state)
{
	static const char *const codings[] = { "identity", "gzip" };
	size_t issued, asked;

	for (issued = 0; issued < 2; issued++) {
		const char *own = tag(*state, codings[issued]);

		for (asked = 0; asked < 2; asked++) {
			harness_variable(*state, "HTTP_ACCEPT_ENCODING", codings[asked]);
			expect(*state, "HTTP_IF_NONE_MATCH", own, 304);
			/* A cache finds the copy it holds by this. */
			assert_string_equal(harness_header(*state, "ETag"), own);
			assert_string_equal(harness_header(*state, "Vary"), "Accept-Encoding");
		}
	}
}

static void
feed_39_everybody_may_keep_it_for_a_minute(void **state)
{
	harness_get(*state, FEED);
	assert_string_equal(harness_header(*state, "Cache-Control"), "public, max-age=60");
	assert_null(harness_header(*state, "Set-Cookie"));
	assert_null(harness_header(*state, "Expires"));
	assert_null(harness_header(*state, "Pragma"));
}

static void
feed_40_no_address_comes_from_the_request(void **state)
{
	const char *own = tag(*state, "identity");

	harness_variable(*state, "HTTP_HOST", "evil.example");
	harness_variable(*state, "HTTP_X_FORWARDED_HOST", "evil.example");
	harness_variable(*state, "HTTP_X_FORWARDED_PROTO", "https");
	harness_variable(*state, "SERVER_NAME", "evil.example");
	harness_get(*state, FEED "?host=evil.example&lang=fr");
	harness_expect_status(*state, 200);
	harness_expect_not(*state, "evil");
	assert_string_equal(harness_header(*state, "ETag"), own);
}

static void
feed_41_safety_32_the_same_bytes_for_all(void **state)
{
	static const char *const paths[] = { FEED, "/feed/orion.atom", "/feed/" };
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *head, *body;

		harness_forget(*state);
		harness_get(*state, paths[i]);
		harness_expect_status(*state, 200);
		head = header(*state, "ETag");
		body = arena_copy(harness_arena(*state), harness_body_text(*state));
		harness_sign_in(*state, COMMUNITY_VEGA);
		harness_variable(*state, "HTTP_USER_AGENT", "");
		harness_variable(*state, "HTTP_ACCEPT", "image/png");
		harness_variable(*state, "HTTP_ACCEPT_LANGUAGE", "fr");
		harness_variable(*state, "SERVER_PROTOCOL", "HTTP/1.0");
		harness_get(*state, paths[i]);
		harness_expect_status(*state, 200);
		assert_string_equal(harness_body_text(*state), body);
		assert_null(harness_header(*state, "Set-Cookie"));
		if (head != NULL) {
			assert_string_equal(harness_header(*state, "ETag"), head);
		}
	}
}

static void
feed_42_other_methods_and_feeds_are_refused(void **state)
{
	static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND" };
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		harness_send(*state, methods[i], FEED);
		harness_expect_status(*state, 405);
		assert_non_null(strstr(harness_header(*state, "Allow"), "GET, HEAD"));
	}
	harness_variable(*state, "HTTP_IF_NONE_MATCH", "*");
	harness_variable(*state, "HTTP_IF_MODIFIED_SINCE", "Sun, 22 Nov 2026 07:16:40 GMT");
	harness_get(*state, "/feed/unheard-of.atom");
	harness_expect_status(*state, 404);
	expect(*state, "HTTP_RANGE", "bytes=0-9", 200);
	assert_null(harness_header(*state, "Content-Range"));
	assert_true(harness_body_length(*state) > 500);
}

static void
feed_43_a_im_is_ignored(void **state)
{
	const char *own = tag(*state, "identity");

	harness_variable(*state, "HTTP_A_IM", "feed, gzip");
	expect(*state, "HTTP_IF_NONE_MATCH", "\"older\"", 200);
	assert_null(harness_header(*state, "IM"));
	assert_string_equal(harness_header(*state, "ETag"), own);
}

static void
feed_44_pages_say_where_the_feed_is(void **state)
{
	harness_get(*state, "/feed/");
	harness_expect(*state,
	    "<link rel=\"alternate\" "
	    "type=\"application/atom+xml\" title=\"Test Programme\" "
	    "href=\"/feed/all.atom\">");
	harness_get(*state, "/feed/nothing");
	harness_expect_status(*state, 404);
	harness_expect(*state, "href=\"/feed/all.atom\"");
}

static void
the_timeline_shows_what_the_feed_has(void **state)
{
	community_quote(*state,
	    community_highlight(*state, COMMUNITY_VEGA, "Three green builds", "We *cheered*."),
	    COMMUNITY_MIRA, "It works on my machine");
	harness_get(*state, "/feed/");
	harness_expect_status(*state, 200);
	harness_expect(*state, "<h1>What is happening</h1>");
	harness_expect(*state, "Three green builds");
	harness_expect(*state, "We <em>cheered</em>.");
	harness_expect(*state, "It works on my machine");
	harness_expect(*state, "<bdi>Mira of the Sea</bdi>");
	harness_expect(*state,
	    arena_format(harness_arena(*state), "<li class=\"entry\" id=\"highlight-%.13s\">",
		harness_rows(*state, "SELECT key FROM highlight")));
	harness_expect(*state, "Orion is open for applications");
	harness_expect(*state, "2026-11-22T07:16:40Z");
	harness_expect(*state, ">http://localhost:8080/feed/all.atom</span>");
	harness_expect(*state, "href=\"/feed/orion\"");
	harness_expect_not(*state, "cygnus");
	assert_string_equal(harness_header(*state, "Cross-Origin-Resource-Policy"), "cross-origin");
}

static void
safety_28_reading_writes_nothing(void **state)
{
	const char *before = harness_dump(*state);

	harness_get(*state, FEED);
	harness_get(*state, "/feed/orion.atom");
	harness_get(*state, "/feed/");
	assert_string_equal(harness_dump(*state), before);
}

static void
the_routes_are_complete(void **state)
{
	assert_null(route_problem(harness_arena(*state), &feed_program));
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_31_is_atom_that_any_page_may_read),
		feed_test(feed_32_has_a_strong_tag_and_a_date),
		feed_test(feed_33_validators_are_a_function_of_the_bytes),
		feed_test(feed_34_if_none_match_in_all_its_forms),
		feed_test(feed_35_if_modified_since_in_all_its_forms),
		feed_test(feed_36_a_304_has_no_body_and_the_same_headers),
		feed_test(feed_37_head_has_the_headers_of_get),
		feed_test(feed_38_gzip_is_chosen_by_the_reader),
		feed_test(feed_38_each_tag_earns_a_304_under_any_coding),
		feed_test(feed_39_everybody_may_keep_it_for_a_minute),
		feed_test(feed_40_no_address_comes_from_the_request),
		feed_test(feed_41_safety_32_the_same_bytes_for_all),
		feed_test(feed_42_other_methods_and_feeds_are_refused),
		feed_test(feed_43_a_im_is_ignored),
		feed_test(feed_44_pages_say_where_the_feed_is),
		feed_test(the_timeline_shows_what_the_feed_has),
		feed_test(safety_28_reading_writes_nothing),
		feed_test(the_routes_are_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
