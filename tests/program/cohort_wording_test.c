/*
 * What the mails say, as organisers and administrators change it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "web/wording_kind.h"

#define WORDING HOUSE_ORGANISE "/wording"
#define OFFER WORDING "/offer"
#define SETTINGS "/cohort/settings/wording"

static const char good[] = "Hello **{name}**, a seat of {cohort} is yours: <{link}>";

static void
send(struct harness *h, const char *path, const char *body, const char *revision, const char *step)
{
	harness_field(h, "subject", "A seat in {cohort}");
	harness_field(h, "body", body);
	harness_field(h, "revision", revision);
	harness_field(h, "step", step);
	harness_post(h, path);
}

static int64_t
become_administrator(struct harness *h)
{
	int64_t person = harness_person(h, "electra@example.org", "Electra");

	harness_run_sql(h,
	    arena_format(harness_arena(h), "UPDATE person SET is_administrator = 1 WHERE id = %lld",
		(long long)person));
	harness_forget(h);
	harness_sign_in(h, person);
	return person;
}

static void
organisers_see_the_kinds_of_their_cohort_alone(void **state)
{
	struct harness *h = *state;

	harness_get(h, WORDING);
	harness_expect_status(h, 200);
	harness_expect(h, "Offer of a seat");
	harness_expect(h, "Those that came with the software");
	harness_expect_not(h, "Sign-in link");
	harness_expect_not(h, "Another kind");
	harness_get(h, WORDING "/sign_in");
	harness_expect_status(h, 404);
	harness_get(h, WORDING "/activity");
	harness_expect_status(h, 404);
	harness_get(h, WORDING "/nonsense");
	harness_expect_status(h, 404);
	send(h, WORDING "/sign_in", good, "0", "save");
	harness_expect_status(h, 404);
	harness_post(h, WORDING "/sign_in/reset");
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM wording"), 0);
}

static void
words_are_changed_and_logged_without_them(void **state)
{
	struct harness *h = *state;

	harness_get(h, OFFER);
	harness_expect_status(h, 200);
	harness_expect(h, "These are the words that came with the software.");
	harness_expect(h, "name=\"revision\" value=\"0\"");
	send(h, OFFER, good, "0", "save");
	harness_expect_status(h, 303);
	harness_expect_location(h, OFFER "?done=wording_saved");
	assert_string_equal(
	    harness_rows(h, "SELECT cohort_id, kind, subject, revision FROM wording"),
	    "1|offer|A seat in {cohort}|1|\n");
	assert_string_equal(harness_rows(h, "SELECT action, cohort_id, detail FROM audit"),
	    "wording_changed|1|offer|\n");
	harness_get(h, OFFER);
	harness_expect(h, "These are this cohort’s own words.");
	harness_expect(h, "a seat of {cohort} is yours");
	harness_get(h, WORDING);
	harness_expect(h, "This cohort’s own");
}

static void
a_wrong_placeholder_is_named_at_its_field(void **state)
{
	static const struct {
		const char *body;
		const char *words;
	} wrong[] = {
		{ "Hello {nmae}: <{link}>", "{nmae} is nothing that we could fill in here" },
		{ "Hello {name}.", "{link} is missing" },
		{ "Hello {name: <{link}>", "a placeholder is written {like_this}" },
		{ "See `{link}`", "could not be clicked" },
	};
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		static const char *const steps[] = { "save", "preview" };

		for (size_t j = 0; j < 2; j++) {
			send(h, OFFER, wrong[i].body, "0", steps[j]);
			harness_expect_status(h, 422);
			harness_expect(h, "id=\"body-error\"");
			harness_expect(h, wrong[i].words);
			harness_expect_not(h, "As it would look");
		}
	}
	harness_field(h, "subject", "A seat: {link}");
	harness_field(h, "body", good);
	harness_field(h, "revision", "0");
	harness_post(h, OFFER);
	harness_expect_status(h, 422);
	harness_expect(h, "id=\"subject-error\"");
	harness_expect(h, "a seat of {cohort} is yours");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM wording"), 0);
}

static void
trying_words_saves_nothing_and_keeps_them(void **state)
{
	struct harness *h = *state;
	const char *before;

	/* The first POST lets time pass for the cohort. */
	send(h, OFFER, good, "0", "preview");
	before = harness_dump(h);
	send(h, OFFER, good, "0", "preview");
	harness_expect_status(h, 200);
	harness_expect(h, "As it would look");
	harness_expect(h, "<strong>Vega</strong>, a seat of Orion is yours");
	harness_expect(h, "Hello **{name}**");
	harness_expect(h, "name=\"revision\" value=\"0\"");
	assert_string_equal(harness_dump(h), before);
}

static void
safety_35_words_that_are_tried_do_nothing(void **state)
{
	struct harness *h = *state;

	send(h, OFFER, "<script>alert(1)</script> [x](javascript:alert(1))\n\n<{link}>", "0",
	    "preview");
	harness_expect_status(h, 200);
	harness_expect_not(h, "<script>alert");
	harness_expect_not(h, "href=\"javascript");
}

