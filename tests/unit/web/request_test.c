#include <string.h>

#include "source.h"

/* The status of a GET of this address, as nginx would pass it. */
static int
status_of(struct arena *arena, const char *uri, struct request *request)
{
	return source_read(arena, source_site(arena, "http://localhost"),
	    (const char *const[]){ arena_format(arena, "REQUEST_URI=%s", uri), NULL }, NULL,
	    request);
}

/* The status of a POST of "a=b" with one more variable. */
static int
status_with(struct arena *arena, const char *variable)
{
	struct request request;

	return source_read(arena, source_site(arena, "http://localhost"),
	    (const char *const[]){ "REQUEST_METHOD=POST", variable, NULL }, "a=b", &request);
}

static void
takes_a_path_apart_and_decodes_it_once(void **state)
{
	struct request request;

	assert_int_equal(status_of(*state, "/cohort/a%2520b/?x=1", &request), 0);
	assert_int_equal(request.segment_count, 3);
	assert_string_equal(request.segments[0], "cohort");
	assert_string_equal(request.segments[1], "a%20b");
	assert_string_equal(request.segments[2], "");
	assert_string_equal(request_fields_value(&request.query, "x"), "1");
}

static void
looks_below_the_root_only(void **state)
{
	const struct site *site = source_site(*state, "https://example.org/crew/");
	struct request request;

	assert_int_equal(
	    source_read(*state, site, (const char *const[]){ "REQUEST_URI=/crew/apply/", NULL },
		NULL, &request),
	    0);
	assert_string_equal(request.path, "/apply/");
	assert_int_equal(
	    source_read(*state, site, (const char *const[]){ "REQUEST_URI=/crewapply/", NULL },
		NULL, &request),
	    404);
	assert_int_equal(source_read(*state, site,
			     (const char *const[]){ "REQUEST_URI=/apply/", NULL }, NULL, &request),
	    404);
}

static void
safety_02_a_short_body_is_refused(void **state)
{
	struct request request;
	const struct site *site = source_site(*state, "http://localhost");
	const char *const variables[] = { "REQUEST_METHOD=POST", "CONTENT_LENGTH=9", NULL };

	assert_int_equal(source_read(*state, site, variables, "name=abc", &request), 400);
	assert_int_equal(request.body.count, 0);
}

static void
safety_02_a_body_whose_stream_failed_is_refused_at_full_length(void **state)
{
	struct request request;

	source_stream_is_whole = false;
	assert_int_equal(source_post(*state, "name=abc", &request), 400);
	assert_int_equal(request.body.count, 0);
}

static void
safety_03_a_content_length_is_plain_decimal_and_sent_once(void **state)
{
	struct request request;

	assert_int_equal(status_with(*state, "CONTENT_LENGTH=-1"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=+3"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=0x3"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH= 3"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=3, 3"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=9223372036854775808"), 400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=9223372036854775807"), 413);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=524289"), 413);
	assert_int_equal(source_read(*state, source_site(*state, "http://localhost"),
			     (const char *const[]){ "REQUEST_METHOD=POST", "CONTENT_LENGTH=3",
				 "CONTENT_LENGTH=3", NULL },
			     "a=b", &request),
	    400);
	assert_int_equal(status_with(*state, "CONTENT_LENGTH=3"), 0);
}

static void
safety_04_what_is_not_text_is_kept_as_an_invalid_field(void **state)
{
	static const char *const bad[] = { "%ff", "%c0%af", "%ed%a0%80", "%00", "a%00b",
		"%f5%80%80%80", "%e2%82", "%", "%4", "%zz" };
	struct request request;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
		    source_post(
			*state, arena_format(*state, "good=yes&bad=%s&end=1", bad[i]), &request),
		    0);
		assert_int_equal(request.body.count, 3);
		assert_true(request.body.rows[0].valid);
		assert_false(request.body.rows[1].valid);
		assert_string_equal(request.body.rows[1].value, "");
		assert_null(request_fields_value(&request.body, "bad"));
		assert_string_equal(request_fields_value(&request.body, "end"), "1");
	}
}

/* A body of this many fields of one name. */
static const char *
many_fields(struct arena *arena, size_t count)
{
	char *body = arena_alloc(arena, count * 4 + 1);
	size_t i;

	for (i = 0; i < count; i++) {
		memcpy(body + i * 4, "a=1&", 4);
	}
	return body;
}

