/*
 * Organisers build the forms: what is asked, in which words, within which
 * limits, and in which order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/arena.h"

#define FORMS HOUSE_ORGANISE "/form"
#define APPLY FORMS "/apply"
#define NEW APPLY "/question/new"
#define CAPTAIN FORMS "/captain"

/* The form's revision now: what a page that was just opened carries. */
static const char *
revision(struct harness *h, const char *purpose)
{
	return arena_format(harness_arena(h), "%lld",
	    (long long)harness_number(h,
		arena_format(harness_arena(h),
		    "SELECT revision FROM questionnaire WHERE cohort_id = 1 AND purpose = '%s'",
		    purpose)));
}

static void
at_newest(struct harness *h)
{
	harness_field(h, "revision", revision(h, "apply"));
}

/* Fills what every question needs. */
static void
fill(struct harness *h, const char *kind, const char *label)
{
	at_newest(h);
	harness_field(h, "kind", kind);
	harness_field(h, "label", label);
}

static int64_t
newest(struct harness *h)
{
	return harness_number(h, "SELECT max(id) FROM questionnaire_item");
}

static int64_t
add(struct harness *h, const char *kind, const char *label)
{
	fill(h, kind, label);
	harness_post(h, NEW);
	harness_expect_status(h, 303);
	return newest(h);
}

static const char *
item_path(struct harness *h, int64_t item, const char *step)
{
	return arena_format(harness_arena(h), APPLY "/question/%lld%s", (long long)item, step);
}

static void
press(struct harness *h, int64_t item, const char *step)
{
	at_newest(h);
	harness_post(h, item_path(h, item, step));
}

static const char *
order(struct harness *h)
{
	return harness_rows(h,
	    "SELECT name FROM questionnaire_item WHERE retired_at IS NULL"
	    " AND questionnaire_id = (SELECT id FROM questionnaire WHERE cohort_id = 1"
	    " AND purpose = 'apply') ORDER BY position");
}

/* Somebody has answered the question in its newest words. */
static void
answer(struct harness *h, int64_t application, int64_t item)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT OR REPLACE INTO application_answer (application_id, item_id, wording_id, value)"
		" SELECT %lld, item_id, max(id), 'Because' FROM item_wording WHERE item_id = %lld",
		(long long)application, (long long)item));
}

static void
an_empty_form(struct harness *h)
{
	harness_run_sql(h, "DELETE FROM questionnaire_item");
}

static void
there_are_four_forms_and_a_way_to_each(void **state)
{
	struct harness *h = *state;

	an_empty_form(h);
	harness_get(h, FORMS);
	harness_expect_status(h, 200);
	harness_expect(h, "The applicants’ form");
	harness_expect(h, "The organisers’ form");
	harness_expect(h, "No questions of your own yet");
	harness_get(h, APPLY);
	harness_expect_status(h, 200);
	harness_expect(h, "Every applicants’ form also asks for name");
	harness_expect(h, "Add the first one");
	harness_expect(h, "href=\"/apply/orion/preview\"");
	harness_get(h, FORMS "/survey");
	harness_expect_status(h, 404);
	harness_get(h, APPLY "/question/999");
	harness_expect_status(h, 404);
	harness_get(h, APPLY "/preview");
	harness_expect_location(h, "/apply/orion/preview");
}

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

	an_empty_form(h);
	harness_get(h, NEW);
	harness_expect_status(h, 200);
	harness_expect(h, "What kind of answer do you expect?");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		harness_get(h, arena_format(harness_arena(h), NEW "?kind=%s", kinds[i].kind));
		harness_expect_status(h, 200);
		harness_expect(h, kinds[i].shows);
		harness_expect_not(h, kinds[i].hides);
		fill(h, kinds[i].kind, kinds[i].label);
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
	harness_expect(h, "One of several options · optional · 3 options · no answers yet");
	harness_expect(h, "id=\"question-");
}

static void
words_help_marks_and_limits_are_kept(void **state)
{
	struct harness *h = *state;

	fill(h, "short", "Where do you live?");
	harness_field(h, "help", "A *town* will do.");
	harness_field(h, "required", "yes");
	harness_field(h, "least", "2");
	harness_field(h, "most", "80");
	harness_field(h, "sensitive", "yes");
	harness_field(h, "identifying", "yes");
	harness_post(h, NEW);
	harness_expect_status(h, 303);
	harness_get(h, item_path(h, newest(h), ""));
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
	fill(h, "date", "From when?");
	harness_field(h, "earliest", "2027-01-31");
	harness_post(h, NEW);
	harness_get(h, item_path(h, newest(h), ""));
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
		at_newest(h);
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
		fill(h, "one", "Which?");
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
	fill(h, "several", "Which?");
	harness_field(h, "options", many);
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "there are 101");
}

