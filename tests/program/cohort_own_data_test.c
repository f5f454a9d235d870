/*
 * The pages of one's own data: taking a copy, and being forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../cgi-bin/cohort/cohort.h"
#include "harness.h"
#include "model/own_data.h"
#include "model/session.h"

#define TOKEN "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"

struct scene {
	struct harness *harness;
	int64_t vega;
};

static int
set_up(void **state)
{
	struct harness *h = harness_new(&cohort_program);
	struct scene *scene = arena_alloc(harness_arena(h), sizeof(*scene));

	scene->harness = h;
	scene->vega = harness_person(h, "vega@example.org", "Vega");
	harness_sign_in(h, scene->vega);
	*state = scene;
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *scene = *state;

	harness_free(scene->harness);
	return 0;
}

/* The link of the mail, as the courier records it. */
static void
record_link(struct scene *scene)
{
	struct db *db = harness_db(scene->harness);

	assert_true(db_begin_write(db));
	assert_true(link_record(db, harness_arena(scene->harness), TOKEN,
	    &(struct link_new){ .purpose = "erase", .person_id = scene->vega },
	    harness_now(scene->harness), harness_now(scene->harness) + OWN_DATA_ERASE_SECONDS));
	assert_true(db_commit(db));
}

/* A highlight of Vega's, so that something of hers is public. */
static void
publish(struct scene *scene)
{
	static const char sql[] =
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at) VALUES"
	    " (1, 'orion', 'Orion', 'Goal', 'f1', 1, '2026-11-01', '2026-11-20', '2026-11-22',"
	    " 1793440800, 1795262400, 1795305600, 1800748800, 8, 4, 8, 8, 1);"
	    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
	    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal, level_low,"
	    " level_high, seats, meeting_weekday, meeting_time, meeting_zone, created_at) VALUES"
	    " (1, 1, 'lyra', 'Lyra', 1, 'A ticket', 1, 2, 4, 2, '19:00', 'Europe/Vienna', 1);"
	    "INSERT INTO member (id, cohort_id, person_id, role, joined_at)"
	    " SELECT 1, 1, id, 'organiser', 1 FROM person;"
	    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
	    " (1, 1, 1, 1795327200, 1795413600);"
	    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at,"
	    " updated_at) VALUES (1, 'h1', 1, 1, 'Told', 'Look', 1795327400, 1795327400)";

	harness_run_sql(scene->harness, sql);
}

static void
a_copy_is_a_file_that_nobody_else_keeps(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;
	json_t *file;

	harness_post(h, "/cohort/me/data");
	harness_expect_status(h, 200);
	assert_string_equal(harness_header(h, "Content-Type"), "application/json");
	assert_string_equal(harness_header(h, "Content-Disposition"),
	    "attachment; filename=\"own-data-2026-11-22.json\"");
	assert_string_equal(harness_header(h, "Cache-Control"), "no-store");
	file = json_loads(harness_body_text(h), 0, NULL);
	assert_non_null(file);
	assert_string_equal(
	    json_string_value(json_object_get(json_object_get(file, "person"), "email")),
	    "vega@example.org");
	assert_non_null(
	    strstr(json_string_value(json_object_get(file, "what_is_this")), "Test Programme"));
	assert_string_equal(
	    json_string_value(json_object_get(file, "made_at")), "2026-11-22T07:00:00Z");
	assert_int_equal(json_array_size(json_object_get(file, "sessions")), 1);
	assert_int_equal(json_array_size(json_object_get(file, "check_ins")), 0);
	json_decref(file);
}

/* What is said of an application tells how it will end, before that is told. */
static void
notes_of_reviewers_come_once_one_was_told_how_it_ended(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	publish(scene);
	harness_run_sql(h,
	    "INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key,"
	    " name, name_key, zone, level, hours, hours_utc, submitted_at, changed_at,"
	    " confirm_until, confirmed_at)"
	    " SELECT 1, 'a', 'R', 1, id, email, email_key, name, name_key, 'UTC', 1,"
	    " hex(zeroblob(42)), hex(zeroblob(42)), 1, 1, 1, 1 FROM person;"
	    "INSERT INTO person (id, email, email_key, name, name_key, zone, created_at)"
	    " VALUES (99, 'r@example.org', 'r@example.org', 'Rigel', 'rigel', 'UTC', 1);"
	    "INSERT INTO review (application_id, person_id, taken_at, finished_at, score, note)"
	    " VALUES (1, 99, 1, 2, 9000, 'Warm and concrete')");
	harness_post(h, "/cohort/me/data");
	harness_expect_status(h, 200);
	harness_expect_not(h, "Warm and concrete");
	harness_run_sql(h, "UPDATE application SET standing = 'declined'");
	harness_post(h, "/cohort/me/data");
	harness_expect(h, "Warm and concrete");
}

