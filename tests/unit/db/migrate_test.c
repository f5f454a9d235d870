#include "fixture.h"

#include <string.h>

static struct db *
open_empty(const struct db_catalogue *catalogue)
{
	const char *problem = NULL;
	struct db *db = db_open_catalogue(":memory:", DB_CREATE, catalogue, &problem);

	assert_non_null(db);
	return db;
}

static void
begins_at_schema_nothing(void **state)
{
	struct db *db = open_empty(&sky);

	(void)state;
	assert_int_equal(db_version(db), 0);
	assert_false(db_begin_read(db));
	assert_int_equal(db_fault(db), DB_FAULT_SCHEMA);
	db_close(db);
}

static void
brings_an_empty_file_to_the_newest_schema(void **state)
{
	struct db *db = open_empty(&sky);
	const char *problem = NULL;

	(void)state;
	assert_true(db_migrate(db, &problem));
	assert_int_equal(db_version(db), 2);
	planet_keep(db, "Earth");
	db_close(db);
}

static void
keeps_the_rows_of_an_older_schema(void **state)
{
	struct fixture *fixture = *state;
	const char *problem = NULL;
	struct db *newer;

	planet_keep(fixture->db, "Earth");
	newer = db_open_catalogue(fixture->path, DB_READ_WRITE, &newer_sky, &problem);
	assert_non_null(newer);
	assert_true(db_migrate(newer, &problem));
	assert_int_equal(db_version(newer), 3);
	assert_true(db_begin_read(newer));
	assert_int_equal(number(newer, fixture->arena, PLANET_COUNT), 1);
	db_close(newer);
}

static void
does_nothing_when_all_is_done(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;
	struct db *other = fixture_open(fixture);
	int64_t before = db_data_version(other);

	assert_true(db_migrate(fixture->db, &problem));
	assert_int_equal(db_data_version(other), before);
	db_close(other);
}

static void
enforces_foreign_keys_again_afterwards(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	assert_true(db_migrate(fixture->db, &problem));
	assert_true(db_begin_write(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, SETTING_FOREIGN_KEYS), 1);
}

static void
refuses_to_run_inside_a_transaction(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	assert_true(db_begin_write(fixture->db));
	assert_false(db_migrate(fixture->db, &problem));
	assert_non_null(problem);
}

/* Runs two migrations on an empty file: the first good, the second not. */
static struct db *
open_failing(const char *sql, const char *words)
{
	static struct db_migration migrations[2];
	static const struct db_catalogue catalogue = { migrations, 2, 0, NULL, 0 };
	const char *problem = NULL;
	struct db *db;

	migrations[0] = (struct db_migration){ "001_sun.sql",
		"CREATE TABLE sun (id INTEGER PRIMARY KEY) STRICT;"
		"CREATE TABLE star (sun_id INTEGER REFERENCES sun) STRICT" };
	migrations[1] = (struct db_migration){ "002_wrong.sql", sql };
	db = open_empty(&catalogue);
	assert_false(db_migrate(db, &problem));
	if (strstr(problem, "002_wrong.sql") == NULL || strstr(problem, words) == NULL) {
		fail_msg("expected \"%s\": %s", words, problem);
	}
	return db;
}

static void
undoes_a_migration_that_fails_and_keeps_those_before(void **state)
{
	struct db *db = open_failing("CREATE TABLE dust (id INTEGER) STRICT;"
				     "INSERT INTO dust (id) VALUES (1);"
				     "INSERT INTO fog (id) VALUES (1)",
	    "no such table: fog");
	const char *problem = NULL;

	(void)state;
	assert_int_equal(db_version(db), 1);
	/* Tried again it fails at the same place, not at "dust exists". */
	assert_false(db_migrate(db, &problem));
	assert_non_null(strstr(problem, "fog"));
	db_close(db);
}

static void
refuses_a_migration_that_breaks_a_foreign_key(void **state)
{
	struct db *db =
	    open_failing("INSERT INTO star (sun_id) VALUES (7)", "breaks a foreign key");

	(void)state;
	assert_int_equal(db_version(db), 1);
	db_close(db);
}

static void
brings_the_programmes_own_schema_into_being(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;
	struct db *db = db_open(":memory:", DB_CREATE, &problem);

	assert_non_null(db);
	if (!db_migrate(db, &problem)) {
		fail_msg("%s", problem);
	}
	assert_int_equal(db_version(db), db_schema_version());
	assert_int_equal(db_check(db, fixture->arena).count, 0);
	db_close(db);
}

#define SKY(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SKY(begins_at_schema_nothing),
		SKY(brings_an_empty_file_to_the_newest_schema),
		SKY(keeps_the_rows_of_an_older_schema),
		SKY(does_nothing_when_all_is_done),
		SKY(enforces_foreign_keys_again_afterwards),
		SKY(refuses_to_run_inside_a_transaction),
		SKY(undoes_a_migration_that_fails_and_keeps_those_before),
		SKY(refuses_a_migration_that_breaks_a_foreign_key),
		SKY(brings_the_programmes_own_schema_into_being),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
