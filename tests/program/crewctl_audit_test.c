/*
 * What the operator does is in the log, too, as the operator's.
 */
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
	(void)harness_person(*state, "vega@example.org", "Vega");
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

static int
run(struct harness *harness, int (*command)(struct crewctl *, const struct arguments *),
    const char *email, struct argument option)
{
	struct argument options[8] = { option };
	const struct arguments arguments = { .operand = email, .options = options };
	struct crewctl crewctl = {
		.arena = harness_arena(harness),
		.site = harness_site(harness),
		.db = harness_db(harness),
		.now = HARNESS_NOW,
	};

	return command(&crewctl, &arguments);
}

static const char *
log_of(struct harness *harness)
{
	return harness_rows(harness,
	    "SELECT at - 1795330800, actor_id, action, cohort_id, subject_id, detail FROM audit");
}

static void
who_is_made_an_administrator_is_logged(void **state)
{
	assert_int_equal(
	    run(*state, run_admin, "vega@example.org", (struct argument){ "name", true, NULL }),
	    CREWCTL_DONE);
	assert_string_equal(log_of(*state), "0|NULL|administrator_made|NULL|1||\n");
}

static void
who_is_kept_out_is_logged_and_who_is_let_in_again(void **state)
{
	assert_int_equal(
	    run(*state, run_disable, "vega@example.org", (struct argument){ "undo", false, NULL }),
	    CREWCTL_DONE);
	assert_int_equal(
	    run(*state, run_disable, "vega@example.org", (struct argument){ "undo", false, "" }),
	    CREWCTL_DONE);
	assert_string_equal(
	    log_of(*state), "0|NULL|account_disabled|NULL|1||\n0|NULL|account_enabled|NULL|1||\n");
}

static void
a_link_that_signs_in_as_somebody_is_logged(void **state)
{
	assert_int_equal(run(*state, run_sign_in_link, "vega@example.org",
			     (struct argument){ "lasting", false, NULL }),
	    CREWCTL_DONE);
	assert_string_equal(log_of(*state), "0|NULL|sign_in_link_made|NULL|1||\n");
}

static void
what_could_not_be_done_is_not_logged(void **state)
{
	assert_int_equal(run(*state, run_disable, "nobody@example.org",
			     (struct argument){ "undo", false, NULL }),
	    CREWCTL_FAILED);
	assert_string_equal(log_of(*state), "");
}

#define audit_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		audit_test(who_is_made_an_administrator_is_logged),
		audit_test(who_is_kept_out_is_logged_and_who_is_let_in_again),
		audit_test(a_link_that_signs_in_as_somebody_is_logged),
		audit_test(what_could_not_be_done_is_not_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
