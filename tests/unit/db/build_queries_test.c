/*
 * The build's SQL compiler, run as the build runs it: on a folder with the
 * small sky's schema and one file of queries, which each test writes.
 */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int
begin(void **state)
{
	const struct fixture *fixture;

	if (fixture_begin(state) != 0) {
		return -1;
	}
	fixture = *state;
	return mkdir(arena_format(fixture->arena, "%s/sql", fixture->folder),
	    0777) + mkdir(arena_format(fixture->arena, "%s/sql/schema",
	    fixture->folder), 0777);
}

static const char *
in_folder(const struct fixture *fixture, const char *name)
{
	return arena_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static void
write_file(const struct fixture *fixture, const char *name, const char *text)
{
	fixture_write(in_folder(fixture, name), text, strlen(text));
}

static const char *
read_made(const struct fixture *fixture, const char *name)
{
	const char *text = fixture_read(fixture, in_folder(fixture, name));

	if (text == NULL) {
		fail_msg("%s was not made", name);
	}
	return text;
}

static void
copy_schema(const struct fixture *fixture)
{
	static const char *const names[] = { "001_planets.sql",
		"002_moons.sql" };

	for (size_t i = 0; i < 2; i++) {
		write_file(fixture, arena_format(fixture->arena,
		    "sql/schema/%s", names[i]), fixture_read(fixture,
		    arena_format(fixture->arena,
		    "tests/data/db/planets/schema/%s", names[i])));
	}
}

/* In the child: the tool lies in tool/ of the folder this test was built in. */
static void
become_tool(const struct fixture *fixture)
{
	char path[PATH_MAX + 1] = "";
	int errors = open(in_folder(fixture, "errors"),
	    O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (errors < 0 || dup2(errors, STDERR_FILENO) < 0 ||
	    readlink("/proc/self/exe", path, PATH_MAX) < 0) {
		_exit(100);
	}
	execl(arena_format(fixture->arena, "%s/../../../tool/queries",
	    dirname(path)), "queries", in_folder(fixture, "sql"),
	    in_folder(fixture, "made"), (char *)NULL);
	_exit(101);
}

/* The tool's exit status on what the folder holds. */
static int
run_tool(const struct fixture *fixture)
{
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		become_tool(fixture);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
compiles(const struct fixture *fixture, const char *queries_text)
{
	copy_schema(fixture);
	write_file(fixture, "sql/planet.sql", queries_text);
	if (run_tool(fixture) != 0) {
		fail_msg("%s", read_made(fixture, "errors"));
	}
}

/* Its complaint is exactly this one line, after the folder's name. */
static void
complains(const struct fixture *fixture, const char *line)
{
	const char *expected = arena_format(fixture->arena, "%s/sql/%s\n",
	    fixture->folder, line);

	assert_int_equal(run_tool(fixture), 1);
	assert_string_equal(read_made(fixture, "errors"), expected);
	assert_false(fixture_exists(in_folder(fixture, "made")));
}

static void
refuses(const struct fixture *fixture, const char *queries_text,
    const char *line)
{
	copy_schema(fixture);
	write_file(fixture, "sql/planet.sql", queries_text);
	complains(fixture, line);
}

static void
refuses_schema(const struct fixture *fixture, const char *schema,
    const char *line)
{
	write_file(fixture, "sql/schema/001_sky.sql", schema);
	complains(fixture, line);
}

static void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("expected:\n%s\nin:\n%s", part, text);
	}
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
	header = read_made(fixture, "made/db/query/planet.h");
	assert_has(header,
	    "struct planet {\n\tint64_t id;\n\tconst char *name;\n"
	    "\tdouble radius;\n\tstruct db_blob photo;\n};\n");
	assert_has(header,
	    "struct planet_by_name_in {\n\tconst char *name;\n"
	    "\tint64_t least;\n};\n");
	assert_has(header,
	    "/* Planets are looked up by name. */\n"
	    "bool planet_by_name(struct db *db, struct arena *arena,\n"
	    "    const struct planet_by_name_in *in,\n"
	    "    struct planet *row);\n");
}

static void
takes_no_struct_where_there_is_no_bind(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture, "-- name: planet_all many\n"
	    "SELECT id FROM planet;\n");
	assert_has(read_made(fixture, "made/db/query/planet.h"),
	    "struct planet_all_row_rows planet_all(struct db *db, "
	    "struct arena *arena);\n");
}

static void
gives_an_expression_the_type_declared(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture, "-- name: planet_count one\n"
	    "-- out: count integer\n"
	    "SELECT count(*) AS count FROM planet;\n");
	assert_has(read_made(fixture, "made/db/query/planet.h"),
	    "struct planet_count_row {\n\tint64_t count;\n};\n");
}

static void
knows_the_types_of_returned_columns(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture, "-- name: planet_add one\n-- in: name text\n"
	    "INSERT INTO planet (name) VALUES (:name) RETURNING id, name;\n");
	assert_has(read_made(fixture, "made/db/query/planet.h"),
	    "struct planet_add_row {\n\tint64_t id;\n"
	    "\tconst char *name;\n};\n");
}

