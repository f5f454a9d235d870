/*
 * The office: mail and the log, as organisers and administrators see them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "model/audit.h"
#include "model/delivery.h"

#define MAIL HOUSE_ORGANISE "/mail"
#define LOG HOUSE_ORGANISE "/log"

/* A mail of orion's in this state, to <name>@example.org; its id. */
static int64_t
mail(struct harness *h, const char *kind, const char *name, const char *state)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, parameters,"
		" state, attempts, due_at, created_at, tried_at, sent_at)"
		" VALUES ('%s:%s', '%s', 2, 1, '%s@example.org', '{\"secret\":\"canary-parameter\"}',"
		" '%s', CASE '%s' WHEN 'queued' THEN 0 ELSE 2 END, %lld, 1795300000,"
		" CASE '%s' WHEN 'queued' THEN NULL ELSE 1795310000 END,"
		" CASE '%s' WHEN 'sent' THEN 1795310000 END)",
		kind, name, kind, name, state, state, (long long)HARNESS_NOW, state, state));
	return harness_number(h, "SELECT max(id) FROM outbox");
}

static const char *
path_of(struct harness *h, const char *base, int64_t id, const char *rest)
{
	return arena_format(harness_arena(h), "%s/%lld%s", base, (long long)id, rest);
}

static void
become_administrator(struct harness *h)
{
	int64_t person = harness_person(h, "electra@example.org", "Electra");

	harness_run_sql(h,
	    arena_format(harness_arena(h), "UPDATE person SET is_administrator = 1 WHERE id = %lld",
		(long long)person));
	harness_forget(h);
	harness_sign_in(h, person);
}

static void
become_organiser_elsewhere(struct harness *h)
{
	int64_t person = harness_person(h, "canopus@example.org", "Canopus");

	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
		" starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
		" djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
		" SELECT 'vela', 'Vela', goal, 'feed-vela', published_at, opens_on, closes_on,"
		" starts_on, opens_at, closes_at, starts_at, ends_at, weeks, 4, 8, 8, 1 FROM cohort;"
		"INSERT INTO member (cohort_id, person_id, role, joined_at)"
		" VALUES (2, %lld, 'organiser', 1)",
		(long long)person));
	harness_forget(h);
	harness_sign_in(h, person);
}

/* ---- mail ---- */

static void
mail_is_listed_newest_first_with_why_it_failed(void **state)
{
	struct harness *h = *state;
	const char *body;

	(void)mail(h, "welcome", "vega", "sent");
	(void)mail(h, "offer", "mira", "failed");
	harness_run_sql(h,
	    "UPDATE outbox SET problem = 'no_mailbox', answer = '550 5.1.1 No such user'"
	    " WHERE id = 2");
	(void)mail(h, "question_answered", "altair", "queued");
	harness_get(h, MAIL);
	harness_expect_status(h, 200);
	harness_expect(h, "Welcome to a group");
	harness_expect(h, "The mail server knows no such address.");
	harness_expect(h, "550 5.1.1 No such user");
	harness_expect(h, "Tried 2 times");
	harness_expect(h, "Not tried yet");
	harness_expect(h, "Due now, and goes out next");
	harness_expect(h, "Sent Sunday 22 November 2026, 01:13 UTC");
	body = harness_body_text(h);
	assert_true(strstr(body, "altair@example.org") < strstr(body, "mira@example.org"));
	assert_true(strstr(body, "mira@example.org") < strstr(body, "vega@example.org"));
	harness_expect_not(h, "canary-parameter");
}

static void
every_kind_and_state_has_words_of_its_own(void **state)
{
	static const char *const states[] = { "queued", "held", "sent", "failed", "cancelled" };
	struct harness *h = *state;
	const char *kinds = harness_rows(h, "SELECT kind FROM mail_kind WHERE kind <> 'activity'");

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		(void)mail(h, "welcome", states[i], states[i]);
	}
	while (*kinds != '\0') {
		size_t length = strcspn(kinds, "|");

		(void)mail(h, arena_copy_bytes(harness_arena(h), kinds, length), "vega", "queued");
		kinds += length + 2;
	}
	harness_get(h, MAIL);
	harness_expect_status(h, 200);
	harness_expect_not(h, "Another kind");
	harness_expect(h, "Held back since the database was restored");
}

