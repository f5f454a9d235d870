/*
 * Questions and answers: asked, answered, changed, resolved, taken back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "harness.h"
#include "standup_crew.h"

#define test(name) cmocka_unit_test_setup_teardown(name, crew_set_up, crew_tear_down)

#define ASK CREW_WEEK "/question"

/* The key of the form that is sent to this address. */
static const char *
key_after(struct harness *h, const char *action)
{
	static const char mark[] = "name=\"_key\" value=\"";
	const char *at = strstr(harness_body_text(h), action);

	assert_non_null(at);
	at = strstr(at, mark);
	assert_non_null(at);
	at += strlen(mark);
	return arena_copy_bytes(harness_arena(h), at, strcspn(at, "\""));
}

/* A question by whoever is signed in, from a page freshly shown. */
static void
ask(struct harness *h, const char *body, const char *audience)
{
	harness_get(h, CREW_WEEK);
	harness_field(h, "_key", key_after(h, CREW_WEEK "/question\""));
	harness_field(h, "question", body);
	harness_field(h, "audience", audience);
	harness_post(h, ASK);
}

static void
asks_a_question(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	ask(h, "What is a *QuerySet*?", "navigators");
	harness_expect_location(h, CREW_WEEK "?done=asked#questions");
	assert_string_equal(harness_rows(h, "SELECT member_id, body, audience FROM question"),
	    "3|What is a *QuerySet*?|1|\n");
	harness_get(h, CREW_WEEK);
	harness_expect(h, "What is a <em>QuerySet</em>?");
	harness_expect(h, "My question is resolved");
}

static void
safety_34_a_question_sent_twice_is_asked_once(void **state)
{
	struct harness *h = *state;
	const char *key, *first;

	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	key = key_after(h, CREW_WEEK "/question\"");
	for (int i = 0; i < 2; i++) {
		harness_field(h, "_key", key);
		harness_field(h, "question", "Twice?");
		harness_field(h, "audience", "group");
		harness_post(h, ASK);
		harness_expect_status(h, 303);
		if (i == 0) {
			first = harness_header(h, "Location");
		} else {
			assert_string_equal(harness_header(h, "Location"), first);
		}
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM question"), 1);
}

static void
brings_an_empty_question_back(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "audience", "public");
	harness_post(h, ASK);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#ask-question\"");
	harness_expect(h, "<option value=\"public\" selected>");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM question"), 0);
}

static void
answer(struct harness *h, const char *body, const char *audience)
{
	harness_field(h, "answer", body);
	harness_field(h, "audience", audience);
	harness_post(h, CREW_WEEK "/question/q1/answer");
}

static void
lets_peers_navigators_captain_and_organiser_answer(void **state)
{
	static const int64_t people[] = { CREW_MIRA, CREW_RIGEL, CREW_CAPELLA, CREW_POLARIS };
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		crew_sign_in(h, people[i]);
		answer(h, "**That** one", "group");
		harness_expect_location(h, CREW_WEEK "?done=answered#question-q1");
	}
	assert_string_equal(
	    harness_rows(h, "SELECT member_id FROM answer ORDER BY id"), "4|\n1|\n2|\n5|\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'question_answered'"), 4);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "<strong>That</strong> one");
	harness_expect(h, "answered");
}

static void
safety_34_an_answer_sent_twice_is_given_once(void **state)
{
	struct harness *h = *state;
	const char *key;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	key = key_after(h, "question/q1/answer");
	for (int i = 0; i < 2; i++) {
		harness_field(h, "_key", key);
		answer(h, "That one", "group");
		harness_expect_status(h, 303);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM answer"), 1);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 1);
}

static void
brings_an_answer_back_at_its_question(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	crew_question(h, CREW_MIRA, "q2", "Where?", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	answer(h, "", "group");
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#answer-to-q1-answer\"");
	harness_expect(h, "id=\"answer-to-q1-answer-error\"");
	harness_expect_not(h, "id=\"answer-to-q2-answer-error\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM answer"), 0);
}

static void
leads_with_unanswered_questions_of_earlier_weeks(void **state)
{
	struct harness *h = *state;
	const char *page, *early, *late;

	crew_question(h, CREW_VEGA, "q1", "The early one", AUDIENCE_GROUP);
	harness_run_sql(h,
	    "UPDATE question SET standup_id ="
	    " (SELECT id FROM standup WHERE group_id = 1 AND week = 0)");
	crew_question(h, CREW_MIRA, "q2", "The late one", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	page = harness_body_text(h);
	early = strstr(page, "The early one");
	late = strstr(page, "The late one");
	assert_non_null(early);
	assert_true(early < late);
	/* Answered where it was asked. */
	harness_expect(h, "action=\"/standup/orion/lyra/0/question/q1/answer\"");
	harness_field(h, "answer", "So");
	harness_field(h, "audience", "group");
	harness_post(h, "/standup/orion/lyra/0/question/q1/answer");
	harness_expect_status(h, 303);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "The early one");
}

static void
lets_only_the_asker_resolve(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "My question is resolved");
	harness_post(h, CREW_WEEK "/question/q1/resolved");
	harness_expect_status(h, 404);
	crew_sign_in(h, CREW_VEGA);
	harness_post(h, CREW_WEEK "/question/q1/resolved");
	harness_expect_location(h, CREW_WEEK "?done=resolved#question-q1");
	/* The back button. */
	harness_post(h, CREW_WEEK "/question/q1/resolved");
	harness_expect_status(h, 422);
	harness_expect(h, "This question is resolved already.");
	/* An answer that was being written is not lost. */
	crew_sign_in(h, CREW_MIRA);
	answer(h, "Was writing", "group");
	harness_expect_status(h, 303);
}

