#include "fixture.h"

#include "db/query/group.h"
#include "db/query/member.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"

static enum placement_outcome
place(struct model *model, const struct group *group, int64_t member_id, const char *band_reason)
{
	return placement_make(
	    model->db, model->arena, &model->cohort, group, member_id, band_reason, model->now);
}

static void
place_navigators(struct model *model, int count)
{
	for (int i = 0; i < count; i++) {
		assert_int_equal(place(model, &model->group,
				     model_member(model, arena_format(model->arena, "nav%d", i),
					 "navigator", DB_NULL),
				     NULL),
		    PLACEMENT_DONE);
	}
}

/* Places Djangonauts until one is refused; how many sit, and why no more. */
static int
fill(struct model *model, enum placement_outcome *refused)
{
	for (int i = 0;; i++) {
		*refused = place(model, &model->group,
		    model_member(model, arena_format(model->arena, "star%d", i), "djangonaut", 2),
		    NULL);
		if (*refused != PLACEMENT_DONE) {
			return i;
		}
	}
}

static void
seats_no_more_than_four_djangonauts_for_one_navigator(void **state)
{
	enum placement_outcome refused;

	place_navigators(*state, 1);
	assert_int_equal(fill(*state, &refused), 4);
	assert_int_equal(refused, PLACEMENT_TOO_FEW_NAVIGATORS);
}

static void
seats_no_more_than_eight_djangonauts_in_a_group(void **state)
{
	enum placement_outcome refused;

	place_navigators(*state, 3);
	assert_int_equal(fill(*state, &refused), 8);
	assert_int_equal(refused, PLACEMENT_GROUP_FULL);
}

static void
seats_nobody_in_a_group_without_navigator(void **state)
{
	enum placement_outcome refused;

	assert_int_equal(fill(*state, &refused), 0);
	assert_int_equal(refused, PLACEMENT_TOO_FEW_NAVIGATORS);
}

static void
reads_the_limits_from_the_cohorts_own_row(void **state)
{
	struct model *model = *state;
	enum placement_outcome refused;

	assert_int_equal(
	    cohort_plan_change(model->db, model->arena, &model->cohort, model->cohort.revision,
		&(struct cohort_plan){ .name = "x",
		    .goal = "x",
		    .description = "",
		    .opens_on = "2027-02-20",
		    .closes_on = "2027-03-10",
		    .starts_on = "2027-04-05",
		    .weeks = 6,
		    .djangonauts_per_navigator = 3,
		    .djangonauts_per_group = 8,
		    .seats = 20,
		    .offer_days = 7,
		    .reviews_wanted = 2,
		    .grace_minutes = 30,
		    .chat_name = "",
		    .chat_link = "" }),
	    COHORT_PLAN_SAVED);
	place_navigators(model, 1);
	assert_int_equal(fill(model, &refused), 3);
}

static void
lets_everyone_leave_and_then_takes_no_one_new(void **state)
{
	struct model *model = *state;
	enum placement_outcome refused;
	struct group_member_rows members;

	place_navigators(model, 1);
	assert_int_equal(fill(model, &refused), 4);
	members = group_members(
	    model->db, model->arena, &(struct group_members_in){ .group_id = model->group.id });
	assert_string_equal(members.rows[0].role, "navigator");
	assert_true(placement_leave(model->db, model->arena, &model->cohort, &model->group,
	    members.rows[0].placement_id, model->now));
	assert_true(placement_leave(model->db, model->arena, &model->cohort, &model->group,
	    members.rows[1].placement_id, model->now));
	assert_int_equal(
	    place(model, &model->group, model_member(model, "vega", "djangonaut", 1), NULL),
	    PLACEMENT_TOO_FEW_NAVIGATORS);
}

static void
shows_a_group_that_lost_its_navigator_over_its_limit(void **state)
{
	struct model *model = *state;
	struct group_standing standing = group_standing_of(&model->cohort, &model->group, 0, 4);

	assert_true(standing.is_over);
	assert_false(standing.has_room);
	assert_int_equal(standing.capacity, 0);
}

static void
leaves_the_group_with_whoever_leaves_the_cohort(void **state)
{
	struct model *model = *state;
	int64_t member_id = model_member(model, "rigel", "navigator", DB_NULL);

	place(model, &model->group, member_id, NULL);
	assert_int_equal(member_leave(model->db,
			     &(struct member_leave_in){ .id = member_id, .now = model->now }),
	    1);
	assert_int_equal(group_members(model->db, model->arena,
			     &(struct group_members_in){ .group_id = model->group.id })
			     .count,
	    0);
	assert_int_equal(place(model, &model->group, member_id, NULL), PLACEMENT_NOT_A_MEMBER);
}

static void
refuses_another_level_unless_a_reason_is_given(void **state)
{
	struct model *model = *state;
	int64_t member_id = model_member(model, "altair", "djangonaut", 4);

	place_navigators(model, 1);
	assert_int_equal(place(model, &model->group, member_id, NULL), PLACEMENT_OUTSIDE_BAND);
	assert_int_equal(
	    place(model, &model->group, member_id, "Wants to learn reviewing with this group"),
	    PLACEMENT_DONE);
}

static void
places_a_djangonaut_in_one_group_only(void **state)
{
	struct model *model = *state;
	struct group other = model_group(model, "cygnus");
	int64_t member_id = model_member(model, "deneb", "djangonaut", 1);

	place_navigators(model, 1);
	assert_int_equal(
	    place(model, &other, model_member(model, "sadr", "navigator", DB_NULL), NULL),
	    PLACEMENT_DONE);
	assert_int_equal(place(model, &model->group, member_id, NULL), PLACEMENT_DONE);
	assert_int_equal(place(model, &model->group, member_id, NULL), PLACEMENT_ALREADY);
	assert_int_equal(place(model, &other, member_id, NULL), PLACEMENT_ALREADY);
}

static void
welcomes_once_the_groups_are_announced(void **state)
{
	struct model *model = *state;
	int64_t late = model_member(model, "mira", "djangonaut", 1);

	place_navigators(model, 1);
	place(model, &model->group, model_member(model, "spica", "djangonaut", 1), NULL);
	assert_int_equal(model_mails(model, "welcome"), 0);
	assert_int_equal(cohort_form_groups(model->db, model->arena, &model->cohort, model->now),
	    COHORT_GROUPS_FORMED);
	assert_int_equal(model_mails(model, "welcome"), 2);
	assert_int_equal(model_activities(model, "groups_formed"), 1);
	model_refresh(model);
	place(model, &model->group, late, NULL);
	assert_int_equal(model_mails(model, "welcome"), 3);
	assert_int_equal(cohort_form_groups(model->db, model->arena, &model->cohort, model->now),
	    COHORT_GROUPS_FORMED_BEFORE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(seats_no_more_than_four_djangonauts_for_one_navigator),
		model_test(seats_no_more_than_eight_djangonauts_in_a_group),
		model_test(seats_nobody_in_a_group_without_navigator),
		model_test(reads_the_limits_from_the_cohorts_own_row),
		model_test(lets_everyone_leave_and_then_takes_no_one_new),
		model_test(shows_a_group_that_lost_its_navigator_over_its_limit),
		model_test(leaves_the_group_with_whoever_leaves_the_cohort),
		model_test(refuses_another_level_unless_a_reason_is_given),
		model_test(places_a_djangonaut_in_one_group_only),
		model_test(welcomes_once_the_groups_are_announced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
