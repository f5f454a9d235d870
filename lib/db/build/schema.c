#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tool.h"

static int
is_migration(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t length = strlen(name);

	return name[0] != '.' && length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

/* The schema's files in the order of their numbers: 001, 002, … no gap. */
static bool
migrations_find(struct build *build, const char *directory)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_migration, alphasort);

	if (count < 0) {
		error_at(directory, 1, "%s", strerror(errno));
		return false;
	}
	build->migrations = keep(((size_t)count + 1) * sizeof(struct migration));
	for (int i = 0; i < count; i++) {
		struct migration *migration = &build->migrations[i];

		migration->number = i + 1;
		migration->name = keep_format("%s", entries[i]->d_name);
		migration->file = keep_format("%s/%s", directory, migration->name);
		migration->text = file_read(migration->file);
		if (strncmp(keep_format("%03d_", i + 1), migration->name, 4) != 0) {
			error_at(migration->file, 1,
			    "migration %d has a name "
			    "like %03d_what_it_makes.sql",
			    i + 1, i + 1);
		}
		free(entries[i]);
	}
	free(entries);
	build->migration_count = (size_t)count;
	return error_count() == 0;
}

static void
error_in(const struct build *build, const struct migration *migration, const char *statement)
{
	const char *start = skip_blank(statement);
	int offset = sqlite3_error_offset(build->db);
	size_t at = (size_t)(start - migration->text);

	if (offset >= 0) {
		at = (size_t)(statement - migration->text) + (size_t)offset;
	}
	error_at(migration->file, line_at(migration->text, 1, at), "%s", sqlite3_errmsg(build->db));
}

/* One statement of a migration; NULL after an error, else what follows. */
static const char *
statement_apply(struct build *build, const struct migration *migration, const char *statement)
{
	const char *start = skip_blank(statement);
	const char *rest = NULL;
	sqlite3_stmt *prepared = NULL;
	int result;

	if (strncasecmp(start, "PRAGMA", 6) == 0) {
		error_at(migration->file,
		    line_at(migration->text, 1, (size_t)(start - migration->text)),
		    "a migration runs in a transaction, where a PRAGMA does "
		    "nothing");
		return NULL;
	}
	if (sqlite3_prepare_v2(build->db, statement, -1, &prepared, &rest) != SQLITE_OK) {
		error_in(build, migration, statement);
		return NULL;
	}
	do {
		result = sqlite3_step(prepared);
	} while (result == SQLITE_ROW);
	sqlite3_finalize(prepared);
	if (result != SQLITE_DONE) {
		error_in(build, migration, statement);
		return NULL;
	}
	if (sqlite3_get_autocommit(build->db)) {
		error_at(migration->file,
		    line_at(migration->text, 1, (size_t)(start - migration->text)),
		    "ends the transaction the migration runs in");
		return NULL;
	}
	return rest;
}

static bool
migration_apply(struct build *build, const struct migration *migration)
{
	const char *at = migration->text;

	if (sqlite3_exec(build->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) {
		error_in(build, migration, at);
		return false;
	}
	while (*skip_blank(at) != '\0') {
		at = statement_apply(build, migration, at);
		if (at == NULL) {
			return false;
		}
	}
	if (sqlite3_exec(build->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		error_in(build, migration, migration->text);
		return false;
	}
	return true;
}

/* The error is about a thing of this name: tell where it was last made. */
void
error_about(const struct build *build, const char *name, const char *message)
{
	for (size_t i = build->migration_count; i-- > 0;) {
		const struct migration *migration = &build->migrations[i];
		const char *at = strstr(migration->text, name);

		if (at != NULL) {
			error_at(migration->file,
			    line_at(migration->text, 1, (size_t)(at - migration->text)), "%s",
			    message);
			return;
		}
	}
	error_at("schema", 1, "%s", message);
}

/* Each row of the query is an error: the name it is about, and its words. */
static void
errors_of(const struct build *build, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(build->db, sql, -1, &statement, NULL) != SQLITE_OK) {
		error_at("schema", 1, "%s", sqlite3_errmsg(build->db));
		return;
	}
	while (sqlite3_step(statement) == SQLITE_ROW) {
		error_about(build, (const char *)sqlite3_column_text(statement, 0),
		    (const char *)sqlite3_column_text(statement, 1));
	}
	sqlite3_finalize(statement);
}

static void
tables_check(const struct build *build)
{
	errors_of(build,
	    "SELECT name, 'table ' || name || ' is not STRICT'"
	    " FROM pragma_table_list WHERE type = 'table' AND strict = 0"
	    " AND schema = 'main' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
	errors_of(build,
	    "SELECT child.name, child.name || ' refers to ' ||"
	    " reference.\"table\" || ', which is no table'"
	    " FROM sqlite_schema AS child,"
	    " pragma_foreign_key_list(child.name) AS reference"
	    " WHERE child.type = 'table' AND NOT EXISTS (SELECT 1"
	    " FROM sqlite_schema AS parent WHERE parent.type = 'table'"
	    " AND parent.name = reference.\"table\" COLLATE NOCASE)");
	if (sqlite3_exec(build->db, "PRAGMA foreign_key_check", NULL, NULL, NULL) != SQLITE_OK) {
		const char *message = sqlite3_errmsg(build->db);
		const char *name = strchr(message, '"');

		name = name == NULL ? message : name + 1;
		error_about(build, keep_text(name, strcspn(name, "\"")), message);
	}
}

bool
schema_apply(struct build *build, const char *directory)
{
	if (!migrations_find(build, directory)) {
		return false;
	}
	for (size_t i = 0; i < build->migration_count; i++) {
		if (!migration_apply(build, &build->migrations[i])) {
			return false;
		}
	}
	tables_check(build);
	triggers_check(build);
	return error_count() == 0;
}
