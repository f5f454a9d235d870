#ifndef GROUNDCREW_MODEL_CALENDAR_H
#define GROUNDCREW_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/calendar.h"

struct arena;
struct db;

/*
 * What calendars tell (RFC 5545): a cohort's dates and meetings, and a group's
 * stand-ups.
 *
 * An event has one key for ever, its UID's opaque part.  It follows its source
 * (the cohort's row, a week, a meeting, a stand-up): sequence and changed_at
 * move when anything changed that it shows, and only then.  One whose source
 * is gone, or was cancelled, stays with cancelled_at, so that a calendar that
 * has it hears of that (feed.md, "Calendars").  So does one whose audience was
 * narrowed, for those who knew of it: is_withheld, of which nothing is told
 * but that it is off.
 *
 * The schema's triggers note the cohorts of which something changed;
 * whoever writes calls calendar_follow_due in the same transaction.  tick
 * does, and so does every POST, after its handler.
 */

/* Lets the events of all cohorts of which something changed follow.
 * Idempotent.  False on a fault. */
bool calendar_follow_due(struct db *db, struct arena *arena, int64_t now);

/* The same for one cohort, whether or not it is known that something
 * changed. */
bool calendar_follow(struct db *db, int64_t cohort_id, int64_t now);

/* Of a restored database: what changed since the backup may have been told
 * under numbers that come again.  They begin anew above them, as long as an
 * event changed less than once a minute. */
bool calendar_restore(struct db *db, int64_t now);

#endif
