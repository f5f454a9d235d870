#include "model/sending.h"

#include "db/db.h"

struct sending_rows
sending_list(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *state, int64_t before)
{
	if (before == 0) {
		before = INT64_MAX;
	}
	if (cohort_id == SENDING_ALL) {
		return sending_of_all(db, arena,
		    &(struct sending_of_all_in){
			.state = state, .before = before, .most = SENDING_PAGE + 1 });
	}
	return sending_of_cohort(db, arena,
	    &(struct sending_of_cohort_in){ .cohort_id = cohort_id,
		.state = state,
		.before = before,
		.most = SENDING_PAGE + 1 });
}

bool
sending_find(
    struct db *db, struct arena *arena, int64_t cohort_id, int64_t id, struct sending *sending)
{
	return sending_by_id(db, arena, &(struct sending_by_id_in){ .id = id }, sending) &&
	    (cohort_id == SENDING_ALL || sending->cohort_id == cohort_id);
}
