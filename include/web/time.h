/*
 * Instants and dates in words, from www/messages/web.txt. Every word for an
 * instant names its zone, and pages show it as plain text.
 */
#ifndef WEB_TIME_H
#define WEB_TIME_H

#include <stdint.h>

#include "ground/arena.h"
#include "ground/date.h"

/* "Friday 27 November 2026, 23:59 Europe/Vienna" */
const char *time_words(struct arena *arena, const char *zone, int64_t instant);

/* "27 November 2026": the day an instant falls on in a zone. */
const char *time_day(struct arena *arena, const char *zone, int64_t instant);

/* "Friday 27 November 2026" */
const char *time_date(struct arena *arena, struct date date);

/* "27 November" */
const char *time_date_short(struct arena *arena, struct date date);

/* "27 November to 21 January 2027", each part said once. */
const char *time_span(struct arena *arena, struct date first, struct date last);

/* "Wednesday", 0 being Monday. */
const char *time_weekday(int weekday);

/* "18:30", from minutes since midnight. */
const char *time_clock(struct arena *arena, int64_t minutes);

/* "Wednesdays at 18:30, Europe/Vienna time" */
const char *time_weekly(struct arena *arena, int weekday, int64_t minutes, const char *zone);

/*
 * How far away an instant is, in the largest fitting unit: "in 3 days", "in 5
 * hours", "in 20 minutes", "just now", "2 hours ago", "4 weeks ago".
 */
const char *time_distance(struct arena *arena, int64_t instant, int64_t now);

/* "in 3 days" as a length alone: "3 days", "1 hour". */
const char *time_length(struct arena *arena, int64_t seconds);

/* For <time datetime="">: RFC 3339 in UTC. */
const char *time_machine(struct arena *arena, int64_t instant);

#endif
