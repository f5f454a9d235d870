/*
 * Every kind of mail as it leaves, held against tests/data/mail/<kind>.eml
 * (lines ended by LF there).  After a change that is meant,
 *
 *	GROUNDCREW_GOLDEN=write build/tests/program/crewctl_golden_test
 *
 * writes the files anew; `git diff` then shows what it did to each mail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/courier.h"
#include "crewctl_office.h"
#include "ground/bytes.h"
#include "model/conduct.h"
#include "web/wording_kind.h"

/* What a kind of mail needs beside the office's scene. */
struct scene {
	const char *kind;
	const char *parameters;
	const char *sql; /* NULL: nothing */
	void (*prepare)(struct office *); /* NULL: nothing */
};

static void
report_conduct(struct office *office)
{
	const struct conduct_words words = { .what = "A *word* that hurt.\n\n    > And more.",
		.when = "In the chat",
		.who = "",
		.reach = "" };
	const int64_t recipient = 1;

	assert_true(db_begin_write(office->crewctl.db));
	assert_int_equal(
	    conduct_send(office->crewctl.db, office->crewctl.arena, office->site.secret, &words,
		&recipient, 1, "192.0.2.0/24", HARNESS_NOW),
	    CONDUCT_SENT);
	assert_true(db_commit(office->crewctl.db));
}

#define APPLICATION "{\"application\":\"1\",\"cohort\":\"1\"}"
#define NO_OFFER \
	"DELETE FROM offer; UPDATE application SET withdrawn_at = 3;" \
	"UPDATE application SET withdrawn_at = NULL;"
#define DECIDED(kind, position) \
	"INSERT INTO decision (id, application_id, kind, position, line, decided_at, sent_at)" \
	" VALUES (1, 1, '" kind "', " position ", 'Your *questions* helped others.', 1, 1);"
#define MOVING \
	"INSERT INTO address_change (id, person_id, email, email_key, asked_at, ends_at)" \
	" VALUES (1, 101, 'vega@example.net', 'vega@example.net', 1, 1795503600);"
#define DRAFTED \
	"UPDATE cohort SET published_at = 1, opens_at = 1, closes_at = 1795503600," \
	" starts_at = 1799020800;" \
	"INSERT INTO draft (id, cohort_id, email, email_key, fields, begun_at, saved_at) VALUES" \
	" (1, 1, 'vega@example.org', 'vega@example.org', 'name=V&zone=Europe%2FVienna'," \
	" 1795320000, 1795320000);"
#define SUBSCRIBED(confirmed) \
	"INSERT INTO subscription (id, email, email_key, asked_at, confirmed_at) VALUES" \
	" (1, 'vega@example.org', 'vega@example.org', 1795330800, " confirmed ");"

