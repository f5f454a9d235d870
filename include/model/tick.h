#ifndef GROUNDCREW_MODEL_TICK_H
#define GROUNDCREW_MODEL_TICK_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Makes what follows from time having passed, in the caller's write
 * transaction: offers and invitations lapse; freed seats are passed on and
 * waitlists closed (model/waitlist.h); a cohort's opening and its end
 * become activities, and whoever asked is told of the opening; reminders are
 * queued (model/reminder.h); what was taken back 30 days ago becomes a
 * tombstone in feeds (model/feed.h); expired links and sessions, hour-old mail
 * requests, day-old submit keys, receipts of 14 days and subscriptions not
 * confirmed within three are deleted; once a day goes what was kept long
 * enough (model/retention.h); and calendars follow what changed
 * (model/calendar.h).
 *
 * Idempotent: running it again at the same now changes nothing.  Run by the
 * courier at tick_due and at the start of every POST on a cohort.
 * False on a fault.
 */
bool tick(struct db *db, struct arena *arena, int64_t now);

/*
 * The earliest instant after now at which tick will have something to do that
 * anyone could see; DB_NULL when there is none.
 */
int64_t tick_due(struct db *db, struct arena *arena, int64_t now);

#endif
