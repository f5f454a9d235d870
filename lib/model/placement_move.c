#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/member.h"
#include "model/group_plan.h"

/* Ends where a Djangonaut sits now, so that one place follows another. */
static bool
leave_groups(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct placement_rows *places, int64_t now)
{
	struct group group;

	for (size_t i = 0; i < places->count; i++) {
		if (!group_by_id(db, arena,
			&(struct group_by_id_in){ .id = places->rows[i].group_id }, &group) ||
		    !placement_leave(db, arena, cohort, &group, places->rows[i].id, now)) {
			return false;
		}
	}
	return true;
}

enum placement_outcome
placement_move(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t member_id, const char *band_reason, int64_t now)
{
	struct placement_rows places;
	struct member member;

	if (!member_by_id(db, arena, &(struct member_by_id_in){ .id = member_id }, &member) ||
	    member.cohort_id != cohort->id) {
		return db_fault(db) == DB_FAULT_NONE ? PLACEMENT_NOT_A_MEMBER : PLACEMENT_FAULT;
	}
	places = placement_of_member(
	    db, arena, &(struct placement_of_member_in){ .member_id = member_id });
	for (size_t i = 0; i < places.count; i++) {
		if (places.rows[i].group_id == group->id) {
			return PLACEMENT_ALREADY;
		}
	}
	if (strcmp(member.role, "djangonaut") == 0 &&
	    !leave_groups(db, arena, cohort, &places, now)) {
		return PLACEMENT_FAULT;
	}
	return placement_make(db, arena, cohort, group, member_id, band_reason, now);
}
