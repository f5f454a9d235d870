/*
 * One application as an organiser reads it: who wrote it, what was answered,
 * what reviewers think, what became of it; each by what may be seen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "round.h"

#define VEGA HOUSE_ORGANISE "/applications/vega"

static void
run(void *context, const char *statements)
{
	harness_run_sql(context, statements);
}

/* Vega's application with all that says who she is. */
static int64_t
make_vega(struct harness *h)
{
	int64_t application = house_application(h, "Vega");

	harness_run_sql(h,
	    "UPDATE application SET pronouns = 'xe/xem', github = 'vega-on-github',"
	    " zone = 'Asia/Tokyo', call_sign = 'Alcyone 37' WHERE key = 'vega'");
	return application;
}

static void
show_names(struct harness *h)
{
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1 WHERE id = 1");
}

static void
get_vega(struct harness *h)
{
	harness_get(h, VEGA);
	harness_expect_status(h, 200);
}

static void
expect_no_vega(struct harness *h)
{
	harness_expect_not(h, "<bdi>Vega");
	harness_expect_not(h, "Vega, Orion");
	harness_expect_not(h, "ega@example.org");
	harness_expect_not(h, "xe/xem");
	harness_expect_not(h, "vega-on-github");
	harness_expect_not(h, "REF-");
	harness_expect_not(h, "Tokyo");
}

static void
is_read_blind_at_first(void **state)
{
	make_vega(*state);
	get_vega(*state);
	harness_expect(*state, "<h1><bdi>Alcyone 37</bdi></h1>");
	expect_no_vega(*state);
	/* Her hours on the reader's clock. */
	harness_expect(*state, ":00 UTC");
	harness_expect(*state, "It is read blind");
	/* The day alone: the minute stands in the list of mails, with an address. */
	harness_expect(*state, "<time datetime=\"2026-11-21\">21 November 2026</time>");
	harness_expect(*state, "href=\"/cohort/orion/review/vega\"");
}

static void
leads_to_its_review_while_the_reader_may_write_one(void **state)
{
	int64_t application = make_vega(*state);

	harness_run_sql(*state,
	    "INSERT INTO review_conflict (application_id, person_id, declared_at)"
	    " SELECT id, 1, 1 FROM application WHERE key = 'vega'");
	get_vega(*state);
	harness_expect_not(*state, "Review it yourself");
	harness_run_sql(*state, "DELETE FROM review_conflict");
	get_vega(*state);
	harness_expect(*state, "Review it yourself");
	house_offer(*state, application, NULL);
	get_vega(*state);
	harness_expect_not(*state, "Review it yourself");
	/* The cohort is over. */
	harness_run_sql(*state, "DELETE FROM offer");
	harness_set_now(*state, 1799020800 + 9 * 604800);
	house_sign_in(*state, "Polaris");
	get_vega(*state);
	harness_expect_not(*state, "Review it yourself");
}

static void
says_who_wrote_it_once_names_are_shown(void **state)
{
	make_vega(*state);
	show_names(*state);
	get_vega(*state);
	harness_expect(*state, "<h1><bdi>Vega</bdi></h1>");
	harness_expect(*state, "Alcyone 37");
	harness_expect(*state, "Vega@example.org");
	harness_expect(*state, "xe/xem");
	harness_expect(*state, "vega-on-github");
	harness_expect(*state, "Asia/Tokyo");
	harness_expect_not(*state, "It is read blind");
}

static void
says_who_wrote_it_to_whoever_looked_behind_the_call_sign(void **state)
{
	make_vega(*state);
	harness_run_sql(*state,
	    "INSERT INTO review_reveal (application_id, person_id, revealed_at)"
	    " SELECT id, 1, 1 FROM application WHERE key = 'vega'");
	get_vega(*state);
	harness_expect(*state, "<h1><bdi>Vega</bdi></h1>");
	house_member(*state, "Rigel", "organiser", 0);
	house_sign_in(*state, "Rigel");
	get_vega(*state);
	expect_no_vega(*state);
}

