/*
 * queries SQLDIR OUT: compiles SQLDIR/schema/NNN_*.sql and SQLDIR/<noun>.sql
 * to C. The schema is applied to a database in memory and every statement is
 * prepared against it, so that a misspelt column stops the build.
 *
 *     OUT/db/query/<noun>.h .c   a typed function for each query of the noun
 *     OUT/db/refusal.h           enum refusal: the words the schema RAISEs
 *     OUT/db/schema.c            the migrations themselves
 *     OUT/db/catalogue.c         db_queries[], db_catalogue
 *
 * Mistakes are told as "file:line: what", all of them, and nothing is written.
 * Exit status: 0 written, 1 a mistake, 2 wrong arguments.
 */
#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static int
is_source(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t length = strlen(name);

	return name[0] != '.' && length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

static bool
nouns_read(struct build *build, const char *directory)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_source, alphasort);

	if (count < 0) {
		error_at(directory, 1, "%s", strerror(errno));
		return false;
	}
	build->nouns = keep(((size_t)count + 1) * sizeof(struct noun));
	for (int i = 0; i < count; i++) {
		struct noun *noun = &build->nouns[i];
		const char *name = entries[i]->d_name;

		noun->name = keep_text(name, strlen(name) - 4);
		noun->file = keep_format("%s/%s", directory, name);
		if (!is_name(noun->name)) {
			error_at(noun->file, 1,
			    "a file is called after its "
			    "noun: small letters, digits, _");
		}
		source_read(noun);
		free(entries[i]);
	}
	free(entries);
	build->noun_count = (size_t)count;
	return error_count() == 0;
}

/*
 * As strict as lib/db: a misspelt name in "double quotes" is no text, and the
 * schema uses no function that an untrusted one may not.
 */
static bool
database_open(struct build *build)
{
	return sqlite3_open(":memory:", &build->db) == SQLITE_OK &&
	    sqlite3_db_config(build->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK &&
	    sqlite3_db_config(build->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) == SQLITE_OK &&
	    sqlite3_db_config(build->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK;
}

static bool
build_all(struct build *build, const char *directory, const char *out)
{
	if (!schema_apply(build, keep_format("%s/schema", directory)) ||
	    !nouns_read(build, directory)) {
		return false;
	}
	compile(build);
	return error_count() == 0 && emit(build, out);
}

int
main(int argc, char **argv)
{
	struct build build = { 0 };
	bool done;

	if (argc != 3) {
		fputs("usage: queries SQLDIR OUT\n", stderr);
		return 2;
	}
	if (!database_open(&build)) {
		fputs("queries: SQLite does not start\n", stderr);
		return 1;
	}
	done = build_all(&build, argv[1], argv[2]);
	sqlite3_close(build.db);
	return done ? 0 : 1;
}
