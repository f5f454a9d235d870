/*
 * Changing one's address: a mail to the old mailbox and one to the new, and
 * the buttons of both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "db/db.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/address_change.h"
#include "model/session.h"
#include "model/tick.h"

#define ADDRESS "/cohort/me/address"
#define OLD "polaris@example.org"
#define NEW "polaris@north.example"

static void
ask(struct harness *h, const char *email)
{
	harness_field(h, "email", email);
	harness_post(h, ADDRESS);
}

/* What the courier does when it sends a mail with this link. */
static void
link_mailed(struct harness *h, const struct link_new *link)
{
	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record(harness_db(h), harness_arena(h), token_random(harness_arena(h)),
	    link, harness_now(h), harness_now(h) + CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
}

/* What the courier does when it sends one of the two mails. */
static const char *
mailed(struct harness *h, const char *kind)
{
	const char *token = token_random(harness_arena(h));
	int64_t change = harness_number(h, "SELECT id FROM address_change");

	assert_int_equal(harness_number(h,
			     arena_format(harness_arena(h),
				 "SELECT count(*) FROM outbox WHERE kind = '%s' AND reason ="
				 " '%s:%lld'",
				 kind, kind, (long long)change)),
	    1);
	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record(harness_db(h), harness_arena(h), token,
	    &(struct link_new){ .purpose = kind, .address_change_id = change }, harness_now(h),
	    harness_now(h) + ADDRESS_CHANGE_SECONDS));
	assert_true(db_commit(harness_db(h)));
	return arena_format(harness_arena(h), "/cohort/address/%s", token);
}

static void
expect_address(struct harness *h, const char *email)
{
	assert_string_equal(harness_rows(h, "SELECT email, email_key FROM person WHERE id = 1"),
	    arena_format(harness_arena(h), "%s|%s|\n", email, email));
}

static void
both_mailboxes_are_written_to_and_nothing_changes_yet(void **state)
{
	struct harness *h = *state;

	harness_get(h, ADDRESS);
	harness_expect(h, OLD);
	harness_expect(h, "mailto:hello@example.org");
	harness_expect_not(h, "A change is on its way");
	ask(h, "Polaris@North.Example");
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), ADDRESS "?done=address_asked");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient FROM outbox ORDER BY kind"),
	    "address_new|Polaris@North.Example|\naddress_old|polaris@example.org|\n");
	assert_string_equal(harness_rows(h, "SELECT email_key FROM address_change"), NEW "|\n");
	expect_address(h, OLD);
	harness_get(h, ADDRESS "?done=address_asked");
	harness_expect(h, "We have written to both addresses.");
	harness_expect(h, "A change is on its way");
	harness_expect(h, "Polaris@North.Example");
}

/* Presses both, in this order, and expects the change with the second. */
static void
press_both(struct harness *h, const char *first, const char *second)
{
	harness_post(h, first);
	harness_expect_status(h, 303);
	harness_expect_location(h, first);
	harness_get(h, first);
	harness_expect_status(h, 200);
	harness_expect(h, "One more mail");
	harness_post(h, first);
	harness_expect_status(h, 303);
	harness_expect_location(h, first);
	expect_address(h, OLD);
	harness_post(h, second);
	harness_expect_status(h, 303);
	expect_address(h, NEW);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM address_change"), 0);
}

static void
the_address_changes_when_both_buttons_were_pressed(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	press_both(h, old_link, new_link);
	assert_string_equal(harness_header(h, "Location"), ADDRESS "?done=address_changed");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, subject_id, detail FROM audit"),
	    "address_changed|1|1||\n");
	harness_get(h, old_link);
	harness_expect_status(h, 410);
	harness_post(h, new_link);
	harness_expect_status(h, 410);
}

static void
the_order_of_the_two_makes_no_difference(void **state)
{
	struct harness *h = *state;
	const char *new_link;

	ask(h, NEW);
	new_link = mailed(h, "address_new");
	press_both(h, new_link, mailed(h, "address_old"));
}

static void
a_stranger_with_both_mails_presses_them_without_a_session(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	harness_forget(h);
	press_both(h, old_link, new_link);
	assert_string_equal(harness_header(h, "Location"), "/cohort/sign-in?done=address_changed");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM session"), 0);
}

static void
safety_14_looking_at_a_link_confirms_nothing(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link, *before;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	harness_forget(h);
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, old_link);
		harness_expect_status(h, 200);
		harness_expect(h, "Yes, move it there");
		harness_get(h, new_link);
		harness_expect_status(h, 200);
		harness_expect(h, "Yes, use this address");
		/* Who reads the new mailbox may be a stranger. */
		harness_expect_not(h, OLD);
		harness_expect_not(h, "Polaris");
		harness_head(h, new_link);
	}
	assert_string_equal(harness_dump(h), before);
	assert_non_null(strstr(harness_head_text(h), "Referrer-Policy: no-referrer"));
}

