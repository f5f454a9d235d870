/* Who may see what, and who may keep it. */

#include <string.h>

#include "box.h"

static void
a_stranger_gets_a_page_that_may_be_kept_if_asked_about(void **state)
{
	harness_get(*state, "/");
	harness_expect_status(*state, 200);
	harness_expect(*state, "hello stranger");
	assert_string_equal(harness_header(*state, "Cache-Control"), "no-cache");
	assert_null(harness_header(*state, "Set-Cookie"));
}

static void
safety_23_a_signed_in_page_is_not_stored(void **state)
{
	harness_sign_in(*state, harness_person(*state, "vega@example.org", "Vega"));
	harness_get(*state, "/");
	harness_expect(*state, "hello Vega");
	assert_string_equal(harness_header(*state, "Cache-Control"), "no-store");
}

static void
safety_28_a_get_changes_nothing(void **state)
{
	static const char *const paths[] = { "/", "/form", "/mine", "/nothing", "/break",
		"/late?load=1", "/c/orion", "/c/orion/in" };
	int64_t vega = box_cohorts(*state);
	const char *before;
	size_t i;

	harness_sign_in(*state, vega);
	before = harness_dump(*state);
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(*state, paths[i]);
	}
	assert_string_equal(harness_dump(*state), before);
}

static void
safety_30_a_stranger_is_sent_to_sign_in_and_back(void **state)
{
	(void)box_cohorts(*state);
	harness_get(*state, "/mine?tab=2");
	harness_expect_status(*state, 303);
	harness_expect_location(*state, "/cohort/sign-in?next=%2Fmine%3Ftab%3D2");
	/* Whether the room is there or not, the door looks the same. */
	harness_get(*state, "/c/orion/in");
	harness_expect_location(*state, "/cohort/sign-in?next=%2Fc%2Forion%2Fin");
	harness_get(*state, "/c/nowhere/in");
	harness_expect_location(*state, "/cohort/sign-in?next=%2Fc%2Fnowhere%2Fin");
}

static void
safety_30_what_is_not_yours_is_what_does_not_exist(void **state)
{
	const char *absent;
	int64_t vega = box_cohorts(*state);

	harness_sign_in(*state, harness_person(*state, "deneb@example.org", "Deneb"));
	harness_variable(*state, "REQUEST_ID", "1");
	harness_get(*state, "/c/nowhere/in");
	harness_expect_status(*state, 404);
	absent = harness_body_text(*state);
	harness_variable(*state, "REQUEST_ID", "1");
	harness_get(*state, "/c/orion/in");
	harness_expect_status(*state, 404);
	assert_string_equal(harness_body_text(*state), absent);
	harness_sign_in(*state, vega);
	harness_get(*state, "/c/orion/in");
	harness_expect_status(*state, 200);
}

static void
safety_30_a_draft_is_there_for_its_organisers_alone(void **state)
{
	int64_t vega = box_cohorts(*state);

	harness_get(*state, "/c/orion");
	harness_expect_status(*state, 200);
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 404);
	harness_sign_in(*state, vega);
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 404);
	harness_run_sql(*state,
	    "INSERT INTO member (cohort_id, person_id,"
	    " role, joined_at) SELECT cohort.id, person.id, 'organiser', 1"
	    " FROM cohort, person WHERE slug = 'lyra'");
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 200);
}

static void
safety_30_a_session_of_one_application_opens_nothing_else(void **state)
{
	int64_t vega = box_cohorts(*state);

	harness_sign_in_for(*state, vega, 77);
	harness_get(*state, "/mine");
	harness_expect_status(*state, 303);
	harness_get(*state, "/c/orion/in");
	harness_expect_status(*state, 303);
	harness_get(*state, "/c/orion");
	harness_expect_status(*state, 200);
}

