#ifndef GROUNDCREW_MODEL_COHORT_DUE_H
#define GROUNDCREW_MODEL_COHORT_DUE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;

/*
 * What organisers should do next, computed from the cohort as it stands and
 * never stored.  The order is that of the list on their page.
 */
enum cohort_due_kind {
	/* A group has more Djangonauts than it may have, since a navigator
	 * left: count of them, room for `most`.  Heads the list. */
	COHORT_DUE_GROUP_OVER = 1,
	/* A group with Djangonauts, or about to begin, has no navigator. */
	COHORT_DUE_NAVIGATOR,
	/* count navigators and captains have not said when they have time:
	 * their names.  Until the cohort is launched. */
	COHORT_DUE_HOURS,
	/* count invitations lapsed without an answer. */
	COHORT_DUE_LAPSED,
	/* There is no project yet, so it cannot be published. */
	COHORT_DUE_PROJECT,
	/* count weeks have no theme. */
	COHORT_DUE_THEMES,
	/* There is no invitation to the chat. */
	COHORT_DUE_CHAT,
	/* It is a draft that could be published. */
	COHORT_DUE_PUBLISH,
	/* Applications arrive or are to be read, and there is no criterion to
	 * score them by. */
	COHORT_DUE_CRITERIA,
	/* Applications are closed, count seats are free and there are
	 * applications (most) that were never offered one. */
	COHORT_DUE_OFFERS,
	/* Seats are confirmed and there is no group. */
	COHORT_DUE_GROUPS,
	/* count Djangonauts sit in no group. */
	COHORT_DUE_PLACING,
	/* Everybody is placed: the groups could be announced. */
	COHORT_DUE_FORM_GROUPS,
	/* Groups are announced, week 0 begins within a week or has begun. */
	COHORT_DUE_LAUNCH
};

struct cohort_due {
	enum cohort_due_kind kind;
	int64_t count;
	int64_t most;
	/* The group that it is about, or NULL. */
	const char *group_name;
	const char *group_slug;
	/* COHORT_DUE_HOURS: count names. */
	const char *const *names;
};

struct cohort_due_list {
	const struct cohort_due *items;
	size_t count;
};

/* A finished cohort has nothing due. */
struct cohort_due_list
cohort_due(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now);

#endif
