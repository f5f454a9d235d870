/* What organisers ask, as fields of a form: all kinds, limits, and back. */

#include <string.h>

#include "db/db.h"
#include "ground/bytes.h"
#include "source.h"
#include "web/questions.h"

enum { SHORT, LONG, NUMBER, DAY, ONE, MANY, SEVERAL, LIST, LINK, ADDRESS, RATING, YES_NO, COUNT };

#define ITEM(kind_name, item_name, low, high, lines) \
	{ \
		.id = __COUNTER__ + 1, .name = item_name, .kind = kind_name, .wording_id = 7, \
		.label = "Ask <" item_name ">", .help = "*Help*", .least = low, .most = high, \
		.options = lines \
	}

static const struct questionnaire_item rows[COUNT] = {
	[SHORT] = ITEM("short", "short", 2, 5, ""),
	[LONG] = ITEM("long", "long", DB_NULL, 10, ""),
	[NUMBER] = ITEM("number", "number", -5, 5, ""),
	[DAY] = ITEM("date", "day", 0, 31, ""),
	[ONE] = ITEM("one", "one", DB_NULL, DB_NULL, "Red fox\n\nBlue <hen>\n"),
	[MANY] = ITEM("one", "many", DB_NULL, DB_NULL, "a\nb\nc\nd\ne\nf\ng\nh"),
	[SEVERAL] = ITEM("several", "several", 1, 2, "a\nb\nc"),
	[LIST] = ITEM("list", "list", 2, 3, ""),
	[LINK] = ITEM("url", "link", DB_NULL, DB_NULL, ""),
	[ADDRESS] = ITEM("email", "address", DB_NULL, DB_NULL, ""),
	[RATING] = ITEM("rating", "rating", DB_NULL, 4, ""),
	[YES_NO] = ITEM("yes_no", "yes", DB_NULL, DB_NULL, ""),
};
static const struct questionnaire_item_rows items = { rows, COUNT };

static const struct form *
form_of(struct arena *arena)
{
	struct form *form = arena_alloc(arena, sizeof(*form));
	struct field *fields = arena_array(arena, COUNT, sizeof(*fields));

	questions_fields(arena, &items, fields);
	*form = (struct form){ .name = "asked", .fields = fields, .count = COUNT };
	return form;
}

static struct form_values *
read_form(struct arena *arena, const char *body)
{
	struct request request;

	assert_int_equal(source_post(arena, body, &request), 0);
	return form_read(arena, form_of(arena), &request.body);
}

/* What the field says to this; NULL when it is taken. */
static const char *
refusal(struct arena *arena, size_t item, const char *sent)
{
	return read_form(arena, arena_format(arena, "%s=%s", rows[item].name, sent))
	    ->values[item]
	    .message;
}

static void
every_kind_becomes_the_field_that_fits(void **state)
{
	static const enum field_kind kinds[COUNT] = { FIELD_LINE, FIELD_TEXT, FIELD_NUMBER,
		FIELD_DATE, FIELD_RADIO, FIELD_CHOICE, FIELD_CHOICES, FIELD_LIST, FIELD_URL,
		FIELD_EMAIL, FIELD_RADIO, FIELD_RADIO };
	const struct form *form = form_of(*state);

	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(form->fields[i].kind, kinds[i]);
		assert_string_equal(form->fields[i].words, rows[i].label);
		assert_string_equal(form->fields[i].help_marked, "*Help*");
	}
	assert_null(form_problem(*state, form));
	assert_int_equal(form->fields[ONE].choice_count, 2);
	assert_string_equal(form->fields[ONE].choices[1].value, "Blue <hen>");
	assert_int_equal(form->fields[RATING].choice_count, 4);
	assert_string_equal(form->fields[RATING].choices[0].value, "1");
}

