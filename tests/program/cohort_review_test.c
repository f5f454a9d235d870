/*
 * A reviewer's desk, the queue, and writing a review.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_reading.h"

static void
next(struct harness *h)
{
	harness_post(h, READING "/next");
	harness_expect_status(h, 303);
}

static void
the_desk_tells_how_far_the_cohort_has_come_and_what_is_mine(void **state)
{
	struct harness *h = *state;

	harness_get(h, READING);
	harness_expect_status(h, 200);
	harness_expect(h, "0 of 2 applications have all reviews they want (2 each)");
	harness_expect(h, "You wrote none yet.");
	harness_expect(h, "Read the next one");
	reading_reviewed(h, 1, "Spica", 6250);
	reading_reviewed(h, 1, "Polaris", 8000);
	harness_get(h, READING);
	harness_expect(h, "1 of 2 applications have all reviews they want (2 each)");
	harness_expect(h, "2 of 4 reviews are written. You wrote 1 of them.");
	harness_expect(h, "Alcyone 37");
	harness_expect(h, "6.3");
	harness_expect_not(h, "8.0");
	harness_expect_not(h, "Vega");
}

static void
the_queue_hands_out_one_and_says_for_how_long(void **state)
{
	struct harness *h = *state;
	const char *first;

	next(h);
	first = reading_location(h);
	assert_true(strcmp(first, READING "/vega") == 0 || strcmp(first, READING "/deneb") == 0);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "for the next two hours");
	/* Asked again, it is the same one; the other reader gets the other. */
	next(h);
	assert_string_equal(reading_location(h), first);
	harness_get(h, READING);
	harness_expect(h, "You began to read");
	(void)reading_reviewer(h, "Mira");
	house_sign_in(h, "Mira");
	next(h);
	assert_string_not_equal(reading_location(h), first);
}

static void
safety_28_looking_at_the_desk_or_an_application_takes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before = harness_dump(h);

	harness_get(h, READING);
	harness_get(h, READING "/vega");
	harness_get(h, READING "/next");
	harness_expect_status(h, 405);
	assert_string_equal(harness_dump(h), before);
}

static void
save_and_next_saves_and_leads_to_the_next(void **state)
{
	struct harness *h = *state;

	reading_points(h, "7", "4");
	harness_field(h, "note", "Asks good questions");
	harness_field(h, "flag", "yes");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 303);
	assert_string_equal(reading_location(h), READING "/deneb");
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Saved. This is the next one.");
	assert_string_equal(
	    harness_rows(h,
		"SELECT application_id, person_id, score, note, is_flagged FROM review"
		" WHERE finished_at IS NOT NULL"),
	    "1|2|6250|Asks good questions|1|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT criterion_id, score FROM review_score"), "1|7|\n2|4|\n");
	reading_points(h, "5", "5");
	harness_post(h, READING "/deneb");
	assert_string_equal(reading_location(h), READING);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Thank you!");
}

static void
save_alone_stays(void **state)
{
	struct harness *h = *state;

	reading_points(h, "10", "0");
	harness_field(h, "step", "save");
	harness_post(h, READING "/vega");
	assert_string_equal(reading_location(h), READING "/vega");
	harness_get(h, READING "/vega");
	harness_expect(h, "value=\"10\"");
	harness_expect(h, "value=\"0\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM review"), 1);
}

static void
points_are_0_to_10_each_and_all_of_them(void **state)
{
	struct harness *h = *state;
	const char *const wrong[] = { "11", "-1", "six", "7.5", "" };

	for (size_t step = 0; step < 2; step++) {
		for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
			reading_points(h, wrong[i], "4");
			harness_field(h, "note", "Kept as typed");
			if (step == 1) {
				harness_field(h, "step", "save");
			}
			harness_post(h, READING "/vega");
			harness_expect_status(h, 422);
			harness_expect(h, "points_1-error");
			harness_expect(h, "Kept as typed");
		}
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM review"), 0);
}

static void
a_review_can_be_changed_but_not_over_another_windows(void **state)
{
	struct harness *h = *state;

	reading_points(h, "7", "4");
	harness_field(h, "step", "save");
	harness_post(h, READING "/vega");
	/* As a window has it that was opened before. */
	reading_points(h, "1", "1");
	harness_field(h, "step", "save");
	harness_field(h, "revision", "0");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 422);
	harness_expect(h, "in another window");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 6250);
	reading_points(h, "1", "1");
	harness_field(h, "step", "save");
	harness_field(h, "revision", "2");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 1000);
}

static void
safety_34_saving_twice_by_a_double_click_makes_one_review(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 2; i++) {
		reading_points(h, "7", "4");
		harness_field(h, "revision", "0");
		harness_post(h, READING "/vega");
	}
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM review WHERE application_id = 1"), 1);
}

static void
a_conflict_ends_the_review_and_hides_the_application_for_good(void **state)
{
	struct harness *h = *state;

	reading_points(h, "7", "4");
	harness_field(h, "step", "save");
	harness_post(h, READING "/vega");
	harness_post(h, READING "/vega/conflict");
	harness_expect_status(h, 303);
	assert_string_equal(reading_location(h), READING);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Thank you for saying so");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM review"), 0);
	harness_get(h, READING "/vega");
	harness_expect_status(h, 404);
	reading_points(h, "7", "4");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 404);
	next(h);
	assert_string_equal(reading_location(h), READING "/deneb");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, subject_id, detail FROM audit"),
	    arena_format(
		harness_arena(h), "conflict_declared|%d|NULL|Alcyone 37|\n", READING_SPICA));
	/* The log tells organisers, who read blind, no name. */
	house_sign_in(h, "Polaris");
	harness_get(h, HOUSE_ORGANISE "/log");
	harness_expect(h, "Declared a conflict");
	harness_expect(h, "Alcyone 37");
	harness_expect_not(h, "Vega");
}

