#include "web/hours.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "ground/clock.h"
#include "ground/date.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "web/form.h"
#include "web/message.h"
#include "web/time.h"

/* Some zones are a quarter of an hour apart from the others. */
enum { DAYS = 7, QUARTERS = 96, QUARTER_MINUTES = 15, QUARTERS_SLOT = 2 };

/* A week from Monday on. */
struct quarters {
	bool free[DAYS][QUARTERS];
};

const char *
hours_day_name(int day)
{
	static const enum message days[DAYS] = { MESSAGE_HOURS_MONDAY, MESSAGE_HOURS_TUESDAY,
		MESSAGE_HOURS_WEDNESDAY, MESSAGE_HOURS_THURSDAY, MESSAGE_HOURS_FRIDAY,
		MESSAGE_HOURS_SATURDAY, MESSAGE_HOURS_SUNDAY };

	return message(days[day]);
}

/* "10:00–12:00, 14:00–16:00", or NULL on a day without hours. */
static const char *
day_ranges(struct arena *arena, const bool day[QUARTERS])
{
	const char *ranges = NULL;
	int quarter, from;

	for (quarter = 0; quarter < QUARTERS; quarter++) {
		const char *range;

		if (!day[quarter]) {
			continue;
		}
		from = quarter;
		while (quarter < QUARTERS && day[quarter]) {
			quarter++;
		}
		range = message_hours_range(arena, time_clock(arena, from * QUARTER_MINUTES),
		    time_clock(arena, quarter * QUARTER_MINUTES));
		ranges = ranges == NULL ? range : message_hours_and(arena, ranges, range);
	}
	return ranges;
}

static const char *
days_name(struct arena *arena, int first, int last)
{
	return first == last
	    ? hours_day_name(first)
	    : message_hours_days(arena, hours_day_name(first), hours_day_name(last));
}

static const char *
week_words(struct arena *arena, const struct quarters *week, const char *zone)
{
	const char *ranges[DAYS], *words = NULL;
	int day, last;

	for (day = 0; day < DAYS; day++) {
		ranges[day] = day_ranges(arena, week->free[day]);
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

static bool
is_free(const struct slots *hours, int day, int quarter)
{
	return slots_has(hours, slots_number(day, quarter / QUARTERS_SLOT));
}

const char *
hours_words(struct arena *arena, const struct slots *hours, const char *zone)
{
	struct quarters week;

	for (int day = 0; day < DAYS; day++) {
		for (int quarter = 0; quarter < QUARTERS; quarter++) {
			week.free[day][quarter] = is_free(hours, day, quarter);
		}
	}
	return week_words(arena, &week, zone);
}

/* A quarter hour of a date here, on the clock elsewhere. */
static void
move(struct quarters *week, const char *zone, const char *elsewhere, struct date date, int quarter)
{
	struct civil civil = {
		.date = date, .hour = quarter / 4, .minute = quarter % 4 * QUARTER_MINUTES
	};
	struct civil there = zone_civil(elsewhere, zone_instant(zone, civil));

	week->free[date_weekday(there.date)][there.hour * 4 + there.minute / QUARTER_MINUTES] =
	    true;
}

const char *
hours_words_elsewhere(struct arena *arena, const struct slots *hours, const char *zone,
    const char *elsewhere, const struct cohort *cohort)
{
	struct date first = date_from_days(cohort->starts_at / CLOCK_DAY);
	struct quarters week = { { { false } } };

	for (int day = 0; day < DAYS; day++) {
		struct date date = date_add(first, day);

		for (int quarter = 0; quarter < QUARTERS; quarter++) {
			if (is_free(hours, date_weekday(date), quarter)) {
				move(&week, zone, elsewhere, date, quarter);
			}
		}
	}
	return week_words(arena, &week, elsewhere);
}

typedef const char *change_words_fn(
    struct arena *, const char *date, const char *week, const char *zone, const char *length);

/* How one change is told: clocks go forward, or back. */
struct change_words {
	change_words_fn *forward, *back;
};

/*
 * One change, or NULL when its date lies outside the cohort's weeks. The date
 * is the one on the clock that is about to be changed.
 */
static const char *
change_words(struct arena *arena, const char *zone, const struct zone_change *change,
    const struct cohort *cohort, struct change_words words)
{
	struct date date = date_from_days((change->at + change->before) / CLOCK_DAY);
	int64_t day = date_days(date) - cohort->starts_at / CLOCK_DAY;
	const char *length = time_length(arena, abs(change->after - change->before));
	const char *week;

	if (day < 0 || day >= (cohort->weeks + 1) * DAYS) {
		return NULL;
	}
	week = arena_format(arena, "%d", (int)(day / DAYS));
	return (change->after > change->before ? words.forward : words.back)(
	    arena, time_date(arena, date), week, zone, length);
}

static const char *
all_changes(
    struct arena *arena, const char *zone, const struct cohort *cohort, struct change_words told)
{
	/* No clock is further than a day from UTC. */
	int64_t from = cohort->starts_at - CLOCK_DAY, until = cohort->ends_at + CLOCK_DAY;
	struct zone_change change;
	const char *all = NULL;

	for (; zone_changes(zone, from, until, &change); from = change.at) {
		const char *words = change_words(arena, zone, &change, cohort, told);

		if (words != NULL) {
			all = all == NULL ? words : message_hours_changes_and(arena, all, words);
		}
	}
	return all;
}

const char *
hours_changes(struct arena *arena, const char *zone, const struct cohort *cohort)
{
	return all_changes(arena, zone, cohort,
	    (struct change_words){ message_hours_change_forward, message_hours_change_back });
}

const char *
hours_changes_elsewhere(struct arena *arena, const char *elsewhere, const struct cohort *cohort)
{
	return all_changes(arena, elsewhere, cohort,
	    (struct change_words){
		message_hours_change_forward_elsewhere, message_hours_change_back_elsewhere });
}

void
hours_note(struct form_values *values, size_t hours, size_t zone, const struct cohort *cohort)
{
	const char *name = values->values[zone].text;

	if (zone_exists(name)) {
		form_note(values, hours, hours_changes(values->arena, name, cohort));
	}
}
