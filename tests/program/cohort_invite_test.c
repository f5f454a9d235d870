/*
 * The organisers' page of people: inviting, sending again, taking back, and
 * who comes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/clock.h"

#define PEOPLE HOUSE_ORGANISE "/people"

static void
invite(struct harness *h, const char *email, const char *role)
{
	harness_field(h, "name", "Nova");
	harness_field(h, "email", email);
	harness_field(h, "role", role);
	harness_post(h, PEOPLE);
}

static void
press(struct harness *h, const char *path, const char *id)
{
	harness_field(h, "invitation", id);
	harness_post(h, path);
}

static void
somebody_is_invited_and_stands_in_the_list(void **state)
{
	struct harness *h = *state;

	invite(h, "nova@example.org", "navigator");
	harness_expect_status(h, 303);
	harness_get(h, PEOPLE);
	harness_expect(h, "Nova");
	harness_expect(h, "nova@example.org");
	harness_expect(h, "Open until");
	harness_expect(h, "invited by <bdi>Polaris</bdi>");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, cohort_id FROM outbox"),
	    "invitation|nova@example.org|1|\n");
	/* Nobody has a right before they said yes. */
	assert_int_equal(harness_number(h, "SELECT count(*) FROM member"), 1);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM person"), 1);
	assert_string_equal(harness_rows(h, "SELECT action, actor_id, detail FROM audit"),
	    "invited|1|navigator|\n");
}

static void
what_is_wrong_is_said_at_its_field(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	invite(h, "rigel@example.org", "navigator");
	harness_expect_status(h, 422);
	harness_expect(h, "has that role already");
	invite(h, "nova@example.org", "captain");
	invite(h, "NOVA@example.org", "captain");
	harness_expect_status(h, 422);
	harness_expect(h, "is invited to that already");
	invite(h, "nowhere", "captain");
	harness_expect_status(h, 422);
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE name = 'Rigel'");
	invite(h, "rigel@example.org", "captain");
	harness_expect_status(h, 422);
	harness_expect(h, "closed the account");
	harness_run_sql(
	    h, "UPDATE cohort SET starts_at = 1780000000, ends_at = 1790000000 WHERE id = 1");
	invite(h, "vega@example.org", "captain");
	harness_expect_status(h, 422);
	harness_expect(h, "This cohort is finished");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM invitation"), 1);
}

/* Product, "Roles": an administrator makes cohorts and appoints organisers,
 * and reads nothing that a cohort keeps to itself. */
static void
an_administrator_invites_organisers_alone_and_an_organiser_none(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Vega", "djangonaut", 1);
	harness_get(h, PEOPLE);
	harness_expect_not(h, "value=\"organiser\"");
	harness_expect_not(h, "value=\"djangonaut\"");
	harness_expect(h, "Organisers are invited by an administrator");
	invite(h, "nova@example.org", "organiser");
	harness_expect_status(h, 422);
	invite(h, "nova@example.org", "navigator");
	harness_expect_status(h, 303);
	house_sign_in(h, "Regulus");
	harness_run_sql(h, "UPDATE person SET is_administrator = 1 WHERE name = 'Regulus'");
	harness_get(h, PEOPLE);
	harness_expect(h, "Polaris");
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Nova");
	harness_expect_not(h, "value=\"navigator\"");
	invite(h, "rigel@example.org", "navigator");
	harness_expect_status(h, 422);
	press(h, PEOPLE "/cancel", "1");
	harness_expect_status(h, 422);
	press(h, PEOPLE "/again", "1");
	harness_expect_status(h, 422);
	invite(h, "rigel@example.org", "organiser");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM invitation"), 2);
}

static void
it_is_sent_again_and_taken_back(void **state)
{
	struct harness *h = *state;

	invite(h, "nova@example.org", "navigator");
	press(h, PEOPLE "/again", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "sent a moment ago");
	harness_set_now(h, HARNESS_NOW + CLOCK_DAY);
	press(h, PEOPLE "/again", "1");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'invitation'"), 2);
	assert_int_equal(
	    harness_number(h, "SELECT ends_at FROM invitation"), HARNESS_NOW + 15 * CLOCK_DAY);
	press(h, PEOPLE "/cancel", "1");
	harness_expect_status(h, 303);
	harness_get(h, PEOPLE);
	harness_expect(h, "No invitation is open");
	press(h, PEOPLE "/cancel", "1");
	harness_expect_status(h, 422);
	harness_expect(h, "answered or taken back meanwhile");
	press(h, PEOPLE "/again", "1");
	harness_expect_status(h, 422);
	assert_string_equal(harness_rows(h, "SELECT action FROM audit ORDER BY id"),
	    "invited|\ninvited|\ninvitation_ended|\n");
}

static void
one_that_lapsed_is_listed_due_and_removed(void **state)
{
	struct harness *h = *state;

	invite(h, "nova@example.org", "navigator");
	harness_set_now(h, HARNESS_NOW + 14 * CLOCK_DAY);
	house_sign_in(h, "Polaris");
	harness_get(h, PEOPLE);
	harness_expect(h, "Not answered, lapsed on");
	harness_get(h, HOUSE_ORGANISE);
	harness_expect(h, "One invitation was not answered");
	harness_expect(h, PEOPLE "#invitations");
	press(h, PEOPLE "/cancel", "1");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM invitation"), 0);
	harness_get(h, HOUSE_ORGANISE);
	harness_expect_not(h, "not answered");
}

static void
a_djangonaut_who_left_is_taken_back(void **state)
{
	struct harness *h = *state;
	const char *vega = arena_format(
	    harness_arena(h), "%lld", (long long)house_member(h, "Vega", "djangonaut", 1));

	harness_field(h, "member", vega);
	harness_post(h, PEOPLE "/end");
	harness_expect_status(h, 303);
	harness_get(h, PEOPLE);
	harness_expect(h, "Djangonauts who left");
	harness_field(h, "member", vega);
	harness_post(h, PEOPLE "/return");
	harness_expect_status(h, 303);
	harness_get(h, PEOPLE);
	harness_expect_not(h, "Djangonauts who left");
	harness_field(h, "member", vega);
	harness_post(h, PEOPLE "/return");
	harness_expect_status(h, 422);
	assert_string_equal(harness_rows(h, "SELECT action, detail FROM audit ORDER BY id"),
	    "role_ended|djangonaut|\nrole_given|djangonaut|\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(somebody_is_invited_and_stands_in_the_list),
		house_test(what_is_wrong_is_said_at_its_field),
		house_test(an_administrator_invites_organisers_alone_and_an_organiser_none),
		house_test(it_is_sent_again_and_taken_back),
		house_test(one_that_lapsed_is_listed_due_and_removed),
		house_test(a_djangonaut_who_left_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
