#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/smtp_answer.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

/* What servers say, and what becomes of the mail. */
static const struct {
	enum smtp_stage stage;
	const char *lines;
	enum delivery_outcome outcome;
	enum delivery_problem problem;
	bool counts;
} answers[] = {
	/* Before a mail is spoken of: the server. */
	{ SMTP_CONNECT, "421 4.3.2 mx busy", DELIVERY_HOST, DELIVERY_BUSY, false },
	{ SMTP_CONNECT, "554 No SMTP service here", DELIVERY_HOST, DELIVERY_REFUSED, false },
	{ SMTP_HELLO, "550 5.7.1 go away", DELIVERY_HOST, DELIVERY_REFUSED, false },
	{ SMTP_TLS, "454 4.7.0 TLS not available", DELIVERY_HOST, DELIVERY_NO_TLS, false },
	{ SMTP_AUTH, "535 5.7.8 bad credentials", DELIVERY_HOST, DELIVERY_SIGN_IN_REFUSED, false },
	{ SMTP_AUTH, "454 4.7.0 try later", DELIVERY_HOST, DELIVERY_BUSY, false },
	/* In the midst of one, but about the server. */
	{ SMTP_FROM, "530 5.7.0 Authentication required", DELIVERY_HOST, DELIVERY_SIGN_IN_REFUSED,
	    true },
	{ SMTP_FROM, "421 4.7.0 too many errors", DELIVERY_HOST, DELIVERY_BUSY, true },
	{ SMTP_TO, "421 closing", DELIVERY_HOST, DELIVERY_BUSY, true },
	{ SMTP_BODY, "421 4.3.0 shutting down", DELIVERY_HOST, DELIVERY_BUSY, true },
	{ SMTP_FROM, "452 4.3.1 disk full", DELIVERY_HOST, DELIVERY_BUSY, true },
	{ SMTP_TO, "554 5.3.2 not accepting mail", DELIVERY_HOST, DELIVERY_REFUSED, true },
	/* The mail, for now. */
	{ SMTP_TO, "450 4.7.1 greylisted", DELIVERY_TEMPORARY, DELIVERY_BUSY, false },
	{ SMTP_TO, "451 try again", DELIVERY_TEMPORARY, DELIVERY_BUSY, false },
	{ SMTP_BODY, "451 4.3.0 queue error", DELIVERY_TEMPORARY, DELIVERY_BUSY, false },
	{ SMTP_TO, "452 4.2.2 over quota", DELIVERY_TEMPORARY, DELIVERY_FULL, false },
	{ SMTP_TO, "552 5.2.2 mailbox full", DELIVERY_TEMPORARY, DELIVERY_FULL, false },
	{ SMTP_TO, "552 quota exceeded", DELIVERY_TEMPORARY, DELIVERY_FULL, false },
	/* The mail, for ever. */
	{ SMTP_TO, "550 5.1.1 no such user", DELIVERY_PERMANENT, DELIVERY_NO_MAILBOX, false },
	{ SMTP_TO, "550-5.1.1 no\r\n550 5.1.1 such user", DELIVERY_PERMANENT, DELIVERY_NO_MAILBOX,
	    false },
	{ SMTP_TO, "550 no such user", DELIVERY_PERMANENT, DELIVERY_NO_MAILBOX, false },
	{ SMTP_TO, "550 5.2.1 disabled", DELIVERY_PERMANENT, DELIVERY_NO_MAILBOX, false },
	{ SMTP_TO, "550 5.7.1 spam", DELIVERY_PERMANENT, DELIVERY_POLICY, false },
	{ SMTP_FROM, "553 5.1.8 sender unknown", DELIVERY_PERMANENT, DELIVERY_NO_MAILBOX, false },
	{ SMTP_FROM, "552 5.3.4 too big", DELIVERY_PERMANENT, DELIVERY_TOO_BIG, false },
	{ SMTP_BODY, "552 too much data", DELIVERY_PERMANENT, DELIVERY_TOO_BIG, false },
	{ SMTP_DATA, "554 5.5.1 no valid recipients", DELIVERY_PERMANENT, DELIVERY_REFUSED, false },
	{ SMTP_BODY, "554 5.7.1 spam", DELIVERY_PERMANENT, DELIVERY_POLICY, false },
	{ SMTP_BODY, "550 refused", DELIVERY_PERMANENT, DELIVERY_REFUSED, false },
};

static void
every_answer_is_the_mails_or_the_servers(void **state)
{
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct smtp_reply reply = smtp_reply_read(*state, answers[i].lines);
		struct delivery delivery = smtp_judge(answers[i].stage, SMTP_ANSWERED, &reply);

		if (delivery.outcome != answers[i].outcome ||
		    delivery.problem != answers[i].problem ||
		    delivery.counts != answers[i].counts) {
			fail_msg("\"%s\" at %d: outcome %d, problem %s", answers[i].lines,
			    answers[i].stage, delivery.outcome, delivery_word(delivery.problem));
		}
	}
}

