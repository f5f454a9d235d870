/*
 * Signing in by a mailed link, and out again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "cohort_house.h"
#include "db/db.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "model/session.h"

extern const struct program cohort_program;

#define LINK "/cohort/enter/%s"

/* What the courier does when it sends the mail: a link of ten minutes. */
static const char *
mailed_link(struct harness *h, int64_t person, const char *next)
{
	const char *token = token_random(harness_arena(h));

	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_sign_in(harness_db(h), harness_arena(h), token, person, next,
	    harness_now(h), harness_now(h) + SIGN_IN_LINK_SECONDS));
	assert_true(db_commit(harness_db(h)));
	return arena_format(harness_arena(h), LINK, token);
}

static void
ask(struct harness *h, const char *email)
{
	harness_field(h, "email", email);
	harness_post(h, "/cohort/sign-in");
}

static int64_t
sessions(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM session");
}

static void
a_link_is_mailed_to_a_known_address(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	harness_get(h, "/cohort/sign-in?next=%2Fcohort%2Forion%2Fmembers");
	harness_expect(h, "value=\"/cohort/orion/members\"");
	harness_field(h, "email", "Polaris@EXAMPLE.org");
	harness_field(h, "next", "/cohort/orion/members");
	harness_post(h, "/cohort/sign-in");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/sign-in/sent");
	assert_string_equal(harness_rows(h,
				"SELECT kind, recipient, json_extract(parameters, '$.next'),"
				" parameters LIKE '%token%' FROM outbox"),
	    "sign_in|polaris@example.org|/cohort/orion/members|0|\n");
}

static void
safety_18_known_and_unknown_address_get_the_same(void **state)
{
	struct harness *h = *state;
	const char *head, *body;

	harness_forget(h);
	ask(h, "polaris@example.org");
	harness_expect_status(h, 303);
	head = arena_copy(harness_arena(h), harness_head_text(h));
	body = arena_copy(harness_arena(h), harness_body_text(h));
	ask(h, "nobody@example.org");
	assert_string_equal(harness_head_text(h), head);
	assert_string_equal(harness_body_text(h), body);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 1);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1");
	ask(h, "polaris@example.org");
	assert_string_equal(harness_head_text(h), head);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 1);
}

static int
note_statement(unsigned kind, void *context, void *statement, void *text)
{
	(void)kind;
	(void)statement;
	/* What a trigger runs is named in a comment. */
	if (strncmp(text, "--", 2) != 0) {
		bytes_format(context, "%s\n", (const char *)text);
	}
	return 0;
}

/* Every statement that asking for a link runs. */
static const char *
statements_of(struct harness *h, const char *email)
{
	struct bytes *all = bytes_new(harness_arena(h));

	assert_int_equal(
	    sqlite3_trace_v2(harness_db(h)->sqlite, SQLITE_TRACE_STMT, note_statement, all),
	    SQLITE_OK);
	ask(h, email);
	harness_expect_status(h, 303);
	(void)sqlite3_trace_v2(harness_db(h)->sqlite, 0, NULL, NULL);
	assert_true(all->length > 0);
	return all->data;
}

/* So that neither bytes nor time tell who has an account. */
static void
safety_18_known_unknown_and_disabled_cost_the_same_statements(void **state)
{
	struct harness *h = *state;
	const char *known;

	harness_person(h, "out@example.org", "Out");
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE name = 'Out'");
	harness_forget(h);
	/* A statement's first run is prepared, and traced twice. */
	(void)statements_of(h, "first@example.org");
	(void)statements_of(h, "polaris@example.org");
	harness_run_sql(h, "DELETE FROM outbox");
	known = statements_of(h, "polaris@example.org");
	assert_non_null(strstr(known, "INSERT INTO outbox"));
	assert_string_equal(statements_of(h, "nobody@example.org"), known);
	assert_string_equal(statements_of(h, "out@example.org"), known);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 1);
}

/* What they get is one page, which says where the link signs in. */
static void
a_link_opened_elsewhere_signs_in_there_and_the_page_says_so(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	ask(h, "polaris@example.org");
	harness_get(h, "/cohort/sign-in/sent");
	harness_expect(h, "signs in the device on which you open it");
	harness_post(h, mailed_link(h, HOUSE_POLARIS, NULL));
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	harness_forget(h);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
}

