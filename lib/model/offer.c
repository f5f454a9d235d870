#include "model/offer.h"

#include <string.h>

#include "db/db.h"
#include "db/query/application.h"
#include "db/query/cohort.h"
#include "db/query/member.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/cohort.h"
#include "model/outbox.h"
#include "model/session.h"
#include "model/waitlist.h"

bool
offer_find(struct db *db, struct arena *arena, const char *key, struct offer *offer)
{
	return offer_by_key(db, arena, &(struct offer_by_key_in){ .key = key }, offer);
}

bool
offer_find_by_link(
    struct db *db, struct arena *arena, const char *token, int64_t now, struct offer *offer)
{
	struct link link;

	return link_open(db, arena, token, "offer", now, &link) &&
	    offer_of_link(db, arena, &(struct offer_of_link_in){ .id = link.offer_id }, offer);
}

enum offer_state
offer_state(const struct offer *offer, int64_t now)
{
	if (strcmp(offer->state, "confirmed") == 0) {
		return OFFER_CONFIRMED;
	}
	if (strcmp(offer->state, "refused") == 0) {
		return OFFER_REFUSED;
	}
	if (strcmp(offer->state, "lapsed") == 0 || now >= offer->deadline_at) {
		return OFFER_LAPSED;
	}
	return OFFER_OFFERED;
}

static enum offer_make_outcome
refusal_to_make(struct db *db)
{
	if (db_fault(db) != DB_FAULT_NONE) {
		return OFFER_MAKE_FAULT;
	}
	if (db_refusal(db) == REFUSAL_NO_SEAT_LEFT) {
		return OFFER_NO_SEAT;
	}
	if (db_refusal(db) == REFUSAL_APPLICATION_DOES_NOT_COUNT ||
	    db_refusal(db) == REFUSAL_SEAT_IS_NOT_FREE) {
		return OFFER_DOES_NOT_COUNT;
	}
	/* Open or confirmed, or the seat was passed on meanwhile. */
	if (db_refusal(db) == REFUSAL_UNIQUE || db_refusal(db) == REFUSAL_STANDING_STEP) {
		return OFFER_ALREADY;
	}
	return OFFER_MAKE_FAULT;
}

static const char *
number(struct arena *arena, int64_t value)
{
	return arena_format(arena, "%lld", (long long)value);
}

static bool
offer_queue_mail(struct db *db, struct arena *arena, int64_t offer_id, int64_t cohort_id,
    const struct offer_terms *terms, int64_t now)
{
	bool has_decision = terms->decision_id > 0;

	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "offer:%lld", (long long)offer_id),
		.kind = "offer",
		.cohort_id = cohort_id,
		.recipient = terms->email,
		.parameters =
		    (const struct outbox_parameter[]){ { "offer", number(arena, offer_id) },
			{ has_decision ? "decision" : NULL, number(arena, terms->decision_id) },
			{ NULL, NULL } },
		.due_at = now,
	    },
	    now);
}

static int64_t
id_or_null(int64_t id)
{
	return id == 0 ? DB_NULL : id;
}

enum offer_make_outcome
offer_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct offer_terms *terms, int64_t now)
{
	/* A freed seat goes to no one after week 1. */
	if (now >= cohort_week_starts(cohort, 2)) {
		return OFFER_TOO_LATE_TO_MAKE;
	}
	/* One that lapsed by the clock frees its seat now, not at the next
	 * tick. */
	offer_lapse_due(db, &(struct offer_lapse_due_in){ .now = now });
	if (offer_insert(db,
		&(struct offer_insert_in){ .key = token_key128(arena),
		    .application_id = terms->application_id,
		    .group_id = id_or_null(terms->group_id),
		    .replaces_id = id_or_null(terms->replaces_id),
		    .now = now,
		    .deadline_at = now + cohort->offer_days * CLOCK_DAY }) != 1) {
		return refusal_to_make(db);
	}
	if (!offer_queue_mail(db, arena, db_last_id(db), cohort->id, terms, now)) {
		return OFFER_MAKE_FAULT;
	}
	cohort_mark_offered(db, &(struct cohort_mark_offered_in){ .id = cohort->id, .now = now });
	return OFFER_MADE;
}

static bool
become_djangonaut(struct db *db, const struct application *application, int64_t now)
{
	return member_insert(db,
		   &(struct member_insert_in){ .cohort_id = application->cohort_id,
		       .person_id = application->person_id,
		       .role = "djangonaut",
		       .level = application->level,
		       .now = now }) == 1;
}

enum offer_answer_outcome
offer_answer(struct db *db, struct arena *arena, const struct offer *offer, bool yes, int64_t now)
{
	int64_t ended = offer_end(db,
	    &(struct offer_end_in){
		.id = offer->id, .state = yes ? "confirmed" : "refused", .now = now });
	struct application application;
	bool done;

	if (ended == 0 || (ended < 0 && db_refusal(db) == REFUSAL_OFFER_LAPSED)) {
		return OFFER_OVER;
	}
	if (ended < 0) {
		return OFFER_ANSWER_FAULT;
	}
	if (!application_by_id(db, arena,
		&(struct application_by_id_in){ .id = offer->application_id }, &application)) {
		return OFFER_ANSWER_FAULT;
	}
	done = yes ? become_djangonaut(db, &application, now)
		   : waitlist_pass_on(db, arena, application.cohort_id, now);
	return done ? OFFER_ANSWERED : OFFER_ANSWER_FAULT;
}