static void
buttons_move_a_question_up_and_down(void **state)
{
	struct harness *h = *state;
	int64_t second;

	an_empty_form(h);
	(void)add(h, "short", "One");
	second = add(h, "short", "Two");
	(void)add(h, "short", "Three");
	harness_get(h, APPLY);
	harness_expect(h, "Up<span class=\"hide\">: Two</span>");
	harness_expect_not(h, "Up<span class=\"hide\">: One</span>");
	harness_expect_not(h, "Down<span class=\"hide\">: Three</span>");
	harness_field(h, "direction", "up");
	press(h, second, "/move");
	harness_expect_status(h, 303);
	assert_non_null(strstr(harness_header(h, "Location"),
	    arena_format(
		harness_arena(h), APPLY "?done=question_moved#question-%lld", (long long)second)));
	assert_string_equal(order(h), "two|\none|\nthree|\n");
	harness_field(h, "direction", "down");
	press(h, second, "/move");
	assert_string_equal(order(h), "one|\ntwo|\nthree|\n");
	harness_field(h, "direction", "left");
	press(h, second, "/move");
	harness_expect_status(h, 403);
}

static void
an_answered_question_keeps_its_answers_in_their_words(void **state)
{
	struct harness *h = *state;
	int64_t item = add(h, "long", "Why?");

	answer(h, house_application(h, "Vega"), item);
	harness_get(h, item_path(h, item, ""));
	harness_expect(h, "1 person has answered this question as it stands");
	harness_expect(h, "it stays a question of this kind: Long text.");
	harness_expect_not(h, "name=\"kind\"");
	fill(h, "short", "What brings you here?");
	harness_post(h, item_path(h, item, ""));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h,
				arena_format(harness_arena(h),
				    "SELECT label, kind, (SELECT count(*) FROM application_answer"
				    " WHERE wording_id = item_wording.id) FROM item_wording JOIN"
				    " questionnaire_item ON questionnaire_item.id = item_id"
				    " WHERE item_id = %lld ORDER BY item_wording.id",
				    (long long)item)),
	    "Why?|long|1|\nWhat brings you here?|long|0|\n");
	harness_get(h, item_path(h, item, ""));
	harness_expect(h, "How it was put before");
	harness_expect(h, "Why?");
	harness_expect(h, "1 answer, until");
}

static void
what_was_answered_as_sensitive_stays_so(void **state)
{
	struct harness *h = *state;
	int64_t item;

	fill(h, "short", "Anything we should know?");
	harness_field(h, "sensitive", "yes");
	harness_post(h, NEW);
	item = newest(h);
	answer(h, house_application(h, "Vega"), item);
	fill(h, "short", "Anything we should know?");
	harness_post(h, item_path(h, item, ""));
	harness_expect_status(h, 422);
	harness_expect(h, "People answered it as sensitive: it stays so.");
}

static void
a_question_is_retired_never_lost_and_asked_again(void **state)
{
	struct harness *h = *state;
	int64_t answered, other;

	an_empty_form(h);
	answered = add(h, "long", "Why?");
	other = add(h, "short", "Town");
	answer(h, house_application(h, "Vega"), answered);
	harness_get(h, item_path(h, answered, ""));
	harness_expect(h, "Ask it no more");
	press(h, answered, "/retire");
	harness_expect_location(h, APPLY "?done=question_retired");
	harness_get(h, item_path(h, other, ""));
	harness_expect(h, "Remove the question");
	press(h, other, "/retire");
	harness_expect_location(h, APPLY "?done=question_removed");
	assert_string_equal(order(h), "");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM application_answer"), 1);
	harness_get(h, APPLY);
	harness_expect(h, "Asked no more");
	harness_expect(h, "1 answer");
	press(h, answered, "/return");
	harness_expect_status(h, 303);
	assert_string_equal(order(h), "why|\n");
}

static void
two_tabs_never_overwrite_each_other(void **state)
{
	struct harness *h = *state;
	const char *seen = revision(h, "apply");
	int64_t item = add(h, "short", "Town");

	harness_field(h, "revision", seen);
	harness_field(h, "kind", "short");
	harness_field(h, "label", "Village");
	harness_post(h, item_path(h, item, ""));
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody changed this form while you had this page open.");
	harness_expect(h, "value=\"Village\"");
	harness_expect(h,
	    arena_format(harness_arena(h), "name=\"revision\" value=\"%s\"", revision(h, "apply")));
	harness_field(h, "revision", seen);
	harness_field(h, "direction", "up");
	harness_post(h, item_path(h, item, "/move"));
	harness_expect_status(h, 422);
	harness_field(h, "revision", seen);
	harness_field(h, "minutes", "5");
	harness_post(h, APPLY);
	harness_expect_status(h, 422);
	harness_field(h, "revision", seen);
	harness_post(h, item_path(h, item, "/retire"));
	harness_expect_status(h, 422);
	harness_expect(h, "Town");
}

