/*
 * Whether an address is known here is told to nobody who asks: neither by what
 * is answered nor by how much work the answer was (safety rule 18). Times are
 * measured by hand; here work is counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "all_world.h"
#include "apply_steps.h"
#include "ground/bytes.h"
#include "ground/token.h"

/* An answer without what is random in it, and what it took. */
struct asked {
	int status;
	const char *head;
	const char *page; /* where it led to */
	size_t statements;
};

static int
count_statement(unsigned event, void *context, void *statement, void *text)
{
	size_t *count = context;

	(void)event;
	(void)statement;
	/* A trigger's own statements come as comments. */
	if (strncmp(text, "--", 2) != 0) {
		++*count;
	}
	return 0;
}

static void
count_begin(struct harness *h, size_t *count)
{
	*count = 0;
	assert_int_equal(
	    sqlite3_trace_v2(harness_db(h)->sqlite, SQLITE_TRACE_STMT, count_statement, count),
	    SQLITE_OK);
}

static void
count_end(struct harness *h)
{
	assert_int_equal(sqlite3_trace_v2(harness_db(h)->sqlite, 0, NULL, NULL), SQLITE_OK);
}

/* The text without any of these words. */
static const char *
without(struct harness *h, const char *text, const char *words)
{
	struct bytes *out = bytes_new(harness_arena(h));
	size_t length = strlen(words);

	while (*text != '\0') {
		if (strncmp(text, words, length) == 0) {
			text += length;
		} else {
			bytes_char(out, *text++);
		}
	}
	return out->data;
}

/* A stranger whose token is the same each time. */
static void
become_nobody(struct harness *h)
{
	world_become(h, WORLD_STRANGER);
	harness_cookie(h, harness_site(h)->form_cookie, WORLD_SIGN_IN_TOKEN);
}

/* ---- signing in ---- */

static struct asked
ask_for_link(struct harness *h, const char *email, int times)
{
	struct asked asked = { 0 };

	harness_program(h, &cohort_program);
	for (int i = 0; i < times; i++) {
		become_nobody(h);
		harness_get(h, "/cohort/sign-in");
		harness_field(h, "email", email);
		harness_field(h, "next", "/standup/");
		count_begin(h, &asked.statements);
		harness_post(h, "/cohort/sign-in");
		count_end(h);
	}
	asked.status = harness_status(h);
	asked.head = harness_head_text(h);
	asked.page = without(h, harness_body_text(h), email);
	if (asked.status == 303) {
		harness_get(h, "/cohort/sign-in/sent");
		asked.page = harness_body_text(h);
	}
	return asked;
}

static void
expect_alike(const struct asked *known, const struct asked *unknown)
{
	assert_int_equal(known->status, unknown->status);
	assert_string_equal(known->head, unknown->head);
	assert_string_equal(known->page, unknown->page);
}

static void
safety_18_asking_for_a_link_tells_nothing_by_bytes_headers_or_work(void **state)
{
	/* As long as each other: a Content-Length would tell. */
	static const char known[] = "rigel@example.org", unknown[] = "lupus@example.org";
	struct harness *h = world_new();
	struct asked one, other;

	(void)state;
	one = ask_for_link(h, known, 1);
	other = ask_for_link(h, unknown, 1);
	assert_int_equal(one.status, 303);
	expect_alike(&one, &other);
	assert_int_equal(one.statements, other.statements);
	/* Up to the limit, and beyond it. */
	one = ask_for_link(h, known, 5);
	other = ask_for_link(h, unknown, 5);
	assert_int_equal(one.status, 422);
	assert_int_equal(one.statements, other.statements);
	expect_alike(&one, &other);
	harness_free(h);
}

static void
safety_18_a_disabled_account_is_as_unknown_as_any(void **state)
{
	struct harness *h = world_new();
	struct asked one, other;

	(void)state;
	harness_run_sql(
	    h, "UPDATE person SET is_disabled = 1 WHERE email_key = 'rigel@example.org'");
	one = ask_for_link(h, "rigel@example.org", 1);
	other = ask_for_link(h, "lupus@example.org", 1);
	expect_alike(&one, &other);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'sign_in'"), 0);
	harness_free(h);
}

/* ---- applying ---- */

/* The value that the last receipt has in this column. */
static const char *
of_receipt(struct harness *h, const char *column)
{
	const char *row = harness_rows(h,
	    arena_format(harness_arena(h),
		"SELECT %s FROM receipt ORDER BY received_at DESC, rowid DESC LIMIT 1", column));

	return arena_copy_bytes(harness_arena(h), row, strcspn(row, "|"));
}

static struct asked
apply_with(struct harness *h, const char *email)
{
	struct asked asked = { 0 };

	harness_program(h, &apply_program);
	become_nobody(h);
	harness_get(h, "/apply/pavo");
	harness_field(h, "_key", token_random(harness_arena(h)));
	harness_field(h, "email", email);
	apply_fill(h, NULL);
	count_begin(h, &asked.statements);
	harness_post(h, "/apply/pavo");
	count_end(h);
	asked.status = harness_status(h);
	asked.head = without(h, harness_head_text(h), of_receipt(h, "key"));
	harness_get(h, apply_location(h));
	harness_expect_status(h, 200);
	asked.page =
	    without(h, without(h, harness_body_text(h), email), of_receipt(h, "reference"));
	return asked;
}

static void
safety_18_applying_with_a_known_address_looks_like_applying_with_a_new_one(void **state)
{
	static const char known[] = "lupus@example.org", unknown[] = "norma@example.org";
	struct harness *h = world_new();
	struct asked one, other;

	(void)state;
	harness_program(h, &apply_program);
	(void)apply_confirmed(h, "pavo", known);
	/* A little later, so that a mail is due for both. */
	harness_set_now(h, HARNESS_NOW + 3600);
	one = apply_with(h, known);
	other = apply_with(h, unknown);
	assert_int_equal(one.status, 303);
	expect_alike(&one, &other);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application WHERE email ="
			     " 'lupus@example.org'"),
	    1);
	/* What is written for a known address is undone again, so that it is as
	 * much work however many answers there are. */
	assert_in_range(one.statements + 5 - other.statements, 0, 10);
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    safety_18_asking_for_a_link_tells_nothing_by_bytes_headers_or_work),
		cmocka_unit_test(safety_18_a_disabled_account_is_as_unknown_as_any),
		cmocka_unit_test(
		    safety_18_applying_with_a_known_address_looks_like_applying_with_a_new_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