static void
safety_21_a_session_that_is_over_is_a_strangers(void **state)
{
	int64_t vega = harness_person(*state, "vega@example.org", "Vega");

	harness_sign_in(*state, vega);
	harness_get(*state, "/mine");
	harness_expect_status(*state, 200);
	harness_run_sql(*state, "UPDATE person SET is_disabled = 1");
	harness_get(*state, "/mine");
	harness_expect_status(*state, 303);
	harness_run_sql(*state, "UPDATE person SET is_disabled = 0");
	harness_post(*state, "/out");
	harness_expect_location(*state, "/");
	assert_non_null(strstr(harness_header(*state, "Set-Cookie"), "Max-Age=0"));
	harness_get(*state, "/mine");
	harness_expect_status(*state, 303);
}

static void
safety_22_a_sessions_last_use_is_written_hourly(void **state)
{
	harness_sign_in(*state, harness_person(*state, "vega@example.org", "Vega"));
	harness_set_now(*state, HARNESS_NOW + 3000);
	harness_get(*state, "/mine");
	assert_int_equal(harness_number(*state, "SELECT last_used_at FROM session"), HARNESS_NOW);
	harness_set_now(*state, HARNESS_NOW + 3700);
	harness_get(*state, "/mine");
	assert_int_equal(
	    harness_number(*state, "SELECT last_used_at FROM session"), HARNESS_NOW + 3700);
}

static void
safety_24_a_secret_address_sends_no_referer(void **state)
{
	harness_get(*state, "/secret/abc");
	assert_string_equal(harness_header(*state, "Referrer-Policy"), "no-referrer");
	harness_get(*state, "/");
	assert_string_equal(harness_header(*state, "Referrer-Policy"), "same-origin");
}

static void
safety_32_a_sessionless_program_reads_no_cookie(void **state)
{
	const char *body;

	harness_program(*state, &box_feed);
	harness_get(*state, "/form");
	assert_null(harness_header(*state, "Set-Cookie"));
	harness_get(*state, "/");
	body = harness_body_text(*state);
	harness_sign_in(*state, harness_person(*state, "vega@example.org", "Vega"));
	harness_get(*state, "/");
	assert_string_equal(harness_body_text(*state), body);
}

static void
a_late_row_may_answer_from_memory(void **state)
{
	harness_get(*state, "/late");
	harness_expect(*state, "from memory");
	harness_get(*state, "/late?load=1");
	harness_expect(*state, "Test Programme");
}

static void
a_site_under_a_path_keeps_to_it(void **state)
{
	struct harness *crew = harness_new_at(&box_program, "https://example.org/crew");

	(void)state;
	harness_get(crew, "/mine");
	harness_expect_location(crew, "/cohort/sign-in?next=%2Fcrew%2Fmine");
	harness_get(crew, "/form");
	assert_non_null(strstr(harness_header(crew, "Set-Cookie"), "__Secure-groundcrew-form="));
	assert_non_null(strstr(
	    harness_header(crew, "Set-Cookie"), "; Path=/crew; HttpOnly; SameSite=Lax; Secure"));
	harness_get(crew, "/nothing");
	harness_expect(crew, "href=\"/crew/\"");
	harness_expect_not(crew, "href=\"/\"");
	harness_free(crew);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		box_test(a_stranger_gets_a_page_that_may_be_kept_if_asked_about),
		box_test(safety_23_a_signed_in_page_is_not_stored),
		box_test(safety_28_a_get_changes_nothing),
		box_test(safety_30_a_stranger_is_sent_to_sign_in_and_back),
		box_test(safety_30_what_is_not_yours_is_what_does_not_exist),
		box_test(safety_30_a_draft_is_there_for_its_organisers_alone),
		box_test(safety_30_a_session_of_one_application_opens_nothing_else),
		box_test(safety_21_a_session_that_is_over_is_a_strangers),
		box_test(safety_22_a_sessions_last_use_is_written_hourly),
		box_test(safety_24_a_secret_address_sends_no_referer),
		box_test(safety_32_a_sessionless_program_reads_no_cookie),
		box_test(a_late_row_may_answer_from_memory),
		box_test(a_site_under_a_path_keeps_to_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
