/*
 * Who may open and send what: every route of the program, and what holds for
 * all of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/cohort/cohort.h"
#include "ground/bytes.h"
#include "cohort_house.h"

/* Who comes, in the order of the matrix's columns. */
enum visitor {
	STRANGER,
	LUNA, /* by the link of her application */
	VEGA, /* Djangonaut of lyra */
	ALTAIR, /* Djangonaut of cygnus */
	DENEB, /* navigator of cygnus */
	SIRIUS, /* captain of cygnus */
	CANOPUS, /* organiser of vela, and of the draft draco */
	POLARIS, /* organiser of orion */
	VISITORS
};

static const char *const names[VISITORS] = { NULL, "Luna", "Vega", "Altair", "Deneb", "Sirius",
	"Canopus", "Polaris" };

static const char other_cohorts[] =
    "UPDATE cohort SET groups_formed_at = 1, launched_at = 1;"
    "INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, created_at) SELECT column1, column2, 'Dream',"
    " 'feed-' || column1, column3, '2027-01-01', '2027-02-01', '2027-03-01', 1798000000,"
    " 1801000000, 1803859200, 1809302400, 8, 4, 8, 9, 1"
    " FROM (VALUES ('vela', 'Vela', 1), ('draco', 'Draco', NULL));"
    "INSERT INTO project (cohort_id, name) VALUES (2, 'Sails'), (3, 'Dreams');"
    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
    " SELECT cohort.id, person.id, 'organiser', 1 FROM cohort, person"
    " WHERE slug <> 'orion' AND person.name = 'Canopus'";

/* Orion with its groups lyra and cygnus, and cohorts beside it. */
static int
set_up(void **state)
{
	struct harness *h;

	assert_int_equal(house_set_up((void **)&h), 0);
	house_group(h, "lyra");
	house_group(h, "cygnus");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	house_seat(h, house_member(h, "Vega", "djangonaut", 1), "lyra");
	house_seat(h, house_member(h, "Deneb", "navigator", 0), "cygnus");
	house_seat(h, house_member(h, "Sirius", "captain", 0), "cygnus");
	house_seat(h, house_member(h, "Altair", "djangonaut", 1), "cygnus");
	(void)harness_person(h, "Canopus@example.org", "Canopus");
	house_offer(h, house_application(h, "Luna"), NULL);
	harness_run_sql(h, other_cohorts);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* A pattern as an address of orion and its group lyra. */
static const char *
path_of(struct harness *h, const char *pattern)
{
	static const struct {
		const char *name;
		const char *value;
	} values[] = { { ":cohort", "orion" }, { ":group", "lyra" }, { ":application", "luna" },
		{ ":key", "seat-1" }, { ":token", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } };
	struct bytes *path = bytes_new(harness_arena(h));

	if (strcmp(pattern, "/") == 0) {
		return pattern;
	}
	while (*pattern != '\0') {
		size_t length = strcspn(pattern + 1, "/") + 1, i;

		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			if (length == strlen(values[i].name) + 1 &&
			    memcmp(pattern + 1, values[i].name, length - 1) == 0) {
				bytes_format(path, "/%s", values[i].value);
				break;
			}
		}
		if (i == sizeof(values) / sizeof(values[0])) {
			bytes_append(path, pattern, length);
		}
		pattern += length;
	}
	return path->data;
}

static void
become(struct harness *h, enum visitor visitor)
{
	harness_forget(h);
	if (visitor == LUNA) {
		harness_sign_in_for(h, harness_number(h, "SELECT person_id FROM application"), 1);
	} else if (visitor != STRANGER) {
		house_sign_in(h, names[visitor]);
	}
}

static void
the_table_of_routes_is_whole(void **state)
{
	assert_null(route_problem(harness_arena(*state), &cohort_program));
}

static void
every_form_is_well_made(void **state)
{
	for (size_t i = 0; i < cohort_program.count; i++) {
		const struct form *form = cohort_program.routes[i].form;
		const char *problem =
		    form == NULL ? NULL : form_problem(harness_arena(*state), form);

		if (problem != NULL) {
			fail_msg("%s: %s", form->name, problem);
		}
		assert_true(form == NULL || form_body_max(form) <= REQUEST_BODY_MAX);
	}
}

/* What is not yours answers as what does not exist, to the byte. */
static void
safety_30_hidden_is_like_missing(void **state)
{
	struct harness *h = *state;
	const char *hidden, *missing;

	become(h, VEGA);
	harness_get(h, "/cohort/orion/organise");
	harness_expect_status(h, 404);
	hidden = arena_copy(harness_arena(h), harness_body_text(h));
	harness_get(h, "/cohort/urion/organise");
	harness_expect_status(h, 404);
	missing = harness_body_text(h);
	assert_int_equal(strlen(hidden), strlen(missing));
}

static void
safety_30_a_stranger_is_sent_to_sign_in_and_back(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	harness_get(h, "/cohort/orion/organise/applications?state=offered");
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"),
	    "/cohort/sign-in?next=%2Fcohort%2Forion%2Forganise%2Fapplications%3Fstate%3Doffered");
	harness_get(h, "/cohort/offer/seat-1");
	assert_string_equal(
	    harness_header(h, "Location"), "/cohort/sign-in?next=%2Fcohort%2Foffer%2Fseat-1");
	harness_get(h, "/cohort/offer/no-such-seat");
	harness_expect_status(h, 303);
}

static void
safety_28_looking_changes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	for (enum visitor v = STRANGER; v < VISITORS; v++) {
		become(h, v);
		before = harness_dump(h);
		for (size_t i = 0; i < cohort_program.count; i++) {
			if (cohort_program.routes[i].method == METHOD_GET) {
				harness_get(h, path_of(h, cohort_program.routes[i].pattern));
				harness_head(h, path_of(h, cohort_program.routes[i].pattern));
				assert_int_equal(harness_body_length(h), 0);
			}
		}
		assert_string_equal(harness_dump(h), before);
	}
}

