#ifndef GROUNDCREW_MODEL_GROUP_PLAN_H
#define GROUNDCREW_MODEL_GROUP_PLAN_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;
struct group;

/*
 * What an organiser says of a group.  Levels are 1 to 4, low <= high; the
 * meeting is weekly: weekday 0 is Monday, the time "HH:MM" as clocks in
 * meeting_zone show it.  Links may be empty.
 */
struct group_plan {
	const char *slug;
	const char *name;
	int64_t project_id;
	const char *goal;
	int64_t level_low;
	int64_t level_high;
	int64_t seats;
	int64_t meeting_weekday;
	const char *meeting_time;
	const char *meeting_zone;
	int64_t meeting_minutes;
	const char *room_link;
	const char *chat_link;
	const char *workbook_link;
};

enum group_plan_outcome {
	GROUP_PLAN_SAVED = 1,
	GROUP_PLAN_SLUG_TAKEN,
	GROUP_PLAN_SLUG_RESERVED,
	/* The project is none of this cohort's. */
	GROUP_PLAN_PROJECT_UNKNOWN,
	/* level_low is above level_high. */
	GROUP_PLAN_BAND_UPSIDE_DOWN,
	/* More seats than the cohort allows in a group. */
	GROUP_PLAN_TOO_MANY_SEATS,
	GROUP_PLAN_CHANGED_MEANWHILE,
	GROUP_PLAN_FAULT
};

/* Makes a group; in a launched cohort its stand-ups are laid out at once.
 * Runs in the caller's write transaction. */
enum group_plan_outcome group_plan_create(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct group_plan *plan, int64_t now);

/* Changes a group (its slug stays); stand-ups that have not begun follow a
 * new meeting hour.  revision as in cohort_plan_change. */
enum group_plan_outcome
group_plan_change(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t revision, const struct group_plan *plan, int64_t now);

enum placement_outcome {
	PLACEMENT_DONE = 1,
	/* Sits in this group, or as a Djangonaut in another, already. */
	PLACEMENT_ALREADY,
	/* 8 Djangonauts (cohort's number), or all of the group's seats. */
	PLACEMENT_GROUP_FULL,
	/* 4 Djangonauts (cohort's number) for each navigator there is. */
	PLACEMENT_TOO_FEW_NAVIGATORS,
	/* The level lies outside the band; a reason would allow it. */
	PLACEMENT_OUTSIDE_BAND,
	/* Left the cohort, or belongs to another one. */
	PLACEMENT_NOT_A_MEMBER,
	PLACEMENT_FAULT
};

/*
 * Places a member of the cohort (navigator, captain or Djangonaut) in a
 * group, in the caller's write transaction.  band_reason is NULL, or why an
 * organiser places a Djangonaut outside the level band.  Once groups are
 * announced the person is welcomed by mail; a new navigator joins the rota.
 */
enum placement_outcome
placement_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t member_id, const char *band_reason, int64_t now);

/*
 * The same for someone who may sit elsewhere: a Djangonaut leaves that group
 * for this one. Unless PLACEMENT_DONE the caller rolls back, so that nobody
 * loses a place to a refusal.
 */
enum placement_outcome
placement_move(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t member_id, const char *band_reason, int64_t now);

/*
 * Ends a placement: never refused.  False when there is no such placement in
 * this group now, or on a fault.
 */
bool placement_leave(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t placement_id, int64_t now);

/* How a group stands against its limits. */
struct group_standing {
	int64_t navigators;
	int64_t djangonauts;
	/* The least of seats, the cohort's limit for a group, and what its
	 * navigators can take. */
	int64_t capacity;
	bool is_over;
	bool has_room;
};

struct group_standing group_standing_of(const struct cohort *cohort, const struct group *group,
    int64_t navigators, int64_t djangonauts);

#endif
