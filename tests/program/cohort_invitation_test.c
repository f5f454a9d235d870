/*
 * Whoever is invited reads what it means, says yes with their hours, or no;
 * hours are changed later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/clock.h"
#include "model/session.h"

#define PEOPLE HOUSE_ORGANISE "/people"
#define TOKEN "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
#define LINK "/cohort/invitation/" TOKEN
#define HOURS "/cohort/orion/hours"

static void
invite(struct harness *h, const char *email, const char *role)
{
	harness_field(h, "name", "Nova");
	harness_field(h, "email", email);
	harness_field(h, "role", role);
	harness_post(h, PEOPLE);
}

/* The link in the mail of an invitation, as the courier records it. */
static void
record_link(struct harness *h, int64_t invitation)
{
	struct db *db = harness_db(h);

	assert_true(db_begin_write(db));
	assert_true(link_record(db, harness_arena(h), TOKEN,
	    &(struct link_new){ .purpose = "invitation", .invitation_id = invitation },
	    harness_now(h), harness_now(h) + 90 * CLOCK_DAY));
	assert_true(db_commit(db));
}

/* Nova is invited to that role; then nobody is signed in. */
static void
invited_as(struct harness *h, const char *role)
{
	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE id = 1");
	invite(h, "nova@example.org", role);
	harness_expect_status(h, 303);
	record_link(h, 1);
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
	harness_field(h, "projects", "2");
	harness_field(h, "wants", "4");
}

/* Safety 14. */
static void
safety_14_looking_at_an_invitation_changes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	invited_as(h, "navigator");
	before = harness_dump(h);
	for (int i = 0; i < 10; i++) {
		harness_get(h, LINK);
		harness_expect_status(h, 200);
		harness_head(h, LINK);
	}
	assert_string_equal(harness_dump(h), before);
	harness_get(h, LINK);
	harness_expect(h, "Will you be a navigator of Orion?");
	harness_expect(h, "<bdi>Polaris</bdi> invites you");
	harness_expect(h, "for 8 weeks");
	harness_expect(h, "one navigator looks after 4 Djangonauts at most");
	assert_non_null(strstr(harness_head_text(h), "Referrer-Policy: no-referrer"));
}

static void
saying_yes_makes_a_navigator_and_mails_a_way_in(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	fill_hours(h);
	harness_field(h, "name", "Nova Stella");
	harness_post(h, LINK);
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/invitation/accepted");
	harness_get(h, "/cohort/invitation/accepted");
	harness_expect(h, "A link to sign in is on its way");
	assert_string_equal(
	    harness_rows(h,
		"SELECT person.name, person.zone, role, wants, level_low, level_high"
		" FROM member JOIN person ON person.id = person_id"
		" JOIN volunteer ON member_id = member.id"),
	    "Nova Stella|Europe/Vienna|navigator|4|1|2|\n");
	assert_int_equal(harness_number(h, "SELECT project_id FROM volunteer_project"), 2);
	assert_string_equal(harness_rows(h,
				"SELECT recipient, json_extract(parameters, '$.next') FROM outbox"
				" WHERE kind = 'sign_in'"),
	    "nova@example.org|/cohort/orion/members|\n");
	assert_string_equal(
	    harness_rows(h,
		"SELECT action, actor_id, subject_id, detail FROM audit ORDER BY id DESC LIMIT 1"),
	    "invitation_accepted|2|2|navigator|\n");
	/* Once. */
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_post(h, LINK);
	harness_expect_status(h, 410);
	harness_expect(h, "You have accepted this invitation");
	harness_get(h, LINK);
	harness_expect_status(h, 410);
	house_sign_in(h, "Polaris");
	harness_get(h, PEOPLE);
	harness_expect(h, "Wed 18:00–21:00 Europe/Vienna");
	harness_expect(h, "Levels 1 to 2");
	harness_expect(h, "Forms");
	harness_expect(h, "4 Djangonauts");
}

