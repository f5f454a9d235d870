/* lib/db/build/queries: what it makes of lib/db/sql/<noun>.sql, and refuses. */
#include "build_fixture.h"

#include <string.h>
#include <sys/stat.h>

static void
compiles(const struct fixture *fixture, const char *text)
{
	build_sky(fixture);
	build_write(fixture, "sql/planet.sql", text);
	build_compiles(fixture);
}

static void
refuses(const struct fixture *fixture, const char *text, const char *line)
{
	build_sky(fixture);
	build_write(fixture, "sql/planet.sql", text);
	build_complains(fixture, line);
}

static void
makes_a_struct_and_a_function_of_a_query(void **state)
{
	const struct fixture *fixture = *state;
	const char *header;

	compiles(fixture,
	    "-- Planets are looked up by name.\n"
	    "-- name: planet_by_name one\n"
	    "-- row: planet\n"
	    "-- in: name text, least integer\n"
	    "SELECT id, name, radius, photo FROM planet\n"
	    "WHERE name = :name AND moons >= :least;\n");
	header = build_read(fixture, "made/db/query/planet.h");
	build_assert_has(header,
	    "struct planet {\n\tint64_t id;\n\tconst char *name;\n"
	    "\tdouble radius;\n\tstruct db_blob photo;\n};\n");
	build_assert_has(header,
	    "struct planet_by_name_in {\n\tconst char *name;\n"
	    "\tint64_t least;\n};\n");
	build_assert_has(header,
	    "/* Planets are looked up by name. */\n"
	    "bool planet_by_name(struct db *db, struct arena *arena,\n"
	    "    const struct planet_by_name_in *in,\n"
	    "    struct planet *row);\n");
}

static void
takes_no_struct_where_there_is_no_bind(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture,
	    "-- name: planet_all many\n"
	    "SELECT id FROM planet;\n");
	build_assert_has(build_read(fixture, "made/db/query/planet.h"),
	    "struct planet_all_row_rows planet_all(struct db *db, "
	    "struct arena *arena);\n");
}

static void
gives_an_expression_the_type_declared(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture,
	    "-- name: planet_count one\n"
	    "-- out: count integer\n"
	    "SELECT count(*) AS count FROM planet;\n");
	build_assert_has(build_read(fixture, "made/db/query/planet.h"),
	    "struct planet_count_row {\n\tint64_t count;\n};\n");
}

static void
knows_the_types_of_returned_columns(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture,
	    "-- name: planet_add one\n-- in: name text\n"
	    "INSERT INTO planet (name) VALUES (:name) RETURNING id, name;\n");
	build_assert_has(build_read(fixture, "made/db/query/planet.h"),
	    "struct planet_add_row {\n\tint64_t id;\n"
	    "\tconst char *name;\n};\n");
}

static void
binds_in_the_order_of_the_statement(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture,
	    "-- name: planet_rename exec\n"
	    "-- in: id integer\n-- in: name text\n"
	    "UPDATE planet SET name = :name WHERE id = :id;\n");
	build_assert_has(build_read(fixture, "made/db/query/planet.c"),
	    "\t{ DB_TEXT, offsetof(struct planet_rename_in, name) },\n"
	    "\t{ DB_INTEGER, offsetof(struct planet_rename_in, id) },\n");
}

static void
shares_a_row_between_nouns(void **state)
{
	const struct fixture *fixture = *state;

	build_write(fixture, "sql/moon.sql",
	    "-- name: moon_planet many\n"
	    "-- row: planet\nSELECT id, name FROM planet;\n");
	compiles(fixture,
	    "-- name: planet_all many\n"
	    "-- row: planet\nSELECT id, name FROM planet;\n");
	build_assert_has(build_read(fixture, "made/db/query/planet.h"), "struct planet {\n");
	build_assert_has(
	    build_read(fixture, "made/db/query/moon.h"), "#include \"db/query/planet.h\"\n");
	assert_null(strstr(build_read(fixture, "made/db/query/moon.h"), "struct planet {\n"));
}

