#include "fixture.h"
#include "statement.h"

#include <string.h>

#include "db/catalogue.h"
#include "db/query/member.h"
#include "db/query/person.h"
#include "db/query/offer.h"
#include "db/query/standing.h"
#include "model/member.h"
#include "model/offer.h"
#include "model/standing.h"
#include "model/tick.h"
#include "model/waitlist.h"

/* All hours of the week, in hex. */
static const char *
all_hours(struct model *model)
{
	struct slots slots = { { 0 } };

	for (size_t slot = 0; slot < SLOTS_COUNT; slot++) {
		slots_set(&slots, slot);
	}
	return slots_hex(model->arena, &slots);
}

struct waiter {
	int64_t id;
	int64_t level;
	const char *hours;
};

static void
set_waiter(struct model *model, int64_t id, int64_t level, const char *hours)
{
	static const struct db_field binds[] = {
		{ DB_INTEGER, offsetof(struct waiter, level) },
		{ DB_TEXT, offsetof(struct waiter, hours) },
		{ DB_INTEGER, offsetof(struct waiter, id) },
	};
	struct db_query query = {
		.name = "set_waiter",
		.sql = "UPDATE application SET level = ?1, hours_utc = ?2 WHERE id = ?3",
		.index = db_query_count,
		.binds = binds,
		.bind_count = 3,
	};

	assert_int_equal(db_exec(model->db, &query,
			     &(struct waiter){ .id = id, .level = level, .hours = hours }),
	    1);
}

/* Somebody who waits, behind all others, with time at every hour. */
static struct application
waiting(struct model *model, const char *name)
{
	struct application application = model_application(model, name);
	int64_t place = waitlist_length(model->db, model->arena, model->cohort.id) + 1;

	set_waiter(model, application.id, 2, all_hours(model));
	assert_int_equal(
	    standing_step(model->db, application.id, STANDING_COUNTING, STANDING_WAITLISTED, place),
	    STANDING_STEPPED);
	return application;
}

/* An offer that names the group, or none. */
static struct offer
offered(struct model *model, const char *name, int64_t group_id)
{
	struct application application = model_application(model, name);
	struct offer offer;

	assert_int_equal(offer_make(model->db, model->arena, &model->cohort,
			     &(struct offer_terms){ .application_id = application.id,
				 .email = application.email,
				 .group_id = group_id },
			     model->now),
	    OFFER_MADE);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = application.id }, &offer));
	return offer;
}

static void
answer(struct model *model, const struct offer *offer, bool yes)
{
	assert_int_equal(
	    offer_answer(model->db, model->arena, offer, yes, model->now), OFFER_ANSWERED);
}

static size_t
freed(struct model *model)
{
	return waitlist_freed_seats(model->db, model->arena, model->cohort.id, model->now).count;
}

static enum waitlist_release_outcome
release(struct model *model, const struct offer *offer, const struct application *to)
{
	int64_t person_id;

	return waitlist_release(
	    model->db, model->arena, &model->cohort, offer->key, to->key, model->now, &person_id);
}

static enum standing
standing_now(struct model *model, const struct application *application)
{
	struct standing_of_row row;

	assert_true(standing_of(model->db, model->arena,
	    &(struct standing_of_in){ .application_id = application->id }, &row));
	return standing_read(row.standing);
}

static const char *
names(struct model *model)
{
	struct waiting_rows rows =
	    waitlist_rows(model->db, model->arena, model->cohort.id, DB_NULL, -1, 0);
	const char *list = "";

	for (size_t i = 0; i < rows.count; i++) {
		list = arena_format(model->arena, "%s %s", list, rows.rows[i].name);
	}
	return list;
}

static void
lets_the_cohort_release_by_itself(struct model *model)
{
	statement(model, "UPDATE cohort SET releases_itself = 1");
	model_refresh(model);
}

static void
frees_a_seat_that_is_refused_or_lapses_or_left(void **state)
{
	struct model *model = *state;
	struct offer refused = offered(model, "vega", DB_NULL);
	struct offer left = offered(model, "deneb", DB_NULL);
	struct application application;

	(void)offered(model, "mira", DB_NULL);
	assert_int_equal(freed(model), 0);
	answer(model, &refused, false);
	assert_int_equal(freed(model), 1);
	answer(model, &left, true);
	assert_int_equal(freed(model), 1);
	assert_true(
	    application_find_by_id(model->db, model->arena, left.application_id, &application));
	assert_true(member_end_all(
	    model->db, model->arena, &model->cohort, application.person_id, model->now));
	assert_int_equal(freed(model), 2);
	/* The third lapses by the clock, noted or not. */
	model->now = refused.deadline_at;
	assert_int_equal(freed(model), 3);
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(freed(model), 3);
}