static void
safety_19_the_sixth_link_of_an_hour_is_refused_kindly(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	for (int i = 0; i < 5; i++) {
		ask(h, "polaris@example.org");
		harness_expect_status(h, 303);
	}
	ask(h, "polaris@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "wait an hour");
	harness_expect(h, "value=\"polaris@example.org\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 5);
	for (int i = 0; i < 6; i++) {
		ask(h, "unknown@example.org");
	}
	harness_expect_status(h, 422);
	harness_set_now(h, HARNESS_NOW + 3601);
	ask(h, "polaris@example.org");
	harness_expect_status(h, 303);
}

static void
safety_9_an_address_is_one_address(void **state)
{
	struct harness *h = *state;
	static const char *const wrong[] = { "", "polaris", "polaris@example.org\r\nBcc: x@y.org",
		"a@b.org, c@d.org", "<polaris@example.org>" };

	harness_forget(h);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ask(h, wrong[i]);
		harness_expect_status(h, 422);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

static void
safety_14_get_of_a_link_consumes_nothing(void **state)
{
	struct harness *h = *state;
	const char *link = mailed_link(h, HOUSE_POLARIS, NULL), *before;
	int64_t had;

	harness_forget(h);
	had = sessions(h);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, link);
		harness_expect_status(h, 200);
		harness_expect(h, "in 10 minutes");
		harness_expect_not(h, "autosubmit");
		harness_head(h, link);
		harness_expect_status(h, 200);
	}
	assert_string_equal(harness_dump(h), before);
	harness_post(h, link);
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/me");
	assert_int_equal(sessions(h), had + 1);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
}

static void
safety_15_a_link_works_once(void **state)
{
	struct harness *h = *state;
	const char *link = mailed_link(h, HOUSE_POLARIS, NULL);
	int64_t had = sessions(h);

	harness_forget(h);
	harness_post(h, link);
	harness_expect_status(h, 303);
	harness_forget(h);
	harness_post(h, link);
	harness_expect_status(h, 410);
	harness_expect(h, "Send me a new link");
	assert_null(harness_header(h, "Location"));
	harness_get(h, link);
	harness_expect_status(h, 410);
	assert_int_equal(sessions(h), had + 1);
}

static void
safety_16_an_old_link_is_refused_kindly_with_a_new_one_a_click_away(void **state)
{
	struct harness *h = *state;
	const char *link = mailed_link(h, HOUSE_POLARIS, "/cohort/orion/members");

	harness_forget(h);
	harness_set_now(h, HARNESS_NOW + 600);
	harness_get(h, link);
	harness_expect_status(h, 410);
	harness_expect(h, "Send me a new link");
	harness_expect_not(h, "polaris");
	harness_post(h, link);
	harness_expect_status(h, 410);
	harness_post(h, arena_format(harness_arena(h), "%s/renew", link));
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/sign-in/sent");
	assert_string_equal(
	    harness_rows(h, "SELECT recipient, json_extract(parameters, '$.next') FROM outbox"),
	    "polaris@example.org|/cohort/orion/members|\n");
}

static void
safety_16_using_one_voids_the_others_asking_voids_none(void **state)
{
	struct harness *h = *state;
	const char *first = mailed_link(h, HOUSE_POLARIS, NULL);
	const char *second = mailed_link(h, HOUSE_POLARIS, NULL);

	harness_forget(h);
	ask(h, "polaris@example.org");
	harness_get(h, first);
	harness_expect_status(h, 200);
	harness_post(h, second);
	harness_expect_status(h, 303);
	harness_forget(h);
	harness_post(h, first);
	harness_expect_status(h, 410);
}

static void
safety_17_the_database_holds_no_token(void **state)
{
	struct harness *h = *state;
	const char *link = mailed_link(h, HOUSE_POLARIS, NULL);
	const char *token = strrchr(link, '/') + 1, *cookie;

	harness_forget(h);
	assert_null(strstr(harness_dump(h), token));
	harness_post(h, link);
	cookie = strchr(harness_header(h, "Set-Cookie"), '=') + 1;
	assert_null(strstr(
	    harness_dump(h), arena_copy_bytes(harness_arena(h), cookie, strcspn(cookie, ";"))));
}

static void
safety_20_the_cookie_of_before_is_replaced_and_dead(void **state)
{
	struct harness *h = *state;
	const char *link = mailed_link(h, HOUSE_POLARIS, NULL);
	int64_t before = harness_number(h, "SELECT id FROM session");

	harness_post(h, link);
	harness_expect_status(h, 303);
	assert_non_null(strstr(harness_header(h, "Set-Cookie"), "HttpOnly"));
	assert_non_null(strstr(harness_header(h, "Set-Cookie"), "SameSite=Lax"));
	assert_int_not_equal(harness_number(h, "SELECT id FROM session"), before);
	assert_int_equal(sessions(h), 1);
}

/* Behind https the cookie is bound to our host alone, and to no path. */
static void
safety_23_the_cookie_is_ours_alone_and_no_page_is_stored(void **state)
{
	struct harness *h = harness_new_at(&cohort_program, "https://example.org");
	int64_t person = harness_person(h, "polaris@example.org", "Polaris");
	const char *cookie;

	(void)state;
	harness_get(h, "/cohort/sign-in");
	assert_non_null(strstr(harness_head_text(h), "Cache-Control: no-store"));
	harness_post(h, mailed_link(h, person, NULL));
	harness_expect_status(h, 303);
	cookie = harness_header(h, "Set-Cookie");
	assert_int_equal(strncmp(cookie, "__Host-", 7), 0);
	assert_non_null(strstr(cookie, "; Path=/;"));
	assert_non_null(strstr(cookie, "; Secure"));
	assert_non_null(strstr(cookie, "; HttpOnly"));
	assert_non_null(strstr(cookie, "; SameSite=Lax"));
	assert_null(strstr(cookie, "Domain"));
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	assert_non_null(strstr(harness_head_text(h), "Cache-Control: no-store"));
	harness_free(h);
}

static void
safety_24_no_referrer_leaves_a_link(void **state)
{
	struct harness *h = *state;

	harness_get(h, mailed_link(h, HOUSE_POLARIS, NULL));
	assert_non_null(strstr(harness_head_text(h), "Referrer-Policy: no-referrer"));
	assert_non_null(strstr(harness_head_text(h), "no-store"));
	harness_expect_not(h, "src=\"http");
}

static void
safety_25_next_leads_to_our_own_pages_only(void **state)
{
	struct harness *h = *state;
	static const char *const evil[] = { "https://evil.example/", "//evil.example",
		"/\\evil.example", "/%5cevil.example", "/\r\nSet-Cookie: a=b",
		"javascript:alert(1)", "cohort/me", "/../etc/passwd" };

	for (size_t i = 0; i < sizeof(evil) / sizeof(evil[0]); i++) {
		harness_forget(h);
		harness_run_sql(h, "DELETE FROM mail_request; DELETE FROM outbox");
		harness_field(h, "email", "polaris@example.org");
		harness_field(h, "next", evil[i]);
		harness_post(h, "/cohort/sign-in");
		assert_int_equal(harness_number(h,
				     "SELECT count(*) FROM outbox WHERE"
				     " json_extract(parameters, '$.next') <> ''"),
		    0);
		harness_post(h, mailed_link(h, HOUSE_POLARIS, evil[i]));
		harness_expect_status(h, 303);
		harness_expect_location(h, "/cohort/me");
	}
	harness_post(h, mailed_link(h, HOUSE_POLARIS, "/cohort/orion/members"));
	harness_expect_location(h, "/cohort/orion/members");
}

static void
a_link_of_an_application_enters_nothing_here(void **state)
{
	struct harness *h = *state;
	const char *token = token_random(harness_arena(h)), *link;
	int64_t application = house_application(h, "Luna");

	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_application(
	    harness_db(h), harness_arena(h), token, application, HARNESS_NOW, HARNESS_NOW + 600));
	assert_true(db_commit(harness_db(h)));
	link = arena_format(harness_arena(h), LINK, token);
	harness_forget(h);
	harness_get(h, link);
	harness_expect_status(h, 410);
	harness_post(h, link);
	harness_expect_status(h, 410);
	harness_post(h, arena_format(harness_arena(h), "%s/renew", link));
	harness_expect_location(h, "/cohort/sign-in");
}

