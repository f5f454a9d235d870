#include "ground/date.h"

#include <stddef.h>

#include "ground/arena.h"

/* Days from 0000-03-01 to 1970-01-01, and of 400 Gregorian years. */
#define DAYS_TO_1970 719468
#define DAYS_OF_ERA 146097

static bool
is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
date_month_length(int year, int month)
{
	static const int lengths[] = {
		31,
		28,
		31,
		30,
		31,
		30,
		31,
		31,
		30,
		31,
		30,
		31,
	};

	return month == 2 && is_leap_year(year) ? 29 : lengths[month - 1];
}

bool
date_is_valid(struct date date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
	    date.day >= 1 && date.day <= date_month_length(date.year, date.month);
}

static bool
read_number(const char *text, size_t digits, int *number)
{
	*number = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

bool
date_read(const char *text, struct date *date)
{
	struct date found;

	/* Each step stops at a NUL, so none reads past the end. */
	if (text == NULL || !read_number(text, 4, &found.year) || text[4] != '-' ||
	    !read_number(text + 5, 2, &found.month) || text[7] != '-' ||
	    !read_number(text + 8, 2, &found.day) || text[10] != '\0' || !date_is_valid(found)) {
		return false;
	}
	*date = found;
	return true;
}

const char *
date_text(struct arena *arena, struct date date)
{
	return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/*
 * Years are counted from 1 March, so that the leap day is a year's last and
 * a month's first day is (153 × month + 2) / 5 (Hinnant, "chrono-compatible
 * low-level date algorithms").
 */
int64_t
date_days(struct date date)
{
	const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
	const int64_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
	const int64_t era = year / 400;
	const int64_t year_of_era = year % 400;
	const int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;

	return era * DAYS_OF_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	    day_of_year - DAYS_TO_1970;
}

struct date
date_from_days(int64_t days)
{
	const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };
	int64_t era, day_of_era, year_of_era, day_of_year, month;
	struct date date;

	if (days <= date_days(first)) {
		return first;
	}
	if (days >= date_days(last)) {
		return last;
	}
	days += DAYS_TO_1970;
	era = days / DAYS_OF_ERA;
	day_of_era = days % DAYS_OF_ERA;
	year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day_of_year + 2) / 153;
	date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	date.month = (int)(month < 10 ? month + 3 : month - 9);
	date.year = (int)(era * 400 + year_of_era + (month >= 10 ? 1 : 0));
	return date;
}

struct date
date_add(struct date date, int64_t days)
{
	const int64_t start = date_days(date);

	/* More days than any two dates lie apart: avoid the overflow. */
	if (days > 4000000) {
		days = 4000000;
	}
	if (days < -4000000) {
		days = -4000000;
	}
	return date_from_days(start + days);
}

int
date_weekday(struct date date)
{
	/* 1970-01-01 was a Thursday; +700000 weeks keeps the sum positive. */
	return (int)((date_days(date) + 3 + INT64_C(700000) * 7) % 7);
}

int
date_compare(struct date a, struct date b)
{
	const int64_t left = date_days(a), right = date_days(b);

	return left < right ? -1 : left > right ? 1 : 0;
}
