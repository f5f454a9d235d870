#ifndef GROUNDCREW_MODEL_WAITLIST_H
#define GROUNDCREW_MODEL_WAITLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/waitlist.h"
#include "ground/slots.h"

struct arena;
struct cohort;
struct db;
struct group;

/*
 * Seats that became free, and the waitlist to which they go.
 *
 * A seat is freed when its offer is refused or lapses, or when who confirmed it
 * leaves; it counts no more from that instant on.  It goes once, to the first
 * on the waitlist whom its group fits:
 *
 *	project	the applicant wants the group's, or named none
 *	level	lies within the group's band
 *	hour	the weekly meeting lies inside the applicant's hours, in the
 *		cohort's first week (its week 0)
 *
 * A seat without a group fits everybody who waits.  Who has a role in the
 * cohort is passed over.  An organiser releases it; where the cohort says so
 * (releases_itself) it is released when it becomes free, by what frees it or by
 * tick.  Nothing is released once week 1 is over: the waitlist closes then, if
 * nobody closed it before, and all who still wait are told, once.
 */

/* From the beginning of week 0 to the end of week 1. */
#define WAITLIST_CLOSING_SECONDS ((int64_t)14 * 86400)

/* Whether nothing is released any more. */
bool waitlist_is_over(const struct cohort *cohort, int64_t now);

/* The seats that were freed and not passed on, the oldest first.  One that
 * lapsed by the clock is among them, noted or not. */
struct freed_seat_rows
waitlist_freed_seats(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

/* A page of those who wait, in their order; `after` is how many to leave out,
 * most -1 for all.  is_revealed is for that person. */
struct waiting_rows waitlist_rows(struct db *db, struct arena *arena, int64_t cohort_id,
    int64_t person_id, int64_t most, int64_t after);

/* How many wait; -1 on a fault. */
int64_t waitlist_length(struct db *db, struct arena *arena, int64_t cohort_id);

/* Why a seat does not fit somebody: any of these, 0 when it does. */
enum waitlist_misfit {
	WAITLIST_PROJECT = 1, /* wants others */
	WAITLIST_LEVEL_BELOW = 2,
	WAITLIST_LEVEL_ABOVE = 4,
	WAITLIST_HOUR = 8, /* has no time when the group meets */
	WAITLIST_ROLE = 16 /* has a role in the cohort by now */
};

/* The seat of a group as it is compared with who waits. */
struct waitlist_place {
	bool has_group;
	int64_t project_id;
	int64_t level_low;
	int64_t level_high;
	struct slots meeting; /* UTC, in the cohort's first week */
};

/* group may be NULL: a seat without one. */
struct waitlist_place waitlist_place_of(const struct cohort *cohort, const struct group *group);

unsigned waitlist_misfits(const struct waitlist_place *place, const struct waiting *waiting);

/* The first of them whom the seat fits; their count: nobody. */
size_t waitlist_first(const struct waitlist_place *place, const struct waiting_rows *waiting);

enum waitlist_release_outcome {
	WAITLIST_RELEASED = 1,
	/* It is no freed seat of this cohort, or not any more. */
	WAITLIST_NOT_FREE,
	/* Who was named is not the first whom it fits, or not any more. */
	WAITLIST_NOT_FIRST,
	/* The cohort has fewer seats by now. */
	WAITLIST_NO_SEAT,
	/* Week 1 is over. */
	WAITLIST_OVER,
	WAITLIST_FAULT
};

/*
 * Passes a freed seat on, in the caller's write transaction: an offer with a
 * fresh deadline, its mail queued.  offer_key is that of the offer whose seat it
 * was, application_key names whom the organiser saw as first.  person_id of the
 * one it went to is given.
 */
enum waitlist_release_outcome
waitlist_release(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *offer_key, const char *application_key, int64_t now, int64_t *person_id);

/* Passes on what a cohort that releases by itself has to pass on; does nothing
 * for the others.  Called by what frees a seat.  False on a fault. */
bool waitlist_pass_on(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

enum waitlist_move_outcome {
	WAITLIST_MOVED = 1,
	/* Does not wait here (any more). */
	WAITLIST_NOT_WAITING,
	WAITLIST_MOVE_FAULT
};

/* Puts somebody at a place, 1 first (beyond the last: last); those behind move
 * on.  In the caller's write transaction. */
enum waitlist_move_outcome waitlist_move(struct db *db, struct arena *arena,
    const struct cohort *cohort, const char *application_key, int64_t place);

/* Closes the waitlist: all who still wait are told.  In the caller's write
 * transaction; how many there were, -1 on a fault. */
int64_t waitlist_close(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

/* Releases and closes what is due: part of tick.  False on a fault. */
bool waitlist_tick(struct db *db, struct arena *arena, int64_t now);

/* The next instant after now at which a waitlist closes; DB_NULL: none. */
int64_t waitlist_due(struct db *db, struct arena *arena, int64_t now);

#endif
