#ifndef GROUNDCREW_MODEL_PROGRAMME_H
#define GROUNDCREW_MODEL_PROGRAMME_H

#include <stdbool.h>

#include "db/query/programme.h"

struct arena;
struct db;

/*
 * The programme: one row of settings for the whole installation, written by
 * crewctl init.  Strings belong to the arena.
 *
 * Returns false when the installation was never initialised, or on a fault
 * (see db_fault).
 */
bool programme_read(struct db *db, struct arena *arena, struct programme *programme);

/*
 * Writes the settings of a new installation and the activity that opens its
 * feed (feed.md rule 26), inside the caller's write transaction.
 *
 * tag_domain and tag_date (YYYY-MM-DD, a day on which the domain was held)
 * fix the ids of all feeds for ever (RFC 4151, feed.md rule 8).
 * Returns false when there is a programme already, or on a fault.
 */
bool programme_begin(
    struct db *db, struct arena *arena, const struct programme_insert_in *settings, int64_t now);

/*
 * Lets the programme have begun at began_at or earlier, under the same entry
 * id, so that what is written next may lie in the past (a sample's history):
 * no activity is ever older than one before it.
 *
 * False when the feed tells of more than that beginning already, or on a
 * fault.  Runs in the caller's write transaction.
 */
bool programme_begin_earlier(struct db *db, struct arena *arena, int64_t began_at);

#endif
