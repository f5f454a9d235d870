/* The road all requests take, walked by a small program of this test's own. */

/* The programs' tests share the same box. */
#include "../../program/harness.c"

#include "model/rights.h"
#include "web/visit.h"

enum { FORM_EMAIL, FORM_WORDS, FORM_COUNT };

static const struct field fields[FORM_COUNT] = {
	[FORM_EMAIL] = { .name = "email", .kind = FIELD_EMAIL,
	    .label = MESSAGE_WEB_TIME_NOW, .required = true },
	[FORM_WORDS] = { .name = "words", .kind = FIELD_TEXT,
	    .label = MESSAGE_WEB_TIME_NOW, .max = 100 }
};

static const struct form form = { "form", fields, FORM_COUNT, true };
static const struct form button = { "button", NULL, 0, false };

static void
show(struct visit *visit)
{
	struct bytes *out = visit_html(visit, 200);

	bytes_format(out, "hello %s roles=%u csrf=%s",
	    visit->person == NULL ? "stranger" : visit->person->name,
	    visit->roles, visit->frame.site_csrf == NULL ? "none" : "some");
}

static void
show_form(struct visit *visit)
{
	struct page_part_errors_list errors = form_summary(visit->values);
	struct page_part_field_list rows = form_rows(visit->values);
	struct bytes *out = visit_html(visit, 200);
	size_t i;

	page_part_csrf(out, &visit->frame, &(struct page_part_csrf){ 0 });
	for (i = 0; i < errors.count; i++) {
		page_part_errors(out, &visit->frame, &errors.rows[i]);
	}
	for (i = 0; i < rows.count; i++) {
		page_part_field(out, &visit->frame, &rows.rows[i]);
	}
}

/* Writes a person, then does what the words say. */
static void
take_form(struct visit *visit)
{
	const char *words = form_text(visit->values, FORM_WORDS);

	(void)person_ensure(visit->db, visit->arena,
	    &(struct person_new){
	    .email = form_text(visit->values, FORM_EMAIL) }, visit->now);
	if (text_equal(words, "refuse")) {
		form_refuse(visit->values, FORM_EMAIL, "refused by the model");
		visit_again(visit);
	} else if (text_equal(words, "break")) {
		(void)db_begin_read(visit->db);
		visit_redirect(visit, "/done");
	} else if (text_equal(words, "hide")) {
		visit_not_found(visit);
	} else {
		visit_redirect(visit, "/done");
	}
}

static void
sign_out(struct visit *visit)
{
	if (visit->session != NULL) {
		session_end(visit->db, visit->session->id);
	}
	visit_sign_out(visit);
	visit_redirect(visit, "/");
}

static void
break_down(struct visit *visit)
{
	bytes_text(visit_html(visit, 200), "half a page");
	(void)db_begin_read(visit->db);
}

static void
answer_late(struct visit *visit)
{
	if (visit_query(visit, "load") != NULL && !visit_load(visit)) {
		return;
	}
	bytes_text(visit_html(visit, 200),
	    visit->programme == NULL ? "from memory" :
	    visit->programme->name);
}

static const struct route routes[] = {
	{ METHOD_GET, "/", SCOPE_SITE, ROLE_ANYONE, show, NULL, NULL, false,
	    false },
	{ METHOD_GET, "/form", SCOPE_SITE, ROLE_ANYONE, show_form, &form,
	    NULL, false, false },
	{ METHOD_POST, "/form", SCOPE_SITE, ROLE_ANYONE, take_form, &form,
	    show_form, false, false },
	{ METHOD_GET, "/mine", SCOPE_SITE, ROLE_PERSON, show, NULL, NULL,
	    false, false },
	{ METHOD_POST, "/mine", SCOPE_SITE, ROLE_PERSON, take_form, &form,
	    show_form, false, false },
	{ METHOD_POST, "/out", SCOPE_SITE, ROLE_ANYONE, sign_out, &button,
	    show, false, false },
	{ METHOD_GET, "/c/:cohort", SCOPE_COHORT, ROLE_ANYONE, show, NULL,
	    NULL, false, false },
	{ METHOD_GET, "/c/:cohort/in", SCOPE_COHORT, ROLES_MEMBERS, show,
	    NULL, NULL, false, false },
	{ METHOD_GET, "/secret/:token", SCOPE_SITE, ROLE_ANYONE, show, NULL,
	    NULL, true, false },
	{ METHOD_GET, "/break", SCOPE_SITE, ROLE_ANYONE, break_down, NULL,
	    NULL, false, false },
	{ METHOD_GET, "/late", SCOPE_SITE, ROLE_ANYONE, answer_late, NULL,
	    NULL, false, true }
};

static const struct program program = {
	"test", routes, sizeof(routes) / sizeof(routes[0]), false
};

