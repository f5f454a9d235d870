/*
 * An application in the making: saved, changed in two tabs, sent.
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
#include "ground/token.h"
#include "harness.h"

static void
what_is_saved_comes_back_as_it_was_typed_right_or_wrong(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	harness_field(h, "name", "Vega & \"friends\"");
	harness_field(h, "github", "no such name!");
	harness_field(h, "level", "7");
	harness_field(h, "hours_0_from", "19:00");
	harness_field(h, "why", "First line\r\n\r\n100 % + more = \xc3\xa9");
	harness_field(h, "email", "vega@");
	tab_press(h, &tab, "save");
	harness_expect_status(h, 303);
	harness_get(h, TAB_FORM);
	harness_expect_status(h, 200);
	harness_expect(h, "value=\"Vega &amp; &quot;friends&quot;\"");
	harness_expect(h, "value=\"no such name!\"");
	harness_expect(h, "First line\n\n100 % + more = \xc3\xa9</textarea>");
	harness_expect(h, "value=\"vega@\"");
	harness_expect(h, "value=\"19:00\"");
	harness_expect(h, "Saved <time datetime=\"2026-11-22T07:00:00Z\"");
	/* Nothing was to be right yet. */
	harness_expect_not(h, "class=\"errors\"");
	harness_expect_not(h, "aria-invalid");
	assert_int_equal(tab_count(h, "application"), 0);
	assert_int_equal(tab_count(h, "outbox"), 0);
}

static void
safety_23_the_cookie_is_httponly_and_ends_with_the_deadline(void **state)
{
	struct harness *h = *state;
	const char *cookie, *value;

	tab_save(h, "Vega", "");
	cookie = harness_header(h, "Set-Cookie");
	assert_non_null(cookie);
	assert_int_equal(strncmp(cookie, "groundcrew-8080-draft=", 22), 0);
	assert_non_null(strstr(cookie, "; HttpOnly; SameSite=Lax"));
	assert_non_null(strstr(cookie,
	    arena_format(harness_arena(h), "; Max-Age=%lld",
		(long long)(apply_closes() + 30 * CLOCK_MINUTE - HARNESS_NOW))));
	/* Safety 17: the database holds its hash alone. */
	value = arena_copy_bytes(harness_arena(h), cookie + 22, TOKEN_LENGTH);
	assert_string_equal(harness_rows(h, "SELECT token_hash FROM draft_browser"),
	    arena_format(harness_arena(h), "%s|\n", token_hash(harness_arena(h), value)));
	assert_null(strstr(harness_dump(h), value));
}

static void
another_browser_sees_nothing_of_it(void **state)
{
	struct harness *h = *state;

	tab_save(h, "Vega", "vega@example.org");
	harness_forget(h);
	harness_get(h, TAB_FORM);
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Forget the draft here");
}

static void
looking_at_the_form_begins_no_draft(void **state)
{
	struct harness *h = *state;
	const char *before = harness_dump(h);

	(void)tab_open(h);
	assert_string_equal(harness_dump(h), before);
	assert_int_equal(tab_count(h, "draft"), 0);
}

