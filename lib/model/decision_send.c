#include <string.h>

#include "db/db.h"
#include "db/query/offer.h"
#include "ground/arena.h"
#include "model/cohort.h"
#include "model/decision.h"
#include "model/offer.h"
#include "model/outbox.h"
#include "model/standing.h"
#include "model/waitlist.h"

/* The seats as the offers of one sending take them. */
struct seats {
	struct freed_seat_rows freed;
	bool *is_passed_on;
	size_t freed_left;
	int64_t free_left; /* the freed ones among them */
};

/*
 * The seat that an offer takes: one that nobody had yet, while there is one;
 * else a freed one is passed on, that of the same group first, so that it does
 * not go to the waitlist as well.
 */
static int64_t
seat_take(struct seats *seats, int64_t group_id)
{
	size_t taken = seats->freed.count;

	if (seats->free_left-- > (int64_t)seats->freed_left) {
		return DB_NULL;
	}
	for (size_t i = seats->freed.count; i-- > 0;) {
		if (!seats->is_passed_on[i] &&
		    (taken == seats->freed.count || seats->freed.rows[i].group_id == group_id)) {
			taken = i;
		}
	}
	if (taken == seats->freed.count) {
		return DB_NULL;
	}
	seats->is_passed_on[taken] = true;
	seats->freed_left--;
	return seats->freed.rows[taken].id;
}

static bool
send_offer(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct decision_row *decision, struct seats *seats, int64_t now)
{
	return offer_make(db, arena, cohort,
		   &(struct offer_terms){ .application_id = decision->application_id,
		       .email = decision->email,
		       .group_id = decision->group_id,
		       .replaces_id = seat_take(seats, decision->group_id),
		       .decision_id = decision->id },
		   now) == OFFER_MADE;
}

/* The step to the waitlist or to "not this time", and its mail. */
static bool
send_result(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct decision_row *decision, enum standing to, int64_t now)
{
	const char *kind = to == STANDING_WAITLISTED ? "waitlist" : "not_this_time";
	const char *id = arena_format(arena, "%lld", (long long)decision->id);

	if (to == STANDING_WAITLISTED) {
		decision_make_room_if_taken(db,
		    &(struct decision_make_room_if_taken_in){
			.cohort_id = cohort->id, .place = decision->position });
	}
	return standing_step(db, decision->application_id, standing_read(decision->standing), to,
		   to == STANDING_WAITLISTED ? decision->position : DB_NULL) == STANDING_STEPPED &&
	    outbox_queue(db, arena,
		&(struct outbox_new){ .reason = arena_format(arena, "%s:%s", kind, id),
		    .kind = kind,
		    .cohort_id = cohort->id,
		    .recipient = decision->email,
		    .parameters =
			(const struct outbox_parameter[]){ { "decision", id }, { NULL, NULL } },
		    .due_at = now },
		now);
}

static bool
send_one(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct decision_row *decision, struct seats *seats, int64_t now)
{
	/* Noted first: a step drops what was decided on another standing. */
	if (decision_mark_sent(
		db, &(struct decision_mark_sent_in){ .id = decision->id, .now = now }) != 1) {
		return false;
	}
	if (decision->has_role != 0) {
		return true;
	}
	switch (decision_kind_read(decision->kind)) {
	case DECISION_OFFER:
		return send_offer(db, arena, cohort, decision, seats, now);
	case DECISION_WAITLIST:
		return send_result(db, arena, cohort, decision, STANDING_WAITLISTED, now);
	case DECISION_DECLINE:
		return send_result(db, arena, cohort, decision, STANDING_DECLINED, now);
	case DECISION_NONE:
	case DECISION_KINDS:
	default:
		return false;
	}
}

static bool
send_all(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t seats_free,
    int64_t now)
{
	struct decision_row_rows pending =
	    decision_pending_rows(db, arena, cohort->id, DB_NULL, -1, 0);
	struct seats seats = { .free_left = seats_free };

	seats.freed = waitlist_freed_seats(db, arena, cohort->id, now);
	seats.freed_left = seats.freed.count;
	seats.is_passed_on = arena_array(arena, seats.freed.count + 1, sizeof(bool));
	for (size_t i = 0; i < pending.count; i++) {
		if (!send_one(db, arena, cohort, &pending.rows[i], &seats, now)) {
			return false;
		}
	}
	/* Who waits from now on may be first for a seat that was freed before. */
	return waitlist_pass_on(db, arena, cohort->id, now) && db_fault(db) == DB_FAULT_NONE;
}

enum decision_send_outcome
decision_send(
    struct db *db, struct arena *arena, const struct cohort *cohort, const char *shown, int64_t now)
{
	struct decision_outlook outlook;

	offer_lapse_due(db, &(struct offer_lapse_due_in){ .now = now });
	if (!decision_outlook(db, arena, cohort, &outlook)) {
		return DECISION_SEND_FAULT;
	}
	if (outlook.counts.total == 0) {
		return DECISION_NOTHING;
	}
	if (strcmp(outlook.shown, shown) != 0) {
		return DECISION_CHANGED;
	}
	if (outlook.counts.offers + outlook.counts.waitlisted > 0 &&
	    now >= cohort_week_starts(cohort, 2)) {
		return DECISION_TOO_LATE;
	}
	if (outlook.counts.offers > outlook.seats_free) {
		return DECISION_NO_SEAT;
	}
	return send_all(db, arena, cohort, outlook.seats_free, now) ? DECISION_SENT
								    : DECISION_SEND_FAULT;
}