static void
safety_27_no_post_without_its_token_or_from_elsewhere(void **state)
{
	struct harness *h = *state;
	const char *before;

	become(h, POLARIS);
	before = harness_dump(h);
	for (size_t i = 0; i < cohort_program.count; i++) {
		const struct route *route = &cohort_program.routes[i];

		/* One-click rows ask for their secret address alone. */
		if (route->method != METHOD_POST || route->one_click) {
			continue;
		}
		harness_without_token(h);
		harness_post(h, path_of(h, route->pattern));
		harness_expect_status(h, 403);
		harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
		harness_post(h, path_of(h, route->pattern));
		harness_expect_status(h, 403);
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
		harness_post(h, path_of(h, route->pattern));
		harness_expect_status(h, 403);
		harness_field(h, "_csrf", "0000000000000000");
		harness_without_token(h);
		harness_post(h, path_of(h, route->pattern));
		harness_expect_status(h, 403);
	}
	assert_string_equal(harness_dump(h), before);
}

/* From our own page with an old token every form comes back, as 403. */
static void
safety_27_a_stale_token_shows_the_form_again(void **state)
{
	struct harness *h = *state;
	const char *before;

	become(h, POLARIS);
	before = harness_dump(h);
	for (size_t i = 0; i < cohort_program.count; i++) {
		const struct route *route = &cohort_program.routes[i];

		/* Of what she may not, or this world does not have, there is no form. */
		if (route->method != METHOD_POST || route->secret ||
		    (route->roles & (ROLE_ANYONE | ROLE_PERSON | ROLE_ORGANISER)) == 0 ||
		    strchr(path_of(h, route->pattern), ':') != NULL) {
			continue;
		}
		harness_without_token(h);
		harness_variable(h, "HTTP_ORIGIN", "http://localhost:8080");
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
		harness_post(h, path_of(h, route->pattern));
		harness_expect_status(h, 403);
		harness_expect(h, "needed renewing");
	}
	assert_string_equal(harness_dump(h), before);
}

static void
safety_29_rights_do_not_come_from_fields(void **state)
{
	struct harness *h = *state;

	become(h, VEGA);
	harness_field(h, "name", "Vega");
	harness_field(h, "pronouns_audience", "groups");
	harness_field(h, "zone", "UTC");
	harness_field(h, "role", "organiser");
	harness_field(h, "is_administrator", "1");
	harness_field(h, "email", "other@example.org");
	harness_field(h, "id", "1");
	harness_post(h, "/cohort/me");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT sum(is_administrator) FROM person"), 0);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM person WHERE email LIKE 'other%'"), 0);
	assert_int_equal(
	    harness_number(h,
		"SELECT count(*) FROM member WHERE person_id = (SELECT id FROM person WHERE name = 'Vega')"),
	    1);
}

static void
a_draft_is_there_for_its_organisers_and_administrators(void **state)
{
	struct harness *h = *state;

	for (enum visitor v = STRANGER; v < VISITORS; v++) {
		become(h, v);
		harness_get(h, "/cohort/draco");
		harness_expect_status(h, v == CANOPUS ? 200 : 404);
		harness_get(h, "/cohort/");
		if (v != CANOPUS) {
			harness_expect_not(h, "Draco");
		}
		harness_get(h, "/");
		harness_expect_not(h, "Draco");
	}
	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE name = 'Vega'");
	become(h, VEGA);
	harness_get(h, "/cohort/draco");
	harness_expect_status(h, 200);
	harness_get(h, "/cohort/draco/organise/people");
	harness_expect_status(h, 200);
	harness_get(h, "/cohort/draco/organise/applications");
	harness_expect_status(h, 404);
}

static void
safety_21_a_role_that_ended_opens_nothing_more(void **state)
{
	struct harness *h = *state;

	become(h, POLARIS);
	harness_get(h, "/cohort/orion/organise");
	harness_expect_status(h, 200);
	harness_run_sql(h, "UPDATE member SET left_at = 2 WHERE person_id = 1");
	harness_get(h, "/cohort/orion/organise");
	harness_expect_status(h, 404);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE id = 1");
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
}

/* An application of one cohort is not read through another. */
static void
safety_30_an_application_belongs_to_its_cohort(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (2, 1, 'organiser', 1)");
	become(h, POLARIS);
	harness_get(h, "/cohort/vela/organise/applications/luna");
	harness_expect_status(h, 404);
	harness_post(h, "/cohort/vela/organise/applications/luna/offer");
	harness_expect_status(h, 404);
}

static void
nobody_decides_on_their_own_application(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 1, id, 'organiser', 1 FROM person WHERE name = 'Luna'");
	house_sign_in(h, "Luna");
	harness_get(h, "/cohort/orion/organise/applications/luna");
	harness_expect_status(h, 404);
	harness_post(h, "/cohort/orion/organise/applications/luna/offer");
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/orion/organise/applications");
	harness_expect(h, "/apply/mine/luna");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_table_of_routes_is_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_form_is_well_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_30_hidden_is_like_missing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_30_a_stranger_is_sent_to_sign_in_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_28_looking_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_27_no_post_without_its_token_or_from_elsewhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_27_a_stale_token_shows_the_form_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_29_rights_do_not_come_from_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_draft_is_there_for_its_organisers_and_administrators, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_21_a_role_that_ended_opens_nothing_more, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_30_an_application_belongs_to_its_cohort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    nobody_decides_on_their_own_application, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
