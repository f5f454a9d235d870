/*
 * The program that tells the community: feeds in Atom and the timeline that
 * people read. It never writes and never looks at a cookie.
 */
#ifndef FEED_FEED_H
#define FEED_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "ground/bytes.h"
#include "model/feed.h"
#include "web/entry.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program feed_program;

/* ---- timeline.c: the page ---- */
handler_fn feed_timeline_show;

/* ---- answer.c: a feed over HTTP ---- */
handler_fn feed_atom_show;

/* ---- atom.c: a feed's document ---- */

/*
 * Renders the feed of visit->cohort, or of everything where there is none, in
 * the visit's transaction. At most ATOM_ENTRIES_MAX entries, and fewer where
 * the document or its compressed form would be too large (rule 25).
 *
 * Returns NULL when the feed has no entry (rule 26: there is no such feed) and
 * on a fault. `gzip` is the compressed form.
 */
struct bytes *feed_atom_render(struct visit *visit, const struct feed *feed, struct bytes **gzip);

/* What the feed holds that is not archived, newest first. */
struct entry *feed_entries(struct visit *visit, const struct feed *feed, size_t *count);

/* ---- cache.c: what this worker has rendered ---- */

/*
 * A version of a feed, plain and compressed once, with its validators. It is
 * valid as long as the database's data_version is `version`, or the feed's row
 * still has this revision.
 */
struct rendering {
	struct rendering *next;
	int64_t feed; /* its id */
	int64_t revision;
	int64_t version;
	int64_t modified; /* UTC seconds: Last-Modified */
	const char *modified_text;
	const char *tag_plain; /* strong entity tags, with quotes */
	const char *tag_gzip;
	struct bytes plain; /* never written to */
	struct bytes gzip;
	size_t size;
	char slug[]; /* the cohort's; "" for all */
};

/* What the cache may hold, in bytes; the oldest in use leaves first. */
enum { FEED_CACHE_BYTES_MAX = 4 * 1024 * 1024 };

/* The rendering of a feed, or NULL. */
struct rendering *feed_cache_find(const char *slug);

/*
 * Keeps a rendering in place of an older one of this feed; what it is made
 * from is copied. The result lives until the next call of a feed_cache_
 * function.
 */
struct rendering *feed_cache_keep(struct arena *arena, const char *slug, const struct feed *feed,
    int64_t version, const struct bytes *plain, const struct bytes *gzip);

/* Forgets one feed, or all of them. */
void feed_cache_drop(const char *slug);
void feed_cache_clear(void);

/* How many bytes the cache holds. */
size_t feed_cache_size(void);

#endif
