/*
 * The courier's loop, with a carrier that does as it is told: what the
 * database knows before, while and after a mail is handed over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/courier.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "harness.h"

enum { HANDED_MAX = 64 };

/* A mail as the carrier got it. */
struct handed {
	int64_t id;
	char id_line[200]; /* its Message-ID */
	char token[TOKEN_LENGTH + 1];
	char to[100];
};

struct office {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
	struct courier courier;
	struct handed handed[HANDED_MAX];
	int count;
	/* What the carrier answers: the first may be another. */
	struct delivery first, rest;
	/* Runs while a mail is handed over. */
	void (*meanwhile)(struct office *);
	volatile sig_atomic_t ended;
};

static int64_t test_now;
static int64_t test_micros;

static int64_t
now(void)
{
	return test_now;
}

static int64_t
micros(void)
{
	return test_micros;
}

static void
keep_line(char *out, size_t room, const char *text, const char *name)
{
	const char *line = text == NULL ? NULL : strstr(text, name);
	size_t length = line == NULL ? 0 : strcspn(line, "\r\n");

	length = length < room ? length : room - 1;
	if (line != NULL) {
		memcpy(out, line, length);
	}
	out[length] = '\0';
}

static struct delivery
carry(void *object, struct arena *arena, const struct parcel *parcel)
{
	struct office *office = object;
	struct handed *handed = &office->handed[office->count];

	(void)arena;
	assert_true(office->count < HANDED_MAX);
	assert_false(db_in_transaction(office->crewctl.db));
	handed->id = parcel->outbox.id;
	keep_line(handed->id_line, sizeof handed->id_line,
	    parcel->message == NULL ? NULL : parcel->message->data, "Message-ID:");
	keep_line(handed->to, sizeof handed->to, parcel->to, "");
	memcpy(handed->token, parcel->letter.token, TOKEN_LENGTH + 1);
	if (office->meanwhile != NULL) {
		office->meanwhile(office);
	}
	return office->count++ == 0 ? office->first : office->rest;
}

static const struct program no_program = { .name = "crewctl" };

static void
courier_new(struct office *office)
{
	courier_begin(&office->courier, &office->crewctl, 0);
	office->courier.carrier = (struct carrier){ .deliver = carry, .object = office };
	office->courier.ended = &office->ended;
	office->courier.now = now;
	office->courier.micros = micros;
}

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct office *office = arena_alloc(harness_arena(harness), sizeof *office);

	office->harness = harness;
	office->site = *harness_site(harness);
	office->crewctl = (struct crewctl){ .arena = arena_new(),
		.site = &office->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW };
	office->first = office->rest =
	    (struct delivery){ .outcome = DELIVERY_ACCEPTED, .answer = "250 2.0.0 Ok" };
	test_now = HARNESS_NOW;
	test_micros = 1000000;
	courier_new(office);
	harness_run_sql(harness,
	    "INSERT INTO person (id, email, email_key, name, name_key, zone, created_at) VALUES"
	    " (101, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'UTC', 1795330800);");
	*state = office;
	return 0;
}

static int
tear_down(void **state)
{
	struct office *office = *state;
	struct arena *arena = office->crewctl.arena;

	courier_end(&office->courier);
	arena_free(arena);
	harness_free(office->harness);
	return 0;
}

static void
queue(struct office *office, int64_t id, const char *kind, const char *due)
{
	harness_run_sql(office->harness,
	    arena_format(harness_arena(office->harness),
		"INSERT INTO outbox (id, reason, kind, urgency, recipient, parameters, due_at,"
		" created_at) SELECT %lld, '%s:%lld', kind, urgency, 'vega@example.org',"
		" '{\"person\":\"101\"}', 1795330800 %s, 1795330800 FROM mail_kind"
		" WHERE kind = '%s';",
		(long long)id, kind, (long long)id, due, kind));
}

static void
expect(struct office *office, const char *sql, int64_t number)
{
	int64_t got = harness_number(office->harness, sql);

	if (got != number) {
		fail_msg("%s: %lld, not %lld", sql, (long long)got, (long long)number);
	}
}

static void
send_due(struct office *office)
{
	assert_true(courier_send_due(&office->courier));
}

static void
sends_what_is_due_once_and_notes_it(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "+ 60");
	send_due(office);
	send_due(office);
	assert_int_equal(office->count, 1);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1 AND sent_at ="
	    " 1795330800 AND attempts = 1 AND answer = '250 2.0.0 Ok'",
	    1);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'queued' AND id = 2", 1);
	test_now += 60;
	send_due(office);
	assert_int_equal(office->count, 2);
}

