#include "fixture.h"

#include "db/query/cohort.h"
#include "db/query/standup.h"
#include "ground/zone.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/standup_plan.h"
#include "model/tick.h"

static struct cohort_plan
plan_of(const struct model *model)
{
	return (struct cohort_plan){
		.slug = "2027-2",
		.name = "Session 2",
		.goal = model->cohort.goal,
		.description = "",
		.opens_on = "2027-05-01",
		.closes_on = "2027-05-20",
		.starts_on = "2027-06-07",
		.weeks = 8,
		.djangonauts_per_navigator = 4,
		.djangonauts_per_group = 8,
		.seats = 10,
		.offer_days = 7,
		.reviews_wanted = 2,
		.grace_minutes = 30,
		.chat_name = "",
		.chat_link = "",
	};
}

static enum cohort_plan_outcome
create(struct model *model, const struct cohort_plan *plan)
{
	return cohort_plan_create(model->db, model->arena, plan, model->organiser_id, model->now);
}

static void
computes_every_state_from_now(void **state)
{
	struct model *model = *state;
	struct cohort cohort = model->cohort;

	assert_int_equal(cohort_state(&cohort, cohort.opens_at - 1), COHORT_UPCOMING);
	assert_int_equal(cohort_state(&cohort, cohort.opens_at), COHORT_OPEN);
	assert_int_equal(cohort_state(&cohort, cohort.closes_at - 1), COHORT_OPEN);
	assert_int_equal(cohort_state(&cohort, cohort.closes_at), COHORT_REVIEWING);
	cohort.offered_at = cohort.closes_at;
	assert_int_equal(cohort_state(&cohort, cohort.closes_at), COHORT_OFFERING);
	assert_int_equal(cohort_state(&cohort, cohort.starts_at), COHORT_RUNNING);
	assert_int_equal(cohort_state(&cohort, cohort.ends_at - 1), COHORT_RUNNING);
	assert_int_equal(cohort_state(&cohort, cohort.ends_at), COHORT_FINISHED);
	cohort.published_at = DB_NULL;
	assert_int_equal(cohort_state(&cohort, cohort.ends_at), COHORT_DRAFT);
}

static void
counts_weeks_from_zero_to_eight(void **state)
{
	struct model *model = *state;
	const struct cohort *cohort = &model->cohort;

	assert_int_equal(cohort_week_now(cohort, cohort->starts_at - 1), -1);
	assert_int_equal(cohort_week_now(cohort, cohort->starts_at), 0);
	assert_int_equal(cohort_week_now(cohort, cohort->starts_at + 7 * CLOCK_DAY - 1), 0);
	assert_int_equal(cohort_week_now(cohort, cohort->starts_at + 7 * CLOCK_DAY), 1);
	assert_int_equal(cohort_week_now(cohort, cohort->ends_at - 1), 8);
	assert_int_equal(cohort_week_now(cohort, cohort->ends_at), 9);
}

static void
safety_55_opens_and_closes_anywhere_on_earth(void **state)
{
	struct model *model = *state;

	/* 2027-02-20 00:00 at UTC+14; 2027-03-10 24:00 at UTC-12. */
	assert_int_equal(model->cohort.opens_at,
	    zone_instant("UTC", (struct civil){ .date = { 2027, 2, 19 }, .hour = 10 }));
	assert_int_equal(model->cohort.closes_at,
	    zone_instant("UTC", (struct civil){ .date = { 2027, 3, 11 }, .hour = 12 }));
}

static void
refuses_dates_in_the_wrong_order(void **state)
{
	struct model *model = *state;
	struct cohort_plan plan = plan_of(model);

	plan.closes_on = "2027-04-30";
	assert_int_equal(create(model, &plan), COHORT_PLAN_CLOSES_BEFORE_OPENING);
	plan = plan_of(model);
	plan.starts_on = "2027-05-20";
	assert_int_equal(create(model, &plan), COHORT_PLAN_STARTS_BEFORE_CLOSING);
	plan = plan_of(model);
	plan.starts_on = "2027-02-29";
	assert_int_equal(create(model, &plan), COHORT_PLAN_DATE_UNREADABLE);
}

