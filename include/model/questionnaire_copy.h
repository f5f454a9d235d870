#ifndef GROUNDCREW_MODEL_QUESTIONNAIRE_COPY_H
#define GROUNDCREW_MODEL_QUESTIONNAIRE_COPY_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/* What became of the questions that were to be copied. */
struct questionnaire_copied {
	/* Stand there now, after what stood there before. */
	int64_t added;
	/* Stood there under the same name and of the same kind, and are put now
	 * as in the other cohort. */
	int64_t reworded;
	/* Stand there under the same name, but of another kind: as before. */
	int64_t left;
};

/*
 * Copies the questions of one purpose ("apply", "navigator", "captain",
 * "organiser") from one cohort to another: what is asked now, in its newest
 * wording, under the same names, so that an answer given there can be used
 * again here; retired questions stay behind.  A question of the same name that
 * was retired here is asked again; sensitive or identifying in either cohort
 * is so here.  Answers keep the wording they were given under.
 *
 * `days` are added to the first and last day of questions for a date.  The
 * words above the questions, and how long they take, are taken over when there
 * were none.
 *
 * In the caller's write transaction; false after a fault, which db_fault tells,
 * or when a cohort is not there.
 */
bool questionnaire_copy(struct db *db, struct arena *arena, int64_t from_cohort, int64_t to_cohort,
    const char *purpose, int64_t days, int64_t now, struct questionnaire_copied *copied);

#endif
