/*
 * Making a cohort that begins as an earlier one was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"

/* Makes "perseids", 70 days after orion, as a copy of `copy` if that is not
 * NULL. */
static void
make(struct harness *h, const char *copy)
{
	static const char *const plan[][2] = { { "name", "Perseids" }, { "goal", "Another one" },
		{ "opens_on", "2027-01-01" }, { "closes_on", "2027-01-31" },
		{ "starts_on", "2027-03-15" }, { "weeks", "6" }, { "seats", "12" },
		{ "djangonauts_per_navigator", "4" }, { "djangonauts_per_group", "8" },
		{ "offer_days", "5" }, { "reviews_wanted", "3" }, { "grace_minutes", "0" },
		{ "releases_itself", "yes" }, { "slug", "perseids" } };

	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		harness_field(h, plan[i][0], plan[i][1]);
	}
	if (copy != NULL) {
		harness_field(h, "copy", copy);
	}
	harness_post(h, "/cohort/new");
}

/* What orion has that another cohort may begin with. */
static void
furnish(struct harness *h)
{
	harness_run_sql(h,
	    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind)"
	    " SELECT 900, id, 'since', 1, 'date' FROM questionnaire WHERE purpose = 'apply';"
	    "INSERT INTO item_wording (item_id, label, is_required, least, most, made_at)"
	    " VALUES (900, 'Since when?', 1, 20000, 20100, 1);"
	    "INSERT INTO criterion (cohort_id, name, weight, position) VALUES (1, 'Heart', 3, 1);"
	    "INSERT INTO cohort_level (cohort_id, level, name) VALUES (1, 1, 'Ashore');"
	    "INSERT INTO wording (cohort_id, kind, subject, body, changed_at)"
	    " VALUES (1, 'offer', 'A berth', 'Come: {link}', 1);"
	    "UPDATE cohort SET reviews_wanted = 4, grace_minutes = 15, releases_itself = 1,"
	    " offer_days = 9, seats = 33, chat_name = 'Lounge',"
	    " chat_link = 'https://chat.example.org/secret'");
}

static void
a_cohort_that_copies_nothing_begins_with_three_questions(void **state)
{
	struct harness *h = *state;

	make(h, NULL);
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/perseids/organise?done=cohort_made");
	assert_string_equal(
	    harness_rows(h,
		"SELECT item.name, item.kind, wording.label, wording.is_required"
		" FROM questionnaire AS form"
		" JOIN questionnaire_item AS item ON item.questionnaire_id = form.id"
		" JOIN item_wording AS wording ON wording.item_id = item.id"
		" WHERE form.cohort_id = 2 AND form.purpose = 'apply'"
		" ORDER BY item.position"),
	    "why|long|Why would you like to take part?|1|\n"
	    "experience|long|What have you done so far, and what was hard about it?|1|\n"
	    "hopes|long|What would you like to have achieved by the last week?|1|\n");
	assert_string_equal(harness_rows(h,
				"SELECT reviews_wanted, grace_minutes, releases_itself, offer_days"
				" FROM cohort WHERE id = 2"),
	    "3|0|1|5|\n");
}

static void
an_earlier_cohort_is_offered_and_its_numbers_stand_ready(void **state)
{
	struct harness *h = *state;

	furnish(h);
	harness_get(h, "/cohort/new");
	harness_expect_status(h, 200);
	harness_expect(h, "href=\"/cohort/new?copy=orion\"");
	harness_get(h, HOUSE_ORGANISE "/edit");
	harness_expect(h, "href=\"/cohort/new?copy=orion\"");
	harness_get(h, "/cohort/new?copy=orion");
	harness_expect(h, "Copied from");
	harness_expect(h, "name=\"copy\" value=\"orion\"");
	harness_expect(h, "name=\"reviews_wanted\" value=\"4\"");
	harness_expect(h, "name=\"grace_minutes\" value=\"15\"");
	harness_expect(h, "name=\"offer_days\" value=\"9\"");
	harness_expect(h, "name=\"seats\" value=\"33\"");
	harness_expect(h, "name=\"name\" value=\"\"");
	harness_expect(h, "name=\"starts_on\" value=\"\"");
	harness_expect_not(h, "chat.example.org/secret");
}

