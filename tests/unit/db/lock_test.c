/*
 * Waiting for the writer's lock (safety 48). This file's nanosleep() stands in
 * for the C library's: it is what the busy handler calls between its tries, so
 * a test knows that the other waits, without sleeping itself.
 */
#include "fixture.h"

#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void (*on_sleep)(void);
static int sleeps;
static long shortest;
static long longest;
static struct db *holder;
static int told;

int
nanosleep(const struct timespec *wanted, struct timespec *left)
{
	(void)left;
	assert_int_equal(wanted->tv_sec, 0);
	if (sleeps == 0 || wanted->tv_nsec < shortest) {
		shortest = wanted->tv_nsec;
	}
	if (sleeps == 0 || wanted->tv_nsec > longest) {
		longest = wanted->tv_nsec;
	}
	sleeps++;
	if (on_sleep != NULL) {
		on_sleep();
	}
	return 0;
}

static int
begin(void **state)
{
	on_sleep = NULL;
	sleeps = 0;
	return fixture_begin(state);
}

static void
holder_commits(void)
{
	if (sleeps == 100) {
		assert_true(db_commit(holder));
	}
}

static void
safety_48_waits_until_the_writer_is_done(void **state)
{
	const struct fixture *fixture = *state;

	holder = fixture_open(fixture);
	assert_true(db_begin_write(holder));
	planet_insert(holder, "Earth");
	on_sleep = holder_commits;
	assert_true(db_begin_write(fixture->db));
	assert_int_equal(sleeps, 100);
	assert_int_equal(number(fixture->db, fixture->arena, PLANET_COUNT), 1);
	assert_true(db_commit(fixture->db));
	db_close(holder);
}

static void
safety_48_sleeps_a_fifth_to_half_a_millisecond(void **state)
{
	const struct fixture *fixture = *state;

	holder = fixture_open(fixture);
	assert_true(db_begin_write(holder));
	on_sleep = holder_commits;
	assert_true(db_begin_write(fixture->db));
	assert_true(shortest >= 200000);
	assert_true(longest <= 500000);
	assert_true(shortest < longest);
	db_close(holder);
}

static void
tell_once(void)
{
	if (sleeps == 1) {
		assert_int_equal(write(told, "w", 1), 1);
	}
}

/* In the other process: 0 when it wrote after waiting. */
static int
write_after_waiting(const struct fixture *fixture, int begun)
{
	struct db *db;
	char byte;

	if (read(begun, &byte, 1) != 1) {
		return 1;
	}
	db = fixture_open(fixture);
	on_sleep = tell_once;
	if (!db_begin_write(db) || planet_insert(db, "Mars") != 1 || !db_commit(db)) {
		return 2;
	}
	db_close(db);
	return sleeps > 0 ? 0 : 3;
}

/* A handle does not cross a fork: each process opens its own after it. */
static void
safety_48_waits_for_another_process(void **state)
{
	struct fixture *fixture = *state;
	int begun[2];
	int waits[2];
	int status = -1;
	char byte = 'b';
	pid_t child;

	db_close(fixture->db);
	assert_int_equal(pipe(begun), 0);
	assert_int_equal(pipe(waits), 0);
	child = fork();
	if (child == 0) {
		told = waits[1];
		close(waits[0]);
		close(begun[1]);
		_exit(write_after_waiting(fixture, begun[0]));
	}
	close(waits[1]);
	close(begun[0]);
	assert_true(child > 0);
	fixture->db = fixture_open(fixture);
	assert_true(db_begin_write(fixture->db));
	assert_int_equal(write(begun[1], &byte, 1), 1);
	assert_int_equal(read(waits[0], &byte, 1), 1);
	assert_true(db_commit(fixture->db));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(db_begin_read(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, PLANET_COUNT), 1);
	close(waits[0]);
	close(begun[1]);
}

static int
begin_holding(void **state)
{
	const struct fixture *fixture;

	if (begin(state) != 0) {
		return -1;
	}
	fixture = *state;
	assert_true(db_begin_write(fixture->db));
	planet_insert(fixture->db, "Earth");
	return 0;
}

static void
safety_48_gives_up_when_its_patience_ends(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	db_patience(other, 2000);
	assert_false(db_begin_write(other));
	assert_int_equal(db_fault(other), DB_FAULT_BUSY);
	assert_false(db_in_transaction(other));
	assert_true(sleeps > 0);
	db_close(other);
}

static void
safety_48_writes_again_after_it_gave_up(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	db_patience(other, 0);
	assert_false(db_begin_write(other));
	assert_true(db_commit(fixture->db));
	planet_keep(other, "Mars");
	db_close(other);
}

static void
safety_48_reads_beside_the_writer_without_waiting(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	assert_true(db_begin_read(other));
	assert_int_equal(number(other, fixture->arena, PLANET_COUNT), 0);
	assert_true(db_commit(other));
	assert_int_equal(sleeps, 0);
	db_close(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    safety_48_waits_until_the_writer_is_done, begin, fixture_end),
		cmocka_unit_test_setup_teardown(
		    safety_48_sleeps_a_fifth_to_half_a_millisecond, begin, fixture_end),
		cmocka_unit_test_setup_teardown(
		    safety_48_waits_for_another_process, begin, fixture_end),
		cmocka_unit_test_setup_teardown(
		    safety_48_gives_up_when_its_patience_ends, begin_holding, fixture_end),
		cmocka_unit_test_setup_teardown(
		    safety_48_writes_again_after_it_gave_up, begin_holding, fixture_end),
		cmocka_unit_test_setup_teardown(
		    safety_48_reads_beside_the_writer_without_waiting, begin_holding, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
