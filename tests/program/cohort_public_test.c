/*
 * What everybody sees of a cohort, what its members see, and one's own page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/cohort/cohort.h"
#include "cohort_house.h"
#include "ground/clock.h"

static void
home_says_what_this_is_and_calls_to_apply(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	harness_get(h, "/");
	harness_expect_status(h, 200);
	harness_expect(h, "A programme for tests");
	harness_expect(h, "Apply to Orion");
	harness_expect(h, "href=\"/apply/orion\"");
	harness_expect(h, "Test Programme begins");
	harness_expect(h, "href=\"/feed/all.atom\"");
	assert_null(harness_header(h, "Set-Cookie"));
}

static void
home_of_a_new_installation_is_warm_too(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET published_at = NULL; DELETE FROM activity");
	harness_forget(h);
	harness_get(h, "/");
	harness_expect_status(h, 200);
	harness_expect(h, "It is quiet here still");
	harness_get(h, "/cohort/");
	harness_expect(h, "No cohort yet");
}

static void
the_latest_activity_stands_on_top(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at) VALUES"
	    " ('k1', 'cohort_opened', 1, 1795330000, 1795330000),"
	    " ('k2', 'groups_formed', 1, 1795330100, 1795330100)");
	harness_get(h, "/");
	harness_expect(h, "Orion is open for applications");
	harness_expect(h, "The groups of Orion are complete");
	assert_true(strstr(harness_body_text(h), "The groups of Orion are complete") <
	    strstr(harness_body_text(h), "Orion is open for applications"));
}

/* A feed begins with the cohort's opening: before, its address leads nowhere. */
static void
a_cohort_to_come_names_no_feed(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, 1794000000);
	harness_get(h, "/cohort/orion");
	harness_expect_status(h, 200);
	assert_null(strstr(harness_body_text(h), "/feed/orion.atom"));
}

static void
every_state_of_a_cohort_is_said_in_words(void **state)
{
	static const struct {
		int64_t now;
		const char *words;
	} states[] = { { 1794000000, "Opens soon" }, { HARNESS_NOW, "Open for applications" },
		{ 1796000000, "Applications are being read" },
		{ 1799020800 + 3 * 7 * CLOCK_DAY, "Week 3 of 8" },
		{ 1799020800 + 9 * 7 * CLOCK_DAY, "Finished" } };
	struct harness *h = *state;

	harness_forget(h);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		harness_set_now(h, states[i].now);
		harness_get(h, "/cohort/orion");
		harness_expect(h, states[i].words);
		harness_get(h, "/cohort/");
		harness_expect(h, states[i].words);
	}
	harness_run_sql(h, "UPDATE cohort SET offered_at = 1795900000");
	harness_set_now(h, 1796000000);
	harness_get(h, "/cohort/orion");
	harness_expect(h, "Seats are being offered");
}

static void
a_cohorts_page_has_goal_weeks_and_feed(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE cohort SET description = 'Read *this* <b>first</b>'");
	harness_forget(h);
	harness_run_sql(h,
	    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)"
	    " VALUES ('opened', 'cohort_opened', 1, 1, 1)");
	harness_set_now(h, 1799020800 + 3 * 7 * CLOCK_DAY);
	harness_get(h, "/cohort/orion");
	harness_expect(h, "One merged pull request");
	harness_expect(h, "<em>this</em>");
	harness_expect(h, "&lt;b&gt;first");
	harness_expect(h, "Week 8");
	harness_expect(h, "Theme 3");
	harness_expect(h, "Aim 3");
	harness_expect(h, "We are here");
	harness_expect(h, "We are in week 3 of 8.");
	harness_expect(h, "title=\"Orion\" href=\"/feed/orion.atom\"");
	harness_expect(h, "http://localhost:8080/feed/orion.atom");
	harness_expect(h, "<a href=\"/feed/orion\">Read it here</a>");
	harness_expect(h, "15 to 27 November 2026, anywhere on Earth");
	harness_expect(h, "Saturday 28 November 2026, 12:00 UTC");
	harness_expect_not(h, "Organise</a>");
}

/* Lyra with Rigel, Vega who shows a name and Mira who does not. */
static void
fill_lyra(struct harness *h)
{
	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	house_seat(h, house_member(h, "Vega", "djangonaut", 1), "lyra");
	house_seat(h, house_member(h, "Mira", "djangonaut", 1), "lyra");
	harness_run_sql(h,
	    "UPDATE person SET public_name = 'The Falling Eagle', show_public_name = 1"
	    " WHERE name = 'Vega';"
	    "UPDATE person SET public_name = 'The Wonderful' WHERE name = 'Mira'");
}

