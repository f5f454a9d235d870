/*
 * What the tests of calendars begin with: the community of feed_community.h,
 * in which orion has three weeks, and eyes that read a calendar as RFC 5545
 * says it is written.
 */
#ifndef TESTS_PROGRAM_FEED_DATES_H
#define TESTS_PROGRAM_FEED_DATES_H

#include <stddef.h>
#include <stdint.h>

#include "harness.h"

#define DATES_CALENDAR "/feed/orion.ics"

/* cmocka's set-up; the tear-down is community_tear_down. */
int dates_set_up(void **state);

/* Lets calendars follow what a test's own SQL changed, at the harness's now;
 * the other one runs that SQL first. */
void dates_follow(struct harness *harness);

void dates_change(struct harness *harness, const char *sql);

/* A meeting of orion, on 30 November 2026 at 19:00 UTC for an hour. */
void dates_meeting(struct harness *harness, const char *title, int audience);

/*
 * Calendars, unfolded, their lines ending in LF; a line that is not as
 * RFC 5545 has it fails the test. dates_of_group is that of deneb,
 * dates_public what the program answers.
 */
const char *dates_public(struct harness *harness);

const char *dates_of_group(struct harness *harness);

const char *dates_of_person(struct harness *harness, int64_t person);

/* The event whose lines have this text, from BEGIN to END; NULL: none. */
const char *dates_event(struct harness *harness, const char *calendar, const char *text);

/* The value of a line of an event, as "UID:" begins it, or NULL. */
const char *dates_value(struct harness *harness, const char *event, const char *name);

/* It is this, or the test fails. */
void
dates_expect(struct harness *harness, const char *event, const char *name, const char *expected);

/* How often a text has a part. */
size_t dates_count(const char *text, const char *part);

#endif
