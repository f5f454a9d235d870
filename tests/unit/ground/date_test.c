#include "ground/date.h"

#include "unit.h"

static void
reads_and_writes_a_date(void **state)
{
	struct date date;

	assert_true(date_read("2027-01-31", &date));
	assert_int_equal(date.year, 2027);
	assert_int_equal(date.month, 1);
	assert_int_equal(date.day, 31);
	assert_string_equal(date_text(*state, date), "2027-01-31");
	assert_true(date_read("0001-01-01", &date));
	assert_string_equal(date_text(*state, date), "0001-01-01");
	assert_true(date_read("9999-12-31", &date));
	assert_string_equal(date_text(*state, date), "9999-12-31");
}

static void
refuses_a_date_that_never_was(void **state)
{
	static const char *const never[] = {
		"2027-02-29",
		"2026-02-30",
		"2026-04-31",
		"2026-06-31",
		"2026-09-31",
		"2026-11-31",
		"2026-00-10",
		"2026-13-01",
		"2026-01-00",
		"2026-01-32",
		"0000-01-01",
		"1900-02-29",
		"2100-02-29",
	};
	struct date date = { 1, 2, 3 };

	(void)state;
	for (size_t i = 0; i < LENGTH(never); i++) {
		assert_false(date_read(never[i], &date));
		assert_int_equal(date.year, 1);
	}
}

static void
safety_55_knows_the_29th_of_february(void **state)
{
	struct date date;

	(void)state;
	assert_true(date_read("2028-02-29", &date));
	assert_true(date_read("2000-02-29", &date));
	assert_int_equal(date_month_length(2028, 2), 29);
	assert_int_equal(date_month_length(2100, 2), 28);
	date = date_add((struct date){ 2028, 2, 28 }, 1);
	assert_int_equal(date.day, 29);
	date = date_add(date, 1);
	assert_int_equal(date.month, 3);
	assert_int_equal(date.day, 1);
}

static void
refuses_every_other_way_to_write_a_date(void **state)
{
	static const char *const other[] = {
		"",
		"2027",
		"2027-1-31",
		"2027-01-3",
		"27-01-31",
		"2027/01/31",
		" 2027-01-31",
		"2027-01-31 ",
		"2027-01-31T00:00",
		"2027-01-311",
		"+027-01-31",
		"-027-01-31",
		"2027-+1-31",
		"2027-01--1",
		"20270131",
		"2027-01-",
		"2027-01",
		"２０２７-01-31",
		"\n",
	};
	struct date date;

	(void)state;
	for (size_t i = 0; i < LENGTH(other); i++) {
		assert_false(date_read(other[i], &date));
	}
	assert_false(date_read(NULL, &date));
}

static void
counts_days_from_1970(void **state)
{
	(void)state;
	assert_int_equal(date_days((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(date_days((struct date){ 1969, 12, 31 }), -1);
	assert_int_equal(date_days((struct date){ 2026, 11, 22 }), 20779);
	assert_int_equal(date_days((struct date){ 2000, 3, 1 }), 11017);
	assert_int_equal(date_days((struct date){ 1, 1, 1 }), -719162);
	assert_int_equal(date_days((struct date){ 9999, 12, 31 }), 2932896);
}

static void
agrees_with_itself_on_every_day_of_all_years(void **state)
{
	struct date before = { 1, 1, 1 };

	(void)state;
	for (int64_t day = -719162; day <= 2932896; day++) {
		const struct date date = date_from_days(day);

		if (!date_is_valid(date) || date_days(date) != day ||
		    (day > -719162 && date_compare(before, date) >= 0)) {
			fail_msg("day %lld", (long long)day);
		}
		before = date;
	}
}

static void
stays_within_the_years_1_to_9999(void **state)
{
	assert_string_equal(date_text(*state, date_from_days(INT64_MIN)), "0001-01-01");
	assert_string_equal(date_text(*state, date_from_days(INT64_MAX)), "9999-12-31");
	assert_string_equal(
	    date_text(*state, date_add((struct date){ 2026, 1, 1 }, INT64_MAX)), "9999-12-31");
	assert_string_equal(
	    date_text(*state, date_add((struct date){ 2026, 1, 1 }, INT64_MIN)), "0001-01-01");
}

static void
safety_55_steps_over_a_years_end(void **state)
{
	assert_string_equal(
	    date_text(*state, date_add((struct date){ 2026, 12, 31 }, 1)), "2027-01-01");
	assert_string_equal(
	    date_text(*state, date_add((struct date){ 2027, 1, 1 }, -1)), "2026-12-31");
	assert_string_equal(
	    date_text(*state, date_add((struct date){ 2027, 12, 27 }, 8 * 7)), "2028-02-21");
}

static void
names_weekdays_from_monday(void **state)
{
	(void)state;
	assert_int_equal(date_weekday((struct date){ 1970, 1, 1 }), 3);
	assert_int_equal(date_weekday((struct date){ 2026, 11, 22 }), 6);
	assert_int_equal(date_weekday((struct date){ 2026, 11, 23 }), 0);
	assert_int_equal(date_weekday((struct date){ 1, 1, 1 }), 0);
	assert_int_equal(date_weekday((struct date){ 1969, 12, 31 }), 2);
}

static void
compares_by_year_month_and_day(void **state)
{
	const struct date a = { 2026, 12, 31 }, b = { 2027, 1, 1 };

	(void)state;
	assert_true(date_compare(a, b) < 0);
	assert_true(date_compare(b, a) > 0);
	assert_int_equal(date_compare(a, a), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(reads_and_writes_a_date),
		UNIT(refuses_a_date_that_never_was),
		UNIT(safety_55_knows_the_29th_of_february),
		UNIT(refuses_every_other_way_to_write_a_date),
		UNIT(counts_days_from_1970),
		UNIT(agrees_with_itself_on_every_day_of_all_years),
		UNIT(stays_within_the_years_1_to_9999),
		UNIT(safety_55_steps_over_a_years_end),
		UNIT(names_weekdays_from_monday),
		UNIT(compares_by_year_month_and_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
