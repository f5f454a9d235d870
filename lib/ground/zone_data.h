#ifndef GROUND_ZONE_DATA_H
#define GROUND_ZONE_DATA_H

/*
 * A zone in memory, private to zone.c and the files that read it: a table of
 * the instants at which its clocks changed, and a rule for all later ones.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Longest names we take; those of the IANA database are shorter. */
#define ZONE_NAME_MAX 64
#define ZONE_ABBREVIATION_MAX 15

/* What clocks show during a span. */
struct zone_type {
	int offset; /* seconds east of Greenwich, within ±26 hours */
};

/* When in a year clocks change, POSIX.1 section 8.3. */
struct zone_turn {
	enum { TURN_MONTH = 1, TURN_JULIAN, TURN_DAY } kind;
	int month; /* TURN_MONTH: 1 … 12 */
	int week; /* TURN_MONTH: 1 … 5, 5 the last */
	int weekday; /* TURN_MONTH: 0 Sunday … 6 Saturday */
	int day; /* TURN_JULIAN: 1 … 365, no 29 February; TURN_DAY: 0 … 365 */
	int seconds; /* after midnight by the clock before the change */
};

/* The footer of a TZif file, RFC 8536 section 3.3. */
struct zone_rule {
	bool has_daylight;
	struct zone_type standard, daylight;
	struct zone_turn begin, end; /* of daylight time */
};

struct zone_data {
	struct zone_data *next;
	char name[ZONE_NAME_MAX + 1];
	size_t count; /* of changes, ascending */
	int64_t *instants;
	uint8_t *kinds; /* index into types from instants[i] on */
	struct zone_type *types; /* types[0] holds before the first */
	size_t type_count;
	bool has_rule; /* else the last type holds for ever */
	struct zone_rule rule;
};

/* One type holds at every instant from `from` to before `until`. */
struct zone_span {
	int64_t from, until;
	const struct zone_type *type;
};

/*
 * Read a TZif file of version 2 or later.  NULL when the bytes are not one in
 * every detail, or count leap seconds.
 */
struct zone_data *zone_file_read(struct arena *arena, const uint8_t *bytes, size_t length);

/* Read a POSIX TZ string of `length` bytes; false when it is none. */
bool zone_rule_read(const char *text, size_t length, struct zone_rule *rule);

/*
 * The span of the rule that holds at that instant.  Before the year 2 and
 * after 9998 the first and last change found hold on.
 */
struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t instant);

/* The span of the zone that holds at that instant. */
struct zone_span zone_data_span(const struct zone_data *zone, int64_t instant);

#endif
