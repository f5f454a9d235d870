#include "model/reviewers.h"

#include <inttypes.h>
#include <stddef.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/member.h"
#include "ground/arena.h"
#include "model/outbox.h"
#include "model/person.h"

static bool
has_role(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id,
    const char *role)
{
	struct member member;

	return member_find(db, arena,
		   &(struct member_find_in){
		       .cohort_id = cohort->id, .person_id = person_id, .role = role },
		   &member) &&
	    member.left_at == DB_NULL;
}

static bool
queue_mail(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct person *person, int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "reviewer_appointed:%" PRId64 ":%" PRId64 ":%" PRId64,
		    cohort->id, person->id, now),
		.kind = "reviewer_appointed",
		.cohort_id = cohort->id,
		.recipient = person->email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "cohort", arena_format(arena, "%" PRId64, cohort->id) },
			{ "person", arena_format(arena, "%" PRId64, person->id) }, { NULL, NULL } },
		.due_at = now },
	    now);
}

static enum reviewers_outcome
appoint(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id, int64_t now)
{
	struct person person;
	int64_t added;

	if (!person_find(db, arena, person_id, &person)) {
		return REVIEWERS_NOBODY;
	}
	if (person.is_disabled == 1) {
		return REVIEWERS_KEPT_OUT;
	}
	if (has_role(db, arena, cohort, person_id, "organiser")) {
		return REVIEWERS_IS_ORGANISER;
	}
	if (has_role(db, arena, cohort, person_id, "djangonaut")) {
		return REVIEWERS_IS_DJANGONAUT;
	}
	added = reviewer_appoint(db,
	    &(struct reviewer_appoint_in){
		.cohort_id = cohort->id, .person_id = person_id, .now = now });
	if (added == 0) {
		return REVIEWERS_ALREADY;
	}
	return added == 1 && queue_mail(db, arena, cohort, &person, now) ? REVIEWERS_APPOINTED
									 : REVIEWERS_FAULT;
}

enum reviewers_outcome
reviewers_appoint_member(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id, int64_t now)
{
	if (!has_role(db, arena, cohort, person_id, "navigator") &&
	    !has_role(db, arena, cohort, person_id, "captain")) {
		return REVIEWERS_NOBODY;
	}
	return appoint(db, arena, cohort, person_id, now);
}

enum reviewers_outcome
reviewers_appoint(struct db *db, struct arena *arena, const struct cohort *cohort, const char *name,
    const char *email, int64_t now, int64_t *person_id)
{
	*person_id =
	    person_ensure(db, arena, &(struct person_new){ .email = email, .name = name }, now);
	if (*person_id == 0) {
		return db_fault(db) == DB_FAULT_NONE ? REVIEWERS_NO_ADDRESS : REVIEWERS_FAULT;
	}
	return appoint(db, arena, cohort, *person_id, now);
}

bool
reviewers_end(struct db *db, const struct cohort *cohort, int64_t person_id, int64_t now)
{
	if (reviewer_end(db,
		&(struct reviewer_end_in){
		    .cohort_id = cohort->id, .person_id = person_id, .now = now }) != 1) {
		return false;
	}
	return review_drop_begun(db,
		   &(struct review_drop_begun_in){
		       .cohort_id = cohort->id, .person_id = person_id }) >= 0;
}

bool
reviewers_has(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id)
{
	struct reviewer reviewer;

	return reviewer_find(db, arena,
		   &(struct reviewer_find_in){ .cohort_id = cohort->id, .person_id = person_id },
		   &reviewer) &&
	    reviewer.ended_at == DB_NULL;
}
