/*
 * The two mails of a change of address.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "db/query/session.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "harness.h"
#include "model/address_change.h"
#include "model/session.h"

#define NEW "vega@lyra.example"

/* Vega, person 101, asked an hour ago: change 7. */
static void
make_change(struct office *office)
{
	harness_run_sql(office->harness,
	    arena_format(harness_arena(office->harness),
		"INSERT INTO address_change (id, person_id, email, email_key, asked_at, ends_at)"
		" VALUES (7, 101, '" NEW "', '" NEW "', %lld, %lld)",
		(long long)(HARNESS_NOW - CLOCK_HOUR),
		(long long)(HARNESS_NOW - CLOCK_HOUR + ADDRESS_CHANGE_SECONDS)));
}

static enum letter_outcome
write_side(struct office *office, const char *kind, const char *recipient, struct letter *letter)
{
	struct outbox outbox = office_queued(kind, "{\"change\":\"7\"}");

	outbox.recipient = recipient;
	return office_write(office, &outbox, letter);
}

static void
the_old_mailbox_learns_who_moves_where_until_when(void **state)
{
	struct office *office = *state;
	struct letter letter;

	make_change(office);
	assert_int_equal(
	    write_side(office, "address_old", "vega@example.org", &letter), LETTER_READY);
	office_assert_holds(letter.wording.body, "Hello Vega");
	office_assert_holds(letter.wording.body, NEW);
	office_assert_holds(letter.wording.body, "23 November 2026, 07:00 Europe/Vienna");
	office_assert_holds(letter.wording.body, "hello@example.org");
	office_assert_holds(letter.wording.body,
	    arena_format(harness_arena(office->harness),
		"<http://localhost:8080/cohort/address/%s>", letter.token));
}

/* Whoever mistyped an address must not tell a stranger who they are. */
static void
the_new_mailbox_learns_neither_name_nor_old_address(void **state)
{
	struct office *office = *state;
	struct letter letter;

	make_change(office);
	assert_int_equal(write_side(office, "address_new", NEW, &letter), LETTER_READY);
	office_assert_holds(letter.wording.body, NEW);
	assert_null(strstr(letter.wording.body, "Vega"));
	assert_null(strstr(letter.wording.body, "vega@example.org"));
	assert_null(strstr(letter.wording.subject, "Vega"));
}

static void
each_link_opens_its_own_side_until_the_change_ends(void **state)
{
	static const struct {
		const char *kind;
		const char *recipient;
		bool is_new;
	} sides[] = { { "address_old", "vega@example.org", false }, { "address_new", NEW, true } };
	struct office *office = *state;
	int64_t end = HARNESS_NOW - CLOCK_HOUR + ADDRESS_CHANGE_SECONDS;

	make_change(office);
	for (size_t i = 0; i < 2; i++) {
		struct address_side side;
		struct letter letter;

		assert_int_equal(
		    write_side(office, sides[i].kind, sides[i].recipient, &letter), LETTER_READY);
		assert_true(db_begin_write(office->crewctl.db));
		assert_true(letter_record(&office->crewctl, &letter, HARNESS_NOW));
		assert_true(address_change_open(
		    office->crewctl.db, office->crewctl.arena, letter.token, end - 1, &side));
		assert_int_equal(side.is_new, sides[i].is_new);
		assert_int_equal(side.change.id, 7);
		assert_false(address_change_open(
		    office->crewctl.db, office->crewctl.arena, letter.token, end, &side));
		assert_true(db_commit(office->crewctl.db));
	}
	assert_int_equal(
	    harness_number(office->harness, "SELECT count(DISTINCT token_hash) FROM link"), 2);
}

/* Each makes one of the mails pointless. */
static const struct {
	const char *kind;
	const char *recipient;
	const char *sql;
} pointless[] = {
	{ "address_old", "vega@example.org", "DELETE FROM address_change" },
	{ "address_new", NEW, "DELETE FROM address_change" },
	{ "address_old", "vega@example.org", "UPDATE address_change SET old_confirmed_at = 1" },
	{ "address_new", NEW, "UPDATE address_change SET new_confirmed_at = 1" },
	{ "address_old", "vega@example.org", "UPDATE address_change SET ends_at = 1795330800" },
	{ "address_new", NEW, "UPDATE person SET is_disabled = 1" },
	/* The account has moved since: that mailbox has no say any more. */
	{ "address_old", "vega@example.org",
	    "UPDATE person SET email = 'v@x.example' WHERE id = 101" },
};

static void
what_is_settled_or_over_is_not_written_about(void **state)
{
	for (size_t i = 0; i < sizeof(pointless) / sizeof(pointless[0]); i++) {
		struct letter letter;
		struct office *office;

		if (i > 0) {
			assert_int_equal(office_tear_down(state), 0);
			assert_int_equal(office_set_up(state), 0);
		}
		office = *state;
		make_change(office);
		harness_run_sql(office->harness, pointless[i].sql);
		assert_int_equal(
		    write_side(office, pointless[i].kind, pointless[i].recipient, &letter),
		    LETTER_POINTLESS);
	}
}

/* A mail that failed, tried again after the account moved. */
static void
a_link_never_goes_to_the_mailbox_of_before(void **state)
{
	static const struct {
		const char *kind;
		const char *parameters;
	} mails[] = {
		{ "sign_in", "{\"person\":\"101\"}" },
		{ "erase", "{\"person\":\"101\"}" },
		{ "own_data", "{\"person\":\"101\"}" },
		{ "application_received", "{\"application\":\"1\"}" },
		{ "application_already", "{\"application\":\"1\"}" },
		{ "application_confirmed", "{\"application\":\"1\"}" },
		{ "application_changed", "{\"application\":\"1\"}" },
		{ "offer", "{\"offer\":\"1\"}" },
	};
	struct office *office = *state;

	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		struct outbox outbox = office_queued(mails[i].kind, mails[i].parameters);
		struct letter letter;

		outbox.recipient = "Vega@Example.org";
		assert_int_equal(office_write(office, &outbox, &letter), LETTER_READY);
	}
	harness_run_sql(office->harness,
	    "UPDATE person SET email = '" NEW "', email_key = '" NEW "' WHERE id = 101;"
	    "UPDATE application SET email = '" NEW "', email_key = '" NEW "';");
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		struct outbox outbox = office_queued(mails[i].kind, mails[i].parameters);
		struct letter letter;

		assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(the_old_mailbox_learns_who_moves_where_until_when),
		office_test(the_new_mailbox_learns_neither_name_nor_old_address),
		office_test(each_link_opens_its_own_side_until_the_change_ends),
		office_test(what_is_settled_or_over_is_not_written_about),
		office_test(a_link_never_goes_to_the_mailbox_of_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