static void
every_limit_holds_on_the_server(void **state)
{
	assert_null(refusal(*state, SHORT, "abcde"));
	assert_non_null(refusal(*state, SHORT, "a"));
	assert_non_null(refusal(*state, SHORT, "abcdef"));
	/* UTF-16 units after CRLF became LF. */
	assert_null(refusal(*state, LONG, "aaaa%0D%0Abbbbb"));
	assert_non_null(refusal(*state, LONG, "aaaa%0D%0Abbbbbb"));
	assert_non_null(refusal(*state, LONG, "%F0%9F%8C%8C%F0%9F%8C%8Caaaaaaa"));
	assert_null(refusal(*state, NUMBER, "-5"));
	assert_non_null(refusal(*state, NUMBER, "-6"));
	assert_non_null(refusal(*state, NUMBER, "6"));
	assert_null(refusal(*state, DAY, "1970-02-01"));
	assert_non_null(refusal(*state, DAY, "1970-02-02"));
	assert_non_null(refusal(*state, DAY, "1969-12-31"));
	assert_non_null(refusal(*state, DAY, "1970-02-30"));
	assert_null(refusal(*state, ONE, "Red+fox"));
	assert_non_null(refusal(*state, ONE, "Red"));
	assert_null(refusal(*state, MANY, "h"));
	assert_non_null(refusal(*state, MANY, "i"));
	assert_null(refusal(*state, SEVERAL, "a&several=c"));
	assert_non_null(refusal(*state, SEVERAL, "a&several=b&several=c"));
	assert_non_null(refusal(*state, SEVERAL, "d"));
	assert_non_null(refusal(*state, LINK, "ftp://x.example"));
	assert_non_null(refusal(*state, ADDRESS, "nobody"));
	assert_null(refusal(*state, RATING, "4"));
	assert_non_null(refusal(*state, RATING, "5"));
	assert_null(refusal(*state, YES_NO, "no"));
	assert_non_null(refusal(*state, YES_NO, "perhaps"));
}

static void
a_list_counts_its_lines_and_measures_each(void **state)
{
	struct bytes *long_line = bytes_new(*state);
	struct form_values *values = read_form(*state, "list=+one++%0D%0A%0D%0Atwo%0A");

	assert_null(values->values[LIST].message);
	assert_string_equal(form_text(values, LIST), "one\ntwo");
	assert_non_null(refusal(*state, LIST, "one"));
	assert_non_null(refusal(*state, LIST, "1%0A2%0A3%0A4"));
	for (size_t i = 0; i < FIELD_LIST_UNITS; i++) {
		bytes_char(long_line, 'x');
	}
	assert_null(refusal(*state, LIST, arena_format(*state, "one%%0A%s", long_line->data)));
	assert_non_null(refusal(*state, LIST, arena_format(*state, "one%%0A%sx", long_line->data)));
	assert_non_null(refusal(*state, LIST, "one%0A%E2%80%AEtwo"));
}

static void
every_limit_is_told_and_mistakes_name_the_question(void **state)
{
	struct form_values *values = read_form(*state, "short=abcdefghi&number=x");
	struct page_part_field_list list = form_rows(values);
	struct page_part_errors_list summary = form_summary(values);

	assert_string_equal(list.rows[SHORT].limit, "At least 2 and up to 5 characters.");
	assert_string_equal(list.rows[NUMBER].limit, "A whole number from -5 to 5.");
	assert_non_null(strstr(list.rows[DAY].limit, "1 February 1970"));
	assert_string_equal(list.rows[DAY].max, "1970-02-01");
	assert_string_equal(list.rows[SEVERAL].limit, "Choose up to 2.");
	assert_non_null(strstr(list.rows[LIST].limit, "from 2 to 3 lines"));
	assert_true(list.rows[SHORT].if_help_marked);
	assert_non_null(strstr(list.rows[SHORT].help_markdown.html, "<em>Help</em>"));
	assert_int_equal(summary.rows[0].mistakes.count, 2);
	assert_non_null(strstr(summary.rows[0].mistakes.rows[0].mistake, "Ask <short>"));
}