static void
afterwards_other_sessions_are_over_and_mailed_links_void(void **state)
{
	struct harness *h = *state;
	int64_t application = house_application(h, "Luna"), mine;
	int64_t luna = harness_person(h, "luna@example.org", "Luna");
	const char *token = token_random(harness_arena(h));

	harness_sign_in(h, luna);
	harness_sign_in_for(h, luna, application);
	harness_sign_in(h, luna);
	mine = harness_number(h, "SELECT max(id) FROM session");
	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_sign_in(harness_db(h), harness_arena(h), token, luna, NULL,
	    HARNESS_NOW, HARNESS_NOW + SIGN_IN_LINK_SECONDS));
	assert_true(link_record_application(harness_db(h), harness_arena(h),
	    token_random(harness_arena(h)), application, HARNESS_NOW, HARNESS_NOW + CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
	ask(h, "luna@moon.example");
	harness_run_sql(h,
	    "UPDATE person SET email = 'luna@example.org' WHERE name = 'Luna';"
	    "INSERT INTO outbox (reason, kind, urgency, recipient, parameters, due_at, created_at)"
	    " VALUES ('offer:1', 'offer', 2, 'Luna@example.org', '{}', 1, 1),"
	    " ('sign_in:1', 'sign_in', 1, 'luna@example.org', '{}', 1, 1),"
	    " ('next_opens:1', 'next_opens', 3, 'luna@example.org', '{}', 1, 1)");
	harness_post(h, mailed(h, "address_old"));
	harness_post(h, mailed(h, "address_new"));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT id FROM session WHERE person_id <> 1"),
	    arena_format(harness_arena(h), "%lld|\n", (long long)mine));
	assert_int_equal(harness_number(h, "SELECT count(*) FROM link"), 0);
	assert_string_equal(harness_rows(h, "SELECT email, email_key FROM application"),
	    "luna@moon.example|luna@moon.example|\n");
	assert_string_equal(harness_rows(h,
				"SELECT kind, recipient FROM outbox"
				" WHERE kind NOT LIKE 'address%' ORDER BY kind"),
	    "next_opens|luna@example.org|\noffer|luna@moon.example|\n"
	    "sign_in|luna@moon.example|\n");
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	harness_expect(h, "luna@moon.example");
}

/* Polaris's own application, offered a seat, let in late, and one begun. */
static void
links_and_code_of_the_old_mailbox_open_no_offer_and_no_draft(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link;
	int64_t application = house_application(h, "Luna");

	house_offer(h, application, NULL);
	harness_run_sql(h,
	    "UPDATE application SET person_id = 1, email = '" OLD "', email_key = '" OLD "';"
	    "INSERT INTO draft (cohort_id, email, email_key, fields, code_hash, begun_at,"
	    " saved_at) VALUES (1, '" OLD "', '" OLD "', 'why=x', 'hash', 1, 1);"
	    "INSERT INTO late_entry (cohort_id, email, email_key, until_at, let_at)"
	    " VALUES (1, '" OLD "', '" OLD "', 2000000000, 1)");
	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	link_mailed(h,
	    &(struct link_new){
		.purpose = "offer", .offer_id = harness_number(h, "SELECT id FROM offer") });
	link_mailed(h,
	    &(struct link_new){
		.purpose = "draft", .draft_id = harness_number(h, "SELECT id FROM draft") });
	press_both(h, old_link, new_link);
	expect_address(h, NEW);
	assert_string_equal(harness_rows(h, "SELECT purpose FROM link"), "");
	assert_string_equal(harness_rows(h, "SELECT code_hash FROM draft"), "NULL|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT email, email_key FROM late_entry"), NEW "|" NEW "|\n");
}

/* Whoever reads the old mailbox, and began an application with its address,
 * must not come in by that one's link. */
static void
an_application_begun_with_the_old_address_follows_and_its_link_is_void(void **state)
{
	struct harness *h = *state;
	int64_t application = house_application(h, "Luna");

	harness_run_sql(h,
	    "UPDATE application SET person_id = NULL, confirmed_at = NULL, email = '" OLD
	    "', email_key = '" OLD "', confirm_until = 1795400000");
	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record_application(harness_db(h), harness_arena(h),
	    token_random(harness_arena(h)), application, HARNESS_NOW, HARNESS_NOW + CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
	ask(h, NEW);
	harness_post(h, mailed(h, "address_old"));
	harness_post(h, mailed(h, "address_new"));
	expect_address(h, NEW);
	assert_string_equal(harness_rows(h, "SELECT email_key FROM application"), NEW "|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM link"), 0);
}

static void
safety_18_an_address_that_is_anothers_is_answered_alike_and_told_to_its_owner(void **state)
{
	struct harness *h = *state;
	const char *head, *new_link, *old_link;

	harness_person(h, "vega@example.org", "Vega");
	ask(h, "nobody@example.org");
	head = arena_copy(harness_arena(h), harness_head_text(h));
	ask(h, "vega@example.org");
	assert_string_equal(harness_head_text(h), head);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE recipient = 'vega@example.org'"),
	    1);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	harness_get(h, new_link);
	harness_expect(h, "Yes, use this address");
	harness_post(h, new_link);
	harness_expect_status(h, 409);
	harness_expect(h, "belongs to another account here");
	assert_int_equal(
	    harness_number(h, "SELECT count(new_confirmed_at) FROM address_change"), 0);
	harness_post(h, old_link);
	harness_expect_status(h, 303);
	harness_expect_location(h, old_link);
	expect_address(h, OLD);
}