static void
safety_30_nobody_reviews_their_own_application(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO reviewer (cohort_id, person_id, appointed_at)"
	    " SELECT 1, person_id, 1 FROM application WHERE id = 1");
	house_sign_in(h, "Vega");
	harness_get(h, READING "/vega");
	harness_expect_status(h, 404);
	reading_points(h, "10", "10");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 404);
	next(h);
	assert_string_equal(reading_location(h), READING "/deneb");
}

static void
reviews_end_with_the_decision_that_was_sent(void **state)
{
	struct harness *h = *state;

	reading_points(h, "7", "4");
	harness_field(h, "note", "Mine to read still");
	harness_field(h, "step", "save");
	harness_post(h, READING "/vega");
	harness_run_sql(h, "UPDATE application SET standing = 'declined' WHERE id = 1");
	harness_get(h, READING "/vega");
	harness_expect(h, "Nothing can be changed here any more");
	harness_expect(h, "You gave 6.3: Craft 7, Kindness 4");
	harness_expect(h, "Mine to read still");
	harness_expect_not(h, "Save and next");
	reading_points(h, "1", "1");
	harness_field(h, "revision", "2");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 6250);
}

static void
the_desk_says_kindly_why_nothing_is_handed_out(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "DELETE FROM criterion");
	harness_get(h, READING);
	harness_expect(h, "have not said yet what is looked for");
	harness_expect_not(h, "Read the next one");
	harness_post(h, READING "/next");
	harness_expect_status(h, 422);
	harness_get(h, READING "/vega");
	harness_expect(h, "have not said yet what is looked for");
	harness_set_now(h, 1794650400 - 1);
	harness_get(h, READING);
	harness_expect(h, "Applications are not open yet");
	harness_set_now(h, 1799020800);
	house_sign_in(h, "Spica");
	harness_get(h, READING);
	harness_expect(h, "Reviews are over");
}

static void
once_all_have_their_reviews_one_more_is_to_be_had(void **state)
{
	struct harness *h = *state;

	(void)reading_reviewer(h, "Mira");
	for (int64_t application = 1; application <= 2; application++) {
		reading_reviewed(h, application, "Polaris", 5000);
		reading_reviewed(h, application, "Mira", 5000);
	}
	next(h);
	assert_string_equal(reading_location(h), READING);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "Thank you!");
	harness_expect(h, "Read one more all the same");
	harness_field(h, "beyond", "yes");
	next(h);
	assert_string_not_equal(reading_location(h), READING);
}

static void
the_desk_lists_fifty_reviews_a_page(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 60; i++) {
		int64_t id = house_application(h, arena_format(harness_arena(h), "Star%02d", i));

		reading_reviewed(h, id, "Spica", 5000);
	}
	harness_get(h, READING);
	harness_expect(h, "50 reviews of yours on this page");
	harness_expect(h, "star59");
	harness_expect_not(h, "star09\"");
	harness_expect(h, "?before=11");
	harness_get(h, READING "?before=11");
	harness_expect(h, "10 reviews of yours on this page");
	harness_expect(h, "star09");
}

static void
safety_21_who_is_ended_has_no_desk_with_the_next_request(void **state)
{
	struct harness *h = *state;

	next(h);
	harness_run_sql(h, "UPDATE reviewer SET ended_at = 2");
	harness_get(h, READING);
	harness_expect_status(h, 404);
	harness_get(h, READING "/vega");
	harness_expect_status(h, 404);
	reading_points(h, "7", "4");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 404);
}

static void
ones_own_page_leads_to_the_desk(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/cohort/me");
	harness_expect(h, "href=\"" READING "\"");
	harness_run_sql(h, "UPDATE reviewer SET ended_at = 2");
	harness_get(h, "/cohort/me");
	harness_expect_not(h, "href=\"" READING "\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		reading_test(the_desk_tells_how_far_the_cohort_has_come_and_what_is_mine),
		reading_test(the_queue_hands_out_one_and_says_for_how_long),
		reading_test(safety_28_looking_at_the_desk_or_an_application_takes_nothing),
		reading_test(save_and_next_saves_and_leads_to_the_next),
		reading_test(save_alone_stays),
		reading_test(points_are_0_to_10_each_and_all_of_them),
		reading_test(a_review_can_be_changed_but_not_over_another_windows),
		reading_test(safety_34_saving_twice_by_a_double_click_makes_one_review),
		reading_test(a_conflict_ends_the_review_and_hides_the_application_for_good),
		reading_test(safety_30_nobody_reviews_their_own_application),
		reading_test(reviews_end_with_the_decision_that_was_sent),
		reading_test(the_desk_says_kindly_why_nothing_is_handed_out),
		reading_test(once_all_have_their_reviews_one_more_is_to_be_had),
		reading_test(the_desk_lists_fifty_reviews_a_page),
		reading_test(safety_21_who_is_ended_has_no_desk_with_the_next_request),
		reading_test(ones_own_page_leads_to_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
