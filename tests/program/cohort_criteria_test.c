/*
 * Saying what reviewers look for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

#define CRITERIA HOUSE_ORGANISE "/criteria"

static void
send(struct harness *h, const char *path, const char *name, const char *weight)
{
	harness_field(h, "name", name);
	harness_field(h, "help", "2: not yet\n9: at its best");
	harness_field(h, "weight", weight);
	harness_post(h, path);
}

static void
add(struct harness *h, const char *name, const char *weight)
{
	send(h, CRITERIA, name, weight);
	harness_expect_status(h, 303);
}

static const char *
kept(struct harness *h)
{
	return harness_rows(
	    h, "SELECT name, weight FROM criterion WHERE retired_at IS NULL ORDER BY position, id");
}

/* A finished review of an application with 10 and 4 points. */
static void
reviewed(struct harness *h)
{
	(void)house_application(h, "Mira");
	harness_run_sql(h,
	    "INSERT INTO review (application_id, person_id, taken_at, finished_at, score)"
	    " VALUES (1, 1, 1795300000, 1795300000, 7000);"
	    "INSERT INTO review_score (review_id, criterion_id, score) VALUES (1, 1, 10),"
	    " (1, 2, 4)");
}

static void
criteria_are_added_with_their_weights(void **state)
{
	struct harness *h = *state;

	harness_get(h, CRITERIA);
	harness_expect_status(h, 200);
	harness_expect(h, "No criterion yet");
	add(h, "Motivation", "3");
	harness_expect_location(h, "/cohort/orion/organise/criteria?done=criterion_added");
	add(h, "Time", "1");
	assert_string_equal(kept(h), "Motivation|3|\nTime|1|\n");
	harness_get(h, CRITERIA);
	harness_expect_not(h, "No criterion yet");
	harness_expect(h, "Weight 3");
	harness_expect(h, "9: at its best");
}

static void
what_is_wrong_is_said_at_its_field(void **state)
{
	struct harness *h = *state;

	add(h, "Motivation", "3");
	send(h, CRITERIA, "Heart", "11");
	harness_expect_status(h, 422);
	harness_expect(h, "a whole number from 1 to 10");
	harness_expect(h, "value=\"Heart\"");
	send(h, CRITERIA, "Heart", "0");
	harness_expect_status(h, 422);
	send(h, CRITERIA, "Motivation", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "There is a criterion of this name already.");
	assert_string_equal(kept(h), "Motivation|3|\n");
}

static void
another_weight_changes_the_scores_that_are_in(void **state)
{
	struct harness *h = *state;

	add(h, "Motivation", "1");
	add(h, "Time", "1");
	reviewed(h);
	harness_get(h, CRITERIA "/1");
	harness_expect(h, "value=\"Motivation\"");
	send(h, CRITERIA "/1", "Drive", "2");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/orion/organise/criteria?done=criterion_saved");
	assert_string_equal(kept(h), "Drive|2|\nTime|1|\n");
	/* (10 * 2 + 4) / 3 */
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 8000);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM audit WHERE action = 'criterion_changed'"), 1);
}

static void
criteria_are_put_in_order(void **state)
{
	struct harness *h = *state;

	add(h, "Motivation", "1");
	add(h, "Time", "1");
	add(h, "Craft", "1");
	harness_field(h, "direction", "up");
	harness_post(h, CRITERIA "/3/move");
	harness_expect_status(h, 303);
	assert_string_equal(kept(h), "Motivation|1|\nCraft|1|\nTime|1|\n");
	harness_field(h, "direction", "down");
	harness_post(h, CRITERIA "/1/move");
	assert_string_equal(kept(h), "Craft|1|\nMotivation|1|\nTime|1|\n");
	harness_field(h, "direction", "out");
	harness_post(h, CRITERIA "/1/move");
	harness_expect_status(h, 403);
}

static void
a_criterion_that_was_scored_is_retired_and_can_come_back(void **state)
{
	struct harness *h = *state;

	add(h, "Motivation", "1");
	add(h, "Time", "1");
	add(h, "Craft", "1");
	reviewed(h);
	harness_post(h, CRITERIA "/3/remove");
	harness_expect_location(h, "/cohort/orion/organise/criteria?done=criterion_removed");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM criterion"), 2);
	harness_post(h, CRITERIA "/1/remove");
	harness_expect_location(h, "/cohort/orion/organise/criteria?done=criterion_retired");
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 4000);
	harness_get(h, CRITERIA);
	harness_expect(h, "Scored no more");
	harness_post(h, CRITERIA "/2/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "It is the only criterion");
	harness_post(h, CRITERIA "/1/revive");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT score FROM review"), 7000);
	assert_string_equal(kept(h), "Motivation|1|\nTime|1|\n");
}

static void
without_a_criterion_one_is_due_while_applications_come_in(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "There is nothing yet to score applications by");
	harness_expect(h, "href=\"/cohort/orion/organise/criteria\">Say what is looked for</a>");
	add(h, "Motivation", "1");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_not(h, "There is nothing yet to score applications by");
	harness_run_sql(h, "DELETE FROM criterion; UPDATE cohort SET published_at = NULL");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_not(h, "There is nothing yet to score applications by");
}

static void
safety_30_another_cohorts_criterion_is_not_there(void **state)
{
	struct harness *h = *state;

	add(h, "Motivation", "1");
	harness_run_sql(h,
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
	    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at) SELECT 2, 'draco', 'Draco', goal, 'draco',"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4, 8,"
	    " 9, 1 FROM cohort WHERE id = 1;"
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (2, 1, 'organiser', 1)");
	harness_get(h, "/cohort/draco/organise/criteria/1");
	harness_expect_status(h, 404);
	send(h, "/cohort/draco/organise/criteria/1", "Mine", "9");
	harness_expect_status(h, 404);
	harness_post(h, "/cohort/draco/organise/criteria/1/remove");
	harness_expect_status(h, 404);
	assert_string_equal(kept(h), "Motivation|1|\n");
	harness_get(h, CRITERIA "/77");
	harness_expect_status(h, 404);
	harness_get(h, CRITERIA "/x");
	harness_expect_status(h, 404);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(criteria_are_added_with_their_weights),
		house_test(what_is_wrong_is_said_at_its_field),
		house_test(another_weight_changes_the_scores_that_are_in),
		house_test(criteria_are_put_in_order),
		house_test(a_criterion_that_was_scored_is_retired_and_can_come_back),
		house_test(without_a_criterion_one_is_due_while_applications_come_in),
		house_test(safety_30_another_cohorts_criterion_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
