#include <string.h>

#include "model/rights.h"
#include "source.h"
#include "web/form.h"
#include "web/route.h"

static void
handler(struct visit *visit)
{
	(void)visit;
}

static const struct form empty_form = { "empty", NULL, 0, false, false, false };

#define GET(pattern) \
	{ \
		METHOD_GET, pattern, SCOPE_SITE, ROLE_ANYONE, handler, NULL, NULL, false, false, \
		    false, NULL \
	}
#define POST(pattern) \
	{ \
		METHOD_POST, pattern, SCOPE_SITE, ROLE_ANYONE, handler, &empty_form, handler, \
		    false, false, false, NULL \
	}

static const struct route routes[] = { GET("/"), GET("/cohort/"), GET("/cohort/:cohort"),
	POST("/cohort/:cohort"), GET("/cohort/new"), GET("/cohort/:cohort/members"),
	GET("/cohort/enter/:token"), GET("/feed/all.atom"), GET("/feed/:cohort.atom"),
	GET("/feed/:cohort"), POST("/cohort/sign-out") };

static const struct program program = { "test", routes, sizeof(routes) / sizeof(routes[0]), false };

static enum route_outcome
find(struct arena *arena, const char *method, const char *path, struct route_match *match)
{
	struct request request;

	assert_int_equal(
	    source_read(arena, source_site(arena, "http://localhost"),
		(const char *const[]){ arena_format(arena, "REQUEST_METHOD=%s", method),
		    arena_format(arena, "REQUEST_URI=%s", path), NULL },
		NULL, &request),
	    0);
	return route_find(arena, &program, &request, match);
}

static void
assert_pattern(struct arena *arena, const char *path, const char *pattern)
{
	struct route_match match;

	assert_int_equal(find(arena, "GET", path, &match), ROUTE_FOUND);
	assert_string_equal(match.route->pattern, pattern);
}

static void
the_leftmost_literal_wins_whatever_the_order(void **state)
{
	assert_pattern(*state, "/", "/");
	assert_pattern(*state, "/cohort/", "/cohort/");
	assert_pattern(*state, "/cohort/new", "/cohort/new");
	assert_pattern(*state, "/cohort/news", "/cohort/:cohort");
	assert_pattern(*state, "/cohort/enter/members", "/cohort/enter/:token");
	assert_pattern(*state, "/cohort/orion/members", "/cohort/:cohort/members");
	assert_pattern(*state, "/feed/all.atom", "/feed/all.atom");
	assert_pattern(*state, "/feed/orion.atom", "/feed/:cohort.atom");
	assert_pattern(*state, "/feed/orion.json", "/feed/:cohort");
}

static void
captures_are_decoded_and_never_empty(void **state)
{
	struct route_match match;

	assert_int_equal(find(*state, "GET", "/cohort/a%20b", &match), ROUTE_FOUND);
	assert_int_equal(match.param_count, 1);
	assert_string_equal(match.params[0].name, "cohort");
	assert_string_equal(match.params[0].value, "a b");
	assert_int_equal(find(*state, "GET", "/feed/orion.atom", &match), ROUTE_FOUND);
	assert_string_equal(match.params[0].value, "orion");
	assert_int_equal(find(*state, "GET", "/cohort//members", &match), ROUTE_UNKNOWN);
	assert_pattern(*state, "/feed/.atom", "/feed/:cohort");
}

static void
safety_10_a_wrong_method_is_told_the_right_ones(void **state)
{
	struct route_match match;

	assert_int_equal(find(*state, "PUT", "/cohort/orion", &match), ROUTE_METHOD);
	assert_string_equal(match.allow, "GET, HEAD, POST");
	assert_int_equal(find(*state, "POST", "/cohort/", &match), ROUTE_METHOD);
	assert_string_equal(match.allow, "GET, HEAD");
	/* A literal address never falls through to a capture. */
	assert_int_equal(find(*state, "GET", "/cohort/sign-out", &match), ROUTE_METHOD);
	assert_string_equal(match.allow, "POST");
	assert_int_equal(find(*state, "POST", "/cohort/new", &match), ROUTE_METHOD);
	assert_null(match.route);
}

static void
safety_10_head_is_answered_by_get(void **state)
{
	struct route_match match;

	assert_int_equal(find(*state, "HEAD", "/cohort/", &match), ROUTE_FOUND);
	assert_int_equal(match.route->method, METHOD_GET);
}

static void
what_is_in_no_row_is_unknown(void **state)
{
	struct route_match match;

	assert_int_equal(find(*state, "GET", "/cohort", &match), ROUTE_UNKNOWN);
	assert_int_equal(find(*state, "GET", "/cohort/a/", &match), ROUTE_UNKNOWN);
	assert_int_equal(find(*state, "GET", "/.git/config", &match), ROUTE_UNKNOWN);
	assert_int_equal(find(*state, "GET", "/.env", &match), ROUTE_UNKNOWN);
}

static const char *
problem_of(struct arena *arena, struct route route)
{
	const struct program one = { "one", &route, 1, false };

	return route_problem(arena, &one);
}

static void
a_row_without_its_preconditions_is_refused(void **state)
{
	struct route good = POST("/a/:cohort/:group");
	struct route row;

	assert_null(route_problem(*state, &program));
	assert_null(problem_of(*state, good));
	row = good;
	row.scope = (enum scope)0;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.roles = 0;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.handle = NULL;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.form = NULL;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.again = NULL;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.late = true;
	assert_non_null(problem_of(*state, row));
	/* One click is for a POST of a secret address, without fields. */
	row = good;
	row.one_click = true;
	assert_non_null(problem_of(*state, row));
	row.secret = true;
	assert_null(problem_of(*state, row));
	row.form = &(const struct form){ .name = "one", .count = 1 };
	assert_non_null(problem_of(*state, row));
	row = good;
	row.method = METHOD_OTHER;
	assert_non_null(problem_of(*state, row));
	row = good;
	row.scope = SCOPE_GROUP;
	assert_null(problem_of(*state, row));
	row.scope = SCOPE_APPLICATION;
	assert_non_null(problem_of(*state, row));
}

static const struct form *
made(struct visit *visit)
{
	(void)visit;
	return &empty_form;
}

static void
a_form_stands_in_the_table_or_is_made_and_never_both(void **state)
{
	struct route row = POST("/a");
	const struct program one = { "one", &row, 1, false };

	row.form = NULL;
	row.form_of = made;
	assert_null(route_problem(*state, &one));
	row.form = &empty_form;
	assert_non_null(route_problem(*state, &one));
}

static void
a_row_that_stands_there_twice_is_refused(void **state)
{
	static const struct route twice[] = { GET("/a"), POST("/a"), GET("/a") };
	const struct program bad = { "bad", twice, 3, false };

	assert_non_null(route_problem(*state, &bad));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(
						the_leftmost_literal_wins_whatever_the_order),
		source_test(captures_are_decoded_and_never_empty),
		source_test(safety_10_a_wrong_method_is_told_the_right_ones),
		source_test(safety_10_head_is_answered_by_get),
		source_test(what_is_in_no_row_is_unknown),
		source_test(a_row_without_its_preconditions_is_refused),
		source_test(a_form_stands_in_the_table_or_is_made_and_never_both),
		source_test(a_row_that_stands_there_twice_is_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