static void
a_double_click_on_the_first_save_begins_one_draft(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	for (int i = 0; i < 2; i++) {
		/* Neither request has the cookie of the other's answer. */
		harness_forget(h);
		harness_field(h, "name", "Vega");
		harness_field(h, "email", "vega@example.org");
		tab_press(h, &tab, "save");
		harness_expect_status(h, 303);
	}
	assert_int_equal(tab_count(h, "draft"), 1);
	assert_int_equal(tab_count(h, "draft_browser"), 1);
	assert_int_equal(tab_count(h, "outbox"), 1);
	harness_get(h, TAB_FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
an_address_that_is_saved_is_written_to_once(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	tab_save(h, "Vega", "vega@example.org");
	tab_save(h, "Vega of Lyra", "vega@example.org");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, parameters FROM outbox"),
	    "draft|vega@example.org|{\"draft\":\"1\"}|\n");
	harness_set_now(h, HARNESS_NOW + CLOCK_HOUR);
	tab = tab_open(h);
	harness_expect(h, "<bdi>vega@example.org</bdi>");
	harness_field(h, "email", "vega@example.org");
	tab_press(h, &tab, "mail");
	harness_expect_status(h, 303);
	assert_int_equal(tab_count(h, "outbox"), 2);
	tab_save(h, "Vega", "other@example.org");
	assert_int_equal(tab_count(h, "outbox WHERE recipient = 'other@example.org'"), 1);
}

static void
the_script_saves_without_a_page_and_without_a_mail(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	harness_field(h, "name", "Ve");
	harness_field(h, "email", "vega@example.org");
	tab_press(h, &tab, "keep");
	harness_expect_status(h, 200);
	assert_string_equal(harness_header(h, "Content-Type"), "text/plain; charset=utf-8");
	assert_string_equal(harness_body_text(h), "1795330800-1");
	tab.mark = "1795330800-1";
	harness_field(h, "name", "Vega");
	harness_field(h, "email", "vega@example.org");
	tab_press(h, &tab, "keep");
	assert_string_equal(harness_body_text(h), "1795330800-2");
	assert_int_equal(tab_count(h, "outbox"), 0);
	assert_string_equal(
	    harness_rows(h, "SELECT fields FROM draft"), "name=Vega&email=vega%40example.org|\n");
}

static void
the_script_goes_on_after_an_answer_that_was_lost(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	harness_field(h, "name", "Ve");
	tab_press(h, &tab, "keep");
	/* Its mark is still that of before. */
	harness_field(h, "name", "Vega");
	tab_press(h, &tab, "keep");
	harness_expect_status(h, 200);
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Vega|\n");
}

static void
of_two_tabs_neither_overwrites_the_other_unasked(void **state)
{
	struct harness *h = *state;
	struct tab left = tab_open(h), right = tab_open(h);

	harness_field(h, "name", "Left");
	tab_press(h, &left, "save");
	harness_expect_status(h, 303);
	harness_field(h, "name", "Right");
	tab_press(h, &right, "keep");
	harness_expect_status(h, 409);
	assert_int_equal(harness_body_length(h), 0);
	harness_field(h, "name", "Right");
	tab_press(h, &right, "save");
	harness_expect_status(h, 422);
	harness_expect(h, "saved something else in another window");
	harness_expect(h, "value=\"Right\"");
	harness_expect_not(h, "aria-invalid");
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Left|\n");
	/* Told so, they may want it all the same. */
	right.key = apply_hidden(h, "_key");
	right.mark = apply_hidden(h, "_draft");
	harness_field(h, "name", "Right");
	tab_press(h, &right, "save");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Right|\n");
}

static void
sending_tells_first_that_another_window_saved_something_else(void **state)
{
	struct harness *h = *state;
	struct tab left = tab_open(h), right = tab_open(h);

	harness_field(h, "name", "Left");
	tab_press(h, &left, "save");
	tab_fill(h, "Right", "vega@example.org");
	tab_press(h, &right, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "saved something else in another window");
	assert_int_equal(tab_count(h, "application"), 0);
	right.key = apply_hidden(h, "_key");
	right.mark = apply_hidden(h, "_draft");
	tab_fill(h, "Right", "vega@example.org");
	tab_press(h, &right, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT name FROM application"), "Right|\n");
	assert_int_equal(tab_count(h, "draft"), 0);
}

static void
a_mistake_in_sending_leaves_the_mark_as_it_was(void **state)
{
	struct harness *h = *state;
	struct tab left = tab_open(h), right = tab_open(h);

	harness_field(h, "name", "Left");
	tab_press(h, &left, "save");
	harness_field(h, "name", "");
	tab_press(h, &right, NULL);
	harness_expect_status(h, 422);
	assert_string_equal(apply_hidden(h, "_draft"), "");
}

static void
sending_ends_the_draft_and_a_retry_leads_to_the_same_place(void **state)
{
	struct harness *h = *state;
	struct tab tab;
	const char *first;

	tab_save(h, "Vega", "vega@example.org");
	tab = tab_open(h);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	first = apply_location(h);
	assert_int_equal(strncmp(first, TAB_FORM "/received/", 22), 0);
	assert_int_equal(tab_count(h, "draft"), 0);
	/* A double click, or the answer was lost. */
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(apply_location(h), first);
	/* The script knew of a later saving, then went back and sent again. */
	tab.mark = "1795330800-9";
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	assert_string_equal(apply_location(h), first);
	assert_int_equal(tab_count(h, "application"), 1);
}

static void
after_sending_a_forgotten_tab_brings_nothing_back_unasked(void **state)
{
	struct harness *h = *state;
	struct tab tab, other;

	tab_save(h, "Vega", "vega@example.org");
	tab = tab_open(h);
	other = tab_open(h);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_field(h, "name", "Vega");
	tab_press(h, &other, "keep");
	harness_expect_status(h, 409);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &other, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "sent or forgotten in another window");
	harness_expect(h, "value=\"Vega\"");
	assert_int_equal(tab_count(h, "draft"), 0);
	assert_int_equal(tab_count(h, "application"), 1);
}

/* What the browser still has is sent once more, unread: it is the same. */
static void
the_same_words_sent_from_a_fresh_page_are_one_application(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	tab = tab_open(h);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_int_equal(tab_count(h, "application"), 1);
}

static void
what_was_begun_before_the_deadline_can_be_sent_for_a_while_after(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	tab_save(h, "Vega", "vega@example.org");
	harness_set_now(h, apply_closes() + 30 * CLOCK_MINUTE - 1);
	tab = tab_open(h);
	harness_expect(h, "Yours can still be sent until");
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, "keep");
	harness_expect_status(h, 200);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_int_equal(tab_count(h, "application"), 1);
}

