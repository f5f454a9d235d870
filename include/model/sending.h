#ifndef GROUNDCREW_MODEL_SENDING_H
#define GROUNDCREW_MODEL_SENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/sending.h"

struct arena;
struct db;

/*
 * The outbox as organisers and administrators see it (product.md, "Mail and
 * web hooks"): recipient, kind, state, and why it failed; never a body or a
 * token, and of parameters only which feed the hub is told of.
 *
 * cohort_id is that of the organisers' cohort, or SENDING_ALL for the
 * administrators, who see what belongs to no cohort, too.
 */
#define SENDING_ALL ((int64_t)0)

enum { SENDING_PAGE = 50 };

/*
 * One page of the list, newest first: SENDING_PAGE rows at most and one more
 * when there is another page.  state is one of the schema's, or "" for all;
 * before is 0 for the first page, else the id of the last row of the page
 * before.  Strings belong to the arena.
 */
struct sending_rows sending_list(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *state, int64_t before);

/* One of them.  False: none, another cohort's, or a fault. */
bool sending_find(
    struct db *db, struct arena *arena, int64_t cohort_id, int64_t id, struct sending *sending);

#endif
