#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct db_field planet_columns[] = {
	{ DB_INTEGER, offsetof(struct planet, id) },
	{ DB_TEXT, offsetof(struct planet, name) },
	{ DB_REAL, offsetof(struct planet, radius) },
	{ DB_INTEGER, offsetof(struct planet, moons) },
	{ DB_BLOB, offsetof(struct planet, photo) },
};

static const struct db_field id_and_name[] = {
	{ DB_INTEGER, offsetof(struct planet, id) },
	{ DB_TEXT, offsetof(struct planet, name) },
};

static const struct db_field number_columns[] = {
	{ DB_INTEGER, offsetof(struct number, value) },
};

#define PLANET_ROW .columns = planet_columns, .column_count = 5, .row_size = sizeof(struct planet)
#define NUMBER_ROW .columns = number_columns, .column_count = 1, .row_size = sizeof(struct number)

const struct db_query queries[QUERY_COUNT] = {
	[PLANET_INSERT] = { .name = "planet_insert",
	    .index = PLANET_INSERT,
	    .binds = &planet_columns[1],
	    .bind_count = 4,
	    .sql = "INSERT INTO planet (name, radius, moons, photo)"
		   " VALUES (:name, :radius, :moons, :photo)" },
	[PLANET_INSERT_RETURNING] = { .name = "planet_insert_returning",
	    .index = PLANET_INSERT_RETURNING,
	    PLANET_ROW,
	    .binds = id_and_name,
	    .bind_count = 2,
	    .sql = "INSERT INTO planet (id, name)"
		   " SELECT :id + value, :name || value"
		   " FROM (SELECT 0 AS value UNION SELECT 1)"
		   " RETURNING id, name, radius, moons, photo" },
	[PLANET_BY_NAME] = { .name = "planet_by_name",
	    .index = PLANET_BY_NAME,
	    PLANET_ROW,
	    .binds = &id_and_name[1],
	    .bind_count = 1,
	    .sql = "SELECT id, name, radius, moons, photo FROM planet"
		   " WHERE name = :name" },
	[PLANET_ALL] = { .name = "planet_all",
	    .index = PLANET_ALL,
	    PLANET_ROW,
	    .sql = "SELECT id, name, radius, moons, photo FROM planet"
		   " ORDER BY id" },
	[PLANET_COUNT] = { .name = "planet_count",
	    .index = PLANET_COUNT,
	    NUMBER_ROW,
	    .sql = "SELECT count(*) FROM planet" },
	[PLANET_DELETE_ALL] = { .name = "planet_delete_all",
	    .index = PLANET_DELETE_ALL,
	    .sql = "DELETE FROM planet" },
	[PLANET_WITH_ID] = { .name = "planet_with_id",
	    .index = PLANET_WITH_ID,
	    .binds = id_and_name,
	    .bind_count = 2,
	    .sql = "INSERT INTO planet (id, name) VALUES (:id, :name)" },
	[PLANET_OF_WRONG_TYPE] = { .name = "planet_of_wrong_type",
	    .index = PLANET_OF_WRONG_TYPE,
	    .sql = "INSERT INTO planet (name, moons) VALUES ('X', 'many')" },
	[MOON_INSERT] = { .name = "moon_insert",
	    .index = MOON_INSERT,
	    .binds = id_and_name,
	    .bind_count = 2,
	    .sql = "INSERT INTO moon (planet_id, name) VALUES (:id, :name)" },
	[MOON_INSERT_RETURNING] = { .name = "moon_insert_returning",
	    .index = MOON_INSERT_RETURNING,
	    NUMBER_ROW,
	    .binds = id_and_name,
	    .bind_count = 2,
	    .sql = "INSERT INTO moon (planet_id, name) VALUES (:id, :name)"
		   " RETURNING id" },
	[MOON_RENAME_ALL] = { .name = "moon_rename_all",
	    .index = MOON_RENAME_ALL,
	    .sql = "UPDATE moon SET name = 'Luna'" },
	[MOON_COUNT] = { .name = "moon_count",
	    .index = MOON_COUNT,
	    NUMBER_ROW,
	    .sql = "SELECT count(*) FROM moon" },
	[NO_SUCH_TABLE] = { .name = "no_such_table",
	    .index = NO_SUCH_TABLE,
	    NUMBER_ROW,
	    .sql = "SELECT count(*) FROM comet" },
	[SETTING_SYNCHRONOUS] = { .name = "synchronous",
	    .index = SETTING_SYNCHRONOUS,
	    NUMBER_ROW,
	    .sql = "PRAGMA synchronous" },
	[SETTING_FOREIGN_KEYS] = { .name = "foreign_keys",
	    .index = SETTING_FOREIGN_KEYS,
	    NUMBER_ROW,
	    .sql = "PRAGMA foreign_keys" },
	[SETTING_TRUSTED_SCHEMA] = { .name = "trusted_schema",
	    .index = SETTING_TRUSTED_SCHEMA,
	    NUMBER_ROW,
	    .sql = "PRAGMA trusted_schema" },
	[SETTING_SECURE_DELETE] = { .name = "secure_delete",
	    .index = SETTING_SECURE_DELETE,
	    NUMBER_ROW,
	    .sql = "PRAGMA secure_delete" },
	[SETTING_MMAP_SIZE] = { .name = "mmap_size",
	    .index = SETTING_MMAP_SIZE,
	    NUMBER_ROW,
	    .sql = "PRAGMA mmap_size" },
	[SETTING_QUERY_ONLY] = { .name = "query_only",
	    .index = SETTING_QUERY_ONLY,
	    NUMBER_ROW,
	    .sql = "SELECT query_only FROM pragma_query_only" },
	[SETTING_IS_WAL] = { .name = "is_wal",
	    .index = SETTING_IS_WAL,
	    NUMBER_ROW,
	    .sql = "SELECT journal_mode = 'wal'"
		   " FROM pragma_journal_mode" },
	[LIMIT_PAGES] = { .name = "limit_pages",
	    .index = LIMIT_PAGES,
	    NUMBER_ROW,
	    .sql = "PRAGMA max_page_count = 12" },
};

