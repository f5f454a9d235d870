#include "model/meeting.h"

#include <stddef.h>

#include "db/db.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "model/cohort.h"
#include "model/rights.h"

enum meeting_audience
meeting_audience_of(unsigned roles)
{
	if ((roles & ROLE_ORGANISER) != 0) {
		return MEETING_FOR_ORGANISERS;
	}
	if ((roles & (ROLE_NAVIGATOR | ROLE_CAPTAIN)) != 0) {
		return MEETING_FOR_CREW;
	}
	return (roles & ROLE_DJANGONAUT) != 0 ? MEETING_FOR_COHORT : MEETING_FOR_EVERYONE;
}

/* MEETING_SAVED when there is such a time, near the cohort, in *starts_at. */
static enum meeting_outcome
instant_of(const struct cohort *cohort, const struct meeting_plan *plan, int64_t *starts_at)
{
	struct civil civil = {
		.date = plan->date, .hour = plan->minute / 60, .minute = plan->minute % 60
	};
	struct civil shown;

	*starts_at = zone_instant(plan->zone, civil);
	shown = zone_civil(plan->zone, *starts_at);
	if (shown.hour != civil.hour || shown.minute != civil.minute) {
		return MEETING_NO_SUCH_TIME;
	}
	if (*starts_at < cohort->opens_at - MEETING_DAYS_AROUND * CLOCK_DAY ||
	    *starts_at > cohort->ends_at + MEETING_DAYS_AROUND * CLOCK_DAY) {
		return MEETING_FAR_OFF;
	}
	return MEETING_SAVED;
}

enum meeting_outcome
meeting_add(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct meeting_plan *plan, int64_t now)
{
	struct meeting_rows all = meeting_of_cohort(db, arena,
	    &(struct meeting_of_cohort_in){
		.cohort_id = cohort->id, .audience = MEETING_FOR_ORGANISERS });
	int64_t starts_at;
	enum meeting_outcome outcome = instant_of(cohort, plan, &starts_at);

	if (outcome != MEETING_SAVED) {
		return outcome;
	}
	if (all.count >= MEETINGS_MAX) {
		return MEETING_TOO_MANY;
	}
	return meeting_insert(db,
		   &(struct meeting_insert_in){ .cohort_id = cohort->id,
		       .key = token_key64(arena),
		       .title = plan->title,
		       .starts_at = starts_at,
		       .ends_at = starts_at + plan->minutes * CLOCK_MINUTE,
		       .zone = plan->zone,
		       .audience = plan->audience,
		       .link = plan->link,
		       .recording_link = plan->recording_link,
		       .now = now }) == 1
	    ? MEETING_SAVED
	    : MEETING_FAULT;
}

enum meeting_outcome
meeting_change(struct db *db, const struct cohort *cohort, const struct meeting *meeting,
    int64_t revision, const struct meeting_plan *plan)
{
	int64_t starts_at;
	enum meeting_outcome outcome = instant_of(cohort, plan, &starts_at);

	if (meeting->cancelled_at != DB_NULL) {
		return MEETING_OVER;
	}
	if (meeting->revision != revision) {
		return MEETING_CHANGED_SINCE;
	}
	if (outcome != MEETING_SAVED) {
		return outcome;
	}
	return meeting_update(db,
		   &(struct meeting_update_in){ .id = meeting->id,
		       .revision = revision,
		       .title = plan->title,
		       .starts_at = starts_at,
		       .ends_at = starts_at + plan->minutes * CLOCK_MINUTE,
		       .zone = plan->zone,
		       .audience = plan->audience,
		       .link = plan->link,
		       .recording_link = plan->recording_link }) == 1
	    ? MEETING_SAVED
	    : MEETING_FAULT;
}

enum meeting_outcome
meeting_cancel(struct db *db, const struct meeting *meeting, int64_t now)
{
	return meeting_set_cancelled(
		   db, &(struct meeting_set_cancelled_in){ .id = meeting->id, .now = now }) < 0
	    ? MEETING_FAULT
	    : MEETING_SAVED;
}
