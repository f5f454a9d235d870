#ifndef GROUNDCREW_WEB_SMTP_ANSWER_H
#define GROUNDCREW_WEB_SMTP_ANSWER_H

#include "model/delivery.h"

struct arena;

/*
 * What an SMTP server's answer means for the mail it was about (RFC 5321 4.2,
 * RFC 3463).
 */

/* How far the conversation had come. */
enum smtp_stage {
	SMTP_CONNECT = 1, /* up to the greeting */
	SMTP_HELLO, /* EHLO or HELO */
	SMTP_TLS, /* STARTTLS */
	SMTP_AUTH,
	SMTP_FROM, /* MAIL FROM: from here on it is about one mail */
	SMTP_TO,
	SMTP_DATA, /* DATA was said, not yet answered */
	SMTP_BODY /* the mail is under way */
};

/* How it ended. */
enum smtp_end {
	/* With the server's answer, which decides. */
	SMTP_ANSWERED = 1,
	SMTP_UNREACHABLE,
	SMTP_HUNG_UP,
	SMTP_TIMED_OUT,
	SMTP_NOT_ENCRYPTED,
	SMTP_NOT_TRUSTED,
	SMTP_STOPPED /* we were told to stop */
};

struct smtp_reply {
	int code; /* 0: none came */
	int subject, detail; /* X.subject.detail; -1 without */
	const char *text; /* without the codes, on one line */
};

/* Reads a whole reply, its lines as they came ("550-5.1.1 No\r\n550 …"). */
struct smtp_reply smtp_reply_read(struct arena *arena, const char *lines);

/*
 * Judges it.  Up to AUTH, whatever fails is the server's as a whole; from
 * MAIL FROM on the mail's: 5xx permanent, 4xx temporary – but for 421, a
 * demand to sign in (530 and 534 to 538) and "system not accepting" (X.3.1,
 * X.3.2) – and but for a full mailbox (X.2.2), which is temporary even with
 * 5xx (RFC 3463 3.3).  A connection lost or timed out in the midst of a mail
 * is temporary for it; after a time-out the server rests, too.
 */
struct delivery
smtp_judge(enum smtp_stage stage, enum smtp_end end, const struct smtp_reply *reply);

/*
 * The server's words for keeping: printable ASCII on one line of at most 300
 * characters, with every word that holds an "@", and the recipient's name,
 * replaced by "(address)".  NULL when nothing is left.
 */
const char *smtp_answer_clean(struct arena *arena, const char *text, const char *recipient);

#endif