static void
every_problem_has_words_of_its_own(void **state)
{
	struct harness *h = *state;

	for (int problem = 1; problem < DELIVERY_PROBLEMS; problem++) {
		const char *word = delivery_word((enum delivery_problem)problem);

		(void)mail(h, "offer", word, "failed");
		harness_run_sql(h,
		    arena_format(harness_arena(h),
			"UPDATE outbox SET problem = '%s' WHERE reason = 'offer:%s'", word, word));
	}
	harness_get(h, MAIL);
	harness_expect_not(h, "It could not be delivered.");
	harness_run_sql(h, "UPDATE outbox SET problem = 'of a newer version'");
	harness_get(h, MAIL);
	harness_expect(h, "It could not be delivered.");
}

static void
the_list_is_narrowed_by_the_address_and_stays_so_after_a_button(void **state)
{
	struct harness *h = *state;
	int64_t failed;

	(void)mail(h, "welcome", "vega", "sent");
	failed = mail(h, "offer", "mira", "failed");
	harness_get(h, MAIL "?state=failed");
	harness_expect(h, "mira@example.org");
	harness_expect_not(h, "vega@example.org");
	harness_expect(h, path_of(h, MAIL, failed, "/retry?state=failed"));
	harness_get(h, MAIL "?state=nonsense");
	harness_expect(h, "vega@example.org");
	harness_post(h, path_of(h, MAIL, failed, "/retry?state=failed"));
	harness_expect_status(h, 303);
	harness_expect_location(h, MAIL "?state=failed&done=mail_retried");
}

static void
a_long_list_comes_page_by_page(void **state)
{
	struct harness *h = *state;

	for (int i = 0; i < 51; i++) {
		(void)mail(h, "offer", arena_format(harness_arena(h), "number%02d", i), "sent");
	}
	harness_get(h, MAIL "?state=sent");
	harness_expect(h, "number50@");
	harness_expect(h, "number01@");
	harness_expect_not(h, "number00@");
	harness_expect(h, MAIL "?state=sent&amp;before=2\"");
	harness_get(h, MAIL "?state=sent&before=2");
	harness_expect(h, "number00@");
	harness_expect_not(h, "number01@");
	harness_expect(h, ">Newest</a>");
	harness_expect_not(h, ">Older</a>");
}

static void
what_failed_is_sent_again_and_logged(void **state)
{
	struct harness *h = *state;
	int64_t id = mail(h, "offer", "mira", "failed");

	harness_run_sql(h, "UPDATE outbox SET problem = 'timeout'");
	harness_post(h, path_of(h, MAIL, id, "/retry"));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT state, attempts FROM outbox"), "queued|0|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT action, actor_id, cohort_id, detail FROM audit"),
	    "mail_retried|1|1|offer|\n");
}

static void
what_waits_is_cancelled_and_logged(void **state)
{
	struct harness *h = *state;
	int64_t id = mail(h, "offer", "mira", "queued");

	harness_post(h, path_of(h, MAIL, id, "/cancel"));
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT state FROM outbox"), "cancelled|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT action, detail FROM audit"), "mail_cancelled|offer|\n");
}

static void
what_went_out_meanwhile_is_left_alone_and_said(void **state)
{
	struct harness *h = *state;
	int64_t id = mail(h, "offer", "mira", "sent");

	harness_post(h, path_of(h, MAIL, id, "/cancel"));
	harness_expect_status(h, 422);
	harness_expect(h, "has gone out or is no longer here");
	harness_expect(h, "mira@example.org");
	harness_post(h, path_of(h, MAIL, id, "/retry"));
	harness_expect_status(h, 422);
	assert_string_equal(harness_rows(h, "SELECT state FROM outbox"), "sent|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM audit"), 0);
}

static void
safety_30_another_cohorts_mail_is_not_there(void **state)
{
	struct harness *h = *state;
	int64_t id = mail(h, "offer", "mira", "failed");

	become_organiser_elsewhere(h);
	harness_get(h, MAIL);
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/vela/organise/mail");
	harness_expect_status(h, 200);
	harness_expect_not(h, "mira@example.org");
	harness_expect(h, "No mail here");
	harness_get(h, path_of(h, "/cohort/vela/organise/mail", id, ""));
	harness_expect_status(h, 404);
	harness_post(h, path_of(h, "/cohort/vela/organise/mail", id, "/retry"));
	harness_expect_status(h, 404);
	harness_post(h, path_of(h, "/cohort/vela/organise/mail", id, "/cancel"));
	harness_expect_status(h, 404);
	assert_string_equal(harness_rows(h, "SELECT state FROM outbox"), "failed|\n");
}