static void
who_is_signed_in_with_that_address_goes_straight_on(void **state)
{
	struct harness *h = *state;

	invited_as(h, "captain");
	harness_sign_in(h, harness_person(h, "Nova@example.org", "Nova"));
	harness_get(h, LINK);
	harness_expect_not(h, "signed in with another address");
	harness_expect_not(h, "What we should call you");
	fill_hours(h);
	harness_post(h, LINK);
	harness_expect_status(h, 303);
	assert_non_null(strstr(harness_header(h, "Location"), "/cohort/orion/members"));
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 200);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'sign_in'"), 0);
}

/* The role goes to whoever owns the address, not to who holds the link. */
static void
who_is_signed_in_with_another_address_gets_no_role(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	house_sign_in(h, "Eve");
	harness_get(h, LINK);
	harness_expect(h, "signed in with another address");
	fill_hours(h);
	harness_field(h, "name", "Eve");
	harness_post(h, LINK);
	harness_expect_location(h, "/cohort/invitation/accepted");
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM member JOIN person ON person.id = person_id"
			     " WHERE email = 'Eve@example.org'"),
	    0);
	harness_get(h, "/cohort/orion/members");
	harness_expect_status(h, 404);
}

static void
an_organiser_says_a_name_alone(void **state)
{
	struct harness *h = *state;

	invited_as(h, "organiser");
	harness_get(h, LINK);
	harness_expect(h, "Will you be an organiser of Orion?");
	harness_expect_not(h, "How many Djangonauts");
	/* Not by the other door. */
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_post(h, LINK);
	harness_expect_status(h, 404);
	harness_post(h, LINK "/organise");
	harness_expect_status(h, 422);
	harness_expect(h, "Please fill this in");
	harness_field(h, "name", "Nova");
	harness_post(h, LINK "/organise");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM member WHERE role = 'organiser'"), 2);
	assert_string_equal(harness_rows(h,
				"SELECT json_extract(parameters, '$.next') FROM outbox"
				" WHERE kind = 'sign_in'"),
	    "/cohort/orion/organise|\n");
}

static void
mistakes_come_back_at_their_fields_with_what_was_typed(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	fill_hours(h);
	harness_post(h, LINK);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#name\"");
	harness_expect(h, "18:00");
	harness_field(h, "name", "Nova");
	harness_field(h, "zone", "Europe/Vienna");
	harness_field(h, "hours_2_from", "18:00");
	harness_field(h, "hours_2_to", "21:00");
	harness_field(h, "level_low", "3");
	harness_field(h, "level_high", "2");
	harness_field(h, "wants", "2");
	harness_post(h, LINK);
	harness_expect_status(h, 422);
	harness_expect(h, "highest level lies below the lowest");
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_run_sql(h, "UPDATE cohort SET djangonauts_per_navigator = 1");
	harness_post(h, LINK);
	harness_expect_status(h, 422);
	harness_expect(h, "The highest number here is 2");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
	assert_string_equal(harness_rows(h, "SELECT state FROM invitation"), "open|\n");
}

static void
saying_no_needs_one_press_and_no_reason(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	harness_post(h, LINK "/decline");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/invitation/declined");
	harness_get(h, "/cohort/invitation/declined");
	harness_expect(h, "Thank you for telling us");
	harness_get(h, LINK);
	harness_expect_status(h, 410);
	harness_expect(h, "You have declined");
	house_sign_in(h, "Polaris");
	harness_get(h, PEOPLE);
	harness_expect(h, "Declined on");
	/* Minds change: a new one can be sent. */
	harness_set_now(h, HARNESS_NOW + 60);
	harness_field(h, "invitation", "1");
	harness_post(h, PEOPLE "/again");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM invitation"), 2);
}

