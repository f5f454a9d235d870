#include "model/cohort.h"

#include "db/db.h"
#include "ground/clock.h"

#define WEEK_SECONDS ((int64_t)7 * CLOCK_DAY)

enum cohort_state
cohort_state(const struct cohort *cohort, int64_t now)
{
	if (cohort->published_at == DB_NULL) {
		return COHORT_DRAFT;
	}
	if (now >= cohort->ends_at) {
		return COHORT_FINISHED;
	}
	if (now >= cohort->starts_at) {
		return COHORT_RUNNING;
	}
	if (now < cohort->opens_at) {
		return COHORT_UPCOMING;
	}
	if (now < cohort->closes_at) {
		return COHORT_OPEN;
	}
	return cohort->offered_at == DB_NULL ? COHORT_REVIEWING : COHORT_OFFERING;
}

int
cohort_week_now(const struct cohort *cohort, int64_t now)
{
	if (now < cohort->starts_at) {
		return -1;
	}
	if (now >= cohort->ends_at) {
		return (int)cohort->weeks + 1;
	}
	return (int)((now - cohort->starts_at) / WEEK_SECONDS);
}

int64_t
cohort_week_starts(const struct cohort *cohort, int week)
{
	return cohort->starts_at + week * WEEK_SECONDS;
}

bool
cohort_find(struct db *db, struct arena *arena, const char *slug, struct cohort *cohort)
{
	return cohort_by_slug(db, arena, &(struct cohort_by_slug_in){ .slug = slug }, cohort);
}