static void
refuses_more_than_the_programme_allows(void **state)
{
	struct model *model = *state;
	struct cohort_plan plan = plan_of(model);

	plan.djangonauts_per_navigator = 5;
	assert_int_equal(create(model, &plan), COHORT_PLAN_OVER_CEILING);
	plan = plan_of(model);
	plan.djangonauts_per_group = 9;
	assert_int_equal(create(model, &plan), COHORT_PLAN_OVER_CEILING);
}

static void
refuses_an_address_that_is_taken_or_ours(void **state)
{
	struct model *model = *state;
	struct cohort_plan plan = plan_of(model);

	plan.slug = "2027-1";
	assert_int_equal(create(model, &plan), COHORT_PLAN_SLUG_TAKEN);
	plan.slug = "sign-in";
	assert_int_equal(create(model, &plan), COHORT_PLAN_SLUG_RESERVED);
}

static void
lays_out_week_zero_and_those_that_follow(void **state)
{
	struct model *model = *state;
	struct cohort_week_rows weeks = cohort_weeks_of(
	    model->db, model->arena, &(struct cohort_weeks_of_in){ .cohort_id = model->cohort.id });

	assert_int_equal(weeks.count, 9);
	assert_int_equal(weeks.rows[8].number, 8);
}

static void
keeps_the_change_that_came_first(void **state)
{
	struct model *model = *state;
	struct cohort_plan plan = plan_of(model);

	assert_int_equal(cohort_plan_change(model->db, model->arena, &model->cohort,
			     model->cohort.revision, &plan),
	    COHORT_PLAN_SAVED);
	assert_int_equal(cohort_plan_change(model->db, model->arena, &model->cohort,
			     model->cohort.revision, &plan),
	    COHORT_PLAN_CHANGED_MEANWHILE);
}

static void
publishes_once_and_tells_the_feed(void **state)
{
	struct model *model = *state;

	assert_int_equal(model_activities(model, "cohort_opened"), 1);
	assert_int_equal(cohort_publish_now(model->db, model->arena, &model->cohort, model->now),
	    COHORT_PUBLISHED_BEFORE);
	assert_int_equal(model_activities(model, "cohort_opened"), 1);
}

static void
publishes_nothing_that_names_no_project(void **state)
{
	struct model *model = *state;
	struct cohort_plan plan = plan_of(model);
	struct cohort cohort;

	assert_int_equal(create(model, &plan), COHORT_PLAN_SAVED);
	assert_true(cohort_find(model->db, model->arena, "2027-2", &cohort));
	assert_int_equal(cohort_publish_now(model->db, model->arena, &cohort, model->now),
	    COHORT_PUBLISH_WITHOUT_PROJECT);
}

static void
launches_only_groups_that_have_a_navigator(void **state)
{
	struct model *model = *state;

	assert_int_equal(cohort_launch(model->db, model->arena, &model->cohort, model->now),
	    COHORT_LAUNCH_WITHOUT_NAVIGATOR);
}

static struct standup_week_rows
standups(struct model *model)
{
	return standup_of_group(model->db, model->arena,
	    &(struct standup_of_group_in){
		.group_id = model->group.id, .cohort_id = model->cohort.id });
}

static void
launches_with_a_standup_a_week_and_a_fair_rota(void **state)
{
	struct model *model = *state;
	int turns_of_rigel = 0;
	struct standup_week_rows weeks;

	placement_make(model->db, model->arena, &model->cohort, &model->group,
	    model_member(model, "rigel", "navigator", DB_NULL), NULL, model->now);
	placement_make(model->db, model->arena, &model->cohort, &model->group,
	    model_member(model, "vega", "navigator", DB_NULL), NULL, model->now);
	assert_int_equal(
	    cohort_launch(model->db, model->arena, &model->cohort, model->now), COHORT_LAUNCHED);
	weeks = standups(model);
	assert_int_equal(weeks.count, 9);
	for (size_t i = 0; i < weeks.count; i++) {
		turns_of_rigel += weeks.rows[i].facilitator[0] == 'r';
	}
	assert_int_equal(turns_of_rigel, 5);
	assert_int_equal(model_activities(model, "cohort_launched"), 1);
	model_refresh(model);
	assert_int_equal(cohort_launch(model->db, model->arena, &model->cohort, model->now),
	    COHORT_LAUNCHED_BEFORE);
}

