#include "ground/zone.h"

#include <stdlib.h>

#include "child.h"
#include "ground/clock.h"
#include "unit.h"

/* "2026-10-25T02:30:00" as a clock on the wall shows it. */
static struct civil
civil_of(const char *text)
{
	struct civil civil;
	char day[11] = { 0 };

	memcpy(day, text, 10);
	if (strlen(text) != 19 || !date_read(day, &civil.date)) {
		abort();
	}
	civil.hour = (text[11] - '0') * 10 + text[12] - '0';
	civil.minute = (text[14] - '0') * 10 + text[15] - '0';
	civil.second = (text[17] - '0') * 10 + text[18] - '0';
	return civil;
}

/* The instant, in words, at which that zone's clocks show `wall`. */
static const char *
instant_of(struct arena *arena, const char *zone, const char *wall)
{
	return clock_rfc3339(arena, zone_instant(zone, civil_of(wall)));
}

/* What that zone's clocks show at an instant given as UTC's clock shows it. */
static const char *
wall_at(struct arena *arena, const char *zone, const char *utc)
{
	const struct civil civil = zone_civil(zone, zone_instant("UTC", civil_of(utc)));

	return arena_format(arena, "%sT%02d:%02d:%02d", date_text(arena, civil.date), civil.hour,
	    civil.minute, civil.second);
}

static void
knows_the_zones_of_the_world(void **state)
{
	static const char *const names[] = {
		"UTC",
		"Europe/Vienna",
		"America/Argentina/Buenos_Aires",
		"America/Port-au-Prince",
		"Etc/GMT+12",
		"Etc/GMT-14",
		"Asia/Calcutta",
		"Asia/Kolkata",
		"Europe/Kiev",
		"EST5EDT",
		"Antarctica/Troll",
		"GMT0",
	};

	(void)state;
	assert_true(zone_ready());
	for (size_t i = 0; i < LENGTH(names); i++) {
		if (!zone_exists(names[i])) {
			fail_msg("unknown: %s", names[i]);
		}
	}
}

static void
safety_08_refuses_names_that_are_no_zone(void **state)
{
	static const char *const names[] = {
		"",
		"/",
		"Europe",
		"Europe/",
		"/Europe/Vienna",
		"Europe//Vienna",
		"Europe/Vienna/",
		"europe/vienna",
		"Mars/Olympus",
		"../zoneinfo/Europe/Vienna",
		"Europe/../UTC",
		"./UTC",
		"Europe/./Vienna",
		"..",
		".",
		"/etc/passwd",
		"../../../etc/passwd",
		"Europe\\Vienna",
		"Europe/Vienna\n",
		" UTC",
		"UTC ",
		"Europe/V%69enna",
		"zone.tab",
		"tzdata.zi",
		"zone1970.tab",
		"posix/Europe/Vienna",
		"right/Europe/Vienna",
		"right/UTC",
		"localtime",
		"posixrules",
		"Factory",
		"CET-1CEST,M3.5.0,M10.5.0/3",
		":UTC",
		"UTC0",
		"Europe/Vi\xc3\xa9nne",
	};
	char long_name[100000] = { 0 };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		if (zone_exists(names[i])) {
			fail_msg("taken: %s", names[i]);
		}
	}
	assert_false(zone_exists(NULL));
	memset(long_name, 'A', sizeof(long_name) - 1);
	assert_false(zone_exists(long_name));
}

static void
safety_55_moves_a_time_that_clocks_skip_forward(void **state)
{
	const char *const zone = "Europe/Vienna";

	assert_string_equal(
	    instant_of(*state, zone, "2027-03-28T01:59:59"), "2027-03-28T00:59:59Z");
	assert_string_equal(
	    instant_of(*state, zone, "2027-03-28T02:00:00"), "2027-03-28T01:00:00Z");
	assert_string_equal(
	    instant_of(*state, zone, "2027-03-28T02:30:00"), "2027-03-28T01:30:00Z");
	assert_string_equal(wall_at(*state, zone, "2027-03-28T01:30:00"), "2027-03-28T03:30:00");
	assert_string_equal(
	    instant_of(*state, zone, "2027-03-28T03:00:00"), "2027-03-28T01:00:00Z");
}

