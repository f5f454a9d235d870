/*
 * The questions of a cohort in the form of applications: all kinds of them, two
 * hundred at once, questions that change while someone is writing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "ground/bytes.h"
#include "harness.h"
#include "questions.h"

enum { MANY = 200 };

/* One more question of orion's form; `more` are columns of its wording. */
static void
ask(struct harness *h, const char *name, const char *kind, const char *columns, const char *values)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO questionnaire_item (questionnaire_id, name, position, kind)"
		" SELECT questionnaire.id, '%s', 10, '%s' FROM questionnaire JOIN cohort"
		" ON cohort.id = cohort_id WHERE purpose = 'apply' AND slug = 'orion';"
		"INSERT INTO item_wording (item_id, label, made_at, is_required%s) VALUES"
		" ((SELECT max(id) FROM questionnaire_item), 'About %s', 1%s)",
		name, kind, columns, name, values));
}

/* What organisers do: the questions have another revision then. */
static void
change(struct harness *h, const char *sql)
{
	harness_run_sql(h, sql);
	harness_run_sql(
	    h, "UPDATE questionnaire SET revision = revision + 1 WHERE purpose = 'apply'");
}

static int64_t
applications(struct harness *h)
{
	return harness_number(h, "SELECT count(*) FROM application");
}

/* Opens the form and types all but what the test is about. */
static void
begin(struct harness *h)
{
	harness_get(h, "/apply/orion");
	harness_expect_status(h, 200);
}

static void
type_again(struct harness *h, const struct apply_other *others)
{
	harness_field(h, "_key", apply_hidden(h, "_key"));
	harness_field(h, "asked", apply_hidden(h, "asked"));
	harness_field(h, "email", "vega@example.org");
	apply_fill(h, others);
}

static void
says_how_long_it_takes_before_anything_else(void **state)
{
	struct harness *h = *state;
	const char *body;

	harness_run_sql(h,
	    "UPDATE questionnaire SET minutes = 35, intro = 'Take *your* time.'"
	    " WHERE purpose = 'apply'");
	begin(h);
	harness_expect(h, "takes about 35 minutes");
	harness_expect(h, "Take <em>your</em> time.");
	harness_expect(h, "Plain or broken English is welcome and is not");
	body = harness_body_text(h);
	assert_true(
	    strstr(body, "35 minutes") < strstr(body, "<form method=\"post\" action=\"/apply"));
}

static void
asks_questions_of_every_kind_and_keeps_their_answers(void **state)
{
	static const struct apply_other said[] = { { "words", "Short" }, { "count", "7" },
		{ "day", "2027-01-31" }, { "colour", "Blue" }, { "tools", "vi\r\n\r\n ed " },
		{ "page", "https://example.org/x" }, { "mail", "me@example.org" }, { "mood", "4" },
		{ "been", "yes" }, { "pets", "Cat" }, { NULL, NULL } };
	struct harness *h = *state;

	ask(h, "words", "short", "", ", 1");
	ask(h, "count", "number", ", least, most", ", 1, 1, 9");
	ask(h, "day", "date", "", ", 1");
	ask(h, "colour", "one", ", options", ", 1, 'Red' || char(10) || 'Blue'");
	ask(h, "pets", "several", ", options", ", 1, 'Cat' || char(10) || 'Dog'");
	ask(h, "tools", "list", "", ", 1");
	ask(h, "page", "url", "", ", 1");
	ask(h, "mail", "email", "", ", 1");
	ask(h, "mood", "rating", "", ", 1");
	ask(h, "been", "yes_no", "", ", 1");
	begin(h);
	harness_expect(h, "About words");
	harness_expect(h, "A whole number from 1 to 9.");
	type_again(h, said);
	harness_field(h, "pets", "Dog");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_string_equal(questions_value(h, 1, "words"), "Short");
	assert_string_equal(questions_value(h, 1, "day"), "2027-01-31");
	assert_string_equal(questions_value(h, 1, "pets"), "Cat\nDog");
	assert_string_equal(questions_value(h, 1, "tools"), "vi\ned");
	assert_string_equal(questions_value(h, 1, "been"), "yes");
}

static void
two_hundred_mistakes_come_back_with_all_of_them_marked(void **state)
{
	struct harness *h = *state;
	struct arena *arena = harness_arena(h);
	int i;

	for (i = 0; i < MANY; i++) {
		ask(h, arena_format(arena, "many%d", i), "short", ", most", ", 1, 5");
	}
	begin(h);
	type_again(h, NULL);
	for (i = 0; i < MANY; i++) {
		harness_field(
		    h, arena_format(arena, "many%d", i), arena_format(arena, "too long %d", i));
	}
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "There are 200 things to correct");
	for (i = 0; i < MANY; i++) {
		harness_expect(h, arena_format(arena, "href=\"#many%d\"", i));
		harness_expect(h, arena_format(arena, "id=\"many%d-error\"", i));
		harness_expect(h, arena_format(arena, "value=\"too long %d\"", i));
	}
	harness_expect(h, "To learn\nwith others</textarea>");
	assert_int_equal(applications(h), 0);
}