/* A question of each sort, each answered by Vega. */
static const char asked[] =
    "INSERT INTO questionnaire_item (questionnaire_id, name, position, kind, is_sensitive,"
    " is_identifying) SELECT questionnaire.id, made.column1, made.column2, made.column3,"
    " made.column4, made.column5 FROM questionnaire, (VALUES ('plain', 91, 'long', 0, 0),"
    " ('need', 92, 'short', 1, 0), ('who', 93, 'short', 0, 1), ('site', 94, 'url', 0, 0),"
    " ('before', 95, 'yes_no', 0, 0)) AS made WHERE cohort_id = 1 AND purpose = 'apply';"
    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
    " SELECT id, 'Question ' || name, 0, 1 FROM questionnaire_item WHERE position > 90;"
    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
    " SELECT application.id, item.id, item_wording.id, CASE item.kind WHEN 'yes_no' THEN 'yes'"
    " WHEN 'url' THEN 'https://vega.example.org' ELSE 'Answer to ' || item.name END"
    " FROM application, questionnaire_item AS item JOIN item_wording"
    " ON item_wording.item_id = item.id WHERE application.key = 'vega' AND item.position > 90";

static void
shows_answers_as_sight_allows(void **state)
{
	make_vega(*state);
	harness_run_sql(*state, asked);
	get_vega(*state);
	harness_expect(*state, "<h2>Question plain</h2>");
	harness_expect(*state, "Answer to plain");
	harness_expect(*state, "Answer to need");
	harness_expect(*state, "Sensitive: for reviewers and organisers only.");
	harness_expect(*state, "Yes</p>");
	harness_expect(*state, "<h2>Question who</h2>");
	harness_expect(*state, "Hidden, because it says who this is.");
	harness_expect_not(*state, "Answer to who");
	harness_expect_not(*state, "vega.example.org");
	show_names(*state);
	get_vega(*state);
	harness_expect(*state, "Answer to who");
	harness_expect(*state, "https://vega.example.org");
	harness_expect_not(*state, "Hidden, because it says who this is.");
}

static void
shows_an_answer_beside_the_words_it_was_asked_in(void **state)
{
	make_vega(*state);
	harness_run_sql(*state, asked);
	harness_run_sql(*state,
	    "INSERT INTO item_wording (item_id, label, is_required, made_at)"
	    " SELECT id, 'Other words', 0, 2 FROM questionnaire_item WHERE name = 'plain';"
	    "UPDATE questionnaire_item SET retired_at = 3 WHERE name = 'before'");
	get_vega(*state);
	harness_expect(*state, "<h2>Question plain</h2>");
	harness_expect(*state, "Asked in other words since.");
	harness_expect_not(*state, "Other words");
	harness_expect(*state, "<h2>Question before</h2>");
	harness_expect(*state, "Asked no more.");
}

static void
review_by(struct harness *h, const char *name, int score, bool is_flagged)
{
	house_member(h, name, "captain", 0);
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO review (application_id, person_id, taken_at, finished_at, score, note,"
		" is_flagged) SELECT application.id, person.id, 1, 2, %d, 'Note of %s', %d"
		" FROM application, person WHERE application.key = 'vega' AND person.name = '%s'",
		score, name, is_flagged ? 1 : 0, name));
}

static void
hides_reviews_until_the_reader_has_reviewed_or_all_are_in(void **state)
{
	make_vega(*state);
	review_by(*state, "Rigel", 6000, false);
	get_vega(*state);
	harness_expect(*state, "1 of 2 reviews are in");
	harness_expect(*state, "What others think of it is hidden");
	harness_expect_not(*state, "Rigel");
	harness_expect_not(*state, "6.00");
	harness_expect_not(*state, "Note of");
	review_by(*state, "Deneb", 9000, true);
	get_vega(*state);
	harness_expect(*state, "2 of 2 reviews are in");
	harness_expect(*state, "<dt>Raw mean</dt><dd>7.50</dd>");
	harness_expect(*state, "<dt>Adjusted mean</dt><dd>7.50</dd>");
	harness_expect(*state, "<bdi>Rigel</bdi></strong>: 6.00, adjusted 6.38");
	harness_expect(*state, "<bdi>Deneb</bdi></strong>: 9.00, adjusted 8.63");
	harness_expect(*state, "Note of Deneb");
	harness_expect(*state, "Flagged");
	harness_expect_not(*state, "What others think of it is hidden");
}

