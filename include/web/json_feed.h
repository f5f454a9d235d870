/*
 * The same feed as Atom has it, as JSON Feed 1.1
 * (https://jsonfeed.org/version/1.1), written by jansson (feed rule 46).
 *
 * It is made of what an Atom document is made of, so ids, titles, dates,
 * authors and contents are the same; only what JSON Feed has no word for is
 * left out: rights, generator, a category's scheme, tombstones.  A reader of
 * JSON Feed knows a withdrawn entry by the blank one that bears its id.
 */
#ifndef WEB_JSON_FEED_H
#define WEB_JSON_FEED_H

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/atom.h"

/*
 * The document in UTF-8, ending in a line end; the feed's addresses are those
 * of its JSON form: self is feed_url, the archive before it next_url.  A pure
 * function of what it is given.  NULL when there is no memory left.
 *
 * Every item has content (the format wants it): HTML where the entry has, else
 * its summary or title as plain text, so that what a reader kept of it is
 * written over.
 */
struct bytes *json_feed_document(struct arena *arena, const struct atom_feed *feed);

#endif
