#include "model/cohort_hours.h"

#include "db/db.h"
#include "db/query/cohort_hours.h"
#include "ground/arena.h"
#include "ground/slots.h"
#include "model/application.h"

/* NULL for hours that are not 84 hexadecimal digits. */
static const char *
utc_of(struct arena *arena, const char *hours, const char *zone, int64_t starts_at)
{
	struct slots civil, utc;

	if (!slots_read_hex(hours, &civil)) {
		return NULL;
	}
	utc = application_hours_utc(&civil, zone, starts_at);
	return slots_hex(arena, &utc);
}

static bool
renew_applications(struct db *db, struct arena *arena, int64_t cohort_id, int64_t starts_at)
{
	struct cohort_hours_rows rows = cohort_hours_applications(
	    db, arena, &(struct cohort_hours_applications_in){ .cohort_id = cohort_id });

	for (size_t i = 0; i < rows.count; i++) {
		const char *utc = utc_of(arena, rows.rows[i].hours, rows.rows[i].zone, starts_at);

		if (utc != NULL &&
		    cohort_hours_set_application(db,
			&(struct cohort_hours_set_application_in){
			    .id = rows.rows[i].id, .hours_utc = utc }) != 1) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

static bool
renew_volunteers(struct db *db, struct arena *arena, int64_t cohort_id, int64_t starts_at)
{
	struct cohort_hours_volunteers_row_rows rows = cohort_hours_volunteers(
	    db, arena, &(struct cohort_hours_volunteers_in){ .cohort_id = cohort_id });

	for (size_t i = 0; i < rows.count; i++) {
		const char *utc = utc_of(arena, rows.rows[i].hours, rows.rows[i].zone, starts_at);

		if (utc != NULL &&
		    cohort_hours_set_volunteer(db,
			&(struct cohort_hours_set_volunteer_in){
			    .member_id = rows.rows[i].member_id, .hours_utc = utc }) != 1) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
cohort_hours_renew(struct db *db, struct arena *arena, int64_t cohort_id, int64_t starts_at)
{
	return renew_applications(db, arena, cohort_id, starts_at) &&
	    renew_volunteers(db, arena, cohort_id, starts_at);
}
