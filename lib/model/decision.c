#include "model/decision.h"

#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/cohort.h"
#include "model/standing.h"

static const char *const words[DECISION_KINDS] = {
	[DECISION_NONE] = "none",
	[DECISION_OFFER] = "offer",
	[DECISION_WAITLIST] = "waitlist",
	[DECISION_DECLINE] = "decline",
};

/* What an application is once the decision was sent. */
static const enum standing leads_to[DECISION_KINDS] = {
	[DECISION_OFFER] = STANDING_OFFERED,
	[DECISION_WAITLIST] = STANDING_WAITLISTED,
	[DECISION_DECLINE] = STANDING_DECLINED,
};

enum decision_kind
decision_kind_read(const char *text)
{
	for (enum decision_kind kind = DECISION_OFFER; kind < DECISION_KINDS; kind++) {
		if (text != NULL && strcmp(words[kind], text) == 0) {
			return kind;
		}
	}
	return DECISION_NONE;
}

const char *
decision_kind_text(enum decision_kind kind)
{
	return words[kind];
}

/* The place of the first of several on the waitlist; those who wait there
 * already make room. */
static int64_t
place_for(struct db *db, struct arena *arena, int64_t cohort_id, int64_t wanted, size_t count)
{
	struct decision_last_place_row row;

	if (!decision_last_place(
		db, arena, &(struct decision_last_place_in){ .cohort_id = cohort_id }, &row)) {
		return 0;
	}
	if (wanted == DECISION_LAST || wanted > row.last) {
		return row.last + 1;
	}
	decision_make_room(db,
	    &(struct decision_make_room_in){
		.cohort_id = cohort_id, .place = wanted, .places = (int64_t)count });
	decision_make_room_pending(db,
	    &(struct decision_make_room_pending_in){
		.cohort_id = cohort_id, .place = wanted, .places = (int64_t)count });
	return wanted;
}

/* Whether this can be decided of the application that was found. */
static bool
may_decide(const struct decision_subject_row *subject, const struct decision_terms *terms,
    int64_t person_id, struct decision_report *report)
{
	if (subject->person_id == person_id ||
	    !standing_may(standing_read(subject->standing), leads_to[terms->kind])) {
		report->refused++;
		return false;
	}
	if (subject->has_role != 0 && terms->kind != DECISION_DECLINE) {
		report->with_role++;
		return false;
	}
	return true;
}

static bool
decide_one(struct db *db, int64_t application_id, const struct decision_terms *terms, int64_t place,
    int64_t person_id, int64_t now)
{
	return decision_drop(db, &(struct decision_drop_in){ .application_id = application_id }) >=
	    0 &&
	    decision_insert(db,
		&(struct decision_insert_in){ .application_id = application_id,
		    .kind = words[terms->kind],
		    .position = terms->kind == DECISION_WAITLIST ? place : DB_NULL,
		    .group_id = terms->kind == DECISION_OFFER ? terms->group_id : DB_NULL,
		    .line = terms->line == NULL ? "" : terms->line,
		    .decided_by = person_id,
		    .now = now }) == 1;
}

static bool
take_back(struct db *db, const struct decision_subject_row *subject, int64_t person_id,
    struct decision_report *report)
{
	int64_t dropped;

	if (subject->person_id == person_id) {
		report->refused++;
		return true;
	}
	dropped = decision_drop(db, &(struct decision_drop_in){ .application_id = subject->id });
	if (dropped > 0) {
		report->decided++;
	} else {
		report->unchanged++;
	}
	return dropped >= 0;
}

/* Decides of those that were found and may be decided so; false on a fault. */
static bool
decide_all(struct db *db, struct arena *arena, const struct cohort *cohort, const int64_t *ids,
    size_t count, const struct decision_terms *terms, int64_t person_id, int64_t now)
{
	int64_t place = DB_NULL;

	for (size_t i = 0; i < count; i++) {
		/* Who is decided anew leaves their old place before room is made. */
		if (decision_drop(db, &(struct decision_drop_in){ .application_id = ids[i] }) < 0) {
			return false;
		}
	}
	if (terms->kind == DECISION_WAITLIST && count > 0) {
		place = place_for(db, arena, cohort->id, terms->place, count);
	}
	for (size_t i = 0; i < count; i++) {
		if (!decide_one(db, ids[i], terms, place + (int64_t)i, person_id, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

static bool
is_in(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i] == id) {
			return true;
		}
	}
	return false;
}

bool
decision_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *const *keys, size_t count, const struct decision_terms *terms, int64_t person_id,
    int64_t now, struct decision_report *report)
{
	int64_t *ids = arena_array(arena, count + 1, sizeof(*ids));
	size_t found = 0;

	*report = (struct decision_report){ 0 };
	report->is_too_late = (terms->kind == DECISION_OFFER || terms->kind == DECISION_WAITLIST) &&
	    now >= cohort_week_starts(cohort, 2);
	for (size_t i = 0; i < count && !report->is_too_late; i++) {
		struct decision_subject_row subject;

		if (!decision_subject(db, arena,
			&(struct decision_subject_in){ .cohort_id = cohort->id, .key = keys[i] },
			&subject)) {
			report->refused++;
		} else if (terms->kind == DECISION_NONE) {
			if (!take_back(db, &subject, person_id, report)) {
				return false;
			}
		} else if (may_decide(&subject, terms, person_id, report) &&
		    !is_in(ids, found, subject.id)) {
			ids[found++] = subject.id;
		}
	}
	if (terms->kind != DECISION_NONE) {
		report->decided = found;
	}
	return decide_all(db, arena, cohort, ids, found, terms, person_id, now);
}

bool
decision_find_pending(
    struct db *db, struct arena *arena, int64_t application_id, struct decision *decision)
{
	return decision_pending(
	    db, arena, &(struct decision_pending_in){ .application_id = application_id }, decision);
}

bool
decision_find(struct db *db, struct arena *arena, int64_t id, struct decision *decision)
{
	return decision_by_id(db, arena, &(struct decision_by_id_in){ .id = id }, decision);
}

bool
decision_see(struct db *db, struct arena *arena, int64_t application_id, int64_t person_id,
    struct decision_seen *seen)
{
	return decision_see_application(db, arena,
	    &(struct decision_see_application_in){
		.application_id = application_id, .person_id = person_id },
	    seen);
}

struct decision_row_rows
decision_pending_rows(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id,
    int64_t most, int64_t after)
{
	return decision_list(db, arena,
	    &(struct decision_list_in){
		.cohort_id = cohort_id, .person_id = person_id, .most = most, .after = after });
}

bool
decision_outlook(struct db *db, struct arena *arena, const struct cohort *cohort,
    struct decision_outlook *outlook)
{
	struct decision_count *counts = &outlook->counts;
	struct decision_seats_taken_row seats;

	if (!decision_counts(
		db, arena, &(struct decision_counts_in){ .cohort_id = cohort->id }, counts) ||
	    !decision_seats_taken(
		db, arena, &(struct decision_seats_taken_in){ .cohort_id = cohort->id }, &seats)) {
		return false;
	}
	outlook->seats_free = cohort->seats > seats.taken ? cohort->seats - seats.taken : 0;
	/* Ids grow and are never used again: removing changes the number, adding
	 * the newest, moving the places, and a role taken or given the silent. */
	outlook->shown = arena_format(arena, "%lld-%lld-%lld-%lld", (long long)counts->total,
	    (long long)counts->newest, (long long)counts->places, (long long)counts->silent);
	return true;
}