static void
safety_06_too_many_fields_are_refused(void **state)
{
	struct request request;

	assert_int_equal(source_post(*state, many_fields(*state, 20000), &request), 400);
	assert_int_equal(source_post(*state, many_fields(*state, 1000), &request), 400);
	assert_int_equal(source_post(*state, many_fields(*state, 999), &request), 0);
	assert_int_equal(request.body.count, 999);
}

static void
safety_06_of_one_field_twice_neither_wins(void **state)
{
	struct request request;

	assert_int_equal(source_post(*state, "a=1&b=2&a=3", &request), 0);
	assert_null(request_fields_value(&request.body, "a"));
	assert_int_equal(request_fields_count(&request.body, "a"), 2);
	assert_string_equal(request_fields_value(&request.body, "b"), "2");
}

static void
safety_07_two_cookie_headers_are_refused(void **state)
{
	struct request request;
	const struct site *site = source_site(*state, "http://localhost");

	assert_int_equal(source_read(*state, site,
			     (const char *const[]){ "HTTP_COOKIE=a=1", "HTTP_COOKIE=b=2", NULL },
			     NULL, &request),
	    400);
	assert_int_equal(
	    source_read(*state, site,
		(const char *const[]){ "HTTP_COOKIE=a=1; b=2;c=\"3\"; d", NULL }, NULL, &request),
	    0);
	assert_int_equal(request.cookies.count, 3);
	assert_string_equal(request_fields_value(&request.cookies, "b"), "2");
}

static void
safety_08_walking_is_refused_in_every_encoding(void **state)
{
	static const char *const bad[] = { "/../etc/passwd", "/apply/../cohort/", "/apply/..",
		"/%2e%2e/etc", "/.%2E/x", "/apply/%2e", "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b",
		"/%00", "/a%00", "/a%0d%0aX: y", "/%7f", "/%c0%ae%c0%ae/", "/%", "/%2", "/%zz",
		"apply", "" };
	struct request request;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int status = status_of(*state, bad[i], &request);

		if (status != 400 && status != 404) {
			fail_msg("%s: %d", bad[i], status);
		}
	}
}

static void
safety_08_a_path_without_end_is_refused(void **state)
{
	char *uri = arena_alloc(*state, 4000);
	struct request request;

	memset(uri, 'a', 3999);
	uri[0] = '/';
	assert_int_equal(status_of(*state, uri, &request), 400);
	memset(uri, '/', 100);
	uri[100] = '\0';
	assert_int_equal(status_of(*state, uri, &request), 404);
}

static void
safety_10_knows_three_methods(void **state)
{
	static const struct {
		const char *name;
		enum method method;
		bool head;
	} methods[] = { { "GET", METHOD_GET, false }, { "HEAD", METHOD_GET, true },
		{ "POST", METHOD_POST, false }, { "PUT", METHOD_OTHER, false },
		{ "get", METHOD_OTHER, false }, { "", METHOD_OTHER, false },
		{ "TRACE", METHOD_OTHER, false } };
	struct request request;
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		(void)source_read(*state, source_site(*state, "http://localhost"),
		    (const char *const[]){
			arena_format(*state, "REQUEST_METHOD=%s", methods[i].name), NULL },
		    NULL, &request);
		assert_int_equal(request.method, methods[i].method);
		assert_int_equal(request.head, methods[i].head);
	}
}

static void
safety_13_only_plain_forms_are_read(void **state)
{
	assert_int_equal(status_with(*state, "CONTENT_TYPE=multipart/form-data"), 415);
	assert_int_equal(status_with(*state, "CONTENT_TYPE=multipart/form-data; boundary=x"), 415);
	assert_int_equal(status_with(*state, "CONTENT_TYPE=text/plain"), 415);
	assert_int_equal(
	    status_with(*state, "CONTENT_TYPE=application/x-www-form-urlencodedx"), 415);
	assert_int_equal(status_with(*state, "CONTENT_TYPE="), 415);
	assert_int_equal(
	    status_with(*state, "CONTENT_TYPE=Application/X-WWW-Form-Urlencoded; charset=UTF-8"),
	    0);
	assert_int_equal(status_with(*state,
			     "CONTENT_TYPE="
			     "application/x-www-form-urlencoded; charset=iso-8859-1"),
	    415);
}

