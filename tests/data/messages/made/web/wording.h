/* Made by lib/web/build/messages from www/mail. */
#ifndef GROUNDCREW_WEB_WORDING_H
#define GROUNDCREW_WEB_WORDING_H

#include "ground/arena.h"

/*
 * A mail's words, living in the arena.  `body` is for the text part, with the
 * values as they are; `markdown` is for markdown_html(), with the values
 * escaped.  NULL values leave their place empty.
 */
struct wording {
	const char *subject;
	const char *body;
	const char *markdown;
};

/* mail/sample_offer.md */
struct wording_sample_offer {
	const char *cohort;
	const char *name;
	const char *link;
};

struct wording wording_sample_offer(struct arena *,
    const struct wording_sample_offer *);

/* mail/sample_short.md */
struct wording_sample_short {
	char empty;	/* C has no empty struct */
};

struct wording wording_sample_short(struct arena *,
    const struct wording_sample_short *);

#endif
