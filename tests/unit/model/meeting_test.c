/* Meetings, and how what calendars tell follows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "ground/zone.h"
#include "model/calendar.h"
#include "model/meeting.h"
#include "model/rights.h"
#include "model/tick.h"
#include "statement.h"

/* An opening on 5 April 2027 at 19:00 in Vienna, where that is 17:00 UTC. */
#define OPENING_AT ((int64_t)1806944400)

static const struct meeting_plan opening = {
	.title = "Opening",
	.date = { 2027, 4, 5 },
	.minute = 19 * 60,
	.zone = "Europe/Vienna",
	.minutes = 60,
	.audience = MEETING_FOR_EVERYONE,
	.link = "https://meet.example.org/opening",
	.recording_link = "",
};

static enum meeting_outcome
add(struct model *model, const struct meeting_plan *plan)
{
	return meeting_add(model->db, model->arena, &model->cohort, plan, model->now);
}

static struct meeting_rows
all(struct model *model, enum meeting_audience audience)
{
	return meeting_of_cohort(model->db, model->arena,
	    &(struct meeting_of_cohort_in){ .cohort_id = model->cohort.id, .audience = audience });
}

static struct meeting
only(struct model *model)
{
	struct meeting_rows rows = all(model, MEETING_FOR_ORGANISERS);

	assert_int_equal(rows.count, 1);
	return rows.rows[0];
}

static struct calendar_event_rows
public_events(struct model *model)
{
	return calendar_event_of_cohort(model->db, model->arena,
	    &(struct calendar_event_of_cohort_in){ .cohort_id = model->cohort.id });
}

/* The event of a kind, the last of it. */
static struct calendar_event
event(struct model *model, const char *kind)
{
	struct calendar_event_rows events = public_events(model);
	size_t i = events.count;

	while (i > 0 && strcmp(events.rows[i - 1].kind, kind) != 0) {
		i--;
	}
	assert_true(i > 0);
	return events.rows[i - 1];
}

static int64_t
revision(struct model *model)
{
	struct calendar calendar;

	assert_true(calendar_of(model->db, model->arena,
	    &(struct calendar_of_in){ .cohort_id = model->cohort.id }, &calendar));
	return calendar.revision;
}

static void
safety_55_a_meeting_is_at_the_instant_that_the_clock_of_its_zone_shows(void **state)
{
	struct meeting_plan plan = opening;

	assert_int_equal(add(*state, &plan), MEETING_SAVED);
	assert_int_equal(only(*state).starts_at, OPENING_AT);
	assert_int_equal(only(*state).ends_at, OPENING_AT + CLOCK_HOUR);
	assert_int_equal(zone_civil("Asia/Kolkata", OPENING_AT).minute, 30);
}

/* Clocks in Vienna go from 02:00 to 03:00 on 28 March 2027. */
static void
safety_55_there_is_no_meeting_at_a_time_that_clocks_skip(void **state)
{
	struct meeting_plan plan = opening;

	plan.date = (struct date){ 2027, 3, 28 };
	plan.minute = 2 * 60 + 30;
	assert_int_equal(add(*state, &plan), MEETING_NO_SUCH_TIME);
	plan.zone = "Europe/London";
	assert_int_equal(add(*state, &plan), MEETING_SAVED);
	/* What is shown twice is the first of both. */
	plan.zone = "Europe/Vienna";
	plan.date = (struct date){ 2027, 10, 31 };
	assert_int_equal(add(*state, &plan), MEETING_SAVED);
	assert_int_equal(
	    all(*state, MEETING_FOR_ORGANISERS).rows[1].starts_at, (int64_t)1824942600);
}

static void
a_date_that_can_only_be_a_mistake_is_refused(void **state)
{
	struct meeting_plan plan = opening;

	plan.date.year = 2029;
	assert_int_equal(add(*state, &plan), MEETING_FAR_OFF);
	plan.date.year = 2025;
	assert_int_equal(add(*state, &plan), MEETING_FAR_OFF);
	plan.date.year = 2028;
	plan.date.month = 1;
	assert_int_equal(add(*state, &plan), MEETING_SAVED);
}

