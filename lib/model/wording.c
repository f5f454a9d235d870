#include "model/wording.h"

#include <string.h>

#include "db/db.h"
#include "ground/arena.h"

const struct wording_words *
wording_own(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id)
{
	struct wording_words *words = arena_alloc(arena, sizeof *words);
	struct wording_find_row row;

	if (!wording_find(db, arena,
		&(struct wording_find_in){ .kind = kind, .cohort_id = cohort_id }, &row)) {
		return NULL;
	}
	*words = (struct wording_words){
		.subject = row.subject,
		.body = row.body,
		.cohort_id = cohort_id,
		.revision = row.revision,
	};
	return words;
}

const struct wording_words *
wording_read(struct db *db, struct arena *arena, const char *kind, int64_t cohort_id)
{
	const struct wording_words *words = NULL;

	if (cohort_id != 0 && cohort_id != DB_NULL) {
		words = wording_own(db, arena, kind, cohort_id);
	}
	return words != NULL ? words : wording_own(db, arena, kind, 0);
}

struct wording_state_rows
wording_states(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return wording_list(db, arena, &(struct wording_list_in){ .cohort_id = cohort_id });
}

/* Whether the words that stand there already are these: a form sent twice. */
static bool
is_saved(struct db *db, struct arena *arena, int64_t cohort_id, const char *kind,
    const char *subject, const char *body)
{
	const struct wording_words *words = wording_own(db, arena, kind, cohort_id);

	return words != NULL && strcmp(words->subject, subject) == 0 &&
	    strcmp(words->body, body) == 0;
}

enum wording_outcome
wording_save(struct db *db, struct arena *arena, int64_t cohort_id, const char *kind,
    const char *subject, const char *body, int64_t revision, int64_t now)
{
	struct wording_kind_of_cohort_row row;
	int64_t changed;

	if (!wording_kind_of_cohort(
		db, arena, &(struct wording_kind_of_cohort_in){ .kind = kind }, &row) ||
	    (cohort_id != 0 && row.is_of_cohort == 0)) {
		return db_fault(db) == DB_FAULT_NONE ? WORDING_NOT_OF_COHORT : WORDING_FAULT;
	}
	if (revision == 0) {
		changed = wording_insert(db,
		    &(struct wording_insert_in){ .cohort_id = cohort_id,
			.kind = kind,
			.subject = subject,
			.body = body,
			.now = now });
	} else {
		changed = wording_change(db,
		    &(struct wording_change_in){ .cohort_id = cohort_id,
			.kind = kind,
			.subject = subject,
			.body = body,
			.revision = revision,
			.now = now });
	}
	if (changed < 0) {
		return WORDING_FAULT;
	}
	return changed == 1 || is_saved(db, arena, cohort_id, kind, subject, body)
	    ? WORDING_SAVED
	    : WORDING_CHANGED_MEANWHILE;
}

bool
wording_reset(struct db *db, int64_t cohort_id, const char *kind)
{
	return wording_delete(
		   db, &(struct wording_delete_in){ .cohort_id = cohort_id, .kind = kind }) >= 0;
}