static void
leaves_a_file_alone_that_did_not_change(void **state)
{
	const struct fixture *fixture = *state;
	const char *path =
	    arena_format(fixture->arena, "%s/made/db/query/planet.h", fixture->folder);
	struct stat before;
	struct stat after;

	compiles(fixture,
	    "-- name: planet_all many\n"
	    "SELECT id FROM planet;\n");
	assert_int_equal(stat(path, &before), 0);
	build_compiles(fixture);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
}

static void
refuses_a_column_that_is_not_there(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\nSELECT id,\n\tnmae\n"
	    "FROM planet;\n",
	    "planet.sql:3: planet_all: no such column: nmae");
}

static void
refuses_a_misspelt_column_in_double_quotes(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n"
	    "SELECT id FROM planet WHERE \"nmae\" = 'x';\n",
	    "planet.sql:2: planet_all: no such column: nmae");
}

static void
refuses_a_table_that_is_not_there(void **state)
{
	refuses(*state, "-- name: comet_all many\nSELECT id FROM comet;\n",
	    "planet.sql:2: comet_all: no such table: comet");
}

static void
refuses_text_after_the_statement(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\nSELECT id FROM planet;\n"
	    "-- a comment is none\n\nSELECT 1;\n",
	    "planet.sql:5: planet_all: text after the statement");
}

static void
refuses_a_name_used_twice(void **state)
{
	const struct fixture *fixture = *state;

	refuses(fixture,
	    "-- name: planet_all many\nSELECT id FROM planet;\n"
	    "-- name: planet_all many\nSELECT id FROM planet;\n",
	    arena_format(fixture->arena,
		"planet.sql:3: planet_all: there is "
		"one in %s/sql/planet.sql:1",
		fixture->folder));
}

static void
refuses_a_bind_that_is_not_declared(void **state)
{
	refuses(*state,
	    "-- name: planet_by_name many\n"
	    "SELECT id FROM planet WHERE name = :name;\n",
	    "planet.sql:2: planet_by_name: \":name\" is not declared by in:");
}

static void
refuses_a_bind_declared_in_vain(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n-- in: name text\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"name\" is declared but not used");
}

static void
refuses_a_bind_without_a_name(void **state)
{
	refuses(*state,
	    "-- name: planet_by_name many\n"
	    "SELECT id FROM planet WHERE name = ?;\n",
	    "planet.sql:2: planet_by_name: binds are written :name");
}

static void
refuses_a_type_it_does_not_know(void **state)
{
	refuses(*state,
	    "-- name: planet_by_name many\n-- in: name string\n"
	    "SELECT id FROM planet WHERE name = :name;\n",
	    "planet.sql:2: \"name\": its type is one of integer, real, text, "
	    "blob");
}

static void
refuses_an_expression_without_a_type(void **state)
{
	refuses(*state,
	    "-- name: planet_count one\n"
	    "SELECT count(*) AS count FROM planet;\n",
	    "planet.sql:2: planet_count: \"count\" is an expression: its type "
	    "is declared by out:");
}

static void
refuses_an_expression_without_a_name(void **state)
{
	refuses(*state,
	    "-- name: planet_count one\n"
	    "SELECT count(*) FROM planet;\n",
	    "planet.sql:2: planet_count: column 1, \"count(*)\", needs a name "
	    "of its own: … AS name");
}

static void
refuses_a_type_other_than_the_tables(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n-- out: id text\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"id\" has another type in its table");
}

static void
refuses_a_type_for_no_column(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n-- out: mass real\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"mass\" is no column of it");
}

static void
refuses_two_columns_of_one_name(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n"
	    "SELECT planet.id, moon.id FROM planet, moon;\n",
	    "planet.sql:2: planet_all: two columns are called \"id\"");
}

