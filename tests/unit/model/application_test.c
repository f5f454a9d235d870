/*
 * Taking applications: every outcome of the model.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "applicants.h"
#include "db/query/offer.h"
#include "ground/clock.h"

static void
stores_an_application_with_its_mail_and_receipt(void **state)
{
	struct applicants *place = *state;
	struct application_answers answers = applicant_answers("Vega");
	struct application_project_rows projects;
	struct application application;
	struct receipt receipt;
	struct outbox_rows rows;
	const char *key = NULL;

	answers.projects = place->projects;
	answers.project_count = 2;
	assert_int_equal(applicant_receive_from(place, "Vega@Example.org", "192.0.2.0/24", &answers,
			     place->open, &key),
	    APPLICATION_RECEIVED);
	assert_true(application_find_by_id(
	    place->db, place->arena, applicants_newest(place), &application));
	assert_string_equal(application.email, "Vega@Example.org");
	assert_string_equal(application.email_key, "vega@example.org");
	assert_true(application.person_id == DB_NULL);
	projects = application_projects(place->db, place->arena, application.id);
	assert_int_equal(projects.count, 2);
	assert_string_equal(projects.rows[1].name, "Forms");
	rows = applicants_mails(place);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.rows[0].kind, "application_received");
	assert_string_equal(rows.rows[0].recipient, "Vega@Example.org");
	assert_null(strstr(rows.rows[0].parameters, "Vega"));
	assert_true(application_receipt(place->db, place->arena, place->cohort.id, key, &receipt));
	assert_string_equal(receipt.reference, application.reference);
	assert_int_equal(receipt.received_at, place->open);
	assert_int_equal(receipt.mail_due_at, place->open);
}

static void
safety_55_takes_applications_anywhere_on_earth_and_no_longer(void **state)
{
	struct applicants *place = *state;
	int64_t opens = clock_http_read("Sun, 28 Feb 2027 10:00:00 GMT", 0, &opens) ? opens : 0;
	int64_t closes = clock_http_read("Mon, 15 Mar 2027 12:00:00 GMT", 0, &closes) ? closes : 0;

	assert_int_equal(
	    applicant_receive(place, "a@example.org", opens - 1), APPLICATION_TOO_EARLY);
	assert_int_equal(applicant_receive(place, "a@example.org", opens), APPLICATION_RECEIVED);
	assert_int_equal(
	    applicant_receive(place, "b@example.org", closes - 1), APPLICATION_RECEIVED);
	assert_int_equal(applicant_receive(place, "c@example.org", closes), APPLICATION_TOO_LATE);
	assert_int_equal(applicants_mails(place).count, 2);
}

static void
safety_33_takes_no_application_for_a_draft(void **state)
{
	struct applicants *place = *state;

	place->cohort.published_at = DB_NULL;
	assert_int_equal(
	    applicant_receive(place, "a@example.org", place->open), APPLICATION_TOO_EARLY);
	assert_int_equal(applicants_mails(place).count, 0);
}

static void
refuses_an_address_that_is_none(void **state)
{
	struct applicants *place = *state;

	assert_int_equal(
	    applicant_receive(place, "not an address", place->open), APPLICATION_NO_ADDRESS);
	assert_int_equal(applicants_mails(place).count, 0);
}

static void
an_unconfirmed_application_blocks_nobody(void **state)
{
	struct applicants *place = *state;
	struct offer_count counts;

	assert_int_equal(
	    applicant_receive(place, "a@example.org", place->open), APPLICATION_RECEIVED);
	assert_int_equal(
	    applicant_receive(place, "a@example.org", place->open + 60), APPLICATION_RECEIVED);
	assert_true(offer_counts(place->db, place->arena,
	    &(struct offer_counts_in){ .cohort_id = place->cohort.id }, &counts));
	assert_int_equal(counts.unconfirmed, 2);
	assert_int_equal(counts.applications, 0);
}

/* Sends the very same words at an instant. */
static enum application_receive_outcome
receive_same(struct applicants *place, int64_t now, const char **receipt)
{
	struct application_answers answers = applicant_answers("Vega");

	answers.projects = &place->projects[1];
	answers.project_count = 1;
	return applicant_receive_from(
	    place, "a@example.org", "192.0.2.0/24", &answers, now, receipt);
}

