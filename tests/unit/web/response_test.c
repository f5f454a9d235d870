#include <string.h>

#include "source.h"
#include "web/link.h"
#include "web/response.h"

static struct response *
response_new(struct arena *arena, const char *base)
{
	struct response *response = arena_alloc(arena, sizeof(*response));

	response_start(response, arena, source_site(arena, base));
	return response;
}

static void
assert_head_has(const struct response *response, const char *line)
{
	const char *head = response_head(response)->data;

	if (strstr(head, line) == NULL) {
		fail_msg("no \"%s\" in:\n%s", line, head);
	}
}

static void
assert_head_lacks(const struct response *response, const char *line)
{
	const char *head = response_head(response)->data;

	if (strstr(head, line) != NULL) {
		fail_msg("\"%s\" in:\n%s", line, head);
	}
}

static void
safety_40_every_answer_has_the_whole_header_set(void **state)
{
	static const int statuses[] = { 200, 303, 304, 403, 404, 422, 503 };
	struct response *response = response_new(*state, "https://x.org");
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		response->status = statuses[i];
		assert_head_has(response,
		    "Content-Security-Policy: "
		    "default-src 'none'; script-src 'self'; "
		    "style-src 'self'; img-src 'self'; connect-src 'self'; "
		    "form-action 'self'; base-uri 'none'; "
		    "frame-ancestors 'none'\r\n");
		assert_head_has(response, "X-Content-Type-Options: nosniff\r\n");
		assert_head_has(response, "Referrer-Policy: same-origin\r\n");
		assert_head_has(response, "Cross-Origin-Opener-Policy: same-origin\r\n");
		assert_head_has(response, "Cross-Origin-Resource-Policy: same-origin\r\n");
		assert_head_has(response, "Permissions-Policy: ");
		assert_head_has(response, "Strict-Transport-Security: ");
	}
}

static void
promises_https_only_where_there_is_https(void **state)
{
	assert_head_lacks(
	    response_new(*state, "http://localhost:8080"), "Strict-Transport-Security");
}

static void
safety_24_no_referer_leaves_a_secret_address(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	response->secret_address = true;
	assert_head_has(response, "Referrer-Policy: no-referrer\r\n");
}

static void
safety_23_what_is_personal_is_not_stored(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	assert_head_has(response, "Cache-Control: no-store\r\n");
	response->cache = RESPONSE_REVALIDATE;
	assert_head_has(response, "Cache-Control: no-cache\r\n");
	assert_head_has(response, "Vary: Cookie\r\n");
	response->cache = RESPONSE_OWN;
	assert_head_lacks(response, "Cache-Control");
	assert_head_lacks(response, "Vary");
}

static void
safety_09_no_line_gets_into_a_header(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	assert_false(response_header(response, "X-A", "a\r\nSet-Cookie: b"));
	assert_false(response_header(response, "X-A", "a\nb"));
	assert_false(response_header(response, "X-A", "a\rb"));
	assert_false(response_header(response, "X-A", "a\x7f"));
	assert_false(response_header(response, "X A", "a"));
	assert_false(response_header(response, "X-A: b\r\nX-B", "a"));
	assert_false(response_header(response, "", "a"));
	assert_false(response_header(response, "X-A", NULL));
	assert_true(response_header(response, "X-A", "a\tb"));
	assert_head_has(response, "X-A: a\tb\r\n");
	assert_head_lacks(response, "X-B");
}

static void
its_own_headers_are_said_once(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	assert_false(response_header(response, "content-type", "text/plain"));
	assert_false(response_header(response, "Status", "200 OK"));
	assert_false(response_header(response, "Content-Security-Policy", "default-src *"));
}

static void
safety_25_redirects_stay_at_home(void **state)
{
	static const char *const bad[] = { "https://evil.example/", "//evil.example/", "/\\evil",
		"https://x.org.evil.example/", "http://x.org/crew/a", "", "a", "/other/",
		"/crew/a\r\nX: y", "/crew//evil" };
	struct response *response;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		response = response_new(*state, "https://x.org/crew");
		response_redirect(response, bad[i]);
		if (response->status != 500 ||
		    response_header_value(response, "Location") != NULL) {
			fail_msg("%s", bad[i]);
		}
	}
	response = response_new(*state, "https://x.org/crew");
	response_redirect(response, "/crew/apply/");
	assert_int_equal(response->status, 303);
	assert_head_has(response, "Status: 303 See Other\r\n");
	assert_head_has(response, "Location: /crew/apply/\r\n");
	assert_head_has(response, "Content-Length: 0\r\n");
}

static void
a_reset_leaves_nothing(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	response->status = 422;
	response->content_type = "text/html";
	assert_true(response_header(response, "X-A", "a"));
	bytes_text(response->body, "half a page");
	response_reset(response);
	assert_int_equal(response->status, 200);
	assert_int_equal(response->body->length, 0);
	assert_head_lacks(response, "X-A");
	assert_head_lacks(response, "\nContent-Type:");
}

static void
not_modified_has_no_length(void **state)
{
	struct response *response = response_new(*state, "http://localhost");

	response_empty(response, 304);
	assert_head_lacks(response, "Content-Length");
	assert_head_lacks(response, "\nContent-Type:");
}

static void
links_begin_with_the_root_and_escape_their_parts(void **state)
{
	const struct site *site = source_site(*state, "https://x.org/crew");
	const char *link = link_cohort_group(*state, site, "a b", "c/d");

	assert_string_equal(link, "/crew/cohort/a%20b/group/c%2Fd");
	assert_string_equal(
	    link_absolute(*state, site, link), "https://x.org/crew/cohort/a%20b/group/c%2Fd");
	assert_string_equal(link_home(*state, site), "/crew/");
	assert_string_equal(link_standup(*state, site, "a", "b", 3), "/crew/standup/a/b/3");
	assert_string_equal(link_secret_feed(*state, site, "a"), "/crew/feed/private/a.atom");
	assert_string_equal(link_sign_in_next(*state, site, "/cohort/me?x=1"),
	    "/crew/cohort/sign-in?next=%2Fcrew%2Fcohort%2Fme%3Fx%3D1");
	assert_string_equal(link_with(*state, "/a?b=c#d", "e", "f&"), "/a?b=c&e=f%26#d");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(
						safety_40_every_answer_has_the_whole_header_set),
		source_test(promises_https_only_where_there_is_https),
		source_test(safety_24_no_referer_leaves_a_secret_address),
		source_test(safety_23_what_is_personal_is_not_stored),
		source_test(safety_09_no_line_gets_into_a_header),
		source_test(its_own_headers_are_said_once),
		source_test(safety_25_redirects_stay_at_home), source_test(a_reset_leaves_nothing),
		source_test(not_modified_has_no_length),
		source_test(links_begin_with_the_root_and_escape_their_parts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
