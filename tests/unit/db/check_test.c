#include "fixture.h"

#include <string.h>
#include <sys/stat.h>

static void
finds_nothing_wrong_with_a_good_file(void **state)
{
	const struct fixture *fixture = *state;

	planet_keep(fixture->db, "Earth");
	assert_int_equal(db_check(fixture->db, fixture->arena).count, 0);
}

static void
runs_after_a_transaction_begun_to_read(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_read(fixture->db));
	assert_true(db_commit(fixture->db));
	assert_int_equal(db_check(fixture->db, fixture->arena).count, 0);
}

static void
answers_inside_a_transaction_with_a_problem(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_read(fixture->db));
	assert_int_equal(db_check(fixture->db, fixture->arena).count, 1);
}

/* What a database has to say for itself after this migration. */
static struct db_problems
problems_after(const struct fixture *fixture, const char *sql)
{
	static struct db_migration migrations[1];
	static const struct db_catalogue catalogue = { migrations, 1, 0, NULL, 0 };
	const char *problem = NULL;
	struct db_problems problems;
	struct db *db;

	migrations[0] = (struct db_migration){ "001_rough.sql", sql };
	db = db_open_catalogue(":memory:", DB_CREATE, &catalogue, &problem);
	assert_non_null(db);
	if (!db_migrate(db, &problem)) {
		fail_msg("%s", problem);
	}
	problems = db_check(db, fixture->arena);
	db_close(db);
	return problems;
}

static void
finds_a_row_that_breaks_a_check(void **state)
{
	struct db_problems problems = problems_after(*state,
	    "PRAGMA ignore_check_constraints = ON;"
	    "CREATE TABLE sun (age INTEGER CHECK (age > 0)) STRICT;"
	    "INSERT INTO sun (age) VALUES (-1);"
	    "PRAGMA ignore_check_constraints = OFF");

	assert_int_equal(problems.count, 1);
	assert_non_null(strstr(problems.lines[0], "sun"));
}

/*
 * A moon of planet 0x5a5a5a5a is given to 0x5b5b5b5b behind SQLite's back, in
 * its row and in the index; the planet's own id is written otherwise.
 */
static void
finds_a_row_whose_parent_is_missing(void **state)
{
	struct fixture *fixture = *state;
	struct planet planet = { .id = 0x5a5a5a5a, .name = "Earth" };
	struct db_problems problems;
	struct stat status;
	char *file;

	assert_true(db_begin_write(fixture->db));
	db_exec(fixture->db, &queries[PLANET_WITH_ID], &planet);
	db_exec(fixture->db, &queries[MOON_INSERT], &planet);
	assert_true(db_commit(fixture->db));
	db_close(fixture->db);
	assert_int_equal(stat(fixture->path, &status), 0);
	file = arena_copy_bytes(
	    fixture->arena, fixture_read(fixture, fixture->path), (size_t)status.st_size);
	for (long at = 0; at + 4 < status.st_size; at++) {
		if (memcmp(file + at, "\x5a\x5a\x5a\x5a", 4) == 0) {
			memset(file + at, 0x5b, 4);
		}
	}
	fixture_write(fixture->path, file, (size_t)status.st_size);
	fixture->db = fixture_open(fixture);
	problems = db_check(fixture->db, fixture->arena);
	/* Before it stand the two indexes that the change broke. */
	assert_int_equal(problems.count, 3);
	assert_string_equal(problems.lines[2], "moon row 1 refers to a planet that is not there");
}

#define SKY(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SKY(finds_nothing_wrong_with_a_good_file),
		SKY(runs_after_a_transaction_begun_to_read),
		SKY(answers_inside_a_transaction_with_a_problem),
		SKY(finds_a_row_that_breaks_a_check),
		SKY(finds_a_row_whose_parent_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