static void
administrators_see_all_mail_and_what_is_of_no_cohort(void **state)
{
	struct harness *h = *state;
	int64_t id = mail(h, "offer", "mira", "failed");

	harness_run_sql(h,
	    "INSERT INTO outbox (reason, kind, urgency, recipient, parameters, due_at, created_at)"
	    " VALUES ('sign_in:1', 'sign_in', 1, 'luna@example.org', '{}', 1, 1)");
	harness_get(h, MAIL);
	harness_expect_not(h, "luna@example.org");
	harness_get(h, path_of(h, MAIL, id + 1, ""));
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/settings/mail");
	harness_expect_status(h, 404);
	become_administrator(h);
	harness_get(h, "/cohort/settings/mail");
	harness_expect_status(h, 200);
	harness_expect(h, "luna@example.org");
	harness_expect_not(h, "mira@example.org");
	harness_expect(h, "Somebody of the cohort");
	harness_expect(h, "Orion");
	harness_get(h, path_of(h, "/cohort/settings/mail", id, ""));
	harness_expect_status(h, 200);
	harness_post(h, path_of(h, "/cohort/settings/mail", id, "/retry"));
	harness_expect_status(h, 303);
	harness_expect_location(h, "/cohort/settings/mail?done=mail_retried");
	/* In the log of the cohort whose mail it is. */
	assert_string_equal(
	    harness_rows(h, "SELECT action, cohort_id FROM audit"), "mail_retried|1|\n");
}

/* ---- what a mail says ---- */

static void
nobody_is_shown_what_a_private_mail_says(void **state)
{
	struct harness *h = *state;
	const char *kinds = harness_rows(h, "SELECT kind FROM mail_kind WHERE is_private = 1");
	int count = 0;

	while (*kinds != '\0') {
		size_t length = strcspn(kinds, "|");
		int64_t id =
		    mail(h, arena_copy_bytes(harness_arena(h), kinds, length), "vega", "queued");

		harness_get(h, path_of(h, MAIL, id, ""));
		harness_expect_status(h, 200);
		harness_expect(h, "is for its recipient alone");
		harness_expect_not(h, "Subject");
		harness_expect_not(h, "canary-parameter");
		kinds += length + 2;
		count++;
	}
	assert_true(count >= 6);
}

static void
no_number_but_that_of_a_mail_leads_to_one(void **state)
{
	static const char *const wrong[] = { "/0", "/99", "/-1", "/x", "/18446744073709551617" };
	struct harness *h = *state;

	(void)mail(h, "offer", "mira", "failed");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		harness_get(h, arena_format(harness_arena(h), MAIL "%s", wrong[i]));
		harness_expect_status(h, 404);
	}
}

/* ---- the log ---- */

static void
the_log_says_who_did_what_to_whom(void **state)
{
	struct harness *h = *state;

	house_group(h, "lyra");
	harness_field(h, "member",
	    arena_format(
		harness_arena(h), "%lld", (long long)house_member(h, "Rigel", "navigator", 0)));
	harness_field(h, "group", "lyra");
	harness_post(h, HOUSE_ORGANISE "/placing");
	harness_expect_status(h, 303);
	harness_get(h, LOG);
	harness_expect_status(h, 200);
	harness_expect(h, "Polaris");
	harness_expect(h, "Placed in a group: <bdi>lyra</bdi>");
	harness_expect(h, "Rigel");
	harness_expect(h, "Sunday 22 November 2026, 07:00 UTC");
	harness_expect(h, "1 entry on this page");
}

static void
every_action_has_words_of_its_own(void **state)
{
	struct harness *h = *state;

	for (int action = 1; action < AUDIT_ACTIONS; action++) {
		assert_true(db_begin_write(harness_db(h)));
		assert_true(audit_note(harness_db(h),
		    &(struct audit_entry){
			.action = (enum audit_action)action, .cohort_id = 1, .actor_id = 1 },
		    HARNESS_NOW));
		assert_true(db_commit(harness_db(h)));
	}
	harness_get(h, LOG);
	harness_expect_not(h, "Something else");
	harness_run_sql(
	    h, "INSERT INTO audit (at, action, cohort_id) VALUES (1, 'of_a_newer_version', 1)");
	harness_get(h, LOG);
	harness_expect(h, "Something else");
	harness_expect(h, "The operator of this installation");
}

static void
whoever_was_erased_is_named_no_more(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO audit (at, action, cohort_id, actor_id, subject_id)"
	    " VALUES (1, 'placed', 1, 1, 1)");
	(void)harness_person(h, "rigel@example.org", "Rigel");
	harness_run_sql(h,
	    "INSERT INTO audit (at, action, cohort_id, actor_id, subject_id)"
	    " VALUES (1, 'placed', 1, 2, 2);"
	    "UPDATE person SET erased_at = 1 WHERE id = 2");
	harness_get(h, LOG);
	harness_expect(h, "Somebody who was erased");
	harness_expect_not(h, "Rigel");
}

