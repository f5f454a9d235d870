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
	const char *to; /* one address */
	const char *subject; /* one line */
	const char *body; /* plain text, lines ended by LF */
	/* The left part of the Message-ID: the same for the same mail, so
	 * that a receiver can tell a second sending. */
	const char *id;
	const char *id_domain;
	int64_t date;
};

enum mail_outcome {
	MAIL_WRITTEN = 1,
	/* An address is none, or the subject holds a line end or a control
	 * character (safety 9): nothing was written. */
	MAIL_REFUSED
};

/*
 * Appends the mail as RFC 5322 has it: Date, From, To, Subject, Message-ID,
 * Auto-Submitted (RFC 3834) and MIME headers, CRLF line ends, no line longer
 * than 76 characters; names and subject as encoded words (RFC 2047) where
 * they are not ASCII, the body as quoted-printable UTF-8 (RFC 2045 6.7).
 */
enum mail_outcome mail_write(struct arena *arena, struct bytes *out, const struct mail *mail);

#endif
