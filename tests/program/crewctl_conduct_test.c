/*
 * The mail of a report of misconduct, and what is left once it has gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/letters.h"
#include "harness.h"
#include "model/conduct.h"

static const struct program no_program = { .name = "crewctl" };

static const char recipients[] =
    "INSERT INTO conduct_recipient (id, name, email, email_key, is_outside) VALUES"
    " (1, 'Vega', 'vega@example.org', 'vega@example.org', 0),"
    " (2, 'Crux', 'crux@example.org', 'crux@example.org', 1)";

static const struct conduct_words whole = {
	.what = "canary-what\n\n# and <b>more</b>",
	.when = "canary-when",
	.who = "canary-who",
	.reach = "canary-reach",
};

static const struct conduct_words bare = {
	.what = "canary-what", .when = "", .who = "", .reach = ""
};

static int
set_up(void **state)
{
	*state = harness_new(&no_program);
	harness_run_sql(*state, recipients);
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

#define conduct_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static void
report(struct harness *h, const struct conduct_words *words)
{
	static const int64_t to[] = { 1, 2 };

	assert_true(db_begin_write(harness_db(h)));
	assert_int_equal(conduct_send(harness_db(h), harness_arena(h), harness_site(h)->secret,
			     words, to, 2, "192.0.2.0", HARNESS_NOW),
	    CONDUCT_SENT);
	assert_true(db_commit(harness_db(h)));
	(void)db_take_queued(harness_db(h));
}

static enum letter_outcome
write_mail(struct harness *h, const struct site *site, struct letter *letter)
{
	struct crewctl crewctl = {
		.arena = harness_arena(h), .site = site, .db = harness_db(h), .now = harness_now(h)
	};
	struct outbox outbox = {
		.id = 1,
		.kind = "conduct",
		.recipient = "vega@example.org",
		.parameters = "{\"report\":\"1\"}",
		.cohort_id = DB_NULL,
		.created_at = HARNESS_NOW,
	};
	enum letter_outcome outcome;

	assert_true(db_begin_read(harness_db(h)));
	outcome = letter_write(&crewctl, &outbox, letter);
	db_rollback(harness_db(h));
	return outcome;
}

static void
expect_in(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("no \"%s\" in:\n%s", part, text);
	}
}

static void
the_mail_says_what_was_written_and_to_whom_it_went(void **state)
{
	struct harness *h = *state;
	struct letter letter;

	report(h, &whole);
	assert_int_equal(write_mail(h, harness_site(h), &letter), LETTER_READY);
	assert_string_equal(letter.wording.subject, "A report of misconduct");
	expect_in(letter.wording.body, "canary-what\n\n# and <b>more</b>");
	expect_in(letter.wording.body, "canary-when");
	expect_in(letter.wording.body, "canary-who");
	expect_in(letter.wording.body, "canary-reach");
	expect_in(letter.wording.body, "It went to: Vega; Crux.");
	assert_null(letter.link.purpose);
}

static void
what_was_not_said_is_said_not_to_be(void **state)
{
	struct harness *h = *state;
	struct letter letter;

	report(h, &bare);
	assert_int_equal(write_mail(h, harness_site(h), &letter), LETTER_READY);
	expect_in(letter.wording.body, "not said");
	assert_null(strstr(letter.wording.body, "{"));
}

static void
nobody_reads_it_with_another_key_file(void **state)
{
	struct harness *h = *state;
	struct site other = *harness_site(h);
	struct letter letter;

	report(h, &whole);
	other.secret[31] ^= 1;
	assert_int_equal(write_mail(h, &other, &letter), LETTER_POINTLESS);
}

/* The courier forgets the mail's row, which holds the recipient's address. */
static void
once_its_mails_have_gone_no_table_knows_of_a_report(void **state)
{
	static const char *const gone[] = {
		"DELETE FROM outbox WHERE recipient = 'vega@example.org'",
		"DELETE FROM outbox WHERE recipient = 'crux@example.org'",
	};
	struct harness *h = *state;
	struct letter letter;

	report(h, &whole);
	assert_null(strstr(harness_dump(h), "canary"));
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(write_mail(h, harness_site(h), &letter), LETTER_READY);
		harness_run_sql(h, gone[i]);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM conduct_report"), 0);
	assert_null(strstr(harness_dump(h), "canary"));
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM audit"), 0);
	assert_int_equal(write_mail(h, harness_site(h), &letter), LETTER_POINTLESS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		conduct_test(the_mail_says_what_was_written_and_to_whom_it_went),
		conduct_test(what_was_not_said_is_said_not_to_be),
		conduct_test(nobody_reads_it_with_another_key_file),
		conduct_test(once_its_mails_have_gone_no_table_knows_of_a_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
