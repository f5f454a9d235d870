#ifndef GROUNDCREW_MODEL_LEVEL_H
#define GROUNDCREW_MODEL_LEVEL_H

#include <stdint.h>

#include "db/query/level.h"

struct cohort;
struct db;

/*
 * The levels that applicants state, 1 (first steps) to 4 (at home in the code),
 * in a cohort's own words.  A level without words of its own has those of the
 * software (see web/level.h, which everything that shows a level asks).
 */
enum { LEVEL_COUNT = 4 };

/* An empty name: the software's words; help is then not looked at. */
struct level_words {
	const char *name;
	const char *help;
};

enum level_outcome {
	LEVEL_SAVED = 1,
	/* Someone else changed the cohort since the form was shown. */
	LEVEL_CHANGED_MEANWHILE,
	LEVEL_FAULT
};

/*
 * Gives a cohort's levels these words, level 1 first, in the caller's write
 * transaction; revision as in cohort_plan_change.  Levels that somebody stated
 * keep their number, so that words may be changed at any time.
 */
enum level_outcome level_change(struct db *db, const struct cohort *cohort, int64_t revision,
    const struct level_words words[LEVEL_COUNT]);

#endif
