#include "fixture.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
assert_setting(const struct fixture *fixture, enum query query, int64_t value)
{
	assert_true(db_begin_read(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, query), value);
	assert_true(db_commit(fixture->db));
}

static void
syncs_every_commit_to_a_wal(void **state)
{
	assert_setting(*state, SETTING_SYNCHRONOUS, 2);
	assert_setting(*state, SETTING_IS_WAL, 1);
}

static void
enforces_foreign_keys(void **state)
{
	assert_setting(*state, SETTING_FOREIGN_KEYS, 1);
}

static void
overwrites_what_it_deletes(void **state)
{
	assert_setting(*state, SETTING_SECURE_DELETE, 1);
}

static void
trusts_no_function_in_the_schema(void **state)
{
	assert_setting(*state, SETTING_TRUSTED_SCHEMA, 0);
}

static void
maps_no_memory(void **state)
{
	assert_setting(*state, SETTING_MMAP_SIZE, 0);
}

static void
makes_a_file_only_its_owner_can_read(void **state)
{
	const struct fixture *fixture = *state;
	struct stat status;

	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
opens_a_database_of_its_own_in_memory(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;
	struct db *db = db_open_catalogue(":memory:", DB_READ_WRITE, &sky, &problem);

	assert_non_null(db);
	assert_true(db_migrate(db, &problem));
	planet_keep(db, "Earth");
	assert_true(db_begin_read(db));
	assert_int_equal(number(db, fixture->arena, PLANET_COUNT), 1);
	db_close(db);
}

static void
closes_nothing_without_complaint(void **state)
{
	(void)state;
	db_close(NULL);
}

static void
finds_what_was_kept_when_opened_again(void **state)
{
	struct fixture *fixture = *state;

	planet_keep(fixture->db, "Earth");
	db_close(fixture->db);
	fixture->db = fixture_open(fixture);
	assert_true(db_begin_read(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, PLANET_COUNT), 1);
}

static void
assert_not_opened(const char *path, const struct db_catalogue *catalogue, const char *words)
{
	const char *problem = NULL;

	assert_null(db_open_catalogue(path, DB_READ_WRITE, catalogue, &problem));
	assert_non_null(problem);
	if (strstr(problem, path) == NULL || strstr(problem, words) == NULL ||
	    strchr(problem, '\n') != NULL) {
		fail_msg("expected one line with \"%s\": %s", words, problem);
	}
}

static void
safety_52_says_that_the_file_is_missing(void **state)
{
	const struct fixture *fixture = *state;
	const char *path = arena_format(fixture->arena, "%s/none.db", fixture->folder);

	assert_not_opened(path, &sky, "No such file");
	assert_false(fixture_exists(path));
}

static void
safety_52_says_that_it_cannot_be_made(void **state)
{
	const char *problem = NULL;

	(void)state;
	assert_null(db_open_catalogue("/no/such/folder/sky.db", DB_CREATE, &sky, &problem));
	assert_non_null(strstr(problem, "No such file"));
}

static void
safety_52_says_that_it_is_no_database(void **state)
{
	const struct fixture *fixture = *state;
	const char *path = arena_format(fixture->arena, "%s/letter.db", fixture->folder);
	char text[8192];

	memset(text, 'x', sizeof(text));
	fixture_write(path, text, sizeof(text));
	assert_not_opened(path, &sky, "not a database");
}

static void
safety_52_says_that_the_schema_is_newer(void **state)
{
	const struct fixture *fixture = *state;

	assert_not_opened(fixture->path, &older_sky, "schema 2, newer");
}

static void
safety_52_tells_a_damaged_page_when_it_meets_it(void **state)
{
	struct fixture *fixture = *state;
	struct planet planet = { .name = "Jupiter" };
	const char *file;
	struct stat status;
	char *damaged;

	planet.photo.data = arena_alloc(fixture->arena, 200);
	planet.photo.length = 200;
	assert_true(db_begin_write(fixture->db));
	for (int i = 0; i < 200; i++) {
		planet.name = arena_format(fixture->arena, "planet %d", i);
		db_exec(fixture->db, &queries[PLANET_INSERT], &planet);
	}
	assert_true(db_commit(fixture->db));
	db_close(fixture->db);
	assert_int_equal(stat(fixture->path, &status), 0);
	file = fixture_read(fixture, fixture->path);
	damaged = arena_copy_bytes(fixture->arena, file, (size_t)status.st_size);
	/* Every page behind the first, which holds the schema. */
	memset(damaged + 4096, 0xa5, (size_t)status.st_size - 4096);
	fixture_write(fixture->path, damaged, (size_t)status.st_size);
	fixture->db = fixture_open(fixture);
	assert_true(db_begin_write(fixture->db));
	assert_int_equal(planet_insert(fixture->db, "Mars"), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_CORRUPT);
}

/*
 * The super-user may write anything, so this is asked as somebody else. 0 when
 * the file was not opened, and the problem says what was expected.
 */
static int
opens_as_nobody(const struct fixture *fixture, const char *words)
{
	const char *problem = NULL;
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0) {
			_exit(1);
		}
		if (db_open_catalogue(fixture->path, DB_READ_WRITE, &sky, &problem) != NULL) {
			_exit(2);
		}
		_exit(strstr(problem, words) != NULL ? 0 : 3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
safety_52_says_that_the_file_is_read_only(void **state)
{
	struct fixture *fixture = *state;

	db_close(fixture->db);
	fixture->db = NULL;
	assert_int_equal(chmod(fixture->folder, 0755), 0);
	assert_int_equal(chmod(fixture->path, 0444), 0);
	assert_int_equal(opens_as_nobody(fixture, "read-only"), 0);
}

static void
safety_52_says_that_the_folder_is_read_only(void **state)
{
	struct fixture *fixture = *state;

	db_close(fixture->db);
	fixture->db = NULL;
	assert_int_equal(chmod(fixture->path, 0666), 0);
	assert_int_equal(chmod(fixture->folder, 0555), 0);
	assert_int_equal(opens_as_nobody(fixture, fixture->path), 0);
	assert_int_equal(chmod(fixture->folder, 0755), 0);
}

#define SKY(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SKY(syncs_every_commit_to_a_wal),
		SKY(enforces_foreign_keys),
		SKY(overwrites_what_it_deletes),
		SKY(trusts_no_function_in_the_schema),
		SKY(maps_no_memory),
		SKY(makes_a_file_only_its_owner_can_read),
		SKY(opens_a_database_of_its_own_in_memory),
		SKY(closes_nothing_without_complaint),
		SKY(finds_what_was_kept_when_opened_again),
		SKY(safety_52_says_that_the_file_is_missing),
		SKY(safety_52_says_that_it_cannot_be_made),
		SKY(safety_52_says_that_it_is_no_database),
		SKY(safety_52_says_that_the_schema_is_newer),
		SKY(safety_52_tells_a_damaged_page_when_it_meets_it),
		SKY(safety_52_says_that_the_file_is_read_only),
		SKY(safety_52_says_that_the_folder_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
