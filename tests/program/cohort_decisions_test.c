/*
 * Deciding on applications: pending until sent, each mail read before it goes,
 * all sent together and once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

#define ADD HOUSE_ORGANISE "/decisions/add"
#define SEND HOUSE_ORGANISE "/decisions/send"
#define DECISIONS HOUSE_ORGANISE "/decisions"

static void
decide(struct harness *h, const char *key, const char *decision)
{
	harness_field(h, "application", key);
	harness_field(h, "decision", decision);
	harness_post(h, ADD);
}

static void
decide_made(struct harness *h, const char *name, const char *decision)
{
	(void)house_application(h, name);
	decide(h, name, decision);
}

/* What the page carries of the decisions it shows. */
static const char *
shown(struct harness *h)
{
	static const char before[] = "name=\"shown\" value=\"";
	const char *begin, *end;

	harness_get(h, DECISIONS);
	harness_expect_status(h, 200);
	begin = strstr(harness_body_text(h), before);
	assert_non_null(begin);
	begin += sizeof before - 1;
	end = strchr(begin, '"');
	return arena_copy_bytes(harness_arena(h), begin, (size_t)(end - begin));
}

static void
send(struct harness *h)
{
	harness_field(h, "shown", shown(h));
	harness_post(h, SEND);
}

static const char *
standings(struct harness *h)
{
	return harness_rows(h, "SELECT key, standing FROM application ORDER BY id");
}

static const char *
mails(struct harness *h)
{
	return harness_rows(h, "SELECT kind, recipient FROM outbox ORDER BY id");
}

/* Luna, Mira and Nova: a seat, the waitlist, not this time. */
static void
three(struct harness *h)
{
	(void)house_application(h, "luna");
	(void)house_application(h, "mira");
	(void)house_application(h, "nova");
	decide(h, "luna", "offer");
	decide(h, "mira", "waitlist");
	decide(h, "nova", "decline");
}

static void
a_decision_waits_and_nobody_hears_of_it(void **state)
{
	struct harness *h = *state;

	three(h);
	harness_expect_status(h, 303);
	assert_string_equal(standings(h), "luna|counting|\nmira|counting|\nnova|counting|\n");
	assert_string_equal(mails(h), "");
	house_sign_in(h, "luna");
	harness_get(h, "/cohort/me");
	harness_expect_not(h, "A seat is offered");
}

static void
the_page_lists_every_mail_by_its_kind_and_counts_them(void **state)
{
	struct harness *h = *state;
	const char *page, *offers, *places, *others;

	three(h);
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, DECISIONS);
	page = harness_body_text(h);
	offers = strstr(page, "<h2>Offers of a seat</h2>");
	places = strstr(page, "<h2>Places on the waitlist</h2>");
	others = strstr(page, "<h2>Not this time</h2>");
	assert_true(offers != NULL && places > offers && others > places);
	assert_true(strstr(page, "luna@example.org") > offers);
	assert_true(strstr(page, "mira@example.org") > places);
	assert_true(strstr(page, "nova@example.org") > others);
	harness_expect(h, "1 mail for a seat, 1 mail for the waitlist, 1 mail for");
	harness_expect(h, "Send 3 mails now");
	harness_expect(h, "Free seats: 20 of 20.");
}

static void
a_mail_is_read_as_it_will_go_without_its_token(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "luna");
	house_group(h, "lyra");
	harness_run_sql(h,
	    "UPDATE cohort SET names_shown_at = 1;"
	    "UPDATE mentoring_group SET meeting_zone = 'America/New_York'");
	harness_field(h, "group", "lyra");
	harness_field(h, "line", "Your patch to the docs was lovely.");
	decide(h, "luna", "offer");
	harness_expect_status(h, 303);
	harness_get(h, DECISIONS "/mail/1");
	harness_expect_status(h, 200);
	harness_expect(h, "Hello luna,");
	harness_expect(h, "Your patch to the docs was lovely.");
	harness_expect(h, "in the group Group lyra, which works on Accounts");
	harness_expect(h, "Thursdays at 01:00, Europe/Vienna time");
	harness_expect(h, "Wednesdays at 19:00, America/New_York time");
	harness_expect(h, "Sunday 29 November 2026, 08:00 Europe/Vienna");
	harness_expect(h, "/cohort/offer/...");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM link"), 0);
	harness_get(h, DECISIONS "/mail/2");
	harness_expect_status(h, 404);
}

