/*
 * Groups, who sits in them, and who has which role.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

#define BOARD HOUSE_ORGANISE "/groups"
#define PLACING HOUSE_ORGANISE "/placing"
#define PEOPLE HOUSE_ORGANISE "/people"

static const char *
digits(struct harness *h, int64_t number)
{
	return arena_format(harness_arena(h), "%lld", (long long)number);
}

static void
place(struct harness *h, int64_t member, const char *group, const char *reason)
{
	harness_field(h, "member", digits(h, member));
	harness_field(h, "group", group);
	if (reason != NULL) {
		harness_field(h, "reason", reason);
	}
	harness_post(h, PLACING);
}

/* Who sits in which group now. */
static const char *
seated(struct harness *h)
{
	return harness_rows(h,
	    "SELECT person.name, mentoring_group.slug FROM placement"
	    " JOIN member ON member.id = member_id JOIN person ON person.id = person_id"
	    " JOIN mentoring_group ON mentoring_group.id = group_id"
	    " WHERE placement.left_at IS NULL ORDER BY placement.id");
}

/* Group lyra with its navigator Rigel. */
static void
lyra(struct harness *h)
{
	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
}

static void
the_board_shows_groups_and_who_has_none(void **state)
{
	struct harness *h = *state;

	harness_get(h, BOARD);
	harness_expect(h, "No group yet");
	lyra(h);
	(void)house_member(h, "Vega", "djangonaut", 2);
	harness_get(h, BOARD);
	harness_expect(h, "one navigator looks after 4 Djangonauts at most");
	harness_expect(h, "no Djangonauts yet, 1 navigator: room for 4, 4 for each navigator.");
	harness_expect(h, "Has room");
	harness_expect(h, "id=\"member-3-group\"");
	harness_expect(h, "Group lyra: 0 of 4 places are taken");
	harness_expect_not(h, "name=\"reason\"");
}

static void
a_djangonaut_is_placed(void **state)
{
	struct harness *h = *state;
	int64_t vega;

	lyra(h);
	vega = house_member(h, "Vega", "djangonaut", 2);
	place(h, vega, "lyra", NULL);
	harness_expect_status(h, 303);
	harness_expect_location(h, BOARD "?done=placed");
	assert_string_equal(seated(h), "Rigel|lyra|\nVega|lyra|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
	place(h, vega, "lyra", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "Vega sits in Group lyra already.");
}

static void
whoever_is_placed_after_the_announcement_is_welcomed(void **state)
{
	struct harness *h = *state;

	lyra(h);
	harness_run_sql(h, "UPDATE cohort SET groups_formed_at = 1");
	place(h, house_member(h, "Vega", "djangonaut", 2), "lyra", NULL);
	assert_string_equal(
	    harness_rows(h, "SELECT kind, recipient FROM outbox"), "welcome|Vega@example.org|\n");
}

static void
four_for_one_navigator_and_it_is_explained(void **state)
{
	static const char *const names[] = { "Vega", "Mira", "Atlas", "Electra", "Maia" };
	struct harness *h = *state;

	lyra(h);
	for (size_t i = 0; i < 5; i++) {
		place(h, house_member(h, names[i], "djangonaut", 1), "lyra", NULL);
		harness_expect_status(h, i < 4 ? 303 : 422);
	}
	harness_expect(h,
	    "Group lyra has 4 Djangonauts and 1 navigator; here one navigator"
	    " looks after 4 at most.");
	harness_expect(h, "href=\"#member-7-group\"");
	harness_expect(h, ">Full<");
}

static void
the_numbers_are_the_cohorts(void **state)
{
	struct harness *h = *state;

	lyra(h);
	harness_run_sql(h, "UPDATE cohort SET djangonauts_per_navigator = 1");
	place(h, house_member(h, "Vega", "djangonaut", 1), "lyra", NULL);
	place(h, house_member(h, "Mira", "djangonaut", 1), "lyra", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "1 Djangonaut and 1 navigator; here one navigator looks after 1 at most");
}

static void
no_more_than_the_seats_of_a_group(void **state)
{
	struct harness *h = *state;

	lyra(h);
	harness_run_sql(h, "UPDATE mentoring_group SET seats = 1");
	place(h, house_member(h, "Vega", "djangonaut", 1), "lyra", NULL);
	place(h, house_member(h, "Mira", "djangonaut", 1), "lyra", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "Group lyra is full: it has 1 seat,");
}

static void
outside_the_level_band_a_reason_is_asked_for(void **state)
{
	struct harness *h = *state;
	int64_t vega;

	lyra(h);
	vega = house_member(h, "Vega", "djangonaut", 4);
	place(h, vega, "lyra", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "Vega states level 4, and Group lyra is for Levels 1 to 2");
	harness_expect(h, "id=\"member-3-reason\"");
	harness_expect(h, "href=\"#member-3-reason\"");
	harness_expect(h, "<option value=\"lyra\" selected>");
	place(h, vega, "lyra", "She asked for it");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT band_reason FROM placement WHERE member_id = 3"),
	    "She asked for it|\n");
	harness_get(h, BOARD);
	harness_expect(h, "She asked for it");
}

