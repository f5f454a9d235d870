#include "model/submission.h"

#include <stddef.h>

#include "db/query/session.h"

const char *
submission_find(struct db *db, struct arena *arena, const char *key)
{
	struct submission_location_row row;

	if (!submission_location(db, arena, &(struct submission_location_in){ .key = key }, &row)) {
		return NULL;
	}
	return row.location;
}

bool
submission_keep(struct db *db, const char *key, const char *location, int64_t now)
{
	return submission_insert(db,
		   &(struct submission_insert_in){
		       .key = key, .location = location, .now = now }) == 1;
}