static void
binds_in_the_order_of_the_statement(void **state)
{
	const struct fixture *fixture = *state;

	compiles(fixture, "-- name: planet_rename exec\n"
	    "-- in: id integer\n-- in: name text\n"
	    "UPDATE planet SET name = :name WHERE id = :id;\n");
	assert_has(read_made(fixture, "made/db/query/planet.c"),
	    "\t{ DB_TEXT, offsetof(struct planet_rename_in, name) },\n"
	    "\t{ DB_INTEGER, offsetof(struct planet_rename_in, id) },\n");
}

static void
shares_a_row_between_nouns(void **state)
{
	const struct fixture *fixture = *state;

	write_file(fixture, "sql/moon.sql", "-- name: moon_planet many\n"
	    "-- row: planet\nSELECT id, name FROM planet;\n");
	compiles(fixture, "-- name: planet_all many\n"
	    "-- row: planet\nSELECT id, name FROM planet;\n");
	assert_has(read_made(fixture, "made/db/query/planet.h"),
	    "struct planet {\n");
	assert_has(read_made(fixture, "made/db/query/moon.h"),
	    "#include \"db/query/planet.h\"\n");
	assert_null(strstr(read_made(fixture, "made/db/query/moon.h"),
	    "struct planet {\n"));
}

static void
makes_an_enum_of_the_words_the_schema_raises(void **state)
{
	const struct fixture *fixture = *state;

	write_file(fixture, "sql/schema/001_sky.sql",
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE TRIGGER one BEFORE INSERT ON star BEGIN\n"
	    "\t-- RAISE(ABORT, 'in_a_comment')\n"
	    "\tSELECT 'RAISE(ABORT, ''in_a_text'')';\n"
	    "\tSELECT raise ( abort , 'sky_full' ) WHERE NEW.id > 9;\n"
	    "\tSELECT RAISE(ABORT, 'cloudy') WHERE NEW.id > 8;\nEND;\n"
	    "CREATE TRIGGER two BEFORE DELETE ON star BEGIN\n"
	    "\tSELECT RAISE(ABORT, 'sky_full'), RAISE(IGNORE);\nEND;\n");
	assert_int_equal(run_tool(fixture), 0);
	assert_has(read_made(fixture, "made/db/refusal.h"),
	    "\tREFUSAL_NOT_NULL,\n\tREFUSAL_CLOUDY,\n"
	    "\tREFUSAL_SKY_FULL\n};\n");
}

static void
leaves_a_file_alone_that_did_not_change(void **state)
{
	const struct fixture *fixture = *state;
	const char *path = in_folder(fixture, "made/db/query/planet.h");
	struct stat before;
	struct stat after;

	compiles(fixture, "-- name: planet_all many\n"
	    "SELECT id FROM planet;\n");
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(run_tool(fixture), 0);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
}

static void
refuses_a_column_that_is_not_there(void **state)
{
	refuses(*state, "-- name: planet_all many\nSELECT id,\n\tnmae\n"
	    "FROM planet;\n",
	    "planet.sql:3: planet_all: no such column: nmae");
}

