/* lib/db/build/queries: what it makes of lib/db/sql/schema, and refuses. */
#include "build_fixture.h"

static void
refuses_schema(const struct fixture *fixture, const char *schema, const char *line)
{
	build_write(fixture, "sql/schema/001_sky.sql", schema);
	build_complains(fixture, line);
}

static void
makes_an_enum_of_the_words_the_schema_raises(void **state)
{
	const struct fixture *fixture = *state;

	build_write(fixture, "sql/schema/001_sky.sql",
	    "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\n"
	    "CREATE TRIGGER one BEFORE INSERT ON star BEGIN\n"
	    "\t-- RAISE(ABORT, 'in_a_comment')\n"
	    "\tSELECT 'RAISE(ABORT, ''in_a_text'')';\n"
	    "\tSELECT raise ( abort , 'sky_full' ) WHERE NEW.id > 9;\n"
	    "\tSELECT RAISE(ABORT, 'cloudy') WHERE NEW.id > 8;\nEND;\n"
	    "CREATE TRIGGER two BEFORE DELETE ON star BEGIN\n"
	    "\tSELECT RAISE(ABORT, 'sky_full'), RAISE(IGNORE);\nEND;\n");
	build_compiles(fixture);
	build_assert_has(build_read(fixture, "made/db/refusal.h"),
	    "\tREFUSAL_NOT_NULL,\n\tREFUSAL_CLOUDY,\n"
	    "\tREFUSAL_SKY_FULL\n};\n");
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
	refuses_schema(*state, "CREATE TABLE star (sky_id INTEGER REFERENCES sky) STRICT;\n",
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

	build_sky(fixture);
	build_write(fixture, "sql/schema/004_late.sql", "");
	build_complains(fixture,
	    "schema/004_late.sql:1: migration 3 has a name "
	    "like 003_what_it_makes.sql");
}

static void
refuses_a_migration_that_ends_its_transaction(void **state)
{
	refuses_schema(*state, "CREATE TABLE star (id INTEGER PRIMARY KEY) STRICT;\nCOMMIT;\n",
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

#define TEST(test) cmocka_unit_test_setup_teardown(test, build_begin, fixture_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(makes_an_enum_of_the_words_the_schema_raises),
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
