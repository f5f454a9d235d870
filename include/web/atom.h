/*
 * Atom documents (RFC 4287), written by libxml2's xmlTextWriter, with archives
 * (RFC 5005), threads (RFC 4685) and tombstones (RFC 6721). What stands here
 * knows no XML: the same feed may be written as another format, too.
 *
 * The last place before the reader, so it trusts nobody: whatever text it is
 * given, the document is well formed and holds only characters that XML 1.0
 * and feed readers bear. The numbers below are the rules of the feed's design.
 */
#ifndef WEB_ATOM_H
#define WEB_ATOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/markdown.h"

enum {
	ATOM_CATEGORIES_MAX = 4,
	ATOM_ENTRIES_MAX = 100, /* rule 25 */
	ATOM_BYTES_MAX = 512 * 1024,
	ATOM_ENTRY_BYTES_MAX = 64 * 1024
};

struct atom_category {
	const char *term;
	const char *scheme; /* an IRI */
	const char *label;
};

struct atom_entry {
	const char *id; /* atom_tag: rules 7 and 8 */
	const char *title; /* one line, not empty */
	const char *link; /* absolute: the HTML page */
	const char *author; /* not empty, never an address */
	/* content, from atom_markdown or a template; NULL: there is none */
	const char *html;
	/* one line, where there is no content; NULL or "": none either */
	const char *summary;
	int64_t published; /* UTC seconds */
	int64_t updated;
	struct atom_category categories[ATOM_CATEGORIES_MAX];
	size_t category_count;
	/* rule 28: the entry that this one goes on with; NULL: none */
	const char *parent_id;
	const char *parent_link; /* absolute: its HTML page */
	/* how many entries go on with this one, and the page that has them;
	 * replies_link NULL: nothing is said of it */
	int64_t replies;
	const char *replies_link;
};

/* What was an entry once (rule 29). */
struct atom_tombstone {
	const char *id;
	int64_t when; /* UTC seconds */
};

/* All addresses absolute; a NULL or empty text leaves its element out. */
struct atom_feed {
	const char *id;
	const char *language; /* xml:lang */
	const char *title;
	const char *subtitle;
	const char *rights;
	const char *generator;
	const char *icon; /* square */
	const char *logo; /* twice as wide as high */
	const char *self; /* this document's canonical address */
	const char *alternate; /* its HTML page */
	const char *author;
	/* rule 27: the next older archive; NULL: the chain ends here */
	const char *previous;
	/* an archive's alone: the subscription document; else NULL */
	const char *current;
	bool is_complete; /* this document holds all there is */
	const char *hub; /* rule 45; NULL: there is none */
	int64_t updated;
	const struct atom_entry *entries;
	size_t entry_count;
	const struct atom_tombstone *tombstones;
	size_t tombstone_count;
};

/*
 * The document, from its declaration to the line end after </feed>. A pure
 * function of what it is given, so equal in every worker. NULL when libxml2
 * has no memory left.
 */
struct bytes *atom_document(struct arena *arena, const struct atom_feed *feed);

/* A tag URI (RFC 4151): "tag:example.org,2026-01-01:key". */
const char *atom_tag(struct arena *arena, const char *domain, const char *date, const char *key);

/*
 * The text without what a reader may choke on (rules 2 to 5): control
 * characters but TAB and LF, noncharacters, U+FFFD, whatever is not UTF-8.
 * CRLF and CR become LF. NULL gives NULL.
 */
const char *atom_text(struct arena *arena, const char *text);

/* That, on one line: white space becomes one space, none at the ends. */
const char *atom_line(struct arena *arena, const char *text);

/*
 * That, as a run that somebody wrote, to stand in a title of ours: isolated
 * (rule 21) where it holds anything that is not plain left-to-right; elsewhere
 * the isolates would change nothing but the bytes.
 */
const char *atom_run(struct arena *arena, const char *text);

/*
 * Somebody's Markdown as HTML for a feed: as markdown_html makes it, with
 * every link absolute (rule 16), relative ones being resolved against `base`
 * (RFC 3986 section 5), and only characters that atom_text leaves.
 */
struct markdown atom_markdown(struct arena *arena, const char *text, const char *base);

/* How many bytes a text takes in a document, escaped; NULL takes none. */
size_t atom_size(const char *text);

#endif
