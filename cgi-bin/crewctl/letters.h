#ifndef CREWCTL_LETTERS_H
#define CREWCTL_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "crewctl.h"
#include "db/query/outbox.h"
#include "model/session.h"
#include "web/wording.h"

enum letter_outcome {
	LETTER_READY = 1,
	/* What it was about is gone or over: it is not sent. */
	LETTER_POINTLESS,
	LETTER_FAULT
};

/* A mail as it goes out. */
struct letter {
	struct wording wording;
	/* What the link in it carries, the same at every sending. */
	const char *token;
	/* What that link opens; purpose NULL: the mail has none. */
	struct link_new link;
	/* How long it works from acceptance; an application's link works as
	 * application_record_link says. */
	int64_t seconds;
	/* That opens the same draft when it is typed; NULL: the mail has none. */
	const char *code;
	/* Of an optional kind: what its link of no more such mails opens, and
	 * what that carries; purpose NULL: the mail is not optional. */
	struct link_new stop;
	const char *stop_token;
	/* That link as a URL, for List-Unsubscribe; NULL likewise. */
	const char *unsubscribe;
	/* The parts as they are sent: plain text, and an HTML document. */
	const char *text;
	const char *html;
	/* Answers go to the programme's contact: not of what is not for them. */
	bool takes_answers;
	/* What a web hook is posted, JSON, or the hub, a form; NULL for a
	 * mail. */
	const char *payload;
};

/* The kinds that can be written, one after the other from 0; NULL after the
 * last. */
const char *letter_kind(size_t index);

/*
 * Renders a queued mail from what the database says now, in a transaction of
 * the caller's: the token is a keyed hash of the row's id and kind, so that a
 * second sending carries the same link.  The templates are loaded
 * (page_start).
 */
enum letter_outcome
letter_write(struct crewctl *crewctl, const struct outbox *outbox, struct letter *letter);

/*
 * Records the letter's links as valid from now (that of no more such mails for
 * a year), or moves the end of those that were recorded; does nothing for a
 * letter without any.  Called in a write
 * transaction before the mail is handed over, so that its link works when it
 * arrives, and again with the one that notes it as sent, so that its time
 * counts from acceptance.  False on a fault.
 */
bool letter_record(struct crewctl *crewctl, const struct letter *letter, int64_t now);

/*
 * Does what follows from a mail having been accepted, where its kind says
 * that something does.  Called in the write transaction that notes it as
 * sent.  False on a fault.
 */
bool letter_sent(struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter);

#endif
