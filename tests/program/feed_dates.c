#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unistr.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "feed_dates.h"
#include "ground/bytes.h"
#include "model/calendar.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/programme.h"
#include "web/calendar.h"

void
dates_follow(struct harness *harness)
{
	struct db *db = harness_db(harness);

	assert_true(db_begin_write(db));
	assert_true(calendar_follow_due(db, harness_arena(harness), harness_now(harness)));
	assert_true(db_commit(db));
	feed_cache_clear();
}

void
dates_change(struct harness *harness, const char *sql)
{
	harness_run_sql(harness, sql);
	dates_follow(harness);
}

int
dates_set_up(void **state)
{
	int result = community_set_up(state);

	dates_change(*state,
	    "INSERT INTO cohort_week (cohort_id, number, theme, objectives) VALUES"
	    " (1, 0, 'Getting ready', ''), (1, 1, '', ''), (1, 2, 'Reading code', '')");
	return result;
}

void
dates_meeting(struct harness *harness, const char *title, int audience)
{
	dates_change(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO meeting (cohort_id, key, title, starts_at, ends_at, zone, audience,"
		" link, created_at) SELECT 1, 'k' || count(*), '%s', 1796065200, 1796068800,"
		" 'Europe/Vienna', %d, 'https://room.example.org/' || count(*), 1 FROM meeting",
		title, audience));
}

static const char *
unfolded(struct harness *harness, const char *text)
{
	struct bytes *out = bytes_new(harness_arena(harness));
	const char *line = text;

	assert_null(u8_check((const uint8_t *)text, strlen(text)));
	while (*line != '\0') {
		const char *end = strstr(line, "\r\n");
		size_t length;

		assert_non_null(end);
		length = (size_t)(end - line);
		if (length > 75 || memchr(line, '\n', length) != NULL ||
		    memchr(line, '\r', length) != NULL ||
		    u8_check((const uint8_t *)line, length) != NULL) {
			fail_msg("no line of RFC 5545: %.*s", (int)length, line);
		}
		if (line != text && *line != ' ') {
			bytes_text(out, "\n");
		}
		bytes_append(out, *line == ' ' ? line + 1 : line, length - (*line == ' '));
		line = end + 2;
	}
	return out->data;
}

const char *
dates_public(struct harness *harness)
{
	feed_cache_clear();
	harness_get(harness, DATES_CALENDAR);
	harness_expect_status(harness, 200);
	return unfolded(harness, harness_body_text(harness));
}

const char *
dates_event(struct harness *harness, const char *calendar, const char *text)
{
	const char *begin = strstr(calendar, "BEGIN:VEVENT");

	while (begin != NULL) {
		const char *end = strstr(begin, "END:VEVENT");
		const char *found = strstr(begin, text);

		assert_non_null(end);
		if (found != NULL && found < end) {
			return arena_copy_bytes(
			    harness_arena(harness), begin, (size_t)(end - begin));
		}
		begin = strstr(end, "BEGIN:VEVENT");
	}
	return NULL;
}

const char *
dates_value(struct harness *harness, const char *event, const char *name)
{
	const char *line = event == NULL
	    ? NULL
	    : strstr(event, arena_format(harness_arena(harness), "\n%s", name));
	const char *from;

	if (line == NULL) {
		return NULL;
	}
	from = line + 1 + strlen(name);
	return arena_copy_bytes(harness_arena(harness), from, strcspn(from, "\n"));
}

size_t
dates_count(const char *text, const char *part)
{
	size_t found = 0;

	for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part)) {
		found++;
	}
	return found;
}

void
dates_expect(struct harness *harness, const char *event, const char *name, const char *expected)
{
	const char *found = dates_value(harness, event, name);

	if (found == NULL || strcmp(found, expected) != 0) {
		fail_msg("%s is \"%s\", not \"%s\" in\n%s", name, found == NULL ? "(none)" : found,
		    expected, event == NULL ? "(no event)" : event);
	}
}

const char *
dates_of_person(struct harness *harness, int64_t person)
{
	struct db *db = harness_db(harness);
	struct arena *arena = harness_arena(harness);
	struct programme programme;
	struct cohort cohort;
	struct group group;
	struct bytes *calendar;

	assert_true(db_begin_read(db));
	assert_true(programme_read(db, arena, &programme));
	assert_true(cohort_find(db, arena, "orion", &cohort));
	assert_true(group_find(db, arena, cohort.id, "deneb", &group));
	calendar = person == 0
	    ? calendar_of_group(db, arena, harness_site(harness), &programme, &cohort, &group)
	    : calendar_of_person(
		  db, arena, harness_site(harness), &programme, person, harness_now(harness));
	assert_non_null(calendar);
	assert_true(db_commit(db));
	return unfolded(harness, calendar->data);
}

const char *
dates_of_group(struct harness *harness)
{
	return dates_of_person(harness, 0);
}