static void
the_most_urgent_goes_first(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "- 50");
	queue(office, 2, "sign_in", "- 100");
	queue(office, 3, "sign_in", "- 60");
	harness_run_sql(office->harness, "UPDATE outbox SET urgency = 3 WHERE id = 2;");
	send_due(office);
	assert_int_equal(office->count, 3);
	assert_int_equal(office->handed[0].id, 3);
	assert_int_equal(office->handed[1].id, 1);
	assert_int_equal(office->handed[2].id, 2);
}

static void
expect_link_works(struct office *office)
{
	expect(office, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 600", 1);
	test_now += 40; /* the server takes its time */
}

static void
safety_56_a_link_works_when_its_mail_arrives_and_counts_from_acceptance(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	office->meanwhile = expect_link_works;
	send_due(office);
	expect(office, "SELECT count(*) FROM link WHERE expires_at = 1795330800 + 640", 1);
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
	struct courier killed;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	office->meanwhile = lock_out;
	assert_false(courier_send_due(&office->courier));
	db_rollback(office->crewctl.db);
	office->meanwhile = NULL;
	killed = office->courier;
	courier_new(office);
	courier_end(&killed);
	test_now += 5;
	send_due(office);
	assert_int_equal(office->count, 3);
	assert_int_equal(office->handed[0].id, 1);
	assert_int_equal(office->handed[1].id, 1);
	assert_string_equal(office->handed[0].id_line, office->handed[1].id_line);
	assert_true(strlen(office->handed[0].id_line) > 40);
	assert_string_equal(office->handed[0].token, office->handed[1].token);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
	expect(office, "SELECT count(*) FROM link", 2);
}

static void
what_could_not_be_noted_is_noted_first_and_not_sent_again(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	office->meanwhile = lock_out;
	assert_false(courier_send_due(&office->courier));
	db_rollback(office->crewctl.db);
	office->meanwhile = NULL;
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 0);
	send_due(office);
	assert_int_equal(office->count, 2);
	assert_int_equal(office->handed[0].id, 1);
	assert_int_equal(office->handed[1].id, 2);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 2);
}

static void
message_ids_tell_mails_apart_even_after_a_restore(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	send_due(office);
	harness_run_sql(office->harness, "DELETE FROM outbox;");
	queue(office, 1, "sign_in", "");
	harness_run_sql(office->harness, "UPDATE outbox SET created_at = created_at + 1;");
	send_due(office);
	assert_int_equal(office->count, 2);
	assert_string_not_equal(office->handed[0].id_line, office->handed[1].id_line);
}

static void
a_temporary_refusal_waits_while_the_others_go(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	office->first = (struct delivery){
		.outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_BUSY, .answer = "451 4.7.1 later"
	};
	send_due(office);
	assert_int_equal(office->count, 2);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'queued' AND problem"
	    " = 'busy' AND answer = '451 4.7.1 later' AND attempts = 1 AND due_at"
	    " BETWEEN 1795330848 AND 1795330872",
	    1);
	expect(office, "SELECT count(*) FROM outbox WHERE id = 2 AND state = 'sent'", 1);
	assert_false(office->courier.has_failed);
	test_now += 72;
	send_due(office);
	assert_int_equal(office->count, 3);
}

static void
what_was_refused_leaves_no_link_behind(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	office->first = (struct delivery){ .outcome = DELIVERY_PERMANENT,
		.problem = DELIVERY_NO_MAILBOX,
		.answer = "550 5.1.1 unknown" };
	send_due(office);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE state = 'failed' AND problem ="
	    " 'no_mailbox'",
	    1);
	expect(office, "SELECT count(*) FROM link", 0);
}

static void
a_server_that_fails_rests_and_no_mail_is_blamed(void **state)
{
	struct office *office = *state;

	for (int64_t id = 1; id <= 5; id++) {
		queue(office, id, "sign_in", "");
	}
	office->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };
	send_due(office);
	assert_int_equal(office->count, 1);
	assert_true(office->courier.has_failed);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts = 0 AND"
	    " due_at BETWEEN 1795330812 AND 1795330818",
	    5);
	queue(office, 6, "sign_in", "");
	send_due(office);
	assert_int_equal(office->count, 1);
	test_now += 20;
	test_micros += 20000000;
	send_due(office);
	assert_int_equal(office->count, 7);
}

/* --once from cron: another courier, which knows only the database. */
static void
another_courier_knows_that_it_rests(void **state)
{
	struct office *office = *state;
	struct courier over;

	queue(office, 1, "sign_in", "");
	office->first =
	    (struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_CERTIFICATE };
	send_due(office);
	over = office->courier;
	courier_new(office);
	courier_end(&over);
	send_due(office);
	assert_int_equal(office->count, 1);
}

static void
no_more_go_in_a_minute_than_the_server_may_be_given(void **state)
{
	struct office *office = *state;

	for (int64_t id = 1; id <= 30; id++) {
		queue(office, id, "sign_in", "");
	}
	office->courier.mail_lane.per_minute = 10;
	for (int second = 0; second < 60; second++) {
		send_due(office);
		test_micros += 1000000;
	}
	assert_in_range(office->count, 8, 10);
	assert_true(db_begin_read(office->crewctl.db));
	assert_in_range(courier_wait_millis(&office->courier, false), 0, 7000);
	db_rollback(office->crewctl.db);
}