static void
safety_25_only_own_paths_are_gone_to(void **state)
{
	static const char *const bad[] = { "https://evil.example/", "//evil.example",
		"/\\evil.example", "/%5cevil.example", "/%5Cevil", "/a\r\nSet-Cookie: x=y",
		"/a%0d%0ab", "///evil", "/a//b", "/../x", "evil", "", " /a", "/a b", "/a#b",
		"javascript:alert(1)", "/%2fevil", "\\/evil", "/a\tb", "http:evil", "/\xc3\xa9" };
	const struct site *site = source_site(*state, "http://localhost");
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (request_own_path(*state, site, bad[i]) != NULL) {
			fail_msg("%s", bad[i]);
		}
	}
	assert_null(request_own_path(*state, site, NULL));
	assert_string_equal(request_own_path(*state, site, "/standup/orion/vega/3?tab=1"),
	    "/standup/orion/vega/3?tab=1");
	assert_string_equal(request_own_path(*state, site, "/cohort/"), "/cohort/");
}

static void
safety_25_a_next_outside_the_root_is_not_own(void **state)
{
	const struct site *site = source_site(*state, "https://example.org/crew");

	assert_null(request_own_path(*state, site, "/other/"));
	assert_null(request_own_path(*state, site, "/crewel"));
	assert_null(request_own_path(*state, site, "/crew//evil/"));
	assert_string_equal(request_own_path(*state, site, "/crew/apply/"), "/apply/");
}

static void
keeps_of_an_address_the_network_alone(void **state)
{
	static const struct {
		const char *address, *network;
	} rows[] = { { "203.0.113.77", "203.0.113.0/24" },
		{ "2001:db8:1:2345:6789::1", "2001:db8:1:2300::/56" }, { "unix:", "unknown" },
		{ "", "unknown" }, { "300.1.1.1", "unknown" } };
	struct request request;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)source_read(*state, source_site(*state, "http://localhost"),
		    (const char *const[]){
			arena_format(*state, "REMOTE_ADDR=%s", rows[i].address), NULL },
		    NULL, &request);
		assert_string_equal(request.network, rows[i].network);
	}
}

static void
takes_a_request_id_only_if_it_looks_like_one(void **state)
{
	const struct site *site = source_site(*state, "http://localhost");
	struct request request;

	(void)source_read(
	    *state, site, (const char *const[]){ "REQUEST_ID=0a1b2c", NULL }, NULL, &request);
	assert_string_equal(request.id, "0a1b2c");
	(void)source_read(
	    *state, site, (const char *const[]){ "REQUEST_ID=<script>", NULL }, NULL, &request);
	assert_int_equal(strlen(request.id), 13);
}

static void
safety_11_reads_no_host(void **state)
{
	const struct site *site = source_site(*state, "http://localhost");
	struct request plain, evil;

	assert_int_equal(
	    source_read(*state, site,
		(const char *const[]){ "REQUEST_URI=/a", "REQUEST_ID=a", NULL }, NULL, &plain),
	    0);
	assert_int_equal(
	    source_read(*state, site,
		(const char *const[]){ "REQUEST_URI=/a", "REQUEST_ID=a", "HTTP_HOST=evil.example",
		    "HTTP_X_FORWARDED_HOST=evil.example", "HTTP_PROXY=evil:80", "REMOTE_USER=admin",
		    "HTTP_REMOTE_USER=admin", NULL },
		NULL, &evil),
	    0);
	assert_string_equal(plain.path, evil.path);
	assert_null(evil.origin);
}

static void
escapes_all_but_the_unreserved(void **state)
{
	assert_string_equal(request_escape(*state, "a-b._~Z9"), "a-b._~Z9");
	assert_string_equal(
	    request_escape(*state, "/?&=+ %\xc3\xa9"), "%2F%3F%26%3D%2B%20%25%C3%A9");
}

static void
reads_a_form_as_browsers_write_it(void **state)
{
	struct request_fields fields;
	static const char form[] = "a=1+2&&b=%2B&c&=x&d=";

	assert_true(request_fields_read(*state, form, strlen(form), &fields));
	assert_int_equal(fields.count, 5);
	assert_string_equal(request_fields_value(&fields, "a"), "1 2");
	assert_string_equal(request_fields_value(&fields, "b"), "+");
	assert_string_equal(request_fields_value(&fields, "c"), "");
	assert_string_equal(request_fields_value(&fields, "d"), "");
}

