#include "model/feed_ping.h"

#include "db/db.h"
#include "ground/arena.h"

/* The documents that a hub can be asked for: the words of the parameters. */
static const char *const documents[] = { "atom", "json" };

static bool
queue_document(struct db *db, struct arena *arena, const struct feed_ping_due_row *feed,
    const char *document, int64_t now)
{
	return feed_ping_insert(db,
		   &(struct feed_ping_insert_in){
		       .reason = arena_format(arena, "feed_ping:%lld:%s:%lld", (long long)feed->id,
			   document, (long long)feed->revision),
		       .cohort_id = feed->cohort_id,
		       .parameters = arena_format(arena, "{\"feed\":\"%lld\",\"document\":\"%s\"}",
			   (long long)feed->id, document),
		       .due_at = now + FEED_PING_DELAY_SECONDS,
		       .now = now }) == 1;
}

static bool
queue_feed(struct db *db, struct arena *arena, const struct feed_ping_due_row *feed, int64_t now)
{
	const long long id = (long long)feed->id;
	size_t i;

	if (feed_ping_drop(db,
		&(struct feed_ping_drop_in){ .first = arena_format(arena, "feed_ping:%lld:", id),
		    .last = arena_format(arena, "feed_ping:%lld;", id) }) < 0) {
		return false;
	}
	for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		if (!queue_document(db, arena, feed, documents[i], now)) {
			return false;
		}
	}
	return feed_ping_note(db,
		   &(struct feed_ping_note_in){ .id = feed->id, .revision = feed->revision }) == 1;
}

bool
feed_ping_queue(struct db *db, struct arena *arena, bool has_hub, int64_t now)
{
	struct feed_ping_due_row_rows feeds;
	size_t i;

	if (!has_hub) {
		return feed_ping_skip(db) >= 0 && feed_ping_forget(db) >= 0;
	}
	feeds = feed_ping_due(db, arena, &(struct feed_ping_due_in){ .most = FEED_PING_MOST });
	for (i = 0; i < feeds.count; i++) {
		if (!queue_feed(db, arena, &feeds.rows[i], now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
feed_ping_feed(struct db *db, struct arena *arena, int64_t feed_id, struct feed_name *name)
{
	struct feed_ping_name_row row;

	if (!feed_ping_name(db, arena, &(struct feed_ping_name_in){ .id = feed_id }, &row)) {
		return false;
	}
	*name = (struct feed_name){
		.kind = row.kind, .cohort = row.cohort_slug, .group = row.group_slug
	};
	return true;
}
