#include "fixture.h"

#include <math.h>
#include <string.h>

static int
begin_writing(void **state)
{
	struct fixture *fixture;

	if (fixture_begin(state) != 0) {
		return -1;
	}
	fixture = *state;
	assert_true(db_begin_write(fixture->db));
	return 0;
}

static bool
planet_by_name(const struct fixture *fixture, const char *name, struct planet *planet)
{
	return db_one(fixture->db, fixture->arena, &queries[PLANET_BY_NAME],
	    &(struct planet){ .name = name }, planet);
}

static void
gives_back_what_was_stored(void **state)
{
	const struct fixture *fixture = *state;
	const unsigned char photo[] = { 0, 1, 255 };
	struct planet saturn = {
		.name = "Saturn", .radius = 58232.5, .moons = 146, .photo = { photo, sizeof(photo) }
	};
	struct planet found;

	assert_int_equal(db_exec(fixture->db, &queries[PLANET_INSERT], &saturn), 1);
	assert_true(planet_by_name(fixture, "Saturn", &found));
	assert_string_equal(found.name, "Saturn");
	assert_true(found.radius > 58232.4 && found.radius < 58232.6);
	assert_int_equal(found.moons, 146);
	assert_int_equal(found.photo.length, sizeof(photo));
	assert_memory_equal(found.photo.data, photo, sizeof(photo));
}

static void
gives_null_back_as_null(void **state)
{
	const struct fixture *fixture = *state;
	struct planet found;

	assert_int_equal(planet_insert(fixture->db, "Venus"), 1);
	assert_true(planet_by_name(fixture, "Venus", &found));
	assert_true(isnan(found.radius));
	assert_true(found.moons == DB_NULL);
	assert_null(found.photo.data);
	assert_int_equal(found.photo.length, 0);
}

static void
tells_an_empty_blob_from_null(void **state)
{
	const struct fixture *fixture = *state;
	const unsigned char nothing[1] = { 0 };
	struct planet found;

	assert_int_equal(db_exec(fixture->db, &queries[PLANET_INSERT],
			     &(struct planet){ .name = "Mars", .photo = { nothing, 0 } }),
	    1);
	assert_true(planet_by_name(fixture, "Mars", &found));
	assert_non_null(found.photo.data);
	assert_int_equal(found.photo.length, 0);
}

static void
says_no_row_with_a_zeroed_row(void **state)
{
	const struct fixture *fixture = *state;
	struct planet found = { .id = 7, .name = "left over" };

	assert_false(planet_by_name(fixture, "Vulcan", &found));
	assert_int_equal(found.id, 0);
	assert_null(found.name);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
	assert_int_equal(db_refusal(fixture->db), REFUSAL_NONE);
}

static void
keeps_all_rows_readable_after_the_next_query(void **state)
{
	const struct fixture *fixture = *state;
	const struct planet *rows;
	size_t count;

	for (int i = 0; i < 100; i++) {
		planet_insert(fixture->db, arena_format(fixture->arena, "planet %d", i));
	}
	rows = db_many(fixture->db, fixture->arena, &queries[PLANET_ALL], NULL, &count);
	assert_int_equal(db_exec(fixture->db, &queries[PLANET_DELETE_ALL], NULL), 100);
	assert_int_equal(count, 100);
	assert_string_equal(rows[0].name, "planet 0");
	assert_string_equal(rows[99].name, "planet 99");
}

static void
counts_no_rows_as_none(void **state)
{
	const struct fixture *fixture = *state;
	size_t count = 9;

	assert_null(db_many(fixture->db, fixture->arena, &queries[PLANET_ALL], NULL, &count));
	assert_int_equal(count, 0);
}

static void
tells_the_id_inserted_last(void **state)
{
	const struct fixture *fixture = *state;
	struct planet found;

	planet_insert(fixture->db, "Uranus");
	assert_true(planet_by_name(fixture, "Uranus", &found));
	assert_int_equal(db_last_id(fixture->db), found.id);
}

static void
inserts_all_rows_though_one_is_returned(void **state)
{
	const struct fixture *fixture = *state;
	struct planet first;

	assert_true(db_one(fixture->db, fixture->arena, &queries[PLANET_INSERT_RETURNING],
	    &(struct planet){ .id = 40, .name = "Io" }, &first));
	assert_int_equal(first.id, 40);
	assert_string_equal(first.name, "Io0");
	assert_int_equal(number(fixture->db, fixture->arena, PLANET_COUNT), 2);
}

static void
binds_no_value_of_the_call_before(void **state)
{
	const struct fixture *fixture = *state;
	struct planet found;

	assert_int_equal(db_exec(fixture->db, &queries[PLANET_INSERT],
			     &(struct planet){ .name = "Earth", .moons = 1 }),
	    1);
	assert_int_equal(planet_insert(fixture->db, "Mercury"), 1);
	assert_true(planet_by_name(fixture, "Mercury", &found));
	assert_true(found.moons == DB_NULL);
}

static void
refused(
    const struct fixture *fixture, enum query query, const struct planet *in, enum refusal refusal)
{
	assert_int_equal(db_exec(fixture->db, &queries[query], in), -1);
	assert_int_equal(db_refusal(fixture->db), refusal);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
}

static void
names_a_unique_column_as_the_reason(void **state)
{
	const struct fixture *fixture = *state;

	planet_insert(fixture->db, "Pluto");
	refused(fixture, PLANET_INSERT, &(struct planet){ .name = "Pluto" }, REFUSAL_UNIQUE);
}

static void
names_a_primary_key_as_unique(void **state)
{
	const struct fixture *fixture = *state;

	planet_insert(fixture->db, "Pluto");
	refused(fixture, PLANET_WITH_ID,
	    &(struct planet){ .id = db_last_id(fixture->db), .name = "Eris" }, REFUSAL_UNIQUE);
}

