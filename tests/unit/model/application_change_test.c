/*
 * Changing, withdrawing and sending again.
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
a_change_replaces_the_answers_and_says_so(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct application_answers answers = applicant_answers("Véga");
	struct application after;

	answers.projects = &place->projects[1];
	answers.project_count = 1;
	assert_int_equal(application_change(place->db, place->arena, &place->cohort, &application,
			     application.revision, &answers, place->open + 9),
	    APPLICATION_CHANGED);
	after = applicant_again(place, &application);
	assert_string_equal(after.name, "Véga");
	assert_int_equal(after.changed_at, place->open + 9);
	assert_int_equal(after.submitted_at, place->open);
	assert_int_equal(application_projects(place->db, place->arena, application.id).count, 1);
	assert_string_equal(applicants_mails(place).rows[0].kind, "application_changed");
}

static void
a_change_of_something_older_is_refused(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct application_answers answers = applicant_answers("First");

	assert_int_equal(application_change(place->db, place->arena, &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGED);
	answers.name = "Second";
	assert_int_equal(application_change(place->db, place->arena, &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_string_equal(applicant_again(place, &application).name, "First");
	assert_int_equal(applicants_mails(place).count, 3);
}

static void
a_withdrawn_application_can_be_sent_again(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct application_answers answers = applicant_answers("Vega");
	struct offer_count counts;

	assert_int_equal(application_withdraw(
			     place->db, place->arena, &place->cohort, &application, place->open),
	    APPLICATION_CHANGED);
	assert_string_equal(applicants_mails(place).rows[0].kind, "application_withdrawn");
	application = applicant_again(place, &application);
	assert_int_equal(application.withdrawn_at, place->open);
	assert_int_equal(application_withdraw(
			     place->db, place->arena, &place->cohort, &application, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_int_equal(application_change(place->db, place->arena, &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_true(offer_counts(place->db, place->arena,
	    &(struct offer_counts_in){ .cohort_id = place->cohort.id }, &counts));
	assert_int_equal(counts.withdrawn, 1);
	assert_int_equal(counts.applications, 0);
	assert_int_equal(application_resubmit(place->db, place->arena, &place->cohort, &application,
			     place->open + 1),
	    APPLICATION_CHANGED);
	assert_true(applicant_again(place, &application).withdrawn_at == DB_NULL);
	assert_int_equal(applicants_mails(place).count, 4);
	assert_int_equal(application_resubmit(place->db, place->arena, &place->cohort, &application,
			     place->open + 1),
	    APPLICATION_CHANGE_STALE);
}

static void
safety_55_after_the_deadline_it_can_be_withdrawn_alone(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct application_answers answers = applicant_answers("Late");
	int64_t late = place->cohort.closes_at;

	assert_int_equal(application_change(place->db, place->arena, &place->cohort, &application,
			     application.revision, &answers, late),
	    APPLICATION_CHANGE_CLOSED);
	assert_int_equal(application_withdraw(place->db, place->arena, &place->cohort, &application,
			     place->cohort.starts_at),
	    APPLICATION_CHANGE_CLOSED);
	assert_int_equal(applicant_again(place, &application).revision, application.revision);
	assert_int_equal(application_withdraw(place->db, place->arena, &place->cohort, &application,
			     place->cohort.starts_at - 1),
	    APPLICATION_CHANGED);
	application = applicant_again(place, &application);
	assert_int_equal(
	    application_resubmit(place->db, place->arena, &place->cohort, &application, late),
	    APPLICATION_CHANGE_CLOSED);
	assert_true(applicant_again(place, &application).withdrawn_at != DB_NULL);
}

static int64_t
make_offer(struct applicants *place, int64_t application_id)
{
	assert_int_equal(offer_insert(place->db,
			     &(struct offer_insert_in){ .key = "offerkey",
				 .application_id = application_id,
				 .group_id = DB_NULL,
				 .replaces_id = DB_NULL,
				 .now = place->open,
				 .deadline_at = place->open + 7 * CLOCK_DAY }),
	    1);
	return db_last_id(place->db);
}

static void
withdrawing_refuses_an_open_offer(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");
	struct offer offer;

	make_offer(place, application.id);
	assert_int_equal(application_withdraw(place->db, place->arena, &place->cohort, &application,
			     place->open + 1),
	    APPLICATION_CHANGED);
	assert_true(offer_of_application(place->db, place->arena,
	    &(struct offer_of_application_in){ .application_id = application.id }, &offer));
	assert_string_equal(offer.state, "refused");
}

static void
a_seat_that_was_taken_is_not_withdrawn(void **state)
{
	struct applicants *place = *state;
	struct application application = applicant_confirmed(place, "a@example.org");

	offer_end(place->db,
	    &(struct offer_end_in){ .id = make_offer(place, application.id),
		.state = "confirmed",
		.now = place->open + 1 });
	assert_int_equal(application_withdraw(place->db, place->arena, &place->cohort, &application,
			     place->open + 2),
	    APPLICATION_CHANGE_SEATED);
	assert_true(applicant_again(place, &application).withdrawn_at == DB_NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		applicants_test(a_change_replaces_the_answers_and_says_so),
		applicants_test(a_change_of_something_older_is_refused),
		applicants_test(a_withdrawn_application_can_be_sent_again),
		applicants_test(safety_55_after_the_deadline_it_can_be_withdrawn_alone),
		applicants_test(withdrawing_refuses_an_open_offer),
		applicants_test(a_seat_that_was_taken_is_not_withdrawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
