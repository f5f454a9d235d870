/*
 * A Djangonaut checks in, changes what they said, and takes it back.
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

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

#define CHECK_IN CREW_WEEK "/check-in"

static const char stored[] = "SELECT member_id, did, next, blocked, audience, did_audience,"
			     " next_audience, blocked_audience, is_late FROM check_in";

static void
saves_a_check_in_and_says_so(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "Read the tests", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 303);
	harness_expect_location(h, CREW_WEEK "?done=checked_in");
	assert_string_equal(harness_rows(h, stored), "3|Read the tests|Go on||2|2|2|2|0|\n");
	harness_get(h, CREW_WEEK "?done=checked_in");
	harness_expect(h, "Thank you, your check-in is saved.");
	harness_expect(h, "Read the tests");
}

static void
keeps_a_prompt_narrower_than_the_rest(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "did", "Read");
	harness_field(h, "blocked", "My laptop");
	harness_field(h, "audience", "public");
	harness_field(h, "did_audience", "same");
	harness_field(h, "next_audience", "same");
	harness_field(h, "blocked_audience", "navigators");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, stored), "3|Read||My laptop|4|4|4|1|0|\n");
	/* The form says so again. */
	harness_get(h, CREW_WEEK);
	harness_expect(h,
	    "name=\"blocked_audience\">\n"
	    "<option value=\"same\">As the whole check-in</option>\n"
	    "<option value=\"navigators\" selected>");
}

static void
warns_before_anything_is_made_public(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "Followers&#39; readers may keep a copy even if you take it back.");
	harness_expect(h, "aria-describedby=\"check-in-audience-help\"");
	harness_expect(h, "aria-describedby=\"ask-audience-help\"");
}

static void
brings_an_empty_check_in_back_with_its_choices(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "did", "  ");
	harness_field(h, "audience", "cohort");
	harness_field(h, "did_audience", "same");
	harness_field(h, "next_audience", "same");
	harness_field(h, "blocked_audience", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#check-in-did\"");
	harness_expect(h, "<option value=\"cohort\" selected>");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM check_in"), 0);
}

static void
safety_06_a_prompt_sent_twice_is_refused(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "One", "group");
	harness_field(h, "did", "Two");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#check-in-did\"");
	crew_check_in_fields(h, "One", "everybody");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#check-in-audience\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM check_in"), 0);
}

static void
safety_34_checking_in_twice_is_one_check_in(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	for (int i = 0; i < 2; i++) {
		crew_check_in_fields(h, "Read", "group");
		harness_post(h, CHECK_IN);
		harness_expect_status(h, 303);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM check_in"), 1);
}

static void
changes_words_until_the_stand_up_closes(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "First words", "group");
	harness_post(h, CHECK_IN);
	crew_check_in_fields(h, "Second words", "group");
	harness_post(h, CHECK_IN);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "Second words");
	harness_expect_not(h, "First words");
	harness_expect(h, "edited");
}

static void
counts_a_late_check_in_as_async(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_get(h, "/standup/orion/lyra/0");
	harness_expect(h, "counts as async");
	crew_check_in_fields(h, "Late", "group");
	harness_post(h, "/standup/orion/lyra/0/check-in");
	harness_expect_location(h, "/standup/orion/lyra/0?done=checked_in_late");
	assert_int_equal(harness_number(h, "SELECT is_late FROM check_in"), 1);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, "/standup/orion/lyra/0");
	harness_expect(h, "value=\"async\" checked");
}

/* The stand-up closes while the form is open: nothing typed is lost, and
 * nothing that stands is changed. */
static void
safety_33_words_that_come_too_late_come_back(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "In time", "public");
	harness_post(h, CHECK_IN);
	harness_set_now(h, HARNESS_NOW + 86400);
	crew_check_in_fields(h, "A second thought", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 422);
	harness_expect(h, "the words of your check-in stay as they were");
	harness_expect(h, "A second thought");
	assert_string_equal(harness_rows(h, stored), "3|In time|Go on||4|4|4|4|0|\n");
	/* Closed, the page offers who may read it, and no words to change. */
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "name=\"did\"");
	harness_expect(h, "name=\"did_audience\"");
	/* The words that stand are no change of words. */
	crew_check_in_fields(h, "In time", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, stored), "3|In time|Go on||2|2|2|2|0|\n");
}

static void
narrow(struct harness *h, const char *audience)
{
	harness_field(h, "audience", audience);
	harness_field(h, "did_audience", "same");
	harness_field(h, "next_audience", "same");
	harness_field(h, "blocked_audience", "same");
	harness_post(h, CHECK_IN "/audience");
}

static void
takes_a_check_in_back_at_any_time(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_highlight(h, "h1", "A good week");
	harness_run_sql(h,
	    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id)"
	    " VALUES (1, 0, 'did', 1)");
	harness_set_now(h, CREW_OVER + 86400);
	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "class=\"quote\"");
	narrow(h, "navigators");
	harness_expect_location(h, CREW_WEEK "?done=audience");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight_quote"), 0);
	assert_int_equal(harness_number(h, "SELECT max(did_audience) FROM check_in"), 1);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "class=\"quote\"");
	/* Once writing has ended nothing is opened further. */
	narrow(h, "group");
	harness_expect_status(h, 422);
	harness_expect(h, "but not opened further");
	assert_int_equal(harness_number(h, "SELECT max(did_audience) FROM check_in"), 1);
}

static void
narrows_nothing_that_is_not_there(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_VEGA);
	narrow(h, "group");
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h, "SELECT min(audience) FROM check_in"), 4);
}

static void
safety_33_writing_ends_two_weeks_after_the_cohort(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, CREW_OVER - 1);
	crew_sign_in(h, CREW_VEGA);
	crew_check_in_fields(h, "Just in time", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 303);
	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_MIRA);
	crew_check_in_fields(h, "A moment late", "group");
	harness_post(h, CHECK_IN);
	harness_expect_status(h, 422);
	harness_expect(h, "Writing in Orion ended on Monday 25 January 2027, 09:00 Asia/Tokyo");
	harness_expect(h, "A moment late");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM check_in"), 1);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "Writing in Orion has ended.");
	harness_expect_not(h, "name=\"did\"");
	harness_expect_not(h, "name=\"question\"");
}

static void
shows_the_form_to_djangonauts_alone(void **state)
{
	struct harness *h = *state;

	for (int64_t person = CREW_RIGEL; person <= CREW_POLARIS; person++) {
		crew_sign_in(h, person);
		harness_get(h, CREW_WEEK);
		if (person == CREW_VEGA || person == CREW_MIRA) {
			harness_expect(h, "name=\"did\"");
		} else {
			harness_expect_not(h, "name=\"did\"");
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(saves_a_check_in_and_says_so),
		test(keeps_a_prompt_narrower_than_the_rest),
		test(warns_before_anything_is_made_public),
		test(brings_an_empty_check_in_back_with_its_choices),
		test(safety_06_a_prompt_sent_twice_is_refused),
		test(safety_34_checking_in_twice_is_one_check_in),
		test(changes_words_until_the_stand_up_closes),
		test(counts_a_late_check_in_as_async),
		test(safety_33_words_that_come_too_late_come_back),
		test(takes_a_check_in_back_at_any_time),
		test(narrows_nothing_that_is_not_there),
		test(safety_33_writing_ends_two_weeks_after_the_cohort),
		test(shows_the_form_to_djangonauts_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
