/* Made by lib/web/build/messages from www/mail. */
#ifndef GROUNDCREW_WEB_WORDING_H
#define GROUNDCREW_WEB_WORDING_H

#include "web/wording_kind.h"

/*
 * Each fills the words for its kind, as wording_fill() does.
 */

/* mail/sample_offer.md */
struct wording_sample_offer {
	const char *cohort;
	const char *name;
	const char *link;
};

struct wording wording_sample_offer(struct arena *,
    const struct wording_words *, const struct wording_sample_offer *);

/* mail/sample_report.md */
struct wording_sample_report {
	const char *thing;
	const char *words;
};

struct wording wording_sample_report(struct arena *,
    const struct wording_words *, const struct wording_sample_report *);

/* mail/sample_short.md */
struct wording_sample_short {
	char empty;	/* C has no empty struct */
};

struct wording wording_sample_short(struct arena *,
    const struct wording_words *, const struct wording_sample_short *);

#endif