static const struct {
	enum smtp_stage stage;
	enum smtp_end end;
	enum delivery_outcome outcome;
	enum delivery_problem problem;
	bool counts;
} endings[] = {
	{ SMTP_CONNECT, SMTP_UNREACHABLE, DELIVERY_HOST, DELIVERY_UNREACHABLE, false },
	{ SMTP_CONNECT, SMTP_HUNG_UP, DELIVERY_HOST, DELIVERY_DROPPED, false },
	{ SMTP_TLS, SMTP_NOT_ENCRYPTED, DELIVERY_HOST, DELIVERY_NO_TLS, false },
	{ SMTP_TLS, SMTP_NOT_TRUSTED, DELIVERY_HOST, DELIVERY_CERTIFICATE, false },
	{ SMTP_CONNECT, SMTP_TIMED_OUT, DELIVERY_HOST, DELIVERY_TIMEOUT, false },
	{ SMTP_BODY, SMTP_TIMED_OUT, DELIVERY_HOST, DELIVERY_TIMEOUT, true },
	{ SMTP_FROM, SMTP_HUNG_UP, DELIVERY_TEMPORARY, DELIVERY_DROPPED, false },
	{ SMTP_BODY, SMTP_HUNG_UP, DELIVERY_TEMPORARY, DELIVERY_DROPPED, false },
	{ SMTP_FROM, SMTP_STOPPED, DELIVERY_STOPPED, DELIVERY_NO_PROBLEM, false },
};

static void
every_end_without_an_answer_is_judged(void **state)
{
	struct smtp_reply none = smtp_reply_read(*state, "");

	assert_int_equal(none.code, 0);
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct delivery delivery = smtp_judge(endings[i].stage, endings[i].end, &none);

		assert_int_equal(delivery.outcome, endings[i].outcome);
		assert_int_equal(delivery.problem, endings[i].problem);
		assert_int_equal(delivery.counts, endings[i].counts);
	}
}

static void
a_reply_of_several_lines_is_read_whole(void **state)
{
	struct smtp_reply reply = smtp_reply_read(
	    *state, "550-5.7.26 Not accepted:\r\n550-5.7.26 no SPF\r\n550 5.7.26 x-1\r\n");

	assert_int_equal(reply.code, 550);
	assert_int_equal(reply.subject, 7);
	assert_int_equal(reply.detail, 26);
	assert_string_equal(reply.text, "Not accepted: no SPF x-1");
}

static void
what_only_looks_like_an_enhanced_code_is_text(void **state)
{
	struct smtp_reply reply = smtp_reply_read(*state, "451 4.5 seconds too late");

	assert_int_equal(reply.subject, -1);
	assert_string_equal(reply.text, "4.5 seconds too late");
	reply = smtp_reply_read(*state, "not a reply");
	assert_int_equal(reply.code, 0);
}

static const char *
clean(void **state, const char *text)
{
	return smtp_answer_clean(*state, text, "vega@example.org");
}

static void
no_address_is_kept(void **state)
{
	static const char *const texts[] = { "<vega@example.org>: unknown",
		"no user vega@example.org here", "vega: no such user", "unknown user VEGA.",
		"x=vega=40example.org=x", "https://x.example/?to=vega%40example.org",
		"rcpt to:<rigel@example.org>", "(vega)", "\"vega\"" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *kept = clean(state, texts[i]);

		assert_non_null(strstr(kept, "(address)"));
		assert_null(strcasestr(kept, "vega"));
		assert_null(strstr(kept, "rigel"));
	}
}

static void
other_words_are_kept(void **state)
{
	assert_string_equal(
	    clean(state, "Ok: queued as 4F00B, vegan"), "Ok: queued as 4F00B, vegan");
	assert_string_equal(smtp_answer_clean(*state, "to me", "to@example.org"), "to me");
}

static void
what_is_kept_is_one_short_line_of_plain_text(void **state)
{
	char text[2000];

	assert_string_equal(clean(state, "a\tb\r\nc\x1b[1m\xC3\xA9"), "a?b??c?[1m??");
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(strlen(clean(state, text)), 300);
	assert_null(clean(state, ""));
}

#define answer_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		answer_test(every_answer_is_the_mails_or_the_servers),
		answer_test(every_end_without_an_answer_is_judged),
		answer_test(a_reply_of_several_lines_is_read_whole),
		answer_test(what_only_looks_like_an_enhanced_code_is_text),
		answer_test(no_address_is_kept),
		answer_test(other_words_are_kept),
		answer_test(what_is_kept_is_one_short_line_of_plain_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
