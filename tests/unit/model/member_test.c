#include "fixture.h"

#include <string.h>

#include "db/query/group.h"
#include "db/query/standup.h"
#include "model/cohort_content.h"
#include "model/cohort_due.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/member.h"
#include "model/person.h"
#include "model/profile.h"

static enum member_appoint_outcome
appoint(struct model *model, const char *email, const char *role, int64_t level, int64_t *id)
{
	return member_appoint(model->db, model->arena, &model->cohort,
	    &(struct member_appointment){
		.email = email, .name = "Somebody", .role = role, .level = level },
	    model->now, id);
}

static void
appoints_a_new_person_by_their_address(void **state)
{
	struct model *model = *state;
	struct person person;
	int64_t id = 0;

	assert_int_equal(
	    appoint(model, "Rigel@Example.org", "navigator", DB_NULL, &id), MEMBER_APPOINTED);
	assert_true(id > 0);
	assert_true(person_find_by_email(model->db, model->arena, "Rigel@example.org", &person));
	assert_string_equal(person.name, "Somebody");
}

static void
appoints_nobody_twice_and_keeps_their_name(void **state)
{
	struct model *model = *state;
	int64_t first = 0, again = 0, other = 0;
	struct person person;

	(void)model_person(model, "rigel");
	assert_int_equal(
	    appoint(model, "rigel@example.org", "navigator", DB_NULL, &first), MEMBER_APPOINTED);
	assert_int_equal(appoint(model, "rigel@example.org", "navigator", DB_NULL, &again),
	    MEMBER_APPOINTED_BEFORE);
	assert_int_equal(first, again);
	assert_int_equal(
	    appoint(model, "rigel@example.org", "captain", DB_NULL, &other), MEMBER_APPOINTED);
	assert_int_not_equal(first, other);
	assert_true(person_find_by_email(model->db, model->arena, "rigel@example.org", &person));
	assert_string_equal(person.name, "rigel");
}

static void
gives_a_level_to_djangonauts_alone(void **state)
{
	struct model *model = *state;
	int64_t id;

	assert_int_equal(
	    appoint(model, "vega@example.org", "djangonaut", DB_NULL, &id), MEMBER_LEVEL_WRONG);
	assert_int_equal(appoint(model, "vega@example.org", "captain", 2, &id), MEMBER_LEVEL_WRONG);
	assert_int_equal(appoint(model, "vega", "captain", DB_NULL, &id), MEMBER_NO_ADDRESS);
	assert_int_equal(
	    appoint(model, "vega@example.org", "djangonaut", 2, &id), MEMBER_APPOINTED);
}

static void
whoever_left_may_return(void **state)
{
	struct model *model = *state;
	int64_t first = 0, again = 0;

	appoint(model, "rigel@example.org", "navigator", DB_NULL, &first);
	assert_true(member_end(model->db, model->arena, &model->cohort, first, model->now));
	assert_false(member_end(model->db, model->arena, &model->cohort, first, model->now));
	assert_int_equal(
	    appoint(model, "rigel@example.org", "navigator", DB_NULL, &again), MEMBER_APPOINTED);
	assert_int_equal(first, again);
}

static void
ending_a_role_leaves_the_groups_and_the_rota(void **state)
{
	struct model *model = *state;
	int64_t rigel = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t deneb = model_member(model, "deneb", "navigator", DB_NULL);
	struct standup standup;

	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, &model->group,
			     rigel, NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, &model->group,
			     deneb, NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(
	    cohort_launch(model->db, model->arena, &model->cohort, model->now), COHORT_LAUNCHED);
	model_refresh(model);
	assert_true(member_end(model->db, model->arena, &model->cohort, rigel, model->now));
	for (int64_t week = 0; week <= model->cohort.weeks; week++) {
		assert_true(standup_by_week(model->db, model->arena,
		    &(struct standup_by_week_in){ .group_id = model->group.id, .week = week },
		    &standup));
		assert_int_equal(standup.facilitator_id, deneb);
	}
}

