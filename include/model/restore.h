#ifndef GROUNDCREW_MODEL_RESTORE_H
#define GROUNDCREW_MODEL_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/restore.h"
#include "model/erase.h"

struct arena;
struct db;

/* What restore_prepare did, added to what it did before. */
struct restore_report {
	int64_t sessions; /* ended */
	int64_t held; /* mails that wait for crewctl mail --release */
	int64_t erased; /* people forgotten again */
};

/*
 * Makes the content of a backup fit to be used again (product.md, "Keeping
 * it"), in the caller's write transaction: every session, every mailed
 * link and every secret address ends; queued mail is held, since it may have been sent since; whoever
 * the journal says was erased, and was there by then, is erased again, with
 * the choice they made, even if their address was another then.  Someone who came back under the same address after
 * their erasure stays.
 *
 * erase says what erasing needs (its choice comes from the journal).  No mail
 * tells of it: it was told when it happened.  False on a fault.
 */
bool restore_prepare(struct db *db, struct arena *arena, const struct erase *erase,
    const struct erasure_rows *journal, int64_t now, struct restore_report *report);

#endif
