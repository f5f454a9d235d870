/*
 * When an applicant has time: given as times or in a grid, said back in words,
 * with the day on which clocks change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "apply_steps.h"
#include "ground/slots.h"

/* Orion runs from 4 January to 7 March 2027; there clocks go back for Ramadan. */
#define CHANGING "Africa/Casablanca"
#define CHANGE \
	"On Sunday 7 February 2027, in week 4, clocks in Africa/Casablanca go back by 1 hour."

static const struct apply_other in_grid[] = { { "hours_0_from", NULL }, { "hours_0_to", NULL },
	{ "hours_2_from", NULL }, { "hours_2_to", NULL }, { NULL, NULL } };

/* Tells of what is typed so far, with one of the buttons of the hours. */
static void
press(struct harness *h, const char *way, const char *turn)
{
	harness_field(h, "hours_way", way);
	harness_field(h, "hours_turn", turn);
	harness_post(h, "/apply/orion");
}

static void
the_form_is_turned_with_everything_in_it_and_nothing_marked(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_expect(h, "name=\"hours_way\" value=\"ranges\"");
	harness_expect_not(h, "type=\"checkbox\" name=\"hours_");
	harness_field(h, "name", "Vega");
	harness_field(h, "github", "no such name!");
	harness_field(h, "why", "Two\r\nlines");
	harness_field(h, "hours_0_from", "19:00");
	harness_field(h, "hours_0_to", "20:00");
	press(h, "ranges", "grid");
	harness_expect_status(h, 200);
	harness_expect(h, "value=\"Vega\"");
	harness_expect(h, "value=\"no such name!\"");
	harness_expect(h, "Two\nlines</textarea>");
	harness_expect_not(h, "class=\"error\"");
	harness_expect_not(h, "id=\"errors\"");
	harness_expect_not(h, "type=\"time\"");
	harness_expect(h, "name=\"hours_0\" value=\"19:30\" checked aria-label=\"Monday 19:30\"");
	harness_expect(h, "name=\"hours_0\" value=\"20:00\" aria-label=\"Monday 20:00\"");
	assert_true(harness_body_length(h) < 256 * 1024);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application"), 0);
}

static void
ticks_are_stored_as_civil_time_and_as_utc(void **state)
{
	struct harness *h = *state;
	struct slots civil = { { 0 } }, utc = { { 0 } };

	for (int half = 38; half < 40; half++) {
		slots_set(&civil, slots_number(0, half));
		slots_set(&utc, slots_number(0, half - 2));
	}
	harness_get(h, "/apply/orion");
	apply_fill(h, in_grid);
	harness_field(h, "email", "vega@example.org");
	harness_field(h, "_key", apply_hidden(h, "_key"));
	harness_field(h, "hours_way", "grid");
	harness_field(h, "hours_0", "19:00");
	harness_field(h, "hours_0", "19:30");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT hours, hours_utc, zone FROM application"),
	    arena_format(harness_arena(h), "%s|%s|Europe/Vienna|\n",
		slots_hex(harness_arena(h), &civil), slots_hex(harness_arena(h), &utc)));
}

static void
more_times_of_a_day_than_fit_are_refused_in_words(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	apply_fill(h, in_grid);
	for (int i = 0; i < 25; i++) {
		harness_field(h, "hours_4_from", arena_format(harness_arena(h), "%02d:00", i % 24));
		harness_field(h, "hours_4_to", arena_format(harness_arena(h), "%02d:30", i % 24));
	}
	harness_field(h, "email", "vega@example.org");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "Friday: up to 24 times fit in one day.");
	harness_expect(h, "id=\"hours-4-from-24\"");
}

/* A stranger without script learns whose clock is meant. */
static void
the_zone_that_is_meant_is_said(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_expect(h, "the time zone <span data-zone-name>that you choose in this form</span>");
	harness_field(h, "zone", "Asia/Kathmandu");
	press(h, "grid", "ranges");
	harness_expect(h, "the time zone <span data-zone-name>Asia/Kathmandu</span>");
	harness_expect_not(h, "clocks in");
}

static void
a_change_of_clocks_is_said_on_the_form_once_the_zone_is_known(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_expect_not(h, "clocks in");
	harness_field(h, "zone", CHANGING);
	press(h, "grid", "ranges");
	harness_expect(h, CHANGE);
	harness_field(h, "zone", CHANGING);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, CHANGE);
}

static void
a_change_of_clocks_is_said_where_the_hours_are(void **state)
{
	struct harness *h = *state;
	const char *link;

	apply_send_other(h, "orion", "vega@example.org", "zone", CHANGING);
	link = apply_link_path(h, apply_token(h));
	harness_get(h, link);
	harness_expect(h, "Mon 19:00–22:00; Wed 19:00–22:00 " CHANGING);
	harness_expect(h, CHANGE);
	harness_post(h, link);
	harness_get(h, apply_location(h));
	harness_expect(h, "Mon 19:00–22:00; Wed 19:00–22:00 " CHANGING);
	harness_expect(h, CHANGE);
	harness_expect(h, "<p class=\"note\" id=\"hours-note\">" CHANGE);
}

static void
hours_in_a_zone_whose_clocks_stay_say_nothing_of_clocks(void **state)
{
	struct harness *h = *state;

	harness_get(h, apply_confirmed(h, "orion", "vega@example.org"));
	harness_expect(h, "Mon 19:00–22:00; Wed 19:00–22:00 Europe/Vienna");
	harness_expect_not(h, "clocks in");
}

/* The applicant's own page has the same buttons. */
static void
an_application_is_turned_while_it_is_changed(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	apply_fill(h, NULL);
	harness_field(h, "revision", apply_hidden(h, "revision"));
	harness_field(h, "hours_turn", "grid");
	harness_post(h, path);
	harness_expect_status(h, 200);
	harness_expect(
	    h, "name=\"hours_2\" value=\"21:30\" checked aria-label=\"Wednesday 21:30\"");
	assert_int_equal(harness_number(h, "SELECT revision FROM application"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_form_is_turned_with_everything_in_it_and_nothing_marked),
		TEST(ticks_are_stored_as_civil_time_and_as_utc),
		TEST(more_times_of_a_day_than_fit_are_refused_in_words),
		TEST(the_zone_that_is_meant_is_said),
		TEST(a_change_of_clocks_is_said_on_the_form_once_the_zone_is_known),
		TEST(a_change_of_clocks_is_said_where_the_hours_are),
		TEST(hours_in_a_zone_whose_clocks_stay_say_nothing_of_clocks),
		TEST(an_application_is_turned_while_it_is_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
