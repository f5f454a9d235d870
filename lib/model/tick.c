#include "model/tick.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/address_change.h"
#include "db/query/conduct.h"
#include "db/query/invitation.h"
#include "db/query/offer.h"
#include "db/query/session.h"
#include "db/query/tick.h"
#include "ground/clock.h"
#include "model/activity.h"
#include "model/calendar.h"
#include "model/conduct.h"
#include "model/draft.h"
#include "model/feed.h"
#include "model/reminder.h"
#include "model/retention.h"
#include "model/subscription.h"
#include "model/waitlist.h"

#define RECEIPT_SECONDS ((int64_t)14 * CLOCK_DAY)

static bool
write_activities(
    struct db *db, struct arena *arena, struct tick_cohort_rows due, const char *kind, int64_t now)
{
	for (size_t i = 0; i < due.count; i++) {
		if (!activity_write(db, arena, kind, due.rows[i].id, DB_NULL, now)) {
			return false;
		}
	}
	return true;
}

/* Whoever asked to hear of the next cohort is told of one that takes
 * applications now. */
static bool
tell_subscribers(struct db *db, struct arena *arena, struct tick_cohort_rows opened, int64_t now)
{
	for (size_t i = 0; i < opened.count; i++) {
		if (!subscription_tell(db, arena, opened.rows[i].id, now)) {
			return false;
		}
	}
	return true;
}

static void
purge(struct db *db, int64_t now)
{
	link_delete_expired(db, &(struct link_delete_expired_in){ .before = now });
	address_change_delete_ended(db, &(struct address_change_delete_ended_in){ .now = now });
	session_delete_ended(db, &(struct session_delete_ended_in){ .now = now });
	mail_request_delete_old(
	    db, &(struct mail_request_delete_old_in){ .before = now - CLOCK_HOUR });
	conduct_report_delete_old(
	    db, &(struct conduct_report_delete_old_in){ .before = now - CONDUCT_REPORT_SECONDS });
	(void)subscription_purge(db, now);
	submission_delete_old(db, &(struct submission_delete_old_in){ .before = now - CLOCK_DAY });
	tick_purge_receipts(
	    db, &(struct tick_purge_receipts_in){ .before = now - RECEIPT_SECONDS });
}

bool
tick(struct db *db, struct arena *arena, int64_t now)
{
	struct tick_cohort_rows opened, finished;

	offer_lapse_due(db, &(struct offer_lapse_due_in){ .now = now });
	invitation_lapse_due(db, &(struct invitation_lapse_due_in){ .now = now });
	opened = tick_opened(db, arena, &(struct tick_opened_in){ .now = now });
	finished = tick_finished(db, arena, &(struct tick_finished_in){ .now = now });
	if (!feed_bury_due(db, now) || !write_activities(db, arena, opened, "cohort_opened", now) ||
	    !write_activities(db, arena, finished, "cohort_finished", now) ||
	    !tell_subscribers(db, arena, opened, now) || !waitlist_tick(db, arena, now) ||
	    !reminder_queue(db, arena, now) || !draft_remind(db, arena, now)) {
		return false;
	}
	purge(db, now);
	return retention_run_due(db, arena, now) && calendar_follow_due(db, arena, now) &&
	    feed_date_due(db, now) && db_fault(db) == DB_FAULT_NONE;
}

/* Of two instants of which each may be none. */
static int64_t
earlier(int64_t a, int64_t b)
{
	if (a == DB_NULL || b == DB_NULL) {
		return a == DB_NULL ? b : a;
	}
	return a < b ? a : b;
}

int64_t
tick_due(struct db *db, struct arena *arena, int64_t now)
{
	const int64_t reminder =
	    earlier(earlier(waitlist_due(db, arena, now), feed_bury_at(db, arena)),
		earlier(reminder_due(db, arena, now), draft_remind_due(db, arena, now)));
	struct tick_next_due_row next;

	if (!tick_next_due(db, arena, &(struct tick_next_due_in){ .now = now }, &next)) {
		return reminder;
	}
	return earlier(reminder, next.due_at);
}
