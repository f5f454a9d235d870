#include "model/scope.h"

#include <stddef.h>

#include "db/query/scope.h"

bool
scope_cohort(struct db *db, struct arena *arena, int64_t id, struct cohort *cohort)
{
	return cohort_by_id(db, arena, &(struct cohort_by_id_in){ .id = id }, cohort);
}

const char *
scope_organised(struct db *db, struct arena *arena, int64_t person_id)
{
	struct scope_organised_newest_row row;

	if (!scope_organised_newest(
		db, arena, &(struct scope_organised_newest_in){ .person_id = person_id }, &row)) {
		return NULL;
	}
	return row.slug;
}
