#ifndef GROUND_CLOCK_H
#define GROUND_CLOCK_H

/*
 * Instants: whole seconds since 1970-01-01T00:00:00Z, leap seconds not
 * counted, as int64_t.
 *
 * clock_now() is the only place that reads the time of day.  A request asks
 * once and hands the answer down, so that all it does happens at one instant
 * and a test can choose it.
 */

#include <stdbool.h>
#include <stdint.h>

struct arena;

#define CLOCK_MINUTE 60
#define CLOCK_HOUR 3600
#define CLOCK_DAY 86400

/* The time of day, UTC. */
int64_t clock_now(void);

/*
 * Microseconds of a clock that never goes back and is never set; only
 * differences mean anything.  For measuring, not for dates.
 */
int64_t clock_micros(void);

/*
 * The instant as RFC 3339 in UTC: "2026-11-22T07:00:00Z".  Instants outside
 * the years 1 to 9999 are written as the first or last second of these.
 */
const char *clock_rfc3339(struct arena *arena, int64_t instant);

/*
 * The instant as an IMF-fixdate (RFC 9110 section 5.6.7):
 * "Sun, 22 Nov 2026 07:00:00 GMT".  Limits as clock_rfc3339().
 */
const char *clock_http(struct arena *arena, int64_t instant);

/*
 * Read an HTTP-date in any of the three forms of RFC 9110 section 5.6.7:
 *
 *     Sun, 06 Nov 1994 08:49:37 GMT      IMF-fixdate
 *     Sunday, 06-Nov-94 08:49:37 GMT     RFC 850
 *     Sun Nov  6 08:49:37 1994           asctime
 *
 * A two-digit year is taken in the century of `now`, and a hundred years
 * earlier when the date would lie more than 50 years after `now`.  Names are
 * case-sensitive; the day of the week must be that of the date; the leap
 * second 60 is read as the second that follows 59.
 *
 * True with the instant in `*instant`; false, leaving it alone, for anything
 * else (also NULL), and the header is then to be ignored.
 */
bool clock_http_read(const char *text, int64_t now, int64_t *instant);

#endif
