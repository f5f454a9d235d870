/*
 * Calendars (RFC 5545), written by libical.
 *
 * Each event says when in UTC, or in days, and so is right in every zone and
 * on both sides of a change of clocks, without a VTIMEZONE. Its UID, DTSTAMP
 * and SEQUENCE are what model/calendar.h keeps: a document is a pure function
 * of the database, equal in every worker and after a restart. What was
 * cancelled stays, as CANCELLED.
 *
 * Lines end in CRLF and are folded at 75 bytes, on code points; text has only
 * the characters that atom_text leaves.
 */
#ifndef WEB_CALENDAR_H
#define WEB_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/programme.h"
#include "web/site.h"

struct db;

#define CALENDAR_TYPE "text/calendar; charset=utf-8"

/*
 * Makes libical look for its list of zones, which is never used, before the
 * sandbox closes. To be called once, by the programs that write calendars.
 */
void calendar_start(void);

/*
 * All return NULL on a fault of the database (db_fault tells) and end the
 * process when there is no memory. Whether somebody may have the calendar is
 * for the caller to ask; none is ever empty in a way that a client minds.
 */

/*
 * What everyone may know: when applications open and close, the weeks, the
 * first and the last day, public meetings, of which no link is told.
 */
struct bytes *calendar_of_cohort(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct cohort *cohort);

/*
 * For a group's members: its stand-ups with its room, and the meetings of its
 * cohort that all members may know of, with their links.
 */
struct bytes *calendar_of_group(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct cohort *cohort, const struct group *group);

/*
 * For one person: the stand-ups of all groups they are in, and all meetings
 * that their roles let them know of. Roles end as rights_of says; somebody
 * with none has a calendar without events.
 */
struct bytes *calendar_of_person(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, int64_t person_id, int64_t now);

#endif