static const struct scene scenes[] = {
	{ "sign_in", "{\"person\":\"101\",\"next\":\"\"}", NULL, NULL },
	{ "application_received", APPLICATION, NULL, NULL },
	{ "application_already", APPLICATION, NULL, NULL },
	{ "application_confirmed", APPLICATION,
	    "UPDATE questionnaire_item SET is_sensitive = 1 WHERE name = 'hopes';"
	    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
	    " SELECT 1, item_id, id, '*Two* small [sites](x)' || char(10) || char(10) || '> one'"
	    " FROM item_wording WHERE label LIKE 'What have you done%';"
	    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
	    " SELECT 1, item_id, id, 'A canary secret' FROM item_wording"
	    " WHERE label LIKE 'What would you%';",
	    NULL },
	{ "application_changed", APPLICATION, NULL, NULL },
	{ "application_withdrawn", APPLICATION, "UPDATE application SET withdrawn_at = 1795330000;",
	    NULL },
	{ "offer", "{\"offer\":\"1\",\"decision\":\"1\"}",
	    DECIDED(
		"offer", "NULL") "UPDATE mentoring_group SET meeting_zone = 'America/New_York';",
	    NULL },
	{ "waitlist", "{\"decision\":\"1\"}",
	    NO_OFFER DECIDED("waitlist", "1") "UPDATE application SET standing = 'waitlisted',"
					      " waitlist_position = 1;",
	    NULL },
	{ "not_this_time", "{\"decision\":\"1\"}",
	    NO_OFFER DECIDED("decline", "NULL") "UPDATE application SET standing = 'declined';",
	    NULL },
	{ "waitlist_closed", "{\"application\":\"1\"}",
	    NO_OFFER "UPDATE application SET standing = 'waitlisted', waitlist_position = 1;"
		     "UPDATE application SET standing = 'closed';",
	    NULL },
	{ "offer_reminder", "{\"offer\":\"1\",\"days\":\"3\"}", NULL, NULL },
	{ "welcome", "{\"placement\":\"2\"}", NULL, NULL },
	{ "question_answered", "{\"answer\":\"1\"}", NULL, NULL },
	{ "standup_tomorrow", "{\"standup\":\"1\",\"member\":\"2\"}",
	    "UPDATE cohort SET launched_at = 1;"
	    "UPDATE standup SET starts_at = 1795374000;",
	    NULL },
	{ "invitation", "{\"invitation\":\"1\"}",
	    "INSERT INTO invitation (id, cohort_id, role, email, email_key, invited_by,"
	    " invited_at, ends_at) VALUES (1, 1, 'navigator', 'vega@example.org',"
	    " 'vega@example.org', 102, 1, 1796540400);",
	    NULL },
	{ "reviewer_appointed", "{\"cohort\":\"1\",\"person\":\"101\"}",
	    "INSERT INTO reviewer (cohort_id, person_id, appointed_at) VALUES (1, 101, 1);"
	    "UPDATE cohort SET starts_at = 1796515200;",
	    NULL },
	{ "next_opens_confirm", "{\"subscription\":\"1\"}", SUBSCRIBED("NULL"), NULL },
	{ "next_opens", "{\"subscription\":\"1\",\"cohort\":\"1\"}",
	    SUBSCRIBED("1795330800") "UPDATE cohort SET closes_at = 1795435200;", NULL },
	{ "address_old", "{\"change\":\"1\"}", MOVING, NULL },
	{ "address_new", "{\"change\":\"1\"}", MOVING, NULL },
	{ "conduct", "{\"report\":\"1\"}",
	    "INSERT INTO conduct_recipient (id, name, email, email_key, is_outside) VALUES"
	    " (1, 'Vega', 'vega@example.org', 'vega@example.org', 0);",
	    report_conduct },
	{ "own_data", "{\"person\":\"101\"}", NULL, NULL },
	{ "erase", "{\"person\":\"101\"}", NULL, NULL },
	{ "erased", "{}", NULL, NULL },
	{ "draft", "{\"draft\":\"1\"}", DRAFTED, NULL },
	{ "draft_reminder", "{\"draft\":\"1\",\"hours\":\"72\"}",
	    DRAFTED "DELETE FROM offer; DELETE FROM application;", NULL },
	{ "let_in", "{\"late\":\"1\"}",
	    DRAFTED "DELETE FROM offer; DELETE FROM application;"
		    "INSERT INTO late_entry (id, cohort_id, email, email_key, until_at, let_at)"
		    " VALUES (1, 1, 'vega@example.org', 'vega@example.org', 1795590000, 1);",
	    NULL },
};

static const struct scene *
scene_of(const char *kind)
{
	for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
		if (strcmp(scenes[i].kind, kind) == 0) {
			return &scenes[i];
		}
	}
	return NULL;
}

/* The mail with its line ends as LF; every one of them was CRLF. */
static const char *
mail_of(struct office *office, const struct scene *scene)
{
	struct bytes *mail = bytes_new(office->crewctl.arena);
	struct bytes *lines = bytes_new(office->crewctl.arena);
	struct parcel parcel = { .outbox = office_queued(scene->kind, scene->parameters) };

	if (scene->sql != NULL) {
		harness_run_sql(office->harness, scene->sql);
	}
	if (scene->prepare != NULL) {
		scene->prepare(office);
	}
	parcel.outbox.created_at = HARNESS_NOW;
	assert_int_equal(office_write(office, &parcel.outbox, &parcel.letter), LETTER_READY);
	assert_true(db_begin_read(office->crewctl.db));
	assert_true(courier_compose(&office->crewctl, NULL, &parcel, mail));
	db_rollback(office->crewctl.db);
	for (size_t i = 0; i < mail->length; i++) {
		if (mail->data[i] == '\n') {
			assert_true(i > 0 && mail->data[i - 1] == '\r');
		}
		if (mail->data[i] != '\r') {
			bytes_char(lines, mail->data[i]);
		}
	}
	return lines->data;
}