/* Monday 09:00 to 10:30 and Sunday 23:30 to 24:00, as slots.h numbers them. */
static void
hours_can_be_read_without_a_program(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;
	struct slots slots = { { 0 } };
	json_t *file, *hours;
	char *text;

	publish(scene);
	for (size_t slot = 18; slot < 21; slot++) {
		slots_set(&slots, SLOTS_DAY + slot);
	}
	slots_set(&slots, SLOTS_DAY - 1);
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO volunteer (member_id, zone, hours, hours_utc, level_low, level_high,"
		" wants, said_at) VALUES (1, 'UTC', '%s', '%s', 1, 2, 4, 1)",
		slots_hex(harness_arena(h), &slots), slots_hex(harness_arena(h), &slots)));
	harness_post(h, "/cohort/me/data");
	file = json_loads(harness_body_text(h), 0, NULL);
	hours =
	    json_object_get(json_object_get(json_array_get(json_object_get(file, "memberships"), 0),
				"availability"),
		"free_hours");
	text = json_dumps(hours, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text,
	    "[{\"from\":\"23:30\",\"to\":\"24:00\",\"weekday\":7},"
	    "{\"from\":\"09:00\",\"to\":\"10:30\",\"weekday\":1}]");
	free(text);
	json_decref(file);
}

static void
a_copy_is_told_by_mail_and_noted_in_the_log(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	harness_post(h, "/cohort/me/data");
	assert_string_equal(
	    harness_rows(h, "SELECT kind, recipient FROM outbox"), "own_data|vega@example.org|\n");
	assert_string_equal(harness_rows(h, "SELECT action, actor_id = subject_id FROM audit"),
	    "own_data_taken|1|\n");
	/* And so it is in the copy. */
	harness_expect(h, "own_data_taken");
}

static void
safety_28_looking_at_the_page_takes_no_copy(void **state)
{
	struct scene *scene = *state;
	const char *before = harness_dump(scene->harness);

	harness_get(scene->harness, "/cohort/me/data");
	harness_expect_status(scene->harness, 200);
	harness_expect(scene->harness, "vega@example.org");
	assert_string_equal(harness_dump(scene->harness), before);
}

static void
safety_19_copies_and_links_are_counted(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	for (int i = 0; i < OWN_DATA_AN_HOUR; i++) {
		harness_post(h, i % 2 == 0 ? "/cohort/me/data" : "/cohort/me/erase");
		harness_expect_status(h, i % 2 == 0 ? 200 : 303);
	}
	harness_post(h, "/cohort/me/data");
	harness_expect_status(h, 422);
	harness_post(h, "/cohort/me/erase");
	harness_expect_status(h, 422);
	harness_set_now(h, HARNESS_NOW + 3601);
	harness_post(h, "/cohort/me/data");
	harness_expect_status(h, 200);
}

static void
asking_to_be_forgotten_sends_a_mail_and_changes_nothing_else(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	harness_post(h, "/cohort/me/erase");
	harness_expect_location(h, "/cohort/me/data?done=erase_asked");
	assert_string_equal(
	    harness_rows(h, "SELECT kind, recipient FROM outbox"), "erase|vega@example.org|\n");
	assert_int_equal(harness_number(h, "SELECT erased_at IS NULL FROM person"), 1);
}

static void
safety_14_opening_the_link_erases_nothing(void **state)
{
	struct scene *scene = *state;
	const char *before;

	record_link(scene);
	harness_forget(scene->harness);
	before = harness_dump(scene->harness);
	harness_get(scene->harness, "/cohort/erase/" TOKEN);
	harness_expect_status(scene->harness, 200);
	harness_expect_not(scene->harness, "vega@example.org");
	harness_expect(scene->harness, "A former member");
	harness_expect_not(scene->harness, "type=\"radio\"");
	assert_string_equal(harness_dump(scene->harness), before);
}

static void
the_button_erases_and_signs_out(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	record_link(scene);
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_location(h, "/?done=erased");
	assert_string_equal(harness_rows(h, "SELECT email, name FROM person"),
	    "erased-1@erased.invalid|A former member|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, subject_id FROM audit"), "erased|1|1|\n");
	assert_string_equal(harness_rows(h, "SELECT kind FROM outbox"), "erased|\n");
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 303);
	harness_get(h, "/?done=erased");
	harness_expect(h, "Your data are gone");
}

