#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "web/mail.h"

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

static struct mail
plain_mail(void)
{
	return (struct mail){
		.from_name = "Ground Crew",
		.from = "crew@example.org",
		.to = "vega@example.org",
		.subject = "A seat for you",
		.body = "Hello Vega,\n\nwelcome.\n",
		.id = "outbox.7.key",
		.id_domain = "example.org",
		.date = 1795330800,
	};
}

static const char *
written(struct arena *arena, const struct mail *mail)
{
	struct bytes *out = bytes_new(arena);

	assert_int_equal(mail_write(arena, out, mail), MAIL_WRITTEN);
	return out->data;
}

static void
writes_the_headers_and_body_of_a_plain_mail(void **state)
{
	struct mail mail = plain_mail();

	assert_string_equal(written(*state, &mail),
	    "Date: Sun, 22 Nov 2026 07:00:00 +0000\r\n"
	    "From: Ground Crew <crew@example.org>\r\n"
	    "To: <vega@example.org>\r\n"
	    "Subject: A seat for you\r\n"
	    "Message-ID: <outbox.7.key@example.org>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Hello Vega,\r\n\r\nwelcome.\r\n");
}

static void
no_line_is_longer_than_76_characters(void **state)
{
	struct mail mail = plain_mail();
	const char *text;

	mail.from_name = "Gr\xC3\xBC\xC3\x9F, Crew";
	mail.subject = "Grüße an alle, die über den Südhimmel, über ferne "
		       "Sterne und über Größe nachdenken \xF0\x9F\x9A\x80";
	mail.body = "Ein ungewöhnlich langer Absatz über Äpfel, Öl und Übung, "
		    "der in einem Stück geschrieben ist und nirgends endet, "
		    "außer an seinem Ende.";
	for (text = written(*state, &mail); *text != '\0';) {
		size_t length = strcspn(text, "\r");

		assert_true(length <= 76);
		assert_memory_equal(text + length, "\r\n", 2);
		text += length + 2;
	}
}

static void
cuts_no_code_point_between_encoded_words(void **state)
{
	struct mail mail = plain_mail();
	const char *text;

	mail.subject = "ääääääääääääääääääääääääääääää";
	text = strstr(written(*state, &mail), "Subject: ");
	assert_non_null(strstr(text, "=C3=A4?=\r\n =?UTF-8?Q?=C3=A4"));
}

static void
escapes_what_quoted_printable_must(void **state)
{
	struct mail mail = plain_mail();

	mail.body = "1 + 1 = 2 \n.\nF\xC3\xBC"
		    "r\n";
	assert_non_null(
	    strstr(written(*state, &mail), "\r\n\r\n1 + 1 =3D 2=20\r\n=2E\r\nF=C3=BCr\r\n"));
}

/* Lines of at most 78 characters, ended by CRLF, ASCII alone; those that hold
 * an address or URL that cannot be cut may be as long as that. */
static void
assert_sound(const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\r\n");

		for (size_t i = 0; i < length; i++) {
			assert_true((text[i] >= ' ' && text[i] <= '~') || text[i] == '\t');
		}
		if (length > 78 && (text[0] != ' ' || text[1] != '<')) {
			fail_msg("%zu characters: %.*s", length, (int)length, text);
		}
		assert_memory_equal(text + length, "\r\n", 2);
		text += length + 2;
	}
}

/* Decodes encoded words (RFC 2047) in a folded header's text. */
static const char *
decoded(struct arena *arena, const char *text)
{
	struct bytes *out = bytes_new(arena);
	bool in_word = false;

	for (; strncmp(text, "\r\n", 2) != 0 || text[2] == ' '; text++) {
		if (strncmp(text, "\r\n ", 3) == 0) {
			/* Blanks between two words are none of theirs. */
			text += strncmp(text + 3, "=?", 2) == 0 ? 2 : 1;
		} else if (strncmp(text, "=?UTF-8?Q?", 10) == 0) {
			in_word = true;
			text += 9;
		} else if (in_word && strncmp(text, "?=", 2) == 0) {
			in_word = false;
			text++;
		} else if (in_word && *text == '=') {
			const char digits[] = { text[1], text[2], '\0' };

			bytes_char(out, (char)strtol(digits, NULL, 16));
			text += 2;
		} else if (in_word && *text == '_') {
			bytes_char(out, ' ');
		} else {
			bytes_char(out, *text);
		}
	}
	return out->data;
}

/* Each encoded word is at most 75 characters and whole UTF-8 by itself. */
static void
assert_words(struct arena *arena, const char *text)
{
	while ((text = strstr(text, "=?UTF-8?Q?")) != NULL) {
		const char *end = strstr(text + 10, "?=");
		const char *word;

		assert_non_null(end);
		assert_true(end + 2 - text <= 75);
		word = decoded(arena, arena_format(arena, "%.*s\r\n", (int)(end + 2 - text), text));
		assert_true(text_is_valid(word, strlen(word)));
		text = end + 2;
	}
}

