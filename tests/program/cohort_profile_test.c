/*
 * What a person says of themselves, and who sees it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "model/person.h"

#define GROUP_PAGE "/cohort/orion/group/lyra"
#define PEOPLE HOUSE_ORGANISE "/people"

/* A group of Rigel, who navigates it, and Vega and Altair, announced. */
static void
make_group(struct harness *h)
{
	house_group(h, "lyra");
	house_seat(h, house_member(h, "Rigel", "navigator", 0), "lyra");
	house_seat(h, house_member(h, "Vega", "djangonaut", 1), "lyra");
	house_seat(h, house_member(h, "Altair", "djangonaut", 2), "lyra");
	harness_run_sql(h,
	    "UPDATE cohort SET groups_formed_at = 1;"
	    "UPDATE person SET pronouns = 'she/xyzzy' WHERE name = 'Vega'");
}

static void
save(struct harness *h, const char *audience, bool reminders)
{
	harness_field(h, "name", "Vega");
	harness_field(h, "zone", "UTC");
	harness_field(h, "pronouns", "she/xyzzy");
	harness_field(h, "pronouns_audience", audience);
	if (reminders) {
		harness_field(h, "wants_reminders", "yes");
	}
	harness_post(h, "/cohort/me");
}

static const char *
kept(struct harness *h)
{
	return harness_rows(
	    h, "SELECT pronouns_audience, wants_reminders FROM person WHERE name = 'Vega'");
}

static void
who_sees_my_pronouns_and_whether_i_am_reminded_is_mine_to_say(void **state)
{
	struct harness *h = *state;

	house_sign_in(h, "Vega");
	assert_string_equal(kept(h), "3|1|\n");
	harness_get(h, "/cohort/me");
	harness_expect(h, "Who sees your pronouns");
	save(h, "organisers", false);
	harness_expect_status(h, 303);
	assert_string_equal(kept(h), "1|0|\n");
	save(h, "groups", true);
	assert_string_equal(kept(h), "2|1|\n");
	save(h, "", true);
	harness_expect_status(h, 422);
	save(h, "everybody", true);
	harness_expect_status(h, 422);
	assert_string_equal(kept(h), "2|1|\n");
	save(h, "cohort", true);
	assert_string_equal(kept(h), "3|1|\n");
}

static void
expect_seen(struct harness *h, const char *name, const char *path, bool seen)
{
	house_sign_in(h, name);
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, "Vega");
	if (seen) {
		harness_expect(h, "she/xyzzy");
	} else {
		harness_expect_not(h, "she/xyzzy");
	}
}

static void
pronouns_in_the_members_area_are_for_whom_they_are_meant(void **state)
{
	struct harness *h = *state;

	make_group(h);
	for (int audience = PRONOUNS_ORGANISER; audience <= PRONOUNS_COHORT; audience++) {
		harness_run_sql(h,
		    arena_format(harness_arena(h),
			"UPDATE person SET pronouns_audience = %d WHERE name = 'Vega'", audience));
		expect_seen(h, "Altair", "/cohort/orion/members", audience >= PRONOUNS_GROUP);
		expect_seen(h, "Rigel", "/cohort/orion/members", audience >= PRONOUNS_GROUP);
		expect_seen(h, "Vega", "/cohort/orion/members", true);
		expect_seen(h, "Polaris", PEOPLE, true);
	}
}

static void
an_administrator_who_organises_nothing_sees_no_pronouns(void **state)
{
	struct harness *h = *state;

	make_group(h);
	harness_person(h, "electra@example.org", "Electra");
	harness_run_sql(h,
	    "UPDATE person SET is_administrator = 1 WHERE name = 'Electra';"
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 1, id, 'organiser', 1 FROM person WHERE name = 'Vega'");
	house_sign_in(h, "Electra");
	harness_get(h, PEOPLE);
	harness_expect_status(h, 200);
	harness_expect_not(h, "she/xyzzy");
}

static void
in_public_djangonauts_are_counted_unless_they_ticked_a_name(void **state)
{
	struct harness *h = *state;

	make_group(h);
	harness_run_sql(h, "UPDATE person SET public_name = 'Eagle' WHERE name = 'Vega'");
	harness_forget(h);
	harness_get(h, GROUP_PAGE);
	harness_expect(h, "2 Djangonauts");
	harness_expect(h, "Rigel");
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Eagle");
	harness_expect_not(h, "Altair");
	harness_run_sql(h, "UPDATE person SET show_public_name = 1");
	harness_get(h, GROUP_PAGE);
	harness_expect(h, "2 Djangonauts");
	harness_expect(h, "Eagle");
	harness_expect_not(h, "Vega");
	harness_expect_not(h, "Altair");
	/* Pronouns are never public. */
	harness_expect_not(h, "she/xyzzy");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(who_sees_my_pronouns_and_whether_i_am_reminded_is_mine_to_say),
		house_test(pronouns_in_the_members_area_are_for_whom_they_are_meant),
		house_test(an_administrator_who_organises_nothing_sees_no_pronouns),
		house_test(in_public_djangonauts_are_counted_unless_they_ticked_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
