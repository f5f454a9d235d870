/*
 * Levels in a cohort's own words, and every page of the program that shows one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

#define LEVELS HOUSE_ORGANISE "/levels"

/* Fields of all levels; the first two are worded. */
static void
fill_levels(struct harness *h, const char *revision)
{
	harness_field(h, "name_1", "Ashore");
	harness_field(h, "help_1", "Never sailed before.");
	harness_field(h, "name_2", "Afloat");
	harness_field(h, "name_3", "Working with it");
	harness_field(h, "help_3", "I use it regularly, at work or in projects of mine.");
	harness_field(h, "revision", revision);
}

static void
word_levels(struct harness *h)
{
	fill_levels(h, "1");
	harness_post(h, LEVELS);
	harness_expect_status(h, 303);
}

static void
levels_begin_in_the_words_of_the_software(void **state)
{
	struct harness *h = *state;

	harness_get(h, LEVELS);
	harness_expect_status(h, 200);
	harness_expect(h, "value=\"First steps\"");
	harness_expect(h, "value=\"I have followed a tutorial or built something small.\"");
	harness_expect(h, "value=\"At home in the code\"");
}

static void
a_cohort_puts_its_levels_in_words_of_its_own(void **state)
{
	struct harness *h = *state;

	word_levels(h);
	harness_expect_location(h, "/cohort/orion/organise/levels?done=levels_saved");
	assert_string_equal(
	    harness_rows(h, "SELECT level, name, help FROM cohort_level ORDER BY level"),
	    "1|Ashore|Never sailed before.|\n2|Afloat||\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM audit WHERE action = 'levels_changed'"), 1);
	harness_get(h, LEVELS "?done=levels_saved");
	harness_expect(h, "The levels are saved.");
	harness_expect(h, "value=\"Ashore\"");
	harness_expect(h, "value=\"At home in the code\"");
}

static void
every_page_shows_the_cohorts_words(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	(void)house_member(h, "Vega", "djangonaut", 1);
	(void)house_application(h, "Mira");
	word_levels(h);
	harness_get(h, HOUSE_ORGANISE "/groups");
	harness_expect(h, "Ashore");
	harness_expect(h, "Levels 1 to 2, “Ashore” to “Afloat”");
	harness_expect_not(h, "First steps");
	harness_get(h, HOUSE_ORGANISE "/groups/lyra");
	harness_expect(h, ">Ashore</option>");
	harness_expect(h, ">At home in the code</option>");
	harness_get(h, HOUSE_ORGANISE "/applications/mira");
	harness_expect(h, "Afloat");
	harness_run_sql(h, "UPDATE cohort SET groups_formed_at = 1");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect(h, "“Ashore” to “Afloat”");
	(void)house_member(h, "Rigel", "navigator", 0);
	house_sign_in(h, "Rigel");
	harness_get(h, "/cohort/orion/hours");
	harness_expect(h, ">Ashore</option>");
	harness_expect_not(h, "First steps");
}

static void
another_cohorts_words_are_not_ours(void **state)
{
	struct harness *h = *state;

	word_levels(h);
	harness_run_sql(h,
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
	    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at) SELECT 2, 'draco', 'Draco', goal, 'draco',"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4, 8,"
	    " 9, 1 FROM cohort WHERE id = 1;"
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (2, 1, 'organiser', 1)");
	harness_get(h, "/cohort/draco/organise/levels");
	harness_expect(h, "value=\"First steps\"");
	harness_expect_not(h, "Ashore");
}

static void
left_empty_a_level_has_the_softwares_words_again(void **state)
{
	struct harness *h = *state;

	word_levels(h);
	harness_field(h, "revision", "2");
	harness_post(h, LEVELS);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM cohort_level"), 0);
}

static void
safety_33_two_organisers_do_not_overwrite_each_other(void **state)
{
	struct harness *h = *state;

	word_levels(h);
	fill_levels(h, "1");
	harness_field(h, "name_4", "Captain");
	harness_post(h, LEVELS);
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody else changed this");
	harness_expect(h, "value=\"Captain\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM cohort_level WHERE level = 4"), 0);
}

static void
a_group_takes_no_level_that_there_is_not(void **state)
{
	struct harness *h = *state;

	harness_field(h, "name", "Lyra");
	harness_field(h, "project", "1");
	harness_field(h, "goal", "Fix a form");
	harness_field(h, "level_low", "1");
	harness_field(h, "level_high", "5");
	harness_field(h, "seats", "4");
	harness_field(h, "meeting_weekday", "2");
	harness_field(h, "meeting_time", "19:00");
	harness_field(h, "meeting_zone", "Europe/Vienna");
	harness_field(h, "meeting_minutes", "60");
	harness_field(h, "slug", "lyra");
	harness_post(h, HOUSE_ORGANISE "/groups/new");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#level_high\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM mentoring_group"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(levels_begin_in_the_words_of_the_software),
		house_test(a_cohort_puts_its_levels_in_words_of_its_own),
		house_test(every_page_shows_the_cohorts_words),
		house_test(another_cohorts_words_are_not_ours),
		house_test(left_empty_a_level_has_the_softwares_words_again),
		house_test(safety_33_two_organisers_do_not_overwrite_each_other),
		house_test(a_group_takes_no_level_that_there_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
