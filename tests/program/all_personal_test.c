/*
 * Personal data: every column that holds some is marked in the schema, and
 * what is marked can be taken away, goes with an erasure, and goes by itself
 * in time, or the schema says why it need not (safety rule 58). Driven by the
 * schema, so that a new column is asked for.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "all_personal.h"
#include "all_world.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "model/erase.h"
#include "model/own_data.h"
#include "model/person.h"
#include "model/tick.h"

static const unsigned char secret[32] = "a key file's thirty-two bytes...";

/* Columns of text that tell nothing of a person, and why. */
static const struct {
	const char *columns; /* "table.column …", "table.*" for a whole table */
	const char *reason;
} impersonal[] = {
	{ "programme.* cohort.* cohort_week.* project.* mentoring_group.* wording.* hook.*",
	    "the programme's own words and links" },
	{ "cohort_level.* criterion.*", "what a cohort's organisers say of levels and reviews" },
	{ "questionnaire.* questionnaire_item.* item_wording.*", "what a cohort asks" },
	{ "mail_kind.* personal_column.* sqlite_sequence.*", "of the software" },
	{ "session.token_hash draft_browser.token_hash draft.code_hash draft.writer link.token_hash",
	    "hashes of random tokens" },
	{ "link.purpose link.next", "a word, a path of our own" },
	{ "secret_address.key secret_address.token_hash secret_address.purpose",
	    "random, a hash of random, one of a list of words" },
	{ "mail_request.kind mail_request.address_hash mail_request.network_hash",
	    "keyed hashes, for an hour" },
	{ "submission.key submission.location", "random, a path of our own; for a day" },
	{ "erasure.address_hash", "a keyed hash, until the courier took note of it" },
	{ "conduct_report.sealed", "sealed, and nobody here can tell whose" },
	{ "member.role invitation.role invitation.state offer.state offer.key attendance.status"
	  " outbox.kind outbox.state outbox.problem highlight_quote.part activity.kind"
	  " audit.action",
	    "one of a list of words, or random" },
	{ "application.standing standing_step.* decision.kind", "one of a list of words" },
	{ "application.call_sign", "drawn by chance, for where no name is shown" },
	{ "audit.detail", "a word of the programme's own, never a person's" },
	{ "check_in.key question.key answer.key highlight.key activity.key", "random" },
	{ "feed.* feed_kind.*", "random, or one of a list of words" },
	{ "meeting.* calendar.* calendar_event.* calendar_due.*",
	    "what a cohort's organisers tell of its meetings and dates" },
	{ "standup.notes", "of the group, by whoever facilitates; nobody's own" },
};

static bool
is_listed(const char *list, const char *name)
{
	const char *at = strstr(list, name);
	size_t length = strlen(name);

	for (; at != NULL; at = strstr(at + 1, name)) {
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
			return true;
		}
	}
	return false;
}

static bool
is_impersonal(struct harness *harness, const char *table, const char *column)
{
	struct arena *arena = harness_arena(harness);

	for (size_t i = 0; i < sizeof(impersonal) / sizeof(impersonal[0]); i++) {
		if (is_listed(impersonal[i].columns, arena_format(arena, "%s.*", table)) ||
		    is_listed(impersonal[i].columns, arena_format(arena, "%s.%s", table, column))) {
			return true;
		}
	}
	return false;
}

static void
fail_with(const struct bytes *wrong)
{
	if (wrong->length > 0) {
		fail_msg("\n%s", wrong->data);
	}
}

static void
every_column_of_text_is_marked_as_personal_or_known_not_to_be(void **state)
{
	struct harness *h = canary_world();
	struct bytes *wrong = bytes_new(harness_arena(h));
	const char *values = harness_rows(h,
	    "SELECT made.name, info.name, EXISTS (SELECT 1 FROM personal_column"
	    " WHERE table_name = made.name AND column_name = info.name)"
	    " FROM sqlite_schema AS made, pragma_table_info(made.name) AS info"
	    " WHERE made.type = 'table' AND info.type IN ('TEXT', 'BLOB') ORDER BY 1, 2");
	const char *table;

	(void)state;
	while ((table = world_next_value(h, &values)) != NULL) {
		const char *column = world_next_value(h, &values);
		bool is_personal = *world_next_value(h, &values) == '1';

		if (is_personal == is_impersonal(h, table, column)) {
			bytes_format(wrong, "%s.%s is %s\n", table, column,
			    is_personal ? "on both lists" : "neither personal nor known not to be");
		}
	}
	fail_with(wrong);
	harness_free(h);
}