static void
passes_a_seat_on_once_with_a_fresh_deadline(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first");
	struct application second = waiting(model, "second");
	struct offer seat = offered(model, "vega", model->group.id), passed;

	assert_int_equal(release(model, &seat, &first), WAITLIST_NOT_FREE);
	answer(model, &seat, false);
	model->now += CLOCK_DAY;
	assert_int_equal(release(model, &seat, &second), WAITLIST_NOT_FIRST);
	assert_int_equal(release(model, &seat, &first), WAITLIST_RELEASED);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = first.id }, &passed));
	assert_int_equal(passed.deadline_at, model->now + 7 * CLOCK_DAY);
	assert_int_equal(passed.group_id, model->group.id);
	assert_int_equal(passed.replaces_id, seat.id);
	assert_int_equal(standing_now(model, &first), STANDING_OFFERED);
	assert_int_equal(release(model, &seat, &second), WAITLIST_NOT_FREE);
	assert_int_equal(freed(model), 0);
	assert_int_equal(model_mails(model, "offer"), 2);
}

/* A freed seat never still counts. */
static void
whose_seat_was_passed_on_does_not_come_back_to_it(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first"), application;
	struct offer seat = offered(model, "vega", DB_NULL);
	struct member member;

	answer(model, &seat, true);
	assert_true(
	    application_find_by_id(model->db, model->arena, seat.application_id, &application));
	member = member_of_person(model->db, model->arena,
	    &(struct member_of_person_in){
		.cohort_id = model->cohort.id, .person_id = application.person_id })
		     .rows[0];
	assert_true(member_end(model->db, model->arena, &model->cohort, member.id, model->now));
	assert_true(member_return(model->db, &model->cohort, member.id));
	assert_true(member_end(model->db, model->arena, &model->cohort, member.id, model->now));
	assert_int_equal(release(model, &seat, &first), WAITLIST_RELEASED);
	assert_false(member_return(model->db, &model->cohort, member.id));
}

static void
offers_nothing_to_who_cannot_sign_in(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first");
	struct application second = waiting(model, "second");
	struct offer seat = offered(model, "vega", DB_NULL);

	person_set_disabled(
	    model->db, &(struct person_set_disabled_in){ .id = first.person_id, .is_disabled = 1 });
	answer(model, &seat, false);
	assert_string_equal(names(model), " second");
	assert_int_equal(release(model, &seat, &first), WAITLIST_NOT_FIRST);
	assert_int_equal(release(model, &seat, &second), WAITLIST_RELEASED);
}

static void
goes_to_the_first_whom_its_group_fits_and_says_why_not_to_others(void **state)
{
	struct model *model = *state;
	struct waitlist_place place = waitlist_place_of(&model->cohort, &model->group);
	struct waiting_rows rows;
	int64_t other;

	assert_int_equal(project_insert(model->db,
			     &(struct project_insert_in){ .cohort_id = model->cohort.id,
				 .name = "Other",
				 .description = "",
				 .link = "" }),
	    1);
	other = db_last_id(model->db);
	set_waiter(model, waiting(model, "novice").id, 1, all_hours(model));
	set_waiter(model, waiting(model, "expert").id, 4, all_hours(model));
	set_waiter(
	    model, waiting(model, "busy").id, 2, slots_hex(model->arena, &(struct slots){ { 0 } }));
	(void)waiting(model, "fitting");
	assert_int_equal(
	    application_project_insert(model->db,
		&(struct application_project_insert_in){
		    .application_id = waiting(model, "elsewhere").id, .project_id = other }),
	    1);
	rows = waitlist_rows(model->db, model->arena, model->cohort.id, DB_NULL, -1, 0);
	assert_int_equal(waitlist_misfits(&place, &rows.rows[0]), 0);
	assert_int_equal(waitlist_misfits(&place, &rows.rows[1]), WAITLIST_LEVEL_ABOVE);
	assert_int_equal(waitlist_misfits(&place, &rows.rows[2]), WAITLIST_HOUR);
	assert_int_equal(waitlist_misfits(&place, &rows.rows[3]), 0);
	assert_int_equal(waitlist_misfits(&place, &rows.rows[4]), WAITLIST_PROJECT);
	place.level_low = 2;
	assert_int_equal(waitlist_misfits(&place, &rows.rows[0]), WAITLIST_LEVEL_BELOW);
	assert_int_equal(waitlist_first(&place, &rows), 3);
	place = waitlist_place_of(&model->cohort, NULL);
	assert_int_equal(waitlist_first(&place, &rows), 0);
}

/* Wednesdays 19:00 in Vienna are 17:00 UTC in April: summer time. */
static void
wants_the_meeting_inside_the_hours_of_the_first_week(void **state)
{
	struct model *model = *state;
	struct waitlist_place place = waitlist_place_of(&model->cohort, &model->group);
	struct slots hours = { { 0 } };

	slots_set(&hours, slots_number(2, 34));
	slots_set(&hours, slots_number(2, 35));
	assert_true(slots_equal(&hours, &place.meeting));
	model->group.meeting_zone = "Asia/Kathmandu"; /* 13:15 to 14:15 UTC */
	place = waitlist_place_of(&model->cohort, &model->group);
	assert_int_equal(slots_count(&place.meeting), 3);
	assert_true(slots_has(&place.meeting, slots_number(2, 26)));
	assert_true(slots_has(&place.meeting, slots_number(2, 28)));
}