static const char *
header_of(const char *mail, const char *name)
{
	const char *found = strstr(mail, name);

	assert_non_null(found);
	return found + strlen(name);
}

#define LONG_WORD \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char *const nasty[] = { "Plain", "A \"quoted\" name, with a comma",
	"=?UTF-8?Q?Fake?=", "a =?x?= b", " leading and trailing ", "two  blanks",
	"Größe, Öl & Ähre",
	"星を数える人たちが夜空の下に集まって語り合う会の名前はとても長いものになりました",
	"\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80"
	"\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80",
	"e\xCC\x81", "(comment) <angle> @ : ; [x] \\ ?= =", LONG_WORD, LONG_WORD " " LONG_WORD,
	"مرحبا بالعالم" };

static void
any_subject_and_name_come_back_as_they_were(void **state)
{
	for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
		struct mail mail = plain_mail();
		const char *text, *from;

		mail.subject = nasty[i];
		mail.from_name = nasty[i];
		text = written(*state, &mail);
		assert_sound(text);
		assert_words(*state, text);
		assert_string_equal(decoded(*state, header_of(text, "Subject: ")), nasty[i]);
		from = decoded(*state, header_of(text, "From: "));
		assert_string_equal(from, arena_format(*state, "%s <crew@example.org>", nasty[i]));
	}
}

/* Undoes quoted-printable, CRLF as LF. */
static const char *
unquoted(struct arena *arena, const char *text, size_t length)
{
	struct bytes *out = bytes_new(arena);

	for (const char *end = text + length; text < end; text++) {
		if (strncmp(text, "=\r\n", 3) == 0) {
			text += 2;
		} else if (*text == '=') {
			const char digits[] = { text[1], text[2], '\0' };

			bytes_char(out, (char)strtol(digits, NULL, 16));
			text += 2;
		} else if (*text != '\r') {
			bytes_char(out, *text);
		}
	}
	return out->data;
}

static void
any_body_comes_back_as_it_was(void **state)
{
	static const char *const bodies[] = { "", "\n", "a", "a\n", "From here\nFrom there\n",
		".\n..\n.", "=\n==\n=_alternative\n--=_alternative--\n",
		"blank at the end \n\t\n \n", LONG_WORD LONG_WORD LONG_WORD LONG_WORD "\n",
		"tab\tinside\n", "\x01\x7f\n", "\xF0\x9F\x9A\x80 at a line's end\n",
		("0123456789012345678901234567890123456789012345678901234567890123456789012é"
		 "\xF0\x9F\x9A\x80\n"),
		"\n\n\n" };

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct mail mail = plain_mail();
		const char *text, *body, *end;

		mail.body = bodies[i];
		mail.html = "<p>–</p>";
		text = written(*state, &mail);
		assert_sound(text);
		body = strstr(strstr(text, "text/plain"), "\r\n\r\n") + 4;
		end = strstr(body, "\r\n--=_alternative\r\n");
		/* A text without a line end at its end gets one. */
		text = unquoted(*state, body, (size_t)(end - body));
		assert_memory_equal(text, bodies[i], strlen(bodies[i]));
		assert_true(strlen(text) <= strlen(bodies[i]) + 1);
	}
}

static void
text_and_html_are_alternatives_the_text_first(void **state)
{
	struct mail mail = plain_mail();
	const char *text;

	mail.html = "<p title=\"x\">Hello</p>\n";
	text = written(*state, &mail);
	assert_non_null(strstr(text,
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_alternative\"\r\n"
	    "\r\n"
	    "--=_alternative\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Hello Vega,\r\n\r\nwelcome.\r\n"
	    "\r\n"
	    "--=_alternative\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "<p title=3D\"x\">Hello</p>\r\n"
	    "\r\n"
	    "--=_alternative--\r\n"));
}

