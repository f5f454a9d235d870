/* The road all requests take: tokens, mistakes, faults, sending twice. */

#include <string.h>

#include "box.h"
#include "ground/token.h"
#include "web/message.h"
#include "web/session.h"

static void
safety_10_head_has_the_same_head_and_no_body(void **state)
{
	const char *head;

	harness_variable(*state, "REQUEST_ID", "1");
	harness_get(*state, "/");
	head = harness_head_text(*state);
	harness_variable(*state, "REQUEST_ID", "1");
	harness_head(*state, "/");
	assert_string_equal(harness_head_text(*state), head);
	assert_int_equal(harness_body_length(*state), 0);
}

static void
safety_10_other_methods_get_405_and_what_is_allowed(void **state)
{
	harness_send(*state, "PUT", "/form");
	harness_expect_status(*state, 405);
	assert_string_equal(harness_header(*state, "Allow"), "GET, HEAD, POST");
	harness_post(*state, "/");
	harness_expect_status(*state, 405);
	assert_string_equal(harness_header(*state, "Allow"), "GET, HEAD");
}

static void
safety_38_errors_are_pages_that_name_a_request_only(void **state)
{
	harness_variable(*state, "REQUEST_ID", "0a1b2c3d");
	harness_get(*state, "/nothing");
	harness_expect_status(*state, 404);
	harness_expect(*state, "Test Programme");
	harness_expect(*state, "0a1b2c3d");
	assert_string_equal(harness_header(*state, "Content-Type"), "text/html; charset=utf-8");
	harness_get(*state, "/break");
	harness_expect_status(*state, 500);
	harness_expect_not(*state, "half a page");
	harness_expect_not(*state, "SELECT");
	harness_expect_not(*state, "sqlite");
	harness_expect_not(*state, "transaction");
}

static void
a_form_sets_a_cookie_for_a_stranger_and_its_token_fits(void **state)
{
	const char *cookie;

	harness_get(*state, "/form");
	harness_expect_status(*state, 200);
	cookie = harness_header(*state, "Set-Cookie");
	assert_non_null(cookie);
	assert_non_null(strstr(cookie, "groundcrew-8080-form="));
	assert_null(strstr(cookie, "Max-Age"));
	harness_expect(*state, "name=\"_csrf\"");
	assert_int_equal(box_send(*state, "hello"), 303);
	harness_expect_location(*state, "/done");
	assert_int_equal(box_people(*state), 1);
}

static void
mistakes_come_back_as_422_with_what_was_typed(void **state)
{
	harness_field(*state, "email", "nobody");
	harness_field(*state, "words", "kept \"words\"");
	harness_post(*state, "/form");
	harness_expect_status(*state, 422);
	harness_expect(*state, "kept &quot;words&quot;");
	harness_expect(*state, "href=\"#email\"");
	assert_int_equal(box_people(*state), 0);
	assert_string_equal(harness_header(*state, "Cache-Control"), "no-store");
}

static void
a_refusal_of_the_model_is_rolled_back_and_shown(void **state)
{
	assert_int_equal(box_send(*state, "refuse"), 422);
	harness_expect(*state, "refused by the model");
	harness_expect(*state, "altair@example.org");
	assert_int_equal(box_people(*state), 0);
}

static void
a_fault_halfway_leaves_nothing(void **state)
{
	assert_int_equal(box_send(*state, "break"), 500);
	assert_null(harness_header(*state, "Location"));
	assert_int_equal(box_people(*state), 0);
	assert_int_equal(box_send(*state, "hide"), 404);
	assert_int_equal(box_people(*state), 0);
	/* And the next one goes as if nothing had been. */
	assert_int_equal(box_send(*state, "hello"), 303);
	assert_int_equal(box_people(*state), 1);
}

static void
safety_52_a_schema_of_another_version_is_503(void **state)
{
	harness_run_sql(*state, "PRAGMA user_version = 9999");
	harness_get(*state, "/");
	harness_expect_status(*state, 503);
	assert_string_equal(harness_header(*state, "Retry-After"), "5");
	assert_int_equal(box_send(*state, "hello"), 503);
}

static void
safety_27_a_post_without_a_good_token_is_403(void **state)
{
	struct harness *other = harness_new(&box_program);
	const char *before;

	harness_get(*state, "/form");
	before = harness_dump(*state);
	harness_without_token(*state);
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_without_token(*state);
	harness_field(*state, "_csrf",
	    session_csrf(harness_arena(*state), token_random(harness_arena(*state))));
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_forget(*state);
	harness_without_token(*state);
	assert_int_equal(box_send(*state, "hello"), 403);
	assert_string_equal(harness_dump(*state), before);
	harness_free(other);
}

static void
safety_27_a_foreign_post_is_403_whatever_its_token(void **state)
{
	const char *before = harness_dump(*state);

	harness_variable(*state, "HTTP_ORIGIN", "https://evil.example");
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "cross-site");
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-site");
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_variable(*state, "HTTP_ORIGIN", "null");
	assert_int_equal(box_send(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "cross-site");
	harness_post(*state, "/out");
	harness_expect_status(*state, 403);
	assert_string_equal(harness_dump(*state), before);
	harness_variable(*state, "HTTP_ORIGIN", "null");
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(box_send(*state, "hello"), 303);
}

static void
safety_27_a_stale_token_from_our_own_page_gives_the_form_back(void **state)
{
	harness_forget(*state);
	harness_without_token(*state);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(box_send(*state, "my long words"), 403);
	harness_expect(*state, "my long words");
	harness_expect(*state, "altair@example.org");
	harness_expect(*state, "name=\"_csrf\"");
	assert_non_null(harness_header(*state, "Set-Cookie"));
	assert_int_equal(box_people(*state), 0);
	/* Sent once more, as it came back, it is taken. */
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(box_send(*state, "my long words"), 303);
}

