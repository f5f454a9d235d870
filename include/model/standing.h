#ifndef GROUNDCREW_MODEL_STANDING_H
#define GROUNDCREW_MODEL_STANDING_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * What becomes of an application: the one state machine.
 *
 *	received ---- its address is confirmed ----> counting <--+
 *	                                              | | | |    | sent again
 *	      +---------------------------------------+ | | |    |
 *	      |          +------------------------------+ | +-> withdrawn
 *	      |          |            +-------------------+        ^
 *	      v          v            v                            |
 *	  declined <- waitlisted -> offered ---> confirmed     from all but
 *	    |  |       |  ^   ^      ^ ^  |                  received, confirmed
 *	    |  +-------|--+   |      | |  +----> refused --+
 *	    +----------|------|------+ |  +----> lapsed ---+
 *	               v      |        |                   |
 *	            closed ---|--------+                   |
 *	                      +--------+-------------------+
 *	                               +-- to offered or waitlisted again
 *
 *	received    the address is not confirmed yet
 *	counting    it counts; nothing was said to the applicant
 *	waitlisted  on the waitlist, and told so; it has a place
 *	declined    "not this time", and told so
 *	offered     a seat is offered, its offer is open
 *	confirmed   the offer was accepted in time; final
 *	refused     the offer was given back
 *	lapsed      the offer had no answer by its deadline
 *	closed      it waited until the waitlist was closed, and was told so
 *	withdrawn   taken back by the applicant
 *
 * A standing is what the applicant was told or did: a decision changes it when
 * it is sent (model/decision.h), never before.  offered, confirmed, refused and
 * lapsed are what the newest offer says (model/offer.h).
 *
 * The table below, standing_may, is also a table of the database,
 * standing_step: triggers refuse every other step (REFUSAL_STANDING_STEP), and
 * a standing that the rest of the application and its offers do not bear out
 * (REFUSAL_STANDING_UNTRUE).  They also make the steps that follow from
 * confirming, withdrawing, sending again, and from every change of an offer.
 */
enum standing {
	STANDING_RECEIVED = 1,
	STANDING_COUNTING,
	STANDING_WITHDRAWN,
	STANDING_WAITLISTED,
	STANDING_DECLINED,
	STANDING_OFFERED,
	STANDING_CONFIRMED,
	STANDING_REFUSED,
	STANDING_LAPSED,
	STANDING_CLOSED,
	STANDING_END /* one more than the last */
};

/* The standing of the database's word.  A word that is none ends the program
 * in a build with assertions; the schema has no other. */
enum standing standing_read(const char *text);

/* The database's word for it. */
const char *standing_text(enum standing standing);

/* How an application stands; received when there is none such, or on a
 * fault. */
enum standing standing_find(struct db *db, struct arena *arena, int64_t application_id);

/* Whether there is a step from one to the other. */
bool standing_may(enum standing from, enum standing to);

enum standing_outcome {
	STANDING_STEPPED = 1,
	/* There is no such step, or it would not be true. */
	STANDING_NO_STEP,
	/* The application is not in `from` any more. */
	STANDING_MOVED,
	STANDING_FAULT
};

/*
 * Makes a step that nothing else makes, to waitlisted, declined or closed, in
 * the caller's write transaction.  position is the place on the waitlist, 1
 * first; of other steps it is DB_NULL and leaves the place as it was.
 */
enum standing_outcome standing_step(
    struct db *db, int64_t application_id, enum standing from, enum standing to, int64_t position);

#endif
