#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "web/hours.h"

static struct slots
range(struct slots slots, int weekday, int from, int until)
{
	for (int half = from; half < until; half++) {
		slots_set(&slots, slots_number(weekday, half));
	}
	return slots;
}

static void
expect(const struct slots *slots, const char *words)
{
	struct arena *arena = arena_new();

	assert_string_equal(hours_words(arena, slots, "Europe/Vienna"), words);
	arena_free(arena);
}

static void
names_days_with_the_same_hours_once(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	for (int day = 0; day < 5; day++) {
		slots = range(slots, day, 38, 44);
	}
	expect(&slots, "Mon–Fri 19:00–22:00 Europe/Vienna");
}

static void
tells_days_apart_that_differ(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 0, 38, 44);
	slots = range(slots, 2, 38, 44);
	slots = range(slots, 5, 20, 24);
	slots = range(slots, 5, 28, 33);
	slots = range(slots, 6, 20, 24);
	expect(&slots,
	    "Mon 19:00–22:00; Wed 19:00–22:00; "
	    "Sat 10:00–12:00, 14:00–16:30; Sun 10:00–12:00 Europe/Vienna");
}

static void
ends_a_day_at_24(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 6, 0, 48);
	expect(&slots, "Sun 00:00–24:00 Europe/Vienna");
}

static void
says_that_none_were_given(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	expect(&slots, "none given");
}

/* ---- on a clock elsewhere ---- */

/* Eight weeks after week 0, which begins on that date. */
static struct cohort
cohort_from(int year, int month, int day)
{
	int64_t starts = date_days((struct date){ year, month, day }) * CLOCK_DAY;

	return (struct cohort){
		.starts_at = starts, .weeks = 8, .ends_at = starts + 9 * 7 * CLOCK_DAY
	};
}

static void
expect_elsewhere(
    const struct slots *slots, const char *zone, const char *elsewhere, const char *words)
{
	struct cohort cohort = cohort_from(2027, 3, 8);
	struct arena *arena = arena_new();

	assert_string_equal(hours_words_elsewhere(arena, slots, zone, elsewhere, &cohort), words);
	arena_free(arena);
}

static void
tells_hours_as_a_clock_elsewhere_shows_them(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 0, 38, 44);
	expect_elsewhere(
	    &slots, "Europe/Vienna", "America/New_York", "Mon 13:00–16:00 America/New_York");
	expect_elsewhere(
	    &slots, "Europe/Vienna", "Pacific/Auckland", "Tue 07:00–10:00 Pacific/Auckland");
	expect_elsewhere(
	    &slots, "America/Los_Angeles", "Europe/Vienna", "Tue 04:00–07:00 Europe/Vienna");
}

static void
begins_the_week_again_where_hours_pass_its_end(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 6, 40, 48);
	expect_elsewhere(&slots, "Europe/Vienna", "Asia/Tokyo", "Mon 04:00–08:00 Asia/Tokyo");
	slots = range((struct slots){ { 0 } }, 0, 0, 4);
	expect_elsewhere(
	    &slots, "Europe/Vienna", "America/New_York", "Sun 18:00–20:00 America/New_York");
}

static void
tells_quarter_hours_of_zones_that_are_a_quarter_apart(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 0, 38, 40);
	expect_elsewhere(&slots, "Europe/Vienna", "Asia/Kathmandu",
	    "Mon 23:45–24:00; Tue 00:00–00:45 Asia/Kathmandu");
	expect_elsewhere(
	    &slots, "Asia/Kathmandu", "Europe/Vienna", "Mon 14:15–15:15 Europe/Vienna");
}

static void
tells_blind_reviewers_no_zone_but_their_own(void **state)
{
	struct cohort cohort = cohort_from(2027, 3, 8);
	struct arena *arena = arena_new();
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 3, 20, 30);
	assert_null(strstr(
	    hours_words_elsewhere(arena, &slots, "Australia/Lord_Howe", "Europe/Vienna", &cohort),
	    "Lord"));
	arena_free(arena);
}

/* ---- clocks that change ---- */

static void
expect_changes(const char *zone, struct cohort cohort, const char *words)
{
	struct arena *arena = arena_new();
	const char *got = hours_changes(arena, zone, &cohort);

	if (words == NULL) {
		assert_null(got);
	} else {
		assert_non_null(got);
		assert_string_equal(got, words);
	}
	arena_free(arena);
}

static void
says_when_clocks_go_forward_while_a_cohort_runs(void **state)
{
	(void)state;
	expect_changes("Europe/Vienna", cohort_from(2027, 3, 8),
	    "On Sunday 28 March 2027, in week 2, clocks in Europe/Vienna go forward by 1 hour. "
	    "These hours stay as the clock there shows them.");
}

