#include "fixture.h"

#include "db/query/offer.h"
#include "db/query/status.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/member.h"
#include "model/offer.h"

static size_t
broken(struct model *model)
{
	return status_broken(model->db, model->arena).count;
}

static void
confirm(struct model *model, const struct application *application)
{
	struct offer offer;

	assert_int_equal(offer_make(model->db, model->arena, &model->cohort,
			     &(struct offer_terms){
				 .application_id = application->id, .email = application->email },
			     model->now),
	    OFFER_MADE);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = application->id }, &offer));
	assert_int_equal(
	    offer_answer(model->db, model->arena, &offer, true, model->now), OFFER_ANSWERED);
}

static void
set_seats(struct model *model, int64_t seats)
{
	const struct cohort *cohort = &model->cohort;
	const struct cohort_plan plan = { .name = cohort->name,
		.goal = cohort->goal,
		.description = cohort->description,
		.opens_on = cohort->opens_on,
		.closes_on = cohort->closes_on,
		.starts_on = cohort->starts_on,
		.weeks = cohort->weeks,
		.djangonauts_per_navigator = cohort->djangonauts_per_navigator,
		.djangonauts_per_group = cohort->djangonauts_per_group,
		.seats = seats,
		.offer_days = cohort->offer_days,
		.reviews_wanted = cohort->reviews_wanted,
		.grace_minutes = cohort->grace_minutes,
		.releases_itself = cohort->releases_itself == 1,
		.chat_name = cohort->chat_name,
		.chat_link = cohort->chat_link };

	assert_int_equal(
	    cohort_plan_change(model->db, model->arena, cohort, cohort->revision, &plan),
	    COHORT_PLAN_SAVED);
	model_refresh(model);
}

static void
a_seat_given_on_breaks_no_rule(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	struct application mira = model_application(model, "mira");

	set_seats(model, 1);
	confirm(model, &vega);
	assert_true(
	    member_end_all(model->db, model->arena, &model->cohort, vega.person_id, model->now));
	confirm(model, &mira);
	assert_int_equal(broken(model), 0);
	assert_int_equal(status_seats_over(model->db, model->arena).count, 0);
}

static void
fewer_seats_than_were_given_are_shown_and_no_failure(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	struct application mira = model_application(model, "mira");
	struct status_seats_over_row_rows over;

	confirm(model, &vega);
	confirm(model, &mira);
	set_seats(model, 1);
	over = status_seats_over(model->db, model->arena);
	assert_int_equal(over.count, 1);
	assert_int_equal(over.rows[0].taken, 2);
	assert_int_equal(broken(model), 0);
}

static void
a_band_may_be_narrowed_around_those_who_sit_there(void **state)
{
	struct model *model = *state;
	const struct group *group = &model->group;

	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, group,
			     model_member(model, "rigel", "navigator", DB_NULL), NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, group,
			     model_member(model, "vega", "djangonaut", 1), NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(
	    group_plan_change(model->db, model->arena, &model->cohort, group, group->revision,
		&(struct group_plan){ .name = group->name,
		    .project_id = group->project_id,
		    .goal = group->goal,
		    .level_low = 2,
		    .level_high = 3,
		    .seats = group->seats,
		    .meeting_weekday = group->meeting_weekday,
		    .meeting_time = group->meeting_time,
		    .meeting_zone = group->meeting_zone,
		    .meeting_minutes = group->meeting_minutes,
		    .room_link = "",
		    .chat_link = "",
		    .workbook_link = "" },
		model->now),
	    GROUP_PLAN_SAVED);
	assert_int_equal(broken(model), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_seat_given_on_breaks_no_rule),
		model_test(fewer_seats_than_were_given_are_shown_and_no_failure),
		model_test(a_band_may_be_narrowed_around_those_who_sit_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
