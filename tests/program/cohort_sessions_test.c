/*
 * The list of one's sessions, and how they end: by a button, by time, by a
 * role, by somebody being kept out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "db/db.h"
#include "db/query/person.h"
#include "db/refusal.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/session.h"

#define SESSIONS "/cohort/me/sessions"
#define FIREFOX "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"

static int64_t
count(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM session");
}

/* Signs in by a link, as a browser of that name. */
static void
enter(struct harness *h, int64_t person, const char *agent)
{
	const char *token = token_random(harness_arena(h));

	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_sign_in(harness_db(h), harness_arena(h), token, person, NULL,
	    harness_now(h), harness_now(h) + SIGN_IN_LINK_SECONDS));
	assert_true(db_commit(harness_db(h)));
	if (agent != NULL) {
		harness_variable(h, "HTTP_USER_AGENT", agent);
	}
	harness_post(h, arena_format(harness_arena(h), "/cohort/enter/%s", token));
	harness_expect_status(h, 303);
}

static void
end(struct harness *h, int64_t session)
{
	harness_field(h, "session", arena_format(harness_arena(h), "%lld", (long long)session));
	harness_post(h, SESSIONS "/end");
}

static int64_t
newest(struct harness *h)
{
	return harness_number(h, "SELECT max(id) FROM session");
}

static const char *
cookie(struct harness *h)
{
	const char *value = strchr(harness_header(h, "Set-Cookie"), '=') + 1;

	return arena_copy_bytes(harness_arena(h), value, strcspn(value, ";"));
}

static void
each_session_stands_there_with_its_device_and_last_use(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "DELETE FROM session");
	harness_forget(h);
	enter(h, HOUSE_POLARIS, FIREFOX);
	harness_forget(h);
	harness_set_now(h, HARNESS_NOW + 30 * CLOCK_MINUTE);
	enter(h, HOUSE_POLARIS, "a thing of its own");
	harness_forget(h);
	harness_set_now(h, HARNESS_NOW + 3 * CLOCK_HOUR);
	enter(h, HOUSE_POLARIS, NULL);
	harness_get(h, SESSIONS);
	harness_expect_status(h, 200);
	harness_expect(h, "<h3>Firefox on Android</h3>");
	harness_expect(h, "<h3>A device that does not say what it is</h3>");
	harness_expect(h, "This device");
	harness_expect(h, "Last used now");
	harness_expect(h, "Last used 3 hours ago");
	harness_expect(h, "Last used 2 hours ago");
	harness_expect_not(h, "a thing of its own");
	harness_set_now(h, HARNESS_NOW + 3 * CLOCK_HOUR + 59 * CLOCK_MINUTE);
	harness_forget(h);
	enter(h, HOUSE_POLARIS, NULL);
	harness_get(h, SESSIONS);
	harness_expect(h, "Last used within the last hour");
	harness_expect(h, "after 14 days without use, and after 180 days in any case");
}

static void
what_a_browser_says_is_kept_as_a_few_words_of_ours_alone(void **state)
{
	struct harness *h = *state;
	char *longer = arena_alloc(harness_arena(h), 1026);

	memset(longer, ' ', 1025);
	memcpy(longer, "Firefox/1 Linux", 15);
	harness_forget(h);
	enter(h, HOUSE_POLARIS, longer);
	assert_string_equal(
	    harness_rows(h, "SELECT device FROM session ORDER BY id DESC LIMIT 1"), "|\n");
	harness_forget(h);
	enter(h, HOUSE_POLARIS, "Firefox/1 Linux \xc3\xa9");
	assert_string_equal(
	    harness_rows(h, "SELECT device FROM session ORDER BY id DESC LIMIT 1"), "|\n");
	longer[1024] = '\0';
	harness_forget(h);
	enter(h, HOUSE_POLARIS, longer);
	assert_string_equal(harness_rows(h, "SELECT device FROM session ORDER BY id DESC LIMIT 1"),
	    "Firefox on Linux|\n");
	assert_null(strstr(harness_dump(h), "Firefox/1"));
}

static void
a_session_of_one_application_says_so(void **state)
{
	struct harness *h = *state;
	int64_t application = house_application(h, "Luna");
	int64_t luna = harness_person(h, "luna@example.org", "Luna");

	harness_sign_in_for(h, luna, application);
	harness_forget(h);
	harness_sign_in(h, luna);
	harness_get(h, SESSIONS);
	harness_expect(h, "Only for your application to Orion");
	/* It reaches that application and no account. */
	harness_forget(h);
	harness_sign_in_for(h, luna, application);
	harness_get(h, SESSIONS);
	harness_expect_status(h, 303);
}

