#ifndef GROUNDCREW_MODEL_REVIEWERS_H
#define GROUNDCREW_MODEL_REVIEWERS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/review.h"

struct arena;
struct cohort;
struct db;

/*
 * Who may review a cohort's applications: its organisers, and whom they
 * appoint, who need not be in the cohort (product.md, "Roles").  The right ends
 * with the appointment at once, and with the cohort.
 */

enum reviewers_outcome {
	/* They are a reviewer now, and the mail that says so is queued. */
	REVIEWERS_APPOINTED = 1,
	/* They have been all along. */
	REVIEWERS_ALREADY,
	/* Organisers review without being appointed. */
	REVIEWERS_IS_ORGANISER,
	/* Djangonauts read no other's application; an appointment of before they
	 * were one gives no right while they are. */
	REVIEWERS_IS_DJANGONAUT,
	/* The operator keeps this person out. */
	REVIEWERS_KEPT_OUT,
	/* The address cannot be written to. */
	REVIEWERS_NO_ADDRESS,
	/* There is nobody of this cohort with this number. */
	REVIEWERS_NOBODY,
	REVIEWERS_FAULT
};

/* Appoints a navigator or captain of the cohort, in the caller's write
 * transaction. */
enum reviewers_outcome reviewers_appoint_member(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t person_id, int64_t now);

/* The same by address; the person is made when it is new, with this name.
 * *person_id is theirs for APPOINTED and ALREADY. */
enum reviewers_outcome
reviewers_appoint(struct db *db, struct arena *arena, const struct cohort *cohort, const char *name,
    const char *email, int64_t now, int64_t *person_id);

/* Ends an appointment: what was finished stays and counts, what was only begun
 * goes back to the queue.  False: they are none, or a fault. */
bool reviewers_end(struct db *db, const struct cohort *cohort, int64_t person_id, int64_t now);

/* Whether somebody is appointed now: a mail asks before it goes. */
bool
reviewers_has(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id);

#endif
