/*
 * What the tests of lib/db share: a folder of their own, and a small sky of
 * planets and moons (tests/data/db/planets) with queries written by hand, so
 * that the runtime is tested apart from the programme's real schema.
 */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/catalogue.h"
#include "ground/arena.h"

struct planet {
	int64_t id;
	const char *name;
	double radius;
	int64_t moons;
	struct db_blob photo;
};

struct number {
	int64_t value;
};

struct fixture {
	struct arena *arena;
	struct db *db;
	const char *folder;
	const char *path; /* of the database, in the folder */
};

/* The queries of the small sky; see fixture.c for what each takes. */
enum query {
	PLANET_INSERT, /* struct planet, its id ignored */
	PLANET_INSERT_RETURNING,
	PLANET_BY_NAME,
	PLANET_ALL,
	PLANET_COUNT,
	PLANET_DELETE_ALL,
	PLANET_WITH_ID, /* inserts with the id given */
	PLANET_OF_WRONG_TYPE,
	MOON_INSERT, /* struct planet: name; id is the planet's */
	MOON_INSERT_RETURNING,
	MOON_RENAME_ALL,
	MOON_COUNT,
	NO_SUCH_TABLE,
	SETTING_SYNCHRONOUS,
	SETTING_FOREIGN_KEYS,
	SETTING_TRUSTED_SCHEMA,
	SETTING_SECURE_DELETE,
	SETTING_MMAP_SIZE,
	SETTING_QUERY_ONLY,
	SETTING_IS_WAL,
	LIMIT_PAGES,
	QUERY_COUNT
};

extern const struct db_query queries[QUERY_COUNT];
extern const struct db_catalogue sky; /* both migrations */
extern const struct db_catalogue newer_sky; /* one more than the sky */
extern const struct db_catalogue older_sky; /* the first only */

/* For cmocka: a folder and a migrated database in it; and their end. */
int fixture_begin(void **state);
int fixture_end(void **state);

/* Another handle on the same file. */
struct db *fixture_open(const struct fixture *fixture);

/* The whole file's text in the arena; NULL when there is none. */
const char *fixture_read(const struct fixture *fixture, const char *path);
void fixture_write(const char *path, const char *text, size_t length);
bool fixture_exists(const char *path);

/* Inserts a planet of that name: what db_exec says. */
int64_t planet_insert(struct db *db, const char *name);

/* The same in a transaction of its own, which must succeed. */
void planet_keep(struct db *db, const char *name);

/* What a query of one number says; asserts that it says one. */
int64_t number(struct db *db, struct arena *arena, enum query query);

#endif