static const char *
path_of(struct office *office, const char *kind)
{
	return arena_format(office->crewctl.arena, "tests/data/mail/%s.eml", kind);
}

/* NULL when there is none. */
static const char *
golden_read(struct office *office, const char *kind)
{
	FILE *file = fopen(path_of(office, kind), "re");
	struct bytes *text = bytes_new(office->crewctl.arena);
	char chunk[4096];
	size_t count;

	if (file == NULL) {
		return NULL;
	}
	while ((count = fread(chunk, 1, sizeof chunk, file)) > 0) {
		bytes_append(text, chunk, count);
	}
	fclose(file);
	return text->data;
}

static void
golden_write(struct office *office, const char *kind, const char *mail)
{
	FILE *file = fopen(path_of(office, kind), "we");

	assert_non_null(file);
	assert_int_equal(fputs(mail, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
}

/* Shows the first line in which the two part. */
static void
show_difference(const char *kind, const char *expected, const char *got)
{
	int line = 1;

	while (*expected != '\0' && *got != '\0') {
		size_t a = strcspn(expected, "\n"), b = strcspn(got, "\n");

		if (a != b || memcmp(expected, got, a) != 0) {
			break;
		}
		expected += a + (expected[a] != '\0');
		got += b + (got[b] != '\0');
		line++;
	}
	fail_msg("%s.eml:%d\n-%.*s\n+%.*s", kind, line, (int)strcspn(expected, "\n"), expected,
	    (int)strcspn(got, "\n"), got);
}

static void
check_kind(const char *kind)
{
	const char *wanted = getenv("GROUNDCREW_GOLDEN");
	const struct scene *scene = scene_of(kind);
	const char *expected, *got;
	void *state;

	if (scene == NULL) {
		fail_msg("no scene for mails of the kind %s", kind);
		return;
	}
	office_set_up(&state);
	got = mail_of(state, scene);
	if (wanted != NULL && strcmp(wanted, "write") == 0) {
		golden_write(state, kind, got);
	}
	expected = golden_read(state, kind);
	if (expected == NULL) {
		fail_msg("no tests/data/mail/%s.eml", kind);
	} else if (strcmp(expected, got) != 0) {
		show_difference(kind, expected, got);
	}
	office_tear_down(&state);
}

/* What is posted to web hooks and to the hub is no mail. */
static bool
is_mail(const char *kind)
{
	return strcmp(kind, "activity") != 0 && strcmp(kind, "feed_ping") != 0;
}

static void
every_kind_of_mail_looks_as_it_did(void **state)
{
	const char *kind;

	(void)state;
	for (size_t i = 0; (kind = letter_kind(i)) != NULL; i++) {
		if (is_mail(kind)) {
			check_kind(kind);
		}
	}
}

static bool
is_written(const char *kind)
{
	for (size_t i = 0; letter_kind(i) != NULL; i++) {
		if (strcmp(letter_kind(i), kind) == 0) {
			return true;
		}
	}
	return false;
}

/* The schema, the wording and the courier know the same kinds. */
static void
every_kind_that_can_be_queued_can_be_written(void **state)
{
	struct office *office = *state;
	struct wording_state_rows kinds;

	assert_true(db_begin_read(office->crewctl.db));
	kinds = wording_states(office->crewctl.db, office->crewctl.arena, 0);
	db_rollback(office->crewctl.db);
	assert_true(kinds.count > 0);
	for (size_t i = 0; i < kinds.count; i++) {
		if (!is_written(kinds.rows[i].kind)) {
			fail_msg("nothing writes mails of the kind %s", kinds.rows[i].kind);
		}
		if (wording_kind_find(kinds.rows[i].kind) == NULL) {
			fail_msg("no www/mail/%s.md", kinds.rows[i].kind);
		}
	}
	for (size_t i = 0; i < wording_kind_count; i++) {
		assert_true(is_written(wording_kinds[i].kind));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_mail_looks_as_it_did),
		office_test(every_kind_that_can_be_queued_can_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
