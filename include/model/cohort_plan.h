#ifndef GROUNDCREW_MODEL_COHORT_PLAN_H
#define GROUNDCREW_MODEL_COHORT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;
struct programme;

/*
 * What an organiser says of a cohort.  Dates are YYYY-MM-DD: applications are
 * open from 00:00 of opens_on to 24:00 of closes_on anywhere on Earth, week 0
 * begins on starts_on (00:00 UTC) and is followed by `weeks` more.
 */
struct cohort_plan {
	const char *slug;
	const char *name;
	const char *goal;
	const char *description;
	const char *opens_on;
	const char *closes_on;
	const char *starts_on;
	int64_t weeks;
	int64_t djangonauts_per_navigator;
	int64_t djangonauts_per_group;
	int64_t seats;
	int64_t offer_days;
	/* How many reviews each application is to have, 1 to 9. */
	int64_t reviews_wanted;
	/* For how long after the deadline a draft saved before it can be sent. */
	int64_t grace_minutes;
	/* A freed seat goes to the waitlist without an organiser's click. */
	bool releases_itself;
	const char *chat_name;
	const char *chat_link;
};

enum cohort_plan_outcome {
	COHORT_PLAN_SAVED = 1,
	COHORT_PLAN_SLUG_TAKEN,
	/* The slug is a word that an address of ours already uses. */
	COHORT_PLAN_SLUG_RESERVED,
	/* A date does not exist. */
	COHORT_PLAN_DATE_UNREADABLE,
	/* Applications close before they open. */
	COHORT_PLAN_CLOSES_BEFORE_OPENING,
	/* Week 0 begins before applications have closed. */
	COHORT_PLAN_STARTS_BEFORE_CLOSING,
	/* More weeks, or more Djangonauts, than the programme allows. */
	COHORT_PLAN_OVER_CEILING,
	/* Someone else changed it since the form was shown. */
	COHORT_PLAN_CHANGED_MEANWHILE,
	/* Launched: stand-ups are laid out, its dates and weeks stay. */
	COHORT_PLAN_LAUNCHED,
	COHORT_PLAN_FAULT
};

/*
 * Makes a draft, lays out its weeks with empty themes, and makes creator_id
 * its first organiser, in the caller's write transaction.
 */
enum cohort_plan_outcome cohort_plan_create(struct db *db, struct arena *arena,
    const struct cohort_plan *plan, int64_t creator_id, int64_t now);

/*
 * Changes a cohort; plan->slug is not looked at, since addresses stay.
 * revision is the one that the form was shown with: when it has moved on,
 * nothing is changed.  When week 0 moves, the UTC hours of applicants and
 * volunteers move with the clocks of their zones.
 */
enum cohort_plan_outcome cohort_plan_change(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t revision, const struct cohort_plan *plan);

enum cohort_publish_outcome {
	COHORT_PUBLISHED = 1,
	/* It was published before; nothing changed. */
	COHORT_PUBLISHED_BEFORE,
	/* An applicant could choose no project: there is none. */
	COHORT_PUBLISH_WITHOUT_PROJECT,
	COHORT_PUBLISH_FAULT
};

/*
 * Shows a draft to everyone; when its window has begun this opens it, and the
 * activity tells so.  Runs in the caller's write transaction.
 */
enum cohort_publish_outcome
cohort_publish_now(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now);

enum cohort_form_groups_outcome {
	COHORT_GROUPS_FORMED = 1,
	COHORT_GROUPS_FORMED_BEFORE,
	/* Nobody may know of a draft, so nobody is told of its groups. */
	COHORT_GROUPS_OF_DRAFT,
	/* No group has a Djangonaut. */
	COHORT_NO_GROUP_TO_SHOW,
	COHORT_GROUPS_FAULT
};

/*
 * Shows the groups on the public page, writes the activity and welcomes every
 * placed member by mail, in the caller's write transaction.
 */
enum cohort_form_groups_outcome
cohort_form_groups(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now);

enum cohort_launch_outcome {
	COHORT_LAUNCHED = 1,
	COHORT_LAUNCHED_BEFORE,
	/* Nobody may know of a draft, so nobody is told of its launch. */
	COHORT_LAUNCH_OF_DRAFT,
	/* A group without a navigator could hold no stand-up. */
	COHORT_LAUNCH_WITHOUT_NAVIGATOR,
	COHORT_LAUNCH_WITHOUT_GROUP,
	COHORT_LAUNCH_FAULT
};

/*
 * Lays out a stand-up for every group and week, facilitated in turn by its
 * navigators, and writes the activity, in the caller's write transaction.
 */
enum cohort_launch_outcome
cohort_launch(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now);

#endif
