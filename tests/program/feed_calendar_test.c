/*
 * A cohort's public calendar: what it tells, and over HTTP (RFC 5545; feed.md,
 * "Calendars"). What parsers that are not ours make of it is for
 * tests/integration/calendar.test.js.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "feed_dates.h"
#include "ground/bytes.h"
#include "ground/clock.h"

/* ---- the public calendar ---- */

static void
a_cohort_tells_its_dates_as_days(void **state)
{
	struct harness *h = *state;
	const char *calendar = dates_public(h);
	const char *event = dates_event(h, calendar, "SUMMARY:Applications for Orion open");

	assert_string_equal(harness_header(h, "Content-Type"), "text/calendar; charset=utf-8");
	assert_ptr_equal(strstr(calendar, "BEGIN:VCALENDAR\nVERSION:2.0\n"), calendar);
	dates_expect(h, calendar, "NAME:", "Orion – Test Programme");
	dates_expect(h, event, "DTSTART;VALUE=DATE:", "20260901");
	dates_expect(h, event, "DTEND;VALUE=DATE:", "20260902");
	dates_expect(h, event, "TRANSP:", "TRANSPARENT");
	event = dates_event(h, calendar, "SUMMARY:Applications for Orion close");
	dates_expect(h, event, "DTSTART;VALUE=DATE:", "20261001");
	event = dates_event(h, calendar, "SUMMARY:Orion begins");
	dates_expect(h, event, "DTSTART;VALUE=DATE:", "20261101");
	event = dates_event(h, calendar, "SUMMARY:Orion ends");
	dates_expect(h, event, "DTSTART;VALUE=DATE:", "20270102");
	event = dates_event(h, calendar, "week 2\\, Reading code");
	dates_expect(h, event, "DTSTART;VALUE=DATE:", "20261115");
	dates_expect(h, event, "DTEND;VALUE=DATE:", "20261122");
	dates_expect(h, event, "URL:", "http://localhost:8080/cohort/orion");
	assert_non_null(dates_event(h, calendar, "SUMMARY:Orion: week 1\n"));
	assert_int_equal(dates_count(calendar, "BEGIN:VEVENT"), 7);
	assert_null(strstr(calendar, "stand-up"));
}

static void
a_public_meeting_is_told_without_its_link(void **state)
{
	struct harness *h = *state;
	const char *calendar, *event;

	dates_meeting(h, "Opening", 4);
	dates_meeting(h, "For members", 3);
	dates_meeting(h, "For the crew", 2);
	dates_meeting(h, "For organisers", 1);
	calendar = dates_public(h);
	event = dates_event(h, calendar, "SUMMARY:Opening\n");
	dates_expect(h, event, "DTSTART:", "20261130T190000Z");
	dates_expect(h, event, "DTEND:", "20261130T200000Z");
	dates_expect(h, event, "STATUS:", "CONFIRMED");
	assert_null(strstr(calendar, "room.example.org"));
	assert_null(strstr(calendar, "LOCATION"));
	assert_null(strstr(calendar, "For "));
	assert_int_equal(dates_count(calendar, "BEGIN:VEVENT"), 8);
}

static void
an_event_keeps_its_uid_and_counts_its_changes(void **state)
{
	struct harness *h = *state;
	const char *uid, *calendar, *event, *other;

	dates_meeting(h, "Opening", 4);
	calendar = dates_public(h);
	uid = dates_value(h, dates_event(h, calendar, "SUMMARY:Opening"), "UID:");
	other = dates_event(h, calendar, "SUMMARY:Orion ends");
	dates_expect(h, dates_event(h, calendar, uid), "SEQUENCE:", "0");
	harness_set_now(h, harness_now(h) + 60);
	dates_change(
	    h, "UPDATE meeting SET starts_at = starts_at + 3600, ends_at = ends_at + 3600");
	calendar = dates_public(h);
	event = dates_event(h, calendar, uid);
	dates_expect(h, event, "SEQUENCE:", "1");
	dates_expect(h, event, "DTSTART:", "20261130T200000Z");
	dates_expect(h, event, "DTSTAMP:", "20261122T082420Z");
	dates_expect(h, event, "CREATED:", "20261122T082320Z");
	/* What did not change says so, to the byte. */
	assert_string_equal(dates_event(h, calendar, "SUMMARY:Orion ends"), other);
	/* Written in the same words, it did not change. */
	harness_set_now(h, harness_now(h) + 60);
	dates_change(h, "UPDATE meeting SET title = title, revision = revision + 1");
	assert_string_equal(dates_public(h), calendar);
}

