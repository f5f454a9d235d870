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

#include "crewctl_office.h"
#include "db/db.h"
#include "ground/arena.h"

static void
sends_what_is_due_once_and_notes_it(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_queue(office, 2, "sign_in", "+ 60");
	office_send_due(office);
	office_send_due(office);
	assert_int_equal(office->count, 1);
	office_expect(office,
	    "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1 AND sent_at ="
	    " 1795330800 AND attempts = 1 AND answer = '250 2.0.0 Ok'",
	    1);
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'queued' AND id = 2", 1);
	office_now += 60;
	office_send_due(office);
	assert_int_equal(office->count, 2);
}

static void
the_most_urgent_goes_first(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "- 50");
	office_queue(office, 2, "sign_in", "- 100");
	office_queue(office, 3, "sign_in", "- 60");
	harness_run_sql(office->harness, "UPDATE outbox SET urgency = 3 WHERE id = 2;");
	office_send_due(office);
	assert_int_equal(office->count, 3);
	assert_int_equal(office->handed[0].id, 3);
	assert_int_equal(office->handed[1].id, 1);
	assert_int_equal(office->handed[2].id, 2);
}

static void
expect_link_works(struct office *office)
{
	office_expect(office, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 600", 1);
	office_now += 40; /* the server takes its time */
}

static void
safety_56_a_link_works_when_its_mail_arrives_and_counts_from_acceptance(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office->meanwhile = expect_link_works;
	office_send_due(office);
	office_expect(office, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 640", 1);
}

static void
lock_out(struct office *office)
{
	/* A transaction inside a transaction is a fault: the note cannot begin. */
	assert_true(db_begin_read(office->crewctl.db));
}

/* As after kill -9: the server has it, nobody noted that. */
static void
killed_before_it_was_noted_it_goes_again_with_the_same_id_and_link(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_queue(office, 2, "sign_in", "");
	office->meanwhile = lock_out;
	assert_false(courier_send_due(&office->courier));
	db_rollback(office->crewctl.db);
	office->meanwhile = NULL;
	office_replace_courier(office);
	office_now += 5;
	office_send_due(office);
	assert_int_equal(office->count, 3);
	assert_int_equal(office->handed[0].id, 1);
	assert_int_equal(office->handed[1].id, 1);
	assert_string_equal(office->handed[0].id_line, office->handed[1].id_line);
	assert_true(strlen(office->handed[0].id_line) > 40);
	assert_string_equal(office->handed[0].token, office->handed[1].token);
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
	office_expect(office, "SELECT count(*) FROM link", 2);
}

static void
what_could_not_be_noted_is_noted_first_and_not_sent_again(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_queue(office, 2, "sign_in", "");
	office->meanwhile = lock_out;
	assert_false(courier_send_due(&office->courier));
	db_rollback(office->crewctl.db);
	office->meanwhile = NULL;
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 0);
	office_send_due(office);
	assert_int_equal(office->count, 2);
	assert_int_equal(office->handed[0].id, 1);
	assert_int_equal(office->handed[1].id, 2);
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
}

static void
message_ids_tell_mails_apart_even_after_a_restore(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_send_due(office);
	harness_run_sql(office->harness, "DELETE FROM outbox;");
	office_queue(office, 1, "sign_in", "");
	harness_run_sql(office->harness, "UPDATE outbox SET created_at = created_at + 1;");
	office_send_due(office);
	assert_int_equal(office->count, 2);
	assert_string_not_equal(office->handed[0].id_line, office->handed[1].id_line);
}

static void
cancel_it(struct office *office)
{
	harness_run_sql(office->harness, "UPDATE outbox SET state = 'cancelled';");
}

static void
cancelled_while_it_was_handed_over_it_was_sent(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office->meanwhile = cancel_it;
	office_send_due(office);
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1);
}

static void
erase_them(struct office *office)
{
	harness_run_sql(office->harness,
	    "DELETE FROM outbox; DELETE FROM link;"
	    "DELETE FROM person WHERE id = 101;");
}

static void
erased_while_it_was_handed_over_nothing_comes_back(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office->meanwhile = erase_them;
	office_send_due(office);
	office_expect(office, "SELECT count(*) FROM outbox", 0);
	office_expect(office, "SELECT count(*) FROM link", 0);
	office_send_due(office);
}

static void
the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_queue(office, 2, "sign_in", "");
	harness_run_sql(
	    office->harness, "UPDATE mail_kind SET is_forgotten = 1 WHERE kind = 'sign_in';");
	office->first =
	    (struct delivery){ .outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_DROPPED };
	office_send_due(office);
	office_expect(office, "SELECT count(*) FROM outbox WHERE id = 1", 1);
	office_expect(office, "SELECT count(*) FROM outbox WHERE id = 2", 0);
}

static void
tell_to_end(struct office *office)
{
	office->ended = 1;
}

static void
told_to_end_it_notes_the_mail_in_hand_and_takes_no_other(void **state)
{
	struct office *office = *state;

	office_queue(office, 1, "sign_in", "");
	office_queue(office, 2, "sign_in", "");
	office->meanwhile = tell_to_end;
	office_send_due(office);
	assert_int_equal(office->count, 1);
	office_expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1", 1);
	office_expect(
	    office, "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts = 0", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(sends_what_is_due_once_and_notes_it),
		office_test(the_most_urgent_goes_first),
		office_test(
		    safety_56_a_link_works_when_its_mail_arrives_and_counts_from_acceptance),
		office_test(killed_before_it_was_noted_it_goes_again_with_the_same_id_and_link),
		office_test(what_could_not_be_noted_is_noted_first_and_not_sent_again),
		office_test(message_ids_tell_mails_apart_even_after_a_restore),
		office_test(cancelled_while_it_was_handed_over_it_was_sent),
		office_test(erased_while_it_was_handed_over_nothing_comes_back),
		office_test(the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted),
		office_test(told_to_end_it_notes_the_mail_in_hand_and_takes_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
