/*
 * "Tell me when the next one opens", and how mails are stopped: by a button,
 * and by a mail program in its reader's place (RFC 8058).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/clock.h"
#include "model/session.h"
#include "web/route.h"

#define ASK "/cohort/tell-me"
#define TOKEN "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu"
#define CONFIRM "/cohort/tell-me/" TOKEN
#define STOP "/cohort/stop/" TOKEN
/* One that was given to nobody. */
#define STRANGE_STOP "/cohort/stop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

extern const struct program apply_program, cohort_program;

static void
record(struct harness *h, const struct link_new *link)
{
	struct db *db = harness_db(h);

	assert_true(db_begin_write(db));
	assert_true(link_record(
	    db, harness_arena(h), TOKEN, link, harness_now(h), harness_now(h) + 3 * CLOCK_DAY));
	assert_true(db_commit(db));
}

static void
ask(struct harness *h, const char *email)
{
	harness_field(h, "email", email);
	harness_post(h, ASK);
}

static void
asked(struct harness *h)
{
	harness_forget(h);
	ask(h, "comet@example.org");
	harness_expect_location(h, ASK "/sent");
	record(h, &(struct link_new){ .purpose = "subscription", .subscription_id = 1 });
}

static void
subscribed(struct harness *h)
{
	harness_forget(h);
	harness_run_sql(h,
	    "INSERT INTO subscription (id, email, email_key, asked_at, confirmed_at)"
	    " VALUES (1, 'comet@example.org', 'comet@example.org', 1, 2)");
	record(h, &(struct link_new){ .purpose = "stop_subscription", .subscription_id = 1 });
}

static int64_t
subscriptions(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM subscription");
}

static void
the_front_page_asks_while_no_cohort_is_open(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	harness_get(h, "/");
	harness_expect_not(h, "Tell me when the next one opens");
	assert_null(harness_header(h, "Set-Cookie"));
	harness_set_now(h, 1795867200);
	harness_get(h, "/");
	harness_expect(h, "Tell me when the next one opens");
	harness_expect(h, "action=\"" ASK "\"");
	assert_non_null(harness_header(h, "Set-Cookie"));
}

static void
the_pages_of_applying_ask_and_their_token_fits(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	harness_program(h, &apply_program);
	harness_set_now(h, 1795867200);
	harness_get(h, "/apply/orion");
	harness_expect(h, "Applications are closed");
	harness_expect(h, "action=\"" ASK "\"");
	harness_forget(h);
	harness_get(h, "/apply/");
	harness_expect(h, "action=\"" ASK "\"");
	harness_program(h, &cohort_program);
	ask(h, "comet@example.org");
	harness_expect_status(h, 303);
}

static void
asking_is_confirmed_by_a_button_and_nothing_less(void **state)
{
	struct harness *h = *state;
	const char *before;

	asked(h);
	harness_get(h, ASK "/sent");
	harness_expect(h, "look at your mail");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient FROM outbox"),
	    "next_opens_confirm|comet@example.org|\n");
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, CONFIRM);
		harness_expect_status(h, 200);
		harness_expect(h, "comet@example.org");
	}
	assert_string_equal(harness_dump(h), before);
	harness_post(h, CONFIRM);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT confirmed_at FROM subscription"), HARNESS_NOW);
	harness_get(h, CONFIRM);
	harness_expect(h, "All is set");
	harness_post(h, CONFIRM);
	harness_expect_status(h, 303);
}

/* Safety 18. */
static void
safety_18_every_address_gets_the_same_answer(void **state)
{
	struct harness *h = *state;
	const char *first;

	asked(h);
	harness_post(h, CONFIRM);
	ask(h, "comet@example.org");
	harness_expect_status(h, 303);
	first = harness_header(h, "Location");
	ask(h, "nobody@example.org");
	assert_string_equal(harness_header(h, "Location"), first);
	ask(h, "no address");
	harness_expect_status(h, 422);
	harness_expect(h, "no address");
}

/* Safety 19. */
static void
safety_19_asking_too_often_is_answered_kindly(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 5; i++) {
		ask(h, "comet@example.org");
		harness_expect_status(h, 303);
	}
	ask(h, "comet@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "stopped for a while");
}

static void
an_old_link_leads_to_asking_once_more(void **state)
{
	struct harness *h = *state;

	asked(h);
	harness_set_now(h, HARNESS_NOW + 3 * CLOCK_DAY);
	harness_get(h, CONFIRM);
	harness_expect_status(h, 410);
	harness_expect(h, "href=\"" ASK "\"");
	harness_post(h, CONFIRM);
	harness_expect_status(h, 410);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM subscription WHERE confirmed_at > 0"), 0);
}

