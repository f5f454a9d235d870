/*
 * The waitlist: freed seats go to the first whom they fit, its order, its end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

#define WAITLIST HOUSE_ORGANISE "/waitlist"

static const char *
standings(struct harness *h)
{
	return harness_rows(h, "SELECT key, standing FROM application ORDER BY id");
}

static const char *
mails(struct harness *h)
{
	return harness_rows(h, "SELECT kind, recipient FROM outbox ORDER BY id");
}

static const char all_hours[] = "UPDATE application SET hours_utc = replace(hours_utc, '0', 'f')";

/* An offer of a seat in lyra, given back; Mira and Nova wait. */
static void
freed(struct harness *h)
{
	house_group(h, "lyra");
	house_offer(h, house_application(h, "luna"), "lyra");
	(void)house_application(h, "mira");
	(void)house_application(h, "nova");
	harness_run_sql(h, all_hours);
	harness_run_sql(h,
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = id"
	    " WHERE key <> 'luna';"
	    "UPDATE offer SET state = 'refused', ended_at = 1795330000;"
	    "UPDATE cohort SET names_shown_at = 1, offered_at = 1");
}

static void
release(struct harness *h, const char *application)
{
	harness_field(h, "seat", "seat-1");
	harness_field(h, "application", application);
	harness_post(h, WAITLIST "/release");
}

static void
a_freed_seat_goes_to_the_first_by_one_click_with_a_fresh_deadline(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_get(h, WAITLIST);
	harness_expect(h, "Seat in Group lyra");
	harness_expect(h, "luna gave it back on");
	harness_expect(h, "It would go to mira, at place 1.");
	harness_expect(h, "Free seats: 20 of 20.");
	harness_set_now(h, HARNESS_NOW + 86400);
	house_sign_in(h, "Polaris");
	release(h, "mira");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT application.key, offer.group_id, deadline_at - made_at,"
				" replaces_id FROM offer JOIN application ON application.id ="
				" application_id WHERE state = 'offered'"),
	    "mira|1|604800|1|\n");
	assert_string_equal(mails(h), "offer|mira@example.org|\n");
	release(h, "nova");
	harness_expect_status(h, 422);
	harness_expect(h, "was passed on already");
	harness_get(h, WAITLIST);
	harness_expect_not(h, "Seat in Group lyra");
	harness_expect(h, "Free seats: 19 of 20.");
}

static void
who_comes_first_and_does_not_fit_is_named_with_the_reasons(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_run_sql(h,
	    "UPDATE application SET level = 4 WHERE key = 'mira';"
	    "UPDATE application SET hours_utc = replace(hours_utc, 'f', '0') WHERE key = 'mira';"
	    "INSERT INTO application_project (application_id, project_id) VALUES (2, 2)");
	harness_get(h, WAITLIST);
	harness_expect(h,
	    "Place 1, mira: wants other projects, the level is above the group’s, has no time"
	    " at the hour of its stand-up.");
	harness_expect(h, "It would go to nova, at place 2.");
	release(h, "mira");
	harness_expect_status(h, 422);
	harness_expect(h, "Who is first for this seat changed");
	release(h, "nova");
	harness_expect_status(h, 303);
}

static void
a_seat_that_fits_nobody_waits(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_run_sql(h, "UPDATE application SET level = 4");
	harness_get(h, WAITLIST);
	harness_expect(h, "It fits nobody who waits.");
	harness_expect_not(h, "Offer this seat to");
}

static void
a_refusal_passes_the_seat_on_by_itself_where_the_cohort_says_so(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_run_sql(h, "UPDATE cohort SET releases_itself = 1");
	/* The next thing that happens in the cohort finds it. */
	harness_field(h, "application", "nova");
	harness_field(h, "place", "1");
	harness_post(h, WAITLIST "/move");
	assert_string_equal(standings(h), "luna|refused|\nmira|offered|\nnova|waitlisted|\n");
	assert_string_equal(mails(h), "offer|mira@example.org|\n");
}

static void
nothing_is_released_after_week_one(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_set_now(h, 1799020800 + 14 * 86400);
	house_sign_in(h, "Polaris");
	harness_get(h, WAITLIST);
	harness_expect(h, "Week 1 is over");
	harness_expect_not(h, "Offer this seat to");
	release(h, "mira");
	harness_expect_status(h, 422);
	/* That request found the waitlist due to be closed. */
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM offer WHERE state = 'offered'"), 0);
}

static void
the_order_can_be_changed(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_field(h, "application", "nova");
	harness_field(h, "place", "1");
	harness_post(h, WAITLIST "/move");
	harness_expect_status(h, 303);
	harness_get(h, WAITLIST);
	harness_expect(h, "It would go to nova, at place 1.");
	harness_field(h, "application", "luna");
	harness_field(h, "place", "1");
	harness_post(h, WAITLIST "/move");
	harness_expect_status(h, 422);
	harness_expect(h, "does not wait any more");
}

static void
closing_tells_all_who_wait_once(void **state)
{
	struct harness *h = *state;

	freed(h);
	harness_post(h, WAITLIST "/close");
	harness_expect_status(h, 303);
	harness_post(h, WAITLIST "/close");
	assert_string_equal(standings(h), "luna|refused|\nmira|closed|\nnova|closed|\n");
	assert_string_equal(
	    mails(h), "waitlist_closed|mira@example.org|\nwaitlist_closed|nova@example.org|\n");
	harness_get(h, WAITLIST);
	harness_expect(h, "Nobody waits");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_freed_seat_goes_to_the_first_by_one_click_with_a_fresh_deadline),
		house_test(who_comes_first_and_does_not_fit_is_named_with_the_reasons),
		house_test(a_seat_that_fits_nobody_waits),
		house_test(a_refusal_passes_the_seat_on_by_itself_where_the_cohort_says_so),
		house_test(nothing_is_released_after_week_one),
		house_test(the_order_can_be_changed),
		house_test(closing_tells_all_who_wait_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
