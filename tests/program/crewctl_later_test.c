/*
 * What does not go at once: mails that a server does not take, servers that
 * fail or may be given only so much, and mails that had better not go at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_carrier.h"
#include "db/db.h"
#include "ground/arena.h"

static void
a_temporary_refusal_waits_while_the_others_go(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	round->first = (struct delivery){
		.outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_BUSY, .answer = "451 4.7.1 later"
	};
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'queued' AND problem"
	    " = 'busy' AND answer = '451 4.7.1 later' AND attempts = 1 AND due_at"
	    " BETWEEN 1795330848 AND 1795330872",
	    1);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 2 AND state = 'sent'", 1);
	assert_false(round->courier.has_failed);
	carrier_now += 72;
	carrier_send_due(round);
	assert_int_equal(round->count, 3);
}

static void
what_was_refused_leaves_no_link_behind(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->first = (struct delivery){ .outcome = DELIVERY_PERMANENT,
		.problem = DELIVERY_NO_MAILBOX,
		.answer = "550 5.1.1 unknown" };
	carrier_send_due(round);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE state = 'failed' AND problem ="
	    " 'no_mailbox'",
	    1);
	carrier_expect(round, "SELECT count(*) FROM link", 0);
}

static void
a_server_that_fails_rests_and_no_mail_is_blamed(void **state)
{
	struct round *round = *state;

	for (int64_t id = 1; id <= 5; id++) {
		carrier_queue(round, id, "sign_in", "");
	}
	round->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	assert_true(round->courier.has_failed);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts = 0 AND"
	    " due_at BETWEEN 1795330812 AND 1795330818",
	    5);
	carrier_queue(round, 6, "sign_in", "");
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	carrier_now += 20;
	carrier_micros += 20000000;
	carrier_send_due(round);
	assert_int_equal(round->count, 7);
}

/* --once from cron: another courier, which knows only the database. */
static void
another_courier_knows_that_it_rests(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_CERTIFICATE };
	carrier_send_due(round);
	carrier_replace_courier(round);
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
}

static void
no_more_go_in_a_minute_than_the_server_may_be_given(void **state)
{
	struct round *round = *state;

	for (int64_t id = 1; id <= 30; id++) {
		carrier_queue(round, id, "sign_in", "");
	}
	round->courier.mail_lane.per_minute = 10;
	for (int second = 0; second < 60; second++) {
		carrier_send_due(round);
		carrier_micros += 1000000;
	}
	assert_in_range(round->count, 8, 10);
	assert_true(db_begin_read(round->crewctl.db));
	assert_in_range(courier_wait_millis(&round->courier, false), 0, 7000);
	db_rollback(round->crewctl.db);
}

static void
what_has_no_point_any_more_is_not_handed_over(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	harness_run_sql(
	    round->harness, "UPDATE outbox SET parameters = '{\"person\":\"999\"}' WHERE id = 1;");
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'cancelled' AND"
	    " problem = 'pointless'",
	    1);
}

static void
a_sign_in_mail_that_waited_an_hour_is_not_sent_any_more(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "- 3601");
	carrier_queue(round, 2, "sign_in", "- 3599");
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	assert_int_equal(round->handed[0].id, 2);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'failed' AND problem"
	    " = 'gave_up'",
	    1);
}

/* The row is the last to hold an address that was to be forgotten. */
static void
of_an_erasure_nothing_is_kept_when_its_mail_reaches_nobody(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "erased", "");
	carrier_queue(round, 2, "erased", "");
	round->first =
	    (struct delivery){ .outcome = DELIVERY_PERMANENT, .problem = DELIVERY_NO_MAILBOX };
	round->rest = (struct delivery){ .outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_BUSY };
	carrier_send_due(round);
	assert_true(round->courier.has_forgotten);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 1", 0);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued'", 1);
	harness_run_sql(round->harness, "UPDATE outbox SET state = 'cancelled';");
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
}

static void
an_address_that_is_none_fails_without_a_server(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	harness_run_sql(
	    round->harness, "UPDATE outbox SET recipient = 'a@b.org, eve@example.org';");
	carrier_send_due(round);
	assert_int_equal(round->count, 0);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE state = 'failed' AND problem ="
	    " 'unsendable'",
	    1);
}

/* What is due by the clock must not wait for a long queue. */
static void
pass_time(struct round *round)
{
	(void)round;
	carrier_micros += 11000000;
}

static void
comes_back_after_half_a_minute(void **state)
{
	struct round *round = *state;

	for (int64_t id = 1; id <= 10; id++) {
		carrier_queue(round, id, "sign_in", "");
	}
	round->meanwhile = pass_time;
	carrier_send_due(round);
	assert_int_equal(round->count, 3);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 3);
}

static void
a_word_for_a_hook_is_handed_over_with_its_link_alone(void **state)
{
	struct round *round = *state;

	harness_run_sql(round->harness,
	    "INSERT INTO hook (id, cohort_id, format, name, link, created_at) VALUES"
	    " (1, NULL, 'json', 'Chat', 'https://chat.example/secret', 0);"
	    "INSERT INTO outbox (id, reason, kind, urgency, recipient, hook_id, parameters,"
	    " due_at, created_at) VALUES (1, 'activity:1:1', 'activity', 3, '', 1,"
	    " '{\"activity\":\"999\"}', 0, 0);");
	carrier_send_due(round);
	/* That activity is gone: nothing was told, and no mail was made of it. */
	assert_int_equal(round->count, 0);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'cancelled'", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		carrier_test(a_temporary_refusal_waits_while_the_others_go),
		carrier_test(what_was_refused_leaves_no_link_behind),
		carrier_test(a_server_that_fails_rests_and_no_mail_is_blamed),
		carrier_test(another_courier_knows_that_it_rests),
		carrier_test(no_more_go_in_a_minute_than_the_server_may_be_given),
		carrier_test(what_has_no_point_any_more_is_not_handed_over),
		carrier_test(a_sign_in_mail_that_waited_an_hour_is_not_sent_any_more),
		carrier_test(of_an_erasure_nothing_is_kept_when_its_mail_reaches_nobody),
		carrier_test(an_address_that_is_none_fails_without_a_server),
		carrier_test(comes_back_after_half_a_minute),
		carrier_test(a_word_for_a_hook_is_handed_over_with_its_link_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