static void
safety_21_signing_out_ends_the_session(void **state)
{
	struct harness *h = *state;

	harness_get(h, "/cohort/sign-out");
	harness_expect(h, "Polaris");
	harness_post(h, "/cohort/sign-out");
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), "/?done=signed_out");
	assert_int_equal(sessions(h), 0);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	harness_get(h, "/?done=signed_out");
	harness_expect(h, "You are signed out.");
	harness_post(h, "/cohort/sign-out");
	harness_expect_status(h, 303);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_link_is_mailed_to_a_known_address),
		house_test(safety_18_known_and_unknown_address_get_the_same),
		house_test(safety_18_known_unknown_and_disabled_cost_the_same_statements),
		house_test(a_link_opened_elsewhere_signs_in_there_and_the_page_says_so),
		house_test(safety_19_the_sixth_link_of_an_hour_is_refused_kindly),
		house_test(safety_9_an_address_is_one_address),
		house_test(safety_14_get_of_a_link_consumes_nothing),
		house_test(safety_15_a_link_works_once),
		house_test(safety_16_an_old_link_is_refused_kindly_with_a_new_one_a_click_away),
		house_test(safety_16_using_one_voids_the_others_asking_voids_none),
		house_test(safety_17_the_database_holds_no_token),
		house_test(safety_20_the_cookie_of_before_is_replaced_and_dead),
		house_test(safety_23_the_cookie_is_ours_alone_and_no_page_is_stored),
		house_test(safety_24_no_referrer_leaves_a_link),
		house_test(safety_25_next_leads_to_our_own_pages_only),
		house_test(a_link_of_an_application_enters_nothing_here),
		house_test(safety_21_signing_out_ends_the_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
