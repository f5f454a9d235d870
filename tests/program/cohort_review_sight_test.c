/*
 * What a reader of an application is shown, and what not before they asked, or
 * wrote their own review.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_reading.h"
#include "questions.h"

/* What says who Vega is. */
static const char *const names[] = { "Vega@example.org", "Vega</bdi>", "they/them", "star-1",
	"Europe/Vienna", "vega.example.net", "me@vega.example", "My mother tongue", "REF-Vega" };

enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* A question of each kind that matters here, answered by Vega. */
static void
ask(struct harness *h)
{
	static const struct {
		const char *name, *kind, *value;
		int is_sensitive, is_identifying;
	} asked[] = { { "site", "url", "https://vega.example.net/", 0, 0 },
		{ "mail", "email", "me@vega.example", 0, 0 },
		{ "tongue", "short", "My mother tongue", 0, 1 },
		{ "needs", "short", "A quiet room", 1, 0 }, { "agrees", "yes_no", "yes", 0, 0 } };

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		harness_run_sql(h,
		    arena_format(harness_arena(h),
			"INSERT INTO questionnaire_item (id, questionnaire_id, name, position,"
			" kind, is_sensitive, is_identifying) SELECT 70 + %zu, id, '%s', 70 + %zu,"
			" '%s', %d, %d FROM questionnaire WHERE cohort_id = 1"
			" AND purpose = 'apply';"
			"INSERT INTO item_wording (id, item_id, label, is_required, made_at)"
			" VALUES (70 + %zu, 70 + %zu, 'What is your %s?', 0, 1);"
			"INSERT INTO application_answer VALUES (1, 70 + %zu, 70 + %zu, '%s')",
			i, asked[i].name, i, asked[i].kind, asked[i].is_sensitive,
			asked[i].is_identifying, i, i, asked[i].name, i, i, asked[i].value));
	}
}

static void
expect_blind(struct harness *h)
{
	harness_expect_status(h, 200);
	for (size_t i = 0; i < NAMES; i++) {
		harness_expect_not(h, names[i]);
	}
}

static void
an_application_is_read_without_saying_who_wrote_it(void **state)
{
	struct harness *h = *state;

	ask(h);
	harness_run_sql(h, "UPDATE person SET zone = 'America/New_York' WHERE name = 'Spica'");
	harness_get(h, READING "/vega");
	expect_blind(h);
	harness_expect(h, "<bdi>Alcyone 37</bdi>");
	harness_expect(h, "Because of Vega");
	harness_expect(h, "A quiet room");
	harness_expect(h, "Yes");
	harness_expect(h, "3 answers are hidden: they would say who this is.");
	harness_expect(h, "America/New_York");
}

static void
showing_who_it_is_is_one_logged_action(void **state)
{
	struct harness *h = *state;

	ask(h);
	for (int i = 0; i < 2; i++) {
		harness_post(h, READING "/vega/reveal");
		harness_expect_status(h, 303);
		assert_string_equal(reading_location(h), READING "/vega");
	}
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "That you looked is written in the log.");
	for (size_t i = 0; i < NAMES - 1; i++) {
		harness_expect(h, names[i]);
	}
	harness_expect_not(h, "Show who this is");
	harness_expect(h, "Never before");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id FROM audit"), "name_looked_at|2|\n");
	/* The others read without still. */
	(void)reading_reviewer(h, "Mira");
	house_sign_in(h, "Mira");
	harness_get(h, READING "/vega");
	expect_blind(h);
	house_sign_in(h, "Polaris");
	harness_get(h, READING "/vega");
	expect_blind(h);
}

static void
earlier_cohorts_are_told_with_the_name(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at) VALUES"
	    " (2, 'lynx', 'Lynx', 'A pull request', 'feed-lynx', 1, '2026-05-01', '2026-05-31',"
	    " '2026-07-20', 1, 2, 1784505600, 1789948800, 8, 4, 8, 20, 1);"
	    "INSERT INTO application (key, reference, cohort_id, person_id, email, email_key, name,"
	    " name_key, zone, level, hours, hours_utc, submitted_at, changed_at, confirm_until,"
	    " confirmed_at) SELECT 'old', 'OLD', 2, person_id, email, email_key, name, name_key,"
	    " zone, level, hours, hours_utc, 1, 1, 1, 1 FROM application WHERE id = 1;"
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = 1 WHERE key = 'old';"
	    "UPDATE application SET standing = 'closed', waitlist_position = NULL WHERE key = 'old'");
	harness_get(h, READING "/vega");
	harness_expect_not(h, "Lynx");
	harness_post(h, READING "/vega/reveal");
	harness_get(h, READING "/vega");
	harness_expect(h, "Lynx: on the waitlist");
}

