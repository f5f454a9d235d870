/*
 * The mailed link: what opening it and pressing its button do.
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

/* Applies and gives the path that the mail would carry, in a new browser. */
static const char *
applied(struct harness *h, const char *email)
{
	const char *path;

	apply_send_other(h, "orion", email, "experience",
	    arena_format(harness_arena(h), "Form %lld",
		(long long)harness_number(h, "SELECT count(*) FROM application")));
	harness_expect_status(h, 303);
	path = apply_link_path(h, apply_token(h));
	harness_forget(h);
	return path;
}

static int64_t
sessions(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM session");
}

static void
safety_14_opening_a_link_changes_nothing(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");
	const char *before = harness_dump(h);
	int i;

	for (i = 0; i < 10; i++) {
		harness_get(h, path);
		harness_expect_status(h, 200);
		harness_expect(h, "Confirm my address");
		harness_head(h, path);
		harness_expect_status(h, 200);
		harness_forget(h);
	}
	assert_string_equal(harness_dump(h), before);
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_int_equal(sessions(h), 1);
}

static void
its_button_confirms_and_opens_the_application(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");

	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_int_equal(strncmp(apply_location(h), "/apply/mine/", 12), 0);
	assert_string_equal(harness_rows(h,
				"SELECT person.name, person.zone, application.confirmed_at"
				" FROM application JOIN person ON person.id = person_id"),
	    "Vega|Europe/Vienna|1795330800|\n");
	harness_get(h, harness_header(h, "Location"));
	harness_expect_status(h, 200);
	harness_expect(h, "your application counts");
	harness_expect(h, "It counts");
}

static void
safety_20_the_cookie_of_before_is_replaced_and_dead(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");
	const char *cookie = harness_site(h)->session_cookie, *old;
	int64_t person = harness_person(h, "altair@example.org", "Altair");

	harness_sign_in(h, person);
	old = harness_rows(h, "SELECT token_hash FROM session");
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 303);
	assert_non_null(strstr(harness_head_text(h), cookie));
	assert_int_equal(sessions(h), 1);
	assert_string_not_equal(harness_rows(h, "SELECT token_hash FROM session"), old);
	assert_int_equal(harness_number(h,
			     "SELECT application_id"
			     " FROM session"),
	    1);
}

static void
the_link_opens_the_application_on_any_device_until_the_deadline(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");

	harness_get(h, path);
	harness_post(h, path);
	harness_forget(h);
	harness_set_now(h, apply_closes() - 1);
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "Open my application");
	harness_post(h, path);
	harness_expect_status(h, 303);
	harness_get(h, apply_location(h));
	harness_expect_status(h, 200);
	assert_int_equal(sessions(h), 2);
	harness_forget(h);
	harness_set_now(h, apply_closes());
	harness_get(h, path);
	harness_expect_status(h, 410);
}

static void
an_old_link_is_explained_kindly(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org"), *before;

	harness_set_now(h, HARNESS_NOW + APPLICATION_CONFIRM_SECONDS);
	before = harness_dump(h);
	harness_get(h, path);
	harness_expect_status(h, 410);
	harness_expect(h, "This link no longer works");
	harness_expect(h, "/apply/");
	harness_post(h, path);
	harness_expect_status(h, 410);
	assert_string_equal(harness_dump(h), before);
}

static void
an_unknown_link_is_explained_kindly(void **state)
{
	struct harness *h = *state;

	harness_get(h, apply_link_path(h, token_random(harness_arena(h))));
	harness_expect_status(h, 410);
	harness_post(h, apply_link_path(h, "short"));
	harness_expect_status(h, 410);
	assert_int_equal(sessions(h), 0);
}

static void
a_second_application_leads_to_the_one_that_counts(void **state)
{
	struct harness *h = *state;
	const char *first = applied(h, "vega@example.org");
	const char *second = applied(h, "vega@example.org");

	harness_get(h, first);
	harness_post(h, first);
	first = apply_location(h);
	harness_forget(h);
	harness_get(h, second);
	harness_post(h, second);
	harness_expect_status(h, 303);
	assert_string_equal(apply_location(h), first);
	harness_get(h, harness_header(h, "Location"));
	harness_expect_status(h, 200);
	harness_expect(h, "You had already applied to this cohort");
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application"
			     " WHERE confirmed_at IS NOT NULL"),
	    1);
}

static void
safety_24_no_referrer_leaves_the_page_of_a_link(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");

	harness_get(h, path);
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
	assert_non_null(strstr(harness_header(h, "Cache-Control"), "no-store"));
	harness_get(h, apply_link_path(h, "unknown"));
	assert_string_equal(harness_header(h, "Referrer-Policy"), "no-referrer");
}

static void
safety_27_a_button_on_another_site_confirms_nothing(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");
	const char *before = harness_dump(h);

	harness_without_token(h);
	harness_post(h, path);
	harness_expect_status(h, 403);
	harness_get(h, path);
	harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
	harness_post(h, path);
	harness_expect_status(h, 403);
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
	harness_post(h, path);
	harness_expect_status(h, 403);
	assert_string_equal(harness_dump(h), before);
}

static void
safety_21_a_disabled_account_is_not_entered(void **state)
{
	struct harness *h = *state;
	const char *path = applied(h, "vega@example.org");

	harness_person(h, "vega@example.org", "Vega");
	harness_run_sql(h, "UPDATE person SET is_disabled = 1");
	harness_get(h, path);
	harness_post(h, path);
	harness_expect_status(h, 410);
	assert_int_equal(sessions(h), 0);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application"
			     " WHERE confirmed_at IS NOT NULL"),
	    0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(safety_14_opening_a_link_changes_nothing),
		CASE(its_button_confirms_and_opens_the_application),
		CASE(safety_20_the_cookie_of_before_is_replaced_and_dead),
		CASE(the_link_opens_the_application_on_any_device_until_the_deadline),
		CASE(an_old_link_is_explained_kindly),
		CASE(an_unknown_link_is_explained_kindly),
		CASE(a_second_application_leads_to_the_one_that_counts),
		CASE(safety_24_no_referrer_leaves_the_page_of_a_link),
		CASE(safety_27_a_button_on_another_site_confirms_nothing),
		CASE(safety_21_a_disabled_account_is_not_entered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
