#ifndef GROUNDCREW_MODEL_WORDING_H
#define GROUNDCREW_MODEL_WORDING_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/wording.h"

struct arena;
struct db;

/*
 * The wording of mails, where a programme or a cohort gave a kind of mail
 * words of its own.  Without one, the words that came with the software are
 * used (web/wording_kind.h).  Cohort 0 is the programme here.
 *
 * What may stand in words is for web/wording_check.h to say before they are
 * saved.
 */

/* Words for a kind of mail: a line and Markdown, both with {placeholders}. */
struct wording_words {
	const char *subject;
	const char *body;
	/* Whose they are; 0: the programme's. */
	int64_t cohort_id;
	/* Counts their changes; goes into the form that changes them. */
	int64_t revision;
};

/*
 * The words that a mail of that kind has: the cohort's, else the
 * programme's, else NULL: those that came with the software.  NULL on a
 * fault, too.  The words live in the arena.
 */
const struct wording_words *
wording_read(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id);

/* The words that exactly this cohort (0: the programme) gave the kind; NULL
 * when it gave none, and on a fault. */
const struct wording_words *
wording_own(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id);

/*
 * The kinds whose wording is for this cohort (0: the programme) to change, by
 * name: .kind, .is_own (1: it has words of its own) and .is_programmes (1: it
 * has none, but the programme has).  Posts to web hooks have no wording.
 */
struct wording_state_rows wording_states(struct db *db, struct arena *arena, int64_t cohort_id);

enum wording_outcome {
	WORDING_SAVED = 1,
	/* Somebody changed or reset the words since they were read. */
	WORDING_CHANGED_MEANWHILE,
	/* No such kind, or one whose words the programme alone may change. */
	WORDING_NOT_OF_COHORT,
	WORDING_FAULT
};

/*
 * Gives the kind these words, in the caller's write transaction.  `revision`
 * is that of the own words which were edited; 0 where there were none.
 * Saving what stands there already is saved, too.
 */
enum wording_outcome wording_save(struct db *db, struct arena *arena, int64_t cohort_id,
    const char *kind, const char *subject, const char *body, int64_t revision, int64_t now);

/* Takes the own words back, so that the programme's or ours count again.
 * Having none is no mistake.  False on a fault. */
bool wording_reset(struct db *db, int64_t cohort_id, const char *kind);

#endif