static void
allows_for_strictness_as_the_list_does(void **state)
{
	struct harness *h = *state;
	struct round round = { .seed = 4,
		.cohort_id = 1,
		.applications = 60,
		.reviewers = 8,
		.reviews = 3,
		.now = HARNESS_NOW };
	const char *row, *adjusted;

	round_write(&round, run, h);
	harness_get(h, HOUSE_ORGANISE "/applications?sort=name");
	row = strstr(harness_body_text(h), "/applications/round0000\"");
	assert_non_null(row);
	row = strstr(strstr(row, "class=\"number\"") + 1, "class=\"number\">");
	adjusted = arena_format(harness_arena(h), "<dt>Adjusted mean</dt><dd>%.4s</dd>",
	    row + strlen("class=\"number\">"));
	harness_get(h, HOUSE_ORGANISE "/applications/round0000");
	harness_expect(h, adjusted);
}

static void
tells_earlier_applications_with_the_names_only(void **state)
{
	struct harness *h = *state;
	struct round round = { .seed = 4,
		.cohort_id = 1,
		.applications = 11,
		.reviewers = 3,
		.reviews = 1,
		.now = HARNESS_NOW,
		.has_earlier = true };

	round_write(&round, run, h);
	harness_run_sql(h, "UPDATE cohort SET reviews_wanted = 2 WHERE id = 1");
	harness_get(h, HOUSE_ORGANISE "/applications/round0010");
	harness_expect_not(h, "The year before");
	harness_expect_not(h, "Earlier applications");
	show_names(h);
	harness_get(h, HOUSE_ORGANISE "/applications/round0010");
	harness_expect(h, "<li>The year before: Waitlist closed</li>");
	harness_get(h, HOUSE_ORGANISE "/applications/round0005");
	harness_expect(h, "<li>The year before: Undecided</li>");
	harness_get(h, HOUSE_ORGANISE "/applications/round0001");
	harness_expect(h, "None that is known here.");
}

static void
tells_every_offer_and_what_is_decided(void **state)
{
	int64_t application = make_vega(*state);

	house_offer(*state, application, NULL);
	get_vega(*state);
	harness_expect(*state, ">Offered</span>");
	/* It was decided on: who it is stands there. */
	harness_expect(*state, "<h1><bdi>Vega</bdi></h1>");
	harness_run_sql(*state,
	    "UPDATE offer SET state = 'lapsed', ended_at = deadline_at;"
	    "INSERT INTO decision (application_id, kind, position, decided_at)"
	    " SELECT id, 'waitlist', 2, 1 FROM application WHERE key = 'vega'");
	get_vega(*state);
	harness_expect(*state, "To be on the waitlist");
	harness_expect(*state, "Lapsed on ");
}

static void
is_not_there_for_its_own_author(void **state)
{
	make_vega(*state);
	harness_run_sql(*state, "UPDATE application SET person_id = 1 WHERE key = 'vega'");
	harness_get(*state, VEGA);
	harness_expect_status(*state, 404);
}

static void
is_not_there_before_its_address_is_confirmed(void **state)
{
	harness_run_sql(*state,
	    "INSERT INTO application (key, reference, cohort_id, email, email_key, name, name_key,"
	    " zone, level, hours, hours_utc, submitted_at, changed_at, confirm_until) VALUES"
	    " ('vega', 'REF', 1, 'v@example.org', 'v@example.org', 'Vega', 'vega', 'UTC', 1,"
	    " hex(zeroblob(42)), hex(zeroblob(42)), 1, 1, 1)");
	harness_get(*state, VEGA);
	harness_expect_status(*state, 404);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(is_read_blind_at_first),
		house_test(leads_to_its_review_while_the_reader_may_write_one),
		house_test(says_who_wrote_it_once_names_are_shown),
		house_test(says_who_wrote_it_to_whoever_looked_behind_the_call_sign),
		house_test(shows_answers_as_sight_allows),
		house_test(shows_an_answer_beside_the_words_it_was_asked_in),
		house_test(hides_reviews_until_the_reader_has_reviewed_or_all_are_in),
		house_test(allows_for_strictness_as_the_list_does),
		house_test(tells_earlier_applications_with_the_names_only),
		house_test(tells_every_offer_and_what_is_decided),
		house_test(is_not_there_for_its_own_author),
		house_test(is_not_there_before_its_address_is_confirmed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
