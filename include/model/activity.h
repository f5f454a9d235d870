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
 * never makes an entry appear older than what is there (safety 54).  Web hooks
 * are told (model/hook.h).  False on a fault.
 */
bool activity_write(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id,
    int64_t highlight_id, int64_t now);

/* An activity by its number.  False: none, withdrawn since, or a fault. */
bool activity_find(struct db *db, struct arena *arena, int64_t id, struct activity *activity);

/*
 * The newest activities of everything, by instant published, then by id,
 * newest first.  Withdrawn ones are left out.
 */
struct activity_rows activity_news(struct db *db, struct arena *arena, int64_t most);

/* The groups of a cohort, in a fixed order. */
struct activity_group_rows
activity_groups_list(struct db *db, struct arena *arena, int64_t cohort_id);

/*
 * What a highlight quotes, in its order: words that are public at this moment.
 * name is NULL unless their author shows a public name.
 */
struct activity_quote_rows
activity_quotes_list(struct db *db, struct arena *arena, int64_t highlight_id);

#endif
