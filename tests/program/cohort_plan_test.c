/*
 * Making a cohort and leading it through its steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

/* Fields of a plan that is right; one of them may be other (NULL: left out). */
static void
fill_plan(struct harness *h, const char *other, const char *value)
{
	static const char *const plan[][2] = { { "name", "Perseids" },
		{ "goal", "One merged pull request each." }, { "description", "*Welcome*" },
		{ "opens_on", "2027-01-01" }, { "closes_on", "2027-01-31" },
		{ "starts_on", "2027-03-01" }, { "weeks", "8" }, { "seats", "16" },
		{ "djangonauts_per_navigator", "4" }, { "djangonauts_per_group", "8" },
		{ "offer_days", "7" }, { "reviews_wanted", "2" }, { "grace_minutes", "30" },
		{ "chat_name", "Discord" }, { "chat_link", "https://discord.example/perseids" } };

	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		if (other == NULL || strcmp(plan[i][0], other) != 0) {
			harness_field(h, plan[i][0], plan[i][1]);
		} else if (value != NULL) {
			harness_field(h, other, value);
		}
	}
}

static void
make(struct harness *h, const char *slug, const char *other, const char *value)
{
	fill_plan(h, other, value);
	harness_field(h, "slug", slug);
	harness_post(h, "/cohort/new");
}

static void
change(struct harness *h, const char *revision, const char *other, const char *value)
{
	fill_plan(h, other, value);
	harness_field(h, "revision", revision);
	harness_post(h, HOUSE_ORGANISE "/edit");
}

static int64_t
cohorts(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM cohort");
}

static void
the_numbers_begin_as_the_programmes(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE programme SET weeks = 6, djangonauts_per_navigator = 3");
	harness_get(h, "/cohort/new");
	harness_expect_status(h, 200);
	harness_expect(h, "name=\"weeks\" value=\"6\"");
	harness_expect(h, "name=\"djangonauts_per_navigator\" value=\"3\"");
	harness_expect(h, "name=\"djangonauts_per_group\" value=\"8\"");
}

static void
a_new_cohort_is_a_draft_with_its_weeks_and_organiser(void **state)
{
	struct harness *h = *state;

	make(h, "perseids", NULL, NULL);
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/perseids/organise?done=cohort_made");
	assert_string_equal(harness_rows(h,
				"SELECT published_at IS NULL, weeks, seats, chat_name,"
				" (SELECT count(*) FROM cohort_week WHERE cohort_id = cohort.id),"
				" (SELECT person_id FROM member WHERE cohort_id = cohort.id)"
				" FROM cohort WHERE slug = 'perseids'"),
	    "1|8|16|Discord|9|1|\n");
	harness_get(h, "/cohort/perseids/organise?done=cohort_made");
	harness_expect(h, "The cohort is made.");
	harness_expect(h, "Applicants need a project to choose.");
	harness_expect(h, "9 weeks have no theme yet.");
}

static void
what_is_wrong_is_said_at_its_field(void **state)
{
	static const struct {
		const char *slug;
		const char *field;
		const char *value;
		const char *words;
	} wrong[] = {
		{ "orion", NULL, NULL, "Another cohort has this address" },
		{ "sign-in", NULL, NULL, "one of our own addresses" },
		{ "p", NULL, NULL, "at least two characters" },
		{ "perseids", "closes_on", "2026-12-31", "close before they open" },
		{ "perseids", "starts_on", "2027-01-31", "Week 0 would begin before" },
		{ "perseids", "starts_on", "2027-02-30", "a date that exists" },
		{ "perseids", "weeks", "27", "allows 26 weeks at most" },
		{ "perseids", "djangonauts_per_navigator", "5", "4 Djangonauts for one" },
		{ "perseids", "djangonauts_per_group", "9", "8 Djangonauts in a group" },
		{ "perseids", "seats", "0", "a whole number from 1 to 1000" },
		{ "perseids", "chat_link", "javascript:alert(1)", "a whole address" },
		{ "perseids", "name", NULL, "Please fill this in." },
		{ "perseids", "name", "Per\xe2\x80\xaeseids", "writing direction" },
	};
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		make(h, wrong[i].slug, wrong[i].field, wrong[i].value);
		harness_expect_status(h, 422);
		harness_expect(h, wrong[i].words);
		harness_expect(h, "There is one thing to correct");
		harness_expect(h, "One merged pull request each.");
		assert_int_equal(cohorts(h), 1);
	}
}

