/*
 * One question as an organiser puts it: what its kind needs, what is refused at
 * which field, how it would look, and what one form can send.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_builder.h"
#include "ground/arena.h"

static void
a_question_of_every_kind_is_added_with_what_its_kind_needs(void **state)
{
	static const struct {
		const char *kind, *label, *shows, *hides;
	} kinds[] = {
		{ "short", "Town", "Empty: 200. Up to 1000.", "id=\"options\"" },
		{ "long", "Story", "Empty: 3000. Up to 10000.", "id=\"options\"" },
		{ "number", "Years", "Empty: 1000000.", "id=\"earliest\"" },
		{ "date", "Since", "Empty: 31 December 2100.", "id=\"most\"" },
		{ "one", "Editor", "id=\"options\"", "id=\"most\"" },
		{ "several", "Tools", "Empty: all of them.", "id=\"earliest\"" },
		{ "list", "Books", "Empty: 10. Up to 50", "id=\"options\"" },
		{ "url", "Page", "hidden in blind review", "id=\"identifying\"" },
		{ "email", "Other", "hidden in blind review", "id=\"most\"" },
		{ "rating", "Mood", "Empty: 5. Up to 10.", "id=\"options\"" },
		{ "yes_no", "New here", "id=\"sensitive\"", "id=\"most\"" },
	};
	struct harness *h = *state;

	builder_empty(h);
	harness_get(h, NEW);
	harness_expect_status(h, 200);
	harness_expect(h, "What kind of answer do you expect?");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		harness_get(h, arena_format(harness_arena(h), NEW "?kind=%s", kinds[i].kind));
		harness_expect_status(h, 200);
		harness_expect(h, kinds[i].shows);
		harness_expect_not(h, kinds[i].hides);
		builder_fill(h, kinds[i].kind, kinds[i].label);
		harness_field(h, "options", "vi\r\nEmacs\r\n\r\n  ed ");
		harness_post(h, NEW);
		harness_expect_status(h, 303);
	}
	assert_string_equal(
	    harness_rows(h,
		"SELECT name, kind, position, is_identifying, replace(options, char(10), ',')"
		" FROM questionnaire_item JOIN item_wording ON item_id = questionnaire_item.id"
		" ORDER BY position"),
	    "town|short|1|0||\nstory|long|2|0||\nyears|number|3|0||\nsince|date|4|0||\n"
	    "editor|one|5|0|vi,Emacs,ed|\ntools|several|6|0|vi,Emacs,ed|\nbooks|list|7|0||\n"
	    "page|url|8|1||\nother|email|9|1||\nmood|rating|10|0||\nnew_here|yes_no|11|0||\n");
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM audit WHERE action = 'question_added'"), 11);
	harness_get(h, APPLY);
	harness_expect(h, "One of several options · optional · no answers yet · 3 options");
	harness_expect(h, "id=\"question-");
}

static void
words_help_marks_and_limits_are_kept(void **state)
{
	struct harness *h = *state;

	builder_fill(h, "short", "Where do you live?");
	harness_field(h, "help", "A *town* will do.");
	harness_field(h, "required", "yes");
	harness_field(h, "least", "2");
	harness_field(h, "most", "80");
	harness_field(h, "sensitive", "yes");
	harness_field(h, "identifying", "yes");
	harness_post(h, NEW);
	harness_expect_status(h, 303);
	harness_get(h, builder_path(h, builder_newest(h), ""));
	harness_expect(h, "value=\"Where do you live?\"");
	harness_expect(h, "A *town* will do.");
	harness_expect(h, "name=\"least\" value=\"2\"");
	harness_expect(h, "name=\"most\" value=\"80\"");
	assert_string_equal(
	    harness_rows(h,
		"SELECT name, is_sensitive, is_identifying, is_required, least,"
		" most FROM questionnaire_item JOIN item_wording"
		" ON item_id = questionnaire_item.id ORDER BY item_id DESC LIMIT 1"),
	    "where_do_you_live|1|1|1|2|80|\n");
	builder_fill(h, "date", "From when?");
	harness_field(h, "earliest", "2027-01-31");
	harness_post(h, NEW);
	harness_get(h, builder_path(h, builder_newest(h), ""));
	harness_expect(h, "name=\"earliest\" value=\"2027-01-31\"");
}

static void
limits_that_make_no_sense_are_refused_at_their_field(void **state)
{
	static const struct {
		const char *kind, *field, *value, *id, *words;
	} wrong[] = {
		{ "short", "most", "1001", "most-error", "This can be 1000 at the most." },
		{ "short", "least", "300", "most-error", "less than the least" },
		{ "short", "most", "0", "most-error", "This can be 1 at the least." },
		{ "long", "least", "-1", "least-error", "This can be 0 at the least." },
		{ "rating", "most", "11", "most-error", "This can be 10 at the most." },
		{ "rating", "most", "x", "most-error", "" },
		{ "list", "most", "51", "most-error", "This can be 50 at the most." },
		{ "several", "most", "4", "most-error", "There are only 3 options." },
		{ "date", "latest", "1899-12-31", "latest-error",
		    "The last day would be before the first." },
		{ "date", "latest", "2027-02-30", "latest-error", "" },
		{ "one", "label", "", "label-error", "" },
		{ "", "help", "x", "kind-error", "Please choose a kind." },
		{ "slider", "help", "x", "kind-error", "" },
	};
	struct harness *h = *state;
	int64_t before = harness_number(h, "SELECT count(*) FROM questionnaire_item");

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		builder_at_newest(h);
		harness_field(h, "kind", wrong[i].kind);
		if (strcmp(wrong[i].field, "label") != 0) {
			harness_field(h, "label", "Something");
		}
		harness_field(h, "options", "a\nb\nc");
		harness_field(h, wrong[i].field, wrong[i].value);
		harness_post(h, NEW);
		harness_expect_status(h, 422);
		harness_expect(h, wrong[i].id);
		harness_expect(h, wrong[i].words);
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM questionnaire_item"), before);
}

static void
options_are_two_at_least_and_different(void **state)
{
	static const struct {
		const char *options, *words;
	} wrong[] = {
		{ "", "at least two options" },
		{ "one\n\n", "at least two options" },
		{ "one\ntwo\none", "“one” stands there twice" },
	};
	struct harness *h = *state;
	char many[101 * 5 + 1] = "";

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		builder_fill(h, "one", "Which?");
		harness_field(h, "options", wrong[i].options);
		harness_post(h, NEW);
		harness_expect_status(h, 422);
		harness_expect(h, "id=\"options-error\"");
		harness_expect(h, wrong[i].words);
	}
	for (size_t i = 0; i < 101; i++) {
		memcpy(many + i * 5,
		    (char[5]){ 'o', (char)('a' + i / 26), (char)('a' + i % 26), 'x', '\n' }, 5);
	}
	builder_fill(h, "several", "Which?");
	harness_field(h, "options", many);
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "there are 101");
}

/* Another way of showing the form refuses nothing and loses nothing. */
static void
another_kind_keeps_what_was_typed_and_marks_nothing(void **state)
{
	struct harness *h = *state;
	int64_t before = harness_number(h, "SELECT count(*) FROM questionnaire_item");

	builder_fill(h, "several", "");
	harness_field(h, "help", "Kept words");
	harness_field(h, "step", "kind");
	harness_post(h, NEW);
	harness_expect_status(h, 200);
	harness_expect(h, "Kept words");
	harness_expect(h, "id=\"options\"");
	harness_expect_not(h, "aria-invalid");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM questionnaire_item"), before);
}