static void
leaving_a_cohort_ends_all_roles_but_the_organisers(void **state)
{
	struct model *model = *state;
	int64_t person = model_person(model, "rigel"), id;

	appoint(model, "rigel@example.org", "navigator", DB_NULL, &id);
	appoint(model, "rigel@example.org", "captain", DB_NULL, &id);
	appoint(model, "rigel@example.org", "organiser", DB_NULL, &id);
	assert_true(member_end_all(model->db, model->arena, &model->cohort, person, model->now));
	assert_int_equal(
	    member_of_person(model->db, model->arena,
		&(struct member_of_person_in){ .cohort_id = model->cohort.id, .person_id = person })
		.count,
	    1);
	assert_false(member_end_all(model->db, model->arena, &model->cohort, person, model->now));
}

static void
moving_takes_a_djangonaut_from_one_group_to_another(void **state)
{
	struct model *model = *state;
	struct group other = model_group(model, "cygnus");
	int64_t rigel = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t vega = model_member(model, "vega", "djangonaut", 1);
	struct placement_rows places;

	/* A navigator may have two groups. */
	assert_int_equal(placement_move(model->db, model->arena, &model->cohort, &model->group,
			     rigel, NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(placement_move(model->db, model->arena, &model->cohort, &other, rigel,
			     NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(placement_move(model->db, model->arena, &model->cohort, &model->group,
			     vega, NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(
	    placement_move(model->db, model->arena, &model->cohort, &other, vega, NULL, model->now),
	    PLACEMENT_DONE);
	assert_int_equal(
	    placement_move(model->db, model->arena, &model->cohort, &other, vega, NULL, model->now),
	    PLACEMENT_ALREADY);
	places = placement_of_member(
	    model->db, model->arena, &(struct placement_of_member_in){ .member_id = vega });
	assert_int_equal(places.count, 1);
	assert_int_equal(places.rows[0].group_id, other.id);
	places = placement_of_member(
	    model->db, model->arena, &(struct placement_of_member_in){ .member_id = rigel });
	assert_int_equal(places.count, 2);
	assert_int_equal(
	    placement_move(model->db, model->arena, &model->cohort, &other, 999, NULL, model->now),
	    PLACEMENT_NOT_A_MEMBER);
}

static void
a_profile_is_replaced_whole(void **state)
{
	struct model *model = *state;
	int64_t id = model_person(model, "vega");
	struct person person;

	assert_true(profile_change(model->db, model->arena, id,
	    &(struct profile){ .name = "Véga",
		.public_name = "Eagle",
		.show_public_name = true,
		.pronouns_audience = 2,
		.wants_reminders = true,
		.zone = "Asia/Tokyo" }));
	assert_true(person_find(model->db, model->arena, id, &person));
	assert_string_equal(person.name, "Véga");
	assert_string_equal(person.public_name, "Eagle");
	assert_null(person.github);
}

static void
weeks_are_written_once_a_revision(void **state)
{
	struct model *model = *state;
	struct cohort_week_words words[9];
	struct cohort_week_rows weeks;

	for (size_t i = 0; i < 9; i++) {
		words[i] = (struct cohort_week_words){ "Theme", "Objectives" };
	}
	assert_int_equal(
	    cohort_weeks_change(model->db, &model->cohort, model->cohort.revision, words),
	    COHORT_WEEKS_SAVED);
	assert_int_equal(
	    cohort_weeks_change(model->db, &model->cohort, model->cohort.revision, words),
	    COHORT_WEEKS_CHANGED_MEANWHILE);
	weeks = cohort_weeks_of(
	    model->db, model->arena, &(struct cohort_weeks_of_in){ .cohort_id = model->cohort.id });
	assert_int_equal(weeks.count, 9);
	assert_string_equal(weeks.rows[8].theme, "Theme");
}

static void
a_project_in_use_stays(void **state)
{
	struct model *model = *state;

	assert_int_equal(project_remove(model->db, model->arena, &model->cohort, model->project_id),
	    PROJECT_LAST);
	assert_int_equal(
	    project_add(model->db, &model->cohort, &(struct project_plan){ "Docs", "", "" }),
	    PROJECT_SAVED);
	assert_int_equal(
	    project_add(model->db, &model->cohort, &(struct project_plan){ "Docs", "", "" }),
	    PROJECT_NAME_TAKEN);
	assert_int_equal(project_remove(model->db, model->arena, &model->cohort, model->project_id),
	    PROJECT_IN_USE);
	assert_int_equal(
	    project_remove(model->db, model->arena, &model->cohort, 999), PROJECT_UNKNOWN);
}

static bool
is_due(struct model *model, enum cohort_due_kind kind, int64_t now)
{
	struct cohort_due_list due = cohort_due(model->db, model->arena, &model->cohort, now);

	for (size_t i = 0; i < due.count; i++) {
		if (due.items[i].kind == kind) {
			return true;
		}
	}
	return false;
}

static void
what_is_due_follows_the_life_of_a_cohort(void **state)
{
	struct model *model = *state;
	int64_t rigel, vega;

	assert_true(is_due(model, COHORT_DUE_THEMES, model->now));
	assert_true(is_due(model, COHORT_DUE_NAVIGATOR, model->now));
	assert_false(is_due(model, COHORT_DUE_OFFERS, model->now));
	(void)model_application(model, "luna");
	assert_false(is_due(model, COHORT_DUE_OFFERS, model->now));
	assert_true(is_due(model, COHORT_DUE_OFFERS, model->cohort.closes_at));
	vega = model_member(model, "vega", "djangonaut", 1);
	assert_true(is_due(model, COHORT_DUE_PLACING, model->now));
	rigel = model_member(model, "rigel", "navigator", DB_NULL);
	placement_make(
	    model->db, model->arena, &model->cohort, &model->group, rigel, NULL, model->now);
	placement_make(
	    model->db, model->arena, &model->cohort, &model->group, vega, NULL, model->now);
	assert_false(is_due(model, COHORT_DUE_PLACING, model->now));
	assert_false(is_due(model, COHORT_DUE_NAVIGATOR, model->now));
	assert_true(is_due(model, COHORT_DUE_FORM_GROUPS, model->now));
	cohort_form_groups(model->db, model->arena, &model->cohort, model->now);
	model_refresh(model);
	assert_false(is_due(model, COHORT_DUE_LAUNCH, model->now));
	assert_true(is_due(model, COHORT_DUE_LAUNCH, model->cohort.starts_at - CLOCK_DAY));
	assert_int_equal(
	    cohort_due(model->db, model->arena, &model->cohort, model->cohort.ends_at).count, 0);
}

static void
a_group_that_lost_its_navigator_heads_the_list(void **state)
{
	struct model *model = *state;
	int64_t rigel = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t vega = model_member(model, "vega", "djangonaut", 1);
	struct cohort_due_list due;

	placement_make(
	    model->db, model->arena, &model->cohort, &model->group, rigel, NULL, model->now);
	placement_make(
	    model->db, model->arena, &model->cohort, &model->group, vega, NULL, model->now);
	member_end(model->db, model->arena, &model->cohort, rigel, model->now);
	due = cohort_due(model->db, model->arena, &model->cohort, model->now);
	assert_true(due.count > 0);
	assert_int_equal(due.items[0].kind, COHORT_DUE_GROUP_OVER);
	assert_int_equal(due.items[0].count, 1);
	assert_int_equal(due.items[0].most, 0);
	assert_string_equal(due.items[0].group_slug, model->group.slug);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(appoints_a_new_person_by_their_address),
		model_test(appoints_nobody_twice_and_keeps_their_name),
		model_test(gives_a_level_to_djangonauts_alone),
		model_test(whoever_left_may_return),
		model_test(ending_a_role_leaves_the_groups_and_the_rota),
		model_test(leaving_a_cohort_ends_all_roles_but_the_organisers),
		model_test(moving_takes_a_djangonaut_from_one_group_to_another),
		model_test(a_profile_is_replaced_whole),
		model_test(weeks_are_written_once_a_revision),
		model_test(a_project_in_use_stays),
		model_test(what_is_due_follows_the_life_of_a_cohort),
		model_test(a_group_that_lost_its_navigator_heads_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
