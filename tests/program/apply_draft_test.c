/*
 * An application in the making: saved, opened elsewhere, sent, forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "harness.h"
#include "model/draft.h"
#include "model/late.h"
#include "model/session.h"

#define FORM "/apply/orion"

static int64_t
count(struct harness *h, const char *what)
{
	return harness_number(
	    h, arena_format(harness_arena(h), "SELECT count(*) FROM %s", what));
}

/* A page of the form, as a tab holds it. */
struct tab {
	const char *key;
	const char *mark;
};

static struct tab
open_tab(struct harness *h)
{
	struct tab tab;

	harness_get(h, FORM);
	harness_expect_status(h, 200);
	tab.key = apply_hidden(h, "_key");
	tab.mark = apply_hidden(h, "_draft");
	return tab;
}

/* Presses a button of the tab; step NULL sends the application. */
static void
press(struct harness *h, const struct tab *tab, const char *step)
{
	harness_field(h, "_key", tab->key);
	harness_field(h, "_draft", tab->mark);
	if (step != NULL) {
		harness_field(h, "step", step);
	}
	harness_post(h, FORM);
}

/* Writes only this much, and presses the button that saves. */
static void
save(struct harness *h, const char *name, const char *email)
{
	struct tab tab = open_tab(h);

	harness_field(h, "name", name);
	harness_field(h, "email", email);
	press(h, &tab, "save");
	harness_expect_status(h, 303);
	harness_expect_location(h, FORM "?done=draft_saved");
}

static void
fill(struct harness *h, const char *name, const char *email)
{
	const struct apply_other others[] = { { "name", name }, { "email", email },
		{ NULL, NULL } };

	apply_fill(h, others);
}

static void
what_is_saved_comes_back_as_it_was_typed_right_or_wrong(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	harness_field(h, "name", "Vega & \"friends\"");
	harness_field(h, "github", "no such name!");
	harness_field(h, "level", "7");
	harness_field(h, "hours_0_from", "19:00");
	harness_field(h, "why", "First line\r\n\r\n100 % + more = \xc3\xa9");
	harness_field(h, "email", "vega@");
	press(h, &tab, "save");
	harness_expect_status(h, 303);
	harness_get(h, FORM);
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
	assert_int_equal(count(h, "application"), 0);
	assert_int_equal(count(h, "outbox"), 0);
}

static void
safety_23_the_cookie_is_httponly_and_ends_with_the_deadline(void **state)
{
	struct harness *h = *state;
	const char *cookie, *value;

	save(h, "Vega", "");
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

	save(h, "Vega", "vega@example.org");
	harness_forget(h);
	harness_get(h, FORM);
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Forget the draft here");
}

static void
looking_at_the_form_begins_no_draft(void **state)
{
	struct harness *h = *state;
	const char *before = harness_dump(h);

	(void)open_tab(h);
	assert_string_equal(harness_dump(h), before);
	assert_int_equal(count(h, "draft"), 0);
}

static void
a_double_click_on_the_first_save_begins_one_draft(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	for (int i = 0; i < 2; i++) {
		/* Neither request has the cookie of the other's answer. */
		harness_forget(h);
		harness_field(h, "name", "Vega");
		harness_field(h, "email", "vega@example.org");
		press(h, &tab, "save");
		harness_expect_status(h, 303);
	}
	assert_int_equal(count(h, "draft"), 1);
	assert_int_equal(count(h, "draft_browser"), 1);
	assert_int_equal(count(h, "outbox"), 1);
	harness_get(h, FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
an_address_that_is_saved_is_written_to_once(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	save(h, "Vega", "vega@example.org");
	save(h, "Vega of Lyra", "vega@example.org");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, parameters FROM outbox"),
	    "draft|vega@example.org|{\"draft\":\"1\"}|\n");
	harness_set_now(h, HARNESS_NOW + CLOCK_HOUR);
	tab = open_tab(h);
	harness_expect(h, "<bdi>vega@example.org</bdi>");
	harness_field(h, "email", "vega@example.org");
	press(h, &tab, "mail");
	harness_expect_status(h, 303);
	assert_int_equal(count(h, "outbox"), 2);
	save(h, "Vega", "other@example.org");
	assert_int_equal(count(h, "outbox WHERE recipient = 'other@example.org'"), 1);
}

static void
the_script_saves_without_a_page_and_without_a_mail(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	harness_field(h, "name", "Ve");
	harness_field(h, "email", "vega@example.org");
	press(h, &tab, "keep");
	harness_expect_status(h, 200);
	assert_string_equal(
	    harness_header(h, "Content-Type"), "text/plain; charset=utf-8");
	assert_string_equal(harness_body_text(h), "1795330800-1");
	tab.mark = "1795330800-1";
	harness_field(h, "name", "Vega");
	harness_field(h, "email", "vega@example.org");
	press(h, &tab, "keep");
	assert_string_equal(harness_body_text(h), "1795330800-2");
	assert_int_equal(count(h, "outbox"), 0);
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"),
	    "name=Vega&email=vega%40example.org|\n");
}

