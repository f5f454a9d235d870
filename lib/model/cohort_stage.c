#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "model/activity.h"
#include "model/cohort_plan.h"
#include "model/standup_plan.h"
#include "model/tick.h"
#include "model/welcome.h"

enum cohort_publish_outcome
cohort_publish_now(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now)
{
	struct project_rows projects =
	    project_of_cohort(db, arena, &(struct project_of_cohort_in){ .cohort_id = cohort->id });
	int64_t published;

	if (projects.count == 0) {
		return COHORT_PUBLISH_WITHOUT_PROJECT;
	}
	published = cohort_publish(db, &(struct cohort_publish_in){ .id = cohort->id, .now = now });
	if (published < 0) {
		return COHORT_PUBLISH_FAULT;
	}
	if (published == 0) {
		return COHORT_PUBLISHED_BEFORE;
	}
	return tick(db, arena, now) ? COHORT_PUBLISHED : COHORT_PUBLISH_FAULT;
}

/* How many Djangonauts were welcomed; -1 on a fault. */
static int
welcome_group(struct db *db, struct arena *arena, int64_t group_id, int64_t now)
{
	struct group_member_rows members =
	    group_members(db, arena, &(struct group_members_in){ .group_id = group_id });
	int djangonauts = 0;

	for (size_t i = 0; i < members.count; i++) {
		if (!welcome_queue(db, arena, members.rows[i].placement_id, now)) {
			return -1;
		}
		if (strcmp(members.rows[i].role, "djangonaut") == 0) {
			djangonauts++;
		}
	}
	return djangonauts;
}

enum cohort_form_groups_outcome
cohort_form_groups(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now)
{
	struct group_rows groups =
	    group_of_cohort(db, arena, &(struct group_of_cohort_in){ .cohort_id = cohort->id });
	int djangonauts = 0;

	if (cohort->groups_formed_at != DB_NULL) {
		return COHORT_GROUPS_FORMED_BEFORE;
	}
	if (cohort->published_at == DB_NULL) {
		return COHORT_GROUPS_OF_DRAFT;
	}
	for (size_t i = 0; i < groups.count; i++) {
		int welcomed = welcome_group(db, arena, groups.rows[i].id, now);

		if (welcomed < 0) {
			return COHORT_GROUPS_FAULT;
		}
		djangonauts += welcomed;
	}
	if (djangonauts == 0) {
		return COHORT_NO_GROUP_TO_SHOW;
	}
	if (cohort_mark_groups_formed(
		db, &(struct cohort_mark_groups_formed_in){ .id = cohort->id, .now = now }) != 1 ||
	    !activity_write(db, arena, "groups_formed", cohort->id, DB_NULL, now)) {
		return COHORT_GROUPS_FAULT;
	}
	return COHORT_GROUPS_FORMED;
}

static enum cohort_launch_outcome
launch_problem(const struct cohort *cohort, struct group_count_rows groups)
{
	if (cohort->launched_at != DB_NULL) {
		return COHORT_LAUNCHED_BEFORE;
	}
	if (cohort->published_at == DB_NULL) {
		return COHORT_LAUNCH_OF_DRAFT;
	}
	if (groups.count == 0) {
		return COHORT_LAUNCH_WITHOUT_GROUP;
	}
	for (size_t i = 0; i < groups.count; i++) {
		if (groups.rows[i].navigators == 0) {
			return COHORT_LAUNCH_WITHOUT_NAVIGATOR;
		}
	}
	return COHORT_LAUNCHED;
}

enum cohort_launch_outcome
cohort_launch(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now)
{
	enum cohort_launch_outcome problem = launch_problem(
	    cohort, group_counts(db, arena, &(struct group_counts_in){ .cohort_id = cohort->id }));
	struct group_rows groups;

	if (problem != COHORT_LAUNCHED) {
		return problem;
	}
	groups =
	    group_of_cohort(db, arena, &(struct group_of_cohort_in){ .cohort_id = cohort->id });
	for (size_t i = 0; i < groups.count; i++) {
		if (!standup_lay_out(db, arena, cohort, &groups.rows[i], now)) {
			return COHORT_LAUNCH_FAULT;
		}
	}
	if (cohort_mark_launched(
		db, &(struct cohort_mark_launched_in){ .id = cohort->id, .now = now }) != 1 ||
	    !activity_write(db, arena, "cohort_launched", cohort->id, DB_NULL, now)) {
		return COHORT_LAUNCH_FAULT;
	}
	return COHORT_LAUNCHED;
}
