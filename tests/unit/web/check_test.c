#include <string.h>

#include "source.h"
#include "web/check.h"
#include "web/gzip.h"

/* 2026-11-22T07:00:00Z */
#define NOW ((int64_t)1795330800)

static void
feed_34_lists_weakness_and_commas_are_understood(void **state)
{
	(void)state;
	assert_true(check_tag_is_named("\"a\"", "\"a\""));
	assert_true(check_tag_is_named("W/\"a\"", "\"a\""));
	assert_true(check_tag_is_named("\"a\"", "W/\"a\""));
	assert_true(check_tag_is_named("\"x\", W/\"a\"", "\"a\""));
	assert_true(check_tag_is_named("\"x\" ,\t\"a\" , \"y\"", "\"a\""));
	assert_true(check_tag_is_named(", ,\"a\",", "\"a\""));
	assert_true(check_tag_is_named("\"x,\", \"a,b\"", "\"a,b\""));
	assert_true(check_tag_is_named("*", "\"a\""));
	assert_true(check_tag_is_named(" * ", "\"a\""));
	assert_true(check_tag_is_named("\"\"", "\"\""));
	assert_false(check_tag_is_named("\"a\"", "\"A\""));
	assert_false(check_tag_is_named("\"b\", \"c\"", "\"a\""));
	assert_false(check_tag_is_named("\"x\", \"a,b\"", "\"b\""));
}

static void
feed_34_a_broken_list_names_what_stands_before_its_break(void **state)
{
	(void)state;
	assert_false(check_tag_is_named("a", "\"a\""));
	assert_false(check_tag_is_named("", "\"a\""));
	assert_false(check_tag_is_named("\"a", "\"a\""));
	assert_false(check_tag_is_named("w/\"a\"", "\"a\""));
	assert_false(check_tag_is_named("\"x\" \"a\"", "\"a\""));
	assert_true(check_tag_is_named("\"a\" \"x\"", "\"a\""));
	assert_false(check_tag_is_named("*, \"x\"", "\"a\""));
}

static bool
unchanged(const char *none_match, const char *since, int64_t modified)
{
	static const char *const tags[] = { "\"plain\"", "\"gzip\"" };
	struct request request;

	memset(&request, 0, sizeof(request));
	request.method = METHOD_GET;
	request.if_none_match = none_match;
	request.if_modified_since = since;
	return check_is_unchanged(&request, tags, 2, modified, NOW);
}

static void
feed_34_tags_win_over_dates(void **state)
{
	(void)state;
	assert_false(unchanged("\"old\"", "Sun, 22 Nov 2026 07:00:00 GMT", NOW - 60));
	assert_true(unchanged("\"plain\"", "Sun, 22 Nov 1970 07:00:00 GMT", NOW - 60));
}

static void
feed_38_each_issued_tag_earns_its_304(void **state)
{
	(void)state;
	assert_true(unchanged("\"plain\"", NULL, NOW));
	assert_true(unchanged("\"gzip\"", NULL, NOW));
	assert_true(unchanged("W/\"gzip\"", NULL, NOW));
}

static void
feed_35_dates_are_compared_not_matched(void **state)
{
	(void)state;
	assert_true(unchanged(NULL, "Sun, 22 Nov 2026 07:00:00 GMT", NOW));
	assert_true(unchanged(NULL, "Sun, 22 Nov 2026 07:00:01 GMT", NOW));
	assert_false(unchanged(NULL, "Sun, 22 Nov 2026 06:59:59 GMT", NOW));
}

static void
feed_35_all_three_forms_are_read_and_others_ignored(void **state)
{
	(void)state;
	assert_true(unchanged(NULL, "Sunday, 22-Nov-26 07:00:00 GMT", NOW));
	assert_true(unchanged(NULL, "Sun Nov 22 07:00:00 2026", NOW));
	assert_false(unchanged(NULL, "2026-11-22T07:00:00Z", NOW));
	assert_false(unchanged(NULL, "Sun, 31 Feb 2027 07:00:00 GMT", NOW));
	assert_false(unchanged(NULL, "yesterday", NOW));
	assert_false(unchanged(NULL, NULL, NOW));
	assert_false(unchanged(NULL, "Sun, 22 Nov 2026 07:00:00 GMT", -1));
}

static void
a_post_is_never_unchanged(void **state)
{
	static const char *const tags[] = { "\"a\"" };
	struct request request;

	(void)state;
	memset(&request, 0, sizeof(request));
	request.method = METHOD_POST;
	request.if_none_match = "*";
	assert_false(check_is_unchanged(&request, tags, 1, NOW, NOW));
}

static void
feed_38_gzip_is_sent_only_to_those_who_take_it(void **state)
{
	static const char *const yes[] = { "gzip", "GZIP", "x-gzip", "deflate, gzip", "gzip;q=0.5",
		"*", "identity;q=0, *;q=0.1", "br, gzip ; q=1.000", "gzip;q=0.001", "*;q=0, gzip" };
	static const char *const no[] = { "", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0",
		"gzipx", "deflate", "gzip;q=0, *", "br;q=1.0", "xgzip" };
	size_t i;

	(void)state;
	assert_false(gzip_is_accepted(NULL));
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (!gzip_is_accepted(yes[i])) {
			fail_msg("%s", yes[i]);
		}
	}
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		if (gzip_is_accepted(no[i])) {
			fail_msg("%s", no[i]);
		}
	}
}

static void
feed_33_the_same_bytes_are_compressed_to_the_same_bytes(void **state)
{
	static const char text[] = "stars stars stars stars stars stars";
	struct bytes *one = gzip_bytes(*state, text, strlen(text));
	struct bytes *two = gzip_bytes(*state, text, strlen(text));

	assert_non_null(one);
	assert_int_equal(one->length, two->length);
	assert_memory_equal(one->data, two->data, one->length);
	assert_true(one->length < strlen(text) + 5);
	/* RFC 1952: magic, deflate, no flags, no time. */
	assert_memory_equal(one->data, "\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(
						feed_34_lists_weakness_and_commas_are_understood),
		source_test(feed_34_a_broken_list_names_what_stands_before_its_break),
		source_test(feed_34_tags_win_over_dates),
		source_test(feed_38_each_issued_tag_earns_its_304),
		source_test(feed_35_dates_are_compared_not_matched),
		source_test(feed_35_all_three_forms_are_read_and_others_ignored),
		source_test(a_post_is_never_unchanged),
		source_test(feed_38_gzip_is_sent_only_to_those_who_take_it),
		source_test(feed_33_the_same_bytes_are_compressed_to_the_same_bytes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
