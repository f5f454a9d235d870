#ifndef GROUNDCREW_MODEL_GROUP_H
#define GROUNDCREW_MODEL_GROUP_H

#include <stdbool.h>

#include "db/query/group.h"

struct arena;
struct db;

/* The group of a cohort with this slug; strings belong to the arena.
 * False: none, or a fault. */
bool group_find(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *slug, struct group *group);

#endif