static void
the_script_goes_on_after_an_answer_that_was_lost(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	harness_field(h, "name", "Ve");
	press(h, &tab, "keep");
	/* Its mark is still that of before. */
	harness_field(h, "name", "Vega");
	press(h, &tab, "keep");
	harness_expect_status(h, 200);
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Vega|\n");
}

static void
of_two_tabs_neither_overwrites_the_other_unasked(void **state)
{
	struct harness *h = *state;
	struct tab left = open_tab(h), right = open_tab(h);

	harness_field(h, "name", "Left");
	press(h, &left, "save");
	harness_expect_status(h, 303);
	harness_field(h, "name", "Right");
	press(h, &right, "keep");
	harness_expect_status(h, 409);
	assert_int_equal(harness_body_length(h), 0);
	harness_field(h, "name", "Right");
	press(h, &right, "save");
	harness_expect_status(h, 422);
	harness_expect(h, "saved something else in another window");
	harness_expect(h, "value=\"Right\"");
	harness_expect_not(h, "aria-invalid");
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Left|\n");
	/* Told so, they may want it all the same. */
	right.key = apply_hidden(h, "_key");
	right.mark = apply_hidden(h, "_draft");
	harness_field(h, "name", "Right");
	press(h, &right, "save");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT fields FROM draft"), "name=Right|\n");
}

static void
sending_tells_first_that_another_window_saved_something_else(void **state)
{
	struct harness *h = *state;
	struct tab left = open_tab(h), right = open_tab(h);

	harness_field(h, "name", "Left");
	press(h, &left, "save");
	fill(h, "Right", "vega@example.org");
	press(h, &right, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "saved something else in another window");
	assert_int_equal(count(h, "application"), 0);
	right.key = apply_hidden(h, "_key");
	right.mark = apply_hidden(h, "_draft");
	fill(h, "Right", "vega@example.org");
	press(h, &right, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT name FROM application"), "Right|\n");
	assert_int_equal(count(h, "draft"), 0);
}

static void
a_mistake_in_sending_leaves_the_mark_as_it_was(void **state)
{
	struct harness *h = *state;
	struct tab left = open_tab(h), right = open_tab(h);

	harness_field(h, "name", "Left");
	press(h, &left, "save");
	harness_field(h, "name", "");
	press(h, &right, NULL);
	harness_expect_status(h, 422);
	assert_string_equal(apply_hidden(h, "_draft"), "");
}

static void
sending_ends_the_draft_and_a_retry_leads_to_the_same_place(void **state)
{
	struct harness *h = *state;
	struct tab tab;
	const char *first;

	save(h, "Vega", "vega@example.org");
	tab = open_tab(h);
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 303);
	first = apply_location(h);
	assert_int_equal(strncmp(first, FORM "/received/", 22), 0);
	assert_int_equal(count(h, "draft"), 0);
	/* A double click, or the answer was lost. */
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(apply_location(h), first);
	/* The script knew of a later saving, then went back and sent again. */
	tab.mark = "1795330800-9";
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	assert_string_equal(apply_location(h), first);
	assert_int_equal(count(h, "application"), 1);
}

static void
after_sending_a_forgotten_tab_brings_nothing_back_unasked(void **state)
{
	struct harness *h = *state;
	struct tab tab, other;

	save(h, "Vega", "vega@example.org");
	tab = open_tab(h);
	other = open_tab(h);
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_field(h, "name", "Vega");
	press(h, &other, "keep");
	harness_expect_status(h, 409);
	fill(h, "Vega", "vega@example.org");
	press(h, &other, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "sent or forgotten in another window");
	harness_expect(h, "value=\"Vega\"");
	assert_int_equal(count(h, "draft"), 0);
	assert_int_equal(count(h, "application"), 1);
}

/* What the browser still has is sent once more, unread: it is the same. */
static void
the_same_words_sent_from_a_fresh_page_are_one_application(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 303);
	tab = open_tab(h);
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_int_equal(count(h, "application"), 1);
}

static void
what_was_begun_before_the_deadline_can_be_sent_for_a_while_after(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	save(h, "Vega", "vega@example.org");
	harness_set_now(h, apply_closes() + 30 * CLOCK_MINUTE - 1);
	tab = open_tab(h);
	harness_expect(h, "Yours can still be sent until");
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, "keep");
	harness_expect_status(h, 200);
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 303);
	assert_int_equal(count(h, "application"), 1);
}

static void
after_the_grace_nothing_is_taken_and_the_words_come_back(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	save(h, "Vega", "vega@example.org");
	tab = open_tab(h);
	harness_set_now(h, apply_closes() + 30 * CLOCK_MINUTE);
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "value=\"Vega\"");
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, "save");
	harness_expect_status(h, 422);
	harness_expect(h, "value=\"Vega\"");
	harness_get(h, FORM);
	harness_expect(h, "Applications are closed");
	assert_int_equal(count(h, "application"), 0);
	assert_int_equal(count(h, "draft"), 1);
}