static void
looking_at_a_stop_link_changes_nothing_and_its_button_stops(void **state)
{
	struct harness *h = *state;
	const char *before;

	subscribed(h);
	before = harness_dump(h);
	harness_get(h, STOP);
	harness_expect_status(h, 200);
	harness_expect(h, "Stop the mail about the next cohort?");
	assert_string_equal(harness_dump(h), before);
	harness_post(h, STOP);
	harness_expect_status(h, 200);
	harness_expect(h, "Stopped");
	assert_int_equal(subscriptions(h), 0);
	harness_get(h, STOP);
	harness_expect_status(h, 410);
	harness_expect(h, "nothing to stop");
	harness_post(h, STOP);
	harness_expect_status(h, 200);
}

static void
reminders_are_stopped_and_the_own_page_is_named(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	record(h, &(struct link_new){ .purpose = "stop_reminders", .person_id = 1 });
	harness_get(h, STOP);
	harness_expect(h, "Stop reminders of stand-ups?");
	harness_post(h, STOP);
	harness_expect(h, "no more reminders");
	assert_int_equal(harness_number(h, "SELECT wants_reminders FROM person WHERE id = 1"), 0);
}

/* RFC 8058, section 3.2: no cookie, no token, no origin; either encoding. */
static void
a_mail_program_stops_it_in_one_click(void **state)
{
	static const struct {
		const char *type;
		const char *body;
	} sent[] = {
		{ "CONTENT_TYPE=application/x-www-form-urlencoded", "List-Unsubscribe=One-Click" },
		{ "CONTENT_TYPE=multipart/form-data; boundary=b",
		    "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
		    "One-Click\r\n--b--\r\n" },
	};

	for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++) {
		struct harness *h = *state;

		harness_run_sql(h, "DELETE FROM subscription");
		subscribed(h);
		harness_without_token(h);
		harness_variable(h, "CONTENT_TYPE", strchr(sent[i].type, '=') + 1);
		harness_body(h, sent[i].body);
		harness_post(h, STOP);
		harness_expect_status(h, 200);
		assert_null(harness_header(h, "Location"));
		assert_int_equal(subscriptions(h), 0);
	}
}

/*
 * A page elsewhere that sends it in somebody's browser does what whoever knows
 * the secret may do anyway, and as a stranger; without the secret, nothing.
 */
static void
safety_27_a_one_click_address_lends_no_rights_to_other_sites(void **state)
{
	struct harness *h = *state;
	const char *before;

	subscribed(h);
	house_sign_in(h, "Polaris");
	/* Any request lets what is due follow; that is no right of anybody's. */
	harness_post(h, STRANGE_STOP);
	before = harness_dump(h);
	harness_without_token(h);
	harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
	harness_post(h, STRANGE_STOP);
	harness_expect_status(h, 200);
	harness_expect(h, "nothing to stop");
	assert_string_equal(harness_dump(h), before);
	harness_without_token(h);
	harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
	harness_post(h, STOP);
	harness_expect_status(h, 200);
	harness_expect_not(h, "Polaris");
	/* No other address is sent so, nor with another type. */
	harness_without_token(h);
	harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
	harness_post(h, CONFIRM);
	harness_expect_status(h, 403);
	harness_variable(h, "CONTENT_TYPE", "multipart/form-data; boundary=b");
	harness_body(h, "--b--\r\n");
	harness_post(h, CONFIRM);
	harness_expect_status(h, 415);
}

static void
safety_27_one_click_is_for_mails_alone(void **state)
{
	size_t rows = 0;

	(void)state;
	for (size_t i = 0; i < cohort_program.count; i++) {
		if (cohort_program.routes[i].one_click) {
			assert_string_equal(cohort_program.routes[i].pattern, "/cohort/stop/:stop");
			rows++;
		}
	}
	assert_int_equal(rows, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(the_front_page_asks_while_no_cohort_is_open),
		house_test(the_pages_of_applying_ask_and_their_token_fits),
		house_test(asking_is_confirmed_by_a_button_and_nothing_less),
		house_test(safety_18_every_address_gets_the_same_answer),
		house_test(safety_19_asking_too_often_is_answered_kindly),
		house_test(an_old_link_leads_to_asking_once_more),
		house_test(looking_at_a_stop_link_changes_nothing_and_its_button_stops),
		house_test(reminders_are_stopped_and_the_own_page_is_named),
		house_test(a_mail_program_stops_it_in_one_click),
		house_test(safety_27_a_one_click_address_lends_no_rights_to_other_sites),
		house_test(safety_27_one_click_is_for_mails_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
