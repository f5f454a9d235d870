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
#include "web/feed_link.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program feed_program;

/* ---- timeline.c, highlight.c: the pages ---- */
handler_fn feed_timeline_show;
handler_fn feed_highlight_show;

/* ---- answer.c: a feed over HTTP ---- */
handler_fn feed_atom_show;
handler_fn feed_json_show;

/* Long enough to be worth keeping, short enough for words taken back. */
#define FEED_CACHE_RULE "public, max-age=60"

/* What every answer about a document says, found or not. */
void feed_answer_begin(struct visit *visit);

/*
 * Answers with a rendering, or with 304 where the reader has it (rules 34 to
 * 38); both are the Content-Type and the Cache-Control.
 */
struct rendering;
void feed_answer(
    struct visit *visit, struct rendering *rendering, const char *type, const char *cache_rule);

/* ---- calendar.c: a cohort's public dates (RFC 5545) ---- */
handler_fn feed_calendar_show;

/* ---- document.c: a feed, whatever it is written as ---- */

/*
 * A feed's subscription document or one of its archives, as Atom, JSON and the
 * timeline tell it. The addresses are those of one form of it.
 */
struct feed_document {
	struct feed feed;
	struct feed_name name;
	enum feed_link_form form;
	int64_t number; /* of the archive; 0: the subscription document */
	int64_t generation; /* of the archive, as its address names it; 0 */
	/* moves with every change of it: the feed's, or the archive's own */
	int64_t revision;
	int64_t modified; /* UTC seconds: when it last did */
	/* What all formats say; feed and entries have everything absolute. */
	struct atom_feed atom;
	/*
	 * The same entries at the same places, newest first. Withdrawn ones
	 * that are no tombstone yet are among them, blank.
	 */
	const struct entry *entries;
	size_t entry_count;
};

/* The feed that the visit's address names: captures kind, cohort, group. */
struct feed_name feed_name_of(const struct visit *visit);

/*
 * Reads a document in the visit's transaction; `number` 0 is the subscription
 * document. False: there is none such (rule 26: a feed has an entry), or a
 * fault.
 */
bool feed_document_read(struct visit *visit, const struct feed_name *name, enum feed_link_form form,
    int64_t number, struct feed_document *document);

/*
 * What an archive's generation is called in addresses: the database's, and a
 * number of ours that moves when archives are written in other bytes.
 */
int64_t feed_generation_named(int64_t generation);

/* What all feeds say of the programme: author, rights, pictures. */
void feed_describe_house(const struct visit *visit, struct atom_feed *atom);

/* ---- private.c: what is read by a secret address ---- */
handler_fn private_feed_show;
handler_fn private_calendar_show;

/* ---- fit.c: a document in bytes ---- */

/*
 * Writes a document, plain and compressed, within the sizes of rule 25; by
 * atom_document, or another format's function of its kind.
 * Nothing of the chain may be lost, so the oldest entries are told by their
 * summaries where all would be too much, or by their titles alone.
 */
struct bytes *feed_fit(struct arena *arena, struct feed_document *document,
    struct bytes *(*write)(struct arena *, const struct atom_feed *), struct bytes **gzip);

/* ---- cache.c: what this worker has rendered ---- */

/*
 * A version of a document, plain and compressed once, with its validators. It
 * is valid as long as the database's data_version is `version`; or the feed's
 * row still has this revision, or the archive this generation.
 */
struct rendering {
	const char *key; /* what was asked for: format, feed and archive */
	int64_t feed; /* its id */
	int64_t number; /* of the archive; 0: the subscription document */
	int64_t revision; /* of the feed, or the archive's generation */
	int64_t version;
	int64_t modified; /* UTC seconds: Last-Modified */
	const char *modified_text;
	const char *link; /* the header Link's value; NULL: none */
	const char *tag_plain; /* strong entity tags, with quotes */
	const char *tag_gzip;
	struct bytes plain; /* never written to; data NULL: only known */
	struct bytes gzip;

	/* The cache's own. */
	struct rendering *newer; /* in the order of use */
	struct rendering *older;
	struct rendering *next; /* of those whose keys have the same hash */
	size_t size;
	char room[];
};

/*
 * What the cache may hold, in bytes, of subscription documents and of
 * archives; what was not in use for longest leaves first. Whoever walks
 * through archives drives out no document that everybody polls. What is left
 * of a document are its validators, of some 1,500 at most: most who poll want
 * no more, and a 304 needs no rendering.
 */
enum {
	FEED_CACHE_BYTES_MAX = 4 * 1024 * 1024,
	FEED_CACHE_ARCHIVES_MAX = 1024 * 1024,
	FEED_CACHE_KNOWN_MAX = 512 * 1024
};

/* The rendering with this key, or NULL; the latter may have lost its bytes. */
struct rendering *feed_cache_find(const char *key);
struct rendering *feed_cache_known(const char *key);

/*
 * Keeps a rendering in place of an older one with its key; what it is made
 * from is copied, the validators are made of its bytes. The result lives until
 * the next call of a feed_cache_ function.
 */
struct rendering *feed_cache_keep(struct arena *arena, const struct rendering *made);

/* Forgets one rendering, or all of them. */
void feed_cache_drop(const char *key);
void feed_cache_clear(void);

/* How many bytes the cache holds. */
size_t feed_cache_size(void);

#endif
