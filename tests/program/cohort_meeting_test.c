/*
 * Meetings: how organisers plan them, and who sees them on which page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/clock.h"

#define MEETINGS HOUSE_ORGANISE "/meetings"
#define ROOM "https://room.example.org/opening"

/* An hour and a half on 1 December 2026 at 19:00 in Vienna: 18:00 UTC. */
#define BEGINS "1796148000"

static void
fields(struct harness *h, const char *title, const char *audience)
{
	harness_field(h, "title", title);
	harness_field(h, "date", "2026-12-01");
	harness_field(h, "time", "19:00");
	harness_field(h, "zone", "Europe/Vienna");
	harness_field(h, "minutes", "90");
	harness_field(h, "audience", audience);
	harness_field(h, "link", ROOM);
}

static void
add(struct harness *h, const char *title, const char *audience)
{
	fields(h, title, audience);
	harness_post(h, MEETINGS);
	harness_expect_status(h, 303);
}

/* The address of the meeting of that title. */
static const char *
address(struct harness *h, const char *title)
{
	const char *rows = harness_rows(
	    h, arena_format(harness_arena(h), "SELECT key FROM meeting WHERE title = '%s'", title));

	return arena_format(harness_arena(h), MEETINGS "/%.*s", (int)strcspn(rows, "|"), rows);
}

static void
an_organiser_plans_a_meeting_in_a_zone(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE person SET zone = 'Asia/Tokyo' WHERE id = 1");
	harness_get(h, MEETINGS);
	harness_expect_status(h, 200);
	harness_expect(h, "No meeting yet");
	/* The organiser's own zone is what the form begins with. */
	harness_expect(h, "value=\"Asia/Tokyo\"");
	add(h, "Opening", "4");
	harness_expect_location(h, MEETINGS "?done=meeting_added");
	assert_string_equal(
	    harness_rows(h, "SELECT starts_at, ends_at - starts_at, zone, audience FROM meeting"),
	    BEGINS "|5400|Europe/Vienna|4|\n");
	harness_get(h, MEETINGS);
	harness_expect(h, "Wednesday 2 December 2026, 03:00 Asia/Tokyo</time>, 90 minutes");
	harness_expect(h, "For: Everyone");
	harness_expect(h, "http://localhost:8080/feed/orion.ics");
	/* It is edited in the zone that it was given in. */
	harness_get(h, address(h, "Opening"));
	harness_expect_status(h, 200);
	harness_expect(h, "value=\"19:00\"");
	harness_expect(h, "value=\"2026-12-01\"");
	harness_expect(h, "value=\"Europe/Vienna\"");
}

static void
what_is_wrong_is_said_at_its_field(void **state)
{
	struct harness *h = *state;

	harness_post(h, MEETINGS);
	harness_expect_status(h, 422);
	harness_field(h, "title", "Opening");
	harness_field(h, "date", "2027-03-28");
	harness_field(h, "time", "02:30");
	harness_field(h, "zone", "Europe/Vienna");
	harness_field(h, "minutes", "60");
	harness_field(h, "audience", "4");
	harness_post(h, MEETINGS);
	harness_expect_status(h, 422);
	harness_expect(h, "There is no such time on that day");
	harness_expect(h, "value=\"02:30\"");
	harness_field(h, "title", "Opening");
	harness_field(h, "date", "2036-12-01");
	harness_field(h, "time", "19:00");
	harness_field(h, "zone", "Europe/Vienna");
	harness_field(h, "minutes", "60");
	harness_field(h, "audience", "4");
	harness_post(h, MEETINGS);
	harness_expect_status(h, 422);
	harness_expect(h, "more than a year away");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM meeting"), 0);
}

static void
safety_33_of_two_tabs_the_second_hears_of_the_first(void **state)
{
	struct harness *h = *state;

	add(h, "Opening", "4");
	fields(h, "Hello", "4");
	harness_field(h, "revision", "1");
	harness_post(h, address(h, "Opening"));
	harness_expect_location(h, MEETINGS "?done=meeting_saved");
	fields(h, "Welcome", "4");
	harness_field(h, "revision", "1");
	harness_post(h, address(h, "Hello"));
	harness_expect_status(h, 422);
	harness_expect(h, "value=\"Welcome\"");
	assert_string_equal(harness_rows(h, "SELECT title FROM meeting"), "Hello|\n");
	/* Sent once more, knowing of it, it stands. */
	fields(h, "Welcome", "4");
	harness_field(h, "revision", "2");
	harness_post(h, address(h, "Hello"));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT title FROM meeting"), "Welcome|\n");
}

static void
a_cancelled_meeting_is_told_as_such_and_can_not_be_changed(void **state)
{
	struct harness *h = *state;
	const char *path;

	add(h, "Opening", "4");
	path = address(h, "Opening");
	harness_post(h, arena_format(harness_arena(h), "%s/cancel", path));
	harness_expect_location(h, MEETINGS "?done=meeting_cancelled");
	/* The list offers no way to change what can not be changed. */
	harness_get(h, MEETINGS);
	harness_expect(h, "Cancelled</span>");
	harness_expect_not(h, ">Edit<");
	harness_get(h, path);
	harness_expect(h, "This meeting is cancelled and stays as it is");
	harness_expect_not(h, "Save the meeting");
	fields(h, "Hello", "4");
	harness_field(h, "revision", "2");
	harness_post(h, path);
	harness_expect_status(h, 422);
	harness_forget(h);
	harness_get(h, "/cohort/orion");
	harness_expect(h, "<bdi>Opening</bdi> <span class=\"pill pill-wait\">Cancelled</span>");
	/* By then nobody waits for it any more. */
	harness_set_now(h, HARNESS_NOW + 20 * CLOCK_DAY);
	harness_get(h, "/cohort/orion");
	harness_expect_not(h, "Opening");
}

