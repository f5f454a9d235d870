/*
 * The calendars of a group and of a person: what they tell to whom.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "feed_dates.h"
#include "ground/clock.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/restore.h"
#include "model/standup_plan.h"

/* ---- of a group, and of a person ---- */

/* Deneb meets on Wednesdays at 19:00 in Vienna, where clocks change on the
 * last Sunday of March. */
static void
standups_are_right_on_both_sides_of_a_change_of_clocks(void **state)
{
	struct harness *h = *state;
	struct db *db = harness_db(h);
	struct arena *arena = harness_arena(h);
	struct cohort cohort;
	struct group group;
	const char *calendar;

	harness_run_sql(h,
	    "UPDATE cohort SET starts_on = '2027-03-15', starts_at = 1805068800,"
	    " ends_at = 1805068800 + 9 * 604800 WHERE id = 1;"
	    "UPDATE mentoring_group SET room_link = 'https://room.example.org/deneb;a,b'");
	assert_true(db_begin_write(db));
	assert_true(cohort_find(db, arena, "orion", &cohort));
	assert_true(group_find(db, arena, cohort.id, "deneb", &group));
	assert_true(standup_lay_out(db, arena, &cohort, &group, harness_now(h)));
	assert_true(db_commit(db));
	dates_follow(h);
	calendar = dates_of_group(h);
	dates_expect(h, calendar, "NAME:", "Deneb in Orion – Test Programme");
	dates_expect(h, calendar, "X-WR-CALNAME:", "Deneb in Orion – Test Programme");
	dates_expect(
	    h, dates_event(h, calendar, "Deneb\\, week 1"), "DTSTART:", "20270324T180000Z");
	dates_expect(
	    h, dates_event(h, calendar, "Deneb\\, week 2"), "DTSTART:", "20270331T170000Z");
	dates_expect(h, dates_event(h, calendar, "Deneb\\, week 2"), "DTEND:", "20270331T180000Z");
	dates_expect(h, dates_event(h, calendar, "Deneb\\, week 2"),
	    "LOCATION:", "https://room.example.org/deneb\\;a\\,b");
	dates_expect(h, dates_event(h, calendar, "Deneb\\, week 2"),
	    "URL:", "http://localhost:8080/standup/orion/deneb/2");
	assert_int_equal(dates_count(calendar, "SUMMARY:Stand-up of Deneb"), 9);
	/* Another hour moves those that are ahead, under their old UIDs. */
	assert_true(db_begin_write(db));
	group.meeting_time = "20:30";
	assert_true(standup_lay_out(db, arena, &cohort, &group, harness_now(h)));
	assert_true(db_commit(db));
	dates_follow(h);
	dates_expect(h,
	    dates_event(h, dates_of_group(h),
		dates_value(h, dates_event(h, calendar, "Deneb\\, week 2"), "UID:")),
	    "DTSTART:", "20270331T183000Z");
}

/* Of orion: Vega (1) is a navigator of Deneb, Lyra (2) a Djangonaut there,
 * Polaris (4) an organiser. */
static void
everyone_has_the_meetings_that_are_theirs(void **state)
{
	static const struct {
		int64_t person; /* 0: the group's */
		const char *lowest;
		size_t meetings;
		size_t standups;
	} calendars[] = { { 0, "A3", 2, 1 }, { 1, "A2", 3, 1 }, { 2, "A3", 2, 1 },
		{ 4, "A1", 4, 0 } };
	struct harness *h = *state;

	dates_meeting(h, "A4", 4);
	dates_meeting(h, "A3", 3);
	dates_meeting(h, "A2", 2);
	dates_meeting(h, "A1", 1);
	for (size_t i = 0; i < sizeof(calendars) / sizeof(calendars[0]); i++) {
		const char *calendar = dates_of_person(h, calendars[i].person);

		assert_int_equal(dates_count(calendar, "SUMMARY:A"), calendars[i].meetings);
		assert_int_equal(dates_count(calendar, "SUMMARY:Stand-up"), calendars[i].standups);
		assert_int_equal(dates_count(calendar, "BEGIN:VEVENT"),
		    calendars[i].meetings + calendars[i].standups);
		assert_int_equal(dates_count(calendar, "LOCATION:https://room.example.org/"),
		    calendars[i].meetings);
		assert_non_null(dates_event(h, calendar, calendars[i].lowest));
		dates_expect(h, dates_event(h, calendar, "SUMMARY:A4"),
		    "URL:", "http://localhost:8080/cohort/orion");
	}
}

