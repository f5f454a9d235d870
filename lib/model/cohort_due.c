#include "model/cohort_due.h"

#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/member.h"
#include "db/query/offer.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "model/cohort.h"
#include "model/criterion.h"
#include "model/group_plan.h"
#include "model/invitation.h"
#include "model/volunteer.h"

/* Kinds that occur once, and two for each group. */
#define KINDS_ONCE 18
/* How long before week 0 the launch is due. */
#define LAUNCH_AHEAD_SECONDS (7 * CLOCK_DAY)

struct due {
	struct db *db;
	struct arena *arena;
	const struct cohort *cohort;
	int64_t now;
	struct group_rows groups;
	struct group_count_rows counts;
	struct cohort_due *items;
	size_t count;
};

static void
note(struct due *due, enum cohort_due_kind kind, int64_t count, int64_t most,
    const struct group *group)
{
	due->items[due->count++] = (struct cohort_due){
		.kind = kind,
		.count = count,
		.most = most,
		.group_name = group == NULL ? NULL : group->name,
		.group_slug = group == NULL ? NULL : group->slug,
	};
}

/* Groups and their counts are read in the same order. */
static void
note_groups(struct due *due)
{
	for (size_t i = 0; i < due->groups.count; i++) {
		const struct group_count *count = &due->counts.rows[i];
		struct group_standing standing = group_standing_of(
		    due->cohort, &due->groups.rows[i], count->navigators, count->djangonauts);

		if (standing.is_over) {
			note(due, COHORT_DUE_GROUP_OVER, standing.djangonauts, standing.capacity,
			    &due->groups.rows[i]);
		}
	}
	for (size_t i = 0; i < due->groups.count; i++) {
		if (due->counts.rows[i].navigators == 0) {
			note(due, COHORT_DUE_NAVIGATOR, 0, 0, &due->groups.rows[i]);
		}
	}
}

/* Groups and their hours are made from what navigators and captains say. */
static void
note_hours(struct due *due)
{
	struct crew_member_rows crew = volunteer_of_cohort(
	    due->db, due->arena, &(struct volunteer_of_cohort_in){ .cohort_id = due->cohort->id });
	const char **names = arena_array(due->arena, crew.count + 1, sizeof(*names));
	int64_t missing = 0;

	for (size_t i = 0; i < crew.count; i++) {
		if (crew.rows[i].said_at == DB_NULL) {
			names[missing++] = crew.rows[i].name;
		}
	}
	if (missing > 0 && due->cohort->launched_at == DB_NULL) {
		note(due, COHORT_DUE_HOURS, missing, 0, NULL);
		due->items[due->count - 1].names = names;
	}
}

static void
note_lapsed(struct due *due)
{
	struct invitation_rows invitations =
	    invitation_list(due->db, due->arena, due->cohort->id, due->now);
	int64_t lapsed = 0;

	for (size_t i = 0; i < invitations.count; i++) {
		lapsed += strcmp(invitations.rows[i].state, "lapsed") == 0;
	}
	if (lapsed > 0) {
		note(due, COHORT_DUE_LAPSED, lapsed, 0, NULL);
	}
}

static int64_t
weeks_without_theme(const struct due *due)
{
	struct cohort_week_rows weeks = cohort_weeks_of(
	    due->db, due->arena, &(struct cohort_weeks_of_in){ .cohort_id = due->cohort->id });
	int64_t empty = 0;

	for (size_t i = 0; i < weeks.count; i++) {
		empty += text_empty(weeks.rows[i].theme) ? 1 : 0;
	}
	return empty;
}

static void
note_preparing(struct due *due)
{
	struct project_rows projects = project_of_cohort(
	    due->db, due->arena, &(struct project_of_cohort_in){ .cohort_id = due->cohort->id });
	int64_t empty = weeks_without_theme(due);

	if (projects.count == 0) {
		note(due, COHORT_DUE_PROJECT, 0, 0, NULL);
	}
	if (empty > 0) {
		note(due, COHORT_DUE_THEMES, empty, 0, NULL);
	}
	if (text_empty(due->cohort->chat_link)) {
		note(due, COHORT_DUE_CHAT, 0, 0, NULL);
	}
	if (due->cohort->published_at == DB_NULL && projects.count > 0) {
		note(due, COHORT_DUE_PUBLISH, 0, 0, NULL);
	}
}

