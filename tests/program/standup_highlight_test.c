/*
 * A highlight: shown first, then published, quoting what is public alone, and
 * taken back.
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

#define HIGHLIGHT CREW_WEEK "/highlight"

static void
compose(struct harness *h, const char *step, const char *quote)
{
	harness_field(h, "title", "A good week for *forms*");
	harness_field(h, "words", "Everybody **tested** something.");
	if (quote != NULL) {
		harness_field(h, "quotes", quote);
	}
	harness_field(h, "step", step);
	harness_post(h, HIGHLIGHT);
}

static void
offers_public_words_and_nothing_else(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	harness_run_sql(h, "UPDATE check_in SET blocked_audience = 3, next_audience = 2");
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_COHORT);
	crew_question(h, CREW_VEGA, "q1", "Public?", AUDIENCE_PUBLIC);
	crew_question(h, CREW_VEGA, "q2", "Private?", AUDIENCE_COHORT);
	crew_answer(h, CREW_MIRA, "q1", "a1", "Public answer", AUDIENCE_PUBLIC);
	crew_answer(h, CREW_MIRA, "q1", "a2", "Group answer", AUDIENCE_GROUP);
	crew_answer(h, CREW_MIRA, "q2", "a3", "Public answer to a private one", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_RIGEL);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "value=\"did-c3\"");
	harness_expect(h, "value=\"question-q1\"");
	harness_expect(h, "value=\"answer-a1\"");
	harness_expect_not(h, "value=\"next-");
	harness_expect_not(h, "value=\"blocked-");
	harness_expect_not(h, "value=\"did-c4\"");
	harness_expect_not(h, "value=\"question-q2\"");
	harness_expect_not(h, "value=\"answer-a2\"");
	harness_expect_not(h, "value=\"answer-a3\"");
}

static void
shows_what_everyone_will_see_and_writes_nothing(void **state)
{
	struct harness *h = *state;
	const char *before;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_PUBLIC);
	harness_run_sql(h,
	    "UPDATE person SET public_name = 'Star of Lyra', show_public_name = 1"
	    " WHERE id = 3; UPDATE person SET public_name = 'Hidden' WHERE id = 4");
	crew_sign_in(h, CREW_RIGEL);
	/* What time alone brings about is written by any POST. */
	harness_post(h, CREW_WEEK "/attendance");
	before = harness_dump(h);
	harness_field(h, "quotes", "did-c4");
	compose(h, "preview", "did-c3");
	harness_expect_status(h, 200);
	harness_expect(h, "This is what everyone will see");
	harness_expect(h, "Everybody <strong>tested</strong> something.");
	harness_expect(h, "<bdi>Star of Lyra</bdi>");
	harness_expect(h, "<bdi>Someone in");
	harness_expect_not(h, "Hidden");
	harness_expect(h, "value=\"publish\"");
	harness_expect(h, "value=\"did-c3\" checked");
	assert_string_equal(harness_dump(h), before);
	/* And as often as one likes, with the key of the same form. */
	for (int i = 0; i < 2; i++) {
		harness_field(h, "_key", "0123456789abcdef0123456789abcdef0123456789a");
		compose(h, "preview", "did-c3");
		harness_expect_status(h, 200);
	}
	assert_string_equal(harness_dump(h), before);
}

static void
publishes_with_the_activity_in_one(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_RIGEL);
	compose(h, "publish", "did-c3");
	harness_expect_location(h, CREW_WEEK "?done=highlight#highlights");
	assert_string_equal(
	    harness_rows(h,
		"SELECT highlight.title, highlight.member_id, activity.kind,"
		" highlight_quote.part, highlight_quote.check_in_id FROM highlight"
		" JOIN activity ON activity.highlight_id = highlight.id"
		" JOIN highlight_quote ON highlight_quote.highlight_id = highlight.id"),
	    "A good week for *forms*|1|highlight|did|1|\n");
	crew_sign_in(h, CREW_MIRA);
	harness_get(h, CREW_WEEK);
	harness_expect(h, "A good week for *forms*");
	harness_expect(h, "class=\"quote\"");
	harness_expect_not(h, "Take it back");
}

static void
safety_34_a_highlight_sent_twice_is_published_once(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	for (int i = 0; i < 2; i++) {
		harness_field(h, "_key", "0123456789abcdef0123456789abcdef0123456789a");
		compose(h, "publish", NULL);
		harness_expect_status(h, 303);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 1);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM activity WHERE kind = 'highlight'"), 1);
}

