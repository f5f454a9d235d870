#ifndef GROUNDCREW_MODEL_SCOPE_H
#define GROUNDCREW_MODEL_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/cohort.h"

struct arena;
struct db;

/*
 * What the web floor needs to know around the object of an address.  Strings
 * belong to the arena.
 */

/* The cohort with this id: that of an application or a group.  False: none,
 * or a fault. */
bool scope_cohort(struct db *db, struct arena *arena, int64_t id, struct cohort *cohort);

/* The slug of the newest cohort that a person organises, for the frame of
 * their pages; NULL when there is none, or on a fault. */
const char *scope_organised(struct db *db, struct arena *arena, int64_t person_id);

#endif
