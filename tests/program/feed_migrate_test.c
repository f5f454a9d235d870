/*
 * A programme of before feeds had a past, brought to this schema: what it told
 * is there once, in its order, and under the same ids however often a copy of
 * that time is restored (rules 7 and 8).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "db/catalogue.h"
#include "db/db.h"
#include "ground/arena.h"

enum { BEFORE = 14 };

static const char rows[] =
    "INSERT INTO programme (id, name, tagline, about, contact, conduct_link, tag_domain,"
    " tag_date, feed_key) VALUES (1, 'Programme', '', '', '', '', 'example.org', '2026-01-01',"
    " 'p');"
    "INSERT INTO activity (key, kind, published_at, updated_at)"
    " VALUES ('begun', 'programme_began', 1, 1);"
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (1, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 1);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, created_at) VALUES (1, 'orion', 'Orion', 'Goal', 'f1', 1,"
    " '2026-11-01', '2026-11-20', '2026-11-22', 1793440800, 1795262400, 1795305600,"
    " 1800748800, 8, 4, 8, 8, 1);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Core');"
    "INSERT INTO member (id, cohort_id, person_id, role, joined_at)"
    " VALUES (1, 1, 1, 'navigator', 1);"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal, level_low,"
    " level_high, seats, meeting_weekday, meeting_time, meeting_zone, created_at) VALUES"
    " (1, 1, 'deneb', 'Deneb', 1, 'Goal', 1, 2, 8, 2, '19:00', 'UTC', 1);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at)"
    " VALUES (1, 1, 1, 1795305600, 1795405600);"
    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at) VALUES"
    " ('groups', 'groups_formed', 1, 7, 7), ('opened', 'cohort_opened', 1, 5, 5);"
    "INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at,"
    " updated_at, withdrawn_at) VALUES (1, 'h1', 1, 1, 'One', '', 8, 8, NULL),"
    " (2, 'h2', 1, 1, 'Two', '', 9, 11, 11);"
    "INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at,"
    " withdrawn_at) VALUES ('two', 'highlight', 1, 2, 9, 11, 11),"
    " ('one', 'highlight', 1, 1, 8, 8, NULL);";

static const char what[] =
    "SELECT group_concat(name || '=' || told, ' ') FROM (SELECT coalesce(kind, 'cohort-' ||"
    " cohort_id, 'group-' || group_id, 'all') AS name, (SELECT group_concat(key, ',') FROM"
    " (SELECT activity.key FROM feed_entry JOIN activity ON activity.id = activity_id"
    " WHERE feed_id = feed.id ORDER BY position)) AS told FROM feed ORDER BY name)";

static const char ids[] = "SELECT (SELECT group_concat(key, ' ') FROM feed) || ' ' ||"
			  " (SELECT group_concat(key, ' ') FROM calendar_event)";

static const char *
ask(struct arena *arena, struct db *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	const char *text;

	assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	text = arena_copy(arena, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return text;
}

/* A database of then, brought to now. */
static struct db *
bring(struct arena *arena, const char *path)
{
	struct db_migration migrations[BEFORE];
	struct db_catalogue before = db_catalogue;
	const char *problem = NULL;
	struct db *db;

	memcpy(migrations, db_migrations, sizeof(migrations));
	migrations[BEFORE - 1].sql =
	    arena_format(arena, "%s\n%s", migrations[BEFORE - 1].sql, rows);
	before.migrations = migrations;
	before.migration_count = BEFORE;
	db = db_open_catalogue(path, DB_CREATE, &before, &problem);
	assert_non_null(db);
	if (!db_migrate(db, &problem)) {
		fail_msg("%s", problem);
	}
	db_close(db);
	db = db_open(path, DB_READ_WRITE, &problem);
	assert_non_null(db);
	if (!db_migrate(db, &problem)) {
		fail_msg("%s", problem);
	}
	return db;
}

static void
remove_all(struct arena *arena, const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".schema-14" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)unlink(arena_format(arena, "%s%s", path, ends[i]));
	}
}

static void
feed_07_08_an_old_copy_has_the_same_ids_whenever_it_is_restored(void **state)
{
	struct arena *arena = arena_new();
	char folder[] = "/tmp/groundcrew-feed-XXXXXX";
	const char *paths[2], *found[2];

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (int i = 0; i < 2; i++) {
		struct db *db;

		paths[i] = arena_format(arena, "%s/%d.db", folder, i);
		db = bring(arena, paths[i]);
		assert_string_equal(ask(arena, db, what),
		    "all=begun,opened,groups,one,two announcements=begun,opened,groups"
		    " applications=begun,opened cohort-1=opened,groups,one,two"
		    " group-1=groups,one,two highlights=begun,one,two");
		found[i] = ask(arena, db, ids);
		assert_non_null(strstr(found[i], "p "));
		db_close(db);
		remove_all(arena, paths[i]);
	}
	assert_string_equal(found[0], found[1]);
	assert_int_equal(rmdir(folder), 0);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feed_07_08_an_old_copy_has_the_same_ids_whenever_it_is_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
