#ifndef GROUNDCREW_MODEL_SUBMISSION_H
#define GROUNDCREW_MODEL_SUBMISSION_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Forms without a natural key carry a random one, so that sending one twice
 * (a double click, a lost answer) acts once and leads to the same place both
 * times (safety 34).  Rows are kept a day.
 */

/* Where the form with this key led when it was sent before; NULL when it was
 * not, or on a fault. */
const char *submission_find(struct db *db, struct arena *arena, const char *key);

/* Notes where the form led, in the transaction of what it did.  False when
 * the key is known already, or on a fault. */
bool submission_keep(struct db *db, const char *key, const char *location, int64_t now);

#endif
