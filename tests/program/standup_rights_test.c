/*
 * Who may do what at a stand-up, route by route.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "ground/bytes.h"
#include "harness.h"
#include "standup_crew.h"

/* Things of week 1: q1 and its answer a1, both Vega's, and h1. */
static void
fill_week(struct harness *h)
{
	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_GROUP);
	crew_question(h, CREW_VEGA, "q1", "Which test runs first?", AUDIENCE_GROUP);
	crew_answer(h, CREW_VEGA, "q1", "a1", "The slow one", AUDIENCE_GROUP);
	crew_highlight(h, "h1", "A good week");
}

/* A pattern as an address of lyra's week 1. */
static const char *
path_of(struct harness *h, const char *pattern)
{
	static const struct {
		const char *name;
		const char *value;
	} values[] = { { ":cohort", "orion" }, { ":group", "lyra" }, { ":week", "1" },
		{ ":question", "q1" }, { ":answer", "a1" }, { ":highlight", "h1" } };
	struct bytes *path = bytes_new(harness_arena(h));

	while (*pattern != '\0') {
		size_t length = strcspn(pattern + 1, "/") + 1, i;

		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			if (length == strlen(values[i].name) + 1 &&
			    memcmp(pattern + 1, values[i].name, length - 1) == 0) {
				bytes_format(path, "/%s", values[i].value);
				break;
			}
		}
		if (i == sizeof(values) / sizeof(values[0])) {
			bytes_append(path, pattern, length);
		}
		pattern += length;
	}
	return path->data;
}

enum { VISITORS = 10 };

/* In the order of the columns below; 0 is a stranger. */
static const int64_t visitors[VISITORS] = { 0, CREW_LUNA, CREW_VEGA, CREW_ALTAIR, CREW_DENEB,
	CREW_SIRIUS, CREW_CANOPUS, CREW_RIGEL, CREW_CAPELLA, CREW_POLARIS };

#define WEEK "/standup/:cohort/:group/:week"

/*
 * Every route, sent with an empty form: stranger, applicant, Djangonaut of A,
 * of B, navigator of B, captain of B, organiser of another cohort; then those
 * who may: navigator, captain and organiser of A. The Djangonaut wrote the
 * question and the answer.
 */