static void
whoever_has_left_or_is_nobody_here_has_an_empty_calendar(void **state)
{
	struct harness *h = *state;

	dates_meeting(h, "A3", 3);
	assert_int_equal(dates_count(dates_of_person(h, 2), "BEGIN:VEVENT"), 2);
	/* Another cohort's member has nothing of this one. */
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (2, 3, 'organiser', 1);"
	    "UPDATE member SET left_at = 2 WHERE person_id IN (2, 3) AND cohort_id = 1");
	assert_int_equal(dates_count(dates_of_person(h, 2), "BEGIN:VEVENT"), 0);
	assert_int_equal(dates_count(dates_of_person(h, 3), "BEGIN:VEVENT"), 0);
	assert_int_equal(dates_count(dates_of_person(h, 999), "BEGIN:VEVENT"), 0);
	/* Roles end a year after the cohort, an organiser's alone does not. */
	harness_set_now(h, 1798934400 + 366 * CLOCK_DAY);
	assert_int_equal(dates_count(dates_of_person(h, 1), "BEGIN:VEVENT"), 0);
	assert_int_equal(dates_count(dates_of_person(h, 4), "SUMMARY:A3"), 1);
}

static void
safety_31_what_is_said_in_a_standup_is_in_no_calendar(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO check_in (key, standup_id, member_id, did, next, blocked, audience,"
	    " did_audience, next_audience, blocked_audience, created_at) VALUES"
	    " ('c', 1, 2, '" COMMUNITY_CANARY "', '" COMMUNITY_CANARY "', '', 2, 2, 2, 1, 1);"
	    "UPDATE standup SET notes = '" COMMUNITY_CANARY "'");
	dates_follow(h);
	assert_null(strstr(dates_public(h), COMMUNITY_CANARY));
	assert_null(strstr(dates_of_group(h), COMMUNITY_CANARY));
	assert_null(strstr(dates_of_person(h, 2), COMMUNITY_CANARY));
	assert_null(strstr(dates_of_person(h, 4), "Private"));
}

static const unsigned char secret[32] = "a key file's thirty-two bytes...";

/* What clients heard since the backup must not be said anew in other words. */
static void
after_a_restore_no_number_comes_again(void **state)
{
	struct harness *h = *state;
	struct db *db = harness_db(h);
	struct restore_report report = { .sessions = 0 };
	int64_t revision;

	dates_meeting(h, "Opening", 4);
	revision = harness_number(h, "SELECT revision FROM calendar WHERE cohort_id = 1");
	harness_set_now(h, harness_now(h) + CLOCK_DAY);
	assert_true(db_begin_write(db));
	assert_true(restore_prepare(db, harness_arena(h), &(struct erase){ .secret = secret },
	    &(struct erasure_rows){ .count = 0 }, harness_now(h), &report));
	assert_true(db_commit(db));
	dates_expect(h, dates_event(h, dates_public(h), "SUMMARY:Opening"), "SEQUENCE:", "1440");
	dates_expect(
	    h, dates_event(h, dates_public(h), "SUMMARY:Opening"), "DTSTAMP:", "20261123T082320Z");
	assert_true(
	    harness_number(h, "SELECT revision FROM calendar WHERE cohort_id = 1") > revision);
}

int
main(void)
{
#define calendar_test(test) cmocka_unit_test_setup_teardown(test, dates_set_up, community_tear_down)
	const struct CMUnitTest tests[] = {
		calendar_test(standups_are_right_on_both_sides_of_a_change_of_clocks),
		calendar_test(everyone_has_the_meetings_that_are_theirs),
		calendar_test(whoever_has_left_or_is_nobody_here_has_an_empty_calendar),
		calendar_test(safety_31_what_is_said_in_a_standup_is_in_no_calendar),
		calendar_test(after_a_restore_no_number_comes_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
