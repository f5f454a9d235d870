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

/* A mail, or a word for a web hook, to be sent. */
struct outbox_new {
	/* Names the occasion; UNIQUE. */
	const char *reason;
	/* A row of the table mail_kind. */
	const char *kind;
	/* The cohort whose organisers see that it was sent; 0 for none. */
	int64_t cohort_id;
	/* An address; NULL for a hook. */
	const char *recipient;
	int64_t hook_id; /* 0 for a mail */
	const struct outbox_parameter *parameters;
	/* May lie in the future. */
	int64_t due_at;
};

/*
 * Queues it in the caller's write transaction, so that it is sent if and only
 * if the change it tells of is kept.  Queueing the same reason again does
 * nothing and returns true.  The parameters become one JSON object.
 *
 * Marks the transaction (db_note_queued), so that the courier is woken after
 * COMMIT.  False on a fault.
 */
bool
outbox_queue(struct db *db, struct arena *arena, const struct outbox_new *new_mail, int64_t now);

/* The number of the newest mail, sent or not; 0 when there is none. */
int64_t outbox_last(struct db *db, struct arena *arena);

/* Notes what was queued after the mail with that number as sent when it was
 * written, and so never sends it: a sample's past had its mails.  Runs in the
 * caller's write transaction.  False on a fault. */
bool outbox_settle(struct db *db, int64_t after);

enum outbox_change {
	OUTBOX_CHANGED = 1,
	/* There is no such mail, or its state does not allow it: it went out
	 * meanwhile, say. */
	OUTBOX_UNCHANGED,
	OUTBOX_FAULT
};

/*
 * Sends a mail that failed or was cancelled after all: it is queued, due now,
 * as if it had never been tried.  Wakes the courier.
 */
enum outbox_change outbox_retry(struct db *db, int64_t id, int64_t now);

/* Cancels a mail that is queued or held, or that failed (so that it no longer
 * counts as something to look after). */
enum outbox_change outbox_cancel_one(struct db *db, int64_t id);

/* Queues every mail that is held, due now at the earliest; how many there
 * were, -1 on a fault.  Wakes the courier. */
int64_t outbox_release(struct db *db, int64_t now);

#endif