static void
safety_27_a_planted_form_cookie_is_no_token_of_a_session(void **state)
{
	const char *planted = token_random(harness_arena(*state));

	harness_sign_in(*state, harness_person(*state, "vega@example.org", "Vega"));
	harness_cookie(*state, "groundcrew-8080-form", planted);
	harness_without_token(*state);
	harness_field(*state, "_csrf", session_csrf(harness_arena(*state), planted));
	assert_int_equal(box_send(*state, "hello"), 403);
	assert_int_equal(box_people(*state), 1);
}

static void
safety_34_a_form_sent_twice_acts_once(void **state)
{
	const char *key = token_random(harness_arena(*state));

	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "hello"), 303);
	assert_int_equal(box_people(*state), 1);
	harness_run_sql(*state, "DELETE FROM person");
	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "hello"), 303);
	harness_expect_location(*state, "/done");
	assert_int_equal(box_people(*state), 0);
}

static void
a_form_changed_after_going_back_acts_again(void **state)
{
	const char *key = token_random(harness_arena(*state));

	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "hello"), 303);
	harness_run_sql(*state, "DELETE FROM person");
	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "hello again"), 303);
	assert_int_equal(box_people(*state), 1);
}

static void
safety_34_a_form_that_was_refused_may_be_sent_again(void **state)
{
	const char *key = token_random(harness_arena(*state));

	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "refuse"), 422);
	harness_expect(*state, key);
	harness_field(*state, "_key", key);
	assert_int_equal(box_send(*state, "hello"), 303);
	assert_int_equal(box_people(*state), 1);
}

static void
a_form_that_is_made_is_read_and_shown_as_any_other(void **state)
{
	harness_get(*state, "/made/one");
	harness_expect(*state, "name=\"words\"");
	harness_expect(*state, "name=\"_csrf\"");
	harness_field(*state, "email", "nobody");
	harness_field(*state, "words", "kept");
	harness_post(*state, "/made/one");
	harness_expect_status(*state, 422);
	harness_expect(*state, "kept");
	harness_expect(*state, "href=\"#email\"");
	harness_field(*state, "email", "altair@example.org");
	harness_post(*state, "/made/one");
	harness_expect_location(*state, "/done");
	assert_int_equal(box_people(*state), 1);
	harness_get(*state, "/made/none");
	harness_expect_status(*state, 404);
	harness_post(*state, "/made/none");
	harness_expect_status(*state, 404);
}

static void
a_form_that_is_made_comes_back_with_its_token_renewed(void **state)
{
	harness_without_token(*state);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	harness_field(*state, "email", "altair@example.org");
	harness_field(*state, "words", "my long words");
	harness_post(*state, "/made/one");
	harness_expect_status(*state, 403);
	harness_expect(*state, "my long words");
	harness_expect(*state, message(MESSAGE_WEB_FORM_STALE));
	assert_int_equal(box_people(*state), 0);
}

static void
a_button_beside_the_one_that_sends_marks_no_mistake_and_stores_nothing(void **state)
{
	harness_field(*state, "email", "nobody");
	harness_field(*state, "words", "kept");
	harness_field(*state, "step", "over");
	harness_post(*state, "/made/one");
	harness_expect_status(*state, 200);
	harness_expect(*state, "kept");
	harness_expect(*state, "nobody");
	harness_expect(*state, "over");
	harness_expect_not(*state, "aria-invalid");
	harness_expect_not(*state, "id=\"errors\"");
	assert_string_equal(harness_header(*state, "Cache-Control"), "no-store");
	assert_int_equal(box_people(*state), 0);
}

static void
a_step_gets_no_mistake_past_a_form_that_has_none(void **state)
{
	harness_field(*state, "email", "nobody");
	harness_field(*state, "step", "over");
	harness_post(*state, "/form");
	harness_expect_status(*state, 422);
	harness_field(*state, "email", "nobody");
	harness_field(*state, "step", "send");
	harness_post(*state, "/made/one");
	harness_expect_status(*state, 422);
}

static void
its_own_table_is_complete(void **state)
{
	assert_null(route_problem(harness_arena(*state), &box_program));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		box_test(safety_10_head_has_the_same_head_and_no_body),
		box_test(safety_10_other_methods_get_405_and_what_is_allowed),
		box_test(safety_38_errors_are_pages_that_name_a_request_only),
		box_test(a_form_sets_a_cookie_for_a_stranger_and_its_token_fits),
		box_test(mistakes_come_back_as_422_with_what_was_typed),
		box_test(a_refusal_of_the_model_is_rolled_back_and_shown),
		box_test(a_fault_halfway_leaves_nothing),
		box_test(safety_52_a_schema_of_another_version_is_503),
		box_test(safety_27_a_post_without_a_good_token_is_403),
		box_test(safety_27_a_foreign_post_is_403_whatever_its_token),
		box_test(safety_27_a_stale_token_from_our_own_page_gives_the_form_back),
		box_test(safety_27_a_planted_form_cookie_is_no_token_of_a_session),
		box_test(safety_34_a_form_sent_twice_acts_once),
		box_test(a_form_changed_after_going_back_acts_again),
		box_test(safety_34_a_form_that_was_refused_may_be_sent_again),
		box_test(a_form_that_is_made_is_read_and_shown_as_any_other),
		box_test(a_form_that_is_made_comes_back_with_its_token_renewed),
		box_test(a_button_beside_the_one_that_sends_marks_no_mistake_and_stores_nothing),
		box_test(a_step_gets_no_mistake_past_a_form_that_has_none),
		box_test(its_own_table_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