static void
what_is_off_stays_cancelled(void **state)
{
	struct harness *h = *state;
	const char *meeting_uid, *week_uid, *calendar;

	dates_meeting(h, "Opening", 4);
	calendar = dates_public(h);
	meeting_uid = dates_value(h, dates_event(h, calendar, "SUMMARY:Opening"), "UID:");
	week_uid = dates_value(h, dates_event(h, calendar, "Reading code"), "UID:");
	harness_set_now(h, harness_now(h) + 60);
	dates_change(
	    h, "UPDATE meeting SET cancelled_at = 5; DELETE FROM cohort_week WHERE number = 2");
	calendar = dates_public(h);
	dates_expect(h, dates_event(h, calendar, meeting_uid), "STATUS:", "CANCELLED");
	dates_expect(h, dates_event(h, calendar, meeting_uid), "SEQUENCE:", "1");
	dates_expect(h, dates_event(h, calendar, meeting_uid), "SUMMARY:", "Opening");
	dates_expect(h, dates_event(h, calendar, week_uid), "STATUS:", "CANCELLED");
	/* The week is there again: under its old UID. */
	harness_set_now(h, harness_now(h) + 60);
	dates_change(h,
	    "INSERT INTO cohort_week (cohort_id, number, theme, objectives)"
	    " VALUES (1, 2, 'Reading code', '')");
	calendar = dates_public(h);
	dates_expect(h, dates_event(h, calendar, week_uid), "STATUS:", "CONFIRMED");
	dates_expect(h, dates_event(h, calendar, week_uid), "SEQUENCE:", "2");
	assert_int_equal(dates_count(calendar, "BEGIN:VEVENT"), 8);
}

/* Whoever has the event must not go there; nobody else hears of it. */
static void
a_meeting_that_is_public_no_more_is_off_and_tells_nothing(void **state)
{
	struct harness *h = *state;
	const char *uid, *calendar, *event;

	dates_meeting(h, "Opening", 4);
	uid = dates_value(h, dates_event(h, dates_public(h), "SUMMARY:Opening"), "UID:");
	dates_change(h, "UPDATE meeting SET audience = 2, title = 'Crew only'");
	calendar = dates_public(h);
	event = dates_event(h, calendar, uid);
	dates_expect(h, event, "STATUS:", "CANCELLED");
	dates_expect(h, event, "SUMMARY:", "Cancelled");
	dates_expect(h, event, "SEQUENCE:", "1");
	assert_null(strstr(calendar, "Crew only"));
	assert_null(strstr(calendar, "Opening"));
	assert_non_null(strstr(dates_of_person(h, 1), "SUMMARY:Crew only"));
	/* Nor when it is now. */
	dates_change(
	    h, "UPDATE meeting SET starts_at = starts_at + 7200, ends_at = ends_at + 7200");
	event = dates_event(h, dates_public(h), uid);
	dates_expect(h, event, "DTSTART:", "20261130T190000Z");
	dates_expect(h, event, "DTEND:", "20261130T200000Z");
	event = dates_event(h, dates_of_person(h, 1), uid);
	dates_expect(h, event, "DTSTART:", "20261130T210000Z");
	dates_change(h, "UPDATE meeting SET audience = 4");
	event = dates_event(h, dates_public(h), uid);
	dates_expect(h, event, "STATUS:", "CONFIRMED");
	dates_expect(h, event, "DTSTART:", "20261130T210000Z");
}

