#include "db/db.h"
#include "db/query/cohort.h"
#include "ground/text.h"
#include "model/standup.h"

static const char *
status_of(struct attendance_rows rows, int64_t member_id)
{
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.rows[i].member_id == member_id) {
			return rows.rows[i].status;
		}
	}
	return NULL;
}

static bool
mark_write(struct db *db, const struct standup *standup, int64_t marker_id,
    const struct attendance_mark *mark, int64_t now)
{
	if (mark->status == NULL) {
		return attendance_clear(db,
			   &(struct attendance_clear_in){
			       .standup_id = standup->id, .member_id = mark->member_id }) >= 0;
	}
	return attendance_put(db,
		   &(struct attendance_put_in){ .standup_id = standup->id,
		       .member_id = mark->member_id,
		       .status = mark->status,
		       .marked_by = marker_id,
		       .now = now }) >= 0;
}

static enum attendance_outcome
refusal_of_mark(struct db *db)
{
	return db_refusal(db) == REFUSAL_NOT_OF_THIS_GROUP ? ATTENDANCE_NOT_OF_GROUP
							   : ATTENDANCE_FAULT;
}

enum attendance_outcome
attendance_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t marker_id, const struct attendance_mark *marks,
    size_t count, int64_t now)
{
	enum attendance_outcome outcome = ATTENDANCE_SAVED;
	struct attendance_rows rows;

	if (!standup_may_write(cohort, now)) {
		return ATTENDANCE_COHORT_OVER;
	}
	rows = attendance_of_standup(
	    db, arena, &(struct attendance_of_standup_in){ .standup_id = standup->id });
	for (size_t i = 0; i < count; i++) {
		const char *stored = status_of(rows, marks[i].member_id);

		if (text_equal(marks[i].status, marks[i].shown_status) ||
		    text_equal(marks[i].status, stored)) {
			continue;
		}
		if (!text_equal(stored, marks[i].shown_status)) {
			outcome = ATTENDANCE_PARTLY_SAVED;
			continue;
		}
		if (!mark_write(db, standup, marker_id, &marks[i], now)) {
			return refusal_of_mark(db);
		}
	}
	return outcome;
}
