#ifndef GROUNDCREW_MODEL_CONDUCT_H
#define GROUNDCREW_MODEL_CONDUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/conduct.h"

struct arena;
struct db;

/*
 * Reports of a breach of the code of conduct (product.md, "Accounts and
 * privacy"): they go to the recipients that their sender chose, and are not
 * kept.  What was written lies in a box sealed with the key file's key until
 * every mail of it has gone; who sent it is not stored at all.  Everything
 * that writes runs in the caller's write transaction.
 */

/* ---- recipients ---- */

/* Those of the programme first, then those outside it. */
struct conduct_recipient_rows conduct_recipient_list(struct db *db, struct arena *arena);

enum conduct_recipient_outcome {
	CONDUCT_RECIPIENT_SAVED = 1,
	CONDUCT_RECIPIENT_NO_ADDRESS,
	/* The address is on the list already. */
	CONDUCT_RECIPIENT_TAKEN,
	CONDUCT_RECIPIENT_UNKNOWN,
	CONDUCT_RECIPIENT_FAULT
};

enum conduct_recipient_outcome conduct_recipient_add(
    struct db *db, struct arena *arena, const char *name, const char *email, bool is_outside);

/* Reports that were sent before still reach them. */
enum conduct_recipient_outcome conduct_recipient_remove(struct db *db, int64_t id);

/* ---- reports ---- */

/* What somebody reports; all but `what` may be empty. */
struct conduct_words {
	const char *what;
	const char *when; /* and where */
	const char *who; /* was involved */
	const char *reach; /* how to reach the sender */
	const char *to; /* the recipients' names; conduct_send fills it in */
};

/* A network may send so many reports within an hour. */
#define CONDUCT_REPORTS_AN_HOUR 5

/* What could not be delivered is deleted after a week. */
#define CONDUCT_REPORT_SECONDS ((int64_t)7 * 24 * 60 * 60)

enum conduct_outcome {
	CONDUCT_SENT = 1,
	/* None of the recipients is on the list, or one is not any more. */
	CONDUCT_UNKNOWN_RECIPIENT,
	/* Too many came from this network; nothing was sent. */
	CONDUCT_TOO_MANY,
	CONDUCT_FAULT
};

/*
 * Seals the report and queues a mail to each of `count` recipients (ids, each
 * once).  Of the network only a hash is kept, for an hour, keyed so that it
 * equals no other hash of it in the database.
 */
enum conduct_outcome conduct_send(struct db *db, struct arena *arena,
    const unsigned char secret[32], const struct conduct_words *words, const int64_t *recipients,
    size_t count, const char *network, int64_t now);

/* Reads a report for its mail.  False when it is gone, or this secret does
 * not open it. */
bool conduct_open(struct db *db, struct arena *arena, const unsigned char secret[32],
    int64_t report_id, struct conduct_words *words);

#endif
