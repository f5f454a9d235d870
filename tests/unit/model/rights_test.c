#include "fixture.h"

#include "db/query/member.h"
#include "db/query/person.h"
#include "db/query/review.h"
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

/* The roles that somebody has in an application's scope. */
static unsigned
rights_to(
    struct model *model, int64_t person_id, const struct application *application, int64_t now)
{
	struct person person;

	assert_true(person_find(model->db, model->arena, person_id, &person));
	return rights_of(
	    model->db, model->arena, &person, DB_NULL, &model->cohort, NULL, application, now);
}

static int64_t
appointed(struct model *model, const char *name)
{
	int64_t id = model_person(model, name);

	assert_int_equal(
	    reviewer_appoint(model->db,
		&(struct reviewer_appoint_in){
		    .cohort_id = model->cohort.id, .person_id = id, .now = model->now }),
	    1);
	return id;
}

static void
lets_the_appointed_and_the_organisers_review(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	int64_t spica = appointed(model, "spica");

	assert_int_equal(rights_to(model, spica, &application, model->now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_REVIEWER);
	assert_int_equal(
	    rights_to(model, spica, NULL, model->now), ROLE_ANYONE | ROLE_PERSON | ROLE_REVIEWER);
	assert_int_equal(rights_to(model, model->organiser_id, &application, model->now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_ORGANISER | ROLE_REVIEWER);
	assert_int_equal(rights_here(model, spica, &model->group), ROLE_ANYONE | ROLE_PERSON);
}

static void
lets_nobody_review_their_own_application(void **state)
{
	struct model *model = *state;
	struct application own = model_application(model, "spica");
	struct application chief = model_application(model, "polaris");

	assert_int_equal(rights_to(model, appointed(model, "spica"), &own, model->now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_APPLICANT);
	assert_int_equal(rights_to(model, model->organiser_id, &chief, model->now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_APPLICANT | ROLE_ORGANISER);
}

/* Appointed first, given a seat later. */
static void
safety_30_lets_no_djangonaut_read_anothers_application(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	int64_t spica = appointed(model, "spica"), member;

	member = model_member(model, "spica", "djangonaut", 2);
	assert_false(rights_to(model, spica, &application, model->now) & ROLE_REVIEWER);
	assert_false(rights_to(model, spica, NULL, model->now) & ROLE_REVIEWER);
	assert_int_equal(
	    member_leave(model->db, &(struct member_leave_in){ .id = member, .now = model->now }),
	    1);
	assert_true(rights_to(model, spica, &application, model->now) & ROLE_REVIEWER);
}

static void
takes_reviewing_away_where_a_conflict_was_declared(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct application other = model_application(model, "mira");
	int64_t spica = appointed(model, "spica");

	assert_int_equal(
	    review_conflict_note(model->db,
		&(struct review_conflict_note_in){
		    .application_id = application.id, .person_id = spica, .now = model->now }),
	    1);
	assert_false(rights_to(model, spica, &application, model->now) & ROLE_REVIEWER);
	assert_true(rights_to(model, spica, &other, model->now) & ROLE_REVIEWER);
}

static void
safety_21_ends_reviewing_with_the_appointment_and_with_the_cohort(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	int64_t spica = appointed(model, "spica"), over = model->cohort.ends_at;

	assert_true(rights_to(model, spica, &application, over - 1) & ROLE_REVIEWER);
	assert_false(rights_to(model, spica, &application, over) & ROLE_REVIEWER);
	assert_int_equal(
	    reviewer_end(model->db,
		&(struct reviewer_end_in){
		    .cohort_id = model->cohort.id, .person_id = spica, .now = model->now }),
	    1);
	assert_int_equal(
	    rights_to(model, spica, &application, model->now), ROLE_ANYONE | ROLE_PERSON);
	assert_int_equal(rights_to(model, spica, NULL, model->now), ROLE_ANYONE | ROLE_PERSON);
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
		model_test(lets_the_appointed_and_the_organisers_review),
		model_test(lets_nobody_review_their_own_application),
		model_test(safety_30_lets_no_djangonaut_read_anothers_application),
		model_test(takes_reviewing_away_where_a_conflict_was_declared),
		model_test(safety_21_ends_reviewing_with_the_appointment_and_with_the_cohort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
