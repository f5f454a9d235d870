#include "model/group_plan.h"

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "model/standup_plan.h"

static enum group_plan_outcome
plan_problem(const struct cohort *cohort, const struct group_plan *plan)
{
	if (plan->level_low > plan->level_high) {
		return GROUP_PLAN_BAND_UPSIDE_DOWN;
	}
	if (plan->seats > cohort->djangonauts_per_group) {
		return GROUP_PLAN_TOO_MANY_SEATS;
	}
	return GROUP_PLAN_SAVED;
}

static enum group_plan_outcome
refusal_of_plan(struct db *db)
{
	if (db_fault(db) != DB_FAULT_NONE) {
		return GROUP_PLAN_FAULT;
	}
	if (db_refusal(db) == REFUSAL_UNIQUE) {
		return GROUP_PLAN_SLUG_TAKEN;
	}
	if (db_refusal(db) == REFUSAL_PROJECT_OF_OTHER_COHORT ||
	    db_refusal(db) == REFUSAL_FOREIGN_KEY) {
		return GROUP_PLAN_PROJECT_UNKNOWN;
	}
	if (db_refusal(db) == REFUSAL_CHECK) {
		return GROUP_PLAN_SLUG_RESERVED;
	}
	return GROUP_PLAN_FAULT;
}

/* Lays out or moves the stand-ups of a group as it now stands. */
static enum group_plan_outcome
follow_with_standups(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t group_id, int64_t now)
{
	struct group group;

	if (cohort->launched_at == DB_NULL) {
		return GROUP_PLAN_SAVED;
	}
	if (!group_by_id(db, arena, &(struct group_by_id_in){ .id = group_id }, &group) ||
	    !standup_lay_out(db, arena, cohort, &group, now)) {
		return GROUP_PLAN_FAULT;
	}
	return GROUP_PLAN_SAVED;
}

enum group_plan_outcome
group_plan_create(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group_plan *plan, int64_t now)
{
	enum group_plan_outcome outcome = plan_problem(cohort, plan);

	if (outcome != GROUP_PLAN_SAVED) {
		return outcome;
	}
	if (group_insert(db,
		&(struct group_insert_in){ .cohort_id = cohort->id,
		    .slug = plan->slug,
		    .name = plan->name,
		    .project_id = plan->project_id,
		    .goal = plan->goal,
		    .level_low = plan->level_low,
		    .level_high = plan->level_high,
		    .seats = plan->seats,
		    .meeting_weekday = plan->meeting_weekday,
		    .meeting_time = plan->meeting_time,
		    .meeting_zone = plan->meeting_zone,
		    .meeting_minutes = plan->meeting_minutes,
		    .room_link = plan->room_link,
		    .chat_link = plan->chat_link,
		    .workbook_link = plan->workbook_link,
		    .now = now }) != 1) {
		return refusal_of_plan(db);
	}
	return follow_with_standups(db, arena, cohort, db_last_id(db), now);
}

enum group_plan_outcome
group_plan_change(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t revision, const struct group_plan *plan, int64_t now)
{
	enum group_plan_outcome outcome = plan_problem(cohort, plan);
	int64_t changed;

	if (outcome != GROUP_PLAN_SAVED) {
		return outcome;
	}
	changed = group_change(db,
	    &(struct group_change_in){ .id = group->id,
		.revision = revision,
		.name = plan->name,
		.project_id = plan->project_id,
		.goal = plan->goal,
		.level_low = plan->level_low,
		.level_high = plan->level_high,
		.seats = plan->seats,
		.meeting_weekday = plan->meeting_weekday,
		.meeting_time = plan->meeting_time,
		.meeting_zone = plan->meeting_zone,
		.meeting_minutes = plan->meeting_minutes,
		.room_link = plan->room_link,
		.chat_link = plan->chat_link,
		.workbook_link = plan->workbook_link });
	if (changed == 0) {
		return GROUP_PLAN_CHANGED_MEANWHILE;
	}
	if (changed < 0) {
		return refusal_of_plan(db);
	}
	return follow_with_standups(db, arena, cohort, group->id, now);
}

struct group_standing
group_standing_of(
    const struct cohort *cohort, const struct group *group, int64_t navigators, int64_t djangonauts)
{
	int64_t capacity = navigators * cohort->djangonauts_per_navigator;

	if (capacity > cohort->djangonauts_per_group) {
		capacity = cohort->djangonauts_per_group;
	}
	if (capacity > group->seats) {
		capacity = group->seats;
	}
	return (struct group_standing){
		.navigators = navigators,
		.djangonauts = djangonauts,
		.capacity = capacity,
		.is_over = djangonauts > capacity,
		.has_room = djangonauts < capacity,
	};
}
