/* POSIX TZ strings: how clocks change in all years to come. */

#include <string.h>

#include "ground/clock.h"
#include "ground/date.h"
#include "zone_data.h"

#define RULE_HOURS_MAX 167 /* RFC 8536 section 3.3.1 */
#define OFFSET_HOURS_MAX 24

/* A reader over the string; once something did not fit, it stays failed. */
struct reader {
	const char *at, *end;
	bool failed;
};

/* The next character, NUL at the end. */
static char
peek(const struct reader *reader)
{
	return reader->at < reader->end ? *reader->at : '\0';
}

static bool
skip(struct reader *reader, char character)
{
	if (peek(reader) != character || character == '\0') {
		return false;
	}
	reader->at++;
	return true;
}

static void
need(struct reader *reader, bool condition)
{
	reader->failed = reader->failed || !condition;
}

static int
read_number(struct reader *reader, int min, int max)
{
	int number = 0, digits = 0;

	while (peek(reader) >= '0' && peek(reader) <= '9' && digits < 4) {
		number = number * 10 + (*reader->at++ - '0');
		digits++;
	}
	need(reader, digits > 0 && number >= min && number <= max);
	return number;
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static int
read_time(struct reader *reader, int hours_max)
{
	const bool is_negative = skip(reader, '-');
	int seconds;

	if (!is_negative) {
		skip(reader, '+');
	}
	seconds = read_number(reader, 0, hours_max) * CLOCK_HOUR;
	if (skip(reader, ':')) {
		seconds += read_number(reader, 0, 59) * CLOCK_MINUTE;
		if (skip(reader, ':')) {
			seconds += read_number(reader, 0, 59);
		}
	}
	return is_negative ? -seconds : seconds;
}

static bool
is_letter(char character)
{
	return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

static bool
is_quoted_character(char character)
{
	return is_letter(character) || character == '+' || character == '-' ||
	    (character >= '0' && character <= '9');
}

/* "CET", or "<+0545>" when it is not made of letters: nobody asks for it. */
static void
read_name(struct reader *reader)
{
	const bool is_quoted = skip(reader, '<');
	const char *const start = reader->at;
	size_t length;

	while (is_quoted ? is_quoted_character(peek(reader)) : is_letter(peek(reader))) {
		reader->at++;
	}
	length = (size_t)(reader->at - start);
	need(reader, length >= 3 && length <= ZONE_ABBREVIATION_MAX);
	if (is_quoted) {
		need(reader, skip(reader, '>'));
	}
}

/* ",M3.5.0/2", ",J60" or ",59/1:30". */
static void
read_turn(struct reader *reader, struct zone_turn *turn)
{
	need(reader, skip(reader, ','));
	if (skip(reader, 'M')) {
		turn->kind = TURN_MONTH;
		turn->month = read_number(reader, 1, 12);
		need(reader, skip(reader, '.'));
		turn->week = read_number(reader, 1, 5);
		need(reader, skip(reader, '.'));
		turn->weekday = read_number(reader, 0, 6);
	} else if (skip(reader, 'J')) {
		turn->kind = TURN_JULIAN;
		turn->day = read_number(reader, 1, 365);
	} else {
		turn->kind = TURN_DAY;
		turn->day = read_number(reader, 0, 365);
	}
	turn->seconds = 2 * CLOCK_HOUR;
	if (skip(reader, '/')) {
		turn->seconds = read_time(reader, RULE_HOURS_MAX);
	}
}

bool
zone_rule_read(const char *text, size_t length, struct zone_rule *rule)
{
	struct reader reader = { .at = text, .end = text + length };

	memset(rule, 0, sizeof(*rule));
	/* POSIX counts west of Greenwich, the world counts east. */
	read_name(&reader);
	rule->standard.offset = -read_time(&reader, OFFSET_HOURS_MAX);
	if (reader.at == reader.end) {
		return !reader.failed;
	}
	rule->has_daylight = true;
	read_name(&reader);
	rule->daylight.offset = rule->standard.offset + CLOCK_HOUR;
	if (peek(&reader) != ',') {
		rule->daylight.offset = -read_time(&reader, OFFSET_HOURS_MAX);
	}
	read_turn(&reader, &rule->begin);
	read_turn(&reader, &rule->end);
	return !reader.failed && reader.at == reader.end;
}

/* The day in that year on which clocks change, since 1970-01-01. */
static int64_t
turn_day(const struct zone_turn *turn, int year)
{
	const struct date new_year = { year, 1, 1 };
	struct date first = { year, turn->month, 1 };
	int64_t days;
	int length, offset;

	if (turn->kind != TURN_MONTH) {
		days = date_days(new_year) + turn->day;
		if (turn->kind == TURN_DAY) {
			return days;
		}
		/* Day 60 is 1 March also in a leap year. */
		return turn->day >= 60 && date_month_length(year, 2) == 29 ? days : days - 1;
	}
	/* The first such weekday of the month, then weeks on. */
	offset = (turn->weekday - (date_weekday(first) + 1) % 7 + 7) % 7;
	offset += (turn->week - 1) * 7;
	length = date_month_length(year, turn->month);
	while (offset >= length) {
		offset -= 7;
	}
	return date_days(first) + offset;
}

struct change {
	int64_t instant;
	const struct zone_type *type; /* from then on */
};

/* Insert, keeping order; of two at one instant the later inserted is last. */
static void
add_change(struct change *changes, size_t *count, int64_t instant, const struct zone_type *type)
{
	size_t place = (*count)++;

	for (; place > 0 && changes[place - 1].instant > instant; place--) {
		changes[place] = changes[place - 1];
	}
	changes[place] = (struct change){ .instant = instant, .type = type };
}

static int
year_of(int64_t instant)
{
	const int year = date_from_days(instant / CLOCK_DAY).year;

	return year < 2 ? 2 : year > 9998 ? 9998 : year;
}

struct zone_span
zone_rule_span(const struct zone_rule *rule, int64_t instant)
{
	struct zone_span span = { .from = INT64_MIN, .until = INT64_MAX, .type = &rule->standard };
	struct change changes[6];
	size_t count = 0;
	int year;

	if (!rule->has_daylight) {
		return span;
	}
	/* A year's changes may fall into its neighbours by a week. */
	year = year_of(instant);
	for (int y = year - 1; y <= year + 1; y++) {
		add_change(changes, &count,
		    turn_day(&rule->begin, y) * CLOCK_DAY + rule->begin.seconds -
			rule->standard.offset,
		    &rule->daylight);
		add_change(changes, &count,
		    turn_day(&rule->end, y) * CLOCK_DAY + rule->end.seconds - rule->daylight.offset,
		    &rule->standard);
	}
	for (size_t i = 0; i < count; i++) {
		if (changes[i].instant > instant) {
			span.until = changes[i].instant;
			break;
		}
		span.from = changes[i].instant;
		span.type = changes[i].type;
	}
	return span;
}
