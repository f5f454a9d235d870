/*
 * What the organisers' list of applications shows to whom, its drawing, and the
 * file it can be taken along as.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "round.h"

#define LIST HOUSE_ORGANISE "/applications"
#define NAMES HOUSE_ORGANISE "/reviewers/names"
#define ROW "<th scope=\"row\">"

static void
run(void *context, const char *statements)
{
	harness_run_sql(context, statements);
}

static void
made_round(struct harness *h, int applications)
{
	struct round round = { .seed = 4,
		.cohort_id = 1,
		.applications = applications,
		.reviewers = 20,
		.reviews = 3,
		.now = HARNESS_NOW };

	round_write(&round, run, h);
}

/* How often a text stands on the page. */
static int
times(struct harness *h, const char *text)
{
	const char *at = harness_body_text(h);
	int count = 0;

	for (; (at = strstr(at, text)) != NULL; at += strlen(text)) {
		count++;
	}
	return count;
}

static void
get_list(struct harness *h, const char *query)
{
	harness_get(h, arena_format(harness_arena(h), LIST "%s", query));
	harness_expect_status(h, 200);
}

/* ---- who sees what ---- */

static void
hides_names_until_they_are_shown_and_logs_it(void **state)
{
	struct harness *h = *state;

	made_round(h, 10);
	get_list(h, "");
	harness_expect_not(h, "Applicant 3");
	harness_expect_not(h, "@round.example.org");
	harness_run_sql(
	    h, "UPDATE application SET call_sign = 'Alcyone 37' WHERE key = 'round0003'");
	get_list(h, "");
	harness_expect(h, "<bdi>Alcyone 37</bdi>");
	/* Nobody is found by a name that is hidden. */
	get_list(h, "?text=Applicant");
	harness_expect(h, "No application is like that");
	harness_expect(h, "action=\"" NAMES "\"");
	harness_post(h, NAMES);
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT names_shown_at FROM cohort WHERE id = 1"), HARNESS_NOW);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM audit WHERE action = 'names_shown'"), 1);
	get_list(h, "?sort=name");
	harness_expect(h, "Applicant 3");
	harness_expect_not(h, "Show names");
	/* Twice is once. */
	harness_post(h, NAMES);
	harness_expect_status(h, 303);
	assert_int_equal(
	    harness_number(h, "SELECT count(*) FROM audit WHERE action = 'names_shown'"), 1);
}

static void
hides_scores_until_the_reader_has_reviewed_or_all_are_in(void **state)
{
	struct harness *h = *state;

	made_round(h, 2);
	harness_run_sql(h,
	    "UPDATE cohort SET reviews_wanted = 4;"
	    "UPDATE review SET score = 7123 WHERE application_id ="
	    " (SELECT id FROM application WHERE key = 'round0000');"
	    "UPDATE review SET score = 4123 WHERE application_id ="
	    " (SELECT id FROM application WHERE key = 'round0001')");
	get_list(h, "");
	harness_expect(h, "3 of 4");
	harness_expect_not(h, "7.12");
	harness_expect_not(h, "4.12");
	harness_expect_not(h, "<figure>");
	harness_get(h, LIST ".csv");
	harness_expect_not(h, "7.12");
	harness_run_sql(h,
	    "INSERT INTO review (application_id, person_id, taken_at, finished_at, score)"
	    " SELECT id, 1, 1, 2, 7123 FROM application WHERE key = 'round0000'");
	get_list(h, "");
	harness_expect(h, "7.12");
	harness_expect_not(h, "4.12");
	harness_expect(h, "<figure>");
	harness_run_sql(h, "UPDATE cohort SET reviews_wanted = 3");
	get_list(h, "");
	harness_expect(h, "4.12");
}

static void
shows_no_scores_of_ones_own_application(void **state)
{
	struct harness *h = *state;

	made_round(h, 3);
	harness_run_sql(h,
	    "UPDATE cohort SET names_shown_at = 1;"
	    "UPDATE application SET person_id = 1 WHERE key = 'round0001';"
	    "UPDATE review SET score = 9877 WHERE application_id ="
	    " (SELECT id FROM application WHERE key = 'round0001')");
	get_list(h, "");
	harness_expect(h, "href=\"/apply/mine/round0001\"");
	harness_expect_not(h, "9.88");
	harness_get(h, LIST ".csv");
	harness_expect_not(h, "9.88");
	/* Nor what is decided of it and not sent. */
	harness_run_sql(h,
	    "INSERT INTO decision (application_id, kind, decided_at)"
	    " SELECT id, 'decline', 1 FROM application WHERE key IN ('round0001', 'round0002')");
	get_list(h, "?state=to-decline");
	harness_expect(h, "applications/round0002");
	harness_expect_not(h, "round0001");
}

/* ---- the drawing ---- */

static void
draws_how_the_means_lie_and_says_it(void **state)
{
	struct harness *h = *state;

	made_round(h, 300);
	get_list(h, "");
	harness_expect(h, "role=\"img\" aria-label=\"0 to 1 points: ");
	harness_expect(h, "Counted here: 300.");
	assert_int_equal(times(h, "<rect class=\"heat-3\""), 10);
	harness_expect_not(h, "style=");
}

/* ---- the file ---- */

