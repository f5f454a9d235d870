/* Which application is next: see model/review.h. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/cohort.h"
#include "model/criterion.h"
#include "model/review.h"

/* Of equals a reader draws lots of their own, so that twenty readers go
 * through the applications in twenty orders, none that of their arrival. The
 * same lots each time: whoever asks again is not handed a better one. */
static int64_t
lot_of(struct arena *arena, int64_t cohort_id, int64_t person_id)
{
	enum { DIGITS = 7, BASE = 16 };
	const char *hash = token_hash(arena,
	    arena_format(arena, "review %lld %lld", (long long)cohort_id, (long long)person_id));

	return strtoll(arena_copy_bytes(arena, hash, DIGITS), NULL, BASE) | 1;
}

static bool
find_next(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id,
    bool beyond, int64_t now, struct review_next *next)
{
	return review_begun(db, arena,
		   &(struct review_begun_in){ .cohort_id = cohort->id, .person_id = person_id },
		   next) ||
	    review_least(db, arena,
		&(struct review_least_in){ .cohort_id = cohort->id,
		    .person_id = person_id,
		    .since = now - REVIEW_CLAIM_SECONDS,
		    .fewer_than = beyond ? INT64_MAX : cohort->reviews_wanted,
		    .lot = lot_of(arena, cohort->id, person_id) },
		next);
}

enum review_next_outcome
review_take_next(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id,
    bool beyond, int64_t now, const char **key)
{
	struct review_next next;

	if (!review_is_open(cohort, now)) {
		return REVIEW_NEXT_CLOSED;
	}
	if (criterion_asked(db, arena, &(struct criterion_asked_in){ .cohort_id = cohort->id })
		.count == 0) {
		return db_fault(db) == DB_FAULT_NONE ? REVIEW_NEXT_WITHOUT_CRITERIA
						     : REVIEW_NEXT_FAULT;
	}
	if (!find_next(db, arena, cohort, person_id, beyond, now, &next)) {
		return db_fault(db) == DB_FAULT_NONE ? REVIEW_NEXT_NONE : REVIEW_NEXT_FAULT;
	}
	if (review_take(db,
		&(struct review_take_in){
		    .application_id = next.id, .person_id = person_id, .now = now }) != 1) {
		return REVIEW_NEXT_FAULT;
	}
	*key = next.key;
	return REVIEW_NEXT_TAKEN;
}
