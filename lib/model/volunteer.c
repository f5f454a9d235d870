#include "model/volunteer.h"

#include <string.h>

#include "db/db.h"
#include "db/query/member.h"
#include "ground/arena.h"
#include "model/application.h"

#define LEVELS 4

int64_t
volunteer_wants_most(const struct cohort *cohort, const char *role)
{
	return strcmp(role, "navigator") == 0 ? 2 * cohort->djangonauts_per_navigator
					      : VOLUNTEER_WANTS_MAX;
}

enum volunteer_outcome
volunteer_check(
    const struct cohort *cohort, const char *role, const struct volunteer_answers *answers)
{
	if (answers->level_low < 1 || answers->level_high > LEVELS ||
	    answers->level_low > answers->level_high) {
		return VOLUNTEER_LEVELS_WRONG;
	}
	if (answers->wants < 0 || answers->wants > VOLUNTEER_WANTS_MAX ||
	    answers->wants > volunteer_wants_most(cohort, role)) {
		return VOLUNTEER_WANTS_TOO_MANY;
	}
	return VOLUNTEER_SAVED;
}

static enum volunteer_outcome
set_projects(struct db *db, int64_t member_id, const struct volunteer_answers *answers)
{
	if (volunteer_project_clear(
		db, &(struct volunteer_project_clear_in){ .member_id = member_id }) < 0) {
		return VOLUNTEER_FAULT;
	}
	for (size_t i = 0; i < answers->project_count; i++) {
		if (volunteer_project_insert(db,
			&(struct volunteer_project_insert_in){
			    .member_id = member_id, .project_id = answers->projects[i] }) < 0) {
			return db_fault(db) == DB_FAULT_NONE ? VOLUNTEER_PROJECT_WRONG
							     : VOLUNTEER_FAULT;
		}
	}
	return VOLUNTEER_SAVED;
}

static bool
is_aboard(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t member_id,
    struct member *member)
{
	return member_by_id(db, arena, &(struct member_by_id_in){ .id = member_id }, member) &&
	    member->cohort_id == cohort->id && member->left_at == DB_NULL &&
	    (strcmp(member->role, "navigator") == 0 || strcmp(member->role, "captain") == 0);
}

enum volunteer_outcome
volunteer_save(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t member_id,
    const struct volunteer_answers *answers, int64_t now)
{
	struct slots utc = application_hours_utc(&answers->hours, answers->zone, cohort->starts_at);
	enum volunteer_outcome outcome;
	struct member member;

	if (!is_aboard(db, arena, cohort, member_id, &member)) {
		return VOLUNTEER_NOT_ABOARD;
	}
	outcome = volunteer_check(cohort, member.role, answers);
	if (outcome != VOLUNTEER_SAVED) {
		return outcome;
	}
	if (volunteer_put(db,
		&(struct volunteer_put_in){ .member_id = member_id,
		    .zone = answers->zone,
		    .hours = slots_hex(arena, &answers->hours),
		    .hours_utc = slots_hex(arena, &utc),
		    .level_low = answers->level_low,
		    .level_high = answers->level_high,
		    .wants = answers->wants,
		    .now = now }) != 1) {
		return VOLUNTEER_FAULT;
	}
	return set_projects(db, member_id, answers);
}

bool
volunteer_find(
    struct db *db, struct arena *arena, int64_t member_id, struct volunteer_answers *answers)
{
	struct volunteer_project_rows projects;
	struct volunteer volunteer;
	int64_t *ids;

	if (!volunteer_by_member(db, arena,
		&(struct volunteer_by_member_in){ .member_id = member_id }, &volunteer)) {
		return false;
	}
	projects = volunteer_projects(
	    db, arena, &(struct volunteer_projects_in){ .member_id = member_id });
	ids = arena_array(arena, projects.count + 1, sizeof(*ids));
	for (size_t i = 0; i < projects.count; i++) {
		ids[i] = projects.rows[i].id;
	}
	*answers = (struct volunteer_answers){ .zone = volunteer.zone,
		.level_low = volunteer.level_low,
		.level_high = volunteer.level_high,
		.wants = volunteer.wants,
		.projects = ids,
		.project_count = projects.count };
	return slots_read_hex(volunteer.hours, &answers->hours);
}