static void
refuses_a_word_of_c_as_a_column(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n"
	    "SELECT id AS long FROM planet;\n",
	    "planet.sql:2: planet_all: column 1, \"long\", needs a name of "
	    "its own: … AS name");
}

static void
refuses_rows_that_share_a_name_but_not_their_columns(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\n-- row: planet\n"
	    "SELECT id, name FROM planet;\n"
	    "-- name: planet_ids many\n-- row: planet\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:4: planet_ids: its columns are not those of "
	    "planet_all, which has the same row \"planet\"");
}

static void
refuses_an_exec_that_only_reads(void **state)
{
	refuses(*state, "-- name: planet_all exec\nSELECT id FROM planet;\n",
	    "planet.sql:1: planet_all: an exec query changes rows and returns "
	    "none");
}

static void
refuses_a_one_that_returns_nothing(void **state)
{
	refuses(*state, "-- name: planet_clear one\nDELETE FROM planet;\n",
	    "planet.sql:1: planet_clear: it returns no rows: its kind is "
	    "exec");
}

static void
refuses_a_kind_it_does_not_know(void **state)
{
	refuses(*state, "-- name: planet_all some\nSELECT id FROM planet;\n",
	    "planet.sql:1: \"planet_all\": a query is one, many or exec");
}

static void
refuses_a_query_that_is_no_query(void **state)
{
	refuses(*state, "-- name: planet_lock exec\nBEGIN IMMEDIATE;\n",
	    "planet.sql:2: planet_lock: neither SELECT, INSERT, UPDATE nor "
	    "DELETE");
}

static void
refuses_a_name_without_a_statement(void **state)
{
	refuses(*state, "-- name: planet_all many\n-- that is all\n",
	    "planet.sql:1: planet_all: no statement follows");
}

static void
refuses_a_statement_without_a_name(void **state)
{
	refuses(*state, "SELECT id FROM planet;\n",
	    "planet.sql:1: a statement stands under a \"-- name:\" line");
}

static void
refuses_a_declaration_below_the_statement(void **state)
{
	refuses(*state,
	    "-- name: planet_all many\nSELECT id\n"
	    "-- in: name text\nFROM planet;\n",
	    "planet.sql:3: row:, in: and out: stand between \"-- name:\" and "
	    "the statement");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, build_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(makes_a_struct_and_a_function_of_a_query),
		TEST(takes_no_struct_where_there_is_no_bind),
		TEST(gives_an_expression_the_type_declared),
		TEST(knows_the_types_of_returned_columns),
		TEST(binds_in_the_order_of_the_statement),
		TEST(shares_a_row_between_nouns),
		TEST(leaves_a_file_alone_that_did_not_change),
		TEST(refuses_a_column_that_is_not_there),
		TEST(refuses_a_misspelt_column_in_double_quotes),
		TEST(refuses_a_table_that_is_not_there),
		TEST(refuses_text_after_the_statement),
		TEST(refuses_a_name_used_twice),
		TEST(refuses_a_bind_that_is_not_declared),
		TEST(refuses_a_bind_declared_in_vain),
		TEST(refuses_a_bind_without_a_name),
		TEST(refuses_a_type_it_does_not_know),
		TEST(refuses_an_expression_without_a_type),
		TEST(refuses_an_expression_without_a_name),
		TEST(refuses_a_type_other_than_the_tables),
		TEST(refuses_a_type_for_no_column),
		TEST(refuses_two_columns_of_one_name),
		TEST(refuses_a_word_of_c_as_a_column),
		TEST(refuses_rows_that_share_a_name_but_not_their_columns),
		TEST(refuses_an_exec_that_only_reads),
		TEST(refuses_a_one_that_returns_nothing),
		TEST(refuses_a_kind_it_does_not_know),
		TEST(refuses_a_query_that_is_no_query),
		TEST(refuses_a_name_without_a_statement),
		TEST(refuses_a_statement_without_a_name),
		TEST(refuses_a_declaration_below_the_statement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