static void
who_reads_blind_is_shown_call_signs_here_too(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "luna");
	harness_run_sql(h, "UPDATE application SET call_sign = 'Altair 7', zone = 'Asia/Tokyo'");
	decide(h, "luna", "offer");
	harness_get(h, DECISIONS);
	harness_expect(h, "Altair 7");
	harness_expect_not(h, "luna@example.org");
	harness_expect_not(h, "REF-");
	harness_get(h, DECISIONS "/mail/1");
	harness_expect(h, "Hello Altair 7,");
	harness_expect(h, "Sunday 29 November 2026, 07:00 UTC");
	harness_expect_not(h, "luna@example.org");
	harness_expect_not(h, "REF-");
	harness_expect_not(h, "Tokyo");
	harness_run_sql(h,
	    "INSERT INTO review_reveal (application_id, person_id, revealed_at)"
	    " VALUES (1, 1, 1)");
	harness_get(h, DECISIONS "/mail/1");
	harness_expect(h, "Hello luna,");
	harness_expect(h, "REF-");
	harness_expect(h, "Sunday 29 November 2026, 16:00 Asia/Tokyo");
}

static void
all_go_together_and_once(void **state)
{
	struct harness *h = *state;

	three(h);
	send(h);
	harness_expect_status(h, 303);
	assert_string_equal(standings(h), "luna|offered|\nmira|waitlisted|\nnova|declined|\n");
	assert_string_equal(mails(h),
	    "offer|luna@example.org|\nwaitlist|mira@example.org|\n"
	    "not_this_time|nova@example.org|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT deadline_at - made_at FROM offer"), "604800|\n");
	harness_get(h, DECISIONS);
	harness_expect(h, "Nothing waits to be sent");
	/* What comes later goes the same way, to those alone. */
	decide_made(h, "orla", "decline");
	send(h);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 4);
}

static void
safety_34_the_same_order_twice_sends_once(void **state)
{
	struct harness *h = *state;
	const char *page;

	three(h);
	page = shown(h);
	harness_field(h, "shown", page);
	harness_post(h, SEND);
	harness_expect_status(h, 303);
	harness_field(h, "shown", page);
	harness_post(h, SEND);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 3);
}

static void
what_was_decided_meanwhile_is_not_sent_unseen(void **state)
{
	struct harness *h = *state;
	const char *page;

	three(h);
	page = shown(h);
	decide_made(h, "orla", "offer");
	harness_field(h, "shown", page);
	harness_post(h, SEND);
	harness_expect_status(h, 422);
	harness_expect(h, "nothing was sent");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
	/* The page now shows it. */
	harness_expect(h, "Send 4 mails now");
}

static void
more_offers_than_seats_send_nothing(void **state)
{
	struct harness *h = *state;

	three(h);
	decide_made(h, "orla", "offer");
	harness_run_sql(h, "UPDATE cohort SET seats = 1");
	harness_get(h, DECISIONS);
	harness_expect(h, "That is 1 more than there are free seats");
	send(h);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
	assert_string_equal(
	    harness_rows(h, "SELECT DISTINCT standing FROM application"), "counting|\n");
}

static void
people_with_a_role_get_no_mail_of_a_result(void **state)
{
	struct harness *h = *state;

	three(h);
	(void)house_member(h, "nova", "captain", 0);
	harness_get(h, DECISIONS);
	harness_expect(h, "Has a role in the cohort: no mail.");
	harness_expect(h, "Send 2 mails now");
	send(h);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE recipient LIKE 'nova%'"), 0);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM decision WHERE sent_at IS NULL"), 0);
	(void)house_application(h, "orla");
	(void)house_member(h, "orla", "navigator", 0);
	decide(h, "orla", "offer");
	harness_expect_status(h, 422);
	harness_expect(h, "who has a role in this cohort is offered no seat");
}

