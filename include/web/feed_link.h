/*
 * The addresses of feeds: the documents, the pages beside them, and the
 * archives of both. As those of link.h they begin with the site's root.
 */
#ifndef WEB_FEED_LINK_H
#define WEB_FEED_LINK_H

#include <stdint.h>

#include "ground/arena.h"
#include "model/feed.h"
#include "web/site.h"

enum feed_link_form {
	FEED_LINK_PAGE = 1, /* the timeline, HTML */
	FEED_LINK_ATOM,
	FEED_LINK_JSON
};

/* "/feed/", "/feed/kind/highlights.atom", "/feed/orion/deneb.json" */
const char *feed_link(struct arena *arena, const struct site *site, const struct feed_name *name,
    enum feed_link_form form);

/*
 * "/feed/orion/archive/3-7.atom", or of a page "/feed/orion/archive/3": a
 * document's address names the generation that it shows, for it never shows
 * another; a page shows what there is now and leaves `generation` alone.
 */
const char *feed_link_archive(struct arena *arena, const struct site *site,
    const struct feed_name *name, enum feed_link_form form, int64_t number, int64_t generation);

/* The page of one highlight, which stays where the timelines move on. */
const char *feed_link_highlight(struct arena *arena, const struct site *site, const char *cohort,
    const char *group, const char *highlight);

#endif