static const struct {
	enum method method;
	const char *pattern;
	int status[VISITORS];
} matrix[] = {
	{ METHOD_GET, "/standup/", { 303, 303, 200, 200, 200, 200, 200, 200, 200, 200 } },
	{ METHOD_GET, "/standup/:cohort/:group",
	    { 303, 303, 200, 404, 404, 404, 404, 200, 200, 200 } },
	{ METHOD_GET, WEEK, { 303, 303, 200, 404, 404, 404, 404, 200, 200, 200 } },
	{ METHOD_POST, WEEK "/check-in", { 303, 303, 422, 404, 404, 404, 404, 404, 404, 404 } },
	{ METHOD_POST, WEEK "/check-in/audience",
	    { 303, 303, 422, 404, 404, 404, 404, 404, 404, 404 } },
	{ METHOD_POST, WEEK "/question", { 303, 303, 422, 404, 404, 404, 404, 404, 404, 404 } },
	{ METHOD_POST, WEEK "/question/:question",
	    { 303, 303, 422, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/question/:question/audience",
	    { 303, 303, 422, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/question/:question/answer",
	    { 303, 303, 422, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/question/:question/resolved",
	    { 303, 303, 303, 404, 404, 404, 404, 404, 404, 404 } },
	{ METHOD_POST, WEEK "/answer/:answer",
	    { 303, 303, 422, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/answer/:answer/audience",
	    { 303, 303, 422, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/attendance", { 303, 303, 404, 404, 404, 404, 404, 303, 303, 303 } },
	{ METHOD_POST, WEEK "/notes", { 303, 303, 404, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/highlight", { 303, 303, 404, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_GET, WEEK "/highlight/:highlight",
	    { 303, 303, 404, 404, 404, 404, 404, 200, 200, 200 } },
	{ METHOD_POST, WEEK "/highlight/:highlight",
	    { 303, 303, 404, 404, 404, 404, 404, 422, 422, 422 } },
	{ METHOD_POST, WEEK "/highlight/:highlight/withdrawn",
	    { 303, 303, 404, 404, 404, 404, 404, 303, 303, 303 } },
};

enum { MATRIX = sizeof(matrix) / sizeof(matrix[0]) };

/* The row of a route; a route without one fails. */
static size_t
matrix_row(const struct route *route)
{
	for (size_t i = 0; i < MATRIX; i++) {
		if (matrix[i].method == route->method &&
		    strcmp(matrix[i].pattern, route->pattern) == 0) {
			return i;
		}
	}
	fail_msg("no line for %s", route->pattern);
	return 0;
}

static void
send_route(struct harness *h, const struct route *route)
{
	harness_send(h, route->method == METHOD_POST ? "POST" : "GET", path_of(h, route->pattern));
}

static void
check_visitor(size_t visitor)
{
	struct harness *h = harness_new(&standup_program);

	crew_make(h);
	fill_week(h);
	if (visitors[visitor] != 0) {
		crew_sign_in(h, visitors[visitor]);
	}
	for (size_t i = 0; i < standup_program.count; i++) {
		const struct route *route = &standup_program.routes[i];
		int expected = matrix[matrix_row(route)].status[visitor];

		send_route(h, route);
		if (harness_status(h) != expected) {
			fail_msg("visitor %zu at %s: %d, expected %d", visitor, route->pattern,
			    harness_status(h), expected);
		}
		if (expected == 303 && visitor < 2) {
			assert_string_equal(crew_location(h), "/cohort/sign-in");
		}
	}
	harness_free(h);
}

static void
safety_30_every_route_answers_each_visitor_as_the_matrix_says(void **state)
{
	(void)state;
	assert_int_equal(standup_program.count, MATRIX);
	for (size_t i = 0; i < VISITORS; i++) {
		check_visitor(i);
	}
}

static void
states_what_each_route_needs(void **state)
{
	struct harness *h = *state;
	const char *problem = route_problem(harness_arena(h), &standup_program);

	if (problem != NULL) {
		fail_msg("%s", problem);
	}
}

static void
safety_30_what_is_not_there_answers_like_what_is_not_ones_own(void **state)
{
	static const char *const paths[] = { "/standup/orion/lyra/9", "/standup/orion/lyra/01",
		"/standup/orion/lyra/one", "/standup/orion/draco", "/standup/vela/lyra",
		"/standup/orion/cygnus", "/standup/orion/cygnus/1" };
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(h, paths[i]);
		harness_expect_status(h, 404);
	}
}

/* An item named under another week, or that of another group. */
static void
safety_30_an_item_belongs_to_its_own_stand_up(void **state)
{
	static const char *const paths[] = { "/standup/orion/lyra/2/question/q1/answer",
		"/standup/orion/lyra/2/question/q1/resolved", "/standup/orion/lyra/2/answer/a1",
		"/standup/orion/lyra/2/highlight/h1/withdrawn",
		"/standup/orion/cygnus/1/question/q1/answer", "/standup/orion/cygnus/1/answer/a1",
		"/standup/orion/cygnus/1/highlight/h1/withdrawn" };
	struct harness *h = *state;
	const char *before;

	fill_week(h);
	crew_sign_in(h, CREW_POLARIS);
	before = harness_dump(h);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_field(h, "answer", "Mine now");
		harness_field(h, "audience", "group");
		harness_post(h, paths[i]);
		harness_expect_status(h, 404);
	}
	assert_string_equal(harness_dump(h), before);
	/* The same with a form that never reaches its handler. */
	harness_post(h, "/standup/orion/lyra/2/question/q1/answer");
	harness_expect_status(h, 404);
}

/* Someone who left, whose cohort ended over a year ago, or is a draft. */
static void
safety_30_a_right_ends_with_what_it_came_from(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_run_sql(h, "UPDATE placement SET left_at = 1795000000 WHERE member_id = 3");
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 404);
	crew_sign_in(h, CREW_MIRA);
	harness_set_now(h, CREW_ENDS + (int64_t)365 * 86400 - 60);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 200);
	harness_set_now(h, CREW_ENDS + (int64_t)365 * 86400);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 404);
	harness_get(h, "/standup/");
	harness_expect_not(h, "Lyra");
	crew_sign_in(h, CREW_POLARIS);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 200);
}

/* ---- forms ---- */

static void
fill_fields(struct harness *h)
{
	crew_check_in_fields(h, "Forged", "public");
	harness_field(h, "question", "Forged");
	harness_field(h, "answer", "Forged");
	harness_field(h, "notes", "Forged");
	harness_field(h, "revision", "1");
	harness_field(h, "title", "Forged");
	harness_field(h, "step", "publish");
	harness_field(h, "mark_3", "absent");
	harness_field(h, "shown_3", "unmarked");
}

static void
send_forged(struct harness *h, const struct route *route, int way)
{
	fill_fields(h);
	switch (way) {
	case 0:
		harness_without_token(h);
		break;
	case 1:
		harness_without_token(h);
		harness_field(h, "_csrf", "b3RoZXI");
		break;
	case 2:
		harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
		break;
	default:
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
		break;
	}
	harness_post(h, path_of(h, route->pattern));
	harness_expect_status(h, 403);
}

static void
safety_27_a_form_from_elsewhere_writes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	fill_week(h);
	harness_run_sql(h,
	    "INSERT INTO placement (group_id, member_id, placed_at)"
	    " VALUES (2, 1, 1790000000)");
	for (size_t person = CREW_RIGEL; person <= CREW_VEGA; person += 2) {
		crew_sign_in(h, (int64_t)person);
		before = harness_dump(h);
		for (size_t i = 0; i < standup_program.count * 4; i++) {
			const struct route *route = &standup_program.routes[i / 4];

			if (route->method == METHOD_POST) {
				send_forged(h, route, (int)(i % 4));
			}
		}
		assert_string_equal(harness_dump(h), before);
	}
}