static void
safety_55_takes_the_first_of_a_time_shown_twice(void **state)
{
	const char *const zone = "Europe/Vienna";

	assert_string_equal(
	    instant_of(*state, zone, "2026-10-25T01:59:59"), "2026-10-24T23:59:59Z");
	assert_string_equal(
	    instant_of(*state, zone, "2026-10-25T02:00:00"), "2026-10-25T00:00:00Z");
	assert_string_equal(
	    instant_of(*state, zone, "2026-10-25T02:59:59"), "2026-10-25T00:59:59Z");
	assert_string_equal(
	    instant_of(*state, zone, "2026-10-25T03:00:00"), "2026-10-25T02:00:00Z");
	assert_string_equal(wall_at(*state, zone, "2026-10-25T00:30:00"), "2026-10-25T02:30:00");
	assert_string_equal(wall_at(*state, zone, "2026-10-25T01:30:00"), "2026-10-25T02:30:00");
}

static void
safety_55_answers_the_same_whatever_was_asked_before(void **state)
{
	const char *const zone = "Europe/Vienna";
	const struct civil twice = civil_of("2026-10-25T02:30:00");
	const int64_t first = zone_instant(zone, twice);

	(void)state;
	zone_instant(zone, civil_of("2026-12-24T18:00:00"));
	assert_int_equal(zone_instant(zone, twice), first);
	zone_instant("America/New_York", civil_of("2026-07-04T12:00:00"));
	assert_int_equal(zone_instant(zone, twice), first);
}

/* Seconds east of Greenwich at that instant. */
static int64_t
offset_of(const char *zone, int64_t instant)
{
	return zone_instant("UTC", zone_civil(zone, instant)) - instant;
}

static void
safety_55_knows_zones_that_differ_from_the_common_rule(void **state)
{
	/* Half an hour of daylight time; clocks back at 02:00 to 01:30. */
	assert_string_equal(instant_of(*state, "Australia/Lord_Howe", "2027-04-04T01:45:00"),
	    "2027-04-03T14:45:00Z");
	assert_string_equal(instant_of(*state, "Australia/Lord_Howe", "2026-10-04T02:15:00"),
	    "2026-10-03T15:45:00Z");
	/* Winter time is the exception: "negative" daylight time. */
	assert_string_equal(
	    instant_of(*state, "Europe/Dublin", "2027-03-28T01:30:00"), "2027-03-28T01:30:00Z");
	assert_int_equal(
	    offset_of("Europe/Dublin", zone_instant("UTC", civil_of("2027-07-01T00:00:00"))), 3600);
	/* Changes the evening before, by the rule's −1 o'clock. */
	assert_string_equal(
	    instant_of(*state, "America/Nuuk", "2030-03-30T22:30:00"), "2030-03-31T00:30:00Z");
	assert_string_equal(
	    instant_of(*state, "America/Nuuk", "2030-03-30T23:30:00"), "2030-03-31T01:30:00Z");
	/* Two hours at a research station. */
	assert_string_equal(
	    instant_of(*state, "Antarctica/Troll", "2027-03-28T01:30:00"), "2027-03-28T01:30:00Z");
	assert_string_equal(
	    instant_of(*state, "Asia/Kathmandu", "2026-11-22T12:45:00"), "2026-11-22T07:00:00Z");
}

static void
safety_55_steps_over_a_day_that_an_island_left_out(void **state)
{
	const char *const zone = "Pacific/Apia";

	assert_string_equal(wall_at(*state, zone, "2011-12-30T09:59:59"), "2011-12-29T23:59:59");
	assert_string_equal(wall_at(*state, zone, "2011-12-30T10:00:00"), "2011-12-31T00:00:00");
	assert_string_equal(
	    instant_of(*state, zone, "2011-12-30T12:00:00"), "2011-12-30T22:00:00Z");
}

static void
safety_55_knows_the_29th_of_february_and_the_years_end(void **state)
{
	assert_string_equal(
	    instant_of(*state, "Pacific/Auckland", "2028-02-29T12:00:00"), "2028-02-28T23:00:00Z");
	assert_string_equal(instant_of(*state, "America/Los_Angeles", "2028-02-29T20:00:00"),
	    "2028-03-01T04:00:00Z");
	assert_string_equal(instant_of(*state, "Pacific/Kiritimati", "2027-01-01T00:00:00"),
	    "2026-12-31T10:00:00Z");
	assert_string_equal(
	    instant_of(*state, "Pacific/Pago_Pago", "2026-12-31T23:59:59"), "2027-01-01T10:59:59Z");
	assert_string_equal(
	    wall_at(*state, "Pacific/Auckland", "2026-12-31T11:00:00"), "2027-01-01T00:00:00");
	/* 24:00 is the next day's 00:00. */
	assert_int_equal(
	    zone_instant("Europe/Vienna", (struct civil){ .date = { 2026, 12, 31 }, .hour = 24 }),
	    zone_instant("Europe/Vienna", civil_of("2027-01-01T00:00:00")));
}