/* What is marked is there. */
static void
no_column_is_marked_that_does_not_exist(void **state)
{
	struct harness *h = canary_world();

	(void)state;
	assert_string_equal(harness_rows(h,
				"SELECT table_name, column_name FROM personal_column WHERE NOT"
				" EXISTS (SELECT 1 FROM pragma_table_info(table_name)"
				" WHERE name = column_name)"),
	    "");
	harness_free(h);
}

static const char *
export_of(struct harness *harness, int64_t id)
{
	struct db *db = harness_db(harness);
	struct person person;
	const char *json;

	assert_true(db_begin_read(db));
	assert_true(person_find(db, harness_arena(harness), id, &person));
	json = own_data_json(db, harness_arena(harness), &person, "words", HARNESS_NOW);
	db_rollback(db);
	assert_non_null(json);
	return json;
}

static void
own_data_hold_all_that_is_ones_own(void **state)
{
	struct harness *h = canary_world();
	struct canaries own = canary_put(h, CANARY);
	struct bytes *wrong = bytes_new(harness_arena(h));
	const char *json;

	(void)state;
	(void)canary_put(h, OTHER_CANARY);
	canary_publish(h, OTHER_CANARY);
	json = export_of(h, CANARY);
	for (size_t i = 0; i < own.count; i++) {
		bool is_there = strstr(json, own.rows[i].text) != NULL;

		if (!is_there && own.rows[i].unless_exported[0] == '\0') {
			bytes_format(wrong, "no %s.%s\n", own.rows[i].table, own.rows[i].column);
		}
	}
	fail_with(wrong);
	harness_free(h);
}

static const char *
lower(struct harness *harness, const char *text)
{
	char *copy = arena_copy_bytes(harness_arena(harness), text, strlen(text));

	for (size_t i = 0; copy[i] != '\0'; i++) {
		copy[i] = (char)tolower((unsigned char)copy[i]);
	}
	return copy;
}

static void
own_data_hold_nothing_of_anybody_elses(void **state)
{
	struct harness *h = canary_world();

	(void)state;
	(void)canary_put(h, CANARY);
	(void)canary_put(h, OTHER_CANARY);
	canary_publish(h, CANARY);
	canary_publish(h, OTHER_CANARY);
	assert_null(strstr(lower(h, export_of(h, CANARY)), "canary2"));
	assert_null(strstr(lower(h, export_of(h, CANARY)), "canaryplace2"));
	assert_null(strstr(export_of(h, CANARY), "Nova"));
	harness_free(h);
}

static void
erase_in(struct db *db, struct arena *arena, int64_t id, bool withdraws, bool tells)
{
	const struct erase erase = {
		.secret = secret,
		.words = { "A former member", "(taken back)" },
		.withdraws = withdraws,
		.tells = tells,
	};

	assert_true(db_begin_write(db));
	assert_true(person_erase(db, arena, &erase, id, HARNESS_NOW));
	assert_true(db_commit(db));
}

/* The only row with the address is the mail that says it is done, and it goes
 * as the courier sends it. */
static void
erase(struct harness *harness, int64_t id, bool withdraws)
{
	erase_in(harness_db(harness), harness_arena(harness), id, withdraws, true);
	assert_int_equal(
	    harness_number(harness, "SELECT count(*) FROM outbox WHERE kind = 'erased'"), 1);
	harness_run_sql(harness,
	    "DELETE FROM outbox WHERE kind IN"
	    " (SELECT kind FROM mail_kind WHERE is_forgotten = 1)");
}

static void
safety_58_an_erased_person_is_in_no_column_of_any_table(void **state)
{
	struct harness *h = canary_world();

	(void)state;
	(void)canary_put(h, CANARY);
	canary_publish(h, CANARY);
	assert_string_not_equal(canary_places(h, "canary1"), "");
	erase(h, CANARY, true);
	assert_string_equal(canary_places(h, "canary1"), "");
	assert_string_equal(canary_places(h, "canaryplace1"), "");
	harness_free(h);
}

/* Of what they said to everyone nothing more than that stays. */
static void
safety_58_what_was_public_stays_under_a_stand_in_if_so_chosen(void **state)
{
	struct harness *h = canary_world();

	(void)state;
	(void)canary_put(h, CANARY);
	canary_publish(h, CANARY);
	erase(h, CANARY, false);
	assert_string_equal(canary_places(h, "canary1"),
	    "answer.body\ncheck_in.did\nhighlight.body\nhighlight.title\nquestion.body\n");
	assert_string_equal(harness_rows(h, "SELECT name, is_disabled FROM person WHERE id = 1"),
	    "A former member|1|\n");
	assert_string_equal(
	    harness_rows(h, "SELECT next, blocked FROM check_in WHERE member_id = 1"), "||\n");
	harness_free(h);
}

