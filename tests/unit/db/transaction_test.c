#include "fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static int64_t
planets_seen(struct db *db, struct arena *arena)
{
	int64_t count;

	assert_true(db_begin_read(db));
	count = number(db, arena, PLANET_COUNT);
	assert_true(db_commit(db));
	return count;
}

static void
shows_a_commit_to_the_other_handle(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	planet_keep(fixture->db, "Earth");
	assert_int_equal(planets_seen(other, fixture->arena), 1);
	db_close(other);
}

static void
undoes_what_is_rolled_back(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	planet_insert(fixture->db, "Earth");
	db_rollback(fixture->db);
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
undoes_an_attempt_and_goes_on(void **state)
{
	const struct fixture *fixture = *state;

	assert_false(db_attempt_begin(fixture->db));
	assert_true(db_begin_write(fixture->db));
	planet_insert(fixture->db, "Earth");
	assert_true(db_attempt_begin(fixture->db));
	planet_insert(fixture->db, "Vulcan");
	assert_true(db_attempt_undo(fixture->db));
	planet_insert(fixture->db, "Mars");
	assert_true(db_commit(fixture->db));
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 2);
	assert_false(db_attempt_undo(fixture->db));
}

static void
undoes_what_was_open_when_closed(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	assert_true(db_begin_write(other));
	planet_insert(other, "Earth");
	db_close(other);
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
reads_one_snapshot(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	assert_true(db_begin_read(other));
	assert_int_equal(number(other, fixture->arena, PLANET_COUNT), 0);
	planet_keep(fixture->db, "Earth");
	assert_int_equal(number(other, fixture->arena, PLANET_COUNT), 0);
	assert_true(db_commit(other));
	assert_int_equal(planets_seen(other, fixture->arena), 1);
	db_close(other);
}

/* The first read of a page must not come after the snapshot is chosen. */
static void
chooses_its_snapshot_when_it_begins(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);

	assert_true(db_begin_read(other));
	planet_keep(fixture->db, "Earth");
	assert_int_equal(number(other, fixture->arena, PLANET_COUNT), 0);
	db_close(other);
}

static void
knows_whether_it_is_in_a_transaction(void **state)
{
	const struct fixture *fixture = *state;

	assert_false(db_in_transaction(fixture->db));
	assert_true(db_begin_read(fixture->db));
	assert_true(db_in_transaction(fixture->db));
	assert_true(db_commit(fixture->db));
	assert_false(db_in_transaction(fixture->db));
}

static void
safety_28_refuses_to_write_in_a_transaction_begun_to_read(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_read(fixture->db));
	assert_int_equal(planet_insert(fixture->db, "Earth"), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_false(db_commit(fixture->db));
}

static void
safety_28_is_query_only_while_it_reads(void **state)
{
	const struct fixture *fixture = *state;

	for (int i = 0; i < 2; i++) {
		assert_true(db_begin_read(fixture->db));
		assert_int_equal(number(fixture->db, fixture->arena, SETTING_QUERY_ONLY), 1);
		assert_true(db_commit(fixture->db));
		assert_true(db_begin_write(fixture->db));
		assert_int_equal(number(fixture->db, fixture->arena, SETTING_QUERY_ONLY), 0);
		assert_true(db_commit(fixture->db));
	}
}