static void
safety_33_a_cohort_is_made_once(void **state)
{
	struct harness *h = *state;

	make(h, "perseids", NULL, NULL);
	make(h, "perseids", NULL, NULL);
	harness_expect_status(h, 422);
	assert_int_equal(cohorts(h), 2);
}

static void
safety_4_what_is_no_text_is_refused_and_the_rest_kept(void **state)
{
	struct harness *h = *state;

	harness_body(h, "name=Per%C0%AFseids&goal=Kept+words&slug=perseids");
	harness_variable(h, "HTTP_ORIGIN", "http://localhost:8080");
	harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
	harness_post(h, "/cohort/new");
	harness_expect(h, "Kept words");
	assert_int_equal(cohorts(h), 1);
}

static void
settings_are_changed_and_the_address_stays(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOUSE_ORGANISE "/edit");
	harness_expect_status(h, 200);
	harness_expect(h, "name=\"revision\" value=\"1\"");
	harness_expect(h, "value=\"2026-11-15\"");
	harness_expect_not(h, "name=\"slug\"");
	harness_field(h, "slug", "other");
	change(h, "1", NULL, NULL);
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT slug, name, revision FROM cohort"), "orion|Perseids|2|\n");
}

static void
a_change_made_meanwhile_is_told_and_nothing_typed_lost(void **state)
{
	struct harness *h = *state;

	change(h, "1", "name", "First");
	harness_expect_status(h, 303);
	change(h, "1", "name", "Second");
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody else changed this");
	harness_expect(h, "value=\"Second\"");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	assert_string_equal(harness_rows(h, "SELECT name FROM cohort"), "First|\n");
	/* Sent once more it replaces the other, knowingly. */
	change(h, "2", "name", "Second");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT name FROM cohort"), "Second|\n");
}

static void
a_launched_cohort_keeps_its_days_and_weeks(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET launched_at = 1");
	change(h, "1", "starts_on", "2027-03-08");
	harness_expect_status(h, 422);
	harness_expect(h, "stay as they are");
}

static void
weeks_get_their_themes(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOUSE_ORGANISE "/weeks");
	harness_expect(h, "value=\"Theme 8\"");
	harness_expect_not(h, "theme_9");
	harness_field(h, "theme_0", "Landing");
	harness_field(h, "objectives_0", "Say hello\r\nBreathe");
	harness_field(h, "theme_9", "Beyond");
	harness_field(h, "revision", "1");
	harness_post(h, HOUSE_ORGANISE "/weeks");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT theme, objectives FROM cohort_week WHERE number < 2"),
	    "Landing|Say hello\nBreathe|\n||\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM cohort_week"), 9);
	harness_field(h, "theme_0", "Late words");
	harness_field(h, "revision", "1");
	harness_post(h, HOUSE_ORGANISE "/weeks");
	harness_expect_status(h, 422);
	harness_expect(h, "Late words");
	harness_expect(h, "name=\"revision\" value=\"2\"");
}

