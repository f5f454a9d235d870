#include <math.h>
#include <string.h>

#include "ground/arena.h"
#include "handle.h"

/* The fields of a struct are reached through memcpy: it has any type. */
static int
bind(sqlite3_stmt *statement, int place, const struct db_field *field, const char *in)
{
	struct db_blob blob;
	const char *text;
	int64_t integer;
	double real;

	switch (field->type) {
	case DB_INTEGER:
		memcpy(&integer, in + field->offset, sizeof(integer));
		return integer == DB_NULL ? sqlite3_bind_null(statement, place)
					  : sqlite3_bind_int64(statement, place, integer);
	case DB_REAL:
		/* SQLite stores a NaN as NULL. */
		memcpy(&real, in + field->offset, sizeof(real));
		return sqlite3_bind_double(statement, place, real);
	case DB_TEXT:
		memcpy(&text, in + field->offset, sizeof(text));
		return sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
	case DB_BLOB:
		memcpy(&blob, in + field->offset, sizeof(blob));
		return sqlite3_bind_blob64(statement, place, blob.data, blob.length, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static void
column_blob(sqlite3_stmt *statement, int place, struct arena *arena, struct db_blob *blob)
{
	const void *data = sqlite3_column_blob(statement, place);
	size_t length = (size_t)sqlite3_column_bytes(statement, place);

	blob->data = NULL;
	blob->length = length;
	if (sqlite3_column_type(statement, place) != SQLITE_NULL) {
		blob->data = (const unsigned char *)arena_copy_bytes(arena, data, length);
	}
}

static void
column(sqlite3_stmt *statement, int place, const struct db_field *field, struct arena *arena,
    char *row)
{
	bool is_null = sqlite3_column_type(statement, place) == SQLITE_NULL;
	struct db_blob blob;
	const char *text;
	int64_t integer;
	double real;

	switch (field->type) {
	case DB_INTEGER:
		integer = is_null ? DB_NULL : sqlite3_column_int64(statement, place);
		memcpy(row + field->offset, &integer, sizeof(integer));
		break;
	case DB_REAL:
		real = is_null ? (double)NAN : sqlite3_column_double(statement, place);
		memcpy(row + field->offset, &real, sizeof(real));
		break;
	case DB_TEXT:
		text = arena_copy(arena, (const char *)sqlite3_column_text(statement, place));
		memcpy(row + field->offset, &text, sizeof(text));
		break;
	case DB_BLOB:
		column_blob(statement, place, arena, &blob);
		memcpy(row + field->offset, &blob, sizeof(blob));
		break;
	}
}

static void
row_read(sqlite3_stmt *statement, const struct db_query *query, struct arena *arena, void *row)
{
	for (size_t i = 0; i < query->column_count; i++) {
		column(statement, (int)i, &query->columns[i], arena, row);
	}
}

/* The statement with its values bound; NULL after a fault, old or new. */
static sqlite3_stmt *
query_begin(struct db *db, const struct db_query *query, const void *in)
{
	sqlite3_stmt **statement = &db->queries[query->index];

	db->refusal = REFUSAL_NONE;
	if (db->transaction == TRANSACTION_NONE) {
		fault_set(db, DB_FAULT_OTHER, query->name, "a query outside a transaction");
	}
	if (db->fault != DB_FAULT_NONE) {
		return NULL;
	}
	if (*statement == NULL &&
	    sqlite3_prepare_v3(db->sqlite, query->sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
		NULL) != SQLITE_OK) {
		fault_of_sqlite(db, query->name);
		return NULL;
	}
	if (db->transaction == TRANSACTION_READ && !sqlite3_stmt_readonly(*statement)) {
		fault_set(
		    db, DB_FAULT_OTHER, query->name, "it writes, in a transaction begun to read");
		return NULL;
	}
	for (size_t i = 0; i < query->bind_count; i++) {
		if (bind(*statement, (int)i + 1, &query->binds[i], in) != SQLITE_OK) {
			fault_of_sqlite(db, query->name);
			sqlite3_clear_bindings(*statement);
			return NULL;
		}
	}
	return *statement;
}

static enum refusal
refusal_of_word(const struct db *db, const char *word)
{
	const struct db_catalogue *catalogue = db->catalogue;

	/* What a RESTRICT raises in the trigger it is made of. */
	if (strcmp(word, "FOREIGN KEY constraint failed") == 0) {
		return REFUSAL_FOREIGN_KEY;
	}
	for (size_t i = 0; i < catalogue->word_count; i++) {
		if (strcmp(catalogue->words[i].word, word) == 0) {
			return catalogue->words[i].refusal;
		}
	}
	return REFUSAL_NONE;
}

static enum refusal
refusal_read(const struct db *db)
{
	switch (sqlite3_extended_errcode(db->sqlite)) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return REFUSAL_UNIQUE;
	case SQLITE_CONSTRAINT_CHECK:
		return REFUSAL_CHECK;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return REFUSAL_FOREIGN_KEY;
	case SQLITE_CONSTRAINT_NOTNULL:
		return REFUSAL_NOT_NULL;
	case SQLITE_CONSTRAINT_TRIGGER:
		return refusal_of_word(db, sqlite3_errmsg(db->sqlite));
	default:
		return REFUSAL_NONE;
	}
}

/* What the last step said: true to go on, else it was refused or at fault. */
static bool
step_judge(struct db *db, const struct db_query *query, int result)
{
	if (result == SQLITE_ROW || result == SQLITE_DONE) {
		return true;
	}
	db->refusal = refusal_read(db);
	if (db->refusal == REFUSAL_NONE) {
		fault_of_sqlite(db, query->name);
	}
	return false;
}

static void
query_end(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

int64_t
db_exec(struct db *db, const struct db_query *query, const void *in)
{
	sqlite3_stmt *statement = query_begin(db, query, in);
	int64_t changed = -1;

	if (statement == NULL) {
		return -1;
	}
	if (step_judge(db, query, sqlite3_step(statement))) {
		changed = sqlite3_changes64(db->sqlite);
	}
	query_end(statement);
	return changed;
}

bool
db_one(struct db *db, struct arena *arena, const struct db_query *query, const void *in, void *row)
{
	sqlite3_stmt *statement = query_begin(db, query, in);
	bool found;
	int result;

	memset(row, 0, query->row_size);
	if (statement == NULL) {
		return false;
	}
	result = sqlite3_step(statement);
	found = result == SQLITE_ROW;
	if (found) {
		row_read(statement, query, arena, row);
	}
	/* One with RETURNING is done only when all its rows were taken. */
	while (result == SQLITE_ROW && !sqlite3_stmt_readonly(statement)) {
		result = sqlite3_step(statement);
	}
	if (!step_judge(db, query, result)) {
		memset(row, 0, query->row_size);
		found = false;
	}
	query_end(statement);
	return found;
}

const void *
db_many(
    struct db *db, struct arena *arena, const struct db_query *query, const void *in, size_t *count)
{
	sqlite3_stmt *statement = query_begin(db, query, in);
	size_t size = query->row_size;
	size_t room = 0;
	char *rows = NULL;
	int result;

	*count = 0;
	if (statement == NULL) {
		return NULL;
	}
	while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
		if (*count == room) {
			char *more;

			room = room == 0 ? 8 : room * 2;
			more = arena_array(arena, room, size);
			if (*count > 0) {
				memcpy(more, rows, *count * size);
			}
			rows = more;
		}
		row_read(statement, query, arena, rows + *count * size);
		(*count)++;
	}
	if (!step_judge(db, query, result)) {
		*count = 0;
		rows = NULL;
	}
	query_end(statement);
	return rows;
}