static void
safety_33_the_same_words_from_two_tabs_are_one_application(void **state)
{
	struct applicants *place = *state;
	struct receipt first, second;
	const char *one, *other;

	assert_int_equal(receive_same(place, place->open, &one), APPLICATION_RECEIVED);
	assert_int_equal(receive_same(place, place->open + 5, &other), APPLICATION_REPEATED);
	assert_int_equal(applicants_newest(place), 1);
	assert_int_equal(applicants_mails(place).count, 1);
	assert_true(application_receipt(place->db, place->arena, place->cohort.id, one, &first));
	assert_true(application_receipt(place->db, place->arena, place->cohort.id, other, &second));
	assert_string_equal(first.reference, second.reference);
}

static void
the_same_words_later_bring_the_mail_again(void **state)
{
	struct applicants *place = *state;
	int64_t later = place->open + 10 * CLOCK_MINUTE;
	const char *key;

	assert_int_equal(receive_same(place, place->open, &key), APPLICATION_RECEIVED);
	assert_int_equal(receive_same(place, later, &key), APPLICATION_REPEATED);
	assert_int_equal(receive_same(place, later, &key), APPLICATION_REPEATED);
	assert_int_equal(applicants_mails(place).count, 2);
	assert_int_equal(receive_same(place, place->open + APPLICATION_CONFIRM_SECONDS, &key),
	    APPLICATION_RECEIVED);
	assert_int_equal(applicants_newest(place), 2);
}

static void
another_choice_of_projects_is_another_application(void **state)
{
	struct applicants *place = *state;
	struct application_answers answers = applicant_answers("Vega");
	const char *key;

	assert_int_equal(receive_same(place, place->open, &key), APPLICATION_RECEIVED);
	assert_int_equal(applicant_receive_from(
			     place, "a@example.org", "192.0.2.0/24", &answers, place->open, &key),
	    APPLICATION_RECEIVED);
	assert_int_equal(applicants_newest(place), 2);
}

/* A form with one question; its item. */
static struct questionnaire_item
make_question(struct applicants *place)
{
	static const struct questionnaire_default why = { "why",
		{ .kind = ITEM_LONG,
		    .label = "Why?",
		    .help = "",
		    .least = DB_NULL,
		    .most = DB_NULL,
		    .options = "" } };
	struct questionnaire form;

	assert_true(questionnaire_make_default(
	    place->db, place->arena, place->cohort.id, &why, 1, place->open));
	assert_true(questionnaire_find(place->db, place->arena, place->cohort.id, "apply", &form));
	return questionnaire_items(place->db, place->arena, form.id).rows[0];
}

static void
another_answer_is_another_application(void **state)
{
	struct applicants *place = *state;
	struct questionnaire_item item = make_question(place);
	struct item_answer answer = { item.id, item.wording_id, "To learn" };
	struct application_answers answers = applicant_answers("Vega");
	struct application_answer_rows stored;
	const char *key;

	answers.items = &answer;
	answers.item_count = 1;
	assert_int_equal(applicant_receive_from(
			     place, "a@example.org", "192.0.2.0/24", &answers, place->open, &key),
	    APPLICATION_RECEIVED);
	stored = application_answers(place->db, place->arena, 1);
	assert_int_equal(stored.count, 1);
	assert_string_equal(stored.rows[0].value, "To learn");
	assert_int_equal(applicant_receive_from(
			     place, "a@example.org", "192.0.2.0/24", &answers, place->open, &key),
	    APPLICATION_REPEATED);
	answer.value = "To teach";
	assert_int_equal(applicant_receive_from(
			     place, "a@example.org", "192.0.2.0/24", &answers, place->open, &key),
	    APPLICATION_RECEIVED);
	answers.item_count = 0;
	assert_int_equal(applicant_receive_from(
			     place, "a@example.org", "192.0.2.0/24", &answers, place->open, &key),
	    APPLICATION_RECEIVED);
}