static void
after_the_grace_nothing_is_taken_and_the_words_come_back(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	tab_save(h, "Vega", "vega@example.org");
	tab = tab_open(h);
	harness_set_now(h, apply_closes() + 30 * CLOCK_MINUTE);
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "value=\"Vega\"");
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, "save");
	harness_expect_status(h, 422);
	harness_expect(h, "value=\"Vega\"");
	harness_get(h, TAB_FORM);
	harness_expect(h, "Applications are closed");
	assert_int_equal(tab_count(h, "application"), 0);
	assert_int_equal(tab_count(h, "draft"), 1);
}

static void
whoever_began_nothing_in_time_has_no_grace(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	tab = tab_open(h);
	harness_set_now(h, apply_closes());
	tab_fill(h, "Vega", "vega@example.org");
	tab_press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_field(h, "name", "Vega");
	tab_press(h, &tab, "save");
	harness_expect_status(h, 422);
	harness_field(h, "name", "Vega");
	tab_press(h, &tab, "keep");
	harness_expect_status(h, 410);
	assert_int_equal(tab_count(h, "application"), 0);
	assert_int_equal(tab_count(h, "draft"), 0);
}

static void
a_stale_token_gives_the_words_back(void **state)
{
	struct harness *h = *state;
	struct tab tab = tab_open(h);

	harness_forget(h);
	harness_without_token(h);
	harness_field(h, "_csrf", "gone");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
	harness_field(h, "name", "Vega");
	tab_press(h, &tab, "save");
	harness_expect_status(h, 403);
	harness_expect(h, "value=\"Vega\"");
	assert_int_equal(tab_count(h, "draft"), 0);
}

#define apply_test(test) cmocka_unit_test_setup_teardown(test, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		apply_test(what_is_saved_comes_back_as_it_was_typed_right_or_wrong),
		apply_test(safety_23_the_cookie_is_httponly_and_ends_with_the_deadline),
		apply_test(another_browser_sees_nothing_of_it),
		apply_test(looking_at_the_form_begins_no_draft),
		apply_test(a_double_click_on_the_first_save_begins_one_draft),
		apply_test(an_address_that_is_saved_is_written_to_once),
		apply_test(the_script_saves_without_a_page_and_without_a_mail),
		apply_test(the_script_goes_on_after_an_answer_that_was_lost),
		apply_test(of_two_tabs_neither_overwrites_the_other_unasked),
		apply_test(sending_tells_first_that_another_window_saved_something_else),
		apply_test(a_mistake_in_sending_leaves_the_mark_as_it_was),
		apply_test(sending_ends_the_draft_and_a_retry_leads_to_the_same_place),
		apply_test(after_sending_a_forgotten_tab_brings_nothing_back_unasked),
		apply_test(the_same_words_sent_from_a_fresh_page_are_one_application),
		apply_test(what_was_begun_before_the_deadline_can_be_sent_for_a_while_after),
		apply_test(after_the_grace_nothing_is_taken_and_the_words_come_back),
		apply_test(whoever_began_nothing_in_time_has_no_grace),
		apply_test(a_stale_token_gives_the_words_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
