#ifndef GROUND_DATE_H
#define GROUND_DATE_H

/*
 * Calendar dates without a time or a zone, in the Gregorian calendar also
 * before 1582 (as RFC 3339 does), years 1 to 9999.
 */

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct date {
	int year; /* 1 … 9999 */
	int month; /* 1 … 12 */
	int day; /* 1 … 31 */
};

/* Whether the year, month and day exist. */
bool date_is_valid(struct date date);

/*
 * Read "2027-01-31": four digits, two, two, nothing before or after, a date
 * that exists.  False, leaving `*date` alone, for anything else, also NULL.
 */
bool date_read(const char *text, struct date *date);

/* The date as date_read() reads it.  The date must be valid. */
const char *date_text(struct arena *arena, struct date date);

/* Days since 1970-01-01, negative before.  The date must be valid. */
int64_t date_days(struct date date);

/*
 * The date that many days after 1970-01-01.  Days before 0001-01-01 or after
 * 9999-12-31 give the first or the last date.
 */
struct date date_from_days(int64_t days);

/* The date `days` later, or earlier when negative; limits as above. */
struct date date_add(struct date date, int64_t days);

/* The day of the week: 0 Monday … 6 Sunday. */
int date_weekday(struct date date);

/* Less than, equal to or greater than 0 as `a` is before, on or after `b`. */
int date_compare(struct date a, struct date b);

/* Days of that month: 28 … 31.  `month` is 1 … 12. */
int date_month_length(int year, int month);

#endif
