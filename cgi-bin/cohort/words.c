#include <inttypes.h>
#include <string.h>

#include "cohort.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "model/standup_plan.h"
#include "web/level.h"
#include "web/time.h"

enum { MINUTES_AN_HOUR = 60, WEEK_DAYS = 7 };

const char *
words_number(struct visit *visit, int64_t number)
{
	return arena_format(visit->arena, "%" PRId64, number);
}

const char *
words_djangonauts(struct visit *visit, int64_t count)
{
	if (count == 0) {
		return message(MESSAGE_COHORT_DJANGONAUTS_ZERO);
	}
	return count == 1
	    ? message(MESSAGE_COHORT_DJANGONAUTS_ONE)
	    : message_cohort_djangonauts_many(visit->arena, words_number(visit, count));
}

const char *
words_navigators(struct visit *visit, int64_t count)
{
	if (count == 0) {
		return message(MESSAGE_COHORT_NAVIGATORS_ZERO);
	}
	return count == 1
	    ? message(MESSAGE_COHORT_NAVIGATORS_ONE)
	    : message_cohort_navigators_many(visit->arena, words_number(visit, count));
}

const char *
words_seats(struct visit *visit, int64_t count)
{
	return count == 1 ? message(MESSAGE_COHORT_SEATS_ONE)
			  : message_cohort_seats_many(visit->arena, words_number(visit, count));
}

const char *
words_applicants(struct visit *visit, int64_t count)
{
	return count == 1
	    ? message(MESSAGE_COHORT_APPLICANTS_ONE)
	    : message_cohort_applicants_many(visit->arena, words_number(visit, count));
}

static const char *
week_now(struct visit *visit, const struct cohort *cohort)
{
	return words_number(visit, cohort_week_now(cohort, visit->now));
}

const char *
words_state(struct visit *visit, const struct cohort *cohort)
{
	switch (cohort_state(cohort, visit->now)) {
	case COHORT_DRAFT:
		return message(MESSAGE_COHORT_STATE_DRAFT);
	case COHORT_UPCOMING:
		return message(MESSAGE_COHORT_STATE_UPCOMING);
	case COHORT_OPEN:
		return message(MESSAGE_COHORT_STATE_OPEN);
	case COHORT_REVIEWING:
		return message(MESSAGE_COHORT_STATE_REVIEWING);
	case COHORT_OFFERING:
		return message(MESSAGE_COHORT_STATE_OFFERING);
	case COHORT_RUNNING:
		return message_cohort_state_running(
		    visit->arena, week_now(visit, cohort), words_number(visit, cohort->weeks));
	case COHORT_FINISHED:
	default:
		return message(MESSAGE_COHORT_STATE_FINISHED);
	}
}

static const char *
distance(struct visit *visit, int64_t instant)
{
	return time_distance(visit->arena, instant, visit->now);
}

const char *
words_where(struct visit *visit, const struct cohort *cohort)
{
	struct arena *arena = visit->arena;

	switch (cohort_state(cohort, visit->now)) {
	case COHORT_DRAFT:
		return message(MESSAGE_COHORT_WHERE_DRAFT);
	case COHORT_UPCOMING:
		return message_cohort_where_upcoming(arena, distance(visit, cohort->opens_at));
	case COHORT_OPEN:
		return message_cohort_where_open(arena, distance(visit, cohort->closes_at));
	case COHORT_REVIEWING:
		return message_cohort_where_reviewing(arena, distance(visit, cohort->starts_at));
	case COHORT_OFFERING:
		return message_cohort_where_offering(arena, distance(visit, cohort->starts_at));
	case COHORT_RUNNING:
		return message_cohort_where_running(
		    arena, week_now(visit, cohort), words_number(visit, cohort->weeks));
	case COHORT_FINISHED:
	default:
		return message_cohort_where_finished(arena, distance(visit, cohort->ends_at));
	}
}

static struct date
date_of(int64_t instant)
{
	return date_from_days(instant / CLOCK_DAY);
}

const char *
words_dates(struct visit *visit, const struct cohort *cohort)
{
	return time_span(
	    visit->arena, date_of(cohort->starts_at), date_of(cohort->ends_at - CLOCK_DAY));
}

const char *
words_window(struct visit *visit, const struct cohort *cohort)
{
	struct date first, last;

	if (!date_read(cohort->opens_on, &first) || !date_read(cohort->closes_on, &last)) {
		return NULL;
	}
	return time_span(visit->arena, first, last);
}

const char *
words_week(struct visit *visit, const struct cohort *cohort, int week)
{
	int64_t first = cohort_week_starts(cohort, week);

	return time_span(
	    visit->arena, date_of(first), date_of(first + (WEEK_DAYS - 1) * CLOCK_DAY));
}

const char *
words_level(struct visit *visit, int64_t level)
{
	return level_name(visit, visit->cohort, level);
}

const char *
words_levels(struct visit *visit, int64_t low, int64_t high)
{
	if (low == high) {
		return message_cohort_level_one(
		    visit->arena, words_number(visit, low), words_level(visit, low));
	}
	return message_cohort_level_band(visit->arena, words_number(visit, low),
	    words_number(visit, high), words_level(visit, low), words_level(visit, high));
}

/* Minutes since midnight of the "HH:MM" that the schema's CHECK let in. */
static int64_t
minutes_of(const char *time)
{
	return ((time[0] - '0') * 10 + (time[1] - '0')) * MINUTES_AN_HOUR + (time[3] - '0') * 10 +
	    (time[4] - '0');
}

const char *
words_meeting(struct visit *visit, const struct group *group)
{
	return message_cohort_meeting(visit->arena,
	    time_weekly(visit->arena, (int)group->meeting_weekday, minutes_of(group->meeting_time),
		group->meeting_zone),
	    words_number(visit, group->meeting_minutes));
}

const char *
words_meeting_yours(struct visit *visit, const struct cohort *cohort, const struct group *group)
{
	struct civil civil;

	if (text_equal(visit->zone, group->meeting_zone)) {
		return NULL;
	}
	civil = zone_civil(visit->zone, standup_instant(cohort, group, 1));
	return time_weekly(visit->arena, date_weekday(civil.date),
	    (int64_t)civil.hour * MINUTES_AN_HOUR + civil.minute, visit->zone);
}

const char *
words_role(const char *role)
{
	static const struct {
		const char *role;
		enum message words;
	} roles[] = {
		{ "djangonaut", MESSAGE_COHORT_ROLE_DJANGONAUT },
		{ "navigator", MESSAGE_COHORT_ROLE_NAVIGATOR },
		{ "captain", MESSAGE_COHORT_ROLE_CAPTAIN },
		{ "organiser", MESSAGE_COHORT_ROLE_ORGANISER },
		{ "reviewer", MESSAGE_REVIEW_ROLE_REVIEWER },
	};
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (strcmp(roles[i].role, role) == 0) {
			return message(roles[i].words);
		}
	}
	return NULL;
}

const char *
words_seated(struct visit *visit, const struct group_standing *standing)
{
	return message_cohort_seated_words(visit->arena, words_number(visit, standing->djangonauts),
	    words_number(visit, standing->capacity));
}

const char *
words_chat(const struct cohort *cohort)
{
	return text_empty(cohort->chat_name) ? message(MESSAGE_COHORT_CHAT_DEFAULT)
					     : cohort->chat_name;
}

const char *
words_percent(struct visit *visit, int64_t part, int64_t whole)
{
	int64_t percent = whole > 0 ? part * 100 / whole : part > 0 ? 100 : 0;

	return words_number(visit, percent > 100 ? 100 : percent);
}
