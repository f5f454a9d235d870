#ifndef GROUNDCREW_MODEL_COHORT_HOURS_H
#define GROUNDCREW_MODEL_COHORT_HOURS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Availability is kept as civil time with its zone, and as the UTC half hours
 * of the cohort's first week, which groups are made by.  When that week moves,
 * zones may have changed their clocks in between: computes the second from the
 * first again, for the applications and the volunteers of a cohort whose week 0
 * begins at starts_at now.  In the caller's write transaction; false after a
 * fault.
 */
bool cohort_hours_renew(struct db *db, struct arena *arena, int64_t cohort_id, int64_t starts_at);

#endif
