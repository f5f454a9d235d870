/* The mail to somebody who was asked to review. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"

#define REVIEWER "{\"cohort\":\"1\",\"person\":\"101\"}"

static void
appoint(struct office *office)
{
	harness_run_sql(office->harness,
	    "INSERT INTO reviewer (cohort_id, person_id, appointed_at) VALUES (1, 101, 1);"
	    "UPDATE cohort SET starts_at = 1796515200, reviews_wanted = 3");
}

static void
is_pointless(struct office *office)
{
	struct outbox outbox = office_queued("reviewer_appointed", REVIEWER);
	struct letter letter;

	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
}

static void
it_leads_to_the_desk_and_carries_no_secret(void **state)
{
	struct office *office = *state;
	struct letter letter;

	appoint(office);
	letter = office_ready(office, "reviewer_appointed", REVIEWER);
	assert_string_equal(
	    letter.wording.subject, "Please help to read the applications for Orion");
	office_assert_holds(letter.text, "<http://localhost:8080/cohort/orion/review>");
	office_assert_holds(letter.text, "Reviews wanted for each application: 3.");
	assert_null(letter.link.purpose);
}

static void
it_is_pointless_once_the_appointment_ended_or_there_is_nothing_to_read(void **state)
{
	struct office *office = *state;

	is_pointless(office);
	appoint(office);
	harness_run_sql(office->harness, "UPDATE reviewer SET ended_at = 2");
	is_pointless(office);
	harness_run_sql(office->harness, "UPDATE reviewer SET ended_at = NULL");
	harness_run_sql(office->harness, "UPDATE cohort SET starts_at = 1795305600");
	is_pointless(office);
}

static void
it_goes_to_no_address_that_somebody_left(void **state)
{
	struct office *office = *state;

	appoint(office);
	harness_run_sql(office->harness,
	    "UPDATE person SET email = 'new@example.org', email_key = 'new@example.org'"
	    " WHERE id = 101");
	is_pointless(office);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(it_leads_to_the_desk_and_carries_no_secret),
		office_test(it_is_pointless_once_the_appointment_ended_or_there_is_nothing_to_read),
		office_test(it_goes_to_no_address_that_somebody_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
