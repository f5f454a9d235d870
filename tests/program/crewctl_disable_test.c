#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "harness.h"

static const struct program no_program = { .name = "crewctl" };

static int
set_up(void **state)
{
	*state = harness_new(&no_program);
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

static int
disable(struct harness *harness, const char *email, const char *undo)
{
	struct argument options[8] = { { "undo", false, undo } };
	const struct arguments arguments = { .operand = email, .options = options };
	struct crewctl crewctl = {
		.arena = harness_arena(harness),
		.site = harness_site(harness),
		.db = harness_db(harness),
		.now = HARNESS_NOW,
	};

	return run_disable(&crewctl, &arguments);
}

static void
keeps_a_person_out_and_lets_them_in_again(void **state)
{
	static const char disabled[] = "SELECT is_disabled FROM person";

	harness_person(*state, "vega@example.org", "Vega");
	assert_int_equal(disable(*state, "VEGA@example.org", NULL), CREWCTL_DONE);
	assert_int_equal(harness_number(*state, disabled), 1);
	assert_int_equal(disable(*state, "vega@example.org", ""), CREWCTL_DONE);
	assert_int_equal(harness_number(*state, disabled), 0);
}

static void
says_when_nobody_has_that_address(void **state)
{
	assert_int_equal(disable(*state, "vega@example.org", NULL), CREWCTL_FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    keeps_a_person_out_and_lets_them_in_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    says_when_nobody_has_that_address, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
