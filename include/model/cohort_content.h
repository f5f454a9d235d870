#ifndef GROUNDCREW_MODEL_COHORT_CONTENT_H
#define GROUNDCREW_MODEL_COHORT_CONTENT_H

#include <stddef.h>
#include <stdint.h>

#include "db/query/cohort.h"

struct arena;
struct db;

/*
 * What a cohort is about: a theme and objectives a week, and the projects
 * among which applicants choose.  Everything that writes runs in the caller's
 * write transaction.
 */

/* One of the weeks 0 to cohort->weeks, by its place in the array.  Texts may
 * be empty. */
struct cohort_week_words {
	const char *theme;
	const char *objectives;
};

enum cohort_weeks_outcome {
	COHORT_WEEKS_SAVED = 1,
	/* Someone else changed the cohort since the form was shown. */
	COHORT_WEEKS_CHANGED_MEANWHILE,
	COHORT_WEEKS_FAULT
};

/* Writes the words of weeks 0 to cohort->weeks (cohort->weeks + 1 of them).
 * revision as in cohort_plan_change. */
enum cohort_weeks_outcome cohort_weeks_change(struct db *db, const struct cohort *cohort,
    int64_t revision, const struct cohort_week_words *weeks);

/* link and description may be empty. */
struct project_plan {
	const char *name;
	const char *description;
	const char *link;
};

enum project_outcome {
	PROJECT_SAVED = 1,
	/* Another project of this cohort has the name. */
	PROJECT_NAME_TAKEN,
	/* There is no such project in this cohort. */
	PROJECT_UNKNOWN,
	/* A group works on it, or an applicant chose it. */
	PROJECT_IN_USE,
	/* A published cohort keeps one: applicants choose among them. */
	PROJECT_LAST,
	PROJECT_FAULT
};

enum project_outcome
project_add(struct db *db, const struct cohort *cohort, const struct project_plan *plan);

/* A new name is the project's everywhere: for groups and those who chose it, too. */
enum project_outcome project_change(struct db *db, const struct cohort *cohort, int64_t project_id,
    const struct project_plan *plan);

enum project_outcome
project_remove(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t project_id);

#endif
