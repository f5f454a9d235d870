#include "model/activity.h"

#include "db/db.h"
#include "ground/token.h"

bool
activity_write(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id,
    int64_t highlight_id, int64_t now)
{
	struct feed_revision newest;

	if (feed_revision(db, arena, &(struct feed_revision_in){ .cohort_id = 0 }, &newest) &&
	    newest.updated_at > now) {
		now = newest.updated_at;
	}
	return activity_insert(db,
		   &(struct activity_insert_in){ .key = token_key128(arena),
		       .kind = kind,
		       .cohort_id = cohort_id,
		       .highlight_id = highlight_id,
		       .published_at = now }) >= 0;
}

bool
activity_feed_find(struct db *db, struct arena *arena, int64_t feed, struct feed_revision *row)
{
	return feed_revision(db, arena, &(struct feed_revision_in){ .cohort_id = feed }, row);
}

struct activity_rows
activity_list(struct db *db, struct arena *arena, int64_t feed, int64_t most)
{
	if (feed == ACTIVITY_FEED_ALL) {
		return activity_newest(db, arena, &(struct activity_newest_in){ .most = most });
	}
	return activity_newest_of_cohort(
	    db, arena, &(struct activity_newest_of_cohort_in){ .cohort_id = feed, .most = most });
}

struct activity_group_rows
activity_groups_list(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return activity_groups(db, arena, &(struct activity_groups_in){ .cohort_id = cohort_id });
}

struct activity_quote_rows
activity_quotes_list(struct db *db, struct arena *arena, int64_t highlight_id)
{
	return activity_quotes(
	    db, arena, &(struct activity_quotes_in){ .highlight_id = highlight_id });
}