static void
passes_over_who_has_a_role_by_now(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first");
	struct application second = waiting(model, "second");
	struct offer seat = offered(model, "vega", DB_NULL);

	assert_int_equal(member_insert(model->db,
			     &(struct member_insert_in){ .cohort_id = model->cohort.id,
				 .person_id = first.person_id,
				 .role = "captain",
				 .level = DB_NULL,
				 .now = model->now }),
	    1);
	answer(model, &seat, false);
	assert_int_equal(release(model, &seat, &second), WAITLIST_RELEASED);
}

static void
releases_by_itself_where_the_cohort_says_so(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first");
	struct application second = waiting(model, "second");
	struct offer refused = offered(model, "vega", DB_NULL);
	struct offer lapsing = offered(model, "deneb", DB_NULL);

	lets_the_cohort_release_by_itself(model);
	answer(model, &refused, false);
	assert_int_equal(standing_now(model, &first), STANDING_OFFERED);
	assert_int_equal(standing_now(model, &second), STANDING_WAITLISTED);
	model->now = lapsing.deadline_at;
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(standing_now(model, &second), STANDING_OFFERED);
}

static void
waits_for_an_organiser_where_it_does_not(void **state)
{
	struct model *model = *state;
	struct application first = waiting(model, "first");
	struct offer refused = offered(model, "vega", DB_NULL);

	answer(model, &refused, false);
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(standing_now(model, &first), STANDING_WAITLISTED);
}

static void
closes_at_the_end_of_week_one_and_tells_all_who_wait_once(void **state)
{
	struct model *model = *state;
	int64_t end = cohort_week_starts(&model->cohort, 2);
	struct application first = waiting(model, "first");
	struct offer refused;

	(void)waiting(model, "second");
	lets_the_cohort_release_by_itself(model);
	assert_int_equal(tick_due(model->db, model->arena, end - 1), end);
	refused = offered(model, "vega", DB_NULL);
	model->now = end - 1;
	assert_false(waitlist_is_over(&model->cohort, model->now));
	assert_true(tick(model->db, model->arena, model->now));
	/* The lapsed seat went to the first, whose offer then lapses too late. */
	assert_int_equal(standing_now(model, &first), STANDING_OFFERED);
	model->now = end;
	assert_true(tick(model->db, model->arena, model->now));
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(waitlist_length(model->db, model->arena, model->cohort.id), 0);
	assert_int_equal(model_mails(model, "waitlist_closed"), 1);
	assert_int_equal(release(model, &refused, &first), WAITLIST_OVER);
}

static void
is_put_in_another_order(void **state)
{
	struct model *model = *state;
	struct application a = waiting(model, "a");
	struct application c;

	(void)waiting(model, "b");
	c = waiting(model, "c");
	(void)waiting(model, "d");
	assert_int_equal(
	    waitlist_move(model->db, model->arena, &model->cohort, c.key, 1), WAITLIST_MOVED);
	assert_string_equal(names(model), " c a b d");
	assert_int_equal(
	    waitlist_move(model->db, model->arena, &model->cohort, a.key, 3), WAITLIST_MOVED);
	assert_string_equal(names(model), " c b a d");
	assert_int_equal(
	    waitlist_move(model->db, model->arena, &model->cohort, c.key, 99), WAITLIST_MOVED);
	assert_string_equal(names(model), " b a d c");
	assert_int_equal(waitlist_move(model->db, model->arena, &model->cohort, "none", 1),
	    WAITLIST_NOT_WAITING);
}

static void
never_counts_a_freed_seat(void **state)
{
	struct model *model = *state;
	struct offer last = { 0 };
	struct application first = waiting(model, "first");

	for (int i = 0; i < model->cohort.seats; i++) {
		last = offered(model, arena_format(model->arena, "star%d", i), DB_NULL);
	}
	answer(model, &last, false);
	assert_int_equal(release(model, &last, &first), WAITLIST_RELEASED);
	assert_int_equal(freed(model), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(frees_a_seat_that_is_refused_or_lapses_or_left),
		model_test(whose_seat_was_passed_on_does_not_come_back_to_it),
		model_test(offers_nothing_to_who_cannot_sign_in),
		model_test(passes_a_seat_on_once_with_a_fresh_deadline),
		model_test(goes_to_the_first_whom_its_group_fits_and_says_why_not_to_others),
		model_test(wants_the_meeting_inside_the_hours_of_the_first_week),
		model_test(passes_over_who_has_a_role_by_now),
		model_test(releases_by_itself_where_the_cohort_says_so),
		model_test(waits_for_an_organiser_where_it_does_not),
		model_test(closes_at_the_end_of_week_one_and_tells_all_who_wait_once),
		model_test(is_put_in_another_order),
		model_test(never_counts_a_freed_seat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