static void
the_words_before_the_questions_are_kept(void **state)
{
	struct harness *h = *state;

	at_newest(h);
	harness_field(h, "intro", "Take *your* time.");
	harness_field(h, "minutes", "35");
	harness_post(h, APPLY);
	harness_expect_location(h, APPLY "?done=form_saved");
	harness_get(h, APPLY);
	harness_expect(h, "Take *your* time.");
	harness_expect(h, "name=\"minutes\" value=\"35\"");
	assert_string_equal(
	    harness_rows(h, "SELECT action, detail FROM audit WHERE action = 'form_changed'"),
	    "form_changed|apply|\n");
	at_newest(h);
	harness_field(h, "minutes", "241");
	harness_post(h, APPLY);
	harness_expect_status(h, 422);
}

/* Another way of showing the form refuses nothing and loses nothing. */
static void
another_kind_keeps_what_was_typed_and_marks_nothing(void **state)
{
	struct harness *h = *state;
	int64_t before = harness_number(h, "SELECT count(*) FROM questionnaire_item");

	fill(h, "several", "");
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

	fill(h, "one", "Which editor?");
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
	fill(h, "one", "Which editor?");
	harness_field(h, "step", "preview");
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"options-error\"");
}

static void
a_form_that_could_not_be_sent_is_refused_in_words(void **state)
{
	struct harness *h = *state;

	an_empty_form(h);
	for (int i = 0; i < 3; i++) {
		fill(h, "long", "Story");
		harness_field(h, "most", "10000");
		harness_post(h, NEW);
		harness_expect_status(h, 303);
	}
	harness_get(h, APPLY);
	harness_expect(h, "of the 512 kB");
	fill(h, "long", "One too many");
	harness_field(h, "most", "10000");
	harness_post(h, NEW);
	harness_expect_status(h, 422);
	harness_expect(h, "and one form can send 512 kB");
	harness_expect(h, "value=\"One too many\"");
	assert_string_equal(order(h), "story|\nstory_2|\nstory_3|\n");
	fill(h, "long", "Short enough");
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

	an_empty_form(h);
	for (size_t i = 0; i < 100; i++) {
		memcpy(options + i * 4,
		    (char[4]){ (char)('a' + i / 26), (char)('a' + i % 26), 'x', '\n' }, 4);
	}
	for (int i = 0; i < 10 && status == 303; i++) {
		fill(h, "several", "Which?");
		harness_field(h, "options", options);
		harness_post(h, NEW);
		status = harness_status(h);
	}
	assert_int_equal(status, 422);
	harness_expect(h, "Please offer fewer options to tick.");
}

static void
questions_are_taken_over_from_an_earlier_cohort(void **state)
{
	struct harness *h = *state;

	an_empty_form(h);
	harness_run_sql(h,
	    "INSERT INTO cohort (slug, name, goal, description, feed_key, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, offer_days, created_at,"
	    " published_at) SELECT 'lyra', 'Lyra', goal, description, 'other', opens_on, closes_on,"
	    " starts_on, opens_at - 1000000, closes_at - 1000000, starts_at - 864000,"
	    " ends_at - 864000, weeks, djangonauts_per_navigator, djangonauts_per_group, seats,"
	    " offer_days, created_at, published_at FROM cohort WHERE id = 1;"
	    "DELETE FROM questionnaire_item;"
	    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
	    " 70, id, 'why', 1, 'long' FROM questionnaire WHERE cohort_id = 2"
	    " AND purpose = 'apply';"
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " VALUES (70, 'Why us?', 1, 1)");
	harness_get(h, APPLY);
	harness_expect(h, "Take over questions");
	harness_expect(h, "Lyra: 1 question of your own");
	at_newest(h);
	harness_field(h, "cohort", "lyra");
	harness_post(h, APPLY "/copy");
	harness_expect_location(h, APPLY "?done=questions_copied");
	assert_string_equal(order(h), "why|\n");
	at_newest(h);
	harness_field(h, "cohort", "cygnus");
	harness_post(h, APPLY "/copy");
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"cohort-error\"");
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
		house_test(there_are_four_forms_and_a_way_to_each),
		house_test(a_question_of_every_kind_is_added_with_what_its_kind_needs),
		house_test(words_help_marks_and_limits_are_kept),
		house_test(limits_that_make_no_sense_are_refused_at_their_field),
		house_test(options_are_two_at_least_and_different),
		house_test(buttons_move_a_question_up_and_down),
		house_test(an_answered_question_keeps_its_answers_in_their_words),
		house_test(what_was_answered_as_sensitive_stays_so),
		house_test(a_question_is_retired_never_lost_and_asked_again),
		house_test(two_tabs_never_overwrite_each_other),
		house_test(the_words_before_the_questions_are_kept),
		house_test(another_kind_keeps_what_was_typed_and_marks_nothing),
		house_test(a_question_is_shown_as_they_will_see_it_and_nothing_is_saved),
		house_test(a_form_that_could_not_be_sent_is_refused_in_words),
		house_test(more_ticks_than_one_form_can_send_are_refused_in_words),
		house_test(questions_are_taken_over_from_an_earlier_cohort),
		house_test(volunteers_forms_say_nothing_of_blind_review),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
