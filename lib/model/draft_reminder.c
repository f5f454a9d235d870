#include <stddef.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "model/cohort.h"
#include "model/draft.h"
#include "model/outbox.h"

/* Hours before the deadline, each until the next; the last until it. */
static const int64_t spans[] = { 72, 24, 3 };

enum { SPANS = sizeof(spans) / sizeof(spans[0]) };

/* How long before the deadline the time of a reminder ends. */
static int64_t
span_ends(size_t index)
{
	return index + 1 < SPANS ? spans[index + 1] * CLOCK_HOUR : 0;
}

static bool
queue(struct db *db, struct arena *arena, const struct draft_reminder *due, const char *hours,
    int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)due->id);

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "draft_reminder:%s:%s", id, hours),
		.kind = "draft_reminder",
		.cohort_id = due->cohort_id,
		.recipient = due->email,
		.parameters = (const struct outbox_parameter[]){ { "draft", id },
		    { "hours", hours }, { NULL, NULL } },
		.due_at = now },
	    now);
}

static bool
remind(struct db *db, struct arena *arena, size_t index, int64_t now)
{
	const char *hours = arena_format(arena, "%lld", (long long)spans[index]);
	const int64_t span = spans[index] * CLOCK_HOUR;
	struct draft_reminder_rows due = draft_reminders(db, arena,
	    &(struct draft_reminders_in){ .after = now + span_ends(index),
		.until = now + span,
		.span = span + CLOCK_HOUR,
		.hours = hours });

	for (size_t i = 0; i < due.count; i++) {
		if (!queue(db, arena, &due.rows[i], hours, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
draft_remind(struct db *db, struct arena *arena, int64_t now)
{
	for (size_t i = 0; i < SPANS; i++) {
		if (!remind(db, arena, i, now)) {
			return false;
		}
	}
	return true;
}

int64_t
draft_remind_due(struct db *db, struct arena *arena, int64_t now)
{
	int64_t due = DB_NULL;

	for (size_t i = 0; i < SPANS; i++) {
		const int64_t span = spans[i] * CLOCK_HOUR;
		struct draft_next_deadline_row next;

		if (draft_next_deadline(db, arena,
			&(struct draft_next_deadline_in){ .after = now + span }, &next) &&
		    next.closes_at != DB_NULL && (due == DB_NULL || next.closes_at - span < due)) {
			due = next.closes_at - span;
		}
	}
	return due;
}

static bool
is_in_time(int64_t closes_at, int64_t hours, int64_t now)
{
	for (size_t i = 0; i < SPANS; i++) {
		if (spans[i] == hours) {
			return now < closes_at - span_ends(i);
		}
	}
	return false;
}

static bool
has_applied(struct db *db, struct arena *arena, const struct draft *draft)
{
	struct draft_address_applied_row row;

	return !draft_address_applied(db, arena,
		   &(struct draft_address_applied_in){
		       .cohort_id = draft->cohort_id, .email_key = draft->email_key },
		   &row) ||
	    row.has_applied != 0;
}

bool
draft_reminder_holds(struct db *db, struct arena *arena, int64_t draft_id, int64_t hours,
    int64_t now, struct draft *draft, struct cohort *cohort)
{
	return draft_by_id(db, arena, &(struct draft_by_id_in){ .id = draft_id }, draft) &&
	    draft->email_key != NULL && draft->wants_reminders == 1 &&
	    cohort_by_id(db, arena, &(struct cohort_by_id_in){ .id = draft->cohort_id }, cohort) &&
	    is_in_time(cohort->closes_at, hours, now) && !has_applied(db, arena, draft);
}

bool
draft_end_reminders(struct db *db, int64_t draft_id)
{
	return draft_stop_reminders(db, &(struct draft_stop_reminders_in){ .id = draft_id }) >= 0;
}