static void
groups_show_once_they_are_formed_and_djangonauts_are_counted(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	harness_forget(h);
	harness_get(h, "/cohort/orion");
	harness_expect(h, "The groups are not formed yet");
	harness_expect_not(h, "Group lyra");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect_status(h, 404);
	harness_run_sql(h, "UPDATE cohort SET groups_formed_at = 1");
	harness_get(h, "/cohort/orion");
	harness_expect(h, "2 Djangonauts, 1 navigator");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect_status(h, 200);
	/* Nothing was told of it: it has no feed. */
	harness_expect_not(h, "/feed/orion/lyra");
	harness_run_sql(h,
	    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)"
	    " VALUES ('formed', 'groups_formed', 1, 1, 1)");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect(h, "http://localhost:8080/feed/orion/lyra.atom</span>");
	harness_expect(h, "<a href=\"/feed/orion/lyra\">Read it here</a>");
	harness_expect(h, "2 Djangonauts");
	harness_expect(h, "Rigel");
	harness_expect(h, "The Falling Eagle");
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Mira");
	harness_expect_not(h, "The Wonderful");
	harness_expect_not(h, "room.example.org");
	harness_expect_not(h, "Rigel@example.org");
}

static void
before_that_those_who_lead_a_group_see_it(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	house_sign_in(h, "Rigel");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect_status(h, 200);
	harness_expect(h, "not announced yet");
	house_sign_in(h, "Vega");
	harness_get(h, "/cohort/orion/group/lyra");
	harness_expect_status(h, 404);
}

static void
members_see_their_group_and_its_links(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	harness_run_sql(h, "UPDATE cohort SET chat_link = 'https://chat.example.org/x'");
	house_sign_in(h, "Vega");
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 200);
	harness_expect(h, "https://room.example.org/lyra");
	harness_expect(h, "https://chat.example.org/x");
	harness_expect(h, "Djangonaut, that is you");
	harness_expect(h, "Mira");
	harness_expect(h, "Leave Orion");
	harness_expect_not(h, "Mira@example.org");
	harness_expect(h, "/standup/orion/lyra");
	house_sign_in(h, "Polaris");
	harness_get(h, "/cohort/orion/members");
	harness_expect(h, "You have no group here yet");
	harness_expect_not(h, "Leave Orion");
}

static void
leaving_a_cohort_takes_one_press_and_no_reason(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	house_sign_in(h, "Vega");
	harness_post(h, "/cohort/orion/members/leave");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM placement WHERE left_at IS NULL"), 2);
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/orion?done=left");
	harness_expect(h, "You have left the cohort.");
}

/* The rota goes on without a navigator who leaves a launched cohort. */
static void
a_navigator_who_leaves_is_out_of_the_rota(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	harness_post(h, "/cohort/orion/organise/launch");
	harness_expect_status(h, 303);
	house_sign_in(h, "Rigel");
	harness_post(h, "/cohort/orion/members/leave");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM standup WHERE facilitator_id IS NOT NULL"), 0);
}

static void
save_profile(struct harness *h, const char *public_name, const char *show, const char *github)
{
	harness_field(h, "name", "  Vega ");
	harness_field(h, "public_name", public_name);
	if (show != NULL) {
		harness_field(h, "show_public_name", show);
	}
	harness_field(h, "pronouns", "she/her");
	harness_field(h, "pronouns_audience", "groups");
	harness_field(h, "zone", "Asia/Kathmandu");
	harness_field(h, "github", github);
	harness_post(h, "/cohort/me");
}

static void
my_page_keeps_what_i_say_of_myself(void **state)
{
	struct harness *h = *state;

	house_sign_in(h, "vega");
	save_profile(h, "Eagle", "yes", "falling-eagle");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT name, name_key, public_name, show_public_name, pronouns,"
				" zone, github FROM person WHERE id = 2"),
	    "Vega|vega|Eagle|1|she/her|Asia/Kathmandu|falling-eagle|\n");
	save_profile(h, "", "yes", "");
	harness_expect_status(h, 422);
	harness_expect(h, "give the public name that is to be shown");
	save_profile(h, "Eagle", NULL, "no/such name");
	harness_expect_status(h, 422);
	harness_expect(h, "no/such name");
	save_profile(h, "Eagle", NULL, "");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT show_public_name FROM person WHERE id = 2"), 0);
}

static void
my_page_lists_what_is_mine(void **state)
{
	struct harness *h = *state;

	fill_lyra(h);
	house_sign_in(h, "Vega");
	harness_get(h, "/cohort/me");
	harness_expect(h, "Group lyra");
	harness_expect(h, "href=\"/cohort/orion/members\"");
	house_sign_in(h, "Nobody");
	harness_get(h, "/cohort/me");
	harness_expect(h, "Nothing of yours here yet");
}

/* Members read their group for a year: a link must not outlast that. */
static void
my_page_leads_to_no_group_that_i_read_no_longer(void **state)
{
	struct harness *h = *state;
	int64_t over;

	fill_lyra(h);
	over = harness_number(h, "SELECT ends_at FROM cohort") + (int64_t)365 * CLOCK_DAY;
	harness_set_now(h, over - 1);
	house_sign_in(h, "Vega");
	harness_get(h, "/cohort/me");
	harness_expect(h, "/standup/orion/lyra");
	harness_set_now(h, over);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	harness_expect_not(h, "/standup/orion/lyra");
}

