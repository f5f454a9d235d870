#include <string.h>

#include "ground/token.h"
#include "source.h"
#include "web/response.h"
#include "web/session.h"

static const char *
cookie_of(struct arena *arena, const char *base, bool expire)
{
	struct response response;

	response_start(&response, arena, source_site(arena, base));
	if (expire) {
		session_expire(&response);
	} else {
		session_set(&response, "TOKEN");
	}
	return response_header_value(&response, "Set-Cookie");
}

static void
safety_23_the_cookie_is_as_closed_as_the_address_allows(void **state)
{
	assert_string_equal(cookie_of(*state, "https://x.org", false),
	    "__Host-groundcrew=TOKEN; Path=/; HttpOnly; SameSite=Lax; Secure; "
	    "Max-Age=15552000");
	assert_string_equal(cookie_of(*state, "https://x.org/crew", false),
	    "__Secure-groundcrew=TOKEN; Path=/crew; HttpOnly; SameSite=Lax; "
	    "Secure; Max-Age=15552000");
	assert_string_equal(cookie_of(*state, "http://localhost:9090", false),
	    "groundcrew-9090=TOKEN; Path=/; HttpOnly; SameSite=Lax; "
	    "Max-Age=15552000");
	assert_string_equal(cookie_of(*state, "https://x.org", true),
	    "__Host-groundcrew=; Path=/; HttpOnly; SameSite=Lax; Secure; "
	    "Max-Age=0");
}

static const char *
token_from(struct arena *arena, const char *cookies)
{
	const struct site *site = source_site(arena, "http://localhost:8080");
	struct request request;

	assert_int_equal(
	    source_read(arena, site,
		(const char *const[]){ arena_format(arena, "HTTP_COOKIE=%s", cookies), NULL }, NULL,
		&request),
	    0);
	return session_token(site, &request);
}

static void
only_what_looks_like_a_token_is_looked_up(void **state)
{
	const char *token = token_random(*state);

	assert_string_equal(
	    token_from(*state, arena_format(*state, "a=b; groundcrew-8080=%s", token)), token);
	assert_null(token_from(*state, "groundcrew-8080="));
	assert_null(token_from(*state, "groundcrew-8080=' OR 1=1 --"));
	assert_null(token_from(*state, arena_format(*state, "groundcrew-9090=%s", token)));
	assert_null(token_from(
	    *state, arena_format(*state, "groundcrew-8080=%s; groundcrew-8080=%s", token, token)));
}

static enum session_origin
origin_of(struct arena *arena, const char *origin, const char *fetch)
{
	struct request request;

	memset(&request, 0, sizeof(request));
	request.origin = origin;
	request.sec_fetch_site = fetch;
	return session_origin(source_site(arena, "https://x.org/crew"), &request);
}

static void
safety_27_where_a_post_comes_from_is_judged_by_both_headers(void **state)
{
	const char *own = "https://x.org";

	assert_int_equal(origin_of(*state, NULL, NULL), SESSION_ORIGIN_UNKNOWN);
	assert_int_equal(origin_of(*state, NULL, "none"), SESSION_ORIGIN_UNKNOWN);
	assert_int_equal(origin_of(*state, own, NULL), SESSION_ORIGIN_OWN);
	assert_int_equal(origin_of(*state, own, "same-origin"), SESSION_ORIGIN_OWN);
	assert_int_equal(origin_of(*state, NULL, "same-origin"), SESSION_ORIGIN_OWN);
	assert_int_equal(origin_of(*state, "null", "same-origin"), SESSION_ORIGIN_OWN);
	assert_int_equal(origin_of(*state, "null", NULL), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(origin_of(*state, "null", "cross-site"), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(origin_of(*state, own, "cross-site"), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(origin_of(*state, own, "same-site"), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(origin_of(*state, "http://x.org", NULL), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(
	    origin_of(*state, "https://x.org.evil.example", "same-origin"), SESSION_ORIGIN_FOREIGN);
	assert_int_equal(origin_of(*state, "https://evil.example", NULL), SESSION_ORIGIN_FOREIGN);
}

static bool
is_valid(struct arena *arena, const char *cookie, const char *body)
{
	struct request_fields fields;

	assert_true(request_fields_read(arena, body, strlen(body), &fields));
	return session_csrf_is_valid(arena, cookie, &fields);
}

static void
safety_27_a_token_is_good_for_its_own_cookie_alone(void **state)
{
	const char *mine = token_random(*state);
	const char *other = token_random(*state);
	const char *sent = arena_format(*state, "_csrf=%s", session_csrf(*state, mine));

	assert_true(is_valid(*state, mine, sent));
	assert_false(is_valid(*state, other, sent));
	assert_false(is_valid(*state, NULL, sent));
	assert_false(is_valid(*state, mine, ""));
	assert_false(is_valid(*state, mine, "_csrf="));
	assert_false(is_valid(*state, mine, arena_format(*state, "%s&%s", sent, sent)));
	assert_false(is_valid(*state, mine, arena_format(*state, "_csrf=%s", mine)));
}

static void
safety_26_the_token_does_not_tell_the_cookie(void **state)
{
	const char *cookie = token_random(*state);

	assert_null(strstr(session_csrf(*state, cookie), cookie));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		source_test(safety_23_the_cookie_is_as_closed_as_the_address_allows),
		source_test(only_what_looks_like_a_token_is_looked_up),
		source_test(safety_27_where_a_post_comes_from_is_judged_by_both_headers),
		source_test(safety_27_a_token_is_good_for_its_own_cookie_alone),
		source_test(safety_26_the_token_does_not_tell_the_cookie)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
