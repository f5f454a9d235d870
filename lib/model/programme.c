#include "model/programme.h"

#include "db/db.h"
#include "db/query/feed.h"
#include "model/activity.h"

bool
programme_read(struct db *db, struct arena *arena, struct programme *programme)
{
	return programme_row(db, arena, programme);
}

bool
programme_begin(
    struct db *db, struct arena *arena, const struct programme_insert_in *settings, int64_t now)
{
	if (programme_insert(db, settings) != 1) {
		return false;
	}
	return activity_write(db, arena, "programme_began", DB_NULL, DB_NULL, now);
}

bool
programme_begin_earlier(struct db *db, struct arena *arena, int64_t began_at)
{
	struct activity_rows told =
	    activity_newest(db, arena, &(struct activity_newest_in){ .most = 2 });

	if (told.count != 1) {
		return false;
	}
	if (told.rows[0].published_at <= began_at) {
		return true;
	}
	return activity_delete(db, &(struct activity_delete_in){ .id = told.rows[0].id }) == 1 &&
	    feed_set_back(db, &(struct feed_set_back_in){ .now = began_at }) > 0 &&
	    activity_insert(db,
		&(struct activity_insert_in){ .key = told.rows[0].key,
		    .kind = "programme_began",
		    .cohort_id = DB_NULL,
		    .highlight_id = DB_NULL,
		    .published_at = began_at }) == 1;
}