static void
links_that_lead_nowhere_say_what_can_be_done(void **state)
{
	static const struct {
		const char *sql;
		const char *words;
	} ways[] = {
		{ "UPDATE invitation SET invited_at = 1, ends_at = 1795330800",
		    "The time for this invitation is over" },
		{ "UPDATE invitation SET state = 'cancelled', ended_at = 1",
		    "This invitation was taken back" },
		{ "UPDATE cohort SET starts_at = 1780000000, ends_at = 1790000000",
		    "This cohort is finished" },
		{ "UPDATE link SET expires_at = 1795330800", "This link leads nowhere now" },
		{ "DELETE FROM invitation", "This link leads nowhere now" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct harness *h;

		assert_int_equal(house_set_up((void **)&h), 0);
		invited_as(h, "navigator");
		harness_run_sql(h, ways[i].sql);
		harness_get(h, LINK);
		harness_expect_status(h, 410);
		harness_expect(h, ways[i].words);
		fill_hours(h);
		harness_field(h, "name", "Nova");
		harness_post(h, LINK);
		harness_expect_status(h, 410);
		harness_post(h, LINK "/decline");
		harness_expect_status(h, 410);
		assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
		harness_get(h, "/cohort/invitation/no-token");
		harness_expect_status(h, 410);
		harness_free(h);
	}
}

static void
who_is_kept_out_meanwhile_is_told(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	(void)harness_person(h, "nova@example.org", "Nova");
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE name = 'Nova'");
	fill_hours(h);
	harness_post(h, LINK);
	harness_expect_status(h, 422);
	harness_expect(h, "This account is closed");
	assert_string_equal(harness_rows(h, "SELECT state FROM invitation"), "open|\n");
}

/* A draft is its organisers' alone: a navigator begins on their own page. */
static void
in_a_draft_a_navigator_is_led_to_their_own_page(void **state)
{
	struct harness *h = *state;

	invited_as(h, "navigator");
	harness_run_sql(h, "UPDATE cohort SET published_at = NULL");
	fill_hours(h);
	harness_field(h, "name", "Nova");
	harness_post(h, LINK);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				"SELECT json_extract(parameters, '$.next') FROM outbox"
				" WHERE kind = 'sign_in'"),
	    "/cohort/me|\n");
}

static void
hours_are_changed_later_and_shown_where_groups_are_made(void **state)
{
	struct harness *h = *state;
	int64_t rigel = house_member(h, "Rigel", "navigator", 0);

	house_group(h, "lyra");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "We do not know the hours of Rigel yet");
	house_sign_in(h, "Rigel");
	harness_get(h, "/cohort/orion/members");
	harness_expect(h, "href=\"" HOURS "\"");
	harness_get(h, HOURS);
	harness_expect(h, "You have not told us yet");
	fill_hours(h);
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	harness_get(h, HOURS);
	harness_expect(h, "Wed 18:00–21:00 Europe/Vienna");
	fill_hours(h);
	harness_field(h, "hours_4_from", "10:00");
	harness_field(h, "hours_4_to", "12:00");
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM volunteer"), 1);
	assert_int_equal(harness_number(h, "SELECT member_id FROM volunteer"), rigel);
	house_sign_in(h, "Polaris");
	harness_get(h, HOUSE_ORGANISE "/groups");
	harness_expect(h, "Fri 10:00–12:00 Europe/Vienna");
	harness_expect(h, "would like 4 Djangonauts");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_not(h, "We do not know the hours");
	house_sign_in(h, "Rigel");
	fill_hours(h);
	harness_field(h, "level_low", "4");
	harness_post(h, HOURS);
	harness_expect_status(h, 422);
}

static void
who_is_navigator_and_captain_gives_hours_once_for_both(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 1, id, 'captain', 1 FROM person WHERE name = 'Rigel'");
	house_sign_in(h, "Rigel");
	fill_hours(h);
	harness_post(h, HOURS);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM volunteer"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(safety_14_looking_at_an_invitation_changes_nothing),
		house_test(saying_yes_makes_a_navigator_and_mails_a_way_in),
		house_test(who_is_signed_in_with_that_address_goes_straight_on),
		house_test(who_is_signed_in_with_another_address_gets_no_role),
		house_test(an_organiser_says_a_name_alone),
		house_test(mistakes_come_back_at_their_fields_with_what_was_typed),
		house_test(saying_no_needs_one_press_and_no_reason),
		house_test(links_that_lead_nowhere_say_what_can_be_done),
		house_test(who_is_kept_out_meanwhile_is_told),
		house_test(in_a_draft_a_navigator_is_led_to_their_own_page),
		house_test(hours_are_changed_later_and_shown_where_groups_are_made),
		house_test(who_is_navigator_and_captain_gives_hours_once_for_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
