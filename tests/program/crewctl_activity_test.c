/*
 * What a web hook is posted: the words of the feed, and nothing else.
 */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/letters.h"
#include "ground/text.h"
#include "harness.h"
#include "model/outbox.h"

/* Orion with a highlight of lyra's, whose words are public, beside words that
 * are not; a hook of each format. */
static const char scene[] =
    "INSERT INTO person (id, email, email_key, name, name_key, public_name, created_at) VALUES"
    " (101, 'canary-rigel@example.org', 'canary-rigel@example.org', 'Canary Rigel',"
    "  'canary rigel', 'Canary Public', 0),"
    " (102, 'canary-vega@example.org', 'canary-vega@example.org', 'Canary Vega',"
    "  'canary vega', NULL, 0);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
    " ends_at, weeks, djangonauts_per_navigator, djangonauts_per_group, chat_link,"
    " seats, created_at) VALUES (1, 'orion', 'Orion', 'A ticket each', 'f1', 1,"
    " '2026-11-01', '2026-11-20', '2026-11-22', 1793440800, 1795262400,"
    " 1795305600, 1800748800, 8, 4, 8, 'https://canary.example/invitation', 8, 0);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id,"
    " goal, level_low, level_high, seats, meeting_weekday, meeting_time,"
    " meeting_zone, room_link, created_at) VALUES (1, 1, 'lyra', 'Lyra', 1,"
    " 'A ticket each', 1, 2, 4, 2, '19:00', 'Europe/Vienna', 'https://canary.example', 0);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " VALUES (1, 1, 101, 'navigator', NULL, 0), (2, 1, 102, 'djangonaut', 1, 0);"
    "INSERT INTO placement (id, group_id, member_id, placed_at) VALUES (1, 1, 1, 0), (2, 1, 2, 0);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at, notes) VALUES"
    " (1, 1, 0, 1795330800, 1795417200, 'canary notes');"
    "INSERT INTO question (id, key, standup_id, member_id, body, asked_at)"
    " VALUES (1, 'q', 1, 2, 'A canary question', 1);"
    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at, updated_at)"
    " VALUES (1, 'h1', 1, 1, 'First *patch* merged', 'Vega and @everyone **did it**."
    " [Look](https://code.example/1)', 1795330000, 1795330000);"
    "INSERT INTO activity (id, key, kind, cohort_id, highlight_id, published_at, updated_at)"
    " VALUES (50, 'akey', 'highlight', 1, 1, 1795330000, 1795330000);"
    "INSERT INTO hook (id, cohort_id, format, name, link, created_at) VALUES"
    " (1, 1, 'discord', 'Canary name', 'https://hook.example/canary', 1),"
    " (2, NULL, 'json', 'Canary name', 'https://hook.example/canary', 1);";

struct office {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
	struct letter letter;
};

static const struct program no_program = { .name = "crewctl" };

static int
set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct office *office = arena_alloc(harness_arena(harness), sizeof *office);

	harness_run_sql(harness, scene);
	office->harness = harness;
	office->site = *harness_site(harness);
	office->crewctl = (struct crewctl){
		.arena = harness_arena(harness),
		.site = &office->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW,
	};
	*state = office;
	return 0;
}

static int
tear_down(void **state)
{
	struct office *office = *state;

	harness_free(office->harness);
	return 0;
}

static enum letter_outcome
write_post(struct office *office, int64_t hook_id, const char *parameters)
{
	struct outbox outbox = { .id = 9,
		.reason = "hook",
		.kind = "activity",
		.recipient = "",
		.hook_id = hook_id,
		.parameters = parameters };
	enum letter_outcome outcome;

	assert_true(db_begin_read(office->crewctl.db));
	outcome = letter_write(&office->crewctl, &outbox, &office->letter);
	db_rollback(office->crewctl.db);
	return outcome;
}

