#ifndef GROUNDCREW_MODEL_OFFER_H
#define GROUNDCREW_MODEL_OFFER_H

#include <stdbool.h>

#include "db/query/offer.h"

struct application;
struct arena;
struct cohort;
struct db;

/*
 * Offers of a seat: one state machine.
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

enum offer_make_outcome {
	OFFER_MADE = 1,
	/* One is open or confirmed. */
	OFFER_ALREADY,
	/* As many are open or confirmed as the cohort has seats. */
	OFFER_NO_SEAT,
	/* Withdrawn, or its address was never confirmed. */
	OFFER_DOES_NOT_COUNT,
	/* The cohort has begun: week 1 is over. */
	OFFER_TOO_LATE_TO_MAKE,
	OFFER_MAKE_FAULT
};

/*
 * Offers a seat and queues the mail, in the caller's write transaction.  The
 * deadline is cohort->offer_days from now.  group_id is DB_NULL or the group
 * that the offer names.  The cohort's first offer begins its state
 * COHORT_OFFERING.
 */
enum offer_make_outcome offer_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t group_id, int64_t now);

enum offer_answer_outcome {
	OFFER_ANSWERED = 1,
	/* Answered before, or lapsed by the clock. */
	OFFER_OVER,
	OFFER_ANSWER_FAULT
};

/*
 * The person says yes or no.  Yes makes them a Djangonaut of the cohort, with
 * the level they stated.  Runs in the caller's write transaction.
 */
enum offer_answer_outcome
offer_answer(struct db *db, struct arena *arena, const struct offer *offer, bool yes, int64_t now);

#endif
