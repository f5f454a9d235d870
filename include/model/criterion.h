#ifndef GROUNDCREW_MODEL_CRITERION_H
#define GROUNDCREW_MODEL_CRITERION_H

#include <stdint.h>

#include "db/query/criterion.h"

struct arena;
struct cohort;
struct db;

/*
 * What reviewers look for: each criterion is scored 0 to 10, and the score of
 * a review is their mean by weight (model/review.h).  A retired criterion is
 * scored no more and counts no more; what it was scored is kept.  Whatever
 * changes a weight computes the scores of all finished reviews anew, so that a
 * ranking is never of two scales.
 *
 * What writes runs in the caller's write transaction.
 */
enum { CRITERION_WEIGHT_MAX = 10, CRITERIA_MAX = 20 };

/* criterion_asked (what is scored now, in order) and criterion_ever come from
 * the header of the statements. */

struct criterion_plan {
	const char *name;
	const char *help; /* may be empty */
	int64_t weight; /* 1 to 10 */
};

enum criterion_outcome {
	CRITERION_SAVED = 1,
	/* It was scored by a finished review, so that it was retired instead of
	 * removed. */
	CRITERION_RETIRED,
	/* Another one of this cohort has the name, it may be a retired one. */
	CRITERION_NAME_TAKEN,
	/* There is no such criterion in this cohort, or it is retired. */
	CRITERION_UNKNOWN,
	/* CRITERIA_MAX are scored: more is more than one can weigh. */
	CRITERION_TOO_MANY,
	/* The only one that is scored, after reviews were finished: the others
	 * would have no score. */
	CRITERION_LAST,
	CRITERION_FAULT
};

/* After those there are. */
enum criterion_outcome criterion_add(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct criterion_plan *plan);

enum criterion_outcome criterion_change(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t criterion_id, const struct criterion_plan *plan);

/* One place up (-1) or down (+1) among those that are scored; at the end of
 * the row it stays where it is. */
enum criterion_outcome criterion_move(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t criterion_id, int step);

/* Removes it, or retires it once it was scored. */
enum criterion_outcome criterion_remove(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t criterion_id, int64_t now);

/* Scores it again. */
enum criterion_outcome criterion_revive(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t criterion_id);

#endif
