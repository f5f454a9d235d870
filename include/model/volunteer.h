#ifndef GROUNDCREW_MODEL_VOLUNTEER_H
#define GROUNDCREW_MODEL_VOLUNTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/volunteer.h"
#include "ground/slots.h"

struct arena;
struct cohort;
struct db;

/*
 * What a navigator or a captain brings to a cohort: said on accepting the
 * invitation, changed at any time (product.md, "Groups").
 */

/* More than anyone can look after; a navigator's own limit is lower. */
#define VOLUNTEER_WANTS_MAX 50

struct volunteer_answers {
	const char *zone; /* an IANA name that exists */
	struct slots hours; /* half hours as their clock shows them */
	int64_t level_low; /* 1 to 4 */
	int64_t level_high;
	int64_t wants; /* how many Djangonauts they would like */
	const int64_t *projects; /* ids of the cohort's; none: any */
	size_t project_count;
};

enum volunteer_outcome {
	VOLUNTEER_SAVED = 1,
	/* The highest level lies below the lowest, or one is none. */
	VOLUNTEER_LEVELS_WRONG,
	/* More than volunteer_wants_most says. */
	VOLUNTEER_WANTS_TOO_MANY,
	/* A project of another cohort. */
	VOLUNTEER_PROJECT_WRONG,
	/* No navigator or captain of this cohort now. */
	VOLUNTEER_NOT_ABOARD,
	VOLUNTEER_FAULT
};

/*
 * How many Djangonauts someone may wish for: a navigator those of two groups
 * of the cohort's limit, a captain, who looks after several groups, fifty.
 */
int64_t volunteer_wants_most(const struct cohort *cohort, const char *role);

/* What would be wrong with the answers of somebody with that role, or
 * VOLUNTEER_SAVED; the projects are left to volunteer_save. */
enum volunteer_outcome volunteer_check(
    const struct cohort *cohort, const char *role, const struct volunteer_answers *answers);

/*
 * Keeps the answers of a member in place of those there were, in the caller's
 * write transaction, with the same hours in UTC of the cohort's first week.
 */
enum volunteer_outcome
volunteer_save(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t member_id,
    const struct volunteer_answers *answers, int64_t now);

/* What a member said.  False: nothing yet, or a fault. */
bool volunteer_find(
    struct db *db, struct arena *arena, int64_t member_id, struct volunteer_answers *answers);

#endif
