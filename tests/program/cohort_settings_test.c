/*
 * The programme's settings: who may change them, that no two people overwrite
 * each other, and the public pages that are made of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "ground/bytes.h"

#define SETTINGS "/cohort/settings"

/* Polaris organises orion; Electra looks after the installation. */
static int
set_up(void **state)
{
	int64_t electra;

	if (house_set_up(state) != 0) {
		return -1;
	}
	electra = harness_person(*state, "electra@example.org", "Electra");
	harness_run_sql(
	    *state, "UPDATE person SET is_administrator = 1 WHERE email = 'electra@example.org'");
	harness_sign_in(*state, electra);
	return 0;
}

#define settings_test(test) cmocka_unit_test_setup_teardown(test, set_up, house_tear_down)

struct pair {
	const char *name, *value;
};

static const struct pair programme[] = { { "name", "Perseids" }, { "tagline", "In a line" },
	{ "about", "We *meet*." }, { "contact", "crew@example.org" },
	{ "contact_words", "We **read** it." }, { NULL, NULL } };

static const struct pair privacy[] = { { "privacy", "Ask Electra." }, { "rejected_days", "91" },
	{ "withdrawn_days", "92" }, { "unconfirmed_days", "93" }, { "sensitive_days", "94" },
	{ "mail_days", "95" }, { "audit_days", "1" }, { NULL, NULL } };

static const struct pair conduct[] = { { "conduct", "Be *kind*." },
	{ "conduct_link", "https://example.net/code" }, { NULL, NULL } };

/* Sends them; one of them may be other. */
static void
save(struct harness *h, const char *path, const struct pair *pairs, const char *revision,
    const char *other, const char *value)
{
	for (; pairs->name != NULL; pairs++) {
		bool is_other = other != NULL && strcmp(pairs->name, other) == 0;

		harness_field(h, pairs->name, is_other ? value : pairs->value);
	}
	harness_field(h, "revision", revision);
	harness_post(h, path);
}

static void
expect_page(struct harness *h, const char *path, const char *words)
{
	harness_get(h, path);
	harness_expect_status(h, 200);
	harness_expect(h, words);
}

static void
settings_are_the_administrators_alone(void **state)
{
	static const char *const paths[] = { SETTINGS, SETTINGS "/privacy", SETTINGS "/conduct" };
	struct harness *h = *state;

	expect_page(h, "/cohort/me", "href=\"/cohort/settings\"");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		expect_page(h, paths[i], "aria-label=\"Settings\"");
	}
	harness_sign_in(h, HOUSE_POLARIS);
	harness_get(h, "/cohort/me");
	harness_expect_not(h, "/cohort/settings");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(h, paths[i]);
		harness_expect_status(h, 404);
	}
	save(h, SETTINGS, programme, "1", NULL, NULL);
	harness_expect_status(h, 404);
	assert_int_equal(harness_number(h, "SELECT revision FROM programme"), 1);
}

static void
the_programmes_words_are_saved_and_seen_on_its_pages(void **state)
{
	struct harness *h = *state;

	save(h, SETTINGS, programme, "1", NULL, NULL);
	harness_expect_location(h, "/cohort/settings?done=settings_saved");
	harness_get(h, "/cohort/settings?done=settings_saved");
	harness_expect(h, "Everybody sees it from now on.");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	harness_forget(h);
	expect_page(h, "/", "<h1>Perseids</h1>");
	harness_expect(h, "We <em>meet</em>.");
	harness_expect(h, "href=\"mailto:crew@example.org\"");
	expect_page(h, "/cohort/contact", "We <strong>read</strong> it.");
	assert_string_equal(
	    harness_rows(h, "SELECT action, detail, actor_id IS NOT NULL FROM audit"),
	    "settings_changed|The programme|1|\n");
}

