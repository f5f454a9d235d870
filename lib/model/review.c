#include "model/review.h"

#include <string.h>

#include "db/db.h"
#include "model/application.h"
#include "model/cohort.h"
#include "model/criterion.h"

bool
review_is_open(const struct cohort *cohort, int64_t now)
{
	switch (cohort_state(cohort, now)) {
	case COHORT_OPEN:
	case COHORT_REVIEWING:
	case COHORT_OFFERING:
		return true;
	case COHORT_DRAFT:
	case COHORT_UPCOMING:
	case COHORT_RUNNING:
	case COHORT_FINISHED:
	default:
		return false;
	}
}

bool
review_is_possible(const struct cohort *cohort, const char *standing, int64_t now)
{
	return review_is_open(cohort, now) && strcmp(standing, "counting") == 0;
}

bool
review_find(struct db *db, struct arena *arena, int64_t application_id, int64_t person_id,
    struct review *review)
{
	return review_by_person(db, arena,
	    &(struct review_by_person_in){
		.application_id = application_id, .person_id = person_id },
	    review);
}

int64_t
review_revision(const struct review *review)
{
	return review->finished_at == DB_NULL ? 0 : review->revision;
}

static bool
standing_of(struct db *db, struct arena *arena, int64_t application_id, const char **standing)
{
	struct review_subject_row subject;

	if (!review_subject(db, arena,
		&(struct review_subject_in){ .application_id = application_id }, &subject)) {
		return false;
	}
	*standing = subject.standing;
	return true;
}

/* The reader's row to write in: theirs, or a new one. */
static enum review_outcome
take(struct db *db, struct arena *arena, const struct application *application, int64_t person_id,
    int64_t now, struct review *review)
{
	if (review_find(db, arena, application->id, person_id, review)) {
		return REVIEW_SAVED;
	}
	if (review_take(db,
		&(struct review_take_in){
		    .application_id = application->id, .person_id = person_id, .now = now }) < 0) {
		return db_refusal(db) == REFUSAL_REVIEW_OF_OWN ||
			db_refusal(db) == REFUSAL_REVIEW_IN_CONFLICT
		    ? REVIEW_NOT_THEIRS
		    : REVIEW_FAULT;
	}
	return review_find(db, arena, application->id, person_id, review) ? REVIEW_SAVED
									  : REVIEW_FAULT;
}

/* The points, and what they come to. */
static bool
write_points(struct db *db, struct arena *arena, int64_t review_id,
    const struct criterion_rows *criteria, const struct review_said *said, int64_t *mean)
{
	struct review_mean_of_row row;

	for (size_t i = 0; i < criteria->count; i++) {
		if (review_points_set(db,
			&(struct review_points_set_in){ .review_id = review_id,
			    .criterion_id = criteria->rows[i].id,
			    .score = said->points[i] }) != 1) {
			return false;
		}
	}
	if (!review_mean_of(
		db, arena, &(struct review_mean_of_in){ .review_id = review_id }, &row)) {
		return false;
	}
	*mean = row.mean;
	return true;
}

static enum review_outcome
finish(struct db *db, struct arena *arena, const struct review *review,
    const struct criterion_rows *criteria, const struct review_said *said, int64_t now)
{
	int64_t mean;

	if (!write_points(db, arena, review->id, criteria, said, &mean)) {
		return REVIEW_FAULT;
	}
	return review_finish(db,
		   &(struct review_finish_in){ .application_id = review->application_id,
		       .person_id = review->person_id,
		       .revision = review->revision,
		       .score = mean,
		       .note = said->note,
		       .is_flagged = said->is_flagged ? 1 : 0,
		       .now = now }) == 1
	    ? REVIEW_SAVED
	    : REVIEW_FAULT;
}

enum review_outcome
review_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t person_id, const struct review_said *said,
    int64_t now)
{
	struct criterion_rows criteria =
	    criterion_asked(db, arena, &(struct criterion_asked_in){ .cohort_id = cohort->id });
	enum review_outcome outcome;
	struct review review;
	const char *standing;

	if (!standing_of(db, arena, application->id, &standing)) {
		return REVIEW_FAULT;
	}
	if (!review_is_possible(cohort, standing, now)) {
		return REVIEW_CLOSED;
	}
	if (criteria.count == 0 || criteria.count != said->count) {
		return REVIEW_WITHOUT_CRITERIA;
	}
	outcome = take(db, arena, application, person_id, now, &review);
	if (outcome != REVIEW_SAVED) {
		return outcome;
	}
	if (review_revision(&review) != said->revision) {
		return REVIEW_STALE;
	}
	return finish(db, arena, &review, &criteria, said, now);
}

bool
review_declare_conflict(struct db *db, int64_t application_id, int64_t person_id, int64_t now)
{
	return review_conflict_note(db,
		   &(struct review_conflict_note_in){
		       .application_id = application_id, .person_id = person_id, .now = now }) >= 0;
}

bool
review_look(struct db *db, int64_t application_id, int64_t person_id, int64_t now, bool *is_first)
{
	int64_t added = review_reveal_note(db,
	    &(struct review_reveal_note_in){
		.application_id = application_id, .person_id = person_id, .now = now });

	*is_first = added == 1;
	return added >= 0;
}

bool
review_score_again(struct db *db, int64_t cohort_id)
{
	return review_mean_again(db, &(struct review_mean_again_in){ .cohort_id = cohort_id }) >= 0;
}

struct review_state
review_state_of(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id)
{
	struct review_progress_row row;

	if (!review_progress(db, arena,
		&(struct review_progress_in){ .cohort_id = cohort->id,
		    .person_id = person_id,
		    .wanted = cohort->reviews_wanted },
		&row)) {
		return (struct review_state){ .applications = 0 };
	}
	return (struct review_state){ .applications = row.applications,
		.complete = row.complete,
		.reviews = row.reviews,
		.mine = row.mine };
}