static const struct program feed = {
	"feed", routes, sizeof(routes) / sizeof(routes[0]), true
};

static int
set_up(void **state)
{
	*state = harness_new(&program);
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* A published cohort "orion", a draft "lyra", one organiser of orion alone. */
static int64_t
make_cohorts(struct harness *harness)
{
	int64_t vega = harness_person(harness, "vega@example.org", "Vega");
	static const char columns[] =
	    "INSERT INTO cohort (slug, name, goal, feed_key, published_at,"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
	    " ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, offer_days, chat_name, chat_link,"
	    " created_at) VALUES ('%s', '%s', 'Goal', '%s', %s, '2026-11-01',"
	    " '2026-12-01', '2027-01-04', 1793487600, 1796126400, 1799020800,"
	    " 1803859200, 8, 4, 8, 20, 7, '', '', 1793000000)";
	char sql[1024];

	(void)snprintf(sql, sizeof(sql), columns, "orion", "Orion",
	    "orionorionorionorionorion1", "1793000000");
	harness_run_sql(harness, sql);
	(void)snprintf(sql, sizeof(sql), columns, "lyra", "Lyra",
	    "lyralyralyralyralyralyraly", "NULL");
	harness_run_sql(harness, sql);
	(void)snprintf(sql, sizeof(sql), "INSERT INTO member (cohort_id,"
	    " person_id, role, joined_at) SELECT id, %d, 'organiser', 1"
	    " FROM cohort WHERE slug = 'orion'", (int)vega);
	harness_run_sql(harness, sql);
	return vega;
}

static int64_t
people(struct harness *harness)
{
	return harness_number(harness, "SELECT count(*) FROM person");
}

/* Sends the form with these words and says what came of it. */
static int
send_form(struct harness *harness, const char *words)
{
	harness_field(harness, "email", "altair@example.org");
	harness_field(harness, "words", words);
	harness_post(harness, "/form");
	return harness_status(harness);
}

static void
a_stranger_gets_a_page_that_may_be_kept_if_asked_about(void **state)
{
	harness_get(*state, "/");
	harness_expect_status(*state, 200);
	harness_expect(*state, "hello stranger");
	assert_string_equal(harness_header(*state, "Cache-Control"),
	    "no-cache");
	assert_null(harness_header(*state, "Set-Cookie"));
}

static void
safety_23_a_signed_in_page_is_not_stored(void **state)
{
	harness_sign_in(*state, harness_person(*state, "vega@example.org",
	    "Vega"));
	harness_get(*state, "/");
	harness_expect(*state, "hello Vega");
	assert_string_equal(harness_header(*state, "Cache-Control"),
	    "no-store");
}

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
	assert_string_equal(harness_header(*state, "Allow"),
	    "GET, HEAD, POST");
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
	assert_string_equal(harness_header(*state, "Content-Type"),
	    "text/html; charset=utf-8");
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
	assert_int_equal(send_form(*state, "hello"), 303);
	harness_expect_location(*state, "/done");
	assert_int_equal(people(*state), 1);
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
	assert_int_equal(people(*state), 0);
	assert_string_equal(harness_header(*state, "Cache-Control"),
	    "no-store");
}

static void
a_refusal_of_the_model_is_rolled_back_and_shown(void **state)
{
	assert_int_equal(send_form(*state, "refuse"), 422);
	harness_expect(*state, "refused by the model");
	harness_expect(*state, "altair@example.org");
	assert_int_equal(people(*state), 0);
}

static void
a_fault_halfway_leaves_nothing(void **state)
{
	assert_int_equal(send_form(*state, "break"), 500);
	assert_null(harness_header(*state, "Location"));
	assert_int_equal(people(*state), 0);
	assert_int_equal(send_form(*state, "hide"), 404);
	assert_int_equal(people(*state), 0);
	/* And the next one goes as if nothing had been. */
	assert_int_equal(send_form(*state, "hello"), 303);
	assert_int_equal(people(*state), 1);
}

static void
safety_52_a_schema_of_another_version_is_503(void **state)
{
	harness_run_sql(*state, "PRAGMA user_version = 9999");
	harness_get(*state, "/");
	harness_expect_status(*state, 503);
	assert_string_equal(harness_header(*state, "Retry-After"), "5");
	assert_int_equal(send_form(*state, "hello"), 503);
}

static void
safety_27_a_post_without_a_good_token_is_403(void **state)
{
	struct harness *other = harness_new(&program);
	const char *before;

	harness_get(*state, "/form");
	before = harness_dump(*state);
	harness_without_token(*state);
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_without_token(*state);
	harness_field(*state, "_csrf", session_csrf(harness_arena(*state),
	    token_random(harness_arena(*state))));
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_forget(*state);
	harness_without_token(*state);
	assert_int_equal(send_form(*state, "hello"), 403);
	assert_string_equal(harness_dump(*state), before);
	harness_free(other);
}