static void
many_are_decided_at_once_in_the_order_of_the_list(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "luna");
	(void)house_application(h, "mira");
	(void)house_application(h, "nova");
	harness_get(h, HOUSE_ORGANISE "/applications");
	harness_expect(h, "name=\"application\" value=\"mira\" form=\"decide\"");
	harness_field(h, "application", "nova");
	harness_field(h, "application", "luna");
	decide(h, "mira", "waitlist");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT application.key, decision.position FROM decision JOIN"
				" application ON application.id = application_id"
				" ORDER BY position"),
	    "nova|1|\nluna|2|\nmira|3|\n");
	harness_field(h, "application", "nova");
	harness_field(h, "application", "luna");
	decide(h, "gone", "none");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM decision"), 1);
}

static void
what_is_wrong_with_a_decision_is_said_and_what_was_typed_kept(void **state)
{
	struct harness *h = *state;
	char *line = arena_alloc(harness_arena(h), 602);

	(void)house_application(h, "luna");
	harness_field(h, "decision", "offer");
	harness_post(h, ADD);
	harness_expect_status(h, 422);
	harness_expect(h, "Nothing is chosen");
	harness_field(h, "decision", "offer");
	harness_field(h, "line", "A line that took a while.");
	harness_post(h, ADD);
	harness_expect(h, "A line that took a while.");
	memset(line, 'x', 601);
	harness_field(h, "line", line);
	decide(h, "luna", "offer");
	harness_expect_status(h, 422);
	harness_expect(h, line);
	harness_expect(h, "name=\"application\" value=\"luna\"");
	harness_field(h, "group", "elsewhere");
	decide(h, "luna", "offer");
	harness_expect_status(h, 422);
	harness_field(h, "place", "0");
	decide(h, "luna", "waitlist");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM decision"), 0);
}

static void
one_goes_back_to_the_page_on_which_one_decided(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "luna");
	harness_get(h, HOUSE_ORGANISE "/applications?sort=raw");
	harness_expect(h, "name=\"next\" value=\"/cohort/orion/organise/applications?sort=raw\"");
	harness_field(h, "next", HOUSE_ORGANISE "/applications?sort=raw");
	decide(h, "luna", "offer");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_header(h, "Location"), HOUSE_ORGANISE "/applications?sort=raw&done=decided");
	harness_get(h, HOUSE_ORGANISE "/applications/luna");
	harness_expect(h, "Decided and not sent: Offer a seat.");
}

static void
safety_29_a_decision_reaches_no_other_cohorts_applications(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "luna");
	harness_run_sql(h,
	    "INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
	    " SELECT 'pavo', 'Pavo', goal, 'feed-pavo', published_at, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at FROM cohort;"
	    "UPDATE application SET cohort_id = 2");
	decide(h, "luna", "offer");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM decision"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_decision_waits_and_nobody_hears_of_it),
		house_test(the_page_lists_every_mail_by_its_kind_and_counts_them),
		house_test(a_mail_is_read_as_it_will_go_without_its_token),
		house_test(who_reads_blind_is_shown_call_signs_here_too),
		house_test(all_go_together_and_once),
		house_test(safety_34_the_same_order_twice_sends_once),
		house_test(what_was_decided_meanwhile_is_not_sent_unseen),
		house_test(more_offers_than_seats_send_nothing),
		house_test(people_with_a_role_get_no_mail_of_a_result),
		house_test(many_are_decided_at_once_in_the_order_of_the_list),
		house_test(what_is_wrong_with_a_decision_is_said_and_what_was_typed_kept),
		house_test(one_goes_back_to_the_page_on_which_one_decided),
		house_test(safety_29_a_decision_reaches_no_other_cohorts_applications),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
