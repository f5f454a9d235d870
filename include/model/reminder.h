#ifndef GROUNDCREW_MODEL_REMINDER_H
#define GROUNDCREW_MODEL_REMINDER_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/reminder.h"
#include "ground/clock.h"

struct arena;
struct db;

/*
 * Mails that remind.
 *
 * Of an offer without an answer: three days before its deadline and one day
 * before, never within a day of the offer itself.  Of a stand-up: a day
 * before it starts, to the Djangonauts of the group who have not checked in,
 * were not excused and did not ask for no reminders; a stand-up that moves is
 * reminded of anew.
 *
 * A mail waits in the outbox for a while: whether its reason still holds is
 * asked again when it is written.
 */

#define REMINDER_SOON_SECONDS CLOCK_DAY
#define REMINDER_EARLY_SECONDS ((int64_t)3 * CLOCK_DAY)

/*
 * Queues the reminders that are due, each once, in the caller's write
 * transaction: part of tick.  One whose time passed unnoticed is left out
 * when the next is due, too.  False on a fault.
 */
bool reminder_queue(struct db *db, struct arena *arena, int64_t now);

/* The next instant after now at which one is due; DB_NULL when none is. */
int64_t reminder_due(struct db *db, struct arena *arena, int64_t now);

/* Whether a reminder of so many days before the deadline (3 or 1) still has
 * its time: an offer of 3 days' reminder is none on the last day. */
bool reminder_offer_holds(int64_t deadline_at, int64_t days, int64_t now);

/*
 * What the reminder of a stand-up tells, if it still has a reason: the
 * stand-up starts within a day, the member is still to be reminded of it.
 * False when it has none, or on a fault.
 */
bool reminder_standup_read(struct db *db, struct arena *arena, int64_t standup_id,
    int64_t member_id, int64_t now, struct reminder_standup_letter_row *letter);

#endif
