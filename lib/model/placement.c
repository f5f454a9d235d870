#include <stddef.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/member.h"
#include "ground/arena.h"
#include "model/group_plan.h"
#include "model/standup_plan.h"
#include "model/welcome.h"

static enum placement_outcome
refusal_of_placement(enum refusal refusal)
{
	static const struct {
		enum refusal refusal;
		enum placement_outcome outcome;
	} outcomes[] = {
		{ REFUSAL_UNIQUE, PLACEMENT_ALREADY },
		{ REFUSAL_ALREADY_PLACED, PLACEMENT_ALREADY },
		{ REFUSAL_GROUP_FULL, PLACEMENT_GROUP_FULL },
		{ REFUSAL_TOO_FEW_NAVIGATORS, PLACEMENT_TOO_FEW_NAVIGATORS },
		{ REFUSAL_OUTSIDE_LEVEL_BAND, PLACEMENT_OUTSIDE_BAND },
		{ REFUSAL_MEMBER_LEFT, PLACEMENT_NOT_A_MEMBER },
		{ REFUSAL_GROUP_OF_OTHER_COHORT, PLACEMENT_NOT_A_MEMBER },
		{ REFUSAL_ORGANISER_HAS_NO_GROUP, PLACEMENT_NOT_A_MEMBER },
		{ REFUSAL_FOREIGN_KEY, PLACEMENT_NOT_A_MEMBER },
	};

	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		if (outcomes[i].refusal == refusal) {
			return outcomes[i].outcome;
		}
	}
	return PLACEMENT_FAULT;
}

/* A launched cohort's rota follows whoever navigates now. */
static bool
renew_rota(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t now)
{
	return cohort->launched_at == DB_NULL || standup_lay_out(db, arena, cohort, group, now);
}

enum placement_outcome
placement_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t member_id, const char *band_reason, int64_t now)
{
	int64_t placed = placement_insert(db,
	    &(struct placement_insert_in){ .group_id = group->id,
		.member_id = member_id,
		.band_reason = band_reason,
		.now = now });
	int64_t placement_id;

	if (placed < 0) {
		return db_fault(db) != DB_FAULT_NONE ? PLACEMENT_FAULT
						     : refusal_of_placement(db_refusal(db));
	}
	placement_id = db_last_id(db);
	if (!renew_rota(db, arena, cohort, group, now)) {
		return PLACEMENT_FAULT;
	}
	if (cohort->groups_formed_at != DB_NULL && !welcome_queue(db, arena, placement_id, now)) {
		return PLACEMENT_FAULT;
	}
	return PLACEMENT_DONE;
}

bool
placement_leave(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t placement_id, int64_t now)
{
	return placement_end(db,
		   &(struct placement_end_in){
		       .id = placement_id, .group_id = group->id, .now = now }) == 1 &&
	    renew_rota(db, arena, cohort, group, now);
}
