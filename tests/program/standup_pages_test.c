/*
 * What the pages of stand-ups show: my groups, the weeks, and one of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "harness.h"
#include "model/person.h"
#include "standup_crew.h"

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

static void
lists_my_groups_with_the_next_stand_up(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_MIRA);
	harness_get(h, "/standup/");
	harness_expect(h, "href=\"/standup/orion/lyra\"");
	harness_expect(h, "Djangonaut");
	harness_expect(h, "Sunday 29 November 2026, 15:00 Asia/Tokyo");
	harness_expect_not(h, "cygnus");
	crew_sign_in(h, CREW_POLARIS);
	harness_get(h, "/standup/");
	harness_expect(h, "href=\"/standup/orion/lyra\"");
	harness_expect(h, "href=\"/standup/orion/cygnus\"");
	harness_expect(h, "organiser");
}

static void
says_so_to_whoever_has_no_group(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_CANOPUS);
	harness_get(h, "/standup/");
	harness_expect_status(h, 200);
	harness_expect(h, "You are in no group yet");
}

/* One group is one line, whatever one does in it. */
static void
lists_a_group_once_for_all_roles_in_it(void **state)
{
	struct harness *h = *state;
	const char *first;

	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (1, 1, 'organiser', 1)");
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, "/standup/");
	first = strstr(harness_body_text(h), "href=\"/standup/orion/lyra\"");
	assert_non_null(first);
	assert_null(strstr(first + 1, "href=\"/standup/orion/lyra\""));
	harness_expect(h, "navigator");
	harness_expect(h, "href=\"/standup/orion/cygnus\"");
}

static void
shows_the_weeks_of_a_group(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_GROUP);
	crew_question(h, CREW_VEGA, "q1", "One?", AUDIENCE_GROUP);
	crew_question(h, CREW_VEGA, "q2", "Two?", AUDIENCE_GROUP);
	crew_answer(h, CREW_RIGEL, "q2", "a2", "Two.", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, "/standup/orion/lyra");
	harness_expect_status(h, 200);
	harness_expect(h, "Fix a form");
	harness_expect(h, "href=\"https://room.example.org/lyra\"");
	harness_expect(h, "Sundays at 07:00, Europe/Vienna time");
	harness_expect(h, "Sunday 29 November 2026, 15:00 Asia/Tokyo");
	harness_expect(h, "Week 1 of 8");
	harness_expect(h, "Theme 0");
	harness_expect(h, "Theme 8");
	harness_expect(h, "facilitated by <bdi>Rigel</bdi>");
	harness_expect(h, "1 check-in");
	harness_expect(h, "1 open question");
	harness_expect(h, "<li class=\"week week-now\" aria-current=\"step\">");
	harness_expect(h, "href=\"/standup/orion/lyra/1\">To this week");
}

static void
says_where_we_are_before_and_after(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, 1794182400 - 60);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, "/standup/orion/lyra");
	harness_expect(h, "Week 0 has not begun.");
	harness_set_now(h, CREW_ENDS);
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, "/standup/orion/lyra");
	harness_expect(h, "The cohort has finished.");
	harness_expect_not(h, "To this week");
}

static void
says_so_before_the_weeks_are_laid_out(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "DELETE FROM standup");
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, "/standup/orion/lyra");
	harness_expect_status(h, 200);
	harness_expect(h, "The weeks are not laid out yet");
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 404);
}

static void
shows_a_week_that_nothing_was_said_in(void **state)
{
	struct harness *h = *state;

	for (int64_t person = CREW_RIGEL; person <= CREW_POLARIS; person++) {
		crew_sign_in(h, person);
		harness_get(h, "/standup/orion/lyra/5");
		harness_expect_status(h, 200);
		harness_expect(h, "Week 5: Theme 5");
		harness_expect(h, "Nobody has checked in yet.");
		harness_expect(h, "This stand-up lies ahead.");
	}
	harness_get(h, "/standup/orion/lyra/0");
	harness_expect_not(h, "rel=\"prev\"");
	harness_get(h, "/standup/orion/lyra/8");
	harness_expect_not(h, "rel=\"next\"");
}

static void
is_kept_by_no_cache(void **state)
{
	static const char *const paths[] = { "/standup/", "/standup/orion/lyra", CREW_WEEK };
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(h, paths[i]);
		assert_string_equal(harness_header(h, "Cache-Control"), "no-store");
	}
}

static void
works_below_a_path(void **state)
{
	struct harness *h = harness_new_at(&standup_program, "https://example.org/crew");

	(void)state;
	crew_make(h);
	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 200);
	harness_expect(h, "action=\"/crew/standup/orion/lyra/1/check-in\"");
	harness_expect_not(h, "\"/standup/");
	crew_check_in_fields(h, "Read", "group");
	harness_post(h, CREW_WEEK "/check-in");
	harness_expect_location(h, CREW_WEEK "?done=checked_in");
	harness_free(h);
}

/* ---- safety 36 ---- */

#define ACTIVE "\"''><script>alert(1)</script>"

static const char everywhere[] =
    "UPDATE cohort SET name = 'C" ACTIVE "', goal = 'G" ACTIVE "';"
    "UPDATE mentoring_group SET name = 'N" ACTIVE "', goal = 'O" ACTIVE "',"
    " room_link = 'javascript:alert(2)', chat_link = 'https://chat.example.org/" ACTIVE "';"
    "UPDATE project SET name = 'P" ACTIVE "';"
    "UPDATE cohort_week SET theme = 'T" ACTIVE "', objectives = 'B" ACTIVE "';"
    "UPDATE person SET name = 'R' || id || '" ACTIVE "', pronouns = 'U" ACTIVE "',"
    " public_name = 'V" ACTIVE "', show_public_name = 1;"
    "UPDATE check_in SET did = 'D" ACTIVE "', next = 'X" ACTIVE "', blocked = 'K" ACTIVE "';"
    "UPDATE question SET body = 'Q" ACTIVE "';"
    "UPDATE answer SET body = 'A" ACTIVE "';"
    "UPDATE standup SET notes = 'S" ACTIVE "';"
    "UPDATE highlight SET title = 'H" ACTIVE "', body = 'W" ACTIVE "'";