static void
safety_21_one_is_signed_out_from_another_device(void **state)
{
	struct harness *h = *state;
	const char *name = harness_site(h)->session_cookie, *lost;
	int64_t session;

	harness_forget(h);
	enter(h, HOUSE_POLARIS, FIREFOX);
	lost = cookie(h);
	session = newest(h);
	harness_forget(h);
	enter(h, HOUSE_POLARIS, NULL);
	end(h, session);
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), SESSIONS "?done=session_ended");
	harness_get(h, SESSIONS "?done=session_ended");
	harness_expect_status(h, 200);
	harness_expect(h, "That device is signed out.");
	harness_expect_not(h, "Firefox on Android");
	harness_forget(h);
	harness_cookie(h, name, lost);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/sign-in?next=%2Fcohort%2Fme");
}

static void
safety_30_the_session_of_another_is_none_that_there_is(void **state)
{
	struct harness *h = *state;
	int64_t vega = harness_person(h, "vega@example.org", "Vega"), session, had;

	harness_sign_in(h, vega);
	session = newest(h);
	harness_sign_in(h, HOUSE_POLARIS);
	had = count(h);
	end(h, session);
	harness_expect_status(h, 404);
	end(h, 999999);
	harness_expect_status(h, 404);
	assert_int_equal(count(h), had);
	harness_get(h, SESSIONS);
	harness_expect_not(h, arena_format(harness_arena(h), "value=\"%lld\"", (long long)session));
}

static void
ending_the_session_one_uses_is_signing_out(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, HOUSE_POLARIS);
	end(h, newest(h));
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), "/?done=signed_out");
	harness_get(h, SESSIONS);
	harness_expect_status(h, 303);
}

static void
signing_out_everywhere_ends_every_session_of_mine(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, harness_person(h, "vega@example.org", "Vega"));
	harness_sign_in(h, HOUSE_POLARIS);
	harness_post(h, "/cohort/me/sign-out");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT person.name FROM session"
				" JOIN person ON person.id = person_id"),
	    "Vega|\n");
}

/* Visits one's page so long after HARNESS_NOW and expects that status. */
static void
visit_at(struct harness *h, int64_t seconds, int status)
{
	harness_set_now(h, HARNESS_NOW + seconds);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, status);
}

static void
safety_22_an_organisers_session_ends_after_14_idle_days(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, HOUSE_POLARIS);
	harness_set_now(h, HARNESS_NOW + 14 * CLOCK_DAY);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	visit_at(h, 14 * CLOCK_DAY - 1, 200);
	/* That was a use: it counts from there. */
	visit_at(h, 28 * CLOCK_DAY - 2, 200);
	visit_at(h, 42 * CLOCK_DAY - 2, 303);
}

static void
safety_22_a_members_session_ends_after_30_idle_days(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, harness_person(h, "vega@example.org", "Vega"));
	harness_set_now(h, HARNESS_NOW + 30 * CLOCK_DAY);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	visit_at(h, 30 * CLOCK_DAY - 1, 200);
}

static void
safety_22_any_session_ends_after_180_days(void **state)
{
	struct harness *h = *state;
	int64_t day;

	harness_sign_in(h, harness_person(h, "vega@example.org", "Vega"));
	for (day = 20; day < 180; day += 20) {
		visit_at(h, day * CLOCK_DAY, 200);
	}
	visit_at(h, 180 * CLOCK_DAY - 1, 200);
	visit_at(h, 180 * CLOCK_DAY, 303);
}

/* One query each, after which Vega's session is an organiser's. */
static const char *const appointments[] = {
	"INSERT INTO member (cohort_id, person_id, role, joined_at)"
	" SELECT 1, id, 'organiser', 1 FROM person WHERE name = 'Vega'",
	"UPDATE person SET is_administrator = 1 WHERE name = 'Vega'",
	"INSERT INTO member (cohort_id, person_id, role, joined_at, left_at)"
	" SELECT 1, id, 'organiser', 1, 2 FROM person WHERE name = 'Vega';"
	"UPDATE member SET left_at = NULL WHERE left_at = 2",
};

