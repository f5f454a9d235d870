/*
 * What the database knows before, while and after the courier hands a mail
 * over: none is lost, and none goes twice but for the one window.
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
sends_what_is_due_once_and_notes_it(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "+ 60");
	carrier_send_due(round);
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	carrier_expect(round,
	    "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1 AND sent_at ="
	    " 1795330800 AND attempts = 1 AND answer = '250 2.0.0 Ok'",
	    1);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'queued' AND id = 2", 1);
	carrier_now += 60;
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
}

static void
the_most_urgent_goes_first(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "- 50");
	carrier_queue(round, 2, "sign_in", "- 100");
	carrier_queue(round, 3, "sign_in", "- 60");
	harness_run_sql(round->harness, "UPDATE outbox SET urgency = 3 WHERE id = 2;");
	carrier_send_due(round);
	assert_int_equal(round->count, 3);
	assert_int_equal(round->handed[0].id, 3);
	assert_int_equal(round->handed[1].id, 1);
	assert_int_equal(round->handed[2].id, 2);
}

static void
expect_link_works(struct round *round)
{
	carrier_expect(round, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 600", 1);
	carrier_now += 40; /* the server takes its time */
}

static void
safety_56_a_link_works_when_its_mail_arrives_and_counts_from_acceptance(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->meanwhile = expect_link_works;
	carrier_send_due(round);
	carrier_expect(round, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 640", 1);
}

static void
lock_out(struct round *round)
{
	/* A transaction inside a transaction is a fault: the note cannot begin. */
	assert_true(db_begin_read(round->crewctl.db));
}

/* As after kill -9: the server has it, nobody noted that. */
static void
killed_before_it_was_noted_it_goes_again_with_the_same_id_and_link(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	round->meanwhile = lock_out;
	assert_false(courier_send_due(&round->courier));
	db_rollback(round->crewctl.db);
	round->meanwhile = NULL;
	carrier_replace_courier(round);
	carrier_now += 5;
	carrier_send_due(round);
	assert_int_equal(round->count, 3);
	assert_int_equal(round->handed[0].id, 1);
	assert_int_equal(round->handed[1].id, 1);
	assert_string_equal(round->handed[0].id_line, round->handed[1].id_line);
	assert_true(strlen(round->handed[0].id_line) > 40);
	assert_string_equal(round->handed[0].token, round->handed[1].token);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
	carrier_expect(round, "SELECT count(*) FROM link", 2);
}

static void
what_could_not_be_noted_is_noted_first_and_not_sent_again(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	round->meanwhile = lock_out;
	assert_false(courier_send_due(&round->courier));
	db_rollback(round->crewctl.db);
	round->meanwhile = NULL;
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 0);
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
	assert_int_equal(round->handed[0].id, 1);
	assert_int_equal(round->handed[1].id, 2);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
}

static void
message_ids_tell_mails_apart_even_after_a_restore(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_send_due(round);
	harness_run_sql(round->harness, "DELETE FROM outbox;");
	carrier_queue(round, 1, "sign_in", "");
	harness_run_sql(round->harness, "UPDATE outbox SET created_at = created_at + 1;");
	carrier_send_due(round);
	assert_int_equal(round->count, 2);
	assert_string_not_equal(round->handed[0].id_line, round->handed[1].id_line);
}

static void
cancel_it(struct round *round)
{
	harness_run_sql(round->harness, "UPDATE outbox SET state = 'cancelled';");
}

static void
cancelled_while_it_was_handed_over_it_was_sent(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->meanwhile = cancel_it;
	carrier_send_due(round);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1);
}

static void
erase_them(struct round *round)
{
	harness_run_sql(round->harness,
	    "DELETE FROM outbox; DELETE FROM link;"
	    "DELETE FROM person WHERE id = 101;");
}

static void
erased_while_it_was_handed_over_nothing_comes_back(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->meanwhile = erase_them;
	carrier_send_due(round);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
	carrier_expect(round, "SELECT count(*) FROM link", 0);
	carrier_send_due(round);
}

/* As when another link of theirs was used, or their address changed. */
static void
void_links(struct round *round)
{
	harness_run_sql(round->harness, "DELETE FROM link;");
	carrier_now++;
}

static void
a_link_made_void_while_it_was_handed_over_stays_void(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	round->meanwhile = void_links;
	carrier_send_due(round);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1);
	carrier_expect(round, "SELECT count(*) FROM link", 0);
}

static void
the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	harness_run_sql(
	    round->harness, "UPDATE mail_kind SET is_forgotten = 1 WHERE kind = 'sign_in';");
	round->first =
	    (struct delivery){ .outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_DROPPED };
	carrier_send_due(round);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 1", 1);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 2", 0);
}

static void
tell_to_end(struct round *round)
{
	round->ended = 1;
}

static void
told_to_end_it_notes_the_mail_in_hand_and_takes_no_other(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	round->meanwhile = tell_to_end;
	carrier_send_due(round);
	assert_int_equal(round->count, 1);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1", 1);
	carrier_expect(
	    round, "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts = 0", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		carrier_test(sends_what_is_due_once_and_notes_it),
		carrier_test(the_most_urgent_goes_first),
		carrier_test(
		    safety_56_a_link_works_when_its_mail_arrives_and_counts_from_acceptance),
		carrier_test(killed_before_it_was_noted_it_goes_again_with_the_same_id_and_link),
		carrier_test(what_could_not_be_noted_is_noted_first_and_not_sent_again),
		carrier_test(message_ids_tell_mails_apart_even_after_a_restore),
		carrier_test(cancelled_while_it_was_handed_over_it_was_sent),
		carrier_test(erased_while_it_was_handed_over_nothing_comes_back),
		carrier_test(a_link_made_void_while_it_was_handed_over_stays_void),
		carrier_test(the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted),
		carrier_test(told_to_end_it_notes_the_mail_in_hand_and_takes_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
