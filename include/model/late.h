#ifndef GROUNDCREW_MODEL_LATE_H
#define GROUNDCREW_MODEL_LATE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/draft.h"

struct arena;
struct cohort;
struct db;

/*
 * After the deadline (product.md, "Apply"): organisers see from which drafts
 * nothing was sent, and may let an address in until an instant.  It can then
 * send an application, or change, withdraw and send again the one that it
 * has, as before the deadline.
 */

/* Until when this address is let in; 0 when it is not, or is no longer. */
int64_t late_until(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *email_key, int64_t now);

/* Whether the cohort takes applications from this address now: it is open, or
 * the address was let in. */
bool late_is_open_to(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *email_key, int64_t now);

/* Those that were let in, the latest instant first; over ones, too. */
struct late_entry_rows late_list(struct db *db, struct arena *arena, int64_t cohort_id);

/* Drafts with an address that has not applied: no contents. */
struct draft_unsent_row_rows late_unsent(struct db *db, struct arena *arena, int64_t cohort_id);

/* How many drafts have no address. */
int64_t late_unreachable(struct db *db, struct arena *arena, int64_t cohort_id);

enum late_outcome {
	LATE_LET_IN = 1,
	LATE_NO_ADDRESS,
	/* The instant is past, or the deadline is later. */
	LATE_TOO_SOON,
	/* Week 0 begins before. */
	LATE_TOO_LATE,
	LATE_FAULT
};

/*
 * Lets the address in until an instant, or moves the instant, and mails it a
 * link: to its application, if one counts, else to its draft, which is made
 * when there is none.  In the caller's write transaction.
 */
enum late_outcome late_let_in(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *email, int64_t until_at, int64_t person_id, int64_t now);

/* Takes it back.  False when there is none of this cohort, or on a fault. */
bool late_end(struct db *db, struct arena *arena, int64_t cohort_id, int64_t id);

/* The entry with this id.  False: none, or a fault. */
bool late_find(struct db *db, struct arena *arena, int64_t id, struct late_entry *entry);

#endif
