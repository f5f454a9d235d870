#include "model/standup_plan.h"

#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/standup.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/zone.h"
#include "model/cohort.h"

/* Reads the "HH:MM" that the schema's CHECK let in. */
static struct civil
civil_at(struct date date, const char *time)
{
	return (struct civil){
		.date = date,
		.hour = (time[0] - '0') * 10 + (time[1] - '0'),
		.minute = (time[3] - '0') * 10 + (time[4] - '0'),
	};
}

int64_t
standup_instant(const struct cohort *cohort, const struct group *group, int week)
{
	struct date first = date_from_days(cohort_week_starts(cohort, week) / CLOCK_DAY);
	int64_t wait = (group->meeting_weekday - date_weekday(first) + 7) % 7;

	return zone_instant(
	    group->meeting_zone, civil_at(date_add(first, wait), group->meeting_time));
}

/* The navigator whose turn a week is, or DB_NULL in a group without any. */
static int64_t
facilitator_of(struct group_member_rows members, int week)
{
	int64_t navigators[64];
	int count = 0;

	for (size_t i = 0; i < members.count && count < 64; i++) {
		if (strcmp(members.rows[i].role, "navigator") == 0) {
			navigators[count++] = members.rows[i].member_id;
		}
	}
	return count == 0 ? DB_NULL : navigators[week % count];
}

static bool
lay_week(struct db *db, const struct group *group, int week, int64_t starts_at,
    int64_t facilitator_id, int64_t now)
{
	int64_t closes_at = starts_at + CLOCK_DAY;

	return standup_lay(db,
		   &(struct standup_lay_in){ .group_id = group->id,
		       .week = week,
		       .starts_at = starts_at,
		       .closes_at = closes_at }) >= 0 &&
	    standup_move(db,
		&(struct standup_move_in){ .group_id = group->id,
		    .week = week,
		    .starts_at = starts_at,
		    .closes_at = closes_at,
		    .now = now }) >= 0 &&
	    standup_facilitate(db,
		&(struct standup_facilitate_in){ .group_id = group->id,
		    .week = week,
		    .facilitator_id = facilitator_id,
		    .now = now }) >= 0;
}

bool
standup_lay_out(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t now)
{
	struct group_member_rows members =
	    group_members(db, arena, &(struct group_members_in){ .group_id = group->id });

	for (int week = 0; week <= cohort->weeks; week++) {
		if (!lay_week(db, group, week, standup_instant(cohort, group, week),
			facilitator_of(members, week), now)) {
			return false;
		}
	}
	return true;
}
