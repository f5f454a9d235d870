#ifndef GROUNDCREW_MODEL_MEETING_H
#define GROUNDCREW_MODEL_MEETING_H

#include <stdint.h>

#include "db/query/meeting.h"
#include "ground/date.h"

struct arena;
struct cohort;
struct db;

/*
 * Meetings of a cohort: opening, closing, talks, onboarding, organisers'.
 * Whoever may know of one sees it on the cohort's pages and in calendars
 * (model/calendar.h); where it is held is for members alone.
 *
 * A meeting is cancelled, never removed: calendars tell that it is off.
 */

/* Who may know of it; everyone of a number knows of what has it or a greater
 * one. */
enum meeting_audience {
	MEETING_FOR_ORGANISERS = 1,
	MEETING_FOR_CREW, /* and captains and navigators */
	MEETING_FOR_COHORT, /* all its members */
	MEETING_FOR_EVERYONE
};

enum {
	MEETING_MINUTES_MIN = 5,
	MEETING_MINUTES_MAX = 24 * 60,
	/* In a cohort, cancelled ones included. */
	MEETINGS_MAX = 200,
	/* How far from the cohort's own dates, in days. */
	MEETING_DAYS_AROUND = 366
};

/* Times are civil, in a zone that exists. */
struct meeting_plan {
	const char *title;
	struct date date;
	int minute; /* since midnight */
	const char *zone;
	int minutes; /* how long */
	enum meeting_audience audience;
	const char *link; /* "": none */
	const char *recording_link; /* "": none */
};

enum meeting_outcome {
	MEETING_SAVED = 1,
	/* Clocks there skip that time on that day. */
	MEETING_NO_SUCH_TIME,
	/* The date is further than MEETING_DAYS_AROUND from the cohort's. */
	MEETING_FAR_OFF,
	MEETING_TOO_MANY,
	/* Somebody else changed it since: see `revision`. */
	MEETING_CHANGED_SINCE,
	/* It is cancelled, or not there. */
	MEETING_OVER,
	MEETING_FAULT
};

/* What roles (model/rights.h), in the cohort's scope, let somebody know of. */
enum meeting_audience meeting_audience_of(unsigned roles);

/* Those a cohort's organisers plan, in the caller's write transaction. */
enum meeting_outcome meeting_add(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct meeting_plan *plan, int64_t now);

/* revision: that of the meeting as it was when the change was begun. */
enum meeting_outcome meeting_change(struct db *db, const struct cohort *cohort,
    const struct meeting *meeting, int64_t revision, const struct meeting_plan *plan);

/* MEETING_SAVED also when it was cancelled before. */
enum meeting_outcome meeting_cancel(struct db *db, const struct meeting *meeting, int64_t now);

#endif