/* What is another's hours on one's own clock does not stay. */
static void
says_of_hours_on_another_clock_that_they_may_change(void **state)
{
	struct cohort cohort = cohort_from(2027, 3, 8);
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(hours_changes_elsewhere(arena, "Europe/Vienna", &cohort),
	    "On Sunday 28 March 2027, in week 2, clocks in Europe/Vienna go forward by 1 hour. "
	    "From then on these hours may be others on your clock.");
	assert_null(hours_changes_elsewhere(arena, "Asia/Tokyo", &cohort));
	arena_free(arena);
}

static void
says_when_clocks_of_the_south_go_back(void **state)
{
	(void)state;
	expect_changes("Pacific/Auckland", cohort_from(2027, 3, 8),
	    "On Sunday 4 April 2027, in week 3, clocks in Pacific/Auckland go back by 1 hour. "
	    "These hours stay as the clock there shows them.");
	expect_changes("Australia/Lord_Howe", cohort_from(2027, 3, 8),
	    "On Sunday 4 April 2027, in week 3, clocks in Australia/Lord_Howe go back by "
	    "30 minutes. These hours stay as the clock there shows them.");
}

static void
says_nothing_of_zones_whose_clocks_stay(void **state)
{
	(void)state;
	expect_changes("Asia/Kathmandu", cohort_from(2027, 3, 8), NULL);
	expect_changes("Australia/Brisbane", cohort_from(2027, 3, 8), NULL);
	expect_changes("UTC", cohort_from(2027, 3, 8), NULL);
	expect_changes("Europe/Vienna", cohort_from(2027, 5, 3), NULL);
}

/* The zone with the :45 that does change: Chatham, with New Zealand. */
static void
says_the_change_of_a_quarter_zone(void **state)
{
	(void)state;
	expect_changes("Pacific/Chatham", cohort_from(2027, 3, 8),
	    "On Sunday 4 April 2027, in week 3, clocks in Pacific/Chatham go back by 1 hour. "
	    "These hours stay as the clock there shows them.");
}

/*
 * By that zone's own calendar: Auckland's clocks change on Sunday when it is
 * Saturday in UTC, New York's on the last Sunday of the last week.
 */
static void
counts_a_change_on_the_first_day_of_week_0_and_the_last_of_the_last_week(void **state)
{
	(void)state;
	expect_changes("Pacific/Auckland", cohort_from(2027, 4, 4),
	    "On Sunday 4 April 2027, in week 0, clocks in Pacific/Auckland go back by 1 hour. "
	    "These hours stay as the clock there shows them.");
	expect_changes("Pacific/Auckland", cohort_from(2027, 4, 5), NULL);
	expect_changes("America/New_York", cohort_from(2027, 1, 11),
	    "On Sunday 14 March 2027, in week 8, clocks in America/New_York go forward by "
	    "1 hour. These hours stay as the clock there shows them.");
	expect_changes("America/New_York", cohort_from(2027, 1, 10), NULL);
}

/* Clocks of Casablanca go back for Ramadan and forward after it. */
static void
says_each_of_two_changes(void **state)
{
	(void)state;
	expect_changes("Africa/Casablanca", cohort_from(2027, 1, 25),
	    "On Sunday 7 February 2027, in week 1, clocks in Africa/Casablanca go back by "
	    "1 hour. These hours stay as the clock there shows them. "
	    "On Sunday 14 March 2027, in week 6, clocks in Africa/Casablanca go forward by "
	    "1 hour. These hours stay as the clock there shows them.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_hours_as_a_clock_elsewhere_shows_them),
		cmocka_unit_test(begins_the_week_again_where_hours_pass_its_end),
		cmocka_unit_test(tells_quarter_hours_of_zones_that_are_a_quarter_apart),
		cmocka_unit_test(tells_blind_reviewers_no_zone_but_their_own),
		cmocka_unit_test(says_when_clocks_go_forward_while_a_cohort_runs),
		cmocka_unit_test(says_of_hours_on_another_clock_that_they_may_change),
		cmocka_unit_test(says_when_clocks_of_the_south_go_back),
		cmocka_unit_test(says_nothing_of_zones_whose_clocks_stay),
		cmocka_unit_test(says_the_change_of_a_quarter_zone),
		cmocka_unit_test(
		    counts_a_change_on_the_first_day_of_week_0_and_the_last_of_the_last_week),
		cmocka_unit_test(says_each_of_two_changes),
		cmocka_unit_test(names_days_with_the_same_hours_once),
		cmocka_unit_test(tells_days_apart_that_differ),
		cmocka_unit_test(ends_a_day_at_24),
		cmocka_unit_test(says_that_none_were_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
