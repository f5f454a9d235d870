#ifndef GROUNDCREW_MODEL_FEED_H
#define GROUNDCREW_MODEL_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/activity.h"
#include "db/query/feed.h"
#include "ground/clock.h"

struct arena;
struct db;

/*
 * The feeds there are: of everything, of a kind, of a cohort, of a group.
 *
 * Each numbers the activities that it carries, from 1, the oldest; a number is
 * never given twice, and a withdrawn activity keeps its own (feed.md rule 29).
 * Archive n holds the positions n * 50 - 49 to n * 50 and is there once 50
 * newer ones are (rule 27): what is in none, 50 to 99 entries, is the
 * subscription document.  A feed's row has the number of its last archive and
 * that archive's generation; both DB_NULL while there is none.
 */

enum { FEED_ARCHIVE_ENTRIES = 50 };

/* How long what was taken back is shown blank: most readers keep what they
 * have, and this writes over it. */
#define FEED_BLANK_SECONDS ((int64_t)30 * CLOCK_DAY)

/* A feed's name: all NULL is that of everything; else a kind, or a cohort's
 * slug, or that and a group's. */
struct feed_name {
	const char *kind;
	const char *cohort;
	const char *group;
};

/* False: there is none (a draft's is none), or a fault. */
bool feed_find(struct db *db, struct arena *arena, const struct feed_name *name, struct feed *feed);

/* The revision of a feed, by its primary key (rule 47).  False when it is gone
 * or on a fault. */
bool feed_revision_read(struct db *db, struct arena *arena, int64_t id, int64_t *revision);

/* What the subscription document holds, newest first (rule 14), withdrawn
 * ones and tombstones among them. */
struct activity_rows feed_current(struct db *db, struct arena *arena, const struct feed *feed);

/* What archive `number` of the feed holds; none where there is no such. */
struct activity_rows
feed_archived(struct db *db, struct arena *arena, const struct feed *feed, int64_t number);

/* The generation of an archive: how often something changed in it or before
 * it.  False where there is no such archive, or on a fault. */
bool feed_generation(struct db *db, struct arena *arena, const struct feed *feed, int64_t number,
    int64_t *generation);

/*
 * Makes tombstones of what was taken back FEED_BLANK_SECONDS ago (rule 29).
 * Changes nothing when it is run again at the same now; false on a fault.
 */
bool feed_bury_due(struct db *db, int64_t now);

/* When it next will have something to do; DB_NULL: nothing is known of. */
int64_t feed_bury_at(struct db *db, struct arena *arena);

/*
 * Gives what changed since, in this transaction or before it, this instant for
 * its date.  Called last in what changes anything.  False on a fault.
 */
bool feed_date_due(struct db *db, int64_t now);

/*
 * After a restore, whose database forgot what was counted since the copy was
 * made: gives every feed a revision, a date and archives' generations that
 * were never given before, so that no address shows two documents and no
 * reader's date holds.  False on a fault.
 */
bool feed_restored(struct db *db, int64_t now);

#endif