static const struct db_refusal_word words[] = {
	{ "group_full", REFUSAL_GROUP_FULL },
};

/* Their text is read from tests/data when the first test begins. */
static struct db_migration migrations[] = {
	{ "001_planets.sql", NULL },
	{ "002_moons.sql", NULL },
	{ "003_comets.sql",
	    "CREATE TABLE comet (id INTEGER PRIMARY KEY)"
	    " STRICT;" },
};

const struct db_catalogue sky = { migrations, 2, QUERY_COUNT, words, 1 };
const struct db_catalogue newer_sky = { migrations, 3, QUERY_COUNT, words, 1 };
const struct db_catalogue older_sky = { migrations, 1, QUERY_COUNT, words, 1 };

const char *
fixture_read(const struct fixture *fixture, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	long length;

	if (file == NULL) {
		return NULL;
	}
	if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0) {
		rewind(file);
		text = arena_alloc(fixture->arena, (size_t)length + 1);
		assert_int_equal(fread(text, 1, (size_t)length, file), length);
	}
	fclose(file);
	return text;
}

void
fixture_write(const char *path, const char *text, size_t length)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

bool
fixture_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

struct db *
fixture_open(const struct fixture *fixture)
{
	const char *problem = NULL;
	struct db *db = db_open_catalogue(fixture->path, DB_READ_WRITE, &sky, &problem);

	if (db == NULL) {
		fail_msg("%s", problem);
	}
	return db;
}

int
fixture_begin(void **state)
{
	static char names[2][64];
	struct arena *arena = arena_new();
	struct fixture *fixture = arena_alloc(arena, sizeof(*fixture));
	const char *problem = NULL;
	char *folder;

	fixture->arena = arena;
	for (size_t i = 0; i < 2; i++) {
		snprintf(names[i], sizeof(names[i]), "tests/data/db/planets/schema/%s",
		    migrations[i].name);
		migrations[i].sql = fixture_read(fixture, names[i]);
		assert_non_null(migrations[i].sql);
	}
	folder = arena_copy_bytes(arena, "/tmp/groundcrew-db-XXXXXX", 25);
	fixture->folder = mkdtemp(folder);
	assert_non_null(fixture->folder);
	fixture->path = arena_format(arena, "%s/sky.db", folder);
	fixture->db = db_open_catalogue(fixture->path, DB_CREATE, &sky, &problem);
	if (fixture->db == NULL || !db_migrate(fixture->db, &problem)) {
		fail_msg("%s", problem);
	}
	*state = fixture;
	return 0;
}

static void
folder_remove(struct arena *arena, const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;

	if (directory == NULL) {
		return;
	}
	while ((entry = readdir(directory)) != NULL) {
		const char *path = arena_format(arena, "%s/%s", folder, entry->d_name);

		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    unlink(path) != 0 && (errno == EISDIR || errno == EPERM)) {
			folder_remove(arena, path);
		}
	}
	closedir(directory);
	rmdir(folder);
}

int
fixture_end(void **state)
{
	struct fixture *fixture = *state;

	db_close(fixture->db);
	folder_remove(fixture->arena, fixture->folder);
	arena_free(fixture->arena);
	return 0;
}

int64_t
planet_insert(struct db *db, const char *name)
{
	return db_exec(db, &queries[PLANET_INSERT],
	    &(struct planet){ .name = name, .radius = (double)NAN, .moons = DB_NULL });
}

void
planet_keep(struct db *db, const char *name)
{
	assert_true(db_begin_write(db));
	assert_int_equal(planet_insert(db, name), 1);
	assert_true(db_commit(db));
}

int64_t
number(struct db *db, struct arena *arena, enum query query)
{
	struct number row;

	if (!db_one(db, arena, &queries[query], NULL, &row)) {
		fail_msg("%s: %s", queries[query].name, db_fault_text(db));
	}
	return row.value;
}