static void
safety_22_who_becomes_organiser_meanwhile_gets_the_shorter_limit_too(void **state)
{
	for (size_t i = 0; i < sizeof(appointments) / sizeof(appointments[0]); i++) {
		struct harness *h;

		if (i > 0) {
			assert_int_equal(house_tear_down(state), 0);
			assert_int_equal(house_set_up(state), 0);
		}
		h = *state;
		harness_sign_in(h, harness_person(h, "vega@example.org", "Vega"));
		harness_run_sql(h, appointments[i]);
		visit_at(h, 14 * CLOCK_DAY, 303);
		visit_at(h, 14 * CLOCK_DAY - 1, 200);
	}
}

static void
safety_21_a_role_that_ended_opens_nothing_from_the_next_request_on(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, HOUSE_POLARIS);
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_status(h, 200);
	harness_run_sql(h, "UPDATE member SET left_at = 1");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_status(h, 404);
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 404);
}

static void
safety_21_a_disabled_account_is_signed_out_and_stays_so(void **state)
{
	struct harness *h = *state;

	harness_sign_in(h, HOUSE_POLARIS);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1");
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	harness_field(h, "name", "Polaris");
	harness_field(h, "zone", "UTC");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
	harness_post(h, "/cohort/me");
	harness_expect_status(h, 403);
	harness_expect(h, "<h1>Please sign in again</h1>");
}

static void
who_was_erased_never_signs_in_again(void **state)
{
	struct harness *h = *state;
	const char *token = token_random(harness_arena(h));

	harness_sign_in(h, HOUSE_POLARIS);
	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_sign_in(harness_db(h), harness_arena(h), token, HOUSE_POLARIS, NULL,
	    HARNESS_NOW, HARNESS_NOW + SIGN_IN_LINK_SECONDS));
	assert_true(db_commit(harness_db(h)));
	harness_run_sql(h, "UPDATE person SET erased_at = 1");
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT is_disabled FROM person"), 1);
	harness_forget(h);
	harness_post(h, arena_format(harness_arena(h), "/cohort/enter/%s", token));
	harness_expect_status(h, 410);
	/* Not even by the operator's hand. */
	assert_true(db_begin_write(harness_db(h)));
	assert_int_equal(
	    person_set_disabled(harness_db(h),
		&(struct person_set_disabled_in){ .id = HOUSE_POLARIS, .is_disabled = 0 }),
	    -1);
	assert_int_equal(db_refusal(harness_db(h)), REFUSAL_PERSON_IS_ERASED);
	db_rollback(harness_db(h));
}

static void
safety_26_a_token_is_looked_up_by_its_hash_whole(void **state)
{
	struct harness *h = *state;
	const char *name = harness_site(h)->session_cookie, *good;
	char *other;

	harness_forget(h);
	enter(h, HOUSE_POLARIS, NULL);
	good = cookie(h);
	for (size_t i = 0; i < strlen(good); i++) {
		other = arena_copy_bytes(harness_arena(h), good, strlen(good));
		other[i] = other[i] == 'A' ? 'Q' : 'A';
		harness_forget(h);
		harness_cookie(h, name, other);
		harness_get(h, "/cohort/me");
		harness_expect_status(h, 303);
	}
	/* Nor is the hash, which a stolen database holds, a token (17). */
	harness_forget(h);
	harness_cookie(
	    h, name, arena_copy_bytes(harness_arena(h), token_hash(harness_arena(h), good), 43));
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	harness_cookie(h, name, good);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(each_session_stands_there_with_its_device_and_last_use),
		house_test(what_a_browser_says_is_kept_as_a_few_words_of_ours_alone),
		house_test(a_session_of_one_application_says_so),
		house_test(safety_21_one_is_signed_out_from_another_device),
		house_test(safety_30_the_session_of_another_is_none_that_there_is),
		house_test(ending_the_session_one_uses_is_signing_out),
		house_test(signing_out_everywhere_ends_every_session_of_mine),
		house_test(safety_22_an_organisers_session_ends_after_14_idle_days),
		house_test(safety_22_a_members_session_ends_after_30_idle_days),
		house_test(safety_22_any_session_ends_after_180_days),
		house_test(safety_22_who_becomes_organiser_meanwhile_gets_the_shorter_limit_too),
		house_test(safety_21_a_role_that_ended_opens_nothing_from_the_next_request_on),
		house_test(safety_21_a_disabled_account_is_signed_out_and_stays_so),
		house_test(who_was_erased_never_signs_in_again),
		house_test(safety_26_a_token_is_looked_up_by_its_hash_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