static void
an_address_that_applied_gets_a_mail_and_changes_nothing(void **state)
{
	struct applicants *place = *state;
	struct application before = applicant_confirmed(place, "a@example.org");
	struct application_answers answers = applicant_answers("Someone else");
	struct application after;
	struct receipt receipt;
	const char *key;

	assert_int_equal(applicant_receive_from(place, "A@EXAMPLE.ORG", "192.0.2.0/24", &answers,
			     place->open + 60, &key),
	    APPLICATION_DUPLICATE);
	after = applicant_again(place, &before);
	assert_string_equal(after.name, "Vega");
	assert_int_equal(after.revision, before.revision);
	assert_int_equal(applicants_newest(place), before.id);
	assert_string_equal(applicants_mails(place).rows[0].kind, "application_already");
	assert_string_equal(applicants_mails(place).rows[0].recipient, "a@example.org");
	assert_true(application_receipt(place->db, place->arena, place->cohort.id, key, &receipt));
	assert_int_equal(strlen(receipt.reference), 11);
	assert_string_not_equal(receipt.reference, before.reference);
}

static void
says_what_is_there_once_an_hour(void **state)
{
	struct applicants *place = *state;

	applicant_confirmed(place, "a@example.org");
	for (int i = 0; i < 4; i++) {
		assert_int_equal(
		    applicant_receive(place, "a@example.org", place->open), APPLICATION_DUPLICATE);
	}
	assert_int_equal(applicants_mails(place).count, 3);
	applicant_receive(place, "a@example.org", place->open + CLOCK_HOUR);
	assert_int_equal(applicants_mails(place).count, 4);
}

/* The due instant of the newest mail. */
static int64_t
due(struct applicants *place)
{
	return applicants_mails(place).rows[0].due_at;
}

static void
safety_19_the_301st_mail_of_a_network_waits_an_hour(void **state)
{
	struct applicants *place = *state;
	struct application_answers answers = applicant_answers("Vega");
	struct receipt receipt;
	const char *key = NULL;

	for (int i = 0; i < 301; i++) {
		assert_int_equal(
		    applicant_receive_from(place, arena_format(place->arena, "p%d@example.org", i),
			"192.0.2.0/24", &answers, place->open, &key),
		    APPLICATION_RECEIVED);
		assert_true(i == 300 || due(place) == place->open);
	}
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
	assert_true(application_receipt(place->db, place->arena, place->cohort.id, key, &receipt));
	assert_int_equal(receipt.mail_due_at, place->open + CLOCK_HOUR);
	applicant_receive_from(
	    place, "other@example.org", "198.51.100.0/24", &answers, place->open, &key);
	assert_int_equal(due(place), place->open);
	applicant_receive_from(
	    place, "later@example.org", "192.0.2.0/24", &answers, place->open + CLOCK_HOUR, &key);
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
}

static void
safety_19_the_sixth_mail_to_an_address_waits_an_hour(void **state)
{
	struct applicants *place = *state;

	for (int i = 0; i < 5; i++) {
		applicant_receive(place, "a@example.org", place->open);
		assert_int_equal(due(place), place->open);
	}
	applicant_receive(place, "A@Example.org", place->open);
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
}

static void
lists_what_is_open_or_will_be(void **state)
{
	struct applicants *place = *state;

	assert_int_equal(application_cohorts_ahead(place->db, place->arena, place->open).count, 1);
	assert_int_equal(
	    application_cohorts_ahead(place->db, place->arena, place->cohort.opens_at - 5).count,
	    1);
	assert_int_equal(
	    application_cohorts_ahead(place->db, place->arena, place->cohort.closes_at).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		applicants_test(stores_an_application_with_its_mail_and_receipt),
		applicants_test(safety_55_takes_applications_anywhere_on_earth_and_no_longer),
		applicants_test(safety_33_takes_no_application_for_a_draft),
		applicants_test(refuses_an_address_that_is_none),
		applicants_test(an_unconfirmed_application_blocks_nobody),
		applicants_test(safety_33_the_same_words_from_two_tabs_are_one_application),
		applicants_test(the_same_words_later_bring_the_mail_again),
		applicants_test(another_choice_of_projects_is_another_application),
		applicants_test(another_answer_is_another_application),
		applicants_test(an_address_that_applied_gets_a_mail_and_changes_nothing),
		applicants_test(says_what_is_there_once_an_hour),
		applicants_test(safety_19_the_301st_mail_of_a_network_waits_an_hour),
		applicants_test(safety_19_the_sixth_mail_to_an_address_waits_an_hour),
		applicants_test(lists_what_is_open_or_will_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
