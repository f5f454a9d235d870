#include "model/retention.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/retention.h"
#include "db/query/secret_address.h"
#include "erase_parts.h"
#include "ground/clock.h"
#include "ground/slots.h"
#include "model/rights.h"

/* What stands for a name or words that went by themselves: it needs no
 * translation. */
static const char dash[] = "\u2013";

static const char *const names[RETENTION_KINDS] = {
	[RETENTION_SENSITIVE] = "sensitive",
	[RETENTION_AVAILABILITY] = "availability",
	[RETENTION_NOTES] = "notes",
	[RETENTION_REJECTED] = "rejected",
	[RETENTION_WITHDRAWN] = "withdrawn",
	[RETENTION_UNCONFIRMED] = "unconfirmed",
	[RETENTION_INVITATIONS] = "invitations",
	[RETENTION_MAIL] = "mail",
	[RETENTION_AUDIT] = "audit",
	[RETENTION_PEOPLE] = "people",
};

const char *
retention_name(enum retention_kind kind)
{
	return names[kind];
}

static int64_t
strip_all(struct db *db, struct arena *arena, struct retention_application_rows over, int64_t now)
{
	for (size_t i = 0; i < over.count; i++) {
		erase_application(db, arena, over.rows[i].id, dash, now);
	}
	return (int64_t)over.count;
}

/* Nobody asked for it, and nothing of theirs is left: no mail tells them, and
 * a restored backup finds them again as we did. */
static int64_t
forget_people(struct db *db, struct arena *arena, int64_t now)
{
	struct retention_people_row_rows people =
	    retention_people(db, arena, &(struct retention_people_in){ .now = now });
	const struct erase erase = { .words = { .name = dash, .removed = dash } };
	int64_t count = 0;

	for (size_t i = 0; i < people.count; i++) {
		count += person_erase(db, arena, &erase, people.rows[i].id, now);
	}
	return count;
}

static void
run_applications(struct db *db, struct arena *arena, int64_t now, struct retention_counts *counts)
{
	static const struct slots none;

	counts->of[RETENTION_UNCONFIRMED] =
	    retention_unconfirmed(db, &(struct retention_unconfirmed_in){ .now = now });
	counts->of[RETENTION_UNCONFIRMED] +=
	    retention_drafts(db, &(struct retention_drafts_in){ .now = now });
	counts->of[RETENTION_UNCONFIRMED] +=
	    retention_late_entries(db, &(struct retention_late_entries_in){ .now = now });
	counts->of[RETENTION_REJECTED] = strip_all(db, arena,
	    retention_rejected(db, arena, &(struct retention_rejected_in){ .now = now }), now);
	counts->of[RETENTION_WITHDRAWN] = strip_all(db, arena,
	    retention_withdrawn(db, arena, &(struct retention_withdrawn_in){ .now = now }), now);
	counts->of[RETENTION_SENSITIVE] = retention_trim(
	    db, &(struct retention_trim_in){ .no_hours = slots_hex(arena, &none), .now = now });
	counts->of[RETENTION_SENSITIVE] +=
	    retention_sensitive_answers(db, &(struct retention_sensitive_answers_in){ .now = now });
	counts->of[RETENTION_NOTES] =
	    retention_notes(db, &(struct retention_notes_in){ .now = now });
	counts->of[RETENTION_NOTES] +=
	    retention_decision_lines(db, &(struct retention_decision_lines_in){ .now = now });
	retention_conflicts(db, &(struct retention_conflicts_in){ .now = now });
	retention_reveals(db, &(struct retention_reveals_in){ .now = now });
	counts->of[RETENTION_AVAILABILITY] =
	    retention_volunteers(db, &(struct retention_volunteers_in){ .now = now });
	retention_volunteer_answers(db, &(struct retention_volunteer_answers_in){ .now = now });
}

bool
retention_run(struct db *db, struct arena *arena, int64_t now, struct retention_counts *counts)
{
	struct retention_counts own;

	if (counts == NULL) {
		counts = &own;
	}
	run_applications(db, arena, now, counts);
	counts->of[RETENTION_INVITATIONS] =
	    retention_invitations(db, &(struct retention_invitations_in){ .now = now });
	counts->of[RETENTION_MAIL] = retention_mail(db, &(struct retention_mail_in){ .now = now });
	counts->of[RETENTION_AUDIT] =
	    retention_audit(db, &(struct retention_audit_in){ .now = now });
	secret_address_forget(
	    db, &(struct secret_address_forget_in){ .ended_until = now - RIGHTS_READ_SECONDS });
	counts->of[RETENTION_PEOPLE] = forget_people(db, arena, now);
	return db_fault(db) == DB_FAULT_NONE;
}

/* A clock that was set back does not put it off. */
bool
retention_run_due(struct db *db, struct arena *arena, int64_t now)
{
	struct retention_next_row next;

	if (!retention_next(db, arena, &next)) {
		return false;
	}
	if (next.due_at > now && next.due_at <= now + CLOCK_DAY) {
		return true;
	}
	retention_set_next(db, &(struct retention_set_next_in){ .due_at = now + CLOCK_DAY });
	return retention_run(db, arena, now, NULL);
}
