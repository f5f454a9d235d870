/*
 * What the cohort asks of its volunteers: they answer as they accept, change
 * it with their hours, and organisers read it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "model/session.h"

#define PEOPLE HOUSE_ORGANISE "/people"
#define FORM HOUSE_ORGANISE "/form"
#define TOKEN "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
#define LINK "/cohort/invitation/" TOKEN
#define HOURS "/cohort/orion/hours"

/* A question under this id in the form of a role. */
static void
ask(struct harness *h, const char *role, int id, const char *kind, const char *name,
    const char *label, bool required)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind,"
		" is_sensitive) SELECT %d, id, '%s', %d, '%s', %d FROM questionnaire"
		" WHERE cohort_id = 1 AND purpose = '%s';"
		"INSERT INTO item_wording (item_id, label, help, is_required, made_at)"
		" VALUES (%d, '%s', 'Any *word* will do', %d, 1)",
		id, name, id, kind, strcmp(name, "health") == 0, role, id, label, required));
}

static void
invited_as(struct harness *h, const char *role)
{
	struct db *db = harness_db(h);

	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE id = 1");
	harness_field(h, "name", "Nova");
	harness_field(h, "email", "nova@example.org");
	harness_field(h, "role", role);
	harness_post(h, PEOPLE);
	harness_expect_status(h, 303);
	assert_true(db_begin_write(db));
	assert_true(link_record(db, harness_arena(h), TOKEN,
	    &(struct link_new){ .purpose = "invitation", .invitation_id = 1 }, harness_now(h),
	    harness_now(h) + 90 * CLOCK_DAY));
	assert_true(db_commit(db));
	harness_forget(h);
}

static void
fill_hours(struct harness *h)
{
	harness_field(h, "zone", "Europe/Vienna");
	harness_field(h, "hours_2_from", "18:00");
	harness_field(h, "hours_2_to", "21:00");
	harness_field(h, "level_low", "1");
	harness_field(h, "level_high", "2");
	harness_field(h, "wants", "4");
}

static const char *
answers(struct harness *h)
{
	return harness_rows(h,
	    "SELECT item_id, replace(value, char(10), ',') FROM volunteer_answer"
	    " ORDER BY member_id, item_id");
}

static void
navigators_answer_as_they_accept_and_organisers_read_it(void **state)
{
	struct harness *h = *state;

	ask(h, "navigator", 80, "long", "why", "Why do you navigate?", true);
	ask(h, "navigator", 81, "yes_no", "before", "Have you done it before?", false);
	ask(h, "navigator", 82, "short", "health", "Anything we should know?", false);
	ask(h, "captain", 83, "short", "ship", "Which ship?", true);
	harness_run_sql(
	    h, "UPDATE questionnaire SET intro = 'Take *your* time.' WHERE purpose = 'navigator'");
	invited_as(h, "navigator");
	harness_get(h, LINK);
	harness_expect(h, "Navigator: what we would like to know");
	harness_expect(h, "Take <em>your</em> time.");
	harness_expect(h, "Why do you navigate?");
	harness_expect(h, "Any <em>word</em> will do");
	harness_expect_not(h, "Which ship?");
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_post(h, LINK);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"why-error\"");
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_field(h, "why", "To give back");
	harness_field(h, "before", "yes");
	harness_field(h, "health", "A bad knee");
	harness_post(h, LINK);
	harness_expect_status(h, 303);
	assert_string_equal(answers(h), "80|To give back|\n81|yes|\n82|A bad knee|\n");
	house_sign_in(h, "Polaris");
	harness_get(h, PEOPLE);
	harness_expect(h, "Why do you navigate?");
	harness_expect(h, "To give back");
	harness_expect(h, ">Yes<");
	harness_expect(h, "Anything we should know? <span class=\"small\">(sensitive)</span>");
	harness_forget(h);
	harness_sign_in(h, harness_person(h, "electra@example.org", "Electra"));
	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE name = 'Electra'");
	harness_get(h, PEOPLE);
	harness_expect_status(h, 200);
	harness_expect_not(h, "To give back");
	harness_expect_not(h, "A bad knee");
}

