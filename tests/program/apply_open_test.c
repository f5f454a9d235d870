/*
 * Going on with an application elsewhere, late, and no more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "apply_tabs.h"
#include "ground/clock.h"
#include "harness.h"
#include "model/draft.h"
#include "model/late.h"

static void
safety_14_the_mailed_link_opens_the_draft_by_its_button_alone(void **state)
{
	struct harness *h = *state;
	const char *path, *before;

	tab_save(h, "Vega", "vega@example.org");
	path = tab_link(h, 1);
	harness_forget(h);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, path);
		harness_expect_status(h, 200);
		harness_head(h, path);
	}
	harness_expect_not(h, "Vega");
	assert_string_equal(harness_dump(h), before);
	harness_get(h, TAB_FORM);
	harness_expect_not(h, "Vega");
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	harness_expect_location(h, TAB_FORM "?done=draft_opened");
	harness_get(h, TAB_FORM);
	harness_expect(h, "value=\"Vega\"");
	assert_string_equal(harness_header(h, "Referrer-Policy"), "same-origin");
	harness_get(h, path);
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
	/* It works on the next device, too. */
	harness_forget(h);
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_int_equal(tab_count(h, "draft_browser"), 3);
}

static void
a_draft_link_is_no_session(void **state)
{
	struct harness *h = *state;
	const char *path;

	tab_save(h, "Vega", "vega@example.org");
	path = tab_link(h, 1);
	harness_forget(h);
	harness_get(h, path);
	harness_post(h, path);
	assert_int_equal(tab_count(h, "session"), 0);
	assert_int_equal(tab_count(h, "person"), 0);
}

static void
a_link_of_a_sent_or_late_draft_opens_nothing(void **state)
{
	struct harness *h = *state;
	const char *path;

	tab_save(h, "Vega", "vega@example.org");
	path = tab_link(h, 1);
	harness_set_now(h, apply_closes() + 30 * CLOCK_MINUTE);
	harness_get(h, path);
	harness_expect_status(h, 410);
	harness_post(h, path);
	harness_expect_status(h, 410);
	harness_get(h, "/apply/draft/ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQ");
	harness_expect_status(h, 410);
}

static void
record_code(struct harness *h, const char *code)
{
	assert_true(db_begin_write(harness_db(h)));
	assert_true(
	    draft_record_code(harness_db(h), harness_arena(h), harness_site(h)->secret, 1, code));
	assert_true(db_commit(harness_db(h)));
}

static void
type_code(struct harness *h, const char *email, const char *code)
{
	harness_get(h, TAB_FORM "/code");
	harness_expect_status(h, 200);
	harness_field(h, "email", email);
	harness_field(h, "code", code);
	harness_post(h, TAB_FORM "/code");
}