static void
a_question_is_shown_as_they_will_see_it_and_nothing_is_saved(void **state)
{
	struct harness *h = *state;
	int64_t before = harness_number(h, "SELECT count(*) FROM item_wording");

	builder_fill(h, "one", "Which editor?");
	harness_field(h, "help", "Any *will* do");
	harness_field(h, "options", "vi\nEmacs");
	harness_field(h, "step", "preview");
	harness_post(h, NEW);
	harness_expect_status(h, 200);
	harness_expect(h, "As they will see it");
	harness_expect(h, "type=\"radio\"");
	harness_expect(h, "<em>will</em>");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM item_wording"), before);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM audit"), 0);
	builder_fill(h, "one", "Which editor?");
	harness_field(h, "step", "preview");
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"options-error\"");
}

static void
a_form_that_could_not_be_sent_is_refused_in_words(void **state)
{
	struct harness *h = *state;

	builder_empty(h);
	for (int i = 0; i < 3; i++) {
		builder_fill(h, "long", "Story");
		harness_field(h, "most", "10000");
		harness_post(h, NEW);
		harness_expect_status(h, 303);
	}
	harness_get(h, APPLY);
	harness_expect(h, "of the 512 kB");
	builder_fill(h, "long", "One too many");
	harness_field(h, "most", "10000");
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "and one form can send 512 kB");
	harness_expect(h, "value=\"One too many\"");
	assert_string_equal(builder_order(h), "story|\nstory_2|\nstory_3|\n");
	builder_fill(h, "long", "Short enough");
	harness_field(h, "most", "100");
	harness_post(h, NEW);
	harness_expect_status(h, 303);
}

static void
more_ticks_than_one_form_can_send_are_refused_in_words(void **state)
{
	struct harness *h = *state;
	char options[100 * 4 + 1] = "";
	int status = 303;

	builder_empty(h);
	for (size_t i = 0; i < 100; i++) {
		memcpy(options + i * 4,
		    (char[4]){ (char)('a' + i / 26), (char)('a' + i % 26), 'x', '\n' }, 4);
	}
	for (int i = 0; i < 10 && status == 303; i++) {
		builder_fill(h, "several", "Which?");
		harness_field(h, "options", options);
		harness_post(h, NEW);
		status = harness_status(h);
	}
	assert_int_equal(status, 422);
	harness_expect(h, "Please offer fewer options to tick.");
}

static void
volunteers_forms_say_nothing_of_blind_review(void **state)
{
	struct harness *h = *state;

	harness_get(h, CAPTAIN "/question/new?kind=url");
	harness_expect_status(h, 200);
	harness_expect(h, "Only organisers read the answers.");
	harness_expect_not(h, "blind");
	harness_get(h, CAPTAIN "/question/new?kind=short");
	harness_expect_not(h, "id=\"identifying\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(a_question_of_every_kind_is_added_with_what_its_kind_needs),
		house_test(words_help_marks_and_limits_are_kept),
		house_test(limits_that_make_no_sense_are_refused_at_their_field),
		house_test(options_are_two_at_least_and_different),
		house_test(another_kind_keeps_what_was_typed_and_marks_nothing),
		house_test(a_question_is_shown_as_they_will_see_it_and_nothing_is_saved),
		house_test(a_form_that_could_not_be_sent_is_refused_in_words),
		house_test(more_ticks_than_one_form_can_send_are_refused_in_words),
		house_test(volunteers_forms_say_nothing_of_blind_review),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