static void
what_is_wrong_is_said_at_its_field_and_nothing_is_saved(void **state)
{
	static const struct {
		const char *path;
		const struct pair *pairs;
		const char *field, *value, *words;
	} wrong[] = {
		{ SETTINGS, programme, "name", "", "id=\"name-error\"" },
		{ SETTINGS, programme, "contact", "nowhere", "id=\"contact-error\"" },
		{ SETTINGS "/privacy", privacy, "rejected_days", "0", "from 1 to 3650" },
		{ SETTINGS "/privacy", privacy, "withdrawn_days", "3651", "from 1 to 3650" },
		{ SETTINGS "/privacy", privacy, "unconfirmed_days", "2", "from 3 to 365" },
		{ SETTINGS "/privacy", privacy, "unconfirmed_days", "366", "from 3 to 365" },
		{ SETTINGS "/privacy", privacy, "sensitive_days", "soon", "whole number" },
		{ SETTINGS "/privacy", privacy, "mail_days", "", "id=\"mail_days-error\"" },
		{ SETTINGS "/privacy", privacy, "audit_days", "-1", "from 1 to 3650" },
		{ SETTINGS "/conduct", conduct, "conduct_link", "javascript:alert(1)",
		    "id=\"conduct_link-error\"" },
	};
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		save(h, wrong[i].path, wrong[i].pairs, "1", wrong[i].field, wrong[i].value);
		harness_expect_status(h, 422);
		harness_expect(h, wrong[i].words);
		assert_int_equal(harness_number(h, "SELECT revision FROM programme"), 1);
		assert_int_equal(harness_number(h, "SELECT count(*) FROM audit"), 0);
	}
}

/* As long as the schema has it, in characters of two units and four bytes. */
static void
the_longest_words_are_saved(void **state)
{
	struct harness *h = *state;
	struct bytes *words = bytes_new(harness_arena(h));

	for (int i = 0; i < 10000; i++) {
		bytes_text(words, "\xf0\x9f\x8c\x9f");
	}
	save(h, SETTINGS "/conduct", conduct, "1", "conduct", words->data);
	harness_expect_status(h, 303);
	bytes_char(words, 'x');
	save(h, SETTINGS "/conduct", conduct, "2", "conduct", words->data);
	harness_expect_status(h, 422);
	assert_int_equal(harness_number(h, "SELECT length(conduct) FROM programme"), 10000);
}

static void
safety_33_two_administrators_never_overwrite_each_other(void **state)
{
	struct harness *h = *state;

	save(h, SETTINGS, programme, "1", NULL, NULL);
	save(h, SETTINGS "/privacy", privacy, "1", "privacy", "Mine");
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody else changed the settings while you were writing.");
	harness_expect(h, "Mine</textarea>");
	harness_expect(h, "name=\"revision\" value=\"2\"");
	assert_string_equal(harness_rows(h, "SELECT privacy, revision FROM programme"), "|2|\n");
	save(h, SETTINGS "/privacy", privacy, "2", "privacy", "Mine");
	harness_expect_status(h, 303);
	assert_string_equal(
	    harness_rows(h, "SELECT privacy, revision FROM programme"), "Mine|3|\n");
	save(h, SETTINGS "/conduct", conduct, "none", NULL, NULL);
	harness_expect_status(h, 422);
}

static void
the_privacy_page_says_the_numbers_of_the_settings(void **state)
{
	static const char *const before[] = { "180 days later", "180 days after its cohort began",
		"it goes after 14 days", "30 days after its cohort ended", "for 30 days",
		"for 730 days" };
	static const char *const after[] = { "92 days later", "91 days after its cohort began",
		"it goes after 93 days", "94 days after its cohort ended", "for 95 days",
		"for 1 day." };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		expect_page(h, "/cohort/privacy", before[i]);
	}
	harness_expect(h, "this page says exactly what is kept");
	save(h, SETTINGS "/privacy", privacy, "1", NULL, NULL);
	harness_expect_location(h, "/cohort/settings/privacy?done=settings_saved");
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		expect_page(h, "/cohort/privacy", after[i]);
	}
	harness_expect(h, "Ask Electra.");
	harness_expect_not(h, "this page says exactly what is kept");
}

static void
the_code_that_came_with_us_stands_until_there_is_another(void **state)
{
	struct harness *h = *state;

	harness_forget(h);
	expect_page(h, "/cohort/conduct", "What we ask of each other");
	harness_expect(h, "href=\"https://example.org/conduct\"");
	harness_expect(h, "href=\"/cohort/conduct/report\"");
	house_sign_in(h, "electra");
	save(h, SETTINGS "/conduct", conduct, "1", NULL, NULL);
	harness_expect_location(h, "/cohort/settings/conduct?done=settings_saved");
	harness_forget(h);
	expect_page(h, "/cohort/conduct", "Be <em>kind</em>.");
	harness_expect(h, "href=\"https://example.net/code\"");
	harness_expect_not(h, "What we ask of each other");
}