static void
projects_come_and_go_while_nobody_needs_them(void **state)
{
	struct harness *h = *state;

	harness_field(h, "name", "Docs");
	harness_field(h, "link", "https://docs.example.org");
	harness_post(h, HOUSE_ORGANISE "/projects");
	harness_expect_status(h, 303);
	harness_field(h, "name", "Docs");
	harness_post(h, HOUSE_ORGANISE "/projects");
	harness_expect_status(h, 422);
	harness_expect(h, "There is a project of this name already.");
	harness_field(h, "project", "3");
	harness_post(h, HOUSE_ORGANISE "/projects/remove");
	harness_expect_status(h, 303);
	harness_field(h, "project", "3");
	harness_post(h, HOUSE_ORGANISE "/projects/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "gone already");
	house_group(h, "lyra");
	harness_field(h, "project", "1");
	harness_post(h, HOUSE_ORGANISE "/projects/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "A group works on it");
}

static void
a_published_cohort_keeps_its_last_project(void **state)
{
	struct harness *h = *state;

	harness_field(h, "project", "1");
	harness_post(h, HOUSE_ORGANISE "/projects/remove");
	harness_expect_status(h, 303);
	harness_field(h, "project", "2");
	harness_post(h, HOUSE_ORGANISE "/projects/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "keeps one project at least");
}

static void
publishing_shows_it_and_tells_when_its_window_is_open(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET published_at = NULL");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "Publish Orion");
	harness_post(h, HOUSE_ORGANISE "/publish");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT published_at IS NOT NULL, (SELECT count(*) FROM activity"
				" WHERE kind = 'cohort_opened') FROM cohort"),
	    "1|1|\n");
	harness_post(h, HOUSE_ORGANISE "/publish");
	harness_expect_status(h, 422);
	harness_expect(h, "was published before");
}

static void
without_a_project_nothing_is_published(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET published_at = NULL; DELETE FROM project");
	harness_post(h, HOUSE_ORGANISE "/publish");
	harness_expect_status(h, 422);
	harness_expect(h, "Please add a project first");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM cohort WHERE published_at IS NULL"), 1);
}

static void
groups_are_announced_once_and_everybody_welcomed(void **state)
{
	struct harness *h = *state;

	harness_post(h, HOUSE_ORGANISE "/form-groups");
	harness_expect_status(h, 422);
	harness_expect(h, "nothing to announce");
	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	house_seat(h, house_member(h, "Vega", "djangonaut", 1), "lyra");
	harness_post(h, HOUSE_ORGANISE "/form-groups");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'welcome'"), 2);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM activity WHERE kind = 'groups_formed'"), 1);
	harness_post(h, HOUSE_ORGANISE "/form-groups");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 2);
}

static void
nobody_is_told_of_the_groups_or_the_launch_of_a_draft(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	house_seat(h, house_member(h, "Vega", "djangonaut", 1), "lyra");
	harness_run_sql(h, "UPDATE cohort SET published_at = NULL");
	harness_post(h, HOUSE_ORGANISE "/form-groups");
	harness_expect_status(h, 422);
	harness_expect(h, "The cohort is a draft");
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 422);
	harness_expect(h, "The cohort is a draft");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM activity WHERE cohort_id IS NOT NULL"), 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

/* Time goes on for everything else beside such a draft. */
static void
a_draft_whose_days_are_over_stands_in_nobodys_way(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "UPDATE cohort SET published_at = NULL, launched_at = 1, opens_at = 1, closes_at = 2,"
	    " starts_at = 3, ends_at = 4");
	harness_post(h, HOUSE_ORGANISE "/publish");
	harness_expect_status(h, 303);
}

static void
a_launch_needs_a_navigator_in_every_group(void **state)
{
	struct harness *h = *state;

	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 422);
	harness_expect(h, "There is no group yet");
	house_group(h, "lyra");
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 422);
	harness_expect(h, "has no navigator yet");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM standup"), 9);
	harness_post(h, HOUSE_ORGANISE "/launch");
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM standup"), 9);
}

static void
a_project_is_put_in_other_words_though_a_group_works_on_it(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	harness_get(h, HOUSE_ORGANISE "/projects");
	harness_expect(h, "href=\"/cohort/orion/organise/projects/1\"");
	harness_get(h, HOUSE_ORGANISE "/projects/1");
	harness_expect(h, "value=\"Accounts\"");
	harness_field(h, "name", "Accounts and sessions");
	harness_field(h, "description", "Who is who");
	harness_field(h, "link", "https://accounts.example.org");
	harness_post(h, HOUSE_ORGANISE "/projects/1");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/orion/organise/projects?done=project_saved");
	assert_string_equal(
	    harness_rows(h, "SELECT name, description, link FROM project WHERE id = 1"),
	    "Accounts and sessions|Who is who|https://accounts.example.org|\n");
	harness_field(h, "name", "Forms");
	harness_post(h, HOUSE_ORGANISE "/projects/1");
	harness_expect_status(h, 422);
	harness_expect(h, "There is a project of this name already.");
	harness_get(h, HOUSE_ORGANISE "/projects/99");
	harness_expect_status(h, 404);
}