static void
refuses_a_base_that_is_not_one(void **state)
{
	static const char *const bad[] = { "localhost", "ftp://x", "http://", "http://X.org",
		"http://x.org:0", "http://x.org:99999", "http://x.org:80a", "http://u@x.org",
		"http://x.org/a b", "http://x.org//a", "http://x.org/../a", "http://x.org/?a",
		"http://-x.org" };
	const char *problem;
	struct site site;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (site_read(*state, &(struct site_source){ .base = bad[i] }, &site, &problem)) {
			fail_msg("%s", bad[i]);
		}
		assert_non_null(problem);
	}
}

static void
reads_a_base_as_browsers_say_an_origin(void **state)
{
	const struct site *site = source_site(*state, "https://x.org:443/crew/");

	assert_string_equal(site->origin, "https://x.org");
	assert_string_equal(site->root, "/crew");
	assert_string_equal(site->base, "https://x.org/crew");
	site = source_site(*state, "http://[::1]:8080");
	assert_string_equal(site->origin, "http://[::1]:8080");
	assert_string_equal(site->root, "");
	assert_string_equal(site->host, "[::1]");
}

static void
feed_45_takes_a_hub_that_others_cannot_listen_in_on(void **state)
{
	static const char *const good[] = { "https://hub.example.org/",
		"https://hub.example.org:8443", "https://hub.example.org?a=b%20c",
		"https://[2001:db8::1]/x", "http://localhost:8080/", "http://127.0.0.1/hub",
		"http://[::1]:1/" };
	static const char *const bad[] = { "hub.example.org", "http://hub.example.org/",
		"ftp://hub.example.org/", "https://", "https:///", "https://u:p@hub.example.org/",
		"https://hub.example.org/#a", "https://hub.example.org/>; rel=\"self\"",
		"https://hub.example.org/a b", "https://hub.example.org/\r\nX: y",
		"https://hub.example.org:/", "https://hub.example.org:80a/",
		"https://hub.example.org/\xc3\xa9", "http://localhost.example.org/",
		"http://127.0.0.1.example.org/", "https://h\"/" };
	const char *problem;
	struct site site;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!site_read(*state, &(struct site_source){ .hub = good[i] }, &site, &problem)) {
			fail_msg("%s", good[i]);
		}
		assert_string_equal(site.hub, good[i]);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (site_read(*state, &(struct site_source){ .hub = bad[i] }, &site, &problem)) {
			fail_msg("%s", bad[i]);
		}
		assert_non_null(problem);
	}
}

static void
has_no_hub_when_none_is_configured(void **state)
{
	struct site site;
	const char *problem;

	assert_true(site_read(*state, &(struct site_source){ .hub = NULL }, &site, &problem));
	assert_null(site.hub);
	assert_true(site_read(*state, &(struct site_source){ .hub = "" }, &site, &problem));
	assert_null(site.hub);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(takes_a_path_apart_and_decodes_it_once),
		source_test(looks_below_the_root_only),
		source_test(safety_02_a_short_body_is_refused),
		source_test(safety_02_a_body_whose_stream_failed_is_refused_at_full_length),
		source_test(safety_03_a_content_length_is_plain_decimal_and_sent_once),
		source_test(safety_04_what_is_not_text_is_kept_as_an_invalid_field),
		source_test(safety_06_too_many_fields_are_refused),
		source_test(safety_06_of_one_field_twice_neither_wins),
		source_test(safety_07_two_cookie_headers_are_refused),
		source_test(safety_08_walking_is_refused_in_every_encoding),
		source_test(safety_08_a_path_without_end_is_refused),
		source_test(safety_10_knows_three_methods), source_test(safety_11_reads_no_host),
		source_test(safety_13_only_plain_forms_are_read),
		source_test(safety_25_only_own_paths_are_gone_to),
		source_test(safety_25_a_next_outside_the_root_is_not_own),
		source_test(keeps_of_an_address_the_network_alone),
		source_test(takes_a_request_id_only_if_it_looks_like_one),
		source_test(escapes_all_but_the_unreserved),
		source_test(reads_a_form_as_browsers_write_it),
		source_test(refuses_a_base_that_is_not_one),
		source_test(reads_a_base_as_browsers_say_an_origin),
		source_test(feed_45_takes_a_hub_that_others_cannot_listen_in_on),
		source_test(has_no_hub_when_none_is_configured) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
