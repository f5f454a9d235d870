/*
 * Hours in the cohort's pages: in the grid, too, and with the day on which
 * clocks change while it runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/slots.h"

#define HOURS "/cohort/orion/hours"
/* Clocks go back there for Ramadan, on 7 February 2027, and forward after it. */
#define ZONE "Africa/Casablanca"
#define CHANGE "On Sunday 7 February 2027, in week "

static void
fill_hours(struct harness *h)
{
	harness_field(h, "zone", ZONE);
	harness_field(h, "level_low", "1");
	harness_field(h, "level_high", "2");
	harness_field(h, "wants", "4");
}

static void
a_navigator_ticks_hours_and_reads_when_clocks_change(void **state)
{
	struct harness *h = *state;

	house_member(h, "Rigel", "navigator", 0);
	house_sign_in(h, "Rigel");
	harness_get(h, HOURS);
	harness_expect_not(h, "clocks in");
	fill_hours(h);
	harness_field(h, "hours_2_from", "18:00");
	harness_field(h, "hours_2_to", "19:00");
	harness_field(h, "hours_turn", "grid");
	harness_post(h, HOURS);
	harness_expect_status(h, 200);
	harness_expect(h, "value=\"18:30\" checked aria-label=\"Wednesday 18:30\"");
	harness_expect(h, CHANGE);
	harness_expect_not(h, "class=\"error\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM volunteer"), 0);
	fill_hours(h);
	harness_field(h, "hours_way", "grid");
	harness_field(h, "hours_2", "18:00");
	harness_field(h, "hours_2", "18:30");
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	harness_get(h, HOURS);
	harness_expect(h, "Wed 18:00–19:00 " ZONE);
	harness_expect(h, CHANGE);
	house_sign_in(h, "Polaris");
	harness_get(h, HOUSE_ORGANISE "/people");
	harness_expect(h, "Wed 18:00–19:00 " ZONE);
	harness_expect(h, CHANGE);
}

static void
an_applicants_hours_say_when_their_clocks_change(void **state)
{
	struct harness *h = *state;
	struct slots hours = { { 0 } };

	house_application(h, "Vega");
	slots_set(&hours, slots_number(2, 36));
	slots_set(&hours, slots_number(2, 37));
	harness_run_sql(h,
	    arena_format(harness_arena(h), "UPDATE application SET zone = '" ZONE "', hours = '%s'",
		slots_hex(harness_arena(h), &hours)));
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, HOUSE_ORGANISE "/applications/vega");
	harness_expect_status(h, 200);
	harness_expect(h, "Wed 18:00–19:00 " ZONE);
	harness_expect(h, CHANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_navigator_ticks_hours_and_reads_when_clocks_change),
		house_test(an_applicants_hours_say_when_their_clocks_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