static void
there_are_no_more_meetings_than_anybody_looks_through(void **state)
{
	for (int i = 0; i < MEETINGS_MAX; i++) {
		assert_int_equal(add(*state, &opening), MEETING_SAVED);
	}
	assert_int_equal(add(*state, &opening), MEETING_TOO_MANY);
}

static void
two_who_change_a_meeting_do_not_overwrite_each_other(void **state)
{
	struct model *model = *state;
	struct meeting_plan plan = opening;
	struct meeting meeting;

	assert_int_equal(add(model, &opening), MEETING_SAVED);
	meeting = only(model);
	plan.title = "Hello";
	assert_int_equal(
	    meeting_change(model->db, &model->cohort, &meeting, meeting.revision, &plan),
	    MEETING_SAVED);
	plan.title = "Welcome";
	meeting = only(model);
	assert_int_equal(
	    meeting_change(model->db, &model->cohort, &meeting, meeting.revision - 1, &plan),
	    MEETING_CHANGED_SINCE);
	assert_string_equal(only(model).title, "Hello");
}

static void
a_cancelled_meeting_stays_so(void **state)
{
	struct model *model = *state;
	struct meeting meeting;

	assert_int_equal(add(model, &opening), MEETING_SAVED);
	meeting = only(model);
	assert_int_equal(meeting_cancel(model->db, &meeting, model->now), MEETING_SAVED);
	assert_int_equal(meeting_cancel(model->db, &meeting, model->now + 9), MEETING_SAVED);
	assert_int_equal(only(model).cancelled_at, model->now);
	meeting = only(model);
	assert_int_equal(
	    meeting_change(model->db, &model->cohort, &meeting, meeting.revision, &opening),
	    MEETING_OVER);
}

