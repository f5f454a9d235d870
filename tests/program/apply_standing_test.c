/*
 * What applicants see of how their application stands: what they were told,
 * never what is decided and not sent.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "apply_steps.h"
#include "ground/arena.h"
#include "harness.h"

/* Vega has applied and is on her page. */
static const char *
applied(struct harness *h)
{
	const char *path = apply_confirmed(h, "orion", "vega@example.org");

	harness_get(h, path);
	return path;
}

static void
says_nothing_of_a_decision_that_is_not_sent(void **state)
{
	static const char *const decisions[] = { "'offer', NULL", "'waitlist', 1",
		"'decline', NULL" };
	struct harness *h = *state;
	const char *path = applied(h);
	const char *before = arena_copy(harness_arena(h), harness_body_text(h));

	for (size_t i = 0; i < 3; i++) {
		harness_run_sql(h,
		    arena_format(harness_arena(h),
			"DELETE FROM decision; INSERT INTO decision (application_id, kind,"
			" position, line, decided_at) VALUES (1, %s, 'A canary line', 1)",
			decisions[i]));
		harness_get(h, path);
		harness_expect(h, "It counts");
		harness_expect_not(h, "canary");
		assert_int_equal(strlen(harness_body_text(h)), strlen(before));
	}
}

static void
says_that_one_waits(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h);

	harness_run_sql(h, "UPDATE application SET standing = 'waitlisted', waitlist_position = 7");
	harness_get(h, path);
	harness_expect(h, "You are on the waitlist.");
	harness_expect_not(h, "It counts");
	harness_expect_not(h, "tell-me");
	harness_run_sql(h, "UPDATE application SET standing = 'closed'");
	harness_get(h, path);
	harness_expect(h, "The waitlist is closed, and no seat became free for you.");
	harness_expect(h, "action=\"/cohort/tell-me\"");
}

static void
offers_to_tell_whoever_is_declined_of_the_next_one(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h);

	harness_run_sql(h, "UPDATE application SET standing = 'declined'");
	harness_get(h, path);
	harness_expect(h, "There is no seat for you this time.");
	harness_expect(h, "Tell me when the next one opens");
	harness_expect(h, "action=\"/cohort/tell-me\"");
}

static void
leads_to_the_offer_until_its_deadline_and_says_that_it_lapsed(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h);

	harness_run_sql(h,
	    "INSERT INTO offer (key, application_id, state, made_at, deadline_at)"
	    " VALUES ('seat-1', 1, 'offered', 1795330800, 1795417200)");
	harness_get(h, path);
	harness_expect(h, "A seat is offered to you. Please answer by Monday 23 November 2026");
	harness_expect(h, "href=\"/cohort/offer/seat-1\"");
	harness_set_now(h, 1795417200);
	harness_get(h, path);
	harness_expect(h, "The offer of a seat ended on");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    says_nothing_of_a_decision_that_is_not_sent, apply_set_up, apply_tear_down),
		cmocka_unit_test_setup_teardown(says_that_one_waits, apply_set_up, apply_tear_down),
		cmocka_unit_test_setup_teardown(offers_to_tell_whoever_is_declined_of_the_next_one,
		    apply_set_up, apply_tear_down),
		cmocka_unit_test_setup_teardown(
		    leads_to_the_offer_until_its_deadline_and_says_that_it_lapsed, apply_set_up,
		    apply_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