static void
a_copy_takes_everything_along_and_moves_its_days(void **state)
{
	struct harness *h = *state;

	furnish(h);
	(void)house_application(h, "Mira");
	make(h, "orion");
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/perseids/organise?done=cohort_copied");
	assert_string_equal(
	    harness_rows(h,
		"SELECT item.name, wording.label, wording.least, wording.most"
		" FROM questionnaire AS form"
		" JOIN questionnaire_item AS item ON item.questionnaire_id = form.id"
		" JOIN item_wording AS wording ON wording.item_id = item.id"
		" WHERE form.cohort_id = 2"),
	    "since|Since when?|20070|20170|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT name, weight FROM criterion WHERE cohort_id = 2"),
	    "Heart|3|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT level, name FROM cohort_level WHERE cohort_id = 2"),
	    "1|Ashore|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT name FROM project WHERE cohort_id = 2 ORDER BY id"),
	    "Accounts|\nForms|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT theme FROM cohort_week WHERE cohort_id = 2 AND number = 6"),
	    "Theme 6|\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM cohort_week WHERE cohort_id = 2"), 7);
	assert_string_equal(
	    harness_rows(h, "SELECT subject FROM wording WHERE cohort_id = 2"), "A berth|\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM application WHERE cohort_id = 2"), 0);
	assert_string_equal(
	    harness_rows(h, "SELECT action FROM audit WHERE cohort_id = 2 ORDER BY id"),
	    "cohort_made|\ncohort_copied|\n");
}

static void
a_mistake_keeps_what_is_to_be_copied(void **state)
{
	struct harness *h = *state;

	furnish(h);
	harness_field(h, "copy", "orion");
	harness_field(h, "name", "Perseids");
	harness_post(h, "/cohort/new");
	harness_expect_status(h, 422);
	harness_expect(h, "name=\"copy\" value=\"orion\"");
	harness_expect(h, "Copied from");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM cohort"), 1);
}

static void
safety_30_who_does_not_organise_a_cohort_cannot_copy_it(void **state)
{
	struct harness *h = *state;

	furnish(h);
	harness_run_sql(h,
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
	    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at) SELECT 9, 'draco', 'Draco', goal, 'draco',"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4, 8,"
	    " 9, 1 FROM cohort WHERE id = 1");
	(void)house_member(h, "Canopus", "navigator", 0);
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " SELECT 9, id, 'organiser', 1 FROM person WHERE name = 'Canopus'");
	house_sign_in(h, "Canopus");
	harness_get(h, "/cohort/new");
	harness_expect(h, "copy=draco");
	harness_expect_not(h, "copy=orion");
	harness_get(h, "/cohort/new?copy=orion");
	harness_expect_status(h, 200);
	harness_expect_not(h, "Copied from");
	harness_expect_not(h, "value=\"33\"");
	make(h, "orion");
	harness_expect_status(h, 422);
	harness_expect(h, "not yours to copy");
	harness_expect(h, "name=\"copy\" value=\"\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM cohort"), 2);
}

static void
an_administrator_may_copy_any(void **state)
{
	struct harness *h = *state;

	furnish(h);
	harness_run_sql(h, "UPDATE person SET is_administrator = 1; DELETE FROM member");
	make(h, "orion");
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM criterion WHERE cohort_id = 2"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_cohort_that_copies_nothing_begins_with_three_questions),
		house_test(an_earlier_cohort_is_offered_and_its_numbers_stand_ready),
		house_test(a_copy_takes_everything_along_and_moves_its_days),
		house_test(a_mistake_keeps_what_is_to_be_copied),
		house_test(safety_30_who_does_not_organise_a_cohort_cannot_copy_it),
		house_test(an_administrator_may_copy_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
