#include "model/calendar.h"

#include <stddef.h>

#include "db/db.h"

bool
calendar_follow(struct db *db, int64_t cohort_id, int64_t now)
{
	int64_t added = calendar_follow_new(
	    db, &(struct calendar_follow_new_in){ .cohort_id = cohort_id, .now = now });
	int64_t changed = calendar_follow_changed(
	    db, &(struct calendar_follow_changed_in){ .cohort_id = cohort_id, .now = now });
	int64_t lost = calendar_follow_lost(
	    db, &(struct calendar_follow_lost_in){ .cohort_id = cohort_id, .now = now });

	if (added < 0 || changed < 0 || lost < 0) {
		return false;
	}
	return added + changed + lost == 0 ||
	    calendar_move(db, &(struct calendar_move_in){ .cohort_id = cohort_id, .now = now }) ==
	    1;
}

bool
calendar_follow_due(struct db *db, struct arena *arena, int64_t now)
{
	struct calendar_due_cohorts_row_rows due = calendar_due_cohorts(db, arena);
	size_t i;

	for (i = 0; i < due.count; i++) {
		int64_t cohort_id = due.rows[i].cohort_id;

		if (!calendar_follow(db, cohort_id, now) ||
		    calendar_due_over(
			db, &(struct calendar_due_over_in){ .cohort_id = cohort_id }) < 0) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
calendar_restore(struct db *db, int64_t now)
{
	return calendar_restore_events(db, &(struct calendar_restore_events_in){ .now = now }) >=
	    0 &&
	    calendar_restore_revisions(db, &(struct calendar_restore_revisions_in){ .now = now }) >=
	    0;
}