static void
safety_28_reading_changes_nothing(void **state)
{
	struct harness *h = *state;

	fill_week(h);
	for (size_t person = CREW_RIGEL; person < CREW_COUNT; person++) {
		const char *before;

		crew_sign_in(h, (int64_t)person);
		before = harness_dump(h);
		for (size_t i = 0; i < standup_program.count; i++) {
			const char *path = path_of(h, standup_program.routes[i].pattern);

			harness_get(h, path);
			harness_head(h, path);
		}
		assert_string_equal(harness_dump(h), before);
	}
}

static void
safety_29_fields_that_no_form_has_are_ignored(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "Mine", "group");
	harness_field(h, "member_id", "4");
	harness_field(h, "person_id", "4");
	harness_field(h, "standup_id", "2");
	harness_field(h, "group_id", "2");
	harness_field(h, "role", "captain");
	harness_field(h, "is_late", "1");
	harness_field(h, "status", "present");
	harness_field(h, "mark_3", "present");
	harness_field(h, "shown_3", "unmarked");
	harness_post(h, CREW_WEEK "/check-in");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT member_id, did, is_late, audience FROM check_in"),
	    "3|Mine|0|2|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM attendance"), 0);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM member WHERE role = 'captain'"), 2);
}

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(states_what_each_route_needs),
		test(safety_30_every_route_answers_each_visitor_as_the_matrix_says),
		test(safety_30_what_is_not_there_answers_like_what_is_not_ones_own),
		test(safety_30_an_item_belongs_to_its_own_stand_up),
		test(safety_30_a_right_ends_with_what_it_came_from),
		test(safety_27_a_form_from_elsewhere_writes_nothing),
		test(safety_28_reading_changes_nothing),
		test(safety_29_fields_that_no_form_has_are_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