static void
organisers_answer_their_form_as_they_accept(void **state)
{
	struct harness *h = *state;

	ask(h, "organiser", 84, "list", "tools", "Which tools do you use?", true);
	invited_as(h, "organiser");
	harness_get(h, LINK);
	harness_expect(h, "Which tools do you use?");
	harness_field(h, "name", "Nova");
	harness_post(h, LINK "/organise");
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"tools-error\"");
	harness_expect(h, "value=\"Nova\"");
	harness_field(h, "name", "Nova");
	harness_field(h, "tools", "A pen\r\nA list");
	harness_post(h, LINK "/organise");
	harness_expect_status(h, 303);
	assert_string_equal(answers(h), "84|A pen,A list|\n");
	house_sign_in(h, "Polaris");
	harness_get(h, PEOPLE);
	harness_expect(h, "Which tools do you use?");
	harness_expect(h, "A list");
	harness_expect_not(h, "Has not said yet when they have time.");
}

static void
answers_are_changed_with_ones_hours(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	ask(h, "navigator", 80, "short", "why", "Why do you navigate?", true);
	house_sign_in(h, "Rigel");
	fill_hours(h);
	harness_field(h, "why", "To learn");
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	harness_get(h, HOURS);
	harness_expect(h, "value=\"To learn\"");
	fill_hours(h);
	harness_field(h, "why", "To teach");
	harness_post(h, HOURS);
	assert_string_equal(answers(h), "80|To teach|\n");
	fill_hours(h);
	harness_post(h, HOURS);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"why-error\"");
	assert_string_equal(answers(h), "80|To teach|\n");
}

static void
who_has_two_roles_answers_both_forms(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 1, id, 'captain', 1 FROM person WHERE name = 'Rigel'");
	ask(h, "navigator", 80, "short", "why", "Why do you navigate?", true);
	ask(h, "captain", 83, "short", "why", "Why a captain?", true);
	house_sign_in(h, "Rigel");
	harness_get(h, HOURS);
	harness_expect(h, "Why do you navigate?");
	harness_expect(h, "Why a captain?");
	harness_expect(h, "name=\"captain_83\"");
	fill_hours(h);
	harness_field(h, "why", "To learn");
	harness_field(h, "captain_83", "To steer");
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	assert_string_equal(answers(h), "80|To learn|\n83|To steer|\n");
	harness_get(h, HOURS);
	harness_expect(h, "value=\"To steer\"");
}

static void
a_volunteers_form_is_seen_as_they_will_see_it(void **state)
{
	struct harness *h = *state;

	ask(h, "navigator", 80, "short", "why", "Why do you navigate?", true);
	ask(h, "organiser", 84, "list", "tools", "Which tools do you use?", true);
	harness_get(h, FORM "/navigator/preview");
	harness_expect_status(h, 200);
	harness_expect(h, "Nothing can be sent from here.");
	harness_expect(h, "Why do you navigate?");
	harness_expect(h, "name=\"hours_0_from\"");
	harness_expect(h, "<form method=\"dialog\">");
	harness_expect_not(h, "Yes, I will be");
	harness_get(h, FORM "/organiser/preview");
	harness_expect(h, "Which tools do you use?");
	harness_expect_not(h, "name=\"hours_0_from\"");
}

static void
an_invitation_that_is_none_has_no_questions(void **state)
{
	struct harness *h = *state;

	ask(h, "navigator", 80, "short", "why", "Why do you navigate?", true);
	harness_forget(h);
	harness_get(h, "/cohort/invitation/nonsense");
	harness_expect_status(h, 410);
	harness_expect_not(h, "Why do you navigate?");
	harness_post(h, "/cohort/invitation/nonsense/decline");
	harness_expect_status(h, 410);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(navigators_answer_as_they_accept_and_organisers_read_it),
		house_test(organisers_answer_their_form_as_they_accept),
		house_test(answers_are_changed_with_ones_hours),
		house_test(who_has_two_roles_answers_both_forms),
		house_test(a_volunteers_form_is_seen_as_they_will_see_it),
		house_test(an_invitation_that_is_none_has_no_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
