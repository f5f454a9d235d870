#include "model/criterion.h"

#include "db/db.h"
#include "model/cohort.h"
#include "model/review.h"

static enum criterion_outcome
refusal(struct db *db)
{
	return db_fault(db) == DB_FAULT_NONE && db_refusal(db) == REFUSAL_UNIQUE
	    ? CRITERION_NAME_TAKEN
	    : CRITERION_FAULT;
}

static enum criterion_outcome
rescore(struct db *db, const struct cohort *cohort, enum criterion_outcome outcome)
{
	return review_score_again(db, cohort->id) ? outcome : CRITERION_FAULT;
}

static struct criterion_rows
asked(struct db *db, struct arena *arena, const struct cohort *cohort)
{
	return criterion_asked(db, arena, &(struct criterion_asked_in){ .cohort_id = cohort->id });
}

/* Its place among those that are scored; `count` of them: it is none. */
static size_t
place_of(struct criterion_rows rows, int64_t criterion_id)
{
	size_t place = 0;

	while (place < rows.count && rows.rows[place].id != criterion_id) {
		place++;
	}
	return place;
}

enum criterion_outcome
criterion_add(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct criterion_plan *plan)
{
	if (asked(db, arena, cohort).count >= CRITERIA_MAX) {
		return CRITERION_TOO_MANY;
	}
	return criterion_insert(db,
		   &(struct criterion_insert_in){ .cohort_id = cohort->id,
		       .name = plan->name,
		       .help = plan->help,
		       .weight = plan->weight }) == 1
	    ? CRITERION_SAVED
	    : refusal(db);
}

enum criterion_outcome
criterion_change(struct db *db, struct arena *arena, const struct cohort *cohort,
    int64_t criterion_id, const struct criterion_plan *plan)
{
	struct criterion_rows rows = asked(db, arena, cohort);

	if (place_of(rows, criterion_id) == rows.count) {
		return CRITERION_UNKNOWN;
	}
	if (criterion_update(db,
		&(struct criterion_update_in){ .cohort_id = cohort->id,
		    .id = criterion_id,
		    .name = plan->name,
		    .help = plan->help,
		    .weight = plan->weight }) != 1) {
		return refusal(db);
	}
	return rescore(db, cohort, CRITERION_SAVED);
}

enum criterion_outcome
criterion_move(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t criterion_id, int step)
{
	struct criterion_rows rows = asked(db, arena, cohort);
	size_t from = place_of(rows, criterion_id), to;

	if (from == rows.count) {
		return CRITERION_UNKNOWN;
	}
	to = from;
	if (step < 0 && from > 0) {
		to = from - 1;
	} else if (step > 0 && from + 1 < rows.count) {
		to = from + 1;
	}
	/* All are numbered anew, so that equal positions part, too. */
	for (size_t i = 0; i < rows.count; i++) {
		size_t place = i == from ? to : i == to ? from : i;

		if (criterion_place(db,
			&(struct criterion_place_in){ .cohort_id = cohort->id,
			    .id = rows.rows[i].id,
			    .position = (int64_t)place + 1 }) != 1) {
			return CRITERION_FAULT;
		}
	}
	return CRITERION_SAVED;
}

static enum criterion_outcome
retire(struct db *db, const struct cohort *cohort, int64_t criterion_id, int64_t now)
{
	if (criterion_retire_set(db,
		&(struct criterion_retire_set_in){
		    .cohort_id = cohort->id, .id = criterion_id, .now = now }) != 1) {
		return CRITERION_FAULT;
	}
	return rescore(db, cohort, CRITERION_RETIRED);
}

enum criterion_outcome
criterion_remove(struct db *db, struct arena *arena, const struct cohort *cohort,
    int64_t criterion_id, int64_t now)
{
	struct criterion_rows rows = asked(db, arena, cohort);
	struct criterion_scores_row scored;
	int64_t removed;

	if (place_of(rows, criterion_id) == rows.count) {
		return CRITERION_UNKNOWN;
	}
	if (!criterion_scores(
		db, arena, &(struct criterion_scores_in){ .id = criterion_id }, &scored)) {
		return CRITERION_FAULT;
	}
	if (rows.count == 1 && scored.scores > 0) {
		return CRITERION_LAST;
	}
	removed = criterion_delete(
	    db, &(struct criterion_delete_in){ .cohort_id = cohort->id, .id = criterion_id });
	if (removed < 0) {
		return CRITERION_FAULT;
	}
	return removed == 1 ? CRITERION_SAVED : retire(db, cohort, criterion_id, now);
}

enum criterion_outcome
criterion_revive(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t criterion_id)
{
	int64_t revived;

	if (asked(db, arena, cohort).count >= CRITERIA_MAX) {
		return CRITERION_TOO_MANY;
	}
	revived = criterion_revive_set(
	    db, &(struct criterion_revive_set_in){ .cohort_id = cohort->id, .id = criterion_id });
	if (revived < 0) {
		return CRITERION_FAULT;
	}
	return revived == 0 ? CRITERION_UNKNOWN : rescore(db, cohort, CRITERION_SAVED);
}