static void
every_page_leads_to_conduct_privacy_and_contact(void **state)
{
	static const char *const paths[] = { "/", "/cohort/orion", "/cohort/sign-in", "/cohort/me",
		"/cohort/nowhere" };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		harness_get(h, paths[i]);
		harness_expect(h, "href=\"/cohort/conduct\"");
		harness_expect(h, "href=\"/cohort/privacy\"");
		harness_expect(h, "href=\"/cohort/contact\"");
	}
}

static void
a_programme_without_an_address_says_so(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, "UPDATE programme SET contact = ''");
	expect_page(h, "/cohort/contact", "No address is given here yet.");
	harness_expect_not(h, "mailto:");
}

static void
safety_35_no_markdown_of_the_settings_becomes_active(void **state)
{
	static const char hostile[] = "<script>alert(1)</script> <svg onload=alert(2)>"
				      "\n\n[click](javascript:alert(3)) ![x](data:text/html,x)"
				      " <https://example.net/> [fine](https://example.net/fine)";
	static const char *const columns[][2] = { { "conduct", "/cohort/conduct" },
		{ "privacy", "/cohort/privacy" }, { "contact_words", "/cohort/contact" },
		{ "about", "/" } };
	struct harness *h = *state;

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		harness_run_sql(h,
		    arena_format(harness_arena(h), "UPDATE programme SET %s = '%s'", columns[i][0],
			hostile));
		expect_page(h, columns[i][1], "&lt;script&gt;alert(1)&lt;/script&gt;");
		harness_expect(
		    h, "<a href=\"https://example.net/fine\" rel=\"nofollow noopener ugc\">");
		harness_expect_not(h, "<script>alert");
		harness_expect_not(h, "<svg onload");
		harness_expect_not(h, "javascript:alert");
		harness_expect_not(h, "data:text");
	}
}

/* ---- who may be told ---- */

static void
add(struct harness *h, const char *name, const char *email, bool is_outside)
{
	harness_field(h, "name", name);
	harness_field(h, "email", email);
	if (is_outside) {
		harness_field(h, "outside", "yes");
	}
	harness_post(h, SETTINGS "/conduct/add");
}

static void
recipients_are_added_and_removed(void **state)
{
	struct harness *h = *state;

	expect_page(h, SETTINGS "/conduct", "Nobody is on the list yet");
	add(h, "Vega", "vega@example.org", false);
	harness_expect_location(h, "/cohort/settings/conduct?done=recipient_added");
	add(h, "Crux", "crux@example.org", true);
	expect_page(h, SETTINGS "/conduct", "<bdi>Vega</bdi>");
	harness_expect(h, "<span class=\"pill\">Outside the programme</span> <bdi>crux@");
	harness_expect(h, "Remove<span class=\"hide\"> <bdi>Vega</bdi>");
	add(h, "Vega again", "VEGA@example.org", true);
	harness_expect_status(h, 422);
	harness_expect(h, "This address is on the list already.");
	harness_expect(h, "value=\"Vega again\"");
	harness_field(h, "recipient", "1");
	harness_post(h, SETTINGS "/conduct/remove");
	harness_expect_location(h, "/cohort/settings/conduct?done=recipient_removed");
	harness_field(h, "recipient", "1");
	harness_post(h, SETTINGS "/conduct/remove");
	harness_expect_status(h, 422);
	harness_expect(h, "Somebody took it off the list already.");
	assert_string_equal(
	    harness_rows(h, "SELECT name, is_outside FROM conduct_recipient"), "Crux|1|\n");
	assert_string_equal(harness_rows(h, "SELECT action, detail FROM audit ORDER BY id"),
	    "conduct_recipient_added||\nconduct_recipient_added||\n"
	    "conduct_recipient_removed||\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		settings_test(settings_are_the_administrators_alone),
		settings_test(the_programmes_words_are_saved_and_seen_on_its_pages),
		settings_test(what_is_wrong_is_said_at_its_field_and_nothing_is_saved),
		settings_test(the_longest_words_are_saved),
		settings_test(safety_33_two_administrators_never_overwrite_each_other),
		settings_test(the_privacy_page_says_the_numbers_of_the_settings),
		settings_test(the_code_that_came_with_us_stands_until_there_is_another),
		settings_test(every_page_leads_to_conduct_privacy_and_contact),
		settings_test(a_programme_without_an_address_says_so),
		settings_test(safety_35_no_markdown_of_the_settings_becomes_active),
		settings_test(recipients_are_added_and_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