static void
safety_55_opens_at_utc_plus_14_and_closes_at_utc_minus_12(void **state)
{
	const struct date date = { 2026, 11, 27 };

	assert_string_equal(clock_rfc3339(*state, zone_opens(date)), "2026-11-26T10:00:00Z");
	assert_string_equal(clock_rfc3339(*state, zone_closes(date)), "2026-11-28T12:00:00Z");
	/* Zones whose clocks are the first and the last in the world. */
	assert_int_equal(
	    zone_opens(date), zone_instant("Pacific/Kiritimati", (struct civil){ .date = date }));
	assert_int_equal(zone_closes(date),
	    zone_instant("Etc/GMT+12", (struct civil){ .date = date, .hour = 24 }));
	assert_string_equal(clock_rfc3339(*state, zone_closes((struct date){ 2028, 2, 28 })),
	    "2028-02-29T12:00:00Z");
	assert_string_equal(clock_rfc3339(*state, zone_closes((struct date){ 2026, 12, 31 })),
	    "2027-01-01T12:00:00Z");
}

static void
safety_55_covers_everybodys_own_day(void **state)
{
	const struct date date = { 2027, 3, 28 };
	const struct civil begin = { .date = date };
	const struct civil end = { .date = date, .hour = 24 };
	const char *const *names;
	size_t count;

	(void)state;
	names = zone_list(&count);
	for (size_t i = 0; i < count; i++) {
		if (zone_instant(names[i], begin) < zone_opens(date) ||
		    zone_instant(names[i], end) > zone_closes(date)) {
			fail_msg("%s", names[i]);
		}
	}
}

static void
tells_the_offset_of_each_season(void **state)
{
	const int64_t summer = zone_instant("UTC", civil_of("2026-07-01T00:00:00"));
	const int64_t winter = zone_instant("UTC", civil_of("2026-12-01T00:00:00"));

	assert_int_equal(offset_of("Europe/Vienna", summer), 7200);
	assert_int_equal(offset_of("Europe/Vienna", winter), 3600);
	assert_int_equal(offset_of("America/St_Johns", winter), -12600);
	assert_int_equal(offset_of("Pacific/Kiritimati", winter), 50400);
	assert_int_equal(offset_of("Etc/GMT+12", winter), -43200);
	assert_int_equal(offset_of("Asia/Kathmandu", winter), 20700);
	assert_int_equal(offset_of("UTC", winter), 0);
	(void)state;
}

static void
tells_whether_clocks_change_in_between(void **state)
{
	const int64_t at = zone_instant("UTC", civil_of("2027-03-28T01:00:00"));
	const int64_t decade = INT64_C(3650) * CLOCK_DAY;
	struct zone_change change = { 0 };

	(void)state;
	assert_true(zone_changes("Europe/Vienna", at - 1, at, &change));
	assert_int_equal(change.at, at);
	assert_int_equal(change.before, 3600);
	assert_int_equal(change.after, 7200);
	assert_false(zone_changes("Europe/Vienna", at - 2, at - 1, &change));
	assert_false(zone_changes("Europe/Vienna", at, at + 1, &change));
	assert_true(zone_changes("Europe/Vienna", at, at + decade, &change));
	assert_int_equal(change.at, zone_instant("UTC", civil_of("2027-10-31T01:00:00")));
	assert_int_equal(change.after, 3600);
	assert_false(zone_changes("Asia/Tokyo", at, at + decade, &change));
	assert_false(zone_changes("UTC", INT64_MIN, INT64_MAX, &change));
}

/* Where clocks go back in April, and by half an hour. */
static void
tells_the_changes_of_southern_zones(void **state)
{
	const int64_t from = zone_instant("UTC", civil_of("2027-03-01T00:00:00"));
	struct zone_change change = { 0 };

	(void)state;
	assert_true(zone_changes("Australia/Lord_Howe", from, from + 60 * CLOCK_DAY, &change));
	assert_int_equal(change.at, zone_instant("UTC", civil_of("2027-04-03T15:00:00")));
	assert_int_equal(change.before, 39600);
	assert_int_equal(change.after, 37800);
}

