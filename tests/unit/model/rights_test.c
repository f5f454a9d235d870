#include "fixture.h"

#include "db/query/member.h"
#include "db/query/person.h"
#include "model/group_plan.h"
#include "model/person.h"
#include "model/rights.h"

static unsigned
rights(struct model *model, int64_t person_id, const struct group *group, int64_t now)
{
	struct person person;

	assert_true(person_find(model->db, model->arena, person_id, &person));
	return rights_of(
	    model->db, model->arena, &person, DB_NULL, &model->cohort, group, NULL, now);
}

static unsigned
rights_here(struct model *model, int64_t person_id, const struct group *group)
{
	return rights(model, person_id, group, model->now);
}

static int64_t
seat(struct model *model, const struct group *group, const char *name, const char *role,
    int64_t level)
{
	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, group,
			     model_member(model, name, role, level), NULL, model->now),
	    PLACEMENT_DONE);
	return model_person(model, name);
}

static void
lets_a_stranger_be_anyone_and_no_more(void **state)
{
	struct model *model = *state;

	assert_int_equal(rights_of(model->db, model->arena, NULL, DB_NULL, &model->cohort,
			     &model->group, NULL, model->now),
	    ROLE_ANYONE);
}

static void
gives_a_role_in_ones_own_group_only(void **state)
{
	struct model *model = *state;
	struct group other = model_group(model, "cygnus");
	int64_t rigel = seat(model, &model->group, "rigel", "navigator", DB_NULL);
	int64_t vega = seat(model, &model->group, "vega", "djangonaut", 1);

	assert_int_equal(
	    rights_here(model, rigel, &model->group), ROLE_ANYONE | ROLE_PERSON | ROLE_NAVIGATOR);
	assert_int_equal(rights_here(model, rigel, &other), ROLE_ANYONE | ROLE_PERSON);
	assert_int_equal(
	    rights_here(model, vega, &model->group), ROLE_ANYONE | ROLE_PERSON | ROLE_DJANGONAUT);
	assert_int_equal(rights_here(model, vega, &other), ROLE_ANYONE | ROLE_PERSON);
}

static void
gives_organisers_every_group_of_their_cohort(void **state)
{
	struct model *model = *state;

	assert_int_equal(rights_here(model, model->organiser_id, &model->group),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_ORGANISER);
}

static void
safety_21_takes_a_role_away_with_the_next_request(void **state)
{
	struct model *model = *state;
	int64_t rigel = seat(model, &model->group, "rigel", "navigator", DB_NULL);
	struct member member;

	assert_true(member_find(model->db, model->arena,
	    &(struct member_find_in){
		.cohort_id = model->cohort.id, .person_id = rigel, .role = "navigator" },
	    &member));
	member_leave(model->db, &(struct member_leave_in){ .id = member.id, .now = model->now });
	assert_int_equal(rights_here(model, rigel, &model->group), ROLE_ANYONE | ROLE_PERSON);
}

static void
ends_members_reading_a_year_after_the_cohort(void **state)
{
	struct model *model = *state;
	int64_t over = model->cohort.ends_at + 365 * CLOCK_DAY;
	int64_t rigel = seat(model, &model->group, "rigel", "navigator", DB_NULL);

	assert_true(rights(model, rigel, &model->group, over - 1) & ROLE_NAVIGATOR);
	assert_false(rights(model, rigel, &model->group, over) & ROLE_NAVIGATOR);
	assert_true(rights(model, model->organiser_id, &model->group, over) & ROLE_ORGANISER);
}

static void
gives_an_administrator_no_look_into_a_group(void **state)
{
	struct model *model = *state;
	int64_t id = model_person(model, "sirius");

	person_make_administrator(model->db, &(struct person_make_administrator_in){ .id = id });
	assert_int_equal(
	    rights_here(model, id, &model->group), ROLE_ANYONE | ROLE_PERSON | ROLE_ADMINISTRATOR);
}

static void
keeps_a_session_of_one_application_to_it(void **state)
{
	struct model *model = *state;
	struct application mine = model_application(model, "polaris");
	struct application other = model_application(model, "vega");
	struct person person;

	/* The organiser's own application: its link makes no organiser. */
	assert_true(person_find(model->db, model->arena, mine.person_id, &person));
	assert_int_equal(rights_of(model->db, model->arena, &person, mine.id, &model->cohort, NULL,
			     &mine, model->now),
	    ROLE_ANYONE | ROLE_APPLICANT);
	assert_int_equal(rights_of(model->db, model->arena, &person, mine.id, &model->cohort, NULL,
			     &other, model->now),
	    ROLE_ANYONE);
	assert_int_equal(rights_of(model->db, model->arena, &person, mine.id, &model->cohort, NULL,
			     NULL, model->now),
	    ROLE_ANYONE);
}

static void
shows_an_application_to_its_author_and_the_organisers(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct application other = model_application(model, "mira");
	struct person person;

	assert_true(person_find(model->db, model->arena, application.person_id, &person));
	assert_true(rights_of(model->db, model->arena, &person, DB_NULL, &model->cohort, NULL,
			&application, model->now) &
	    ROLE_APPLICANT);
	assert_false(rights_of(model->db, model->arena, &person, DB_NULL, &model->cohort, NULL,
			 &other, model->now) &
	    (ROLE_APPLICANT | ROLE_ORGANISER));
	assert_true(person_find(model->db, model->arena, model->organiser_id, &person));
	assert_true(rights_of(model->db, model->arena, &person, DB_NULL, &model->cohort, NULL,
			&application, model->now) &
	    ROLE_ORGANISER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(lets_a_stranger_be_anyone_and_no_more),
		model_test(gives_a_role_in_ones_own_group_only),
		model_test(gives_organisers_every_group_of_their_cohort),
		model_test(safety_21_takes_a_role_away_with_the_next_request),
		model_test(ends_members_reading_a_year_after_the_cohort),
		model_test(gives_an_administrator_no_look_into_a_group),
		model_test(keeps_a_session_of_one_application_to_it),
		model_test(shows_an_application_to_its_author_and_the_organisers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