/* Administrators have no role in a cohort: they read its organisers' names alone. */
static void
safety_31_administrators_are_told_no_name_of_a_cohorts_members(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	harness_run_sql(h,
	    "INSERT INTO audit (at, action, cohort_id, actor_id, subject_id) VALUES"
	    " (1, 'placed', 1, 1, 2), (2, 'invitation_accepted', 1, 2, 2)");
	harness_get(h, LOG);
	harness_expect(h, "Rigel");
	become_administrator(h);
	harness_get(h, "/cohort/settings/log");
	harness_expect(h, "Polaris");
	harness_expect(h, "Somebody of the cohort");
	harness_expect_not(h, "Rigel");
	/* What concerns an account is theirs to know. */
	harness_run_sql(
	    h, "INSERT INTO audit (at, action, subject_id) VALUES (3, 'account_disabled', 2)");
	harness_get(h, "/cohort/settings/log");
	harness_expect(h, "Rigel");
}

/* Or an organiser could ask whose an address is by inviting it. */
static void
safety_18_the_log_tells_no_name_of_whoever_was_only_invited(void **state)
{
	struct harness *h = *state;

	(void)harness_person(h, "rigel@example.org", "Rigel");
	harness_field(h, "name", "Nova");
	harness_field(h, "email", "rigel@example.org");
	harness_field(h, "role", "navigator");
	harness_post(h, HOUSE_ORGANISE "/people");
	harness_expect_status(h, 303);
	harness_get(h, LOG);
	harness_expect(h, "1 entry on this page");
	harness_expect_not(h, "Rigel");
	(void)house_member(h, "Rigel", "navigator", 0);
	harness_get(h, LOG);
	harness_expect(h, "Rigel");
}

static void
a_long_log_comes_page_by_page(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL"
	    " SELECT number + 1 FROM line WHERE number < 101)"
	    " INSERT INTO audit (at, action, cohort_id, detail)"
	    " SELECT number, 'group_made', 1, 'group-' || number FROM line");
	harness_get(h, LOG);
	harness_expect(h, "group-101<");
	harness_expect(h, "group-2<");
	harness_expect_not(h, "group-1<");
	harness_expect(h, LOG "?before=2\"");
	harness_get(h, LOG "?before=2");
	harness_expect(h, "group-1<");
	harness_expect_not(h, "group-2<");
}

static void
safety_30_another_cohorts_log_is_not_there(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h,
	    "INSERT INTO audit (at, action, cohort_id, actor_id, detail)"
	    " VALUES (1, 'group_made', 1, 1, 'lyra'), (1, 'settings_changed', NULL, 1, '')");
	harness_get(h, LOG);
	harness_expect(h, "lyra");
	harness_expect_not(h, "Changed the settings");
	become_organiser_elsewhere(h);
	harness_get(h, LOG);
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/vela/organise/log");
	harness_expect_status(h, 200);
	harness_expect_not(h, "lyra");
	harness_get(h, "/cohort/settings/log");
	harness_expect_status(h, 404);
	become_administrator(h);
	harness_get(h, LOG);
	harness_expect_status(h, 404);
	harness_get(h, "/cohort/settings/log");
	harness_expect_status(h, 200);
	harness_expect(h, "lyra");
	harness_expect(h, "Orion");
	harness_expect(h, "Changed the settings");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(mail_is_listed_newest_first_with_why_it_failed),
		house_test(every_kind_and_state_has_words_of_its_own),
		house_test(every_problem_has_words_of_its_own),
		house_test(the_list_is_narrowed_by_the_address_and_stays_so_after_a_button),
		house_test(a_long_list_comes_page_by_page),
		house_test(what_failed_is_sent_again_and_logged),
		house_test(what_waits_is_cancelled_and_logged),
		house_test(what_went_out_meanwhile_is_left_alone_and_said),
		house_test(safety_30_another_cohorts_mail_is_not_there),
		house_test(administrators_see_all_mail_and_what_is_of_no_cohort),
		house_test(nobody_is_shown_what_a_private_mail_says),
		house_test(no_number_but_that_of_a_mail_leads_to_one),
		house_test(the_log_says_who_did_what_to_whom),
		house_test(every_action_has_words_of_its_own),
		house_test(whoever_was_erased_is_named_no_more),
		house_test(safety_31_administrators_are_told_no_name_of_a_cohorts_members),
		house_test(safety_18_the_log_tells_no_name_of_whoever_was_only_invited),
		house_test(a_long_log_comes_page_by_page),
		house_test(safety_30_another_cohorts_log_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