static void
goes_there_and_back_every_half_hour_of_years_in_every_zone(void **state)
{
	const int64_t from = zone_instant("UTC", civil_of("2026-01-01T00:00:00"));
	const char *const *names;
	size_t count;

	(void)state;
	names = zone_list(&count);
	for (size_t i = 0; i < count; i += 7) {
		for (int64_t at = from; at < from + 800 * CLOCK_DAY; at += 1800) {
			const int64_t back = zone_instant(names[i], zone_civil(names[i], at));
			struct zone_change change;

			/* Except where shown twice: then the first. */
			if (back != at &&
			    (back > at || at - back > 7200 ||
				!zone_changes(names[i], back, at, &change))) {
				fail_msg("%s %lld", names[i], (long long)at);
			}
		}
	}
}

static void
holds_for_centuries_and_at_the_ends_of_time(void **state)
{
	assert_string_equal(
	    instant_of(*state, "Europe/Vienna", "2500-07-01T12:00:00"), "2500-07-01T10:00:00Z");
	assert_string_equal(
	    instant_of(*state, "Europe/Vienna", "9999-12-31T23:00:00"), "9999-12-31T22:00:00Z");
	assert_string_equal(
	    instant_of(*state, "Europe/Vienna", "0001-01-01T12:00:00"), "0001-01-01T10:54:39Z");
	assert_int_equal(zone_civil("Europe/Vienna", INT64_MAX).date.year, 9999);
	assert_int_equal(zone_civil("Europe/Vienna", INT64_MIN).date.year, 1);
	assert_int_equal(zone_civil("Pacific/Kiritimati", INT64_MAX).date.year, 9999);
}

static void
offers_sorted_names_that_all_exist(void **state)
{
	const char *const *names;
	bool has_utc = false, has_oslo = false;
	size_t count, again;

	(void)state;
	names = zone_list(&count);
	assert_true(count > 300);
	for (size_t i = 0; i < count; i++) {
		assert_true(zone_exists(names[i]));
		assert_true(i == 0 || strcmp(names[i - 1], names[i]) < 0);
		has_utc = has_utc || strcmp(names[i], "UTC") == 0;
		has_oslo = has_oslo || strcmp(names[i], "Europe/Oslo") == 0;
	}
	assert_true(has_utc);
	assert_true(has_oslo);
	assert_ptr_equal(zone_list(&again), names);
	assert_int_equal(again, count);
}

static int
ask_an_unknown_zone(void *unused)
{
	(void)unused;
	return offset_of("Mars/Olympus", 0) == 0 ? 0 : 1;
}

static void
says_so_when_it_must_take_utc_for_an_unknown_zone(void **state)
{
	const struct child child = child_run(ask_an_unknown_zone, NULL);

	(void)state;
	assert_int_equal(child_exit(&child), 0);
	assert_non_null(strstr(child.errors, "level=error"));
	assert_non_null(strstr(child.errors, "zone=Mars/Olympus"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(knows_the_zones_of_the_world),
		UNIT(safety_08_refuses_names_that_are_no_zone),
		UNIT(safety_55_moves_a_time_that_clocks_skip_forward),
		UNIT(safety_55_takes_the_first_of_a_time_shown_twice),
		UNIT(safety_55_answers_the_same_whatever_was_asked_before),
		UNIT(safety_55_knows_zones_that_differ_from_the_common_rule),
		UNIT(safety_55_steps_over_a_day_that_an_island_left_out),
		UNIT(safety_55_knows_the_29th_of_february_and_the_years_end),
		UNIT(safety_55_opens_at_utc_plus_14_and_closes_at_utc_minus_12),
		UNIT(safety_55_covers_everybodys_own_day),
		UNIT(tells_the_offset_of_each_season),
		UNIT(tells_whether_clocks_change_in_between),
		UNIT(tells_the_changes_of_southern_zones),
		UNIT(goes_there_and_back_every_half_hour_of_years_in_every_zone),
		UNIT(holds_for_centuries_and_at_the_ends_of_time),
		UNIT(offers_sorted_names_that_all_exist),
		UNIT(says_so_when_it_must_take_utc_for_an_unknown_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
