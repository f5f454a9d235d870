/*
 * Confirming an address, and entering by the mailed link.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "applicants.h"
#include "db/query/review.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/call_sign.h"
#include "model/person.h"
#include "model/session.h"

static void
confirming_makes_the_person_and_a_session_of_this_application(void **state)
{
	struct applicants *place = *state;
	const char *token = applicant_applied(place, "a@example.org", place->open);
	struct application application;
	struct session session;
	struct person person;
	const char *cookie;

	assert_int_equal(
	    application_link(place->db, place->arena, token, place->open, &application),
	    APPLICATION_LINK_CONFIRMS);
	assert_int_equal(application_confirm(place->db, place->arena, token, place->open + 60,
			     &application, &cookie),
	    APPLICATION_CONFIRMED);
	assert_true(person_find_by_email(place->db, place->arena, "a@example.org", &person));
	assert_string_equal(person.name, "Vega");
	assert_string_equal(person.zone, "Europe/Vienna");
	assert_string_equal(person.pronouns, "they/them");
	assert_int_equal(applicant_again(place, &application).person_id, person.id);
	assert_int_equal(applicant_again(place, &application).confirmed_at, place->open + 60);
	assert_true(session_find(
	    place->db, place->arena, token_hash(place->arena, cookie), place->open + 60, &session));
	assert_int_equal(session.application_id, application.id);
	assert_int_equal(session.person_id, person.id);
	assert_string_equal(applicants_mails(place).rows[0].kind, "application_confirmed");
	assert_string_equal(applicants_mails(place).rows[0].recipient, "a@example.org");
}

static void
confirming_gives_a_call_sign_that_stays(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct call_sign_of_row given, later;

	assert_true(call_sign_of(place->db, place->arena,
	    &(struct call_sign_of_in){ .application_id = application.id }, &given));
	assert_non_null(given.call_sign);
	assert_non_null(strchr(given.call_sign, ' '));
	assert_true(call_sign_give(place->db, place->arena, application.id));
	assert_true(call_sign_of(place->db, place->arena,
	    &(struct call_sign_of_in){ .application_id = application.id }, &later));
	assert_string_equal(later.call_sign, given.call_sign);
}

static void
confirming_leaves_a_known_person_as_they_are(void **state)
{
	struct applicants *place = *state;
	int64_t id = person_ensure(place->db, place->arena,
	    &(struct person_new){
		.email = "A@example.org", .name = "Alpha Lyrae", .zone = "Asia/Kathmandu" },
	    place->open);
	struct application application = applicant_confirmed(place, "a@example.org");
	struct person person;

	assert_int_equal(application.person_id, id);
	assert_true(person_find(place->db, place->arena, id, &person));
	assert_string_equal(person.name, "Alpha Lyrae");
	assert_string_equal(person.zone, "Asia/Kathmandu");
}

static void
the_link_signs_in_again_until_the_deadline(void **state)
{
	struct applicants *place = *state;
	const char *token = applicant_applied(place, "a@example.org", place->open);
	struct application application;

	assert_int_equal(
	    applicant_confirm(place, token, place->open, &application), APPLICATION_CONFIRMED);
	assert_int_equal(applicant_confirm(place, token, place->cohort.closes_at - 1, &application),
	    APPLICATION_ENTERED);
	assert_int_equal(application_link(place->db, place->arena, token,
			     place->cohort.closes_at - 1, &application),
	    APPLICATION_LINK_OPENS);
	assert_int_equal(applicant_confirm(place, token, place->cohort.closes_at, &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(
	    application_link(place->db, place->arena, token, place->cohort.closes_at, &application),
	    APPLICATION_LINK_SPENT);
}

static void
an_address_can_be_confirmed_for_72_hours(void **state)
{
	struct applicants *place = *state;
	const char *token = applicant_applied(place, "a@example.org", place->open);
	int64_t end = place->open + APPLICATION_CONFIRM_SECONDS;
	struct application application;

	assert_int_equal(
	    applicant_confirm(place, token, end, &application), APPLICATION_CONFIRM_SPENT);
	assert_int_equal(application_link(place->db, place->arena, token, end, &application),
	    APPLICATION_LINK_SPENT);
	assert_int_equal(
	    applicant_confirm(place, token, end - 1, &application), APPLICATION_CONFIRMED);
}

static void
the_deadline_does_not_end_the_72_hours(void **state)
{
	struct applicants *place = *state;
	int64_t last = place->cohort.closes_at - 1;
	const char *token = applicant_applied(place, "a@example.org", last);
	struct application application;

	assert_int_equal(
	    applicant_confirm(place, token, last + APPLICATION_CONFIRM_SECONDS - 1, &application),
	    APPLICATION_CONFIRMED);
	assert_int_equal(applicant_again(place, &application).submitted_at, last);
}

static void
safety_56_the_72_hours_count_from_sending(void **state)
{
	struct applicants *place = *state;
	int64_t sent = place->cohort.closes_at + 10 * CLOCK_DAY, expires_at;
	const char *token = token_random(place->arena);
	struct application application;

	assert_int_equal(
	    applicant_receive(place, "a@example.org", place->open), APPLICATION_RECEIVED);
	assert_true(application_record_link(
	    place->db, place->arena, token, applicants_newest(place), sent, &expires_at));
	assert_int_equal(expires_at, sent + APPLICATION_CONFIRM_SECONDS);
	assert_int_equal(
	    applicant_confirm(place, token, expires_at - 1, &application), APPLICATION_CONFIRMED);
}

static void
a_second_one_of_the_same_person_enters_the_first(void **state)
{
	struct applicants *place = *state;
	const char *first = applicant_applied(place, "a@example.org", place->open);
	const char *second = applicant_applied(place, "a@example.org", place->open);
	struct application one, other, unconfirmed;

	assert_int_equal(applicant_confirm(place, first, place->open, &one), APPLICATION_CONFIRMED);
	assert_int_equal(
	    applicant_confirm(place, second, place->open, &other), APPLICATION_ALREADY_THERE);
	assert_int_equal(other.id, one.id);
	assert_true(application_find_by_id(
	    place->db, place->arena, applicants_newest(place), &unconfirmed));
	assert_true(unconfirmed.confirmed_at == DB_NULL);
}

static void
a_link_of_another_kind_confirms_nothing(void **state)
{
	struct applicants *place = *state;
	const char *token = token_random(place->arena);
	struct application application = applicant_confirmed(place, "a@example.org");

	assert_true(link_record_sign_in(place->db, place->arena, token, application.person_id, NULL,
	    place->open, place->open + 600));
	assert_int_equal(
	    applicant_confirm(place, token, place->open, &application), APPLICATION_CONFIRM_SPENT);
	assert_int_equal(
	    applicant_confirm(place, token_random(place->arena), place->open, &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(applicant_confirm(place, "short", place->open, &application),
	    APPLICATION_CONFIRM_SPENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		applicants_test(confirming_makes_the_person_and_a_session_of_this_application),
		applicants_test(confirming_gives_a_call_sign_that_stays),
		applicants_test(confirming_leaves_a_known_person_as_they_are),
		applicants_test(the_link_signs_in_again_until_the_deadline),
		applicants_test(an_address_can_be_confirmed_for_72_hours),
		applicants_test(the_deadline_does_not_end_the_72_hours),
		applicants_test(safety_56_the_72_hours_count_from_sending),
		applicants_test(a_second_one_of_the_same_person_enters_the_first),
		applicants_test(a_link_of_another_kind_confirms_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