static void
refuses_a_misspelt_column_in_double_quotes(void **state)
{
	refuses(*state, "-- name: planet_all many\n"
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
	refuses(*state, "-- name: planet_all many\nSELECT id FROM planet;\n"
	    "-- a comment is none\n\nSELECT 1;\n",
	    "planet.sql:5: planet_all: text after the statement");
}

static void
refuses_a_name_used_twice(void **state)
{
	const struct fixture *fixture = *state;

	refuses(fixture, "-- name: planet_all many\nSELECT id FROM planet;\n"
	    "-- name: planet_all many\nSELECT id FROM planet;\n",
	    arena_format(fixture->arena, "planet.sql:3: planet_all: there is "
	    "one in %s/sql/planet.sql:1", fixture->folder));
}

static void
refuses_a_bind_that_is_not_declared(void **state)
{
	refuses(*state, "-- name: planet_by_name many\n"
	    "SELECT id FROM planet WHERE name = :name;\n",
	    "planet.sql:2: planet_by_name: \":name\" is not declared by in:");
}

static void
refuses_a_bind_declared_in_vain(void **state)
{
	refuses(*state, "-- name: planet_all many\n-- in: name text\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"name\" is declared but not used");
}

static void
refuses_a_bind_without_a_name(void **state)
{
	refuses(*state, "-- name: planet_by_name many\n"
	    "SELECT id FROM planet WHERE name = ?;\n",
	    "planet.sql:2: planet_by_name: binds are written :name");
}

static void
refuses_a_type_it_does_not_know(void **state)
{
	refuses(*state, "-- name: planet_by_name many\n-- in: name string\n"
	    "SELECT id FROM planet WHERE name = :name;\n",
	    "planet.sql:2: \"name\": its type is one of integer, real, text, "
	    "blob");
}

static void
refuses_an_expression_without_a_type(void **state)
{
	refuses(*state, "-- name: planet_count one\n"
	    "SELECT count(*) AS count FROM planet;\n",
	    "planet.sql:2: planet_count: \"count\" is an expression: its type "
	    "is declared by out:");
}

static void
refuses_an_expression_without_a_name(void **state)
{
	refuses(*state, "-- name: planet_count one\n"
	    "SELECT count(*) FROM planet;\n",
	    "planet.sql:2: planet_count: column 1, \"count(*)\", needs a name "
	    "of its own: … AS name");
}

static void
refuses_a_type_other_than_the_tables(void **state)
{
	refuses(*state, "-- name: planet_all many\n-- out: id text\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"id\" has another type in its table");
}

static void
refuses_a_type_for_no_column(void **state)
{
	refuses(*state, "-- name: planet_all many\n-- out: mass real\n"
	    "SELECT id FROM planet;\n",
	    "planet.sql:2: planet_all: \"mass\" is no column of it");
}

static void
refuses_two_columns_of_one_name(void **state)
{
	refuses(*state, "-- name: planet_all many\n"
	    "SELECT planet.id, moon.id FROM planet, moon;\n",
	    "planet.sql:2: planet_all: two columns are called \"id\"");
}

static void
refuses_a_word_of_c_as_a_column(void **state)
{
	refuses(*state, "-- name: planet_all many\n"
	    "SELECT id AS long FROM planet;\n",
	    "planet.sql:2: planet_all: column 1, \"long\", needs a name of "
	    "its own: … AS name");
}

static void
refuses_rows_that_share_a_name_but_not_their_columns(void **state)
{
	refuses(*state, "-- name: planet_all many\n-- row: planet\n"
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
	refuses(*state, "-- name: planet_all many\nSELECT id\n"
	    "-- in: name text\nFROM planet;\n",
	    "planet.sql:3: row:, in: and out: stand between \"-- name:\" and "
	    "the statement");
}

static void
refuses_a_table_that_is_not_strict(void **state)
{
	refuses_schema(*state, "\nCREATE TABLE star (id INTEGER);\n",
	    "schema/001_sky.sql:2: table star is not STRICT");
}

static void
refuses_a_reference_to_no_table(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (sky_id INTEGER REFERENCES sky) STRICT;\n",
	    "schema/001_sky.sql:1: star refers to sky, which is no table");
}

/* SQLite itself would tell only when the trigger first runs. */
static void
refuses_a_trigger_with_a_misspelt_column(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE TRIGGER star_shines AFTER INSERT ON star BEGIN\n"
	    "\tUPDATE star SET ide = 1;\nEND;\n",
	    "schema/001_sky.sql:2: star_shines: no such column: ide");
}

static void
refuses_a_mistake_in_the_schema(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n\n"
	    "CREATE INDEX star_by_name\nON star (name);\n",
	    "schema/001_sky.sql:4: no such column: name");
}

static void
refuses_a_view_with_a_misspelt_column(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE VIEW star_all AS SELECT ide FROM star;\n",
	    "schema/001_sky.sql:2: star_all: no such column: ide");
}

static void
refuses_a_raise_that_ends_the_transaction(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE TRIGGER star_shines AFTER INSERT ON star BEGIN\n"
	    "\tSELECT RAISE(ROLLBACK, 'dark');\nEND;\n",
	    "schema/001_sky.sql:2: trigger star_shines: only RAISE(ABORT, …) "
	    "leaves the transaction whole");
}

static void
refuses_a_raise_whose_words_are_no_code_word(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE TRIGGER star_shines AFTER INSERT ON star BEGIN\n"
	    "\tSELECT RAISE(ABORT, 'It is dark');\nEND;\n",
	    "schema/001_sky.sql:2: trigger star_shines: 'It is dark' is no "
	    "code word (small letters, digits, _)");
}

static void
refuses_a_gap_in_the_numbers_of_migrations(void **state)
{
	const struct fixture *fixture = *state;

	copy_schema(fixture);
	write_file(fixture, "sql/schema/004_late.sql", "");
	complains(fixture, "schema/004_late.sql:1: migration 3 has a name "
	    "like 003_what_it_makes.sql");
}

static void
refuses_a_migration_that_ends_its_transaction(void **state)
{
	refuses_schema(*state,
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\nCOMMIT;\n",
	    "schema/001_sky.sql:2: ends the transaction the migration runs "
	    "in");
}

static void
refuses_a_pragma_in_a_migration(void **state)
{
	refuses_schema(*state, "PRAGMA foreign_keys = OFF;\n",
	    "schema/001_sky.sql:1: a migration runs in a transaction, where "
	    "a PRAGMA does nothing");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, fixture_end)

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
		TEST(makes_an_enum_of_the_words_the_schema_raises),
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
		TEST(refuses_a_table_that_is_not_strict),
		TEST(refuses_a_reference_to_no_table),
		TEST(refuses_a_trigger_with_a_misspelt_column),
		TEST(refuses_a_mistake_in_the_schema),
		TEST(refuses_a_view_with_a_misspelt_column),
		TEST(refuses_a_raise_that_ends_the_transaction),
		TEST(refuses_a_raise_whose_words_are_no_code_word),
		TEST(refuses_a_gap_in_the_numbers_of_migrations),
		TEST(refuses_a_migration_that_ends_its_transaction),
		TEST(refuses_a_pragma_in_a_migration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