static void
the_mailed_code_opens_the_draft_where_it_is_typed(void **state)
{
	struct harness *h = *state;

	tab_save(h, "Vega", "vega@example.org");
	record_code(h, "7KQMR4XW");
	harness_forget(h);
	type_code(h, "Vega@Example.org", "7kqm-r4xw");
	harness_expect_status(h, 303);
	harness_get(h, TAB_FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
safety_18_a_wrong_code_and_an_unknown_address_get_the_same_answer(void **state)
{
	struct harness *h = *state;
	const char *known, *unknown;

	tab_save(h, "Vega", "vega@example.org");
	record_code(h, "7KQMR4XW");
	harness_forget(h);
	type_code(h, "vega@example.org", "22222222");
	harness_expect_status(h, 200);
	harness_expect(h, "do not open a draft");
	known = arena_copy(harness_arena(h), harness_body_text(h));
	type_code(h, "mira@example.org", "22222222");
	unknown = harness_body_text(h);
	harness_expect_status(h, 200);
	harness_expect(h, "do not open a draft");
	assert_int_equal(strlen(known), strlen(unknown));
	assert_null(harness_header(h, "Set-Cookie"));
}

static void
safety_19_after_five_tries_the_right_code_has_to_wait(void **state)
{
	struct harness *h = *state;

	tab_save(h, "Vega", "vega@example.org");
	record_code(h, "7KQMR4XW");
	harness_forget(h);
	for (int i = 0; i < 5; i++) {
		type_code(h, "vega@example.org", "22222222");
	}
	type_code(h, "vega@example.org", "7KQMR4XW");
	harness_expect_status(h, 200);
	harness_expect(h, "do not open a draft");
	harness_set_now(h, HARNESS_NOW + CLOCK_HOUR + 1);
	type_code(h, "vega@example.org", "7KQMR4XW");
	harness_expect_status(h, 303);
}

static void
a_shared_computer_forgets_the_draft(void **state)
{
	struct harness *h = *state;
	const char *path;

	tab_save(h, "Vega", "vega@example.org");
	harness_get(h, TAB_FORM);
	harness_expect(h, "Forget the draft here");
	harness_expect(h, "The link in our mail still opens it");
	harness_post(h, TAB_FORM "/forget");
	harness_expect_status(h, 303);
	harness_get(h, TAB_FORM);
	harness_expect_not(h, "Vega");
	assert_int_equal(tab_count(h, "draft"), 1);
	path = tab_link(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_get(h, TAB_FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
a_forgotten_draft_without_an_address_is_gone(void **state)
{
	struct harness *h = *state;

	tab_save(h, "Vega", "");
	harness_get(h, TAB_FORM);
	harness_expect(h, "nobody can open it again");
	harness_post(h, TAB_FORM "/forget");
	assert_int_equal(tab_count(h, "draft"), 0);
}

static void
let_in(struct harness *h, const char *email, int64_t until)
{
	struct cohort cohort;

	assert_true(db_begin_write(harness_db(h)));
	assert_true(cohort_find(harness_db(h), harness_arena(h), "orion", &cohort));
	assert_int_equal(late_let_in(harness_db(h), harness_arena(h), &cohort, email, until,
			     DB_NULL, harness_now(h)),
	    LATE_LET_IN);
	assert_true(db_commit(harness_db(h)));
}

static void
an_address_that_was_let_in_applies_late_and_no_other(void **state)
{
	struct harness *h = *state;
	const int64_t now = apply_closes() + CLOCK_DAY;
	const char *path;
	struct tab tab;

	harness_set_now(h, now);
	let_in(h, "vega@example.org", now + CLOCK_DAY);
	path = tab_link(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	tab = tab_open(h);
	tab_fill(h, "Vega", "mira@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "only take an application from vega@example.org");
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT email FROM application"), "vega@example.org|\n");
}

static void
being_let_in_ends(void **state)
{
	struct harness *h = *state;
	const int64_t now = apply_closes() + CLOCK_DAY;
	const char *path;

	harness_set_now(h, now);
	let_in(h, "vega@example.org", now + CLOCK_DAY);
	path = tab_link(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_set_now(h, now + CLOCK_DAY);
	harness_get(h, TAB_FORM);
	harness_expect(h, "Applications are closed");
	harness_get(h, path);
	harness_expect_status(h, 410);
}

static void
who_was_let_in_changes_what_they_sent(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");
	const struct apply_other others[] = { { "name", "Vega of Lyra" }, { NULL, NULL } };
	const int64_t now = apply_closes() + CLOCK_DAY;

	harness_set_now(h, now);
	harness_get(h, path);
	harness_expect_not(h, "Save the changes");
	let_in(h, "vega@example.org", now + CLOCK_DAY);
	harness_get(h, path);
	harness_expect(h, "Save the changes");
	harness_field(h, "revision", apply_hidden(h, "revision"));
	apply_fill(h, others);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT name FROM application"), "Vega of Lyra|\n");
}

static void
withdrawing_is_possible_until_week_0_begins(void **state)
{
	struct harness *h = *state;
	const char *path = apply_confirmed(h, "orion", "vega@example.org");
	const char *withdraw = arena_format(harness_arena(h), "%s/withdraw", path);

	harness_set_now(h, 1799020800);
	harness_run_sql(h, "UPDATE session SET last_used_at = 1799020700");
	harness_get(h, path);
	harness_expect_not(h, "Withdraw the application");
	harness_post(h, withdraw);
	harness_expect_status(h, 422);
	harness_expect(h, "cannot be withdrawn any more");
	harness_set_now(h, 1799020799);
	harness_get(h, path);
	harness_expect(h, "Withdraw the application");
	harness_expect(h, "it cannot be sent again");
	harness_post(h, withdraw);
	harness_expect_status(h, 303);
	harness_get(h, path);
	harness_expect_not(h, "Send it again");
	harness_post(h, arena_format(harness_arena(h), "%s/again", path));
	harness_expect_status(h, 422);
}

#define apply_test(test) cmocka_unit_test_setup_teardown(test, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		apply_test(safety_14_the_mailed_link_opens_the_draft_by_its_button_alone),
		apply_test(a_draft_link_is_no_session),
		apply_test(a_link_of_a_sent_or_late_draft_opens_nothing),
		apply_test(the_mailed_code_opens_the_draft_where_it_is_typed),
		apply_test(safety_18_a_wrong_code_and_an_unknown_address_get_the_same_answer),
		apply_test(safety_19_after_five_tries_the_right_code_has_to_wait),
		apply_test(a_shared_computer_forgets_the_draft),
		apply_test(a_forgotten_draft_without_an_address_is_gone),
		apply_test(an_address_that_was_let_in_applies_late_and_no_other),
		apply_test(being_let_in_ends),
		apply_test(who_was_let_in_changes_what_they_sent),
		apply_test(withdrawing_is_possible_until_week_0_begins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
