#include "ground/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ground/arena.h"
#include "ground/date.h"

static const char *const day_names[] = {
	"Monday",
	"Tuesday",
	"Wednesday",
	"Thursday",
	"Friday",
	"Saturday",
	"Sunday",
};
static const char *const month_names[] = {
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec",
};

int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

int64_t
clock_micros(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct fields {
	struct date date;
	int hour, minute, second;
};

static struct fields
instant_fields(int64_t instant)
{
	const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };
	const int64_t lowest = date_days(first) * CLOCK_DAY;
	const int64_t highest = (date_days(last) + 1) * CLOCK_DAY - 1;
	struct fields fields;
	int64_t days, seconds;

	if (instant < lowest) {
		instant = lowest;
	}
	if (instant > highest) {
		instant = highest;
	}
	days = instant / CLOCK_DAY;
	seconds = instant % CLOCK_DAY;
	if (seconds < 0) {
		days--;
		seconds += CLOCK_DAY;
	}
	fields.date = date_from_days(days);
	fields.hour = (int)(seconds / CLOCK_HOUR);
	fields.minute = (int)(seconds % CLOCK_HOUR / CLOCK_MINUTE);
	fields.second = (int)(seconds % CLOCK_MINUTE);
	return fields;
}

/* The digits of a number of two, where the pattern has zeros. */
static void
put_digits(char *at, int number)
{
	at[0] = (char)('0' + number / 10);
	at[1] = (char)('0' + number % 10);
}

/* Pages hold one for each instant they show, so it is not left to printf. */
const char *
clock_rfc3339(struct arena *arena, int64_t instant)
{
	const struct fields f = instant_fields(instant);
	char text[] = "0000-00-00T00:00:00Z";

	put_digits(text, f.date.year / 100);
	put_digits(text + 2, f.date.year % 100);
	put_digits(text + 5, f.date.month);
	put_digits(text + 8, f.date.day);
	put_digits(text + 11, f.hour);
	put_digits(text + 14, f.minute);
	put_digits(text + 17, f.second);
	return arena_copy_bytes(arena, text, sizeof(text) - 1);
}

const char *
clock_http(struct arena *arena, int64_t instant)
{
	const struct fields f = instant_fields(instant);

	return arena_format(arena, "%.3s, %02d %s %04d %02d:%02d:%02d GMT",
	    day_names[date_weekday(f.date)], f.date.day, month_names[f.date.month - 1], f.date.year,
	    f.hour, f.minute, f.second);
}

/* A reader over the text; once something did not fit, it stays failed. */
struct reader {
	const char *at;
	bool failed;
};

static void
read_literal(struct reader *reader, const char *literal)
{
	const size_t length = strlen(literal);

	if (reader->failed || strncmp(reader->at, literal, length) != 0) {
		reader->failed = true;
		return;
	}
	reader->at += length;
}

/* Exactly `digits` digits, the first of which may be a space if allowed. */
static int
read_digits(struct reader *reader, int digits, bool space_allowed)
{
	int number = 0;

	for (int i = 0; i < digits && !reader->failed; i++) {
		const char c = *reader->at;

		if (c >= '0' && c <= '9') {
			number = number * 10 + (c - '0');
		} else if (!(space_allowed && i == 0 && c == ' ')) {
			reader->failed = true;
			return 0;
		}
		reader->at++;
	}
	return number;
}

static int
read_month(struct reader *reader)
{
	for (int i = 0; i < 12 && !reader->failed; i++) {
		if (strncmp(reader->at, month_names[i], 3) == 0) {
			reader->at += 3;
			return i + 1;
		}
	}
	reader->failed = true;
	return 1;
}

static void
read_time(struct reader *reader, struct fields *fields)
{
	fields->hour = read_digits(reader, 2, false);
	read_literal(reader, ":");
	fields->minute = read_digits(reader, 2, false);
	read_literal(reader, ":");
	fields->second = read_digits(reader, 2, false);
}

/* "Nov  6 08:49:37 1994", after the name of the day. */
static void
read_asctime(struct reader *reader, struct fields *fields)
{
	fields->date.month = read_month(reader);
	read_literal(reader, " ");
	fields->date.day = read_digits(reader, 2, true);
	read_literal(reader, " ");
	read_time(reader, fields);
	read_literal(reader, " ");
	fields->date.year = read_digits(reader, 4, false);
}

/* "06 Nov 1994 08:49:37 GMT" or "06-Nov-94 08:49:37 GMT". */
static void
read_day_first(struct reader *reader, const char *separator, int year_digits, struct fields *fields)
{
	fields->date.day = read_digits(reader, 2, false);
	read_literal(reader, separator);
	fields->date.month = read_month(reader);
	read_literal(reader, separator);
	fields->date.year = read_digits(reader, year_digits, false);
	read_literal(reader, " ");
	read_time(reader, fields);
	read_literal(reader, " GMT");
}

static int64_t
fields_instant(const struct fields *fields)
{
	return date_days(fields->date) * CLOCK_DAY + fields->hour * CLOCK_HOUR +
	    fields->minute * CLOCK_MINUTE + fields->second;
}

/* The four-digit year of a two-digit one, RFC 9110 section 5.6.7. */
static void
choose_century(struct fields *fields, int64_t now)
{
	const struct fields today = instant_fields(now);
	struct fields limit = today;

	fields->date.year += today.date.year / 100 * 100;
	limit.date.year += 50;
	if (limit.date.month == 2 && limit.date.day == 29) {
		limit.date.day = 28;
	}
	if (date_is_valid(limit.date) &&
	    (fields->date.year > limit.date.year ||
		(date_is_valid(fields->date) && fields_instant(fields) > fields_instant(&limit)))) {
		fields->date.year -= 100;
	}
}

/* The weekday named, and the form of date that its name begins. */
static int
read_weekday(struct reader *reader, bool *is_long)
{
	for (int i = 0; i < 7; i++) {
		const size_t length = strlen(day_names[i]);

		if (strncmp(reader->at, day_names[i], length) == 0) {
			reader->at += length;
			*is_long = true;
			return i;
		}
		if (strncmp(reader->at, day_names[i], 3) == 0) {
			reader->at += 3;
			*is_long = false;
			return i;
		}
	}
	reader->failed = true;
	return 0;
}

bool
clock_http_read(const char *text, int64_t now, int64_t *instant)
{
	struct reader reader = { .at = text, .failed = text == NULL };
	struct fields fields = { 0 };
	bool is_long = false;
	int weekday;

	if (reader.failed) {
		return false;
	}
	weekday = read_weekday(&reader, &is_long);
	if (is_long) {
		read_literal(&reader, ", ");
		read_day_first(&reader, "-", 2, &fields);
		choose_century(&fields, now);
	} else if (*reader.at == ',') {
		read_literal(&reader, ", ");
		read_day_first(&reader, " ", 4, &fields);
	} else {
		read_literal(&reader, " ");
		read_asctime(&reader, &fields);
	}
	if (reader.failed || *reader.at != '\0' || !date_is_valid(fields.date) ||
	    fields.hour > 23 || fields.minute > 59 || fields.second > 60 ||
	    date_weekday(fields.date) != weekday) {
		return false;
	}
	*instant = fields_instant(&fields);
	return true;
}