static void
safety_27_a_foreign_post_is_403_whatever_its_token(void **state)
{
	const char *before = harness_dump(*state);

	harness_variable(*state, "HTTP_ORIGIN", "https://evil.example");
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "cross-site");
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-site");
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_variable(*state, "HTTP_ORIGIN", "null");
	assert_int_equal(send_form(*state, "hello"), 403);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "cross-site");
	harness_post(*state, "/out");
	harness_expect_status(*state, 403);
	assert_string_equal(harness_dump(*state), before);
	harness_variable(*state, "HTTP_ORIGIN", "null");
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(send_form(*state, "hello"), 303);
}

static void
safety_27_a_stale_token_from_our_own_page_gives_the_form_back(void **state)
{
	harness_forget(*state);
	harness_without_token(*state);
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(send_form(*state, "my long words"), 403);
	harness_expect(*state, "my long words");
	harness_expect(*state, "altair@example.org");
	harness_expect(*state, "name=\"_csrf\"");
	assert_non_null(harness_header(*state, "Set-Cookie"));
	assert_int_equal(people(*state), 0);
	/* Sent once more, as it came back, it is taken. */
	harness_variable(*state, "HTTP_SEC_FETCH_SITE", "same-origin");
	assert_int_equal(send_form(*state, "my long words"), 303);
}

static void
safety_27_a_planted_form_cookie_is_no_token_of_a_session(void **state)
{
	const char *planted = token_random(harness_arena(*state));

	harness_sign_in(*state, harness_person(*state, "vega@example.org",
	    "Vega"));
	cookie_set(*state, "groundcrew-8080-form", planted);
	harness_without_token(*state);
	harness_field(*state, "_csrf", session_csrf(harness_arena(*state),
	    planted));
	assert_int_equal(send_form(*state, "hello"), 403);
	assert_int_equal(people(*state), 1);
}

static void
safety_28_a_get_changes_nothing(void **state)
{
	static const char *const paths[] = { "/", "/form", "/mine", "/nothing",
		"/break", "/late?load=1", "/c/orion", "/c/orion/in" };
	int64_t vega = make_cohorts(*state);
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
	(void)make_cohorts(*state);
	harness_get(*state, "/mine?tab=2");
	harness_expect_status(*state, 303);
	harness_expect_location(*state,
	    "/cohort/sign-in?next=%2Fmine%3Ftab%3D2");
	/* Whether the room is there or not, the door looks the same. */
	harness_get(*state, "/c/orion/in");
	harness_expect_location(*state,
	    "/cohort/sign-in?next=%2Fc%2Forion%2Fin");
	harness_get(*state, "/c/nowhere/in");
	harness_expect_location(*state,
	    "/cohort/sign-in?next=%2Fc%2Fnowhere%2Fin");
}

static void
safety_30_what_is_not_yours_is_what_does_not_exist(void **state)
{
	const char *absent;
	int64_t vega = make_cohorts(*state);

	harness_sign_in(*state, harness_person(*state, "deneb@example.org",
	    "Deneb"));
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
	int64_t vega = make_cohorts(*state);

	harness_get(*state, "/c/orion");
	harness_expect_status(*state, 200);
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 404);
	harness_sign_in(*state, vega);
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 404);
	harness_run_sql(*state, "INSERT INTO member (cohort_id, person_id,"
	    " role, joined_at) SELECT cohort.id, person.id, 'organiser', 1"
	    " FROM cohort, person WHERE slug = 'lyra'");
	harness_get(*state, "/c/lyra");
	harness_expect_status(*state, 200);
}

static void
safety_30_a_session_of_one_application_opens_nothing_else(void **state)
{
	int64_t vega = make_cohorts(*state);

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
	assert_non_null(strstr(harness_header(*state, "Set-Cookie"),
	    "Max-Age=0"));
	harness_get(*state, "/mine");
	harness_expect_status(*state, 303);
}

static void
safety_22_a_sessions_last_use_is_written_hourly(void **state)
{
	harness_sign_in(*state, harness_person(*state, "vega@example.org",
	    "Vega"));
	harness_set_now(*state, HARNESS_NOW + 3000);
	harness_get(*state, "/mine");
	assert_int_equal(harness_number(*state,
	    "SELECT last_used_at FROM session"), HARNESS_NOW);
	harness_set_now(*state, HARNESS_NOW + 3700);
	harness_get(*state, "/mine");
	assert_int_equal(harness_number(*state,
	    "SELECT last_used_at FROM session"), HARNESS_NOW + 3700);
}

