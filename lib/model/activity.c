#include "model/activity.h"

#include "db/db.h"
#include "db/query/feed.h"
#include "ground/token.h"
#include "model/hook.h"

bool
activity_write(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id,
    int64_t highlight_id, int64_t now)
{
	struct feed newest;
	int64_t published_at = now, written;

	if (feed_of_all(db, arena, &newest) && newest.updated_at > now) {
		published_at = newest.updated_at;
	}
	written = activity_insert(db,
	    &(struct activity_insert_in){ .key = token_key128(arena),
		.kind = kind,
		.cohort_id = cohort_id,
		.highlight_id = highlight_id,
		.published_at = published_at });
	if (written <= 0) {
		return written == 0;
	}
	return hook_tell(db, arena, db_last_id(db), cohort_id, now);
}

bool
activity_find(struct db *db, struct arena *arena, int64_t id, struct activity *activity)
{
	return activity_by_id(db, arena, &(struct activity_by_id_in){ .id = id }, activity);
}

struct activity_rows
activity_news(struct db *db, struct arena *arena, int64_t most)
{
	return activity_newest(db, arena, &(struct activity_newest_in){ .most = most });
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
