#ifndef GROUNDCREW_MODEL_COHORT_H
#define GROUNDCREW_MODEL_COHORT_H

#include <stdbool.h>

#include "db/query/cohort.h"

struct arena;
struct db;

/*
 * Where a cohort is in its life: computed from now on every read, never
 * stored (product.md, "Life of a cohort").
 */
enum cohort_state {
	/* Not published: only its organisers see it. */
	COHORT_DRAFT = 1,
	/* Published, its applications not open yet. */
	COHORT_UPCOMING,
	/* Applications are open: opens_at <= now < closes_at. */
	COHORT_OPEN,
	/* Applications closed, no offer sent yet. */
	COHORT_REVIEWING,
	/* Offers are out, week 0 has not begun. */
	COHORT_OFFERING,
	/* starts_at <= now < ends_at. */
	COHORT_RUNNING,
	/* now >= ends_at. */
	COHORT_FINISHED
};

enum cohort_state cohort_state(const struct cohort *cohort, int64_t now);

/* The week that now lies in: 0 to cohort->weeks while running, -1 before,
 * cohort->weeks + 1 after. */
int cohort_week_now(const struct cohort *cohort, int64_t now);

/* The first instant of a week: 00:00 UTC of its first day. */
int64_t cohort_week_starts(const struct cohort *cohort, int week);

/* Strings belong to the arena; false: none, or a fault. */
bool cohort_find(struct db *db, struct arena *arena, const char *slug, struct cohort *cohort);

#endif
