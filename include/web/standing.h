#ifndef GROUNDCREW_WEB_STANDING_H
#define GROUNDCREW_WEB_STANDING_H

#include "model/standing.h"
#include "web/visit.h"

/*
 * How an application stands, for whoever wrote it: what they were told, never
 * what is decided and not sent.  words is NULL while there is nothing to tell
 * beyond that it counts, or was withdrawn.
 */
struct standing_shown {
	enum standing standing;
	const char *words;
	/* The page of its offer, once there was one; NULL. */
	const char *offer_link;
	/* It came to nothing this time: whether to be told of the next one is
	 * the question. */
	bool is_over;
};

/* In two or three words: "On the waitlist". */
const char *standing_name(enum standing standing);

/* What it is by the clock: an open offer past its deadline has lapsed, whether
 * or not that is noted. */
enum standing standing_by_clock(enum standing standing, int64_t deadline_at, int64_t now);

struct standing_shown standing_show(struct visit *visit, const struct application *application);

#endif
