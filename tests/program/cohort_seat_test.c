/*
 * The offer of a seat: read and answered by whom it is for, by its link or
 * signed in; and what an organiser reads of applications.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/text.h"
#include "model/session.h"

#define SEAT "/cohort/offer/seat-1"
#define CANDIDATE HOUSE_ORGANISE "/applications/luna"

/* Luna has an open offer, and is signed in by the link of her application. */
static void
offered(struct harness *h, const char *group)
{
	int64_t application = house_application(h, "Luna");

	house_offer(h, application, group);
	harness_forget(h);
	harness_sign_in_for(h, harness_number(h, "SELECT person_id FROM application"), application);
}

static const char *
offer_states(struct harness *h)
{
	return harness_rows(h, "SELECT state FROM offer ORDER BY id");
}

static void
an_organiser_reads_an_application_whole(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "Luna");
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, HOUSE_ORGANISE "/applications");
	harness_expect_status(h, 200);
	harness_expect(h, "href=\"/cohort/orion/organise/applications/luna\"");
	harness_get(h, CANDIDATE);
	harness_expect_status(h, 200);
	harness_expect(h, "Because of Luna");
	harness_expect(h, "Luna@example.org");
	harness_expect(h, "Europe/Vienna");
}

static void
an_unconfirmed_application_is_not_read(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "Luna");
	harness_run_sql(h, "UPDATE application SET person_id = NULL, confirmed_at = NULL");
	harness_get(h, CANDIDATE);
	harness_expect_status(h, 404);
	harness_get(h, HOUSE_ORGANISE "/applications");
	harness_expect_not(h, "applications/luna");
}

static void
the_offer_says_its_group_and_its_deadline_in_my_zone(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	offered(h, "lyra");
	harness_run_sql(h, "UPDATE person SET zone = 'Asia/Tokyo' WHERE name = 'Luna'");
	harness_get(h, SEAT);
	harness_expect_status(h, 200);
	harness_expect(h, "Sunday 29 November 2026, 16:00 Asia/Tokyo");
	harness_expect(h, "in 7 days");
	harness_expect(h, "Group lyra");
	harness_expect(h, "Fix a form");
	harness_expect(h, "Wednesdays at 19:00, Europe/Vienna time");
	harness_expect(h, "Thursdays at 03:00, Asia/Tokyo time");
	assert_non_null(strstr(harness_head_text(h), "Referrer-Policy: no-referrer"));
}

static void
safety_14_looking_at_an_offer_answers_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	offered(h, NULL);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, SEAT);
		harness_get(h, SEAT "/confirm");
		harness_expect_status(h, 405);
	}
	assert_string_equal(harness_dump(h), before);
}

static void
yes_makes_a_djangonaut_who_sees_the_invitation(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "UPDATE cohort SET chat_name = 'Discord',"
	    " chat_link = 'https://discord.example/orion'");
	offered(h, NULL);
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 303);
	assert_string_equal(offer_states(h), "confirmed|\n");
	assert_string_equal(harness_rows(h,
				"SELECT role, level, person_id = (SELECT person_id"
				" FROM application) FROM member WHERE role <> 'organiser'"),
	    "djangonaut|2|1|\n");
	harness_get(h, SEAT "?done=offer_confirmed");
	harness_expect(h, "Welcome aboard!");
	harness_expect_not(h, "discord.example");
	/* The link of an application reaches that application alone. */
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 303);
	house_sign_in(h, "Luna");
	harness_get(h, "/cohort/orion/members");
	harness_expect(h, "https://discord.example/orion");
	harness_expect(h, "Join Discord");
}

static void
no_gives_the_seat_back(void **state)
{
	struct harness *h = *state;

	offered(h, NULL);
	harness_post(h, SEAT "/refuse");
	harness_expect_status(h, 303);
	assert_string_equal(offer_states(h), "refused|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
	harness_get(h, SEAT);
	harness_expect(h, "You gave this seat back");
	harness_expect_not(h, "/confirm");
}

static void
safety_33_an_offer_is_answered_once(void **state)
{
	struct harness *h = *state;

	offered(h, NULL);
	harness_post(h, SEAT "/refuse");
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 422);
	harness_expect(h, "was answered before");
	assert_string_equal(offer_states(h), "refused|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
}

static void
after_its_deadline_an_offer_is_over(void **state)
{
	struct harness *h = *state;

	offered(h, NULL);
	harness_set_now(h, HARNESS_NOW + 7 * 86400 - 1);
	harness_get(h, SEAT);
	harness_expect(h, "/confirm");
	harness_set_now(h, HARNESS_NOW + 7 * 86400);
	harness_get(h, SEAT);
	harness_expect(h, "This offer ended");
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 422);
	harness_expect(h, "its time is over");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
}

static void
safety_30_an_offer_is_its_applicants_alone(void **state)
{
	struct harness *h = *state;
	const char *mine, *none;

	offered(h, NULL);
	house_sign_in(h, "Luna");
	harness_get(h, SEAT);
	harness_expect_status(h, 200);
	house_sign_in(h, "Polaris");
	harness_get(h, SEAT);
	harness_expect_status(h, 404);
	mine = arena_copy(harness_arena(h), harness_body_text(h));
	harness_get(h, "/cohort/offer/seat-2");
	harness_expect_status(h, 404);
	none = harness_body_text(h);
	assert_int_equal(strlen(mine), strlen(none));
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 404);
	harness_forget(h);
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_header(h, "Location"), "/cohort/sign-in?next=%2Fcohort%2Foffer%2Fseat-1");
	assert_string_equal(offer_states(h), "offered|\n");
}