static void
who_has_which_role_knows_of_which_meetings(void **state)
{
	static const struct {
		unsigned roles;
		enum meeting_audience audience;
	} rights[] = {
		{ ROLE_ANYONE, MEETING_FOR_EVERYONE },
		{ ROLE_ANYONE | ROLE_PERSON | ROLE_ADMINISTRATOR, MEETING_FOR_EVERYONE },
		{ ROLE_ANYONE | ROLE_APPLICANT | ROLE_REVIEWER, MEETING_FOR_EVERYONE },
		{ ROLE_ANYONE | ROLE_DJANGONAUT, MEETING_FOR_COHORT },
		{ ROLE_ANYONE | ROLE_NAVIGATOR, MEETING_FOR_CREW },
		{ ROLE_ANYONE | ROLE_DJANGONAUT | ROLE_CAPTAIN, MEETING_FOR_CREW },
		{ ROLE_ANYONE | ROLE_NAVIGATOR | ROLE_ORGANISER, MEETING_FOR_ORGANISERS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		assert_int_equal(meeting_audience_of(rights[i].roles), rights[i].audience);
	}
}

static void
calendars_follow_once_and_then_have_nothing_to_do(void **state)
{
	struct model *model = *state;
	int64_t before;

	assert_int_equal(add(model, &opening), MEETING_SAVED);
	assert_true(tick(model->db, model->arena, model->now));
	before = revision(model);
	assert_true(calendar_follow(model->db, model->cohort.id, model->now + 60));
	assert_true(tick(model->db, model->arena, model->now + 60));
	assert_int_equal(revision(model), before);
	assert_int_equal(event(model, "meeting").changed_at, model->now);
	assert_int_equal(calendar_due_cohorts(model->db, model->arena).count, 0);
}

static void
dates_that_move_take_their_events_with_them(void **state)
{
	static const char move[] = "UPDATE cohort SET starts_at = starts_at + 86400,"
				   " ends_at = ends_at + 86400";
	struct model *model = *state;
	struct calendar_event before, after;

	assert_true(tick(model->db, model->arena, model->now));
	before = event(model, "starts");
	assert_int_equal(before.starts_at, model->cohort.starts_at);
	statement(model, move);
	assert_true(tick(model->db, model->arena, model->now + 60));
	after = event(model, "starts");
	assert_string_equal(after.key, before.key);
	assert_int_equal(after.starts_at, before.starts_at + CLOCK_DAY);
	assert_int_equal(after.sequence, 1);
	assert_int_equal(after.changed_at, model->now + 60);
	assert_int_equal(after.created_at, before.created_at);
	/* Whoever's clock goes back tells nothing that was before the last. */
	statement(model, move);
	assert_true(tick(model->db, model->arena, model->now - CLOCK_DAY));
	assert_int_equal(event(model, "starts").sequence, 2);
	assert_int_equal(event(model, "starts").changed_at, model->now + 60);
}

/* A week that is cut off is told off, and comes back under its UID. */
static void
weeks_that_go_and_come_back_keep_their_event(void **state)
{
	struct model *model = *state;
	size_t before;

	assert_true(tick(model->db, model->arena, model->now));
	before = public_events(model).count;
	statement(model, "UPDATE cohort SET weeks = 7");
	assert_true(tick(model->db, model->arena, model->now + 1));
	assert_int_equal(event(model, "week").cancelled_at, model->now + 1);
	statement(model, "UPDATE cohort SET weeks = 8");
	assert_true(tick(model->db, model->arena, model->now + 2));
	assert_int_equal(event(model, "week").cancelled_at, DB_NULL);
	assert_int_equal(event(model, "week").sequence, 2);
	assert_int_equal(public_events(model).count, before);
}

/* Whatever calendars tell, a change of it is noted by the schema. */
static void
every_change_of_a_source_is_noted(void **state)
{
	static const char *const changes[] = {
		"DELETE FROM cohort_week",
		"INSERT INTO cohort_week (cohort_id, number, theme, objectives)"
		" SELECT id, 3, 'Reading', '' FROM cohort",
		"UPDATE cohort_week SET theme = 'Writing'",
		"UPDATE cohort SET name = 'Renamed'",
		"UPDATE cohort SET opens_on = '2027-02-19'",
		"UPDATE cohort SET closes_on = '2027-03-11'",
		"INSERT INTO standup (group_id, week, starts_at, closes_at)"
		" SELECT id, 1, 1807000000, 1807086400 FROM mentoring_group",
		"UPDATE standup SET starts_at = starts_at + 60",
		"UPDATE mentoring_group SET name = 'Renamed'",
		"UPDATE mentoring_group SET meeting_minutes = 30",
		"UPDATE mentoring_group SET room_link = 'https://room.example.org/'",
		"DELETE FROM standup",
		"UPDATE meeting SET title = 'Renamed'",
		"UPDATE meeting SET link = ''",
		"UPDATE meeting SET cancelled_at = 1",
	};
	struct model *model = *state;

	assert_int_equal(add(model, &opening), MEETING_SAVED);
	assert_true(tick(model->db, model->arena, model->now));
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		int64_t before = revision(model);

		statement(model, changes[i]);
		assert_true(tick(model->db, model->arena, model->now));
		if (revision(model) == before) {
			fail_msg("unnoticed: %s", changes[i]);
		}
	}
	/* What no calendar tells changes none. */
	statement(model,
	    "UPDATE cohort SET goal = 'Another goal', seats = seats + 1;"
	    "UPDATE mentoring_group SET goal = 'Another one'");
	assert_int_equal(calendar_due_cohorts(model->db, model->arena).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(safety_55_a_meeting_is_at_the_instant_that_the_clock_of_its_zone_shows),
		model_test(safety_55_there_is_no_meeting_at_a_time_that_clocks_skip),
		model_test(a_date_that_can_only_be_a_mistake_is_refused),
		model_test(there_are_no_more_meetings_than_anybody_looks_through),
		model_test(two_who_change_a_meeting_do_not_overwrite_each_other),
		model_test(a_cancelled_meeting_stays_so),
		model_test(who_has_which_role_knows_of_which_meetings),
		model_test(calendars_follow_once_and_then_have_nothing_to_do),
		model_test(dates_that_move_take_their_events_with_them),
		model_test(weeks_that_go_and_come_back_keep_their_event),
		model_test(every_change_of_a_source_is_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
