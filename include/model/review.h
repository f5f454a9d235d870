#ifndef GROUNDCREW_MODEL_REVIEW_H
#define GROUNDCREW_MODEL_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/review.h"
#include "ground/clock.h"

struct application;
struct arena;
struct cohort;
struct db;

/*
 * Reading applications fairly (product.md, "Review").
 *
 *	in the queue --- taken ---> begun --- saved ---> finished --- saved again
 *	      ^                       |                      |
 *	      +--- two hours later ---+                      |
 *	      +--------- a conflict was declared ------------+
 *
 * The queue hands each reader the application with the fewest readings, never
 * one's own, never one in which they declared a conflict, none twice.  A
 * reading counts when it is finished, and for REVIEW_CLAIM_SECONDS from when it
 * was taken, so that twenty who begin together begin twenty.
 *
 * A review scores each criterion that counts with 0 to 10 points; its score is
 * their mean by weight in thousandths, rounded half up:
 *
 *	(sum of weight * points * 1000 + sum of weights / 2) / sum of weights
 *
 * kept in the row, and computed in one place, the view review_mean.  Points of
 * a criterion that was retired count no more; a criterion that came later is
 * missing in reviews written before, until they are saved again.
 *
 * Reviews are possible from the opening of applications until week 0 begins,
 * and of an application until a decision on it was sent: while it is counting.
 */

/* How long a reading that was only taken counts. */
#define REVIEW_CLAIM_SECONDS ((int64_t)2 * CLOCK_HOUR)

/* UTF-16 units of a note, and the points of a criterion. */
enum { REVIEW_NOTE_MAX = 3000, REVIEW_POINTS_MAX = 10 };

/* Whether reviews are written in this cohort now. */
bool review_is_open(const struct cohort *cohort, int64_t now);

/* Whether one can be written, or changed, of an application so standing. */
bool review_is_possible(const struct cohort *cohort, const char *standing, int64_t now);

enum review_next_outcome {
	/* *key is the application that is theirs to read: one that they began
	 * and left first. */
	REVIEW_NEXT_TAKEN = 1,
	/* None is left: each has its reviews, is being read, or is not for
	 * them. */
	REVIEW_NEXT_NONE,
	REVIEW_NEXT_CLOSED,
	/* The cohort has no criteria to score by yet. */
	REVIEW_NEXT_WITHOUT_CRITERIA,
	REVIEW_NEXT_FAULT
};

/*
 * Takes the next application for a reader, in the caller's write transaction.
 * Applications that have, or are getting, all reviews the cohort wants are not
 * handed out, unless beyond: then any that the reader has not read.
 */
enum review_next_outcome review_take_next(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t person_id, bool beyond, int64_t now, const char **key);

/* A reader's own review.  False: they have not begun any. */
bool review_find(struct db *db, struct arena *arena, int64_t application_id, int64_t person_id,
    struct review *review);

/* The revision that a form carries: 0 until something was saved. */
int64_t review_revision(const struct review *review);

/* What a reader says: points for each criterion of criterion_asked
 * (model/criterion.h), in its order. */
struct review_said {
	const int64_t *points;
	size_t count;
	const char *note; /* "" for none */
	bool is_flagged;
	int64_t revision; /* review_revision when the form was shown */
};

enum review_outcome {
	REVIEW_SAVED = 1,
	/* They saved it in another window meanwhile. */
	REVIEW_STALE,
	/* Reviews are over, or a decision was sent, or it was withdrawn. */
	REVIEW_CLOSED,
	/* There is nothing to score by, or not these criteria. */
	REVIEW_WITHOUT_CRITERIA,
	/* It is their own application, or they declared a conflict. */
	REVIEW_NOT_THEIRS,
	REVIEW_FAULT
};

/* Writes a review, or writes it anew, in the caller's write transaction. */
enum review_outcome review_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t person_id, const struct review_said *said,
    int64_t now);

/*
 * Says that somebody is partial: their review of it ends, and it is never
 * handed to them again.  Saying it twice changes nothing.  False on a fault.
 */
bool review_declare_conflict(struct db *db, int64_t application_id, int64_t person_id, int64_t now);

/*
 * Looks behind the call-sign, for this reader and this application; *is_first
 * says whether they had not yet, for the audit log.  False on a fault.
 */
bool
review_look(struct db *db, int64_t application_id, int64_t person_id, int64_t now, bool *is_first);

/* Computes the scores of a cohort's reviews again: a weight changed, or a
 * criterion counts no more.  False on a fault. */
bool review_score_again(struct db *db, int64_t cohort_id);

/* How far a cohort has come. */
struct review_state {
	int64_t applications; /* that count, or were decided on */
	int64_t complete; /* of them, with all reviews wanted */
	int64_t reviews; /* that count towards what is wanted */
	int64_t mine; /* finished ones of this reader */
};

struct review_state
review_state_of(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id);

#endif
