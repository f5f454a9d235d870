/*
 * An applicant's half hours as UTC.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "applicants.h"
#include "ground/clock.h"
#include "ground/date.h"

static struct slots
one_hour(int weekday, int half_hour)
{
	struct slots hours = { { 0 } };

	slots_set(&hours, slots_number(weekday, half_hour));
	slots_set(&hours, slots_number(weekday, half_hour + 1));
	return hours;
}

static void
hours_become_utc_in_the_cohorts_first_week(void **state)
{
	struct applicants *place = *state;
	struct slots hours = one_hour(0, 38); /* Monday 19:00 */
	struct slots summer = one_hour(0, 34);
	struct slots winter = one_hour(0, 36);
	struct slots got;

	got = application_hours_utc(&hours, "Europe/Vienna", place->cohort.starts_at);
	assert_true(slots_equal(&got, &summer));
	got = application_hours_utc(
	    &hours, "Europe/Vienna", date_days((struct date){ 2027, 1, 4 }) * CLOCK_DAY);
	assert_true(slots_equal(&got, &winter));
}

static void
hours_wrap_around_the_week(void **state)
{
	struct applicants *place = *state;
	struct slots hours = one_hour(6, 0); /* Sunday 00:00 */
	struct slots saturday = one_hour(5, 44);
	struct slots got = application_hours_utc(&hours, "Europe/Vienna", place->cohort.starts_at);

	assert_true(slots_equal(&got, &saturday));
}

static void
hours_of_a_quarter_zone_are_never_invented(void **state)
{
	struct applicants *place = *state;
	struct slots hours = one_hour(0, 38); /* 19:00 to 20:00 at +05:45 */
	struct slots expected = { { 0 } };
	struct slots got = application_hours_utc(&hours, "Asia/Kathmandu", place->cohort.starts_at);

	/* 13:15 to 14:15: only 13:30 to 14:00 is a whole half hour. */
	slots_set(&expected, slots_number(0, 27));
	assert_true(slots_equal(&got, &expected));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		applicants_test(hours_become_utc_in_the_cohorts_first_week),
		applicants_test(hours_wrap_around_the_week),
		applicants_test(hours_of_a_quarter_zone_are_never_invented),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