static void
moving_leaves_one_group_for_another(void **state)
{
	struct harness *h = *state;
	int64_t vega;

	lyra(h);
	house_group(h, "cygnus");
	house_seat(h, house_member(h, "Deneb", "navigator", 0), "cygnus");
	vega = house_member(h, "Vega", "djangonaut", 1);
	place(h, vega, "lyra", NULL);
	harness_get(h, BOARD);
	harness_expect(h, "to another group");
	place(h, vega, "cygnus", NULL);
	harness_expect_status(h, 303);
	assert_string_equal(seated(h), "Rigel|lyra|\nDeneb|cygnus|\nVega|cygnus|\n");
}

static void
nobody_loses_a_place_to_a_refusal(void **state)
{
	struct harness *h = *state;
	int64_t vega;

	lyra(h);
	house_group(h, "cygnus");
	vega = house_member(h, "Vega", "djangonaut", 1);
	place(h, vega, "lyra", NULL);
	place(h, vega, "cygnus", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "no Djangonauts yet and no navigator");
	harness_expect(h, "<details open>");
	assert_string_equal(seated(h), "Rigel|lyra|\nVega|lyra|\n");
}

static void
leaving_is_never_refused(void **state)
{
	struct harness *h = *state;

	lyra(h);
	place(h, house_member(h, "Vega", "djangonaut", 1), "lyra", NULL);
	/* The only navigator may leave, too: the group is shown over its limit. */
	harness_field(h, "placement", "1");
	harness_field(h, "group", "lyra");
	harness_post(h, PLACING "/leave");
	harness_expect_status(h, 303);
	assert_string_equal(seated(h), "Vega|lyra|\n");
	harness_get(h, BOARD);
	harness_expect(h, "Over its limit");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "Group lyra has 1 Djangonaut, and room for 0");
	harness_expect(h, "Urgent");
	harness_field(h, "placement", "1");
	harness_field(h, "group", "lyra");
	harness_post(h, PLACING "/leave");
	harness_expect_status(h, 422);
	harness_expect(h, "had left the group already");
}

static void
what_is_not_of_the_cohort_cannot_be_placed(void **state)
{
	struct harness *h = *state;

	lyra(h);
	place(h, 99, "lyra", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "no longer a member");
	place(h, house_member(h, "Vega", "djangonaut", 1), "nowhere", NULL);
	harness_expect_status(h, 422);
	harness_field(h, "member", "three");
	harness_field(h, "group", "lyra");
	harness_post(h, PLACING);
	harness_expect_status(h, 422);
	assert_string_equal(seated(h), "Rigel|lyra|\n");
}

