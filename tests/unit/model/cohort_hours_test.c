/*
 * Hours as UTC follow week 0 across a change of clocks.
 */
#include <string.h>

#include "fixture.h"
#include "ground/slots.h"
#include "model/cohort_plan.h"
#include "model/volunteer.h"
#include "statement.h"

/* Monday from this half hour for an hour. */
static struct slots
monday(int half_hour)
{
	struct slots hours = { { 0 } };

	slots_set(&hours, slots_number(0, half_hour));
	slots_set(&hours, slots_number(0, half_hour + 1));
	return hours;
}

/* Moves week 0 of the cohort; applications end five days before it. */
static enum cohort_plan_outcome
start_on(struct model *model, const char *starts_on)
{
	const struct cohort *cohort = &model->cohort;
	const struct cohort_plan plan = { .name = cohort->name,
		.goal = cohort->goal,
		.description = cohort->description,
		.opens_on = cohort->opens_on,
		.closes_on = cohort->closes_on,
		.starts_on = starts_on,
		.weeks = cohort->weeks,
		.djangonauts_per_navigator = cohort->djangonauts_per_navigator,
		.djangonauts_per_group = cohort->djangonauts_per_group,
		.seats = cohort->seats,
		.offer_days = cohort->offer_days,
		.reviews_wanted = cohort->reviews_wanted,
		.grace_minutes = cohort->grace_minutes,
		.chat_name = cohort->chat_name,
		.chat_link = cohort->chat_link };
	enum cohort_plan_outcome outcome =
	    cohort_plan_change(model->db, model->arena, cohort, cohort->revision, &plan);

	model_refresh(model);
	return outcome;
}

/* Whether so many rows of a table hold the hour from this UTC half hour. */
static int64_t
with_utc(struct model *model, const char *table, int half_hour)
{
	struct slots hours = monday(half_hour);

	return statement_number(model,
	    arena_format(model->arena, "SELECT count(*) FROM %s WHERE hours_utc = '%s'", table,
		slots_hex(model->arena, &hours)));
}

/* An application for Mondays from 19:00 in this zone, as UTC of week 0. */
static void
applied(struct model *model, const char *name, const char *zone)
{
	struct application application = model_application(model, name);
	struct slots hours = monday(38);
	struct slots utc = application_hours_utc(&hours, zone, model->cohort.starts_at);

	statement(model,
	    arena_format(model->arena,
		"UPDATE application SET zone = '%s', hours = '%s', hours_utc = '%s' WHERE id = %lld",
		zone, slots_hex(model->arena, &hours), slots_hex(model->arena, &utc),
		(long long)application.id));
}

static void
hours_of_applicants_follow_week_0_into_winter(void **state)
{
	struct model *model = *state;

	applied(model, "vega", "Europe/Vienna");
	applied(model, "altair", "Asia/Tokyo");
	/* 5 April: summer time in Vienna; Tokyo has none. */
	assert_int_equal(with_utc(model, "application", 34), 1);
	assert_int_equal(with_utc(model, "application", 20), 1);
	assert_int_equal(start_on(model, "2027-11-01"), COHORT_PLAN_SAVED);
	assert_int_equal(with_utc(model, "application", 36), 1);
	assert_int_equal(with_utc(model, "application", 20), 1);
	assert_int_equal(start_on(model, "2027-04-12"), COHORT_PLAN_SAVED);
	assert_int_equal(with_utc(model, "application", 34), 1);
}

static void
hours_of_volunteers_follow_it_too(void **state)
{
	struct model *model = *state;
	int64_t member = model_member(model, "rigel", "navigator", DB_NULL);
	const struct volunteer_answers answers = { .zone = "Europe/Vienna",
		.hours = monday(38),
		.level_low = 1,
		.level_high = 2,
		.wants = 3 };

	assert_int_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, member, &answers, model->now),
	    VOLUNTEER_SAVED);
	assert_int_equal(with_utc(model, "volunteer", 34), 1);
	assert_int_equal(start_on(model, "2027-11-01"), COHORT_PLAN_SAVED);
	assert_int_equal(with_utc(model, "volunteer", 36), 1);
}

static void
hours_that_went_stay_gone(void **state)
{
	struct model *model = *state;

	applied(model, "vega", "Europe/Vienna");
	statement(model, "UPDATE application SET trimmed_at = 1, hours_utc = hours");
	assert_int_equal(start_on(model, "2027-11-01"), COHORT_PLAN_SAVED);
	assert_int_equal(with_utc(model, "application", 36), 0);
}

static void
another_cohorts_hours_stay(void **state)
{
	struct model *model = *state;

	applied(model, "vega", "Europe/Vienna");
	statement(model,
	    "INSERT INTO cohort (slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
	    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at) SELECT '2027-2', name, goal, 'other',"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4,"
	    " 8, 9, 1 FROM cohort");
	statement(model, "UPDATE application SET cohort_id = (SELECT max(id) FROM cohort)");
	assert_int_equal(start_on(model, "2027-11-01"), COHORT_PLAN_SAVED);
	assert_int_equal(with_utc(model, "application", 34), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(hours_of_applicants_follow_week_0_into_winter),
		model_test(hours_of_volunteers_follow_it_too),
		model_test(hours_that_went_stay_gone),
		model_test(another_cohorts_hours_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