static void
everybody_sees_the_meetings_that_concern_them(void **state)
{
	static const struct {
		const char *who; /* NULL: a stranger */
		bool sees[4]; /* what is for organisers, crew, cohort, everyone */
	} visitors[] = {
		{ NULL, { false, false, false, true } },
		{ "Luna", { false, false, false, true } },
		{ "Vega", { false, false, true, true } },
		{ "Rigel", { false, true, true, true } },
		{ "Capella", { false, true, true, true } },
		{ "Polaris", { true, true, true, true } },
	};
	static const char *const titles[] = { "Ours", "Helpers", "Family", "World" };
	struct harness *h = *state;

	(void)house_member(h, "Vega", "djangonaut", 1);
	(void)house_member(h, "Rigel", "navigator", 0);
	(void)house_member(h, "Capella", "captain", 0);
	(void)harness_person(h, "Luna@example.org", "Luna");
	for (int i = 0; i < 4; i++) {
		add(h, titles[i], arena_format(harness_arena(h), "%d", i + 1));
	}
	for (size_t i = 0; i < sizeof(visitors) / sizeof(visitors[0]); i++) {
		bool is_member = visitors[i].sees[2];

		harness_forget(h);
		if (visitors[i].who != NULL) {
			house_sign_in(h, visitors[i].who);
		}
		for (int members = 0; members <= is_member; members++) {
			harness_get(h, members ? "/cohort/orion/members" : "/cohort/orion");
			harness_expect_status(h, 200);
			for (int j = 0; j < 4; j++) {
				(visitors[i].sees[j] ? harness_expect : harness_expect_not)(
				    h, titles[j]);
			}
			/* The link is for members alone. */
			(is_member ? harness_expect : harness_expect_not)(h, ROOM);
		}
	}
}

static void
after_a_meeting_its_recording_is_there_for_all_who_may_know_of_it(void **state)
{
	struct harness *h = *state;

	add(h, "Opening", "4");
	add(h, "Unrecorded", "4");
	harness_set_now(h, HARNESS_NOW + 20 * CLOCK_DAY);
	house_sign_in(h, "Polaris");
	fields(h, "Opening", "4");
	harness_field(h, "recording", "https://video.example.org/opening");
	harness_field(h, "revision", "1");
	harness_post(h, address(h, "Opening"));
	harness_expect_status(h, 303);
	harness_forget(h);
	harness_get(h, "/cohort/orion");
	harness_expect(h, "https://video.example.org/opening");
	harness_expect_not(h, ROOM);
	harness_expect_not(h, "Unrecorded");
}

static void
safety_30_a_meeting_of_another_cohort_is_not_there(void **state)
{
	struct harness *h = *state;
	const char *path;

	add(h, "Opening", "4");
	harness_run_sql(h,
	    "INSERT INTO cohort (slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
	    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at) SELECT 'pavo', 'Pavo', goal, 'other',"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, 1 FROM cohort;"
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT id, 1, 'organiser', 1 FROM cohort WHERE slug = 'pavo'");
	path = arena_format(harness_arena(h), "/cohort/pavo/organise/meetings/%s",
	    strrchr(address(h, "Opening"), '/') + 1);
	harness_get(h, path);
	harness_expect_status(h, 404);
	harness_post(h, arena_format(harness_arena(h), "%s/cancel", path));
	harness_expect_status(h, 404);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM meeting WHERE cancelled_at IS NULL"), 1);
}

static void
calendars_have_followed_when_the_answer_is_sent(void **state)
{
	struct harness *h = *state;

	add(h, "Opening", "4");
	assert_string_equal(
	    harness_rows(h, "SELECT subject, sequence FROM calendar_event WHERE kind = 'meeting'"),
	    "Opening|0|\n");
	harness_post(h, arena_format(harness_arena(h), "%s/cancel", address(h, "Opening")));
	assert_string_equal(harness_rows(h,
				"SELECT sequence, cancelled_at IS NOT NULL FROM calendar_event"
				" WHERE kind = 'meeting'"),
	    "1|1|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM calendar_due"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(an_organiser_plans_a_meeting_in_a_zone),
		house_test(what_is_wrong_is_said_at_its_field),
		house_test(safety_33_of_two_tabs_the_second_hears_of_the_first),
		house_test(a_cancelled_meeting_is_told_as_such_and_can_not_be_changed),
		house_test(everybody_sees_the_meetings_that_concern_them),
		house_test(after_a_meeting_its_recording_is_there_for_all_who_may_know_of_it),
		house_test(safety_30_a_meeting_of_another_cohort_is_not_there),
		house_test(calendars_have_followed_when_the_answer_is_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