static void
names_a_check_as_the_reason(void **state)
{
	refused(
	    *state, PLANET_INSERT, &(struct planet){ .name = "Pluto", .moons = -1 }, REFUSAL_CHECK);
}

static void
names_a_missing_value_as_the_reason(void **state)
{
	refused(*state, PLANET_INSERT, &(struct planet){ .name = NULL }, REFUSAL_NOT_NULL);
}

static void
names_a_missing_parent_as_the_reason(void **state)
{
	refused(
	    *state, MOON_INSERT, &(struct planet){ .id = 99, .name = "Nix" }, REFUSAL_FOREIGN_KEY);
}

/* SQLite makes RESTRICT of a trigger: its code is another. */
static void
names_a_restricting_child_as_the_reason(void **state)
{
	const struct fixture *fixture = *state;

	planet_insert(fixture->db, "Pluto");
	assert_int_equal(db_exec(fixture->db, &queries[MOON_INSERT],
			     &(struct planet){ .id = db_last_id(fixture->db), .name = "Nix" }),
	    1);
	refused(fixture, PLANET_DELETE_ALL, NULL, REFUSAL_FOREIGN_KEY);
}

static void
insert_three_moons(const struct fixture *fixture)
{
	struct planet moon = { .name = "Nix" };

	planet_insert(fixture->db, "Pluto");
	moon.id = db_last_id(fixture->db);
	assert_int_equal(db_exec(fixture->db, &queries[MOON_INSERT], &moon), 1);
	assert_int_equal(db_exec(fixture->db, &queries[MOON_INSERT], &moon), 1);
	refused(fixture, MOON_INSERT, &moon, REFUSAL_GROUP_FULL);
}

static void
names_the_word_a_trigger_raised(void **state)
{
	insert_three_moons(*state);
}

static void
keeps_what_came_before_a_refusal(void **state)
{
	const struct fixture *fixture = *state;

	insert_three_moons(fixture);
	assert_true(db_commit(fixture->db));
	assert_true(db_begin_read(fixture->db));
	assert_int_equal(number(fixture->db, fixture->arena, MOON_COUNT), 2);
}

static void
gives_no_row_when_an_insert_with_returning_is_refused(void **state)
{
	const struct fixture *fixture = *state;
	struct number row = { 5 };

	assert_false(db_one(fixture->db, fixture->arena, &queries[MOON_INSERT_RETURNING],
	    &(struct planet){ .id = 99, .name = "Nix" }, &row));
	assert_int_equal(db_refusal(fixture->db), REFUSAL_FOREIGN_KEY);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_NONE);
	assert_int_equal(row.value, 0);
}

static void
forgets_a_refusal_with_the_next_query(void **state)
{
	const struct fixture *fixture = *state;

	refused(fixture, PLANET_INSERT, &(struct planet){ .name = NULL }, REFUSAL_NOT_NULL);
	assert_int_equal(planet_insert(fixture->db, "Ceres"), 1);
	assert_int_equal(db_refusal(fixture->db), REFUSAL_NONE);
}

static void
holds_a_word_it_does_not_know_for_a_fault(void **state)
{
	const struct fixture *fixture = *state;

	planet_insert(fixture->db, "Earth");
	db_exec(fixture->db, &queries[MOON_INSERT],
	    &(struct planet){ .id = db_last_id(fixture->db), .name = "Moon" });
	assert_int_equal(db_exec(fixture->db, &queries[MOON_RENAME_ALL], NULL), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_int_equal(db_refusal(fixture->db), REFUSAL_NONE);
}

static void
holds_a_value_of_the_wrong_type_for_a_fault(void **state)
{
	const struct fixture *fixture = *state;

	assert_int_equal(db_exec(fixture->db, &queries[PLANET_OF_WRONG_TYPE], NULL), -1);
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
}

static void
names_the_query_in_the_text_of_a_fault(void **state)
{
	const struct fixture *fixture = *state;
	struct number row;

	assert_false(db_one(fixture->db, fixture->arena, &queries[NO_SUCH_TABLE], NULL, &row));
	assert_int_equal(db_fault(fixture->db), DB_FAULT_OTHER);
	assert_non_null(strstr(db_fault_text(fixture->db), "no_such_table"));
	assert_non_null(strstr(db_fault_text(fixture->db), "comet"));
}

#define WRITING(test) cmocka_unit_test_setup_teardown(test, begin_writing, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WRITING(gives_back_what_was_stored),
		WRITING(gives_null_back_as_null),
		WRITING(tells_an_empty_blob_from_null),
		WRITING(says_no_row_with_a_zeroed_row),
		WRITING(keeps_all_rows_readable_after_the_next_query),
		WRITING(counts_no_rows_as_none),
		WRITING(tells_the_id_inserted_last),
		WRITING(inserts_all_rows_though_one_is_returned),
		WRITING(binds_no_value_of_the_call_before),
		WRITING(names_a_unique_column_as_the_reason),
		WRITING(names_a_primary_key_as_unique),
		WRITING(names_a_check_as_the_reason),
		WRITING(names_a_missing_value_as_the_reason),
		WRITING(names_a_missing_parent_as_the_reason),
		WRITING(names_a_restricting_child_as_the_reason),
		WRITING(names_the_word_a_trigger_raised),
		WRITING(keeps_what_came_before_a_refusal),
		WRITING(gives_no_row_when_an_insert_with_returning_is_refused),
		WRITING(forgets_a_refusal_with_the_next_query),
		WRITING(holds_a_word_it_does_not_know_for_a_fault),
		WRITING(holds_a_value_of_the_wrong_type_for_a_fault),
		WRITING(names_the_query_in_the_text_of_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