static void
what_others_gave_is_shown_once_ones_own_is_in(void **state)
{
	struct harness *h = *state;

	(void)reading_reviewer(h, "Mira");
	reading_reviewed(h, 1, "Mira", 9000);
	harness_run_sql(h,
	    "UPDATE review SET is_flagged = 1;"
	    "INSERT INTO review_score SELECT id, 1, 9 FROM review;"
	    "INSERT INTO review_score SELECT id, 2, 8 FROM review");
	harness_get(h, READING "/vega");
	harness_expect(h, "Shown once your own review is in");
	harness_expect_not(h, "9.0");
	harness_expect_not(h, "Noted by Mira");
	harness_expect_not(h, "Flagged");
	/* Nor by what was typed wrong. */
	reading_points(h, "77", "4");
	harness_post(h, READING "/vega");
	harness_expect_status(h, 422);
	harness_expect_not(h, "Noted by Mira");
	reading_points(h, "7", "4");
	harness_post(h, READING "/vega");
	harness_get(h, READING "/vega");
	harness_expect(h, "<strong>9.0</strong>");
	harness_expect(h, "Craft 9, Kindness 8");
	harness_expect(h, "Noted by Mira");
	harness_expect(h, "Flagged");
}

static void
an_organiser_compares_once_it_has_all_reviews_it_wants(void **state)
{
	struct harness *h = *state;

	(void)reading_reviewer(h, "Mira");
	reading_reviewed(h, 1, "Mira", 9000);
	house_sign_in(h, "Polaris");
	harness_get(h, READING "/vega");
	harness_expect_not(h, "Noted by Mira");
	reading_reviewed(h, 1, "Spica", 5000);
	harness_get(h, READING "/vega");
	harness_expect(h, "Noted by Mira");
	harness_expect(h, "Noted by Spica");
}

static void
an_erased_reviewer_is_not_named(void **state)
{
	struct harness *h = *state;

	(void)reading_reviewer(h, "Mira");
	reading_reviewed(h, 1, "Mira", 9000);
	reading_reviewed(h, 1, "Spica", 5000);
	harness_run_sql(h, "UPDATE person SET erased_at = 1, is_disabled = 1 WHERE name = 'Mira'");
	harness_get(h, READING "/vega");
	harness_expect(h, "A reviewer who was erased");
	harness_expect(h, "9.0");
	harness_expect_not(h, "Noted by Mira");
}

static void
ending_blind_review_shows_names_to_organisers_alone(void **state)
{
	struct harness *h = *state;

	ask(h);
	harness_run_sql(h, "UPDATE cohort SET names_shown_at = 1");
	harness_get(h, READING "/vega");
	expect_blind(h);
	house_sign_in(h, "Polaris");
	harness_get(h, READING "/vega");
	harness_expect(h, "<bdi>Vega</bdi>");
	harness_expect(h, "Alcyone 37");
}

static void
an_application_that_was_never_confirmed_is_not_to_be_read(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO application (key, reference, cohort_id, email, email_key, name, name_key,"
	    " zone, level, hours, hours_utc, submitted_at, changed_at, confirm_until)"
	    " SELECT 'raw', 'RAW', 1, 'r@example.org', 'r@example.org', 'R', 'r', zone, level,"
	    " hours, hours_utc, 1, 1, 1 FROM application WHERE id = 1");
	harness_get(h, READING "/raw");
	harness_expect_status(h, 404);
	reading_points(h, "7", "4");
	harness_post(h, READING "/raw");
	harness_expect_status(h, 404);
	harness_post(h, READING "/raw/reveal");
	harness_expect_status(h, 404);
	harness_post(h, READING "/raw/conflict");
	harness_expect_status(h, 404);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		reading_test(an_application_is_read_without_saying_who_wrote_it),
		reading_test(showing_who_it_is_is_one_logged_action),
		reading_test(earlier_cohorts_are_told_with_the_name),
		reading_test(what_others_gave_is_shown_once_ones_own_is_in),
		reading_test(an_organiser_compares_once_it_has_all_reviews_it_wants),
		reading_test(an_erased_reviewer_is_not_named),
		reading_test(ending_blind_review_shows_names_to_organisers_alone),
		reading_test(an_application_that_was_never_confirmed_is_not_to_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
