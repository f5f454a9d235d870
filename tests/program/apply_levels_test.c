/*
 * Applicants read the levels in the cohort's own words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "apply_steps.h"

static const char own_words[] = "INSERT INTO cohort_level (cohort_id, level, name, help) VALUES"
				" (1, 1, 'Ashore', 'Never sailed before'), (1, 2, 'Afloat', '')";

static void
the_form_asks_for_the_cohorts_levels(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/apply/orion");
	harness_expect(h, "First steps");
	harness_run_sql(h, own_words);
	harness_get(h, "/apply/orion");
	harness_expect(h, ">Ashore</label>");
	harness_expect(h, "Never sailed before");
	harness_expect(h, ">Afloat</label>");
	harness_expect(h, ">At home in the code</label>");
	harness_expect_not(h, "First steps");
	harness_expect_not(h, "I build things of my own with some looking up.");
}

static void
what_one_chose_is_shown_in_the_same_words(void **state)
{
	struct harness *h = *state;
	const char *mine;

	harness_run_sql(h, own_words);
	mine = apply_confirmed(h, "orion", "vega@example.org");
	harness_run_sql(h, "UPDATE application SET level = 1");
	harness_get(h, mine);
	harness_expect_status(h, 200);
	harness_expect(h, "Ashore");
	harness_expect_not(h, "First steps");
}

static void
a_level_that_there_is_not_is_refused(void **state)
{
	struct harness *h = *state;

	apply_send_other(h, "orion", "vega@example.org", "level", "5");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_form_asks_for_the_cohorts_levels, apply_set_up, apply_tear_down),
		cmocka_unit_test_setup_teardown(
		    what_one_chose_is_shown_in_the_same_words, apply_set_up, apply_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_level_that_there_is_not_is_refused, apply_set_up, apply_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
