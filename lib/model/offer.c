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

bool
offer_find(struct db *db, struct arena *arena, const char *key, struct offer *offer)
{
	return offer_by_key(db, arena, &(struct offer_by_key_in){ .key = key }, offer);
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
	if (db_refusal(db) == REFUSAL_APPLICATION_DOES_NOT_COUNT) {
		return OFFER_DOES_NOT_COUNT;
	}
	if (db_refusal(db) == REFUSAL_UNIQUE) {
		return OFFER_ALREADY;
	}
	return OFFER_MAKE_FAULT;
}

static bool
offer_queue_mail(struct db *db, struct arena *arena, int64_t offer_id, int64_t cohort_id,
    const char *recipient, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)offer_id);

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "offer:%s", id),
		.kind = "offer",
		.cohort_id = cohort_id,
		.recipient = recipient,
		.parameters = (const struct outbox_parameter[]){ { "offer", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}

enum offer_make_outcome
offer_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t group_id, int64_t now)
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
		    .application_id = application->id,
		    .group_id = group_id,
		    .replaces_id = DB_NULL,
		    .now = now,
		    .deadline_at = now + cohort->offer_days * CLOCK_DAY }) != 1) {
		return refusal_to_make(db);
	}
	if (!offer_queue_mail(db, arena, db_last_id(db), cohort->id, application->email, now)) {
		return OFFER_MAKE_FAULT;
	}
	cohort_mark_offered(db, &(struct cohort_mark_offered_in){ .id = cohort->id, .now = now });
	return OFFER_MADE;
}

static bool
become_djangonaut(struct db *db, struct arena *arena, int64_t application_id, int64_t now)
{
	struct application application;

	return application_by_id(db, arena, &(struct application_by_id_in){ .id = application_id },
		   &application) &&
	    member_insert(db,
		&(struct member_insert_in){ .cohort_id = application.cohort_id,
		    .person_id = application.person_id,
		    .role = "djangonaut",
		    .level = application.level,
		    .now = now }) == 1;
}

enum offer_answer_outcome
offer_answer(struct db *db, struct arena *arena, const struct offer *offer, bool yes, int64_t now)
{
	int64_t ended = offer_end(db,
	    &(struct offer_end_in){
		.id = offer->id, .state = yes ? "confirmed" : "refused", .now = now });

	if (ended == 0 || (ended < 0 && db_refusal(db) == REFUSAL_OFFER_LAPSED)) {
		return OFFER_OVER;
	}
	if (ended < 0) {
		return OFFER_ANSWER_FAULT;
	}
	if (yes && !become_djangonaut(db, arena, offer->application_id, now)) {
		return OFFER_ANSWER_FAULT;
	}
	return OFFER_ANSWERED;
}