/* The link of the offer's mail, whose token this is. */
#define TOKEN "ooooooooooooooooooooooooooooooooooooooooooo"
#define MAILED "/cohort/offer/" TOKEN

/* Luna has an open offer and its mail; nobody is signed in. */
static void
mailed(struct harness *h, const char *group)
{
	struct db *db = harness_db(h);

	offered(h, group);
	harness_forget(h);
	assert_true(db_begin_write(db));
	assert_true(link_record(db, harness_arena(h), TOKEN,
	    &(struct link_new){
		.purpose = "offer", .offer_id = harness_number(h, "SELECT id FROM offer") },
	    HARNESS_NOW, HARNESS_NOW + 37 * 86400));
	assert_true(db_commit(db));
}

static void
safety_21_the_mails_link_opens_nothing_for_a_disabled_account(void **state)
{
	struct harness *h = *state;

	mailed(h, NULL);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE name = 'Luna'");
	harness_get(h, MAILED);
	harness_expect_status(h, 404);
	harness_post(h, MAILED "/confirm");
	harness_expect_status(h, 404);
	assert_string_equal(offer_states(h), "offered|\n");
}

static void
the_mails_link_opens_the_offer_without_signing_in(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	harness_run_sql(h, "UPDATE mentoring_group SET meeting_zone = 'America/New_York'");
	mailed(h, "lyra");
	harness_get(h, MAILED);
	harness_expect_status(h, 200);
	harness_expect(h, "Luna");
	/* In the zone of the application, since nobody said another. */
	harness_expect(h, "Sunday 29 November 2026, 08:00 Europe/Vienna");
	harness_expect(h, "Wednesdays at 19:00, America/New_York time");
	harness_expect(h, "Thursdays at 01:00, Europe/Vienna time");
	harness_expect(h, "says that the hour of the stand-up works for you");
	assert_non_null(strstr(harness_head_text(h), "Referrer-Policy: no-referrer"));
	harness_post(h, MAILED "/confirm");
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), MAILED "?done=offer_confirmed");
	assert_string_equal(offer_states(h), "confirmed|\n");
	/* The answer opens nothing else. */
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 303);
}

static void
safety_14_looking_at_the_mails_link_answers_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	mailed(h, NULL);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, MAILED);
		harness_expect_status(h, 200);
		harness_head(h, MAILED);
	}
	assert_string_equal(harness_dump(h), before);
}

static void
safety_17_a_database_has_no_link_of_an_offer(void **state)
{
	struct harness *h = *state;

	mailed(h, NULL);
	assert_null(strstr(harness_dump(h), TOKEN));
	harness_get(h, "/cohort/offer/ooooooooooooooooooooooooooooooooooooooooooz");
	harness_expect_status(h, 404);
}

static void
safety_15_the_mails_link_answers_once_and_goes_on_showing_it(void **state)
{
	struct harness *h = *state;

	mailed(h, NULL);
	harness_post(h, MAILED "/refuse");
	harness_expect_status(h, 303);
	harness_post(h, MAILED "/confirm");
	harness_expect_status(h, 422);
	assert_string_equal(offer_states(h), "refused|\n");
	harness_get(h, MAILED);
	harness_expect(h, "You gave this seat back");
}

static void
after_the_deadline_the_mails_link_says_that_it_ended(void **state)
{
	struct harness *h = *state;

	mailed(h, NULL);
	harness_set_now(h, HARNESS_NOW + 7 * 86400);
	harness_get(h, MAILED);
	harness_expect(h, "This offer ended");
	harness_post(h, MAILED "/confirm");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
	harness_set_now(h, HARNESS_NOW + 37 * 86400);
	harness_get(h, MAILED);
	harness_expect_status(h, 404);
}

/* A session of one application does not reach the offer for another. */
static void
safety_30_a_limited_session_reaches_its_own_offer_alone(void **state)
{
	struct harness *h = *state;
	int64_t person;

	offered(h, NULL);
	person = harness_number(h, "SELECT person_id FROM application");
	harness_forget(h);
	harness_sign_in_for(h, person, 77);
	harness_get(h, SEAT);
	harness_expect_status(h, 303);
	harness_post(h, SEAT "/confirm");
	harness_expect_status(h, 303);
	assert_string_equal(offer_states(h), "offered|\n");
}

static void
my_page_leads_to_the_offer(void **state)
{
	struct harness *h = *state;

	offered(h, NULL);
	house_sign_in(h, "Luna");
	harness_get(h, "/cohort/me");
	harness_expect(h, "A seat is offered");
	harness_expect(h, "href=\"" SEAT "\"");
	harness_expect(h, "href=\"/apply/mine/luna\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(an_organiser_reads_an_application_whole),
		house_test(an_unconfirmed_application_is_not_read),
		house_test(the_offer_says_its_group_and_its_deadline_in_my_zone),
		house_test(safety_14_looking_at_an_offer_answers_nothing),
		house_test(yes_makes_a_djangonaut_who_sees_the_invitation),
		house_test(no_gives_the_seat_back),
		house_test(safety_33_an_offer_is_answered_once),
		house_test(after_its_deadline_an_offer_is_over),
		house_test(safety_30_an_offer_is_its_applicants_alone),
		house_test(safety_30_a_limited_session_reaches_its_own_offer_alone),
		house_test(my_page_leads_to_the_offer),
		house_test(safety_21_the_mails_link_opens_nothing_for_a_disabled_account),
		house_test(the_mails_link_opens_the_offer_without_signing_in),
		house_test(safety_14_looking_at_the_mails_link_answers_nothing),
		house_test(safety_17_a_database_has_no_link_of_an_offer),
		house_test(safety_15_the_mails_link_answers_once_and_goes_on_showing_it),
		house_test(after_the_deadline_the_mails_link_says_that_it_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
