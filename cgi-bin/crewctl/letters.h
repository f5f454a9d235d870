#ifndef CREWCTL_LETTERS_H
#define CREWCTL_LETTERS_H

#include <stdbool.h>

#include "crewctl.h"
#include "db/query/outbox.h"
#include "web/wording.h"

enum letter_outcome {
	LETTER_READY = 1,
	/* What it was about is gone or over: it is not sent. */
	LETTER_POINTLESS,
	LETTER_FAULT
};

/*
 * A mail as it goes out.  The token is the link's; recording it is the last
 * step of sending (letter_record), so that its time counts from acceptance.
 */
struct letter {
	struct wording wording;
	const char *token;
	int64_t subject_id; /* the person's or application's id */
};

/*
 * Renders a queued mail from what the database says now, in a read
 * transaction of the caller's: words from www/mail, the token a keyed hash of
 * the row's id and kind, so that a second sending carries the same link.
 */
enum letter_outcome
letter_write(struct crewctl *crewctl, const struct outbox *outbox, struct letter *letter);

/*
 * Records the letter's token, valid from now; does nothing for a letter
 * without one.  Runs in the caller's write transaction, which also marks the
 * mail as sent.  False on a fault.
 */
bool letter_record(
    struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter, int64_t now);

#endif
