#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "db/catalogue.h"
#include "db/db.h"
#include "ground/arena.h"

/* A database of the schema before this one, in a folder of its own. */
struct old {
	struct arena *arena;
	const char *folder;
	const char *path;
	const char *copy;
	struct site site;
};

/* A database of that schema, with what the statements put in. */
static int
set_up_version(void **state, size_t version, const char *rows)
{
	struct arena *arena = arena_new();
	struct old *old = arena_alloc(arena, sizeof(*old));
	struct db_catalogue before = db_catalogue;
	struct db_migration *migrations = arena_array(arena, version, sizeof(*migrations));
	const char *problem = NULL;
	struct db *db;

	memcpy(migrations, db_migrations, version * sizeof(*migrations));
	migrations[version - 1].sql =
	    arena_format(arena, "%s\n%s", migrations[version - 1].sql, rows);
	before.migrations = migrations;
	before.migration_count = version;
	old->arena = arena;
	old->folder = mkdtemp(arena_copy_bytes(arena, "/tmp/migrate-XXXXXX", 19));
	assert_non_null(old->folder);
	old->path = arena_format(arena, "%s/groundcrew.db", old->folder);
	old->copy = arena_format(arena, "%s.schema-%zu", old->path, version);
	old->site.database = old->path;
	db = db_open_catalogue(old->path, DB_CREATE, &before, &problem);
	assert_non_null(db);
	assert_true(db_migrate(db, &problem));
	db_close(db);
	*state = old;
	return 0;
}

static int
set_up(void **state)
{
	return set_up_version(state, db_migration_count - 1, "");
}

/* Mail in every state, whose numbers have gaps and reach beyond the last row;
 * a link of each purpose; what was asked for. */
