#include "model/cohort_content.h"

#include "db/db.h"

enum cohort_weeks_outcome
cohort_weeks_change(struct db *db, const struct cohort *cohort, int64_t revision,
    const struct cohort_week_words *weeks)
{
	int64_t changed = cohort_next_revision(
	    db, &(struct cohort_next_revision_in){ .id = cohort->id, .revision = revision });

	if (changed == 0) {
		return COHORT_WEEKS_CHANGED_MEANWHILE;
	}
	for (int64_t week = 0; changed == 1 && week <= cohort->weeks; week++) {
		changed = cohort_week_put(db,
		    &(struct cohort_week_put_in){ .cohort_id = cohort->id,
			.number = week,
			.theme = weeks[week].theme,
			.objectives = weeks[week].objectives });
	}
	return changed == 1 ? COHORT_WEEKS_SAVED : COHORT_WEEKS_FAULT;
}

static enum project_outcome
project_refusal(struct db *db)
{
	return db_fault(db) == DB_FAULT_NONE && db_refusal(db) == REFUSAL_UNIQUE
	    ? PROJECT_NAME_TAKEN
	    : PROJECT_FAULT;
}

enum project_outcome
project_add(struct db *db, const struct cohort *cohort, const struct project_plan *plan)
{
	if (project_insert(db,
		&(struct project_insert_in){ .cohort_id = cohort->id,
		    .name = plan->name,
		    .description = plan->description,
		    .link = plan->link }) == 1) {
		return PROJECT_SAVED;
	}
	return project_refusal(db);
}

enum project_outcome
project_change(
    struct db *db, const struct cohort *cohort, int64_t project_id, const struct project_plan *plan)
{
	int64_t changed = project_update(db,
	    &(struct project_update_in){ .id = project_id,
		.cohort_id = cohort->id,
		.name = plan->name,
		.description = plan->description,
		.link = plan->link });

	if (changed < 0) {
		return project_refusal(db);
	}
	return changed == 1 ? PROJECT_SAVED : PROJECT_UNKNOWN;
}

enum project_outcome
project_remove(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t project_id)
{
	struct project_rows projects =
	    project_of_cohort(db, arena, &(struct project_of_cohort_in){ .cohort_id = cohort->id });
	int64_t removed;

	if (cohort->published_at != DB_NULL && projects.count == 1 &&
	    projects.rows[0].id == project_id) {
		return PROJECT_LAST;
	}
	removed = project_delete(
	    db, &(struct project_delete_in){ .id = project_id, .cohort_id = cohort->id });
	if (removed == 0) {
		return PROJECT_UNKNOWN;
	}
	if (removed == 1) {
		return PROJECT_SAVED;
	}
	return db_fault(db) == DB_FAULT_NONE && db_refusal(db) == REFUSAL_FOREIGN_KEY
	    ? PROJECT_IN_USE
	    : PROJECT_FAULT;
}