/* The object posted for the activity, or for a test. */
static json_t *
posted(struct office *office, int64_t hook_id, const char *parameters)
{
	json_t *object;

	assert_int_equal(write_post(office, hook_id, parameters), LETTER_READY);
	assert_non_null(office->letter.payload);
	assert_null(strstr(office->letter.payload, "canary"));
	assert_null(strstr(office->letter.payload, "Canary"));
	object = json_loads(office->letter.payload, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(object);
	return object;
}

static const char *
text_of(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	if (text == NULL) {
		fail_msg("no %s", name);
	}
	return text;
}

static void
a_program_gets_the_entrys_words_as_an_object(void **state)
{
	json_t *object = posted(*state, 2, "{\"activity\":\"50\"}");

	assert_int_equal(json_object_size(object), 7);
	assert_non_null(strstr(text_of(object, "id"), "tag:"));
	assert_non_null(strstr(text_of(object, "id"), ":akey"));
	assert_string_equal(text_of(object, "kind"), "highlight");
	assert_string_equal(text_of(object, "title"), "First *patch* merged");
	assert_string_equal(
	    text_of(object, "link"), "http://localhost:8080/feed/orion/lyra/highlight/h1");
	assert_string_equal(text_of(object, "cohort"), "orion");
	assert_string_equal(text_of(object, "published"), "2026-11-22T06:46:40Z");
	assert_string_equal(
	    text_of(object, "summary"), "Vega and @everyone did it. Look <https://code.example/1>");
	json_decref(object);
}

static void
discord_gets_a_message_that_calls_nobody(void **state)
{
	json_t *object = posted(*state, 1, "{\"activity\":\"50\"}");
	json_t *parse = json_object_get(json_object_get(object, "allowed_mentions"), "parse");
	const char *content = text_of(object, "content");

	assert_int_equal(json_object_size(object), 2);
	assert_true(json_is_array(parse));
	assert_int_equal(json_array_size(parse), 0);
	assert_null(strstr(content, "@everyone"));
	assert_non_null(strstr(content, "**First \\*patch\\* merged**\n"));
	assert_non_null(strstr(content, "\nhttp://localhost:8080/feed/orion/lyra/highlight/h1"));
	json_decref(object);
}

static void
a_message_is_cut_to_what_discord_takes_and_keeps_its_link(void **state)
{
	struct office *office = *state;
	json_t *object;

	harness_run_sql(office->harness,
	    "UPDATE highlight SET title = printf('%.*c', 100, '*'),"
	    " body = replace(printf('%.*c', 1300, 'x'), 'x', '🚀*_')");
	object = posted(office, 1, "{\"activity\":\"50\"}");
	assert_true(text_units(text_of(object, "content")) <= 2000);
	assert_non_null(strstr(
	    text_of(object, "content"), "\nhttp://localhost:8080/feed/orion/lyra/highlight/h1"));
	json_decref(object);
}

static void
what_was_taken_back_is_posted_nowhere(void **state)
{
	struct office *office = *state;

	harness_run_sql(office->harness,
	    "UPDATE highlight SET withdrawn_at = 1795330700, updated_at = 1795330700");
	assert_int_equal(write_post(office, 1, "{\"activity\":\"50\"}"), LETTER_POINTLESS);
	assert_int_equal(write_post(office, 2, "{\"activity\":\"50\"}"), LETTER_POINTLESS);
	assert_int_equal(write_post(office, 2, "{\"activity\":\"51\"}"), LETTER_POINTLESS);
	assert_int_equal(write_post(office, 2, "{}"), LETTER_POINTLESS);
	assert_int_equal(write_post(office, 3, "{\"activity\":\"50\"}"), LETTER_POINTLESS);
}

static void
every_kind_of_activity_can_be_posted(void **state)
{
	static const char *const kinds[] = { "cohort_opened", "cohort_launched", "groups_formed",
		"cohort_finished" };
	struct office *office = *state;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		for (int64_t hook = 1; hook <= 2; hook++) {
			json_t *object;

			harness_run_sql(office->harness,
			    arena_format(office->crewctl.arena,
				"INSERT OR IGNORE INTO activity (id, key, kind, cohort_id, published_at,"
				" updated_at) VALUES (%zu, 'key-%zu', '%s', 1, 1795330000, 1795330000)",
				60 + i, i, kinds[i]));
			object = posted(office, hook,
			    arena_format(office->crewctl.arena, "{\"activity\":\"%zu\"}", 60 + i));
			assert_true(
			    strlen(text_of(object, hook == 1 ? "content" : "summary")) > 10);
			json_decref(object);
		}
	}
}

static void
a_test_says_that_it_is_one(void **state)
{
	json_t *object = posted(*state, 2, "{\"test\":\"7\"}");

	assert_true(json_is_null(json_object_get(object, "id")));
	assert_true(json_is_null(json_object_get(object, "cohort")));
	assert_string_equal(text_of(object, "kind"), "test");
	assert_string_equal(text_of(object, "title"), "Hello from Test Programme");
	assert_string_equal(text_of(object, "published"), "2026-11-22T07:00:00Z");
	json_decref(object);
	object = posted(*state, 1, "{\"test\":\"7\"}");
	assert_non_null(strstr(text_of(object, "content"), "Hello from Test Programme"));
	json_decref(object);
}

#define office_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(a_program_gets_the_entrys_words_as_an_object),
		office_test(discord_gets_a_message_that_calls_nobody),
		office_test(a_message_is_cut_to_what_discord_takes_and_keeps_its_link),
		office_test(what_was_taken_back_is_posted_nowhere),
		office_test(every_kind_of_activity_can_be_posted),
		office_test(a_test_says_that_it_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
