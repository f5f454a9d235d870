#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "db/query/session.h"
#include "ground/token.h"
#include "model/session.h"

static const char *
body_of(struct office *office, const char *kind, const char *parameters)
{
	struct letter letter = office_ready(office, kind, parameters);

	assert_true(strlen(letter.wording.subject) > 0);
	assert_null(strstr(letter.text, "canary"));
	assert_null(strstr(letter.html, "canary"));
	assert_null(strstr(letter.text, "{"));
	return letter.text;
}

static void
sign_in_names_the_person_and_until_when(void **state)
{
	const char *body = body_of(*state, "sign_in", "{\"person\":\"101\",\"next\":\"\"}");

	office_assert_holds(body, "Hello Vega");
	office_assert_holds(body, "08:10 Europe/Vienna");
	office_assert_holds(body, "<http://localhost:8080/cohort/enter/");
}

static void
application_mails_carry_reference_deadline_and_link(void **state)
{
	static const char *const kinds[] = { "application_received", "application_already",
		"application_changed" };

	for (size_t i = 0; i < 3; i++) {
		const char *body =
		    body_of(*state, kinds[i], "{\"application\":\"1\",\"cohort\":\"1\"}");

		office_assert_holds(body, "REF-1");
		office_assert_holds(body, "Orion");
		office_assert_holds(body, "<http://localhost:8080/apply/confirm/");
	}
}

static void
withdrawn_is_told_only_while_it_is(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("application_withdrawn", "{\"application\":\"1\"}");
	struct letter letter;

	assert_int_equal(office_write(office, &outbox, &letter), LETTER_POINTLESS);
	harness_run_sql(office->harness, "UPDATE application SET withdrawn_at = 1795330000;");
	office_assert_holds(
	    body_of(office, "application_withdrawn", "{\"application\":\"1\"}"), "withdrawn");
}

static void
welcome_and_answer_lead_to_the_group(void **state)
{
	office_assert_holds(body_of(*state, "welcome", "{\"placement\":\"2\"}"),
	    "<http://localhost:8080/standup/orion/lyra>");
	office_assert_holds(body_of(*state, "question_answered", "{\"answer\":\"1\"}"),
	    "<http://localhost:8080/standup/orion/lyra/0>");
}

static void
what_is_gone_is_not_written_about(void **state)
{
	static const char *const kinds[] = { "sign_in", "application_received", "offer", "welcome",
		"question_answered" };

	for (size_t i = 0; i < 5; i++) {
		struct outbox outbox = office_queued(kinds[i], "{}");
		struct letter letter;

		assert_int_equal(office_write(*state, &outbox, &letter), LETTER_POINTLESS);
	}
}

static void
a_second_sending_carries_the_same_link(void **state)
{
	struct office *office = *state;
	struct outbox outbox = office_queued("sign_in", "{\"person\":\"101\"}");
	struct letter first, second, other;

	office_write(office, &outbox, &first);
	office_write(office, &outbox, &second);
	assert_string_equal(first.token, second.token);
	outbox.id = 10;
	office_write(office, &outbox, &other);
	assert_string_not_equal(first.token, other.token);
}

/* Ids begin again where a backup that is restored was made. */
static void
safety_17_no_link_mailed_before_a_restore_opens_anothers(void **state)
{
	struct office *office = *state;
	struct outbox outbox =
	    office_queued("application_received", "{\"application\":\"301\",\"cohort\":\"1\"}");
	struct letter first, later, others;

	office_write(office, &outbox, &first);
	outbox.created_at++;
	office_write(office, &outbox, &later);
	outbox.created_at--;
	outbox.recipient = "mira@example.org";
	office_write(office, &outbox, &others);
	assert_string_not_equal(first.token, later.token);
	assert_string_not_equal(first.token, others.token);
}

static void
safety_56_the_links_time_counts_from_sending(void **state)
{
	struct office *office = *state;
	struct outbox outbox =
	    office_queued("sign_in", "{\"person\":\"101\",\"next\":\"/cohort/me\"}");
	int64_t sent = HARNESS_NOW + 86400;
	struct letter letter;
	struct link link;

	office_write(office, &outbox, &letter);
	assert_true(db_begin_write(office->crewctl.db));
	assert_true(letter_record(&office->crewctl, &letter, sent));
	assert_true(link_find(office->crewctl.db, office->crewctl.arena,
	    token_hash(office->crewctl.arena, letter.token), &link));
	assert_int_equal(link.expires_at, sent + 600);
	assert_string_equal(link.next, "/cohort/me");
	assert_true(db_commit(office->crewctl.db));
}