static void
a_change_made_meanwhile_is_told_and_nothing_typed_lost(void **state)
{
	struct harness *h = *state;

	send(h, OFFER, "First: <{link}>", "0", "save");
	harness_expect_status(h, 303);
	send(h, OFFER, "Second: <{link}>", "0", "save");
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody else changed these words");
	harness_expect(h, "Second: &lt;{link}&gt;");
	harness_expect(h, "name=\"revision\" value=\"1\"");
	assert_string_equal(harness_rows(h, "SELECT body FROM wording"), "First: <{link}>|\n");
	send(h, OFFER, "Second: <{link}>", "1", "save");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT body FROM wording"), "Second: <{link}>|\n");
}

static void
own_words_are_put_back(void **state)
{
	struct harness *h = *state;

	send(h, OFFER, good, "0", "save");
	harness_get(h, OFFER);
	harness_expect(h, "would again say what came with the software");
	harness_run_sql(h,
	    "INSERT INTO wording (kind, subject, body, changed_at)"
	    " VALUES ('offer', 'Of all', 'The programme''s: <{link}>', 1)");
	harness_get(h, OFFER);
	harness_expect(h, "would again say what the programme’s say");
	harness_post(h, OFFER "/reset");
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT subject FROM wording"), "Of all|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT action, detail FROM audit WHERE action = 'wording_reset'"),
	    "wording_reset|offer|\n");
	harness_get(h, OFFER);
	harness_expect(h, "These are the programme’s words.");
	harness_expect(h, "value=\"Of all\"");
	harness_expect_not(h, OFFER "/reset");
}

static void
administrators_word_every_kind_for_all(void **state)
{
	struct harness *h = *state;
	const char *kinds;

	harness_get(h, SETTINGS);
	harness_expect_status(h, 404);
	(void)become_administrator(h);
	harness_get(h, SETTINGS);
	harness_expect_status(h, 200);
	harness_expect_not(h, "Another kind");
	kinds = harness_rows(
	    h, "SELECT kind FROM mail_kind WHERE kind NOT IN ('activity', 'feed_ping')");
	while (*kinds != '\0') {
		size_t length = strcspn(kinds, "|");
		const char *kind = arena_copy_bytes(harness_arena(h), kinds, length);

		kinds += length + 2;
		if (wording_kind_find(kind) != NULL) {
			harness_get(h, arena_format(harness_arena(h), SETTINGS "/%s", kind));
			harness_expect_status(h, 200);
			/* Everything that can be filled in is explained. */
			harness_expect_not(h, "Filled in when the mail is written");
		}
	}
	send(h, SETTINGS "/offer", good, "0", "save");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT cohort_id, kind FROM wording"), "NULL|offer|\n");
	harness_get(h, SETTINGS "/offer");
	harness_expect(h, "These are the programme’s own words.");
	harness_post(h, SETTINGS "/offer/reset");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM wording"), 0);
}

static void
safety_30_only_a_cohorts_organisers_word_its_mails(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	house_sign_in(h, "Rigel");
	harness_get(h, WORDING);
	harness_expect_status(h, 404);
	send(h, OFFER, good, "0", "save");
	harness_expect_status(h, 404);
	(void)become_administrator(h);
	send(h, OFFER, good, "0", "save");
	harness_expect_status(h, 404);
	harness_post(h, OFFER "/reset");
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM wording"), 0);
}

/* ---- a mail that was written, beside its kind's words ---- */

static void
a_mail_is_shown_in_its_cohorts_words_and_without_anybodys_link(void **state)
{
	struct harness *h = *state;

	send(h, OFFER, good, "0", "save");
	harness_run_sql(h,
	    "INSERT INTO offer (key, application_id, state, made_at, deadline_at)"
	    " SELECT 'canary-key', 1, 'offered', 1, 1796000000"
	    " WHERE EXISTS (SELECT 1 FROM application);"
	    "INSERT INTO outbox (id, reason, kind, urgency, cohort_id, recipient, parameters,"
	    " due_at, created_at) VALUES (70, 'offer:1', 'offer', 2, 1, 'luna@example.org',"
	    " '{\"offer\":\"1\"}', 1, 1)");
	harness_get(h, HOUSE_ORGANISE "/mail/70");
	harness_expect_status(h, 200);
	harness_expect(h, "A seat in Orion");
	harness_expect(h, "<strong>Vega</strong>, a seat of Orion is yours");
	harness_expect(h, "with examples where this one has its own");
	harness_expect_not(h, "canary-key");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(organisers_see_the_kinds_of_their_cohort_alone),
		house_test(words_are_changed_and_logged_without_them),
		house_test(a_wrong_placeholder_is_named_at_its_field),
		house_test(trying_words_saves_nothing_and_keeps_them),
		house_test(safety_35_words_that_are_tried_do_nothing),
		house_test(a_change_made_meanwhile_is_told_and_nothing_typed_lost),
		house_test(own_words_are_put_back),
		house_test(administrators_word_every_kind_for_all),
		house_test(safety_30_only_a_cohorts_organisers_word_its_mails),
		house_test(a_mail_is_shown_in_its_cohorts_words_and_without_anybodys_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
