#include "model/cohort_copy.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/cohort_copy.h"
#include "ground/clock.h"
#include "model/cohort.h"
#include "model/questionnaire_copy.h"

static bool
copy_forms(struct db *db, struct arena *arena, const struct cohort *from, const struct cohort *to,
    int64_t now)
{
	static const char *const purposes[] = { "apply", "navigator", "captain", "organiser" };
	int64_t days = (to->starts_at - from->starts_at) / CLOCK_DAY;
	struct questionnaire_copied copied;

	for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
		if (!questionnaire_copy(
			db, arena, from->id, to->id, purposes[i], days, now, &copied)) {
			return false;
		}
	}
	return true;
}

bool
cohort_copy(struct db *db, struct arena *arena, const struct cohort *from, const struct cohort *to,
    int64_t now)
{
	return cohort_copy_projects(
		   db, &(struct cohort_copy_projects_in){ .from_id = from->id, .to_id = to->id }) >=
	    0 &&
	    cohort_copy_levels(
		db, &(struct cohort_copy_levels_in){ .from_id = from->id, .to_id = to->id }) >= 0 &&
	    cohort_copy_criteria(db,
		&(struct cohort_copy_criteria_in){ .from_id = from->id, .to_id = to->id }) >= 0 &&
	    cohort_copy_weeks(
		db, &(struct cohort_copy_weeks_in){ .from_id = from->id, .to_id = to->id }) >= 0 &&
	    cohort_copy_wordings(db,
		&(struct cohort_copy_wordings_in){
		    .from_id = from->id, .to_id = to->id, .now = now }) >= 0 &&
	    copy_forms(db, arena, from, to, now);
}