static void
says_where_answers_go_and_how_to_be_rid_of_such_mails(void **state)
{
	struct mail mail = plain_mail();
	const char *text;

	mail.reply_to = "hello@example.org";
	mail.unsubscribe = "https://example.org/cohort/stop/token";
	text = written(*state, &mail);
	assert_non_null(strstr(text, "\r\nReply-To: <hello@example.org>\r\n"));
	assert_non_null(strstr(text,
	    "\r\nList-Unsubscribe: <https://example.org/cohort/stop/token>\r\n"
	    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	/* RFC 8058 3.1: one click is for https alone. */
	mail.unsubscribe = "http://localhost:8080/cohort/stop/token";
	text = written(*state, &mail);
	assert_non_null(strstr(text, "\r\nList-Unsubscribe: <http://"));
	assert_null(strstr(text, "List-Unsubscribe-Post"));
	mail.unsubscribe = NULL;
	assert_null(strstr(written(*state, &mail), "List-Unsubscribe"));
}

static void
a_domain_of_any_script_goes_out_as_ascii(void **state)
{
	struct mail mail = plain_mail();
	const char *text;

	mail.to = "vega@bücher.example";
	mail.from = "Crew+Mail@BÜCHER.example";
	text = written(*state, &mail);
	assert_non_null(strstr(text, "\r\nTo: <vega@xn--bcher-kva.example>\r\n"));
	assert_non_null(strstr(text, " <Crew+Mail@xn--bcher-kva.example>\r\n"));
}

static void
a_long_address_is_not_cut(void **state)
{
	struct mail mail = plain_mail();

	mail.to = "a-name-as-long-as-a-local-part-may-be-0123456789012345678901234@"
		  "a-domain-that-is-rather-long-as-well.example.org";
	assert_non_null(strstr(written(*state, &mail),
	    "\r\nTo:\r\n <a-name-as-long-as-a-local-part-may-be-0123456789012345678901234@"
	    "a-domain-that-is-rather-long-as-well.example.org>\r\n"));
}

/* What no field may hold, in each field in which it may not stand. */
static void
safety_09_no_field_makes_a_header_or_a_second_recipient(void **state)
{
	static const char *const evil[] = { "x\r\nBcc: all@example.org", "x\nBcc: all@example.org",
		"x\rBcc: all@example.org", "x\xE2\x80\xA8Y", "x\x0b", "x\x7f", "\xC3",
		"\xED\xA0\x80" };

	for (size_t i = 0; i < sizeof evil / sizeof evil[0]; i++) {
		struct mail mails[8];
		struct bytes *out = bytes_new(*state);
		const char *address = arena_format(*state, "%s@example.org", evil[i]);

		for (size_t j = 0; j < 8; j++) {
			mails[j] = plain_mail();
		}
		mails[0].subject = evil[i];
		mails[1].from_name = evil[i];
		mails[2].from = address;
		mails[3].to = address;
		mails[4].reply_to = address;
		mails[5].id = evil[i];
		mails[6].id_domain = evil[i];
		mails[7].unsubscribe = arena_format(*state, "https://%s", evil[i]);
		for (size_t j = 0; j < 8; j++) {
			if (mail_write(*state, out, &mails[j]) != MAIL_REFUSED) {
				fail_msg("field %zu took input %zu:\n%s", j, i, out->data);
			}
		}
		assert_int_equal(out->length, 0);
	}
}

static void
safety_09_an_address_is_one_address(void **state)
{
	static const char *const none[] = { "", "vega", "vega@", "@example.org",
		"vega@example.org, mira@example.org", "vega@example.org;mira@example.org",
		"Vega <vega@example.org>", "<vega@example.org>", "\"ve ga\"@example.org",
		"\"vega\"@example.org", "vega@[127.0.0.1]", "vega@example.org>",
		"vega @example.org", "v\xC3\xA9ga@example.org", "vega(x)@example.org",
		"vega..x@example.org" };

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		struct bytes *out = bytes_new(*state);
		struct mail to = plain_mail(), from = plain_mail(), reply_to = plain_mail();

		to.to = none[i];
		from.from = none[i];
		reply_to.reply_to = none[i];
		assert_int_equal(mail_write(*state, out, &to), MAIL_REFUSED);
		assert_int_equal(mail_write(*state, out, &from), MAIL_REFUSED);
		assert_int_equal(mail_write(*state, out, &reply_to), MAIL_REFUSED);
		assert_int_equal(out->length, 0);
	}
}

static void
safety_09_the_stop_address_is_a_web_address(void **state)
{
	static const char *const none[] = { "", "javascript:x", "mailto:a@example.org",
		"https://x.org/a>, <https://evil", "https://x.org/ä", "https://x.org/a b" };

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		struct bytes *out = bytes_new(*state);
		struct mail mail = plain_mail();

		mail.unsubscribe = none[i];
		assert_int_equal(mail_write(*state, out, &mail), MAIL_REFUSED);
	}
}

#define mail_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		mail_test(writes_the_headers_and_body_of_a_plain_mail),
		mail_test(no_line_is_longer_than_76_characters),
		mail_test(cuts_no_code_point_between_encoded_words),
		mail_test(escapes_what_quoted_printable_must),
		mail_test(any_subject_and_name_come_back_as_they_were),
		mail_test(any_body_comes_back_as_it_was),
		mail_test(text_and_html_are_alternatives_the_text_first),
		mail_test(says_where_answers_go_and_how_to_be_rid_of_such_mails),
		mail_test(a_domain_of_any_script_goes_out_as_ascii),
		mail_test(a_long_address_is_not_cut),
		mail_test(safety_09_no_field_makes_a_header_or_a_second_recipient),
		mail_test(safety_09_an_address_is_one_address),
		mail_test(safety_09_the_stop_address_is_a_web_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
