#include <stddef.h>

#include "ground/text.h"
#include "web/hours.h"
#include "web/message.h"
#include "web/time.h"

enum { DAYS = 7, HALF_HOUR_MINUTES = 30 };

static const char *
day_name(int day)
{
	static const enum message days[DAYS] = { MESSAGE_HOURS_MONDAY, MESSAGE_HOURS_TUESDAY,
		MESSAGE_HOURS_WEDNESDAY, MESSAGE_HOURS_THURSDAY, MESSAGE_HOURS_FRIDAY,
		MESSAGE_HOURS_SATURDAY, MESSAGE_HOURS_SUNDAY };

	return message(days[day]);
}

static bool
is_free(const struct slots *hours, int day, int half)
{
	return half < SLOTS_DAY && slots_has(hours, slots_number(day, half));
}

/* "10:00–12:00, 14:00–16:00", or NULL on a day without hours. */
static const char *
day_ranges(struct arena *arena, const struct slots *hours, int day)
{
	const char *ranges = NULL;
	int half, from;

	for (half = 0; half < SLOTS_DAY; half++) {
		const char *range;

		if (!is_free(hours, day, half)) {
			continue;
		}
		from = half;
		while (is_free(hours, day, half)) {
			half++;
		}
		range = message_hours_range(arena, time_clock(arena, from * HALF_HOUR_MINUTES),
		    time_clock(arena, half * HALF_HOUR_MINUTES));
		ranges = ranges == NULL ? range : message_hours_and(arena, ranges, range);
	}
	return ranges;
}

static const char *
days_name(struct arena *arena, int first, int last)
{
	return first == last ? day_name(first)
			     : message_hours_days(arena, day_name(first), day_name(last));
}

const char *
hours_words(struct arena *arena, const struct slots *hours, const char *zone)
{
	const char *ranges[DAYS], *words = NULL;
	int day, last;

	for (day = 0; day < DAYS; day++) {
		ranges[day] = day_ranges(arena, hours, day);
	}
	for (day = 0; day < DAYS; day = last + 1) {
		const char *line;

		last = day;
		if (ranges[day] == NULL) {
			continue;
		}
		while (last + 1 < DAYS && text_equal(ranges[last + 1], ranges[day])) {
			last++;
		}
		line = message_hours_of_day(arena, days_name(arena, day, last), ranges[day]);
		words = words == NULL ? line : message_hours_then(arena, words, line);
	}
	return words == NULL ? message(MESSAGE_HOURS_NONE)
			     : message_hours_in_zone(arena, words, zone);
}