static const char sixth[] =
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (3, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 1);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, created_at) VALUES (2, 'orion', 'Orion', 'Goal', 'f1', 1,"
    " '2026-11-01', '2026-11-20', '2026-11-22', 1793440800, 1795262400, 1795305600,"
    " 1800748800, 8, 4, 8, 8, 1);"
    "INSERT INTO member (cohort_id, person_id, role, joined_at) VALUES (2, 3, 'organiser', 1);"
    "INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key, name,"
    " name_key, zone, level, hours, hours_utc, why, experience, hopes, submitted_at,"
    " changed_at, confirm_until, confirmed_at) VALUES (8, 'k1', 'REF-1', 2, 3,"
    " 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'UTC', 2, printf('%084d', 0),"
    " printf('%084d', 0), 'why', 'x', 'y', 1, 1, 2, 2);"
    "INSERT INTO outbox (id, reason, kind, recipient, parameters, state, attempts, problem,"
    " due_at, created_at, sent_at) VALUES"
    " (10, 'a', 'sign_in', 'vega@example.org', '{\"person\":\"3\"}', 'queued', 0, NULL, 7, 6,"
    " NULL),"
    " (13, 'b', 'offer', 'vega@example.org', '{}', 'sent', 1, NULL, 7, 6, 8),"
    " (14, 'c', 'welcome', 'vega@example.org', '{}', 'failed', 3, 'refused', 7, 6, NULL),"
    " (15, 'd', 'question_answered', 'vega@example.org', '{}', 'cancelled', 0, NULL, 7, 6,"
    " NULL),"
    " (900, 'e', 'sign_in', 'vega@example.org', '{}', 'sent', 1, NULL, 7, 6, 8);"
    "DELETE FROM outbox WHERE id = 900;"
    "INSERT INTO link (token_hash, purpose, person_id, application_id, is_lasting, created_at,"
    " expires_at) VALUES ('h1', 'sign_in', 3, NULL, 1, 1, 9), ('h2', 'application', NULL, 8, 0,"
    " 1, 9);"
    "INSERT INTO session (token_hash, person_id, created_at, last_used_at, idle_seconds,"
    " ends_at) VALUES ('s', 3, 1, 1, 2592000, 9);"
    "INSERT INTO mail_request (kind, address_hash, network_hash, asked_at) VALUES"
    " ('application', 'x', 'y', 5);";

static int
set_up_sixth(void **state)
{
	return set_up_version(state, 6, sixth);
}

static int
tear_down(void **state)
{
	struct old *old = *state;

	unlink(old->copy);
	unlink(old->path);
	unlink(arena_format(old->arena, "%s-wal", old->path));
	unlink(arena_format(old->arena, "%s-shm", old->path));
	rmdir(old->folder);
	arena_free(old->arena);
	return 0;
}

static int64_t
version_of(const char *path)
{
	const char *problem = NULL;
	struct db *db = db_open(path, DB_READ_WRITE, &problem);
	int64_t version;

	assert_non_null(db);
	version = db_version(db);
	db_close(db);
	return version;
}

static int
migrate(struct old *old)
{
	struct argument options[8] = { { NULL, false, NULL } };
	const struct arguments arguments = { .options = options };
	struct crewctl crewctl = { .arena = old->arena, .site = &old->site };
	const char *problem = NULL;
	int code;

	crewctl.db = db_open(old->path, DB_READ_WRITE, &problem);
	assert_non_null(crewctl.db);
	code = run_migrate(&crewctl, &arguments);
	db_close(crewctl.db);
	return code;
}

static void
keeps_a_copy_of_the_old_schema_and_brings_the_new(void **state)
{
	struct old *old = *state;

	assert_int_equal(migrate(old), CREWCTL_DONE);
	assert_int_equal(version_of(old->path), db_schema_version());
	assert_int_equal(version_of(old->copy), db_schema_version() - 1);
}

static void
changes_nothing_the_second_time(void **state)
{
	struct old *old = *state;

	assert_int_equal(migrate(old), CREWCTL_DONE);
	assert_int_equal(unlink(old->copy), 0);
	assert_int_equal(migrate(old), CREWCTL_DONE);
	assert_int_equal(access(old->copy, F_OK), -1);
}

static void
changes_nothing_without_a_copy(void **state)
{
	struct old *old = *state;
	const char *problem = NULL;
	struct db *in_the_way = db_open(old->copy, DB_CREATE, &problem);

	db_close(in_the_way);
	assert_int_equal(migrate(old), CREWCTL_FAILED);
	assert_int_equal(version_of(old->path), db_schema_version() - 1);
}

static int64_t
count(const struct old *old, const char *sql)
{
	static const struct db_field column[] = { { DB_INTEGER, 0 } };
	const struct db_query query = { .name = "count",
		.sql = sql,
		.index = db_catalogue.query_count,
		.columns = column,
		.column_count = 1,
		.row_size = sizeof(int64_t) };
	struct db_catalogue catalogue = db_catalogue;
	const char *problem = NULL;
	struct db *db;
	int64_t number = 0;

	catalogue.query_count++;
	db = db_open_catalogue(old->path, DB_READ_WRITE, &catalogue, &problem);
	assert_non_null(db);
	assert_true(db_begin_write(db));
	assert_true(db_one(db, old->arena, &query, NULL, &number));
	db_close(db);
	return number;
}

static void
what_was_written_before_the_courier_is_still_there(void **state)
{
	static const char *const kept[] = {
		"SELECT count(*) = 4 FROM outbox",
		"SELECT count(*) FROM outbox WHERE id = 10 AND reason = 'a' AND kind = 'sign_in' AND"
		" urgency = 1 AND recipient = 'vega@example.org' AND parameters ="
		" '{\"person\":\"3\"}' AND state = 'queued' AND due_at = 7 AND created_at = 6",
		"SELECT count(*) FROM outbox WHERE id = 13 AND state = 'sent' AND sent_at = 8 AND"
		" tried_at = 8 AND attempts = 1 AND urgency = 2",
		"SELECT count(*) FROM outbox WHERE id = 14 AND state = 'failed' AND attempts = 3 AND"
		" problem = 'refused'",
		"SELECT count(*) FROM outbox WHERE id = 15 AND state = 'cancelled'",
		/* A number is never given again: links are derived from them. */
		"SELECT seq = 900 FROM sqlite_sequence WHERE name = 'outbox'",
		"SELECT count(*) FROM link WHERE token_hash = 'h1' AND purpose = 'sign_in' AND"
		" person_id = 3 AND is_lasting = 1 AND expires_at = 9",
		"SELECT count(*) FROM link WHERE token_hash = 'h2' AND application_id = 8",
		"SELECT count(*) FROM mail_request WHERE kind = 'application' AND asked_at = 5",
		/* An organiser's, and so shorter now. */
		"SELECT idle_seconds = 1209600 FROM session WHERE token_hash = 's'",
		"SELECT pronouns_audience = 3 AND wants_reminders = 1 AND erased_at IS NULL"
		" FROM person WHERE id = 3",
		"SELECT trimmed_at IS NULL AND stripped_at IS NULL FROM application WHERE id = 8",
		/* What every form asked is asked by the cohort, and is answered. */
		"SELECT count(*) = 3 FROM application_answer JOIN questionnaire_item ON"
		" questionnaire_item.id = application_answer.item_id JOIN item_wording ON"
		" item_wording.id = wording_id WHERE application_id = 8 AND is_required = 1"
		" AND most = 2000 AND value = CASE name WHEN 'why' THEN 'why' WHEN 'experience'"
		" THEN 'x' WHEN 'hopes' THEN 'y' END",
		"SELECT count(*) = 3 FROM questionnaire_item",
	};
	struct old *old = *state;

	assert_int_equal(migrate(old), CREWCTL_DONE);
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (count(old, kept[i]) != 1) {
			fail_msg("%s", kept[i]);
		}
	}
}

#define migrate_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		migrate_test(keeps_a_copy_of_the_old_schema_and_brings_the_new),
		migrate_test(changes_nothing_the_second_time),
		migrate_test(changes_nothing_without_a_copy),
		cmocka_unit_test_setup_teardown(
		    what_was_written_before_the_courier_is_still_there, set_up_sixth, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
