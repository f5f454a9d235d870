/*
 * Scores, their means, conflicts, and looking behind a call-sign.
 */
#include "reading.h"

#include "statement.h"

static void
scores_the_mean_by_weight_in_thousandths(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica");

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	/* (3 * 7 + 4) / 4 = 6.25 */
	assert_int_equal(reading_of(model, &vega, spica).score, 6250);
	reading_criterion(model, 3, 2);
	statement(model,
	    "INSERT INTO review_score (review_id, criterion_id, score)"
	    " SELECT id, 3, 10 FROM review");
	assert_true(review_score_again(model->db, model->cohort.id));
	/* (25 + 20) / 6 = 7.5 */
	assert_int_equal(reading_of(model, &vega, spica).score, 7500);
	statement(model, "UPDATE criterion SET weight = 1 WHERE id = 3");
	assert_true(review_score_again(model->db, model->cohort.id));
	/* 35 / 5 */
	assert_int_equal(reading_of(model, &vega, spica).score, 7000);
}

static void
rounds_a_mean_half_up(void **state)
{
	struct model *model = *state;
	struct application vega, deneb;
	int64_t spica = model_person(model, "spica");

	reading_criterion(model, 1, 1);
	reading_criterion(model, 2, 2);
	vega = model_application(model, "vega");
	deneb = model_application(model, "deneb");
	/* 2/3 and 1/3 */
	assert_int_equal(reading_said(model, &vega, spica, 0, 1), REVIEW_SAVED);
	assert_int_equal(reading_said(model, &deneb, spica, 1, 0), REVIEW_SAVED);
	assert_int_equal(reading_of(model, &vega, spica).score, 667);
	assert_int_equal(reading_of(model, &deneb, spica).score, 333);
}

static void
counts_no_points_of_a_criterion_that_was_retired(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica");

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	statement(model, "UPDATE criterion SET retired_at = 1 WHERE id = 1");
	assert_true(review_score_again(model->db, model->cohort.id));
	assert_int_equal(reading_of(model, &vega, spica).score, 4000);
	/* The last mean stays when nothing is left to make one of. */
	statement(model, "UPDATE criterion SET retired_at = 1");
	assert_true(review_score_again(model->db, model->cohort.id));
	assert_int_equal(reading_of(model, &vega, spica).score, 4000);
}

static void
never_writes_over_what_another_window_saved(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica"), shown;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	assert_int_equal(reading_said(model, &vega, spica, 1, 1), REVIEW_STALE);
	assert_int_equal(reading_of(model, &vega, spica).score, 6250);
	{
		struct review review = reading_of(model, &vega, spica);

		shown = review_revision(&review);
	}
	assert_int_equal(
	    reading_said_at(model, &vega, spica, 1, 1, shown, model->now), REVIEW_SAVED);
	assert_int_equal(
	    reading_said_at(model, &vega, spica, 2, 2, shown, model->now), REVIEW_STALE);
	assert_int_equal(reading_of(model, &vega, spica).score, 1000);
}

static void
keeps_when_a_review_was_first_finished(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica");
	struct review review;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	review = reading_of(model, &vega, spica);
	assert_int_equal(
	    reading_said_at(model, &vega, spica, 1, 1, review_revision(&review), model->now + 60),
	    REVIEW_SAVED);
	assert_int_equal(reading_of(model, &vega, spica).finished_at, model->now);
}

static void
refuses_a_review_of_ones_own_and_one_in_conflict(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica");

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, vega.person_id, 10, 10), REVIEW_NOT_THEIRS);
	assert_true(review_declare_conflict(model->db, vega.id, spica, model->now));
	assert_int_equal(reading_said(model, &vega, spica, 10, 10), REVIEW_NOT_THEIRS);
}

static void
a_conflict_ends_the_review_and_the_next_reader_gets_the_application(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	struct review review;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 1, 1), REVIEW_SAVED);
	assert_int_equal(
	    reading_said(model, &vega, model_person(model, "algol"), 5, 5), REVIEW_SAVED);
	assert_true(review_declare_conflict(model->db, vega.id, spica, model->now));
	assert_true(review_declare_conflict(model->db, vega.id, spica, model->now));
	assert_false(review_find(model->db, model->arena, vega.id, spica, &review));
	assert_string_equal(reading_taken(model, mira), vega.key);
}

static void
tells_how_far_the_cohort_has_come(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	struct application vega, deneb;
	struct review_state now;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	deneb = model_application(model, "deneb");
	(void)model_application(model, "altair");
	assert_int_equal(reading_said(model, &vega, spica, 1, 1), REVIEW_SAVED);
	assert_int_equal(reading_said(model, &vega, mira, 1, 1), REVIEW_SAVED);
	assert_int_equal(
	    reading_said(model, &vega, model_person(model, "algol"), 1, 1), REVIEW_SAVED);
	assert_int_equal(reading_said(model, &deneb, spica, 1, 1), REVIEW_SAVED);
	(void)reading_taken(model, mira);
	now = review_state_of(model->db, model->arena, &model->cohort, spica);
	assert_int_equal(now.applications, 3);
	assert_int_equal(now.complete, 1);
	assert_int_equal(now.reviews, 3);
	assert_int_equal(now.mine, 2);
}

static void
looking_behind_a_call_sign_is_noted_once(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	int64_t spica = model_person(model, "spica");
	bool is_first = false;

	assert_true(review_look(model->db, vega.id, spica, model->now, &is_first));
	assert_true(is_first);
	assert_true(review_look(model->db, vega.id, spica, model->now, &is_first));
	assert_false(is_first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(scores_the_mean_by_weight_in_thousandths),
		model_test(rounds_a_mean_half_up),
		model_test(counts_no_points_of_a_criterion_that_was_retired),
		model_test(never_writes_over_what_another_window_saved),
		model_test(keeps_when_a_review_was_first_finished),
		model_test(refuses_a_review_of_ones_own_and_one_in_conflict),
		model_test(a_conflict_ends_the_review_and_the_next_reader_gets_the_application),
		model_test(tells_how_far_the_cohort_has_come),
		model_test(looking_behind_a_call_sign_is_noted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
