#ifndef GROUNDCREW_MODEL_OFFER_H
#define GROUNDCREW_MODEL_OFFER_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/offer.h"

struct arena;
struct cohort;
struct db;

/*
 * Offers of a seat: that part of the state machine of model/standing.h which
 * an offer goes through.
 *
 *	           in time: yes
 *	offered ----------------> confirmed   (the person becomes a Djangonaut)
 *	   |  \    in time: no, or the application is withdrawn
 *	   |   +----------------> refused
 *	   |       now >= deadline_at
 *	   +--------------------> lapsed
 *
 * The last three are final; a new offer may follow a refused or lapsed one.
 * The database refuses every other step, an offer beyond the cohort's seats,
 * and a second open one for an application.
 */

/* The offer with this key; strings belong to the arena.
 * False: none, or a fault. */
bool offer_find(struct db *db, struct arena *arena, const char *key, struct offer *offer);

/* What an offer is at an instant: an open one past its deadline has lapsed,
 * whether or not tick has noted it yet. */
enum offer_state { OFFER_OFFERED = 1, OFFER_CONFIRMED, OFFER_REFUSED, OFFER_LAPSED };

enum offer_state offer_state(const struct offer *offer, int64_t now);

/* The offer that the link of its mail opens, for whoever has the mail: it
 * changes nothing (safety 14), and works on when the offer was answered. Not of
 * a disabled account (safety 21). */
bool offer_find_by_link(
    struct db *db, struct arena *arena, const char *token, int64_t now, struct offer *offer);

/* How long after the deadline that link still shows what became of the offer. */
#define OFFER_LINK_SECONDS ((int64_t)30 * 86400)

/* What is offered to whom.  An id of 0 or DB_NULL is none. */
struct offer_terms {
	int64_t application_id;
	const char *email;
	int64_t group_id; /* the group that it names */
	int64_t replaces_id; /* the offer whose freed seat it passes on */
	int64_t decision_id; /* whose line the mail says */
};

enum offer_make_outcome {
	OFFER_MADE = 1,
	/* One is open or confirmed. */
	OFFER_ALREADY,
	/* As many are open or confirmed as the cohort has seats. */
	OFFER_NO_SEAT,
	/* Withdrawn, its address was never confirmed, or the seat that it would
	 * pass on is taken. */
	OFFER_DOES_NOT_COUNT,
	/* The cohort has begun: week 1 is over. */
	OFFER_TOO_LATE_TO_MAKE,
	OFFER_MAKE_FAULT
};

/*
 * Offers a seat and queues the mail, in the caller's write transaction.  The
 * deadline is cohort->offer_days from now.  The cohort's first offer begins
 * its state COHORT_OFFERING.
 */
enum offer_make_outcome offer_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct offer_terms *terms, int64_t now);

enum offer_answer_outcome {
	OFFER_ANSWERED = 1,
	/* Answered before, or lapsed by the clock. */
	OFFER_OVER,
	OFFER_ANSWER_FAULT
};

/*
 * The person says yes or no.  Yes makes them a Djangonaut of the cohort, with
 * the level they stated; no passes the seat on where the cohort releases by
 * itself.  Runs in the caller's write transaction.
 */
enum offer_answer_outcome
offer_answer(struct db *db, struct arena *arena, const struct offer *offer, bool yes, int64_t now);

#endif
