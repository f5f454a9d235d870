#include "ground/clock.h"
#include "ground/date.h"
#include "ground/zone.h"
#include "model/application.h"

/* No zone in use has an offset that is not a multiple of a quarter hour. */
#define QUARTER_SECONDS ((int64_t)15 * CLOCK_MINUTE)
#define QUARTERS_DAY 96
#define QUARTERS_WEEK (7 * QUARTERS_DAY)

/* Days from Sunday, as slots count them, of the date some days after 1970. */
static int64_t
days_from_sunday(struct date date)
{
	return (date_weekday(date) + 1) % 7;
}

/* The quarter hour of the week, from Sunday 00:00 UTC, of an instant. */
static size_t
quarter_of(int64_t instant)
{
	int64_t quarter = instant / QUARTER_SECONDS % QUARTERS_WEEK;

	/* 1970-01-01 was a Thursday, four days after a Sunday. */
	return (size_t)((quarter + 4 * QUARTERS_DAY) % QUARTERS_WEEK);
}

/* Marks the two quarters of a half hour as a zone's clock shows it. */
static void
mark(bool free_quarters[QUARTERS_WEEK], const char *zone, struct date date, int half_hour)
{
	for (int quarter = 0; quarter < 2; quarter++) {
		struct civil civil = { .date = date,
			.hour = half_hour / 2,
			.minute = half_hour % 2 * 30 + quarter * 15 };

		free_quarters[quarter_of(zone_instant(zone, civil))] = true;
	}
}

struct slots
application_hours_utc(const struct slots *hours, const char *zone, int64_t week_starts)
{
	bool free_quarters[QUARTERS_WEEK] = { false };
	struct date first = date_from_days(week_starts / CLOCK_DAY);
	struct slots utc = { { 0 } };

	for (int day = 0; day < 7; day++) {
		struct date date = date_add(first, day);
		size_t slot = (size_t)days_from_sunday(date) * SLOTS_DAY;

		for (int half_hour = 0; half_hour < SLOTS_DAY; half_hour++) {
			if (slots_has(hours, slot + (size_t)half_hour)) {
				mark(free_quarters, zone, date, half_hour);
			}
		}
	}
	for (size_t slot = 0; slot < SLOTS_COUNT; slot++) {
		if (free_quarters[2 * slot] && free_quarters[2 * slot + 1]) {
			slots_set(&utc, slot);
		}
	}
	return utc;
}
