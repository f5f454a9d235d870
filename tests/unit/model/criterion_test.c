/*
 * What reviewers look for, and how scores follow its weights.
 */
#include "model/criterion.h"

#include <string.h>

#include "fixture.h"
#include "model/review.h"
#include "statement.h"

/* Adds one; its id. */
static int64_t
added(struct model *model, const char *name, int64_t weight)
{
	const struct criterion_plan plan = { .name = name, .help = "", .weight = weight };

	assert_int_equal(
	    criterion_add(model->db, model->arena, &model->cohort, &plan), CRITERION_SAVED);
	return statement_number(model, "SELECT max(id) FROM criterion");
}

static enum criterion_outcome
weigh(struct model *model, int64_t id, const char *name, int64_t weight)
{
	return criterion_change(model->db, model->arena, &model->cohort, id,
	    &(struct criterion_plan){ .name = name, .help = "", .weight = weight });
}

/* The names of those that are scored, in order, each with a blank after it. */
static const char *
order(struct model *model)
{
	struct criterion_rows rows = criterion_asked(
	    model->db, model->arena, &(struct criterion_asked_in){ model->cohort.id });
	const char *names = "";

	for (size_t i = 0; i < rows.count; i++) {
		names = arena_format(model->arena, "%s%s ", names, rows.rows[i].name);
	}
	return names;
}

/* A review of a new application with these points. */
static void
reviewed(struct model *model, const char *name, const int64_t *points, size_t count)
{
	struct application application = model_application(model, name);
	const struct review_said said = { .points = points, .count = count, .note = "" };

	assert_int_equal(review_save(model->db, model->arena, &model->cohort, &application,
			     model->organiser_id, &said, model->now),
	    REVIEW_SAVED);
}

static int64_t
score(struct model *model)
{
	return statement_number(model, "SELECT score FROM review ORDER BY id LIMIT 1");
}

static void
a_change_of_weights_changes_the_scores_of_finished_reviews(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1);

	(void)added(model, "Kindness", 2);
	reviewed(model, "vega", (const int64_t[]){ 10, 4 }, 2);
	assert_int_equal(score(model), 6000);
	assert_int_equal(weigh(model, craft, "Craft", 4), CRITERION_SAVED);
	/* (10 * 4 + 4 * 2) / 6 */
	assert_int_equal(score(model), 8000);
	assert_int_equal(weigh(model, craft, "Craft", 1), CRITERION_SAVED);
	assert_int_equal(score(model), 6000);
}

static void
scores_are_thousandths_with_halves_up(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1);

	(void)added(model, "Kindness", 1);
	(void)added(model, "Time", 1);
	reviewed(model, "vega", (const int64_t[]){ 1, 0, 1 }, 3);
	assert_int_equal(score(model), 667);
	assert_int_equal(weigh(model, craft, "Craft", 6), CRITERION_SAVED);
	/* 7 / 8 */
	assert_int_equal(score(model), 875);
	assert_int_equal(weigh(model, craft, "Craft", 10), CRITERION_SAVED);
	/* 11 / 12 */
	assert_int_equal(score(model), 917);
}

static void
a_review_that_is_not_finished_gets_no_score(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1);
	const char *key = NULL;

	(void)model_application(model, "vega");
	assert_int_equal(review_take_next(model->db, model->arena, &model->cohort,
			     model->organiser_id, false, model->now, &key),
	    REVIEW_NEXT_TAKEN);
	assert_int_equal(weigh(model, craft, "Craft", 3), CRITERION_SAVED);
	assert_int_equal(
	    statement_number(model, "SELECT count(*) FROM review WHERE score IS NOT NULL"), 0);
}

static void
another_cohorts_scores_stay(void **state)
{
	struct model *model = *state;
	struct cohort other = model->cohort;
	int64_t craft = added(model, "Craft", 1);

	(void)added(model, "Kindness", 1);
	reviewed(model, "vega", (const int64_t[]){ 10, 0 }, 2);
	other.id = 99;
	assert_int_equal(criterion_change(model->db, model->arena, &other, craft,
			     &(struct criterion_plan){ .name = "Mine", .help = "", .weight = 9 }),
	    CRITERION_UNKNOWN);
	assert_int_equal(score(model), 5000);
	assert_string_equal(order(model), "Craft Kindness ");
}