static void
note_criteria(struct due *due)
{
	enum cohort_state state = cohort_state(due->cohort, due->now);

	if ((state == COHORT_OPEN || state == COHORT_REVIEWING) &&
	    criterion_asked(
		due->db, due->arena, &(struct criterion_asked_in){ .cohort_id = due->cohort->id })
		    .count == 0) {
		note(due, COHORT_DUE_CRITERIA, 0, 0, NULL);
	}
}

static int64_t
never_offered(const struct due *due)
{
	struct candidate_rows candidates = candidate_list(
	    due->db, due->arena, &(struct candidate_list_in){ .cohort_id = due->cohort->id });
	int64_t waiting = 0;

	for (size_t i = 0; i < candidates.count; i++) {
		waiting += candidates.rows[i].offer_state == NULL &&
			candidates.rows[i].withdrawn_at == DB_NULL
		    ? 1
		    : 0;
	}
	return waiting;
}

static void
note_offers(struct due *due)
{
	struct offer_count counts;
	int64_t free_seats, waiting;

	if (due->now < due->cohort->closes_at || due->now >= cohort_week_starts(due->cohort, 2) ||
	    !offer_counts(due->db, due->arena,
		&(struct offer_counts_in){ .cohort_id = due->cohort->id }, &counts)) {
		return;
	}
	free_seats = due->cohort->seats - counts.offered - counts.confirmed;
	waiting = never_offered(due);
	if (free_seats > 0 && waiting > 0) {
		note(due, COHORT_DUE_OFFERS, free_seats, waiting, NULL);
	}
}

/* Djangonauts, and those of them without a group. */
static void
note_placing(struct due *due)
{
	struct cohort_member_rows members = member_of_cohort(
	    due->db, due->arena, &(struct member_of_cohort_in){ .cohort_id = due->cohort->id });
	int64_t all = 0, unplaced = 0;

	for (size_t i = 0; i < members.count; i++) {
		if (strcmp(members.rows[i].role, "djangonaut") == 0) {
			all++;
			unplaced += members.rows[i].group_id == DB_NULL;
		}
	}
	if (all == 0) {
		return;
	}
	if (due->groups.count == 0) {
		note(due, COHORT_DUE_GROUPS, all, 0, NULL);
	} else if (unplaced > 0) {
		note(due, COHORT_DUE_PLACING, unplaced, 0, NULL);
	} else if (due->cohort->groups_formed_at == DB_NULL) {
		note(due, COHORT_DUE_FORM_GROUPS, 0, 0, NULL);
	}
}

struct cohort_due_list
cohort_due(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now)
{
	struct due due = { .db = db, .arena = arena, .cohort = cohort, .now = now };

	if (cohort_state(cohort, now) == COHORT_FINISHED) {
		return (struct cohort_due_list){ NULL, 0 };
	}
	due.groups =
	    group_of_cohort(db, arena, &(struct group_of_cohort_in){ .cohort_id = cohort->id });
	due.counts = group_counts(db, arena, &(struct group_counts_in){ .cohort_id = cohort->id });
	if (due.counts.count < due.groups.count) {
		due.groups.count = due.counts.count;
	}
	due.items = arena_array(arena, KINDS_ONCE + 2 * due.groups.count, sizeof(*due.items));
	note_groups(&due);
	note_hours(&due);
	note_lapsed(&due);
	note_preparing(&due);
	note_criteria(&due);
	note_offers(&due);
	note_placing(&due);
	if (cohort->groups_formed_at != DB_NULL && cohort->launched_at == DB_NULL &&
	    now >= cohort->starts_at - LAUNCH_AHEAD_SECONDS) {
		note(&due, COHORT_DUE_LAUNCH, 0, 0, NULL);
	}
	return (struct cohort_due_list){ due.items, due.count };
}
