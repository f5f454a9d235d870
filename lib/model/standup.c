#include "model/standup.h"

#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "model/rights.h"

bool
audience_admits(int64_t audience, unsigned roles, bool is_author)
{
	if (is_author || audience == AUDIENCE_PUBLIC) {
		return true;
	}
	if (roles & ROLES_FACILITATORS) {
		return true;
	}
	return (roles & ROLE_DJANGONAUT) && audience >= AUDIENCE_GROUP;
}

bool
standup_find(
    struct db *db, struct arena *arena, int64_t group_id, int64_t week, struct standup *standup)
{
	return standup_by_week(
	    db, arena, &(struct standup_by_week_in){ .group_id = group_id, .week = week }, standup);
}

bool
standup_may_write(const struct cohort *cohort, int64_t now)
{
	return now < cohort->ends_at + RIGHTS_WRITE_SECONDS;
}

enum notes_outcome
notes_save(struct db *db, const struct cohort *cohort, const struct standup *standup,
    const char *notes, int64_t revision, int64_t now)
{
	int64_t changed;

	if (!standup_may_write(cohort, now)) {
		return NOTES_COHORT_OVER;
	}
	changed = standup_write_notes(db,
	    &(struct standup_write_notes_in){
		.id = standup->id, .notes = notes, .revision = revision });
	if (changed == 0 && db_fault(db) == DB_FAULT_NONE) {
		return NOTES_CHANGED_MEANWHILE;
	}
	return changed == 1 ? NOTES_SAVED : NOTES_FAULT;
}