/* Its author takes a quote back between the preview and the button. */
static void
leaves_out_what_was_taken_back_meanwhile(void **state)
{
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_RIGEL);
	compose(h, "preview", "did-c3");
	harness_run_sql(h, "UPDATE check_in SET did_audience = 2 WHERE member_id = 3");
	harness_field(h, "quotes", "did-c4");
	compose(h, "publish", "did-c3");
	harness_expect_status(h, 422);
	harness_expect(h, "its author took it back");
	harness_expect(h, "value=\"did-c4\" checked");
	harness_expect_not(h, "value=\"did-c3\"");
	/* Words and title are kept; everyone's view is shown anew first. */
	harness_expect(h, "Everybody **tested** something.");
	harness_expect_not(h, "value=\"publish\"");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 0);
}

static void
safety_29_nothing_private_is_quoted_by_force(void **state)
{
	static const char *const values[] = { "did-c4", "next-c3", "did-1", "question-q1",
		"answer-a1", "did-", "" };
	struct harness *h = *state;

	crew_check_in(h, CREW_VEGA, "vega", AUDIENCE_PUBLIC);
	harness_run_sql(h, "UPDATE check_in SET next_audience = 3");
	crew_check_in(h, CREW_MIRA, "mira", AUDIENCE_NAVIGATORS);
	crew_question(h, CREW_VEGA, "q1", "Private?", AUDIENCE_COHORT);
	crew_answer(h, CREW_MIRA, "q1", "a1", "Public answer", AUDIENCE_PUBLIC);
	crew_sign_in(h, CREW_RIGEL);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		compose(h, "publish", values[i]);
		harness_expect_status(h, 422);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight_quote"), 0);
}

static void
brings_a_highlight_without_title_back(void **state)
{
	struct harness *h = *state;

	crew_sign_in(h, CREW_RIGEL);
	harness_field(h, "words", "Untitled words");
	harness_field(h, "step", "publish");
	harness_post(h, HIGHLIGHT);
	harness_expect_status(h, 422);
	harness_expect(h, "href=\"#highlight-title\"");
	harness_expect(h, "Untitled words");
	harness_field(h, "title", "Two\nlines");
	harness_field(h, "step", "publish");
	harness_post(h, HIGHLIGHT);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 0);
}

static void
takes_a_highlight_back_once(void **state)
{
	struct harness *h = *state;

	crew_highlight(h, "h1", "A good week");
	crew_sign_in(h, CREW_CAPELLA);
	harness_post(h, HIGHLIGHT "/h1/withdrawn");
	harness_expect_location(h, CREW_WEEK "?done=highlight_back#highlights");
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM activity"
			     " WHERE kind = 'highlight' AND withdrawn_at IS NULL"),
	    0);
	harness_post(h, HIGHLIGHT "/h1/withdrawn");
	harness_expect_status(h, 422);
	harness_expect(h, "This highlight was taken back already.");
	harness_get(h, CREW_WEEK);
	harness_expect(h, "A good week");
	harness_expect(h, "taken back");
	crew_sign_in(h, CREW_VEGA);
	harness_get(h, CREW_WEEK);
	harness_expect_not(h, "A good week");
	harness_post(h, HIGHLIGHT "/none/withdrawn");
	harness_expect_status(h, 404);
}

static void
safety_33_publishes_nothing_when_writing_has_ended(void **state)
{
	struct harness *h = *state;

	harness_set_now(h, CREW_OVER);
	crew_sign_in(h, CREW_RIGEL);
	compose(h, "publish", NULL);
	harness_expect_status(h, 422);
	harness_expect(h, "Everybody **tested** something.");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM highlight"), 0);
	/* What stands can be taken back at any time. */
	crew_highlight(h, "h1", "A good week");
	harness_post(h, HIGHLIGHT "/h1/withdrawn");
	harness_expect_status(h, 303);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(offers_public_words_and_nothing_else),
		test(shows_what_everyone_will_see_and_writes_nothing),
		test(publishes_with_the_activity_in_one),
		test(safety_34_a_highlight_sent_twice_is_published_once),
		test(leaves_out_what_was_taken_back_meanwhile),
		test(safety_29_nothing_private_is_quoted_by_force),
		test(brings_a_highlight_without_title_back),
		test(takes_a_highlight_back_once),
		test(safety_33_publishes_nothing_when_writing_has_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