static void
criteria_change_places(void **state)
{
	struct model *model = *state;
	int64_t a = added(model, "A", 1), b = added(model, "B", 1), c = added(model, "C", 1);
	struct db *db = model->db;

	assert_int_equal(criterion_move(db, model->arena, &model->cohort, c, -1), CRITERION_SAVED);
	assert_string_equal(order(model), "A C B ");
	assert_int_equal(criterion_move(db, model->arena, &model->cohort, a, 1), CRITERION_SAVED);
	assert_string_equal(order(model), "C A B ");
	/* At the ends they stay. */
	assert_int_equal(criterion_move(db, model->arena, &model->cohort, c, -1), CRITERION_SAVED);
	assert_int_equal(criterion_move(db, model->arena, &model->cohort, b, 1), CRITERION_SAVED);
	assert_string_equal(order(model), "C A B ");
	assert_int_equal(
	    criterion_move(db, model->arena, &model->cohort, 77, 1), CRITERION_UNKNOWN);
}

static void
one_that_was_scored_is_retired_and_counts_no_more(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1), time;

	(void)added(model, "Kindness", 1);
	reviewed(model, "vega", (const int64_t[]){ 10, 4 }, 2);
	time = added(model, "Time", 1);
	assert_int_equal(
	    criterion_remove(model->db, model->arena, &model->cohort, time, model->now),
	    CRITERION_SAVED);
	assert_int_equal(statement_number(model, "SELECT count(*) FROM criterion"), 2);
	assert_int_equal(
	    criterion_remove(model->db, model->arena, &model->cohort, craft, model->now),
	    CRITERION_RETIRED);
	assert_int_equal(statement_number(model, "SELECT count(*) FROM review_score"), 2);
	assert_string_equal(order(model), "Kindness ");
	assert_int_equal(score(model), 4000);
	assert_int_equal(
	    criterion_remove(model->db, model->arena, &model->cohort, craft, model->now),
	    CRITERION_UNKNOWN);
	assert_int_equal(weigh(model, craft, "Craft", 2), CRITERION_UNKNOWN);
	assert_int_equal(
	    criterion_revive(model->db, model->arena, &model->cohort, craft), CRITERION_SAVED);
	assert_int_equal(score(model), 7000);
}

static void
the_only_one_that_reviews_were_scored_by_stays(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1);

	reviewed(model, "vega", (const int64_t[]){ 10 }, 1);
	assert_int_equal(
	    criterion_remove(model->db, model->arena, &model->cohort, craft, model->now),
	    CRITERION_LAST);
	assert_string_equal(order(model), "Craft ");
}

static void
names_are_told_apart_and_criteria_are_few(void **state)
{
	struct model *model = *state;
	int64_t craft = added(model, "Craft", 1);
	const struct criterion_plan plan = { .name = "Craft", .help = "", .weight = 1 };

	(void)added(model, "Kindness", 1);
	assert_int_equal(
	    criterion_add(model->db, model->arena, &model->cohort, &plan), CRITERION_NAME_TAKEN);
	assert_int_equal(weigh(model, craft, "Kindness", 1), CRITERION_NAME_TAKEN);
	for (int i = 2; i < CRITERIA_MAX; i++) {
		(void)added(model, arena_format(model->arena, "%d", i), 1);
	}
	assert_int_equal(criterion_add(model->db, model->arena, &model->cohort,
			     &(struct criterion_plan){ .name = "More", .help = "", .weight = 1 }),
	    CRITERION_TOO_MANY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_change_of_weights_changes_the_scores_of_finished_reviews),
		model_test(scores_are_thousandths_with_halves_up),
		model_test(a_review_that_is_not_finished_gets_no_score),
		model_test(another_cohorts_scores_stay),
		model_test(criteria_change_places),
		model_test(one_that_was_scored_is_retired_and_counts_no_more),
		model_test(the_only_one_that_reviews_were_scored_by_stays),
		model_test(names_are_told_apart_and_criteria_are_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
