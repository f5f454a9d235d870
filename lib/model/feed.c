#include "model/feed.h"

#include <stddef.h>

#include "db/db.h"

bool
feed_find(struct db *db, struct arena *arena, const struct feed_name *name, struct feed *feed)
{
	if (name->kind != NULL) {
		return feed_of_kind(
		    db, arena, &(struct feed_of_kind_in){ .kind = name->kind }, feed);
	}
	if (name->group != NULL) {
		return feed_of_group(db, arena,
		    &(struct feed_of_group_in){ .cohort = name->cohort, .slug = name->group },
		    feed);
	}
	if (name->cohort != NULL) {
		return feed_of_cohort(
		    db, arena, &(struct feed_of_cohort_in){ .slug = name->cohort }, feed);
	}
	return feed_of_all(db, arena, feed);
}

bool
feed_revision_read(struct db *db, struct arena *arena, int64_t id, int64_t *revision)
{
	struct feed_revision_row row;

	if (!feed_revision(db, arena, &(struct feed_revision_in){ .id = id }, &row)) {
		return false;
	}
	*revision = row.revision;
	return true;
}

static struct activity_rows
between(struct db *db, struct arena *arena, const struct feed *feed, int64_t first, int64_t last)
{
	return activity_between(db, arena,
	    &(struct activity_between_in){ .feed_id = feed->id, .first = first, .last = last });
}

struct activity_rows
feed_current(struct db *db, struct arena *arena, const struct feed *feed)
{
	int64_t archived = feed->archives == DB_NULL ? 0 : feed->archives * FEED_ARCHIVE_ENTRIES;

	return between(db, arena, feed, archived + 1, feed->entries);
}

struct activity_rows
feed_archived(struct db *db, struct arena *arena, const struct feed *feed, int64_t number)
{
	int64_t generation;

	if (!feed_generation(db, arena, feed, number, &generation)) {
		return (struct activity_rows){ .rows = NULL };
	}
	return between(db, arena, feed, (number - 1) * FEED_ARCHIVE_ENTRIES + 1,
	    number * FEED_ARCHIVE_ENTRIES);
}

bool
feed_generation(struct db *db, struct arena *arena, const struct feed *feed, int64_t number,
    int64_t *generation)
{
	struct feed_archive_find_row row;

	if (!feed_archive_find(db, arena,
		&(struct feed_archive_find_in){ .feed_id = feed->id, .number = number }, &row)) {
		return false;
	}
	*generation = row.generation;
	return true;
}

bool
feed_bury_due(struct db *db, int64_t now)
{
	return feed_bury(db,
		   &(struct feed_bury_in){ .now = now, .before = now - FEED_BLANK_SECONDS }) >= 0;
}

int64_t
feed_bury_at(struct db *db, struct arena *arena)
{
	struct feed_bury_next_row next;

	if (!feed_bury_next(db, arena, &next) || next.withdrawn_at == DB_NULL) {
		return DB_NULL;
	}
	return next.withdrawn_at + FEED_BLANK_SECONDS;
}

bool
feed_date_due(struct db *db, int64_t now)
{
	return feed_date(db, &(struct feed_date_in){ .now = now }) >= 0;
}

bool
feed_restored(struct db *db, int64_t now)
{
	return feed_count_on(db, &(struct feed_count_on_in){ .now = now }) >= 0 &&
	    feed_renew_archives(db) >= 0;
}
