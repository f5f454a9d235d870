#include "fixture.h"

#include <string.h>
#include <sys/stat.h>

static const char *
target(const struct fixture *fixture)
{
	return arena_format(fixture->arena, "%s/copy.db", fixture->folder);
}

static int64_t
planets_in(const struct fixture *fixture, const char *path)
{
	const char *problem = NULL;
	struct db *db = db_open_catalogue(path, DB_READ_WRITE, &sky, &problem);
	int64_t count;

	if (db == NULL) {
		fail_msg("%s", problem);
	}
	assert_int_equal(db_check(db, fixture->arena).count, 0);
	assert_true(db_begin_read(db));
	count = number(db, fixture->arena, PLANET_COUNT);
	assert_true(db_commit(db));
	db_close(db);
	return count;
}

static void
safety_53_copies_what_still_lies_in_the_wal(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	planet_keep(fixture->db, "Earth");
	assert_true(db_backup(fixture->db, target(fixture), &problem));
	assert_int_equal(planets_in(fixture, target(fixture)), 1);
}

static void
safety_53_copies_beside_a_writer_and_without_what_it_has_not_committed(void **state)
{
	const struct fixture *fixture = *state;
	struct db *writer = fixture_open(fixture);
	const char *problem = NULL;

	planet_keep(fixture->db, "Earth");
	assert_true(db_begin_write(writer));
	planet_insert(writer, "Mars");
	assert_true(db_backup(fixture->db, target(fixture), &problem));
	assert_true(db_commit(writer));
	db_close(writer);
	assert_int_equal(planets_in(fixture, target(fixture)), 1);
}

static void
makes_a_copy_only_its_owner_can_read(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;
	struct stat status;

	assert_true(db_backup(fixture->db, target(fixture), &problem));
	assert_int_equal(stat(target(fixture), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(status.st_nlink, 1);
}

static void
overwrites_no_file(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	fixture_write(target(fixture), "precious", 8);
	assert_false(db_backup(fixture->db, target(fixture), &problem));
	assert_non_null(strstr(problem, "exists"));
	assert_string_equal(fixture_read(fixture, target(fixture)), "precious");
}

static void
overwrites_not_the_database_itself(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	planet_keep(fixture->db, "Earth");
	assert_false(db_backup(fixture->db, fixture->path, &problem));
	assert_int_equal(planets_in(fixture, fixture->path), 1);
}

static void
says_that_the_folder_is_missing(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	assert_false(db_backup(fixture->db, "/no/such/folder/copy.db", &problem));
	assert_non_null(strstr(problem, "No such file"));
}

static void
refuses_to_copy_inside_a_transaction(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	assert_true(db_begin_write(fixture->db));
	assert_false(db_backup(fixture->db, target(fixture), &problem));
	assert_false(fixture_exists(target(fixture)));
}

static void
puts_a_copy_back_in_the_place_of_what_is_there(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;

	planet_keep(fixture->db, "Earth");
	assert_true(db_backup(fixture->db, target(fixture), &problem));
	planet_keep(fixture->db, "Mars");
	assert_true(db_replace(fixture->db, target(fixture), &problem));
	assert_true(db_begin_read(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, PLANET_COUNT), 1);
	db_rollback(fixture->db);
	assert_int_equal(planets_in(fixture, fixture->path), 1);
}

static void
others_see_what_was_put_back_and_go_on(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);
	const char *problem = NULL;

	planet_keep(other, "Earth");
	assert_true(db_backup(fixture->db, target(fixture), &problem));
	planet_keep(other, "Mars");
	assert_true(db_replace(fixture->db, target(fixture), &problem));
	planet_keep(other, "Venus");
	assert_true(db_begin_read(other));
	assert_int_equal(number(other, fixture->arena, PLANET_COUNT), 2);
	db_close(other);
}

static void
puts_nothing_back_over_a_writer(void **state)
{
	const struct fixture *fixture = *state;
	struct db *writer = fixture_open(fixture);
	const char *problem = NULL;

	assert_true(db_backup(fixture->db, target(fixture), &problem));
	assert_true(db_begin_write(writer));
	planet_insert(writer, "Mars");
	db_patience(fixture->db, 1000);
	assert_false(db_replace(fixture->db, target(fixture), &problem));
	assert_true(db_commit(writer));
	db_close(writer);
	assert_int_equal(planets_in(fixture, fixture->path), 1);
}

static bool
log_is_empty(const struct fixture *fixture)
{
	struct stat status;

	return stat(arena_format(fixture->arena, "%s-wal", fixture->path), &status) == 0 &&
	    status.st_size == 0;
}

static void
a_checkpoint_leaves_nothing_in_the_log(void **state)
{
	const struct fixture *fixture = *state;

	planet_keep(fixture->db, "Earth");
	assert_false(log_is_empty(fixture));
	assert_true(db_checkpoint(fixture->db));
	assert_true(log_is_empty(fixture));
}

static void
a_checkpoint_beside_a_reader_says_that_it_is_not_done(void **state)
{
	const struct fixture *fixture = *state;
	struct db *reader = fixture_open(fixture);

	planet_keep(fixture->db, "Earth");
	assert_true(db_begin_read(reader));
	number(reader, fixture->arena, PLANET_COUNT);
	db_patience(fixture->db, 1000);
	assert_false(db_checkpoint(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
	db_rollback(reader);
	db_close(reader);
	assert_true(db_checkpoint(fixture->db));
}

#define SKY(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SKY(safety_53_copies_what_still_lies_in_the_wal),
		SKY(safety_53_copies_beside_a_writer_and_without_what_it_has_not_committed),
		SKY(makes_a_copy_only_its_owner_can_read),
		SKY(overwrites_no_file),
		SKY(overwrites_not_the_database_itself),
		SKY(says_that_the_folder_is_missing),
		SKY(refuses_to_copy_inside_a_transaction),
		SKY(puts_a_copy_back_in_the_place_of_what_is_there),
		SKY(others_see_what_was_put_back_and_go_on),
		SKY(puts_nothing_back_over_a_writer),
		SKY(a_checkpoint_leaves_nothing_in_the_log),
		SKY(a_checkpoint_beside_a_reader_says_that_it_is_not_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