/* ---- wording ---- */

static void
keep_words(struct office *office, int64_t cohort_id, const char *kind, const char *subject,
    const char *body)
{
	assert_true(db_begin_write(office->crewctl.db));
	assert_int_equal(wording_save(office->crewctl.db, office->crewctl.arena, cohort_id, kind,
			     subject, body, 0, HARNESS_NOW),
	    WORDING_SAVED);
	assert_true(db_commit(office->crewctl.db));
}

static void
a_mail_has_the_words_of_its_cohort_or_else_of_the_programme(void **state)
{
	struct office *office = *state;
	struct letter letter;

	keep_words(office, 0, "offer", "Programme: {cohort}", "Dear {name}, *here*: {link}");
	letter = office_ready(office, "offer", "{\"offer\":\"1\"}");
	assert_string_equal(letter.wording.subject, "Programme: Orion");
	office_assert_holds(letter.text, "Dear Vega, here: <http://localhost:8080/cohort/offer/");
	office_assert_holds(letter.html, "<p>Dear Vega, <em>here</em>: <a href=\"http://");
	keep_words(office, 1, "offer", "Cohort", "{link}");
	letter = office_ready(office, "offer", "{\"offer\":\"1\"}");
	assert_string_equal(letter.wording.subject, "Cohort");
	letter = office_ready(office, "sign_in", "{\"person\":\"101\"}");
	assert_string_equal(letter.wording.subject, "Your link to sign in to Test Programme");
}

/* What people call themselves stays text in both parts. */
static void
safety_36_a_name_is_no_markup_in_any_mail(void **state)
{
	static const char *const mails[][2] = { { "sign_in", "{\"person\":\"101\"}" },
		{ "application_confirmed", "{\"application\":\"1\"}" },
		{ "application_changed", "{\"application\":\"1\"}" },
		{ "offer", "{\"offer\":\"1\"}" },
		{ "offer_reminder", "{\"offer\":\"1\",\"days\":\"1\"}" },
		{ "welcome", "{\"placement\":\"2\"}" },
		{ "question_answered", "{\"answer\":\"1\"}" } };
	struct office *office = *state;

	harness_run_sql(office->harness,
	    "UPDATE person SET name = '\"''><script>x</script>[y](http://evil.example)';"
	    "UPDATE application SET name = '\"''><script>x</script>[y](http://evil.example)';"
	    "UPDATE mentoring_group SET name = '<b>*Lyra*</b>', goal = '![g](http://evil.example)';"
	    "UPDATE programme SET name = '<i>_P_</i>', contact = 'a_b_c@example.org';");
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		struct letter letter = office_ready(office, mails[i][0], mails[i][1]);

		office_assert_holds(letter.text, "\"'><script>x</script>[y](http://evil.example)");
		office_assert_holds(letter.html,
		    "&quot;'&gt;&lt;script&gt;x&lt;/script&gt;[y](http://evil.example)");
		office_assert_holds(letter.html, "<strong>&lt;i&gt;_P_&lt;/i&gt;</strong>");
		assert_null(strstr(letter.html, "<script"));
		assert_null(strstr(letter.html, "\"http://evil"));
		assert_null(strstr(letter.html, "<b>"));
		assert_null(strstr(letter.html, "<i>"));
		assert_null(strstr(letter.html, "<em>"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		office_test(sign_in_names_the_person_and_until_when),
		office_test(application_mails_carry_reference_deadline_and_link),
		office_test(withdrawn_is_told_only_while_it_is),
		office_test(welcome_and_answer_lead_to_the_group),
		office_test(what_is_gone_is_not_written_about),
		office_test(a_second_sending_carries_the_same_link),
		office_test(safety_17_no_link_mailed_before_a_restore_opens_anothers),
		office_test(safety_56_the_links_time_counts_from_sending),
		office_test(a_mail_has_the_words_of_its_cohort_or_else_of_the_programme),
		office_test(safety_36_a_name_is_no_markup_in_any_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
