#include "model/reminder.h"

#include <stddef.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/outbox.h"

static const char *
number(struct arena *arena, int64_t value)
{
	return arena_format(arena, "%lld", (long long)value);
}

/* When the reminder of so many days begins and ends to have its time, as
 * seconds before the deadline. */
static int64_t
time_ends_before(int64_t days)
{
	return days == 1 ? 0 : REMINDER_SOON_SECONDS;
}

bool
reminder_offer_holds(int64_t deadline_at, int64_t days, int64_t now)
{
	return now < deadline_at - time_ends_before(days);
}

static bool
offer_remind(struct db *db, struct arena *arena, const struct reminder_offer *offer, int64_t days,
    int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(
		    arena, "offer_reminder:%lld:%lld", (long long)offer->id, (long long)days),
		.kind = "offer_reminder",
		.cohort_id = offer->cohort_id,
		.recipient = offer->email,
		.parameters =
		    (const struct outbox_parameter[]){ { "offer", number(arena, offer->id) },
			{ "days", number(arena, days) }, { NULL, NULL } },
		.due_at = now,
	    },
	    now);
}

/* Those whose reminder of so many days is due. */
static bool
offers_remind(struct db *db, struct arena *arena, int64_t days, int64_t now)
{
	struct reminder_offer_rows due = reminder_offers(db, arena,
	    &(struct reminder_offers_in){ .after = now + time_ends_before(days),
		.until = now + days * CLOCK_DAY,
		.earliest = (days + 1) * CLOCK_DAY,
		.days = number(arena, days) });

	for (size_t i = 0; i < due.count; i++) {
		if (!offer_remind(db, arena, &due.rows[i], days, now)) {
			return false;
		}
	}
	return true;
}

static bool
standup_remind(struct db *db, struct arena *arena, const struct reminder_standup *due, int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "standup_tomorrow:%lld:%lld:%lld",
		    (long long)due->standup_id, (long long)due->member_id,
		    (long long)due->starts_at),
		.kind = "standup_tomorrow",
		.cohort_id = due->cohort_id,
		.recipient = due->email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "standup", number(arena, due->standup_id) },
			{ "member", number(arena, due->member_id) }, { NULL, NULL } },
		.due_at = now,
	    },
	    now);
}

static bool
standups_remind(struct db *db, struct arena *arena, int64_t now)
{
	const int64_t until = now + REMINDER_SOON_SECONDS;
	struct reminder_standup_rows due = reminder_standups(
	    db, arena, &(struct reminder_standups_in){ .after = now, .until = until });

	for (size_t i = 0; i < due.count; i++) {
		if (!standup_remind(db, arena, &due.rows[i], now)) {
			return false;
		}
	}
	return reminder_note_standups(
		   db, &(struct reminder_note_standups_in){ .after = now, .until = until }) >= 0;
}

bool
reminder_queue(struct db *db, struct arena *arena, int64_t now)
{
	return offers_remind(db, arena, 3, now) && offers_remind(db, arena, 1, now) &&
	    standups_remind(db, arena, now) && db_fault(db) == DB_FAULT_NONE;
}

int64_t
reminder_due(struct db *db, struct arena *arena, int64_t now)
{
	struct reminder_next_due_row next;

	if (!reminder_next_due(db, arena,
		&(struct reminder_next_due_in){
		    .now = now, .soon = REMINDER_SOON_SECONDS, .early = REMINDER_EARLY_SECONDS },
		&next)) {
		return DB_NULL;
	}
	return next.due_at;
}

bool
reminder_standup_read(struct db *db, struct arena *arena, int64_t standup_id, int64_t member_id,
    int64_t now, struct reminder_standup_letter_row *letter)
{
	return reminder_standup_letter(db, arena,
	    &(struct reminder_standup_letter_in){ .standup_id = standup_id,
		.member_id = member_id,
		.after = now,
		.until = now + REMINDER_SOON_SECONDS },
	    letter);
}
