#include <stddef.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "model/application.h"
#include "model/application_rows.h"
#include "model/late.h"
#include "model/offer.h"
#include "model/waitlist.h"

/* One mail for each revision of an application. */
static bool
queue_mail(struct db *db, struct arena *arena, const struct application *application,
    const char *kind, int64_t now)
{
	const char *reason = arena_format(arena, "%s:%lld:%lld", kind, (long long)application->id,
	    (long long)application->revision + 1);

	return application_queue(db, arena, reason, kind, application->id, application->cohort_id,
	    application->email, now, now);
}

/* The outcome of an UPDATE that one row should have met. */
static enum application_change_outcome
changed(struct db *db, struct arena *arena, const struct application *application, int64_t rows,
    const char *kind, int64_t now)
{
	if (rows == 0) {
		return APPLICATION_CHANGE_STALE;
	}
	if (rows < 0 || !queue_mail(db, arena, application, kind, now)) {
		return APPLICATION_CHANGE_FAULT;
	}
	return APPLICATION_CHANGED;
}

static int64_t
update(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t revision,
    const struct application_answers *answers, int64_t now)
{
	struct slots utc = application_hours_utc(&answers->hours, answers->zone, cohort->starts_at);

	return application_update(db,
	    &(struct application_update_in){ .id = application->id,
		.revision = revision,
		.name = answers->name,
		.name_key = text_key(arena, answers->name),
		.pronouns = answers->pronouns,
		.github = answers->github,
		.zone = answers->zone,
		.level = answers->level,
		.hours = slots_hex(arena, &answers->hours),
		.hours_utc = slots_hex(arena, &utc),
		.now = now });
}

enum application_change_outcome
application_change(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t revision,
    const struct application_answers *answers, int64_t now)
{
	int64_t rows;

	if (!late_is_open_to(db, arena, cohort, application->email_key, now)) {
		return APPLICATION_CHANGE_CLOSED;
	}
	rows = update(db, arena, cohort, application, revision, answers, now);
	if (rows == 1) {
		application_project_delete(db,
		    &(struct application_project_delete_in){ .application_id = application->id });
		if (!application_set_projects(db, application->id, answers) ||
		    !application_set_items(db, arena, application->id, answers)) {
			return APPLICATION_CHANGE_FAULT;
		}
	}
	return changed(db, arena, application, rows, "application_changed", now);
}

/* Whether a seat was taken.  An offer still open ends by itself: the schema
 * gives it back with the application. */
static bool
has_seat(struct db *db, struct arena *arena, int64_t application_id, int64_t now)
{
	struct offer offer;

	return offer_of_application(db, arena,
		   &(struct offer_of_application_in){ .application_id = application_id }, &offer) &&
	    offer_state(&offer, now) == OFFER_CONFIRMED;
}

enum application_change_outcome
application_withdraw(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t now)
{
	enum application_change_outcome outcome;
	int64_t rows;

	if (!application_may_withdraw(cohort, now)) {
		return APPLICATION_CHANGE_CLOSED;
	}
	if (has_seat(db, arena, application->id, now)) {
		return APPLICATION_CHANGE_SEATED;
	}
	rows = application_set_withdrawn(
	    db, &(struct application_set_withdrawn_in){ .id = application->id, .now = now });
	outcome = changed(db, arena, application, rows, "application_withdrawn", now);
	/* A seat that it was offered goes on. */
	return outcome == APPLICATION_CHANGED && !waitlist_pass_on(db, arena, cohort->id, now)
	    ? APPLICATION_CHANGE_FAULT
	    : outcome;
}

enum application_change_outcome
application_resubmit(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application *application, int64_t now)
{
	int64_t rows;

	if (!late_is_open_to(db, arena, cohort, application->email_key, now)) {
		return APPLICATION_CHANGE_CLOSED;
	}
	rows = application_clear_withdrawn(
	    db, &(struct application_clear_withdrawn_in){ .id = application->id, .now = now });
	return changed(db, arena, application, rows, "application_changed", now);
}
