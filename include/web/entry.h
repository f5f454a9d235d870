/*
 * An activity in words: what feeds, the timeline and the front page show of
 * it. The words come from www/messages/feed.txt, what people wrote comes with
 * it as they made it public, and names only of those who show one.
 */
#ifndef WEB_ENTRY_H
#define WEB_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/activity.h"
#include "model/programme.h"
#include "web/atom.h"
#include "web/markdown.h"
#include "web/page/part.h"
#include "web/site.h"
#include "web/visit.h"

struct entry {
	const char *id; /* tag URI, the same in every feed */
	const char *kind; /* the schema's word, for machines */
	const char *kind_name; /* "Highlight" */
	const char *title; /* one line, not empty */
	const char *link; /* of the page it tells of, or, where no other
					   shows it, of its own */
	const char *anchor; /* its place in timelines; NULL: it has none */
	const char *author; /* never an address */
	struct markdown content; /* html NULL: there is none */
	const char *words; /* Markdown that content is made of; NULL: none */
	const char *summary; /* entry_brief alone: one line, may be "" */
	const char *cohort; /* NULL: the programme's own */
	const char *cohort_slug;
	const char *group; /* NULL: of no single group */
	const char *group_slug;
	int64_t week; /* DB_NULL: of no week */
	int64_t published;
	int64_t updated;
	bool is_withdrawn; /* nothing is told any more but that */
	const char *parent_id; /* the entry it goes on with; NULL: none */
	const char *parent_link; /* its page */
	const char *parent_title; /* one line */
	int64_t replies; /* how many go on with it */
};

/*
 * The entry of an activity; of a withdrawn one it tells nothing but that (rule
 * 29). The highlight's quotes or the cohort's groups are read from the
 * database: a transaction is open. Content that would make the entry larger
 * than ATOM_ENTRY_BYTES_MAX is left out, last quotes first.
 */
struct entry entry_read(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct activity *activity);

/*
 * The same in short, for where no page is shown: a summary of a few lines in
 * plain text instead of content, without what a highlight quotes.  Needs no
 * templates.
 */
struct entry entry_brief(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct activity *activity);

/* The same few lines of an entry that was read whole; NULL: it has no words. */
const char *entry_summary(struct arena *arena, const struct entry *entry);

/* Where the entry is to be read, as an absolute address. */
const char *entry_address(struct arena *arena, const struct site *site, const struct entry *entry);

/* The entry as a row of a page that shows it whole, in the reader's zone. */
struct page_part_entry entry_row(struct visit *visit, const struct entry *entry);

/* The entry as Atom has it, absolute addresses and categories included. */
struct atom_entry entry_atom(struct arena *arena, const struct site *site,
    const struct programme *programme, const struct entry *entry);

#endif
