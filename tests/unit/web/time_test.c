#include "source.h"
#include "web/time.h"

/* 2026-11-22T07:00:00Z, a Sunday */
#define NOW ((int64_t)1795330800)

static void
an_instant_names_its_zone(void **state)
{
	assert_string_equal(time_words(*state, "Europe/Vienna", NOW),
	    "Sunday 22 November 2026, 08:00 Europe/Vienna");
	assert_string_equal(time_words(*state, "UTC", NOW), "Sunday 22 November 2026, 07:00 UTC");
	assert_string_equal(
	    time_day(*state, "Pacific/Kiritimati", NOW + 4 * 3600), "23 November 2026");
}

static void
a_span_says_each_part_once(void **state)
{
	struct date first = { 2026, 11, 2 }, last = { 2026, 11, 30 };

	assert_string_equal(time_span(*state, first, last), "2 to 30 November 2026");
	last.month = 12;
	assert_string_equal(time_span(*state, first, last), "2 November to 30 December 2026");
	last.year = 2027;
	assert_string_equal(time_span(*state, first, last), "2 November 2026 to 30 December 2027");
	assert_string_equal(time_span(*state, first, first), "2 November 2026");
}

static void
a_distance_is_in_the_largest_fitting_unit(void **state)
{
	static const struct {
		int64_t seconds;
		const char *words;
	} rows[] = { { 0, "just now" }, { 59, "just now" }, { -59, "just now" },
		{ 60, "in 1 minute" }, { -3540, "59 minutes ago" }, { 3600, "in 1 hour" },
		{ -7200, "2 hours ago" }, { 86400, "in 1 day" }, { 13 * 86400, "in 13 days" },
		{ -28 * 86400, "4 weeks ago" } };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(
		    time_distance(*state, NOW + rows[i].seconds, NOW), rows[i].words);
	}
}

static void
a_weekly_hour_names_weekday_and_zone(void **state)
{
	assert_string_equal(time_weekly(*state, 2, 19 * 60 + 5, "Europe/Vienna"),
	    "Wednesdays at 19:05, Europe/Vienna time");
	assert_string_equal(time_weekday(0), "Monday");
	assert_string_equal(time_weekday(7), "");
	assert_string_equal(time_date_short(*state, (struct date){ 2028, 2, 29 }), "29 February");
	assert_string_equal(time_machine(*state, NOW), "2026-11-22T07:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(an_instant_names_its_zone),
		source_test(a_span_says_each_part_once),
		source_test(a_distance_is_in_the_largest_fitting_unit),
		source_test(a_weekly_hour_names_weekday_and_zone) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