static void
holds_a_query_outside_a_transaction_for_a_fault(void **state)
{
	const struct fixture *fixture = *state;

	assert_int_equal(planet_insert(fixture->db, "Earth"), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
does_not_commit_what_began_a_second_time(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	planet_insert(fixture->db, "Earth");
	assert_false(db_begin_write(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_false(db_commit(fixture->db));
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
refuses_to_commit_what_never_began(void **state)
{
	const struct fixture *fixture = *state;

	assert_false(db_commit(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
}

static void
lets_a_rollback_of_nothing_pass(void **state)
{
	const struct fixture *fixture = *state;

	db_rollback(fixture->db);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
}

static void
cause_fault(const struct fixture *fixture)
{
	struct number row;

	assert_false(db_one(fixture->db, fixture->arena, &queries[NO_SUCH_TABLE], NULL, &row));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
}

static void
does_nothing_more_after_a_fault(void **state)
{
	const struct fixture *fixture = *state;
	struct planet planet;
	size_t count;

	assert_true(db_begin_write(fixture->db));
	assert_int_equal(planet_insert(fixture->db, "Earth"), 1);
	cause_fault(fixture);
	assert_int_equal(planet_insert(fixture->db, "Mars"), -1);
	assert_false(db_one(fixture->db, fixture->arena, &queries[PLANET_BY_NAME],
	    &(struct planet){ .name = "Earth" }, &planet));
	assert_null(db_many(fixture->db, fixture->arena, &queries[PLANET_ALL], NULL, &count));
	assert_int_equal(count, 0);
}

static void
commits_nothing_after_a_fault(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	planet_insert(fixture->db, "Earth");
	cause_fault(fixture);
	assert_false(db_commit(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_false(db_in_transaction(fixture->db));
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
forgets_a_fault_with_its_transaction(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	cause_fault(fixture);
	db_rollback(fixture->db);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
	assert_string_equal(db_fault_text(fixture->db), "");
	planet_keep(fixture->db, "Earth");
}

static void
keeps_the_first_of_two_faults(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	cause_fault(fixture);
	assert_false(db_begin_read(fixture->db));
	assert_non_null(strstr(db_fault_text(fixture->db), "comet"));
}

static int64_t
insert_photo(const struct fixture *fixture, size_t length)
{
	return db_exec(fixture->db, &queries[PLANET_INSERT],
	    &(struct planet){
		.name = "Jupiter", .photo = { arena_alloc(fixture->arena, length), length } });
}

static void
safety_44_tells_a_full_disk_and_writes_nothing(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	number(fixture->db, fixture->arena, LIMIT_PAGES);
	assert_int_equal(planet_insert(fixture->db, "Mars"), 1);
	assert_int_equal(insert_photo(fixture, 200000), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_FULL);
	assert_false(db_commit(fixture->db));
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
}

static void
safety_45_tells_a_file_size_limit_and_goes_on_after(void **state)
{
	const struct fixture *fixture = *state;
	struct rlimit before;
	struct rlimit small;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ 100000, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	if (db_begin_write(fixture->db) && insert_photo(fixture, 2000000) == 1) {
		assert_false(db_commit(fixture->db));
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_FULL);
	db_rollback(fixture->db);
	assert_int_equal(planets_seen(fixture->db, fixture->arena), 0);
	planet_keep(fixture->db, "Earth");
}

static void
says_once_that_mail_was_queued(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	db_note_queued(fixture->db);
	assert_false(db_take_queued(fixture->db));
	assert_true(db_commit(fixture->db));
	assert_true(db_take_queued(fixture->db));
	assert_false(db_take_queued(fixture->db));
}

static void
forgets_mail_that_was_rolled_back(void **state)
{
	const struct fixture *fixture = *state;

	assert_true(db_begin_write(fixture->db));
	db_note_queued(fixture->db);
	db_rollback(fixture->db);
	planet_keep(fixture->db, "Earth");
	assert_false(db_take_queued(fixture->db));
}

static void
sees_that_another_changed_the_data(void **state)
{
	const struct fixture *fixture = *state;
	struct db *other = fixture_open(fixture);
	int64_t before = db_data_version(other);

	assert_int_equal(db_data_version(other), before);
	planet_keep(fixture->db, "Earth");
	assert_int_not_equal(db_data_version(other), before);
	db_close(other);
}

static void
safety_52_answers_a_changed_schema_with_a_fault(void **state)
{
	const struct fixture *fixture = *state;
	const char *problem = NULL;
	struct db *newer = db_open_catalogue(fixture->path, DB_READ_WRITE, &newer_sky, &problem);

	assert_non_null(newer);
	assert_true(db_migrate(newer, &problem));
	db_close(newer);
	assert_false(db_begin_read(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_SCHEMA);
	assert_false(db_begin_write(fixture->db));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_SCHEMA);
	assert_false(db_in_transaction(fixture->db));
}

#define SKY(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SKY(shows_a_commit_to_the_other_handle),
		SKY(undoes_what_is_rolled_back),
		SKY(undoes_an_attempt_and_goes_on),
		SKY(undoes_what_was_open_when_closed),
		SKY(reads_one_snapshot),
		SKY(chooses_its_snapshot_when_it_begins),
		SKY(knows_whether_it_is_in_a_transaction),
		SKY(safety_28_refuses_to_write_in_a_transaction_begun_to_read),
		SKY(safety_28_is_query_only_while_it_reads),
		SKY(holds_a_query_outside_a_transaction_for_a_fault),
		SKY(does_not_commit_what_began_a_second_time),
		SKY(refuses_to_commit_what_never_began),
		SKY(lets_a_rollback_of_nothing_pass),
		SKY(does_nothing_more_after_a_fault),
		SKY(commits_nothing_after_a_fault),
		SKY(forgets_a_fault_with_its_transaction),
		SKY(keeps_the_first_of_two_faults),
		SKY(safety_44_tells_a_full_disk_and_writes_nothing),
		SKY(safety_45_tells_a_file_size_limit_and_goes_on_after),
		SKY(says_once_that_mail_was_queued),
		SKY(forgets_mail_that_was_rolled_back),
		SKY(sees_that_another_changed_the_data),
		SKY(safety_52_answers_a_changed_schema_with_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