static void
what_need_not_be_answered_can_be_left_again(void **state)
{
	struct page_part_field_list list = form_rows(read_form(*state, "rating="));

	assert_int_equal(list.rows[RATING].choices.count, 5);
	assert_string_equal(list.rows[RATING].choices.rows[4].choice_value, "");
	assert_true(list.rows[RATING].choices.rows[4].if_chosen);
}

static void
answers_come_back_as_they_were_given(void **state)
{
	struct form_values *values = read_form(*state,
	    "short=+abc+&one=Blue+%3Chen%3E&several=c&several=a&list=x%0Ay&yes=no&rating=&long=");
	struct form_values *again = form_new(*state, form_of(*state));
	struct item_answer *answers;
	size_t count;

	assert_true(form_ok(values));
	answers = questions_read(values, 0, &items, &count);
	assert_int_equal(count, 5);
	assert_int_equal(answers[0].item_id, rows[SHORT].id);
	assert_int_equal(answers[0].wording_id, 7);
	assert_string_equal(answers[0].value, "abc");
	assert_string_equal(answers[1].value, "Blue <hen>");
	assert_string_equal(answers[2].value, "a\nc");
	assert_string_equal(answers[3].value, "x\ny");
	questions_fill(again, SEVERAL, answers[2].value);
	assert_true(form_has(again, SEVERAL, "a"));
	assert_false(form_has(again, SEVERAL, "b"));
	questions_fill(again, ONE, answers[1].value);
	assert_true(form_has(again, ONE, "Blue <hen>"));
	assert_null(again->values[ONE].note);
}

static void
an_answer_that_is_offered_no_more_is_named(void **state)
{
	struct form_values *values = form_new(*state, form_of(*state));

	questions_fill(values, ONE, "Green cat");
	assert_non_null(strstr(values->values[ONE].note, "Green cat"));
	assert_string_equal(values->values[ONE].text, "");
	questions_fill(values, SEVERAL, "a\nz");
	assert_true(form_has(values, SEVERAL, "a"));
	assert_non_null(strstr(values->values[SEVERAL].note, "z"));
}

static void
answers_are_said_in_words(void **state)
{
	assert_string_equal(questions_words(*state, "yes_no", DB_NULL, "yes"), "Yes");
	assert_string_equal(questions_words(*state, "yes_no", DB_NULL, "no"), "No");
	assert_string_equal(
	    questions_words(*state, "date", DB_NULL, "2027-01-31"), "Sunday 31 January 2027");
	assert_string_equal(questions_words(*state, "rating", DB_NULL, "4"), "4 of 5");
	assert_string_equal(questions_words(*state, "rating", 10, "4"), "4 of 10");
	assert_string_equal(questions_words(*state, "long", DB_NULL, "a\nb"), "a\nb");
}

static void
what_is_asked_for_replaces_what_was_typed(void **state)
{
	struct form_values *values = read_form(*state, "short=abc&several=a");

	form_replace(values, SHORT, "of old");
	form_replace(values, SEVERAL, "b\nc");
	assert_string_equal(values->values[SHORT].text, "of old");
	assert_false(form_has(values, SEVERAL, "a"));
	assert_true(form_has(values, SEVERAL, "b"));
	assert_true(form_has(values, SEVERAL, "c"));
	assert_true(values->sent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		source_test(every_kind_becomes_the_field_that_fits),
		source_test(every_limit_holds_on_the_server),
		source_test(a_list_counts_its_lines_and_measures_each),
		source_test(every_limit_is_told_and_mistakes_name_the_question),
		source_test(what_need_not_be_answered_can_be_left_again),
		source_test(answers_come_back_as_they_were_given),
		source_test(an_answer_that_is_offered_no_more_is_named),
		source_test(answers_are_said_in_words),
		source_test(what_is_asked_for_replaces_what_was_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