/* The database decides between two who want the same address. */
static void
of_two_who_want_one_address_the_first_gets_it(void **state)
{
	struct harness *h = *state;
	const char *old_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	harness_post(h, mailed(h, "address_new"));
	harness_expect_status(h, 303);
	harness_person(h, NEW, "Vega");
	harness_post(h, old_link);
	harness_expect_status(h, 409);
	harness_expect(h, "belongs to another account here");
	expect_address(h, OLD);
	assert_int_equal(
	    harness_number(h, "SELECT count(old_confirmed_at) FROM address_change"), 0);
}

static void
a_change_is_taken_back_and_its_links_with_it(void **state)
{
	struct harness *h = *state;
	const char *old_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	harness_post(h, ADDRESS "/keep");
	harness_expect_status(h, 303);
	assert_string_equal(harness_header(h, "Location"), ADDRESS "?done=address_kept");
	harness_get(h, old_link);
	harness_expect_status(h, 410);
	harness_post(h, old_link);
	harness_expect_status(h, 410);
	harness_post(h, ADDRESS "/keep");
	harness_expect_status(h, 303);
}

static void
asking_again_replaces_the_change_of_before(void **state)
{
	struct harness *h = *state;
	const char *old_link;

	ask(h, "mistyped@north.example");
	old_link = mailed(h, "address_old");
	ask(h, NEW);
	assert_string_equal(harness_rows(h, "SELECT email FROM address_change"), NEW "|\n");
	harness_post(h, old_link);
	harness_expect_status(h, 410);
	(void)mailed(h, "address_old");
}

static void
a_change_ends_after_a_day(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	harness_post(h, old_link);
	harness_set_now(h, HARNESS_NOW + CLOCK_DAY - 1);
	harness_get(h, new_link);
	harness_expect_status(h, 200);
	harness_set_now(h, HARNESS_NOW + CLOCK_DAY);
	harness_get(h, new_link);
	harness_expect_status(h, 410);
	harness_post(h, new_link);
	harness_expect_status(h, 410);
	harness_get(h, ADDRESS);
	harness_expect_not(h, "A change is on its way");
	expect_address(h, OLD);
	assert_true(db_begin_write(harness_db(h)));
	assert_true(tick(harness_db(h), harness_arena(h), HARNESS_NOW + CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
	assert_int_equal(harness_number(h, "SELECT count(*) FROM address_change"), 0);
}

static void
what_is_no_new_address_is_refused(void **state)
{
	struct harness *h = *state;

	ask(h, "POLARIS@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "That is the address you have.");
	ask(h, "polaris@north.example\r\nBcc: x@y.example");
	harness_expect_status(h, 422);
	ask(h, "");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

static void
safety_19_the_sixth_change_of_an_hour_is_refused_kindly(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 5; i++) {
		ask(h, arena_format(harness_arena(h), "star%d@north.example", i));
		harness_expect_status(h, 303);
	}
	ask(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "wait an hour");
	harness_expect(h, "value=\"" NEW "\"");
	harness_set_now(h, HARNESS_NOW + CLOCK_HOUR);
	ask(h, NEW);
	harness_expect_status(h, 303);
}

static void
safety_21_a_disabled_account_does_not_move(void **state)
{
	struct harness *h = *state;
	const char *old_link, *new_link;

	ask(h, NEW);
	old_link = mailed(h, "address_old");
	new_link = mailed(h, "address_new");
	harness_post(h, old_link);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1");
	harness_forget(h);
	harness_post(h, new_link);
	harness_expect_status(h, 410);
	expect_address(h, OLD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(both_mailboxes_are_written_to_and_nothing_changes_yet),
		house_test(the_address_changes_when_both_buttons_were_pressed),
		house_test(the_order_of_the_two_makes_no_difference),
		house_test(a_stranger_with_both_mails_presses_them_without_a_session),
		house_test(safety_14_looking_at_a_link_confirms_nothing),
		house_test(afterwards_other_sessions_are_over_and_mailed_links_void),
		house_test(links_and_code_of_the_old_mailbox_open_no_offer_and_no_draft),
		house_test(an_application_begun_with_the_old_address_follows_and_its_link_is_void),
		house_test(
		    safety_18_an_address_that_is_anothers_is_answered_alike_and_told_to_its_owner),
		house_test(of_two_who_want_one_address_the_first_gets_it),
		house_test(a_change_is_taken_back_and_its_links_with_it),
		house_test(asking_again_replaces_the_change_of_before),
		house_test(a_change_ends_after_a_day),
		house_test(what_is_no_new_address_is_refused),
		house_test(safety_19_the_sixth_change_of_an_hour_is_refused_kindly),
		house_test(safety_21_a_disabled_account_does_not_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
