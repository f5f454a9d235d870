#include "model/activity.h"

#include "db/db.h"
#include "ground/token.h"

bool
activity_write(struct db *db, struct arena *arena, const char *kind,
    int64_t cohort_id, int64_t highlight_id, int64_t now)
{
	struct feed_revision newest;

	if (feed_revision(db, arena,
		&(struct feed_revision_in){ .cohort_id = 0 }, &newest) &&
	    newest.updated_at > now) {
		now = newest.updated_at;
	}
	return activity_insert(db,
		   &(struct activity_insert_in){
		       .key = token_key128(arena),
		       .kind = kind,
		       .cohort_id = cohort_id,
		       .highlight_id = highlight_id,
		       .published_at = now }) >= 0;
}
