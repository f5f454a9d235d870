/*
 * What the frame of every page shows: the site, who is here, where one is,
 * what was just done. It fills struct page_site, one marker at a time.
 */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "ground/arena.h"
#include "model/feed.h"
#include "model/programme.h"
#include "web/page/site.h"
#include "web/site.h"
#include "web/visit.h"

/*
 * The site's own part, for any page, also those that nobody in particular
 * sees (nginx's static error pages). `programme` may be NULL.
 */
void
frame_site(struct page_site *frame, const struct site *site, const struct programme *programme);

/*
 * Who is here: name, the organisers' link, the token of forms. The database
 * is read for the cohort they organise.
 */
void frame_person(struct visit *visit);

/*
 * Where one is: the entry of the navigation, the feeds of the cohort and of the
 * group, and the notice that `?done=` asks for.
 */
void frame_place(struct visit *visit);

/*
 * Names one more feed in the page's head, as Atom and as JSON (rule 44); that
 * of everything is there on every page.
 */
void frame_feed(struct visit *visit, const struct feed_name *name, const char *title);

#endif
