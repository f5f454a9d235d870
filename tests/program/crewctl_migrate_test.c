#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
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

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct old *old = arena_alloc(arena, sizeof(*old));
	struct db_catalogue before = db_catalogue;
	const char *problem = NULL;
	struct db *db;

	before.migration_count--;
	old->arena = arena;
	old->folder = mkdtemp(arena_copy_bytes(arena, "/tmp/migrate-XXXXXX", 19));
	assert_non_null(old->folder);
	old->path = arena_format(arena, "%s/groundcrew.db", old->folder);
	old->copy =
	    arena_format(arena, "%s.schema-%lld", old->path, (long long)db_schema_version() - 1);
	old->site.database = old->path;
	db = db_open_catalogue(old->path, DB_CREATE, &before, &problem);
	assert_non_null(db);
	assert_true(db_migrate(db, &problem));
	db_close(db);
	*state = old;
	return 0;
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

#define migrate_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		migrate_test(keeps_a_copy_of_the_old_schema_and_brings_the_new),
		migrate_test(changes_nothing_the_second_time),
		migrate_test(changes_nothing_without_a_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
