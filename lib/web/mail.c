#include "web/mail.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "ground/address.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/text.h"

enum {
	/* RFC 2047 2: a line with encoded words is at most 76 characters, of
	 * which " =?UTF-8?Q?" and "?=" take 13. */
	WORD_MAX = 76 - 13,
	/* RFC 2045: a line of quoted-printable, without its soft break. */
	LINE_MAX_QUOTED = 75,
	/* RFC 5322 2.1.1 */
	LINE_MAX_HEADER = 78
};

/* Quoted-printable writes "=" only before two digits or a line's end. */
#define BOUNDARY "=_alternative"

static const char hex[] = "0123456789ABCDEF";

/* Plain ASCII that nobody takes for an encoded word. */
static bool
is_plain_ascii(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at < ' ' || *at > '~' || (*at == ' ' && at[1] == '\0')) {
			return false;
		}
	}
	return text[0] != ' ' && strstr(text, "=?") == NULL;
}

/* The bytes of the code point that begins here. */
static size_t
code_point_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xC0) == 0x80) {
		length++;
	}
	return length;
}

static void
append_hex(struct bytes *out, char byte)
{
	bytes_char(out, '=');
	bytes_char(out, hex[(unsigned char)byte >> 4]);
	bytes_char(out, hex[(unsigned char)byte & 15]);
}

static bool
is_word_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Appends a header's name and text as encoded words, none cutting a code
 * point (RFC 2047 5). */
static void
append_words(struct bytes *out, const char *header, const char *text)
{
	size_t used = strlen(header);

	bytes_format(out, "%s =?UTF-8?Q?", header);
	while (*text != '\0') {
		size_t length = code_point_length(text);
		size_t cost = is_word_safe(*text) || *text == ' ' ? 1 : 3 * length;

		if (used + cost > WORD_MAX) {
			bytes_text(out, "?=\r\n =?UTF-8?Q?");
			used = 0;
		}
		used += cost;
		for (; length > 0; length--, text++) {
			if (is_word_safe(*text)) {
				bytes_char(out, *text);
			} else if (*text == ' ') {
				bytes_char(out, '_');
			} else {
				append_hex(out, *text);
			}
		}
	}
	bytes_text(out, "?=");
}

static void
append_subject(struct bytes *out, const char *subject)
{
	if (is_plain_ascii(subject) && strlen(subject) < 65) {
		bytes_format(out, "Subject: %s", subject);
	} else {
		append_words(out, "Subject:", subject);
	}
	bytes_text(out, "\r\n");
}

/* Words of letters, digits and spaces need no quoting (RFC 5322 3.2.3). */
static bool
is_plain_name(const char *name)
{
	for (const char *at = name; *at != '\0'; at++) {
		if (!is_word_safe(*at) &&
		    (*at != ' ' || at == name || at[1] == ' ' || at[1] == '\0')) {
			return false;
		}
	}
	return strlen(name) < 30;
}

/* "Header: <value>", the value on a line of its own where it is long. */
static void
append_angle(struct bytes *out, const char *header, const char *value)
{
	bool fits = strlen(header) + strlen(value) + strlen(" <>") <= LINE_MAX_HEADER;

	bytes_format(out, "%s%s <%s>\r\n", header, fits ? "" : "\r\n", value);
}

static void
append_from(struct bytes *out, const char *name, const char *address)
{
	size_t start = out->length;

	if (name[0] == '\0') {
		append_angle(out, "From:", address);
		return;
	}
	if (is_plain_name(name)) {
		bytes_format(out, "From: %s", name);
	} else {
		append_words(out, "From:", name);
	}
	if (out->length - start + strlen(" <>") + strlen(address) > LINE_MAX_HEADER) {
		bytes_text(out, "\r\n");
	}
	bytes_format(out, " <%s>\r\n", address);
}

/* RFC 2045 6.7: what must be escaped; a space only at a line's end. */
static bool
is_quoted_safe(const char *at)
{
	if (*at == ' ' || *at == '\t') {
		return at[1] != '\n' && at[1] != '\0';
	}
	return *at > ' ' && *at <= '~' && *at != '=';
}

/* A line that begins so is altered on the way by some servers: "From ", and
 * a dot alone. */
static bool
is_altered(const char *at)
{
	return strncmp(at, "From ", 5) == 0 || (*at == '.' && (at[1] == '\n' || at[1] == '\0'));
}

