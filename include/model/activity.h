#ifndef GROUNDCREW_MODEL_ACTIVITY_H
#define GROUNDCREW_MODEL_ACTIVITY_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/activity.h"

struct arena;
struct db;

/*
 * Writes an activity in the transaction of what it tells of.  kind is one of
 * the schema's; cohort_id is DB_NULL for the programme's own; highlight_id is
 * DB_NULL but for a highlight.  Each of a cohort's other kinds happens once:
 * writing it again does nothing and returns true.
 *
 * published is max(now, the feed's newest change), so that a clock set back
 * never makes an entry appear older than what is there (safety 54).
 * False on a fault.
 */
bool activity_write(struct db *db, struct arena *arena, const char *kind,
    int64_t cohort_id, int64_t highlight_id, int64_t now);

#endif
