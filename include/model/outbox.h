#ifndef GROUNDCREW_MODEL_OUTBOX_H
#define GROUNDCREW_MODEL_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/outbox.h"

struct arena;
struct db;

/* One named value of a mail: ids and plain facts, never a body or a token.
 * value NULL ends the list. */
struct outbox_parameter {
	const char *name;
	const char *value;
};

/*
 * Queues a mail in the caller's write transaction, so that it is sent if and
 * only if the change it tells of is kept.  reason names the occasion and is
 * UNIQUE: queueing the same reason again does nothing and returns true.
 * due_at may lie in the future.  The parameters become one JSON object.
 *
 * Marks the transaction (db_note_queued), so that the courier is woken after
 * COMMIT.  False on a fault.
 */
bool outbox_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    const char *recipient, const struct outbox_parameter *parameters, int64_t due_at, int64_t now);

/* The number of the newest mail, sent or not; 0 when there is none. */
int64_t outbox_last(struct db *db, struct arena *arena);

/* Cancels what was queued after the mail with that number: it will not be
 * sent.  Runs in the caller's write transaction.  False on a fault. */
bool outbox_cancel(struct db *db, int64_t after);

#endif
