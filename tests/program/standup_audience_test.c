/*
 * Who reads what of a stand-up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "harness.h"
#include "standup_crew.h"

/* Who reads what its author opened to 1, 2, 3, 4. */
static const struct {
	int64_t person;
	bool reads[4];
} readers[] = {
	{ CREW_VEGA, { true, true, true, true } }, /* the author */
	{ CREW_MIRA, { false, true, true, true } },
	{ CREW_RIGEL, { true, true, true, true } },
	{ CREW_CAPELLA, { true, true, true, true } },
	{ CREW_POLARIS, { true, true, true, true } },
};

enum { READERS = sizeof(readers) / sizeof(readers[0]) };

static void
expect_words(struct harness *h, const char *words, bool reads)
{
	if (reads) {
		harness_expect(h, words);
	} else {
		harness_expect_not(h, words);
	}
}

static void
every_audience_admits_its_readers_and_nobody_else(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "canary", AUDIENCE_PUBLIC);
	crew_question(h, CREW_VEGA, "q1", "canary asks", AUDIENCE_PUBLIC);
	crew_question(h, CREW_MIRA, "q2", "open to all", AUDIENCE_PUBLIC);
	crew_answer(h, CREW_VEGA, "q2", "a2", "canary answers", AUDIENCE_PUBLIC);
	for (int audience = AUDIENCE_PUBLIC; audience >= AUDIENCE_NAVIGATORS; audience--) {
		harness_run_sql(h,
		    arena_format(harness_arena(h),
			"UPDATE check_in SET audience = %d, did_audience = %d, next_audience = %d,"
			" blocked_audience = %d; UPDATE question SET audience = %d WHERE key = 'q1';"
			"UPDATE answer SET audience = %d",
			audience, audience, audience, audience, audience, audience));
		for (size_t i = 0; i < READERS; i++) {
			bool reads = readers[i].reads[audience - 1];

			crew_sign_in(h, readers[i].person);
			harness_get(h, CREW_WEEK);
			harness_expect_status(h, 200);
			expect_words(h, "canary did", reads);
			expect_words(h, "canary asks", reads);
			/* Mira asked, so the answer is hers to read. */
			expect_words(h, "canary answers", reads || readers[i].person == CREW_MIRA);
		}
	}
}

/* A part reads no wider than itself, whatever its check-in is open to. */
static void
a_prompt_is_for_its_own_audience(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "canary", AUDIENCE_PUBLIC);
	for (int audience = AUDIENCE_PUBLIC; audience >= AUDIENCE_NAVIGATORS; audience--) {
		harness_run_sql(h,
		    arena_format(
			harness_arena(h), "UPDATE check_in SET blocked_audience = %d", audience));
		for (size_t i = 0; i < READERS; i++) {
			crew_sign_in(h, readers[i].person);
			harness_get(h, CREW_WEEK);
			harness_expect(h, "canary did");
			expect_words(h, "canary blocked", readers[i].reads[audience - 1]);
		}
	}
}

/* An answer reads no wider than its question. */
static void
an_answer_reaches_no_further_than_its_question(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO person (email, email_key, name, name_key, zone, created_at)"
	    " VALUES ('j@example.org', 'j@example.org', 'Jay', 'jay', 'UTC', 1)");
	harness_run_sql(h,
	    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
	    " VALUES (11, 1, 11, 'djangonaut', 1, 1);"
	    "INSERT INTO placement (group_id, member_id, placed_at) VALUES (1, 11, 1)");
	crew_question(h, CREW_VEGA, "q1", "canary asks", AUDIENCE_NAVIGATORS);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "canary answers", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "canary answers");
	crew_sign_in(h, 11);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "canary");
	harness_field(h, "answer", "I guess");
	harness_field(h, "audience", "group");
	harness_post(h, CREW_WEEK "/question/q1/answer");
	harness_expect_status(h, 404);
}

static void
safety_31_a_private_check_in_is_on_no_page_of_anyone_else(void **state)
{
	static const char *const paths[] = { "/standup/", "/standup/orion/lyra",
		"/standup/orion/lyra/0", CREW_WEEK, "/standup/orion/lyra/2",
		"/standup/orion/cygnus", "/standup/orion/cygnus/1" };
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "canary", AUDIENCE_NAVIGATORS);
	crew_question(h, CREW_VEGA, "qc", "canary asks", AUDIENCE_NAVIGATORS);
	for (int64_t person = CREW_MIRA; person < CREW_COUNT; person++) {
		if (person == CREW_POLARIS) {
			continue;
		}
		crew_sign_in(h, person);
		for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
			harness_get(h, paths[i]);
			harness_expect_not(h, "canary");
			/* Nor is it counted. */
			harness_expect_not(h, "1 check-in");
			harness_expect_not(h, "1 open question");
		}
	}
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, "/standup/orion/lyra");
	harness_expect(h, "1 check-in");
	harness_expect(h, "1 open question");
	/* What is not public is offered to no highlight. */
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "did-c3");
}

static void
shows_no_marks_of_reading(void **state)
{
	struct harness *h = *state;
	const char *page;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	page = harness_body_text(h);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	assert_int_equal(strlen(page), harness_body_length(h));
}

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_audience_admits_its_readers_and_nobody_else),
		test(a_prompt_is_for_its_own_audience),
		test(an_answer_reaches_no_further_than_its_question),
		test(safety_31_a_private_check_in_is_on_no_page_of_anyone_else),
		test(shows_no_marks_of_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