static void
append_quoted(struct bytes *out, const char *body)
{
	size_t column = 0;

	for (; *body != '\0'; body++) {
		size_t cost;

		if (*body == '\n') {
			bytes_text(out, "\r\n");
			column = 0;
			continue;
		}
		cost = is_quoted_safe(body) && !(column == 0 && is_altered(body)) ? 1 : 3;
		if (column + cost > LINE_MAX_QUOTED) {
			bytes_text(out, "=\r\n");
			column = 0;
		}
		column += cost;
		if (cost == 1) {
			bytes_char(out, *body);
		} else {
			append_hex(out, *body);
		}
	}
	if (column > 0) {
		bytes_text(out, "\r\n");
	}
}

static const char *
mail_date(struct arena *arena, int64_t date)
{
	const char *http = clock_http(arena, date);

	/* "Sun, 22 Nov 2026 07:00:00 GMT", with the zone RFC 5322 wants. */
	return arena_format(arena, "%.*s+0000", (int)strlen(http) - 3, http);
}

/* What RFC 5322 3.2.3 lets stand in a Message-ID without quotes. */
static bool
is_dot_atom(const char *text)
{
	bool in_atom = false;

	for (; *text != '\0'; text++) {
		if (*text == '.'
			? !in_atom
			: !is_word_safe(*text) && strchr("!#$%&'*+-/=?^_`{|}~", *text) == NULL) {
			return false;
		}
		in_atom = *text != '.';
	}
	return in_atom;
}

/* An address of the web that can stand between < and >. */
static bool
is_web_address(const char *text)
{
	if (strncmp(text, "http://", 7) != 0 && strncmp(text, "https://", 8) != 0) {
		return false;
	}
	for (; *text != '\0'; text++) {
		if (*text <= ' ' || *text > '~' || *text == '<' || *text == '>' || *text == ',') {
			return false;
		}
	}
	return true;
}

static void
append_unsubscribe(struct bytes *out, const char *address)
{
	append_angle(out, "List-Unsubscribe:", address);
	/* RFC 8058 3.1: one click is for https alone. */
	if (strncmp(address, "https://", 8) == 0) {
		bytes_text(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	}
}

static void
append_part(struct bytes *out, const char *type, const char *text)
{
	bytes_format(out,
	    "Content-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n",
	    type);
	append_quoted(out, text);
}

static void
append_parts(struct bytes *out, const struct mail *mail)
{
	bytes_text(out, "MIME-Version: 1.0\r\n");
	if (mail->html == NULL) {
		append_part(out, "plain", mail->body);
		return;
	}
	bytes_text(out,
	    "Content-Type: multipart/alternative;\r\n boundary=\"" BOUNDARY "\"\r\n"
	    "\r\n--" BOUNDARY "\r\n");
	append_part(out, "plain", mail->body);
	bytes_text(out, "\r\n--" BOUNDARY "\r\n");
	append_part(out, "html", mail->html);
	bytes_text(out, "\r\n--" BOUNDARY "--\r\n");
}

/* Whether each field can stand where it goes. */
static bool
is_sound(const struct mail *mail)
{
	return text_is_line(mail->subject) && text_is_line(mail->from_name) &&
	    is_dot_atom(mail->id) && is_dot_atom(mail->id_domain) &&
	    (mail->unsubscribe == NULL || is_web_address(mail->unsubscribe));
}

enum mail_outcome
mail_write(struct arena *arena, struct bytes *out, const struct mail *mail)
{
	const char *from = address_ascii(arena, mail->from);
	const char *to = address_ascii(arena, mail->to);
	const char *reply_to = mail->reply_to == NULL ? from : address_ascii(arena, mail->reply_to);

	if (from == NULL || to == NULL || reply_to == NULL || !is_sound(mail)) {
		return MAIL_REFUSED;
	}
	bytes_format(out, "Date: %s\r\n", mail_date(arena, mail->date));
	append_from(out, mail->from_name, from);
	if (mail->reply_to != NULL) {
		append_angle(out, "Reply-To:", reply_to);
	}
	append_angle(out, "To:", to);
	append_subject(out, mail->subject);
	append_angle(out, "Message-ID:", arena_format(arena, "%s@%s", mail->id, mail->id_domain));
	bytes_text(out, "Auto-Submitted: auto-generated\r\n");
	if (mail->unsubscribe != NULL) {
		append_unsubscribe(out, mail->unsubscribe);
	}
	append_parts(out, mail);
	return MAIL_WRITTEN;
}
