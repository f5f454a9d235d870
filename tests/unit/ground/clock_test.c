#include "ground/clock.h"

#include "unit.h"

/* 2026-11-22T07:00:00Z, a Sunday. */
#define SUNDAY INT64_C(1795330800)
/* 1994-11-06T08:49:37Z, the example of RFC 9110. */
#define EXAMPLE INT64_C(784111777)

static void
writes_rfc_3339_in_utc(void **state)
{
	assert_string_equal(clock_rfc3339(*state, SUNDAY), "2026-11-22T07:00:00Z");
	assert_string_equal(clock_rfc3339(*state, 0), "1970-01-01T00:00:00Z");
	assert_string_equal(clock_rfc3339(*state, -1), "1969-12-31T23:59:59Z");
}

static void
safety_55_writes_years_end_and_the_29th_of_february(void **state)
{
	assert_string_equal(clock_rfc3339(*state, 1798761599), "2026-12-31T23:59:59Z");
	assert_string_equal(clock_rfc3339(*state, 1798761600), "2027-01-01T00:00:00Z");
	assert_string_equal(clock_rfc3339(*state, 1835395200), "2028-02-29T00:00:00Z");
	/* Beyond 32 bits. */
	assert_string_equal(clock_rfc3339(*state, 2147483648), "2038-01-19T03:14:08Z");
}

static void
keeps_to_four_digit_years(void **state)
{
	assert_string_equal(clock_rfc3339(*state, INT64_MAX), "9999-12-31T23:59:59Z");
	assert_string_equal(clock_rfc3339(*state, INT64_MIN), "0001-01-01T00:00:00Z");
	assert_string_equal(clock_http(*state, INT64_MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
}

static void
writes_an_http_date(void **state)
{
	assert_string_equal(clock_http(*state, EXAMPLE), "Sun, 06 Nov 1994 08:49:37 GMT");
	assert_string_equal(clock_http(*state, SUNDAY), "Sun, 22 Nov 2026 07:00:00 GMT");
}

static void
reads_the_three_forms_of_an_http_date(void **state)
{
	static const char *const forms[] = {
		"Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT",
		"Sun Nov  6 08:49:37 1994",
	};
	int64_t instant;

	(void)state;
	for (size_t i = 0; i < LENGTH(forms); i++) {
		instant = 0;
		assert_true(clock_http_read(forms[i], SUNDAY, &instant));
		assert_int_equal(instant, EXAMPLE);
	}
}

static void
reads_back_every_date_it_writes(void **state)
{
	for (int64_t written = -9000000000; written < 90000000000; written += 86399 * 1009) {
		int64_t instant = 0;

		assert_true(clock_http_read(clock_http(*state, written), SUNDAY, &instant));
		assert_int_equal(instant, written);
	}
}

static void
takes_a_two_digit_year_at_most_fifty_years_ahead(void **state)
{
	int64_t instant;

	(void)state;
	/* 2026-11-22 + 50 years is 2076-11-22: then, and a second later. */
	assert_true(clock_http_read("Sunday, 22-Nov-76 07:00:00 GMT", SUNDAY, &instant));
	assert_int_equal(instant, INT64_C(3373254000));
	assert_true(clock_http_read("Monday, 22-Nov-76 07:00:01 GMT", SUNDAY, &instant));
	assert_int_equal(instant, INT64_C(217494001));
	/* From a day that has no like in fifty years. */
	assert_true(clock_http_read("Saturday, 29-Feb-48 00:00:00 GMT", 1835395200, &instant));
}

static void
reads_a_leap_second_as_the_next_second(void **state)
{
	int64_t instant;

	(void)state;
	assert_true(clock_http_read("Sat, 31 Dec 2016 23:59:60 GMT", SUNDAY, &instant));
	assert_int_equal(instant, INT64_C(1483228800));
}

static void
ignores_what_is_no_http_date(void **state)
{
	static const char *const others[] = {
		"",
		"0",
		"now",
		"Sun",
		"Sun,",
		"Sunday",
		"Sun, 06 Nov 1994",
		"Sun, 06 Nov 1994 08:49:37",
		"Sun, 06 Nov 1994 08:49:37 UTC",
		"Sun, 06 Nov 1994 08:49:37 GMT ",
		" Sun, 06 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 08:49:37 GMT; length=5",
		"sun, 06 nov 1994 08:49:37 gmt",
		"Mon, 06 Nov 1994 08:49:37 GMT",
		"Sun, 6 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 94 08:49:37 GMT",
		"Sun, 31 Feb 1994 08:49:37 GMT",
		"Thu, 29 Feb 2027 00:00:00 GMT",
		"Sun, 06 Nov 1994 24:00:00 GMT",
		"Sun, 06 Nov 1994 08:60:00 GMT",
		"Sun, 06 Nov 1994 08:49:61 GMT",
		"Sun, 06 Nov 1994 8:49:37 GMT",
		"Sun, 06 Foo 1994 08:49:37 GMT",
		"Sun, 00 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 0000 08:49:37 GMT",
		"Sunday, 06-Nov-1994 08:49:37 GMT",
		"Sun Nov 6 08:49:37 1994",
		"Sun Nov  6 08:49:37 94",
		"1994-11-06T08:49:37Z",
		"784111777",
	};
	int64_t instant = 42;

	(void)state;
	for (size_t i = 0; i < LENGTH(others); i++) {
		if (clock_http_read(others[i], SUNDAY, &instant)) {
			fail_msg("taken: %s", others[i]);
		}
	}
	assert_false(clock_http_read(NULL, SUNDAY, &instant));
	assert_int_equal(instant, 42);
}

static void
measures_with_a_clock_that_never_goes_back(void **state)
{
	int64_t before = clock_micros();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		const int64_t now = clock_micros();

		assert_true(now >= before);
		before = now;
	}
	assert_true(clock_now() > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(writes_rfc_3339_in_utc),
		UNIT(safety_55_writes_years_end_and_the_29th_of_february),
		UNIT(keeps_to_four_digit_years),
		UNIT(writes_an_http_date),
		UNIT(reads_the_three_forms_of_an_http_date),
		UNIT(reads_back_every_date_it_writes),
		UNIT(takes_a_two_digit_year_at_most_fifty_years_ahead),
		UNIT(reads_a_leap_second_as_the_next_second),
		UNIT(ignores_what_is_no_http_date),
		UNIT(measures_with_a_clock_that_never_goes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