static int64_t
starts_of_week(struct model *model, int week)
{
	return standups(model).rows[week].starts_at;
}

/* On Tuesday a group that meets on Wednesdays moves to Mondays. */
static void
a_new_hour_takes_no_week_its_standup(void **state)
{
	struct model *model = *state;
	int64_t tuesday = cohort_week_starts(&model->cohort, 1) + CLOCK_DAY;
	int64_t wednesday, later;

	placement_make(model->db, model->arena, &model->cohort, &model->group,
	    model_member(model, "rigel", "navigator", DB_NULL), NULL, model->now);
	cohort_launch(model->db, model->arena, &model->cohort, model->now);
	wednesday = starts_of_week(model, 1);
	later = starts_of_week(model, 2);
	model->group.meeting_weekday = 0;
	assert_true(
	    standup_lay_out(model->db, model->arena, &model->cohort, &model->group, tuesday));
	assert_int_equal(starts_of_week(model, 1), wednesday);
	assert_int_equal(starts_of_week(model, 2), later - 2 * CLOCK_DAY);
}

static void
safety_55_standups_keep_their_civil_hour_when_clocks_change(void **state)
{
	struct model *model = *state;
	struct cohort cohort = model->cohort;

	/* Clocks go forward in Vienna on 2027-03-28: 19:00 is 18:00 UTC in
	 * the week before and 17:00 UTC after. */
	cohort.starts_at = zone_instant("UTC", (struct civil){ .date = { 2027, 3, 22 } });
	assert_int_equal(standup_instant(&cohort, &model->group, 0),
	    cohort.starts_at + 2 * CLOCK_DAY + 18 * CLOCK_HOUR);
	assert_int_equal(standup_instant(&cohort, &model->group, 1),
	    cohort.starts_at + 9 * CLOCK_DAY + 17 * CLOCK_HOUR);
}

static void
tells_of_the_end_once_when_time_has_come(void **state)
{
	struct model *model = *state;

	placement_make(model->db, model->arena, &model->cohort, &model->group,
	    model_member(model, "rigel", "navigator", DB_NULL), NULL, model->now);
	cohort_launch(model->db, model->arena, &model->cohort, model->now);
	assert_int_equal(
	    tick_due(model->db, model->arena, model->cohort.ends_at - 1), model->cohort.ends_at);
	assert_true(tick(model->db, model->arena, model->cohort.ends_at - 1));
	assert_int_equal(model_activities(model, "cohort_finished"), 0);
	assert_true(tick(model->db, model->arena, model->cohort.ends_at));
	assert_true(tick(model->db, model->arena, model->cohort.ends_at));
	assert_int_equal(model_activities(model, "cohort_finished"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(computes_every_state_from_now),
		model_test(counts_weeks_from_zero_to_eight),
		model_test(safety_55_opens_and_closes_anywhere_on_earth),
		model_test(refuses_dates_in_the_wrong_order),
		model_test(refuses_more_than_the_programme_allows),
		model_test(refuses_an_address_that_is_taken_or_ours),
		model_test(lays_out_week_zero_and_those_that_follow),
		model_test(keeps_the_change_that_came_first),
		model_test(publishes_once_and_tells_the_feed),
		model_test(publishes_nothing_that_names_no_project),
		model_test(launches_only_groups_that_have_a_navigator),
		model_test(launches_with_a_standup_a_week_and_a_fair_rota),
		model_test(a_new_hour_takes_no_week_its_standup),
		model_test(safety_55_standups_keep_their_civil_hour_when_clocks_change),
		model_test(tells_of_the_end_once_when_time_has_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