/* 2,000 UTF-16 units after CRLF became LF: what a browser counts. */
static void
lengths_are_those_that_browsers_count(void **state)
{
	struct harness *h = *state;
	struct bytes *words = bytes_new(harness_arena(h));
	int i;

	for (i = 0; i < 500; i++) {
		bytes_text(words, "\xf0\x9f\x8c\x8c\r\nx");
	}
	apply_send_other(h, "orion", "a@example.org", "why", words->data);
	harness_expect_status(h, 303);
	bytes_text(words, "y");
	apply_send_other(h, "orion", "b@example.org", "why", words->data);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"why-error\"");
	harness_expect(h, "Please shorten this by 1 character");
}

static void
a_question_put_otherwise_meanwhile_is_marked_and_nothing_is_lost(void **state)
{
	struct harness *h = *state;

	begin(h);
	change(h,
	    "UPDATE item_wording SET label = 'Why us?', made_at = 1795330801"
	    " WHERE label LIKE 'Why would%'");
	type_again(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "The organisers changed the questions while you were");
	harness_expect(h, "Why us?");
	harness_expect(h, "id=\"why-note\"");
	harness_expect_not(h, "id=\"hopes-note\"");
	harness_expect(h, "To learn\nwith others</textarea>");
	assert_int_equal(applications(h), 0);
	/* Once it was told, it is taken. */
	type_again(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_int_equal(applications(h), 1);
}

static void
words_for_a_question_that_is_gone_stay_on_the_page(void **state)
{
	struct harness *h = *state;

	ask(h, "dream", "long", "", ", 0");
	ask(h, "never", "short", "", ", 0");
	begin(h);
	change(h, "UPDATE questionnaire_item SET retired_at = 1795330801 WHERE name = 'dream'");
	change(h, "DELETE FROM questionnaire_item WHERE name = 'never'");
	type_again(h, NULL);
	harness_field(h, "dream", "Of <stars>");
	harness_field(h, "never", "Said once");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "Asked no more");
	harness_expect(h, "About dream");
	harness_expect(h, "Of &lt;stars&gt;</textarea>");
	harness_expect(h, "Said once</textarea>");
	/* They stay when another mistake brings the form back. */
	type_again(h, (const struct apply_other[]){ { "name", "" }, { NULL, NULL } });
	harness_field(h, "dream", "Of <stars>");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 422);
	harness_expect(h, "Of &lt;stars&gt;</textarea>");
	type_again(h, NULL);
	harness_field(h, "dream", "Of <stars>");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_string_equal(questions_value(h, 1, "dream"), "");
}

/* Nobody is stopped for what concerns no word of theirs. */
static void
a_change_of_what_nobody_typed_stops_nobody(void **state)
{
	struct harness *h = *state;

	ask(h, "dream", "long", "", ", 0");
	begin(h);
	change(h, "UPDATE questionnaire_item SET retired_at = 1795330801 WHERE name = 'dream'");
	type_again(h, NULL);
	harness_field(h, "dream", " ");
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
}

static void
a_cohort_that_asks_nothing_of_its_own_has_a_form(void **state)
{
	struct harness *h = *state;

	change(h, "UPDATE questionnaire_item SET retired_at = 1");
	begin(h);
	harness_expect_not(h, "In your own words");
	type_again(h, NULL);
	harness_post(h, "/apply/orion");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application_answer"), 0);
}

/* The form as sent stands in no other's way: a tampered mark is none. */
static void
what_the_form_carries_is_no_door(void **state)
{
	static const char *const marks[] = { "", "1", "x.y.z", "1.2", "-1.0.1",
		"99999999999999999999.1.1" };
	struct harness *h = *state;
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		begin(h);
		harness_field(h, "_key", apply_hidden(h, "_key"));
		harness_field(h, "asked", marks[i]);
		harness_field(h, "email", arena_format(harness_arena(h), "a%zu@example.org", i));
		apply_fill(h, NULL);
		harness_post(h, "/apply/orion");
		harness_expect_status(h, 303);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, apply_set_up, apply_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(says_how_long_it_takes_before_anything_else),
		CASE(asks_questions_of_every_kind_and_keeps_their_answers),
		CASE(two_hundred_mistakes_come_back_with_all_of_them_marked),
		CASE(lengths_are_those_that_browsers_count),
		CASE(a_question_put_otherwise_meanwhile_is_marked_and_nothing_is_lost),
		CASE(words_for_a_question_that_is_gone_stay_on_the_page),
		CASE(a_change_of_what_nobody_typed_stops_nobody),
		CASE(a_cohort_that_asks_nothing_of_its_own_has_a_form),
		CASE(what_the_form_carries_is_no_door),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
