#ifndef GROUND_SLOTS_H
#define GROUND_SLOTS_H

/*
 * Hours a person is free in a week: 7 × 48 half hours, one bit each.
 *
 * Slot 0 is Sunday 00:00–00:30, slot 48 Monday 00:00–00:30, slot 335 Saturday
 * 23:30–24:00.  Slot s is bit s % 8, the least significant first, of byte
 * s / 8.  In which zone the week is, its owner says: a person's own hours are
 * in their zone, those handed to the solver in UTC.
 *
 * A slot number of SLOTS_COUNT or more is no slot: setting or clearing it does
 * nothing, asking for it answers false.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define SLOTS_DAY 48 /* half hours of a day */
#define SLOTS_COUNT 336 /* half hours of a week */
#define SLOTS_BYTES 42
#define SLOTS_HEX_LENGTH 84 /* hex digits of the text form */

struct slots {
	uint8_t bits[SLOTS_BYTES];
};

/*
 * The number of a slot: weekday 0 Monday … 6 Sunday as date_weekday() counts,
 * half hour 0 … 47.  SLOTS_COUNT when either is out of its range.
 */
size_t slots_number(int weekday, int half_hour);

void slots_set(struct slots *slots, size_t slot);
void slots_unset(struct slots *slots, size_t slot);
bool slots_has(const struct slots *slots, size_t slot);

/* How many half hours are set. */
size_t slots_count(const struct slots *slots);

/* Whether none is set. */
bool slots_empty(const struct slots *slots);

/* Whether the same half hours are set. */
bool slots_equal(const struct slots *a, const struct slots *b);

/* The half hours set in both. */
struct slots slots_and(const struct slots *a, const struct slots *b);

/*
 * Whole hours in which one can meet: every longest run of consecutive half
 * hours of length n holds n / 2, rounded down.  A lone half hour counts
 * nothing, an hour may begin at half past, a run may cross midnight, but the
 * week does not wrap from Saturday to Sunday.
 */
size_t slots_hours(const struct slots *slots);

/* 84 lower-case hex digits, first byte first. */
const char *slots_hex(struct arena *arena, const struct slots *slots);

/*
 * Read what slots_hex() writes: exactly 84 hex digits, lower or upper case.
 * False, leaving `*slots` alone, for anything else, also NULL.
 */
bool slots_read_hex(const char *text, struct slots *slots);

#endif