static void
times_are_told_in_the_readers_zone(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE person SET zone = 'Asia/Kathmandu'");
	harness_get(h, "/cohort/orion");
	harness_expect(h, "Saturday 28 November 2026, 17:45 Asia/Kathmandu");
}

/* SQL that puts it into every text that these pages show. */
static const char poison[] =
    "UPDATE programme SET tagline = :e, about = :e;"
    "UPDATE cohort SET name = :e, goal = :e, description = :e, chat_name = :e;"
    "UPDATE cohort_week SET theme = :e, objectives = :e;"
    "UPDATE project SET name = :e || id, description = :e;"
    "UPDATE mentoring_group SET name = :e, goal = :e;"
    "UPDATE person SET name = :e, public_name = :e, show_public_name = 1, pronouns = :e;"
    "UPDATE placement SET band_reason = :e;"
    "UPDATE application SET name = :e, pronouns = :e, github = :e;"
    "UPDATE application_answer SET value = :e;";

static void
poison_all(struct harness *h)
{
	struct arena *arena = harness_arena(h);
	const char *at = poison, *colon, *sql = "";

	while ((colon = strstr(at, ":e")) != NULL) {
		sql = arena_format(arena, "%s%s'\"''><script>alert(1)</script>'", sql,
		    arena_copy_bytes(arena, at, (size_t)(colon - at)));
		at = colon + 2;
	}
	harness_run_sql(h, arena_format(arena, "%s%s", sql, at));
}

static void
safety_36_every_stored_text_is_escaped_once(void **state)
{
	static const char *const paths[] = { "/", "/cohort/", "/cohort/orion",
		"/cohort/orion/group/lyra", "/cohort/orion/members", "/cohort/me",
		"/cohort/sign-out", "/cohort/offer/seat-1", HOUSE_ORGANISE, HOUSE_ORGANISE "/edit",
		HOUSE_ORGANISE "/weeks", HOUSE_ORGANISE "/projects", HOUSE_ORGANISE "/people",
		HOUSE_ORGANISE "/applications", HOUSE_ORGANISE "/applications/luna",
		HOUSE_ORGANISE "/groups", HOUSE_ORGANISE "/groups/new",
		HOUSE_ORGANISE "/groups/lyra" };
	struct harness *h = *state;

	fill_lyra(h);
	harness_run_sql(h, "UPDATE cohort SET groups_formed_at = 1");
	house_offer(h, house_application(h, "Luna"), "lyra");
	poison_all(h);
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 1, id, 'organiser', 1 FROM person WHERE email LIKE 'Luna%'"
	    " OR email LIKE 'Rigel%'");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_forget(h);
		/* Luna has the offer; nobody reads their own application. */
		harness_sign_in(h,
		    harness_number(h,
			strstr(paths[i], "offer") != NULL
			    ? "SELECT id FROM person WHERE email LIKE 'Luna%'"
			    : "SELECT id FROM person WHERE email LIKE 'Rigel%'"));
		harness_get(h, paths[i]);
		harness_expect_status(h, 200);
		harness_expect_not(h, "<script>alert");
		harness_expect_not(h, "&amp;lt;");
		harness_expect_not(h, "&amp;#39;");
		if (strcmp(paths[i], "/cohort/sign-out") != 0) {
			harness_expect(h, "&lt;script&gt;alert(1)");
		}
	}
}

static void
under_a_path_every_link_has_it(void **state)
{
	struct harness *h;
	const char *at;

	(void)state;
	h = harness_new_at(&cohort_program, "https://example.org/crew");
	harness_get(h, "/");
	harness_expect_status(h, 200);
	for (at = harness_body_text(h); (at = strstr(at, "href=\"/")) != NULL; at++) {
		assert_memory_equal(at, "href=\"/crew/", strlen("href=\"/crew/"));
	}
	harness_get(h, "/cohort/me");
	assert_string_equal(
	    harness_header(h, "Location"), "/crew/cohort/sign-in?next=%2Fcrew%2Fcohort%2Fme");
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(home_says_what_this_is_and_calls_to_apply),
		house_test(home_of_a_new_installation_is_warm_too),
		house_test(the_latest_activity_stands_on_top),
		house_test(every_state_of_a_cohort_is_said_in_words),
		house_test(a_cohorts_page_has_goal_weeks_and_feed),
		house_test(a_cohort_to_come_names_no_feed),
		house_test(groups_show_once_they_are_formed_and_djangonauts_are_counted),
		house_test(before_that_those_who_lead_a_group_see_it),
		house_test(members_see_their_group_and_its_links),
		house_test(leaving_a_cohort_takes_one_press_and_no_reason),
		house_test(a_navigator_who_leaves_is_out_of_the_rota),
		house_test(my_page_keeps_what_i_say_of_myself),
		house_test(my_page_lists_what_is_mine),
		house_test(my_page_leads_to_no_group_that_i_read_no_longer),
		house_test(times_are_told_in_the_readers_zone),
		house_test(safety_36_every_stored_text_is_escaped_once),
		cmocka_unit_test(under_a_path_every_link_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
