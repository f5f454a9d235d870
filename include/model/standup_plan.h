#ifndef GROUNDCREW_MODEL_STANDUP_PLAN_H
#define GROUNDCREW_MODEL_STANDUP_PLAN_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;
struct group;

/*
 * The instant of a group's stand-up in a week of its cohort: the first time
 * on or after the week's first day that the group's weekday and hour come
 * round, as clocks in the meeting's zone show it then (so it moves with
 * daylight saving; a skipped hour is held later, safety 55).
 */
int64_t standup_instant(const struct cohort *cohort, const struct group *group, int week);

/*
 * Lays out a stand-up for each week 0 to cohort->weeks of a group, moves those
 * that have not begun to the group's present hour (one whose new hour has passed
 * in its week is still held at the old one), and gives those that are not closed their facilitator: navigators take turns in the order in which
 * they were placed, so that their numbers differ by one at most.  Idempotent;
 * runs in the caller's write transaction.  A stand-up closes 24 hours after it
 * began.  False on a fault.
 */
bool standup_lay_out(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct group *group, int64_t now);

#endif