static void
whoever_began_nothing_in_time_has_no_grace(void **state)
{
	struct harness *h = *state;
	struct tab tab;

	harness_set_now(h, apply_closes() - 1);
	tab = open_tab(h);
	harness_set_now(h, apply_closes());
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_field(h, "name", "Vega");
	press(h, &tab, "save");
	harness_expect_status(h, 422);
	harness_field(h, "name", "Vega");
	press(h, &tab, "keep");
	harness_expect_status(h, 410);
	assert_int_equal(count(h, "application"), 0);
	assert_int_equal(count(h, "draft"), 0);
}

/* The link of a draft's mail, recorded as the courier does. */
static const char *
link_of(struct harness *h, int64_t draft_id)
{
	const char *token = token_random(harness_arena(h));

	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record(harness_db(h), harness_arena(h), token,
	    &(struct link_new){ .purpose = "draft", .draft_id = draft_id }, harness_now(h),
	    apply_closes() + 40 * CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
	return arena_format(harness_arena(h), "/apply/draft/%s", token);
}

static void
safety_14_the_mailed_link_opens_the_draft_by_its_button_alone(void **state)
{
	struct harness *h = *state;
	const char *path, *before;

	save(h, "Vega", "vega@example.org");
	path = link_of(h, 1);
	harness_forget(h);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, path);
		harness_expect_status(h, 200);
		harness_head(h, path);
	}
	harness_expect_not(h, "Vega");
	assert_string_equal(harness_dump(h), before);
	harness_get(h, FORM);
	harness_expect_not(h, "Vega");
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	harness_expect_location(h, FORM "?done=draft_opened");
	harness_get(h, FORM);
	harness_expect(h, "value=\"Vega\"");
	assert_string_equal(harness_header(h, "Referrer-Policy"), "same-origin");
	harness_get(h, path);
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
	/* It works on the next device, too. */
	harness_forget(h);
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_int_equal(count(h, "draft_browser"), 3);
}

static void
a_draft_link_is_no_session(void **state)
{
	struct harness *h = *state;
	const char *path;

	save(h, "Vega", "vega@example.org");
	path = link_of(h, 1);
	harness_forget(h);
	harness_get(h, path);
	harness_post(h, path);
	assert_int_equal(count(h, "session"), 0);
	assert_int_equal(count(h, "person"), 0);
}

static void
a_link_of_a_sent_or_late_draft_opens_nothing(void **state)
{
	struct harness *h = *state;
	const char *path;

	save(h, "Vega", "vega@example.org");
	path = link_of(h, 1);
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
	assert_true(draft_record_code(
	    harness_db(h), harness_arena(h), harness_site(h)->secret, 1, code));
	assert_true(db_commit(harness_db(h)));
}

static void
type_code(struct harness *h, const char *email, const char *code)
{
	harness_get(h, FORM "/code");
	harness_expect_status(h, 200);
	harness_field(h, "email", email);
	harness_field(h, "code", code);
	harness_post(h, FORM "/code");
}

static void
the_mailed_code_opens_the_draft_where_it_is_typed(void **state)
{
	struct harness *h = *state;

	save(h, "Vega", "vega@example.org");
	record_code(h, "7KQMR4XW");
	harness_forget(h);
	type_code(h, "Vega@Example.org", "7kqm-r4xw");
	harness_expect_status(h, 303);
	harness_get(h, FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
safety_18_a_wrong_code_and_an_unknown_address_get_the_same_answer(void **state)
{
	struct harness *h = *state;
	const char *known, *unknown;

	save(h, "Vega", "vega@example.org");
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

	save(h, "Vega", "vega@example.org");
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

	save(h, "Vega", "vega@example.org");
	harness_get(h, FORM);
	harness_expect(h, "Forget the draft here");
	harness_expect(h, "The link in our mail still opens it");
	harness_post(h, FORM "/forget");
	harness_expect_status(h, 303);
	harness_get(h, FORM);
	harness_expect_not(h, "Vega");
	assert_int_equal(count(h, "draft"), 1);
	path = link_of(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_get(h, FORM);
	harness_expect(h, "value=\"Vega\"");
}

static void
a_forgotten_draft_without_an_address_is_gone(void **state)
{
	struct harness *h = *state;

	save(h, "Vega", "");
	harness_get(h, FORM);
	harness_expect(h, "nobody can open it again");
	harness_post(h, FORM "/forget");
	assert_int_equal(count(h, "draft"), 0);
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
	path = link_of(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	tab = open_tab(h);
	fill(h, "Vega", "mira@example.org");
	press(h, &tab, NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "only take an application from vega@example.org");
	fill(h, "Vega", "vega@example.org");
	press(h, &tab, NULL);
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
	path = link_of(h, 1);
	harness_get(h, path);
	harness_post(h, path);
	harness_set_now(h, now + CLOCK_DAY);
	harness_get(h, FORM);
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

static void
a_stale_token_gives_the_words_back(void **state)
{
	struct harness *h = *state;
	struct tab tab = open_tab(h);

	harness_forget(h);
	harness_without_token(h);
	harness_field(h, "_csrf", "gone");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
	harness_field(h, "name", "Vega");
	press(h, &tab, "save");
	harness_expect_status(h, 403);
	harness_expect(h, "value=\"Vega\"");
	assert_int_equal(count(h, "draft"), 0);
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
		apply_test(a_stale_token_gives_the_words_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