static void
changes_ones_own_words_only(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "That one", AUDIENCE_GROUP);
	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "question", "Which one?");
	harness_post(h, CREW_WEEK "/question/q1");
	harness_expect_location(h, CREW_WEEK "?done=words#question-q1");
	harness_field(h, "answer", "None");
	harness_post(h, CREW_WEEK "/answer/a1");
	harness_expect_status(h, 404);
	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "answer", "This one");
	harness_post(h, CREW_WEEK "/answer/a1");
	harness_expect_location(h, CREW_WEEK "?done=words#answer-a1");
	harness_field(h, "question", "Mine");
	harness_post(h, CREW_WEEK "/question/q1");
	harness_expect_status(h, 404);
	harness_field(h, "audience", "public");
	harness_post(h, CREW_WEEK "/question/q1/audience");
	harness_expect_status(h, 404);
	assert_string_equal(harness_rows(h,
				"SELECT question.body, question.audience, answer.body"
				" FROM question, answer"),
	    "Which one?|2|This one|\n");
}

static void
takes_a_question_and_an_answer_back(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_PUBLIC);
	crew_answer(h, CREW_MIRA, "q1", "a1", "That one", AUDIENCE_PUBLIC);
	crew_highlight(h, "h1", "A good week");
	harness_run_sql(h,
	    "INSERT INTO highlight_quote (highlight_id, position, part, question_id, answer_id)"
	    " VALUES (1, 0, 'question', 1, NULL), (1, 1, 'answer', NULL, 1)");
	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_MIRA);
	harness_field(h, "audience", "group");
	harness_post(h, CREW_WEEK "/answer/a1/audience");
	harness_expect_location(h, CREW_WEEK "?done=audience#answer-a1");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight_quote"), 1);
	harness_field(h, "audience", "cohort");
	harness_post(h, CREW_WEEK "/answer/a1/audience");
	harness_expect_status(h, 422);
	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "audience", "navigators");
	harness_post(h, CREW_WEEK "/question/q1/audience");
	harness_expect_location(h, CREW_WEEK "?done=audience#question-q1");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight_quote"), 0);
	/* Peers read neither any more, but for the author of the answer. */
	harness_field(h, "audience", "public");
	harness_post(h, CREW_WEEK "/question/q1/audience");
	harness_expect_status(h, 422);
}

static void
offers_an_answer_no_wider_an_audience_than_its_question(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_NAVIGATORS);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "Only whoever asked, our navigators and captain");
	harness_expect_not(h, "<option value=\"group\"");
	harness_expect_not(h, "<option value=\"public\"");
}

static void
safety_33_words_come_back_when_writing_has_ended(void **state)
{
	struct harness *h = *state;

	crew_question(h, CREW_VEGA, "q1", "Which?", AUDIENCE_GROUP);
	crew_answer(h, CREW_RIGEL, "q1", "a1", "That one", AUDIENCE_GROUP);
	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_VEGA);
	harness_field(h, "question", "A last question");
	harness_field(h, "audience", "group");
	harness_post(h, ASK);
	harness_expect_status(h, 422);
	harness_expect(h, "A last question");
	harness_field(h, "question", "Changed question");
	harness_post(h, CREW_WEEK "/question/q1");
	harness_expect_status(h, 422);
	harness_expect(h, "Changed question");
	answer(h, "A last answer", "group");
	harness_expect_status(h, 422);
	harness_expect(h, "A last answer");
	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "answer", "Changed answer");
	harness_post(h, CREW_WEEK "/answer/a1");
	harness_expect_status(h, 422);
	harness_expect(h, "Changed answer");
	assert_string_equal(
	    harness_rows(h, "SELECT question.body, answer.body FROM question, answer"),
	    "Which?|That one|\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(asks_a_question),
		test(safety_34_a_question_sent_twice_is_asked_once),
		test(brings_an_empty_question_back),
		test(lets_peers_navigators_captain_and_organiser_answer),
		test(safety_34_an_answer_sent_twice_is_given_once),
		test(brings_an_answer_back_at_its_question),
		test(leads_with_unanswered_questions_of_earlier_weeks),
		test(lets_only_the_asker_resolve),
		test(changes_ones_own_words_only),
		test(takes_a_question_and_an_answer_back),
		test(offers_an_answer_no_wider_an_audience_than_its_question),
		test(safety_33_words_come_back_when_writing_has_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
