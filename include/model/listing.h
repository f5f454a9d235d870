#ifndef GROUNDCREW_MODEL_LISTING_H
#define GROUNDCREW_MODEL_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/listing.h"
#include "model/cohort.h"
#include "model/person.h"
#include "model/ranking.h"
#include "model/sight.h"

/*
 * The applications of a cohort as organisers list them (product.md, "Review"):
 * what is to be seen of each, narrowed and sorted.  Everything is read in one
 * pass a table and put together here, so that a page of fifty costs little more
 * among five thousand than among fifty.
 *
 * Nothing is sorted or narrowed by what the reader may not see: a score, a name
 * or an earlier cohort that is hidden counts as not there.
 */

/* A value that is hidden from this reader, or that there is none of. */
#define LISTING_NONE INT64_MIN

struct listing_row {
	const struct listed *application;
	const char *decision; /* decided and not sent, by kind; NULL: none */
	struct sight sight;
	bool is_own; /* the reader's own application: nothing to decide on */
	const char *name; /* or call-sign: by sight */
	int64_t reviews; /* finished ones */
	/* Thousandths of a point, see model/ranking.h; LISTING_NONE. */
	int64_t raw;
	int64_t adjusted;
	int64_t disagreement;
	int64_t flags; /* LISTING_NONE: hidden */
	int64_t earlier; /* cohorts applied to before; LISTING_NONE: hidden */
	int64_t waitlists; /* that they were left on; the same */
	/* The ids of the projects wanted, in the cohort's order. */
	const int64_t *projects;
	size_t project_count; /* 0: any */
	int64_t value; /* listing_sort's own */
};

struct listing {
	struct listing_row *rows;
	size_t count;
	struct ranking ranking;
};

/* For this organiser of the cohort; their own application is among the rows. */
struct listing listing_load(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct person *person, int64_t now);

/* What a list can be sorted by. */
enum listing_order {
	LISTING_NAME,
	LISTING_REVIEWS,
	LISTING_RAW,
	LISTING_ADJUSTED,
	LISTING_DISAGREEMENT,
	LISTING_FLAGS,
	LISTING_LEVEL,
	LISTING_PROJECTS,
	LISTING_HOURS,
	LISTING_EARLIER,
	LISTING_WAITLISTS,
	LISTING_STANDING,
	LISTING_ORDERS
};

/* How far along an application is, as the list can be narrowed by it. */
enum listing_stage {
	LISTING_ANY_STAGE, /* all but the withdrawn */
	LISTING_UNDECIDED, /* counts, and nothing is decided */
	LISTING_PENDING_OFFER, /* decided, and not sent */
	LISTING_PENDING_WAITLIST,
	LISTING_PENDING_DECLINE,
	LISTING_OFFERED,
	LISTING_CONFIRMED,
	LISTING_REFUSED,
	LISTING_LAPSED,
	LISTING_WAITLISTED,
	LISTING_DECLINED,
	LISTING_CLOSED,
	LISTING_WITHDRAWN,
	LISTING_STAGES
};

/* Where one is that stands so, with a decision that waits to be sent, by its
 * kind, or NULL; never LISTING_ANY_STAGE. */
enum listing_stage listing_stage(const char *standing, const char *decision);

/* Whole hours a week in which one can meet, of 336 half hours as stored. */
int64_t listing_hours(const char *half_hours);

/* What is asked for.  All zeros: everything that counts. */
struct listing_wish {
	int64_t level; /* 0: all */
	int64_t project; /* its id; those who want any are in each; 0: all */
	enum listing_stage stage;
	int reviewed; /* 1: as many reviews as are wanted, -1: fewer, 0: all */
	bool is_flagged;
	bool was_waitlisted;
	/* Part of the call-sign, and of the name where it is seen, whatever the
	 * case and the accents; NULL: all. */
	const char *text;
};

/* Drops the rows that are not wished for; the order stays. */
void listing_narrow(struct listing *listing, struct arena *arena, const struct cohort *cohort,
    const struct listing_wish *wish);

/*
 * Sorts.  A value that is hidden or not there comes last either way; equals are
 * ordered by their adjusted means, highest first, and at last by call-sign.
 */
void listing_sort(struct listing *listing, enum listing_order order, bool is_descending);

/* How many adjusted means lie in each point from 0 to 10 (what is beyond counts
 * for the first or the last); of rows that show theirs. */
enum { LISTING_BARS = 10 };
void listing_bars(const struct listing *listing, int64_t bars[LISTING_BARS]);

#endif
