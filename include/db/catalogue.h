#ifndef DB_CATALOGUE_H
#define DB_CATALOGUE_H

/*
 * What the build knows of the database: every query, every migration, every
 * code word. Only generated code, lib/db and its tests use this; everybody
 * else calls the typed functions of "db/query/<noun>.h".
 */

#include "db/db.h"

enum db_type {
	DB_INTEGER = 1, /* int64_t, NULL is DB_NULL */
	DB_REAL, /* double, NULL is a NaN */
	DB_TEXT, /* const char *, NULL is NULL */
	DB_BLOB /* struct db_blob, NULL has no data */
};

/* Where in a struct a bind is found or a column put. */
struct db_field {
	enum db_type type;
	size_t offset;
};

struct db_query {
	const char *name;
	const char *sql;
	size_t index; /* its place among the queries */
	const struct db_field *binds; /* in SQLite's order */
	size_t bind_count;
	const struct db_field *columns;
	size_t column_count;
	size_t row_size;
};

struct db_migration {
	const char *name; /* its file, "001_people.sql" */
	const char *sql;
};

struct db_refusal_word {
	const char *word;
	enum refusal refusal;
};

/* Migration i brings the file to user_version i + 1. */
struct db_catalogue {
	const struct db_migration *migrations;
	size_t migration_count;
	size_t query_count;
	const struct db_refusal_word *words;
	size_t word_count;
};

/* Made by the build. The two lists also end with a NULL. */
extern const struct db_catalogue db_catalogue;
extern const struct db_query *const db_queries[];
extern const size_t db_query_count;
extern const struct db_migration db_migrations[];
extern const size_t db_migration_count;

/* As db_open(), for a database with another catalogue (which must outlive
 * the handle). */
struct db *db_open_catalogue(const char *path, enum db_mode mode,
    const struct db_catalogue *catalogue, const char **problem);

/*
 * Run a query. `in` is the struct its binds are found in, NULL when it has
 * none. Outside a transaction: DB_FAULT_OTHER. After a fault: nothing.
 * Texts and blobs of a row are copied to the arena and the statement is reset
 * before these return, so that no statement stays open across anything.
 */

/* True with the first row in `row`; false with `row` zeroed. */
bool
db_one(struct db *db, struct arena *arena, const struct db_query *query, const void *in, void *row);

/* All rows, one after the other; on a fault or refusal none. */
const void *db_many(struct db *db, struct arena *arena, const struct db_query *query,
    const void *in, size_t *count);

/* The number of rows changed (not by triggers); -1 refused or fault. */
int64_t db_exec(struct db *db, const struct db_query *query, const void *in);

#endif