static void
fill_with_active_text(struct harness *h)
{
	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_question(h, CREW_VEGA, "q1", "One?", AUDIENCE_PUBLIC);
	crew_answer(h, CREW_VEGA, "q1", "a1", "One.", AUDIENCE_PUBLIC);
	crew_highlight(h, "h1", "Told");
	harness_run_sql(h,
	    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id, question_id,"
	    " answer_id) VALUES (1, 0, 'did', 1, NULL, NULL), (1, 1, 'question', NULL, 1, NULL),"
	    " (1, 2, 'answer', NULL, NULL, 1)");
	harness_run_sql(h, everywhere);
}

static void
expect_inert(struct harness *h)
{
	harness_expect_status(h, 200);
	harness_expect(h, "script&gt;alert(1)");
	harness_expect_not(h, "<script>alert");
	harness_expect_not(h, "'><script");
	harness_expect_not(h, "&amp;lt;");
	harness_expect_not(h, "&amp;#");
	harness_expect_not(h, "&amp;quot;");
	harness_expect_not(h, "javascript:");
}

static void
safety_36_stored_text_is_escaped_once_everywhere(void **state)
{
	static const char *const paths[] = { "/standup/", "/standup/orion/lyra", CREW_WEEK };
	struct harness *h = *state;

	fill_with_active_text(h);
	for (int64_t person = CREW_RIGEL; person <= CREW_POLARIS; person++) {
		crew_sign_in(h, person);
		for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
			harness_get(h, paths[i]);
			expect_inert(h);
		}
	}
}

/* What was typed comes back as it was typed, and is as inert. */
static void
safety_36_typed_text_comes_back_escaped_once(void **state)
{
	static const char typed[] = "\"'><script>alert(1)</script>&lt;";
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "title", typed);
	harness_field(h, "words", typed);
	harness_field(h, "quotes", typed);
	harness_field(h, "step", typed);
	harness_post(h, CREW_WEEK "/highlight");
	harness_expect_status(h, 422);
	harness_expect(
	    h, "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;</textarea>");
	harness_expect_not(h, "<script>alert");
	harness_field(h, "title", typed);
	harness_field(h, "words", typed);
	harness_field(h, "step", "preview");
	harness_post(h, CREW_WEEK "/highlight");
	harness_expect_status(h, 200);
	harness_expect_not(h, "<script>alert");
}

static void
safety_05_direction_marks_are_kept_in_their_place(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "title", "A \xe2\x80\xae good week");
	harness_field(h, "step", "publish");
	harness_post(h, CREW_WEEK "/highlight");
	harness_expect_status(h, 422);
	crew_question(h, CREW_VEGA, "q1", "A \xe2\x80\xae question", AUDIENCE_GROUP);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "<div class=\"words\" dir=\"auto\"><p>A \xe2\x80\xae question");
}

static void
safety_33_a_draft_cohort_is_its_organisers_alone(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET published_at = NULL WHERE id = 1");
	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 404);
	crew_check_in_fields(h, "Read", "group");
	harness_post(h, CREW_WEEK "/check-in");
	harness_expect_status(h, 404);
	crew_sign_in(h, CREW_POLARIS);
	harness_get(h, CREW_WEEK);
	harness_expect_status(h, 200);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM check_in"), 0);
}

/* In check-ins and in the attendance, which those who lead the group see. */
static void
pronouns_are_shown_to_those_for_whom_they_are_meant(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_GROUP);
	harness_run_sql(h, "UPDATE person SET pronouns = 'she/xyzzy' WHERE id = 3");
	for (int audience = PRONOUNS_ORGANISER; audience <= PRONOUNS_COHORT; audience++) {
		static const int64_t readers[] = { CREW_MIRA, CREW_RIGEL, CREW_POLARIS, CREW_VEGA };

		harness_run_sql(h,
		    arena_format(
			harness_arena(h), "UPDATE person SET pronouns_audience = %d", audience));
		for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
			bool is_near = readers[i] == CREW_POLARIS || readers[i] == CREW_VEGA;

			crew_sign_in(h, readers[i]);
			harness_get(h, CREW_WEEK);
			harness_expect(h, "vega did");
			if (is_near || audience >= PRONOUNS_GROUP) {
				harness_expect(h, "she/xyzzy");
			} else {
				harness_expect_not(h, "she/xyzzy");
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(lists_my_groups_with_the_next_stand_up),
		test(says_so_to_whoever_has_no_group),
		test(lists_a_group_once_for_all_roles_in_it),
		test(shows_the_weeks_of_a_group),
		test(says_where_we_are_before_and_after),
		test(says_so_before_the_weeks_are_laid_out),
		test(shows_a_week_that_nothing_was_said_in),
		test(is_kept_by_no_cache),
		test(works_below_a_path),
		test(safety_36_stored_text_is_escaped_once_everywhere),
		test(safety_36_typed_text_comes_back_escaped_once),
		test(safety_05_direction_marks_are_kept_in_their_place),
		test(safety_33_a_draft_cohort_is_its_organisers_alone),
		test(pronouns_are_shown_to_those_for_whom_they_are_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
