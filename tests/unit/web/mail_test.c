#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "ground/bytes.h"
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
	    "From: Ground Crew\r\n <crew@example.org>\r\n"
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

static void
safety_9_one_recipient_and_no_header_from_a_line_end(void **state)
{
	struct bytes *out = bytes_new(*state);
	struct mail mail = plain_mail();

	mail.subject = "Hello\r\nBcc: all@example.org";
	assert_int_equal(mail_write(*state, out, &mail), MAIL_REFUSED);
	mail = plain_mail();
	mail.to = "vega@example.org, mira@example.org";
	assert_int_equal(mail_write(*state, out, &mail), MAIL_REFUSED);
	mail = plain_mail();
	mail.to = "vega@example.org\r\nBcc: all@example.org";
	assert_int_equal(mail_write(*state, out, &mail), MAIL_REFUSED);
	mail = plain_mail();
	mail.from_name = "Crew\nBcc: all@example.org";
	assert_int_equal(mail_write(*state, out, &mail), MAIL_REFUSED);
	assert_int_equal(out->length, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    writes_the_headers_and_body_of_a_plain_mail, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    no_line_is_longer_than_76_characters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    cuts_no_code_point_between_encoded_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    escapes_what_quoted_printable_must, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    safety_9_one_recipient_and_no_header_from_a_line_end, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
