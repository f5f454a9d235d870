/*
 * A cohort's public calendar over HTTP, rendered once a version, with the
 * conditional requests of feeds.
 */
#include "feed.h"
#include "model/calendar.h"
#include "web/calendar.h"
#include "web/gzip.h"

static bool
is_fresh(struct visit *visit, struct rendering *rendering)
{
	struct calendar calendar;
	int64_t version;
	bool fresh;

	if (!db_begin_read(visit->db)) {
		return false;
	}
	/* Within the snapshot: it belongs to what is read. */
	version = db_data_version(visit->db);
	fresh = calendar_of(visit->db, visit->arena,
		    &(struct calendar_of_in){ .cohort_id = rendering->feed }, &calendar) &&
	    calendar.revision == rendering->revision;
	if (!db_commit(visit->db)) {
		return false;
	}
	if (fresh) {
		rendering->version = version;
	}
	return fresh;
}

/* Answers itself where there is none. NULL then or on a fault. */
static struct rendering *
render(struct visit *visit, const char *key)
{
	struct rendering made = { .key = key };
	struct calendar calendar;
	struct bytes *plain, *gzip;

	feed_cache_drop(key);
	if (!visit_load(visit)) {
		return NULL;
	}
	made.version = db_data_version(visit->db);
	if (!calendar_of(visit->db, visit->arena,
		&(struct calendar_of_in){ .cohort_id = visit->cohort->id }, &calendar)) {
		visit_not_found(visit);
		return NULL;
	}
	plain = calendar_of_cohort(
	    visit->db, visit->arena, visit->site, visit->programme, visit->cohort);
	if (plain == NULL) {
		return NULL;
	}
	gzip = gzip_bytes(visit->arena, plain->data, plain->length);
	if (gzip == NULL) {
		arena_exhausted(plain->length);
	}
	made.feed = visit->cohort->id;
	made.revision = calendar.revision;
	made.modified = calendar.modified_at;
	made.plain = *plain;
	made.gzip = *gzip;
	return feed_cache_keep(visit->arena, &made);
}

void
feed_calendar_show(struct visit *visit)
{
	const char *key = arena_format(visit->arena, "ics/%s", visit_param(visit, "cohort"));
	struct rendering *rendering = feed_cache_find(key);

	feed_answer_begin(visit);
	if (rendering == NULL ||
	    (rendering->version != db_data_version(visit->db) && !is_fresh(visit, rendering))) {
		rendering = render(visit, key);
	}
	if (rendering != NULL && db_fault(visit->db) == DB_FAULT_NONE) {
		feed_answer(visit, rendering, CALENDAR_TYPE, FEED_CACHE_RULE);
	}
}
