/*
 * What facilitators write down: attendance and notes, two of them at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "harness.h"
#include "standup_crew.h"

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

#define ATTENDANCE CREW_WEEK "/attendance"
#define NOTES CREW_WEEK "/notes"

static void
mark(struct harness *h, int64_t member, const char *shown, const char *chosen)
{
	struct arena *arena = harness_arena(h);

	harness_field(h, arena_format(arena, "shown_%d", (int)member), shown);
	harness_field(h, arena_format(arena, "mark_%d", (int)member), chosen);
}

static const char *
marks(struct harness *h)
{
	return harness_rows(h, "SELECT member_id, status FROM attendance ORDER BY member_id");
}

static void
shows_every_djangonaut_unmarked_at_first(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "name=\"mark_3\" value=\"unmarked\" checked");
	harness_expect(h, "name=\"mark_4\" value=\"unmarked\" checked");
	harness_expect_not(h, "name=\"mark_1\"");
	harness_expect_not(h, "name=\"mark_6\"");
}

static void
marks_all_in_one_form(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_CAPELLA);
	mark(h, CREW_VEGA, "unmarked", "present");
	mark(h, CREW_MIRA, "unmarked", "excused");
	harness_post(h, ATTENDANCE);
	harness_expect_location(h, CREW_WEEK "?done=attendance");
	assert_string_equal(marks(h), "3|present|\n4|excused|\n");
	assert_int_equal(harness_number(h, "SELECT max(marked_by) FROM attendance"), 2);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "name=\"mark_4\" value=\"excused\" checked");
}

static void
leaves_the_unmarked_without_a_row(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_VEGA, "unmarked", "present");
	mark(h, CREW_MIRA, "unmarked", "unmarked");
	harness_post(h, ATTENDANCE);
	mark(h, CREW_VEGA, "present", "unmarked");
	harness_post(h, ATTENDANCE);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM attendance"), 0);
}

static void
suggests_async_for_whoever_checked_in(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "name=\"mark_3\" value=\"async\" checked");
	harness_expect(h, "name=\"shown_3\" value=\"unmarked\"");
	harness_expect(h, "name=\"mark_4\" value=\"unmarked\" checked");
	mark(h, CREW_VEGA, "unmarked", "async");
	mark(h, CREW_MIRA, "unmarked", "unmarked");
	harness_post(h, ATTENDANCE);
	assert_string_equal(marks(h), "3|async|\n");
}

/* Two people open the form; each marks another person. */
static void
keeps_the_marks_of_two_people_at_once(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_VEGA, "unmarked", "present");
	mark(h, CREW_MIRA, "unmarked", "unmarked");
	harness_post(h, ATTENDANCE);
	crew_sign_in(h, CREW_CAPELLA);
	mark(h, CREW_VEGA, "unmarked", "unmarked");
	mark(h, CREW_MIRA, "unmarked", "absent");
	harness_post(h, ATTENDANCE);
	harness_expect_location(h, CREW_WEEK "?done=attendance");
	assert_string_equal(marks(h), "3|present|\n4|absent|\n");
}

/* Two people mark the same one differently: the first stands, the second is
 * told. */
static void
says_whose_mark_stands(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_VEGA, "unmarked", "present");
	harness_post(h, ATTENDANCE);
	crew_sign_in(h, CREW_CAPELLA);
	mark(h, CREW_VEGA, "unmarked", "absent");
	mark(h, CREW_MIRA, "unmarked", "excused");
	harness_post(h, ATTENDANCE);
	harness_expect_location(h, CREW_WEEK "?done=attendance_partly");
	assert_string_equal(marks(h), "3|present|\n4|excused|\n");
}

static void
safety_06_a_mark_that_is_none_or_two_is_refused(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_VEGA, "unmarked", "late");
	mark(h, CREW_MIRA, "unmarked", "present");
	harness_post(h, ATTENDANCE);
	harness_expect_status(h, 422);
	harness_expect(h, "Vega: please choose one of the marks shown.");
	/* The other choice is kept. */
	harness_expect(h, "name=\"mark_4\" value=\"present\" checked");
	mark(h, CREW_VEGA, "unmarked", "present");
	harness_field(h, "mark_3", "absent");
	harness_post(h, ATTENDANCE);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM attendance"), 0);
}

static void
safety_29_marks_of_other_groups_are_ignored(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_ALTAIR, "unmarked", "absent");
	mark(h, CREW_RIGEL, "unmarked", "absent");
	harness_post(h, ATTENDANCE);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM attendance"), 0);
}

static void
write_notes(struct harness *h, const char *notes, const char *revision)
{
	harness_field(h, "notes", notes);
	harness_field(h, "revision", revision);
	harness_post(h, NOTES);
}

static void
writes_notes_for_the_group(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	write_notes(h, "We *agreed*.", "1");
	harness_expect_location(h, CREW_WEEK "?done=notes#notes");
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "We <em>agreed</em>.");
	harness_expect_not(h, "name=\"notes\"");
}

static void
shows_both_texts_when_two_wrote_notes(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	write_notes(h, "Rigel wrote this", "1");
	crew_sign_in(h, CREW_CAPELLA);
	write_notes(h, "Capella wrote that", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "Someone else changed the notes while you wrote.");
	harness_expect(h, "<p>Rigel wrote this</p>");
	harness_expect(h, "Capella wrote that</textarea>");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	assert_string_equal(
	    harness_rows(h, "SELECT notes FROM standup WHERE notes <> ''"), "Rigel wrote this|\n");
	/* Once more, having seen both. */
	write_notes(h, "Both of them", "2");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT notes FROM standup WHERE notes <> ''"), "Both of them|\n");
}

static void
safety_33_marks_and_notes_come_back_when_writing_has_ended(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_RIGEL);
	mark(h, CREW_VEGA, "unmarked", "present");
	harness_post(h, ATTENDANCE);
	harness_expect_status(h, 422);
	harness_expect(h, "name=\"mark_3\" value=\"present\" checked");
	write_notes(h, "A last note", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "A last note</textarea>");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM attendance"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(shows_every_djangonaut_unmarked_at_first),
		test(marks_all_in_one_form),
		test(leaves_the_unmarked_without_a_row),
		test(suggests_async_for_whoever_checked_in),
		test(keeps_the_marks_of_two_people_at_once),
		test(says_whose_mark_stands),
		test(safety_06_a_mark_that_is_none_or_two_is_refused),
		test(safety_29_marks_of_other_groups_are_ignored),
		test(writes_notes_for_the_group),
		test(shows_both_texts_when_two_wrote_notes),
		test(safety_33_marks_and_notes_come_back_when_writing_has_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