/* On a device where nobody is signed in, or somebody else. */
static void
the_link_works_on_another_device_and_signs_nobody_else_out(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	record_link(scene);
	harness_forget(h);
	harness_sign_in(h, harness_person(h, "rigel@example.org", "Rigel"));
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 303);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	harness_expect(h, "Rigel");
	/* Of the two, only the one who pressed is in the log: the stand-in. */
	assert_string_equal(harness_rows(h, "SELECT actor_id, subject_id FROM audit"), "1|1|\n");
}

static void
safety_15_a_link_erases_once_and_within_its_hour(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	record_link(scene);
	harness_set_now(h, HARNESS_NOW + OWN_DATA_ERASE_SECONDS);
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect(h, "no longer works");
	assert_int_equal(harness_number(h, "SELECT erased_at IS NULL FROM person"), 1);
	harness_set_now(h, HARNESS_NOW);
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 303);
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 200);
	harness_expect(h, "no longer works");
}

static void
what_is_public_asks_for_a_choice(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	publish(scene);
	record_link(scene);
	harness_get(h, "/cohort/erase/" TOKEN);
	harness_expect(h, "type=\"radio\"");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT erased_at IS NULL FROM person"), 1);
	harness_field(h, "public", "withdraw");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT withdrawn_at IS NULL FROM highlight"), 0);
}

static void
what_is_public_stays_by_choice(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	publish(scene);
	record_link(scene);
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT title, withdrawn_at FROM highlight"), "Told|NULL|\n");
}

/* Leaving is never refused. */
static void
a_last_administrator_and_only_organiser_is_told_and_may_go(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;

	publish(scene);
	harness_run_sql(h, "UPDATE person SET is_administrator = 1");
	record_link(scene);
	harness_get(h, "/cohort/erase/" TOKEN);
	harness_expect(h, "last administrator");
	harness_expect(h, "only organiser of one cohort");
	harness_field(h, "public", "keep");
	harness_post(h, "/cohort/erase/" TOKEN);
	harness_expect_status(h, 303);
}

/* What is left of an application leads nowhere and names nobody. */
static void
a_stripped_application_is_shown_as_one_and_not_to_whom_it_was(void **state)
{
	struct scene *scene = *state;
	struct harness *h = scene->harness;
	int64_t rigel;

	publish(scene);
	rigel = harness_person(h, "rigel@example.org", "Rigel");
	harness_run_sql(h,
	    "INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key,"
	    " name, name_key, zone, level, hours, hours_utc, submitted_at,"
	    " changed_at, confirm_until, confirmed_at, stripped_at) VALUES (1, 'erased-1',"
	    " 'erased-1', 1, 2, 'erased-application-1@erased.invalid', 'erased', 'Somebody', '',"
	    " 'UTC', 2, printf('%084d', 0), printf('%084d', 0), 1, 1, 2, 2, 3)");
	harness_get(h, "/cohort/orion/organise/applications/erased-1");
	harness_expect_status(h, 200);
	harness_expect(h, "What is left only counts");
	harness_expect_not(h, "erased.invalid");
	harness_forget(h);
	harness_sign_in(h, rigel);
	harness_get(h, "/cohort/me");
	harness_expect_status(h, 200);
	harness_expect_not(h, "erased-1");
}

#define own_data_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		own_data_test(a_copy_is_a_file_that_nobody_else_keeps),
		own_data_test(hours_can_be_read_without_a_program),
		own_data_test(notes_of_reviewers_come_once_one_was_told_how_it_ended),
		own_data_test(a_copy_is_told_by_mail_and_noted_in_the_log),
		own_data_test(safety_28_looking_at_the_page_takes_no_copy),
		own_data_test(safety_19_copies_and_links_are_counted),
		own_data_test(asking_to_be_forgotten_sends_a_mail_and_changes_nothing_else),
		own_data_test(safety_14_opening_the_link_erases_nothing),
		own_data_test(the_button_erases_and_signs_out),
		own_data_test(the_link_works_on_another_device_and_signs_nobody_else_out),
		own_data_test(safety_15_a_link_erases_once_and_within_its_hour),
		own_data_test(what_is_public_asks_for_a_choice),
		own_data_test(what_is_public_stays_by_choice),
		own_data_test(a_stripped_application_is_shown_as_one_and_not_to_whom_it_was),
		own_data_test(a_last_administrator_and_only_organiser_is_told_and_may_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