static void
a_rounds_numbers_are_the_organisers_to_say(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOUSE_ORGANISE "/edit");
	harness_expect(h, "name=\"reviews_wanted\" value=\"2\"");
	harness_expect(h, "name=\"grace_minutes\" value=\"30\"");
	harness_field(h, "releases_itself", "yes");
	change(h, "1", "reviews_wanted", "3");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT reviews_wanted, grace_minutes, releases_itself, offer_days,"
				" seats FROM cohort"),
	    "3|30|1|7|16|\n");
	change(h, "2", "grace_minutes", "0");
	assert_string_equal(
	    harness_rows(h, "SELECT grace_minutes, releases_itself FROM cohort"), "0|0|\n");
	change(h, "3", "reviews_wanted", "10");
	harness_expect_status(h, 422);
	harness_expect(h, "a whole number from 1 to 9");
	change(h, "3", "grace_minutes", "1441");
	harness_expect_status(h, 422);
}

static void
hours_of_applicants_follow_a_start_that_moves(void **state)
{
	struct harness *h = *state;

	(void)house_application(h, "Mira");
	change(h, "1", "starts_on", "2027-02-08");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h,
			     "SELECT hours_utc <> hours AND length(hours_utc) = 84"
			     " FROM application"),
	    1);
}

static void
the_organisers_pages_stand_under_headings(void **state)
{
	struct harness *h = *state;

	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "organise\" aria-current=\"true\">Overview</a>");
	harness_expect_not(h, ">Waitlist</a>");
	harness_get(h, HOUSE_ORGANISE "/weeks");
	harness_expect(h, "organise/edit\" aria-current=\"true\">Settings</a>");
	harness_expect(h, "organise/weeks\" aria-current=\"page\"><strong>Weeks</strong></a>");
	harness_expect(h, ">Dates and numbers</a>");
	harness_get(h, HOUSE_ORGANISE "/criteria");
	harness_expect(h, "organise/applications\" aria-current=\"true\">Applications</a>");
	harness_expect(h, "href=\"/cohort/orion/review\">Review</a>");
	harness_expect(h, "href=\"/cohort/orion/organise/decisions\">Decisions</a>");
	harness_get(h, HOUSE_ORGANISE "/projects");
	harness_expect(h, "organise/form\" aria-current=\"true\">Form</a>");
	harness_expect(h, "href=\"/cohort/orion/organise/late\">Late</a>");
	harness_run_sql(h, "UPDATE cohort SET starts_at = 1700000000, ends_at = 1700000001");
	harness_get(h, HOUSE_ORGANISE "/criteria");
	harness_expect_not(h, "/cohort/orion/review\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_project_is_put_in_other_words_though_a_group_works_on_it),
		house_test(a_rounds_numbers_are_the_organisers_to_say),
		house_test(hours_of_applicants_follow_a_start_that_moves),
		house_test(the_organisers_pages_stand_under_headings),
		house_test(the_numbers_begin_as_the_programmes),
		house_test(a_new_cohort_is_a_draft_with_its_weeks_and_organiser),
		house_test(what_is_wrong_is_said_at_its_field),
		house_test(safety_33_a_cohort_is_made_once),
		house_test(safety_4_what_is_no_text_is_refused_and_the_rest_kept),
		house_test(settings_are_changed_and_the_address_stays),
		house_test(a_change_made_meanwhile_is_told_and_nothing_typed_lost),
		house_test(a_launched_cohort_keeps_its_days_and_weeks),
		house_test(weeks_get_their_themes),
		house_test(projects_come_and_go_while_nobody_needs_them),
		house_test(a_published_cohort_keeps_its_last_project),
		house_test(publishing_shows_it_and_tells_when_its_window_is_open),
		house_test(without_a_project_nothing_is_published),
		house_test(groups_are_announced_once_and_everybody_welcomed),
		house_test(nobody_is_told_of_the_groups_or_the_launch_of_a_draft),
		house_test(a_draft_whose_days_are_over_stands_in_nobodys_way),
		house_test(a_launch_needs_a_navigator_in_every_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