static void
safety_58_an_erasure_takes_nothing_of_anybody_else(void **state)
{
	struct harness *h = canary_world();
	const char *before;

	(void)state;
	(void)canary_put(h, CANARY);
	(void)canary_put(h, OTHER_CANARY);
	canary_publish(h, OTHER_CANARY);
	before = canary_places(h, "canary2");
	erase(h, CANARY, true);
	assert_string_equal(canary_places(h, "canary2"), before);
	assert_string_equal(
	    harness_rows(h, "SELECT count(*) FROM session WHERE person_id = 2"), "1|\n");
	harness_free(h);
}

/* A world whose erased person is in the file as such and in its log, too. */
static bool
file_holds(const char *path, const char *text)
{
	FILE *file = fopen(path, "rb");
	size_t length = strlen(text), at = 0;
	bool found = false;
	int byte;

	/* Without a log, nothing is in it. */
	if (file == NULL) {
		return false;
	}
	while (!found && (byte = fgetc(file)) != EOF) {
		byte = tolower(byte);
		at = byte == text[at] ? at + 1 : (size_t)(byte == text[0]);
		found = at == length;
	}
	fclose(file);
	return found;
}

static bool
database_holds(struct arena *arena, const char *path, const char *text)
{
	return file_holds(path, text) || file_holds(arena_format(arena, "%s-wal", path), text);
}

static void
safety_58_an_erased_person_is_neither_in_the_file_nor_in_its_log(void **state)
{
	struct harness *h = canary_world();
	struct arena *arena = harness_arena(h);
	const char *folder = mkdtemp(arena_copy_bytes(arena, "/tmp/erased-XXXXXX", 18));
	const char *path = arena_format(arena, "%s/db", folder), *problem = NULL;
	struct db *db;

	(void)state;
	(void)canary_put(h, CANARY);
	canary_publish(h, CANARY);
	assert_true(db_backup(harness_db(h), path, &problem));
	db = db_open(path, DB_READ_WRITE, &problem);
	assert_non_null(db);
	assert_true(database_holds(arena, path, "canary1"));
	erase_in(db, arena, CANARY, true, false);
	assert_true(db_checkpoint(db));
	assert_false(database_holds(arena, path, "canary1"));
	assert_false(database_holds(arena, path, "canaryplace1"));
	db_close(db);
	unlink(path);
	rmdir(folder);
	harness_free(h);
}

static void
what_is_kept_long_enough_goes_by_itself(void **state)
{
	struct harness *h = canary_world();
	struct canaries own = canary_put(h, CANARY);
	struct bytes *wrong = bytes_new(harness_arena(h));
	struct db *db = harness_db(h);

	(void)state;
	assert_true(db_begin_write(db));
	assert_true(tick(db, harness_arena(h), HARNESS_NOW + 20 * 365 * CLOCK_DAY));
	assert_true(db_commit(db));
	/* What was queued was sent, or given up, long before. */
	harness_run_sql(h, "UPDATE outbox SET state = 'failed' WHERE state = 'queued'");
	assert_true(db_begin_write(db));
	assert_true(tick(db, harness_arena(h), HARNESS_NOW + 21 * 365 * CLOCK_DAY));
	assert_true(db_commit(db));
	for (size_t i = 0; i < own.count; i++) {
		const char *where = arena_format(
		    harness_arena(h), "%s.%s\n", own.rows[i].table, own.rows[i].column);
		bool stays = strstr(canary_places(h, own.rows[i].text), where) != NULL;

		if (stays != (own.rows[i].unless_retained[0] != '\0')) {
			bytes_format(wrong, "%s %s", stays ? "kept for ever:" : "gone:", where);
		}
	}
	fail_with(wrong);
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_of_text_is_marked_as_personal_or_known_not_to_be),
		cmocka_unit_test(no_column_is_marked_that_does_not_exist),
		cmocka_unit_test(own_data_hold_all_that_is_ones_own),
		cmocka_unit_test(own_data_hold_nothing_of_anybody_elses),
		cmocka_unit_test(safety_58_an_erased_person_is_in_no_column_of_any_table),
		cmocka_unit_test(safety_58_what_was_public_stays_under_a_stand_in_if_so_chosen),
		cmocka_unit_test(safety_58_an_erasure_takes_nothing_of_anybody_else),
		cmocka_unit_test(safety_58_an_erased_person_is_neither_in_the_file_nor_in_its_log),
		cmocka_unit_test(what_is_kept_long_enough_goes_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
