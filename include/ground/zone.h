#ifndef GROUND_ZONE_H
#define GROUND_ZONE_H

/*
 * Time zones: instants ↔ what a clock on the wall shows.
 *
 * Zones are those of the IANA database in /usr/share/zoneinfo, read from its
 * TZif files (RFC 8536) by ourselves: the C library knows one zone a process,
 * and its mktime() answers by the call before it.  A zone once read is kept
 * for the life of the process.
 *
 * zone_exists() is the door: only names that passed it are stored.  Should a
 * zone nevertheless be unknown later (removed from the system, or the sandbox
 * forbids reading), the other functions compute in UTC and log one line a
 * call, level error: never silently (safety "Sandbox", zones under Landlock).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/date.h"

struct arena;

/* What a clock on the wall shows. */
struct civil {
	struct date date;
	int hour; /* 0 … 23; zone_instant() also takes 24 with 0, 0 */
	int minute; /* 0 … 59 */
	int second; /* 0 … 59 */
};

/* Whether zoneinfo can be read: asked at start-up and again in the sandbox. */
bool zone_ready(void);

/*
 * Whether the name is that of a zone: at most 64 characters of letters,
 * digits, + - _ and / between them, each part beginning with a letter, and a
 * TZif file of that name can be read.  Names of files that
 * are no place's time (posix/, right/ with its leap seconds, localtime,
 * posixrules, Factory) are refused, as is NULL.
 */
bool zone_exists(const char *name);

/*
 * The instant at which a clock in that zone shows `civil`.
 *
 * When clocks go back and it is shown twice: the first time.  When clocks go
 * forward over it: later by what was skipped (02:30 becomes 03:30), as a
 * clock not yet changed would have shown it.
 *
 * The fields must be within their limits.
 */
int64_t zone_instant(const char *zone, struct civil civil);

/*
 * What a clock in that zone shows at that instant.  Outside the years 1 to
 * 9999 the date is the first or last one.
 */
struct civil zone_civil(const char *zone, int64_t instant);

/* Clocks of a zone that go forward or back. */
struct zone_change {
	int64_t at; /* the first instant with the new offset */
	int before, after; /* seconds east of Greenwich */
};

/*
 * The first change of the zone's offset after `from` and no later than
 * `until`; false, leaving `*change` alone, when there is none. A name that
 * changes alone is no change.
 */
bool zone_changes(const char *zone, int64_t from, int64_t until, struct zone_change *change);

/*
 * The names a chooser offers, sorted by byte: those of zone.tab, which has
 * one for each country and region (Europe/Oslo beside Europe/Berlin), and
 * "UTC".  Read once; the array and its names belong to the module.  With
 * zoneinfo unreadable "UTC" alone.
 */
const char *const *zone_list(size_t *count);

/*
 * Anywhere on Earth.  A date begins at UTC+14 and ends at UTC−12; so an
 * applicant anywhere reads "until the 27th" and has all of their own 27th.
 */

/* 00:00 of that date at UTC+14: the instant it begins first anywhere. */
int64_t zone_opens(struct date date);

/* 24:00 of that date at UTC−12: the instant it is over everywhere. */
int64_t zone_closes(struct date date);

#endif