static void
safety_34_a_form_sent_twice_acts_once(void **state)
{
	const char *key = token_random(harness_arena(*state));

	harness_field(*state, "_key", key);
	assert_int_equal(send_form(*state, "hello"), 303);
	assert_int_equal(people(*state), 1);
	harness_run_sql(*state, "DELETE FROM person");
	harness_field(*state, "_key", key);
	assert_int_equal(send_form(*state, "hello"), 303);
	harness_expect_location(*state, "/done");
	assert_int_equal(people(*state), 0);
}

static void
safety_34_a_form_that_was_refused_may_be_sent_again(void **state)
{
	const char *key = token_random(harness_arena(*state));

	harness_field(*state, "_key", key);
	assert_int_equal(send_form(*state, "refuse"), 422);
	harness_expect(*state, key);
	harness_field(*state, "_key", key);
	assert_int_equal(send_form(*state, "hello"), 303);
	assert_int_equal(people(*state), 1);
}

static void
safety_24_a_secret_address_sends_no_referer(void **state)
{
	harness_get(*state, "/secret/abc");
	assert_string_equal(harness_header(*state, "Referrer-Policy"),
	    "no-referrer");
	harness_get(*state, "/");
	assert_string_equal(harness_header(*state, "Referrer-Policy"),
	    "same-origin");
}

static void
safety_32_a_sessionless_program_reads_no_cookie(void **state)
{
	const char *body;

	harness_program(*state, &feed);
	harness_get(*state, "/form");
	assert_null(harness_header(*state, "Set-Cookie"));
	harness_get(*state, "/");
	body = harness_body_text(*state);
	harness_sign_in(*state, harness_person(*state, "vega@example.org",
	    "Vega"));
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
	struct harness *crew = harness_new_at(&program,
	    "https://example.org/crew");

	(void)state;
	harness_get(crew, "/mine");
	harness_expect_location(crew,
	    "/cohort/sign-in?next=%2Fcrew%2Fmine");
	harness_get(crew, "/form");
	assert_non_null(strstr(harness_header(crew, "Set-Cookie"),
	    "__Secure-groundcrew-form="));
	assert_non_null(strstr(harness_header(crew, "Set-Cookie"),
	    "; Path=/crew; HttpOnly; SameSite=Lax; Secure"));
	harness_get(crew, "/nothing");
	harness_expect(crew, "href=\"/crew/\"");
	harness_expect_not(crew, "href=\"/\"");
	harness_free(crew);
}

static void
its_own_table_is_complete(void **state)
{
	assert_null(route_problem(harness_arena(*state), &program));
}

#define dispatch_test(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		dispatch_test(
		    a_stranger_gets_a_page_that_may_be_kept_if_asked_about),
		dispatch_test(safety_23_a_signed_in_page_is_not_stored),
		dispatch_test(safety_10_head_has_the_same_head_and_no_body),
		dispatch_test(
		    safety_10_other_methods_get_405_and_what_is_allowed),
		dispatch_test(
		    safety_38_errors_are_pages_that_name_a_request_only),
		dispatch_test(
		    a_form_sets_a_cookie_for_a_stranger_and_its_token_fits),
		dispatch_test(mistakes_come_back_as_422_with_what_was_typed),
		dispatch_test(a_refusal_of_the_model_is_rolled_back_and_shown),
		dispatch_test(a_fault_halfway_leaves_nothing),
		dispatch_test(safety_52_a_schema_of_another_version_is_503),
		dispatch_test(safety_27_a_post_without_a_good_token_is_403),
		dispatch_test(
		    safety_27_a_foreign_post_is_403_whatever_its_token),
		dispatch_test(
		    safety_27_a_stale_token_from_our_own_page_gives_the_form_back),
		dispatch_test(
		    safety_27_a_planted_form_cookie_is_no_token_of_a_session),
		dispatch_test(safety_28_a_get_changes_nothing),
		dispatch_test(
		    safety_30_a_stranger_is_sent_to_sign_in_and_back),
		dispatch_test(
		    safety_30_what_is_not_yours_is_what_does_not_exist),
		dispatch_test(
		    safety_30_a_draft_is_there_for_its_organisers_alone),
		dispatch_test(
		    safety_30_a_session_of_one_application_opens_nothing_else),
		dispatch_test(safety_21_a_session_that_is_over_is_a_strangers),
		dispatch_test(safety_22_a_sessions_last_use_is_written_hourly),
		dispatch_test(safety_34_a_form_sent_twice_acts_once),
		dispatch_test(
		    safety_34_a_form_that_was_refused_may_be_sent_again),
		dispatch_test(safety_24_a_secret_address_sends_no_referer),
		dispatch_test(safety_32_a_sessionless_program_reads_no_cookie),
		dispatch_test(a_late_row_may_answer_from_memory),
		dispatch_test(a_site_under_a_path_keeps_to_it),
		dispatch_test(its_own_table_is_complete)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
