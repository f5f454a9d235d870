#ifndef GROUNDCREW_WEB_MAIL_H
#define GROUNDCREW_WEB_MAIL_H

#include <stdint.h>

struct arena;
struct bytes;

/*
 * A mail to one recipient.  All text is valid UTF-8.
 */
struct mail {
	const char *from_name; /* shown; may be empty */
	const char *from; /* an address */
	/* An address that answers go to; NULL: to `from`. */
	const char *reply_to;
	const char *to; /* one address */
	const char *subject; /* one line */
	const char *body; /* plain text, lines ended by LF */
	/* The same as an HTML document; NULL: the mail is text alone. */
	const char *html;
	/* The http or https address whose POST ends mails of this kind; NULL:
	 * they are not optional. */
	const char *unsubscribe;
	/* The left part of the Message-ID: the same for the same mail, so
	 * that a receiver can tell a second sending.  A dot-atom, as the
	 * domain. */
	const char *id;
	const char *id_domain;
	int64_t date;
};

enum mail_outcome {
	MAIL_WRITTEN = 1,
	/* An address is none, the subject or the name holds a line end or a
	 * control character, or another field could not stand in a header
	 * (safety 9): nothing was written. */
	MAIL_REFUSED
};

/*
 * Appends the mail as RFC 5322 has it, with CRLF line ends: Date, From,
 * Reply-To, To, Subject, Message-ID, Auto-Submitted: auto-generated (RFC 3834),
 * List-Unsubscribe (RFC 2369; for an https address with List-Unsubscribe-Post,
 * RFC 8058 3.1) and the MIME headers.  Text alone is text/plain; with HTML it
 * is multipart/alternative, the text first (RFC 2046 5.1.4).
 *
 * Names and subject that are not plain ASCII become encoded words (RFC 2047)
 * of at most 75 characters, none cutting a code point; domains become
 * A-labels, so that no server needs SMTPUTF8.  Parts are UTF-8 in
 * quoted-printable (RFC 2045 6.7), lines of at most 76 characters; a line
 * "From …" or "." is escaped, since servers on the way alter it.  The boundary
 * holds "=_", which quoted-printable never does.  Header lines are folded to
 * 78 characters where they can be: an address or URL is never cut.
 */
enum mail_outcome mail_write(struct arena *arena, struct bytes *out, const struct mail *mail);

#endif