static void
takes_the_narrowed_list_along_as_csv(void **state)
{
	struct harness *h = *state;
	int64_t level;

	made_round(h, 120);
	level = harness_number(h, "SELECT count(*) FROM application WHERE level = 3");
	harness_get(h, LIST ".csv?level=3&sort=name");
	harness_expect_status(h, 200);
	harness_expect(h,
	    "\xef\xbb\xbf"
	    "Applicant,Reviews,Raw,Adjusted,Disagreement,");
	assert_int_equal(times(h, "\r\n"), level + 1);
	harness_expect(h, ",http://localhost:8080" LIST "/round0");
	harness_expect_not(h, "Applicant 3");
	assert_string_equal(
	    harness_header(h, "Content-Type"), "text/csv; charset=utf-8; header=present");
	assert_string_equal(harness_header(h, "Content-Disposition"),
	    "attachment; filename=\"applications-orion-2026-11-22.csv\"");
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, LIST ".csv");
	assert_int_equal(times(h, "\r\n"), 121);
	harness_expect(h, "Applicant 3,3,");
}

static void
safety_37_a_name_is_never_calculated(void **state)
{
	struct harness *h = *state;

	made_round(h, 3);
	harness_run_sql(h,
	    "UPDATE cohort SET names_shown_at = 1;"
	    "UPDATE application SET name = '=HYPERLINK(\"http://evil\")'"
	    " WHERE key = 'round0001'");
	harness_get(h, LIST ".csv");
	harness_expect(h, "\r\n\"'=HYPERLINK(\"\"http://evil\"\")\",3,");
}

/* Questions of four sorts, and an answer of round0001 to each. */
static const char questions[] =
    "INSERT INTO questionnaire_item (questionnaire_id, name, position, kind, is_sensitive,"
    " is_identifying) SELECT id, 'plain', 91, 'short', 0, 0 FROM questionnaire"
    " WHERE cohort_id = 1 AND purpose = 'apply' UNION ALL SELECT id, 'need', 92, 'short', 1, 0"
    " FROM questionnaire WHERE cohort_id = 1 AND purpose = 'apply' UNION ALL"
    " SELECT id, 'who', 93, 'short', 0, 1 FROM questionnaire WHERE cohort_id = 1"
    " AND purpose = 'apply' UNION ALL SELECT id, 'site', 94, 'url', 0, 0 FROM questionnaire"
    " WHERE cohort_id = 1 AND purpose = 'apply';"
    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
    " SELECT id, 'Question ' || name, 0, 1 FROM questionnaire_item WHERE position > 90;"
    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
    " SELECT application.id, item_wording.item_id, item_wording.id,"
    " 'Answer to ' || item_wording.label FROM application, item_wording"
    " JOIN questionnaire_item ON questionnaire_item.id = item_wording.item_id"
    " WHERE application.key = 'round0001' AND questionnaire_item.position > 90";

static void
takes_answers_along_as_sight_allows(void **state)
{
	struct harness *h = *state;

	made_round(h, 3);
	harness_run_sql(h, questions);
	harness_get(h, LIST ".csv");
	harness_expect_not(h, "Answer to");
	harness_get(h, LIST ".csv?with=answers");
	harness_expect(h, ",Question plain,Question need,Question who,Question site\r\n");
	harness_expect(h, ",Answer to Question plain,Answer to Question need,,\r\n");
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, LIST ".csv?with=answers");
	harness_expect(h,
	    ",Answer to Question plain,Answer to Question need,Answer to Question who,"
	    "Answer to Question site\r\n");
}

static void
takes_answers_of_five_hundred_at_most(void **state)
{
	struct harness *h = *state;

	made_round(h, 501);
	get_list(h, "");
	harness_expect(h, "With answers it holds 500 applications at most");
	harness_get(h, LIST ".csv?with=answers&sort=name");
	harness_expect_status(h, 303);
	harness_expect_location(h, LIST "?sort=name");
	harness_get(h, LIST ".csv");
	assert_int_equal(times(h, "\r\n"), 502);
}

/* ---- many ---- */

static void
keeps_the_page_and_the_file_of_five_thousand_small(void **state)
{
	made_round(*state, 5000);
	get_list(*state, "?sort=name&page=50");
	assert_int_equal(times(*state, ROW), 50);
	harness_expect(*state, "2451 to 2500 of 5000 applications");
	assert_true(harness_body_length(*state) < 128 << 10);
	/* The whole list, as nginx can hold it. */
	harness_variable(*state, "HTTP_ACCEPT_ENCODING", "gzip");
	harness_get(*state, LIST ".csv");
	harness_expect_status(*state, 200);
	assert_string_equal(harness_header(*state, "Content-Encoding"), "gzip");
	assert_true(harness_body_length(*state) < 256 << 10);
	harness_get(*state, LIST ".csv");
	assert_null(harness_header(*state, "Content-Encoding"));
	assert_int_equal(times(*state, "\r\n"), 5001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(hides_names_until_they_are_shown_and_logs_it),
		house_test(hides_scores_until_the_reader_has_reviewed_or_all_are_in),
		house_test(shows_no_scores_of_ones_own_application),
		house_test(draws_how_the_means_lie_and_says_it),
		house_test(takes_the_narrowed_list_along_as_csv),
		house_test(safety_37_a_name_is_never_calculated),
		house_test(takes_answers_along_as_sight_allows),
		house_test(takes_answers_of_five_hundred_at_most),
		house_test(keeps_the_page_and_the_file_of_five_thousand_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