static void
what_has_no_point_any_more_is_not_handed_over(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	harness_run_sql(
	    office->harness, "UPDATE outbox SET parameters = '{\"person\":\"999\"}' WHERE id = 1;");
	send_due(office);
	assert_int_equal(office->count, 1);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'cancelled' AND"
	    " problem = 'pointless'",
	    1);
}

static void
a_sign_in_mail_that_waited_an_hour_is_not_sent_any_more(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "- 3601");
	queue(office, 2, "sign_in", "- 3599");
	send_due(office);
	assert_int_equal(office->count, 1);
	assert_int_equal(office->handed[0].id, 2);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'failed' AND problem"
	    " = 'gave_up'",
	    1);
}

static void
an_address_that_is_none_fails_without_a_server(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	harness_run_sql(
	    office->harness, "UPDATE outbox SET recipient = 'a@b.org, eve@example.org';");
	send_due(office);
	assert_int_equal(office->count, 0);
	expect(office,
	    "SELECT count(*) FROM outbox WHERE state = 'failed' AND problem ="
	    " 'unsendable'",
	    1);
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

	queue(office, 1, "sign_in", "");
	office->meanwhile = cancel_it;
	send_due(office);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1);
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

	queue(office, 1, "sign_in", "");
	office->meanwhile = erase_them;
	send_due(office);
	expect(office, "SELECT count(*) FROM outbox", 0);
	expect(office, "SELECT count(*) FROM link", 0);
	send_due(office);
}

static void
the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted(void **state)
{
	struct office *office = *state;

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	harness_run_sql(
	    office->harness, "UPDATE mail_kind SET is_forgotten = 1 WHERE kind = 'sign_in';");
	office->first =
	    (struct delivery){ .outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_DROPPED };
	send_due(office);
	expect(office, "SELECT count(*) FROM outbox WHERE id = 1", 1);
	expect(office, "SELECT count(*) FROM outbox WHERE id = 2", 0);
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

	queue(office, 1, "sign_in", "");
	queue(office, 2, "sign_in", "");
	office->meanwhile = tell_to_end;
	send_due(office);
	assert_int_equal(office->count, 1);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent' AND id = 1", 1);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts = 0", 1);
}

/* What is due by the clock must not wait for a long queue. */
static void
pass_time(struct office *office)
{
	(void)office;
	test_micros += 11000000;
}

static void
comes_back_after_half_a_minute(void **state)
{
	struct office *office = *state;

	for (int64_t id = 1; id <= 10; id++) {
		queue(office, id, "sign_in", "");
	}
	office->meanwhile = pass_time;
	send_due(office);
	assert_int_equal(office->count, 3);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'sent'", 3);
}

static void
a_word_for_a_hook_is_handed_over_with_its_link_alone(void **state)
{
	struct office *office = *state;

	harness_run_sql(office->harness,
	    "INSERT INTO hook (id, cohort_id, format, name, link, created_at) VALUES"
	    " (1, NULL, 'json', 'Chat', 'https://chat.example/secret', 0);"
	    "INSERT INTO outbox (id, reason, kind, urgency, recipient, hook_id, parameters,"
	    " due_at, created_at) VALUES (1, 'activity:1:1', 'activity', 3, '', 1,"
	    " '{\"activity\":\"999\"}', 0, 0);");
	send_due(office);
	/* That activity is gone: nothing was told, and no mail was made of it. */
	assert_int_equal(office->count, 0);
	expect(office, "SELECT count(*) FROM outbox WHERE state = 'cancelled'", 1);
}

#define office_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

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
		office_test(a_temporary_refusal_waits_while_the_others_go),
		office_test(what_was_refused_leaves_no_link_behind),
		office_test(a_server_that_fails_rests_and_no_mail_is_blamed),
		office_test(another_courier_knows_that_it_rests),
		office_test(no_more_go_in_a_minute_than_the_server_may_be_given),
		office_test(what_has_no_point_any_more_is_not_handed_over),
		office_test(a_sign_in_mail_that_waited_an_hour_is_not_sent_any_more),
		office_test(an_address_that_is_none_fails_without_a_server),
		office_test(cancelled_while_it_was_handed_over_it_was_sent),
		office_test(erased_while_it_was_handed_over_nothing_comes_back),
		office_test(the_row_of_a_kind_that_is_forgotten_goes_when_it_was_accepted),
		office_test(told_to_end_it_notes_the_mail_in_hand_and_takes_no_other),
		office_test(comes_back_after_half_a_minute),
		office_test(a_word_for_a_hook_is_handed_over_with_its_link_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