static void
any_text_fits_into_lines(void **state)
{
	struct harness *h = *state;
	const char *calendar;

	dates_meeting(h,
	    "One, two; three\\four: \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"
	    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"
	    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 e\xcc\x81",
	    4);
	dates_change(h,
	    "UPDATE cohort_week SET theme = 'A' || char(7) || 'B' || char(13, 10) ||"
	    " 'END:VEVENT' || char(0x202e) || 'C' || char(0xfffe) WHERE number = 2");
	calendar = dates_public(h);
	assert_non_null(dates_event(h, calendar,
	    "SUMMARY:One\\, two\\; three\\\\four: \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"
	    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"
	    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 e\xcc\x81\n"));
	assert_non_null(dates_event(h, calendar,
	    "week 2\\, \xe2\x81\xa8"
	    "AB END:VEVENT\xe2\x80\xae"
	    "C\xe2\x81\xa9\n"));
	assert_int_equal(dates_count(calendar, "BEGIN:VEVENT"), 8);
}

static void
a_long_title_of_any_script_is_folded_between_characters(void **state)
{
	static const char *const letters[] = { "x", "é", "日", "\xf0\x9f\x8e\x89" };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		for (size_t length = 110; length <= 120; length++) {
			struct bytes *title = bytes_new(harness_arena(h));

			for (size_t at = 0; at < length; at++) {
				bytes_text(title, at == length / 2 ? "," : letters[i]);
			}
			dates_change(h, "DELETE FROM meeting");
			dates_meeting(h, title->data, 4);
			/* unfolded() looks at each line. */
			assert_non_null(strstr(dates_public(h),
			    arena_copy_bytes(harness_arena(h), title->data, length / 2)));
		}
	}
}

/* ---- over HTTP ---- */

static const char *
header(struct harness *harness, const char *name)
{
	return arena_copy(harness_arena(harness), harness_header(harness, name));
}

static void
a_calendar_is_asked_for_like_a_feed(void **state)
{
	struct harness *h = *state;
	const char *tag, *modified;

	harness_set_now(h, HARNESS_NOW + CLOCK_DAY);
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 200);
	tag = header(h, "ETag");
	modified = header(h, "Last-Modified");
	assert_string_equal(header(h, "Cache-Control"), "public, max-age=60");
	assert_string_equal(header(h, "Vary"), "Accept-Encoding");
	assert_string_equal(header(h, "Access-Control-Allow-Origin"), "*");
	assert_null(harness_header(h, "Set-Cookie"));
	harness_variable(h, "HTTP_IF_NONE_MATCH", tag);
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 304);
	assert_int_equal(harness_body_length(h), 0);
	assert_string_equal(header(h, "ETag"), tag);
	harness_variable(h, "HTTP_IF_MODIFIED_SINCE", modified);
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 304);
	harness_variable(h, "HTTP_ACCEPT_ENCODING", "gzip");
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 200);
	assert_string_equal(header(h, "Content-Encoding"), "gzip");
	assert_string_not_equal(header(h, "ETag"), tag);
	harness_head(h, DATES_CALENDAR);
	harness_expect_status(h, 200);
	assert_int_equal(harness_body_length(h), 0);
	assert_string_equal(header(h, "ETag"), tag);
	harness_send(h, "POST", DATES_CALENDAR);
	harness_expect_status(h, 405);
}

static void
another_calendar_has_another_tag_and_the_same_one_the_same(void **state)
{
	struct harness *h = *state;
	const char *tag, *body;

	harness_get(h, DATES_CALENDAR);
	tag = header(h, "ETag");
	body = arena_copy(harness_arena(h), harness_body_text(h));
	/* As another worker has it, and a day later. */
	feed_cache_clear();
	harness_set_now(h, harness_now(h) + CLOCK_DAY);
	harness_get(h, DATES_CALENDAR);
	assert_string_equal(header(h, "ETag"), tag);
	assert_string_equal(harness_body_text(h), body);
	/* Even within the second in which it changed. */
	dates_meeting(h, "Opening", 4);
	harness_variable(h, "HTTP_IF_NONE_MATCH", tag);
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 200);
	assert_string_not_equal(header(h, "ETag"), tag);
}

static void
what_asks_by_date_alone_misses_no_change(void **state)
{
	struct harness *h = *state;
	const char *modified;

	harness_set_now(h, HARNESS_NOW + CLOCK_DAY);
	harness_get(h, DATES_CALENDAR);
	modified = header(h, "Last-Modified");
	harness_set_now(h, HARNESS_NOW + 5000);
	dates_meeting(h, "Opening", 4);
	harness_run_sql(h, "UPDATE programme SET name = 'Renamed'");
	harness_set_now(h, HARNESS_NOW + CLOCK_DAY);
	harness_variable(h, "HTTP_IF_MODIFIED_SINCE", modified);
	feed_cache_clear();
	harness_get(h, DATES_CALENDAR);
	harness_expect_status(h, 200);
	harness_expect(h, "NAME:Orion – Renamed");
}

static void
a_draft_and_a_cohort_that_never_was_have_none(void **state)
{
	harness_get(*state, "/feed/draco.ics");
	harness_expect_status(*state, 404);
	harness_variable(*state, "HTTP_IF_NONE_MATCH", "*");
	harness_get(*state, "/feed/nowhere.ics");
	harness_expect_status(*state, 404);
	harness_get(*state, "/feed/cygnus.ics");
	harness_expect_status(*state, 200);
}

int
main(void)
{
#define calendar_test(test) cmocka_unit_test_setup_teardown(test, dates_set_up, community_tear_down)
	const struct CMUnitTest tests[] = {
		calendar_test(a_cohort_tells_its_dates_as_days),
		calendar_test(a_public_meeting_is_told_without_its_link),
		calendar_test(an_event_keeps_its_uid_and_counts_its_changes),
		calendar_test(what_is_off_stays_cancelled),
		calendar_test(a_meeting_that_is_public_no_more_is_off_and_tells_nothing),
		calendar_test(any_text_fits_into_lines),
		calendar_test(a_long_title_of_any_script_is_folded_between_characters),
		calendar_test(a_calendar_is_asked_for_like_a_feed),
		calendar_test(another_calendar_has_another_tag_and_the_same_one_the_same),
		calendar_test(what_asks_by_date_alone_misses_no_change),
		calendar_test(a_draft_and_a_cohort_that_never_was_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
