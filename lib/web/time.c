#include <inttypes.h>

#include "ground/clock.h"
#include "ground/zone.h"
#include "web/message.h"
#include "web/time.h"

static const char *
month_name(int month)
{
	static const enum message months[] = { MESSAGE_WEB_MONTH_JANUARY,
		MESSAGE_WEB_MONTH_FEBRUARY, MESSAGE_WEB_MONTH_MARCH, MESSAGE_WEB_MONTH_APRIL,
		MESSAGE_WEB_MONTH_MAY, MESSAGE_WEB_MONTH_JUNE, MESSAGE_WEB_MONTH_JULY,
		MESSAGE_WEB_MONTH_AUGUST, MESSAGE_WEB_MONTH_SEPTEMBER, MESSAGE_WEB_MONTH_OCTOBER,
		MESSAGE_WEB_MONTH_NOVEMBER, MESSAGE_WEB_MONTH_DECEMBER };

	return month < 1 || month > 12 ? "" : message(months[month - 1]);
}

const char *
time_weekday(int weekday)
{
	static const enum message days[] = { MESSAGE_WEB_WEEKDAY_MONDAY,
		MESSAGE_WEB_WEEKDAY_TUESDAY, MESSAGE_WEB_WEEKDAY_WEDNESDAY,
		MESSAGE_WEB_WEEKDAY_THURSDAY, MESSAGE_WEB_WEEKDAY_FRIDAY,
		MESSAGE_WEB_WEEKDAY_SATURDAY, MESSAGE_WEB_WEEKDAY_SUNDAY };

	return weekday < 0 || weekday > 6 ? "" : message(days[weekday]);
}

static const char *
weekday_plural(int weekday)
{
	static const enum message days[] = { MESSAGE_WEB_WEEKLY_MONDAY, MESSAGE_WEB_WEEKLY_TUESDAY,
		MESSAGE_WEB_WEEKLY_WEDNESDAY, MESSAGE_WEB_WEEKLY_THURSDAY,
		MESSAGE_WEB_WEEKLY_FRIDAY, MESSAGE_WEB_WEEKLY_SATURDAY, MESSAGE_WEB_WEEKLY_SUNDAY };

	return weekday < 0 || weekday > 6 ? "" : message(days[weekday]);
}

static const char *
number(struct arena *arena, int64_t value)
{
	return arena_format(arena, "%" PRId64, value);
}

const char *
time_clock(struct arena *arena, int64_t minutes)
{
	return arena_format(arena, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

const char *
time_date(struct arena *arena, struct date date)
{
	return message_web_time_date(arena, time_weekday(date_weekday(date)),
	    number(arena, date.day), month_name(date.month), number(arena, date.year));
}

static const char *
date_plain(struct arena *arena, struct date date)
{
	return message_web_time_day(
	    arena, number(arena, date.day), month_name(date.month), number(arena, date.year));
}

const char *
time_date_short(struct arena *arena, struct date date)
{
	return message_web_time_day_short(arena, number(arena, date.day), month_name(date.month));
}

const char *
time_words(struct arena *arena, const char *zone, int64_t instant)
{
	struct civil civil = zone_civil(zone, instant);

	return message_web_time_words(arena, time_date(arena, civil.date),
	    time_clock(arena, civil.hour * 60 + civil.minute), zone);
}

const char *
time_day(struct arena *arena, const char *zone, int64_t instant)
{
	return date_plain(arena, zone_civil(zone, instant).date);
}

const char *
time_span(struct arena *arena, struct date first, struct date last)
{
	const char *begin;

	if (first.year != last.year) {
		begin = date_plain(arena, first);
	} else if (first.month != last.month) {
		begin = time_date_short(arena, first);
	} else if (first.day != last.day) {
		begin = number(arena, first.day);
	} else {
		return date_plain(arena, last);
	}
	return message_web_time_span(arena, begin, date_plain(arena, last));
}

const char *
time_weekly(struct arena *arena, int weekday, int64_t minutes, const char *zone)
{
	return message_web_time_weekly(
	    arena, weekday_plural(weekday), time_clock(arena, minutes), zone);
}

const char *
time_length(struct arena *arena, int64_t seconds)
{
	int64_t minutes = seconds / CLOCK_MINUTE;
	int64_t hours = seconds / CLOCK_HOUR;
	int64_t days = seconds / CLOCK_DAY;

	if (days >= 14) {
		return message_web_time_weeks(arena, number(arena, days / 7));
	}
	if (days > 0) {
		return days == 1 ? message(MESSAGE_WEB_TIME_DAY_ONE)
				 : message_web_time_days(arena, number(arena, days));
	}
	if (hours > 0) {
		return hours == 1 ? message(MESSAGE_WEB_TIME_HOUR)
				  : message_web_time_hours(arena, number(arena, hours));
	}
	return minutes <= 1 ? message(MESSAGE_WEB_TIME_MINUTE)
			    : message_web_time_minutes(arena, number(arena, minutes));
}

const char *
time_distance(struct arena *arena, int64_t instant, int64_t now)
{
	if (instant > now - CLOCK_MINUTE && instant < now + CLOCK_MINUTE) {
		return message(MESSAGE_WEB_TIME_NOW);
	}
	if (instant > now) {
		return message_web_time_in(arena, time_length(arena, instant - now));
	}
	return message_web_time_ago(arena, time_length(arena, now - instant));
}

const char *
time_machine(struct arena *arena, int64_t instant)
{
	return clock_rfc3339(arena, instant);
}