static void
fill_group(struct harness *h, const char *other, const char *value)
{
	static const char *const plan[][2] = { { "name", "Lyra" }, { "project", "1" },
		{ "goal", "Fix a form" }, { "level_low", "1" }, { "level_high", "2" },
		{ "seats", "8" }, { "meeting_weekday", "2" }, { "meeting_time", "9:30" },
		{ "meeting_zone", "Europe/Vienna" }, { "meeting_minutes", "60" },
		{ "room_link", "https://room.example.org/" } };

	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		harness_field(h, plan[i][0],
		    other != NULL && strcmp(plan[i][0], other) == 0 ? value : plan[i][1]);
	}
}

static void
a_group_is_made_and_changed(void **state)
{
	struct harness *h = *state;

	harness_get(h, BOARD "/new");
	harness_expect(h, "name=\"seats\" value=\"8\"");
	fill_group(h, NULL, NULL);
	harness_field(h, "slug", "lyra");
	harness_post(h, BOARD "/new");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT slug, meeting_time, seats, chat_link FROM mentoring_group"),
	    "lyra|09:30|8||\n");
	harness_get(h, BOARD "/lyra");
	harness_expect(h, "value=\"https://room.example.org/\"");
	fill_group(h, "goal", "Another goal");
	harness_field(h, "revision", "1");
	harness_post(h, BOARD "/lyra");
	harness_expect_status(h, 303);
	fill_group(h, "goal", "My late words");
	harness_field(h, "revision", "1");
	harness_post(h, BOARD "/lyra");
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody else changed this");
	harness_expect(h, "My late words");
	assert_string_equal(
	    harness_rows(h, "SELECT goal, revision FROM mentoring_group"), "Another goal|2|\n");
}

static void
what_is_wrong_with_a_group_is_said_at_its_field(void **state)
{
	static const struct {
		const char *slug;
		const char *field;
		const char *value;
		const char *words;
	} wrong[] = {
		{ "cygnus", NULL, NULL, "Another group of this cohort has this address" },
		{ "new", NULL, NULL, "one of our own addresses" },
		{ "lyra", "level_low", "3", "lies below the lowest" },
		{ "lyra", "seats", "9", "allows 8 Djangonauts in a group at most" },
		{ "lyra", "project", "77", "choose one of" },
		{ "lyra", "meeting_zone", "Mars/Olympus", "choose a time zone" },
		{ "lyra", "meeting_time", "25:00", "a time of the day" },
		{ "lyra", "meeting_weekday", "7", "choose one of" },
	};
	struct harness *h = *state;

	house_group(h, "cygnus");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		fill_group(h, wrong[i].field, wrong[i].value);
		harness_field(h, "slug", wrong[i].slug);
		harness_post(h, BOARD "/new");
		harness_expect_status(h, 422);
		harness_expect(h, wrong[i].words);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM mentoring_group"), 1);
}

static void
an_address_is_shown_to_no_one_on_the_board(void **state)
{
	struct harness *h = *state;

	lyra(h);
	harness_get(h, BOARD);
	harness_expect_not(h, "Rigel@example.org");
	harness_get(h, PEOPLE);
	harness_expect(h, "Rigel");
	harness_expect_not(h, "Rigel@example.org");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(the_board_shows_groups_and_who_has_none),
		house_test(a_djangonaut_is_placed),
		house_test(whoever_is_placed_after_the_announcement_is_welcomed),
		house_test(four_for_one_navigator_and_it_is_explained),
		house_test(the_numbers_are_the_cohorts),
		house_test(no_more_than_the_seats_of_a_group),
		house_test(outside_the_level_band_a_reason_is_asked_for),
		house_test(moving_leaves_one_group_for_another),
		house_test(nobody_loses_a_place_to_a_refusal),
		house_test(leaving_is_never_refused),
		house_test(what_is_not_of_the_cohort_cannot_be_placed),
		house_test(a_group_is_made_and_changed),
		house_test(what_is_wrong_with_a_group_is_said_at_its_field),
		house_test(an_address_is_shown_to_no_one_on_the_board),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
