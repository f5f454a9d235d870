/*
 * The SQL compiler's own parts. It is a host program that runs while the
 * project is built, before any library of ours exists; it links SQLite only.
 *
 *     tool.c      memory, text, files, the list of errors
 *     source.c    lib/db/sql/<noun>.sql  -> struct query, unchecked
 *     schema.c    lib/db/sql/schema/NNN_*.sql -> a database in memory
 *     triggers.c  its triggers compiled, their RAISE words collected
 *     compile.c   each query prepared against that database: types, binds
 *     emit.c      header and source of each noun
 *     catalogue.c what is made once for all
 *     page.c      a file of C being written
 *     queries.c   main
 *
 * Nothing is freed: everything lives until the program ends, a moment later.
 */
#ifndef DB_BUILD_TOOL_H
#define DB_BUILD_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sqlite3;

enum type { TYPE_NONE, TYPE_INTEGER, TYPE_REAL, TYPE_TEXT, TYPE_BLOB };

enum kind { KIND_NONE, KIND_ONE, KIND_MANY, KIND_EXEC };

/* A bind or a result column: "slug text". */
struct item {
	const char *name;
	enum type type;
	int line;
};

struct items {
	struct item *list;
	size_t count;
};

struct query {
	const char *name;
	enum kind kind;
	const char *row; /* name of its row struct, NULL for exec */
	int line; /* of "-- name:" */
	const char *comment; /* what stands above "-- name:", or NULL */
	const char *body; /* from the header's end to the next query */
	int body_line;
	const char *sql; /* the statement alone, set by compile.c */
	size_t index; /* place in db_queries[] */
	struct items in;
	struct items out;
	struct items binds; /* in the order SQLite numbers them */
	struct items columns;
	const struct noun *noun;
};

/* One lib/db/sql/<noun>.sql. */
struct noun {
	const char *name;
	const char *file;
	struct query *queries;
	size_t count;
};

/* A row struct: its columns are those of every query that names it. */
struct row {
	const char *name;
	const struct query *first;
	const struct noun *owner;
};

struct migration {
	int number;
	const char *file;
	const char *name; /* file without its folder */
	const char *text;
};

struct build {
	struct sqlite3 *db;
	struct migration *migrations;
	size_t migration_count;
	const char **words; /* of RAISE(ABORT, 'word'), sorted */
	size_t word_count;
	struct noun *nouns;
	size_t noun_count;
	struct row *rows;
	size_t row_count;
};

/* tool.c */
void *keep(size_t size); /* zeroed; exits when exhausted */
void *keep_more(void *list, size_t count, size_t size);
const char *keep_text(const char *text, size_t length);
const char *keep_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *base_name(const char *file);
const char *file_read(const char *file); /* NULL: error was listed */
bool file_write(const char *file, const char *text, size_t length);
bool directory_make(const char *directory);
void
error_at(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t error_count(void);
bool is_name(const char *text); /* [a-z][a-z0-9_]*, no keyword */
int line_at(const char *text, int first, size_t offset);
const char *skip_blank(const char *sql); /* spaces and SQL comments */

/* source.c: false when the file could not be understood (errors listed) */
bool source_read(struct noun *noun);

/* schema.c */
bool schema_apply(struct build *build, const char *directory);
/* An error at the place where the thing of this name was last made. */
void error_about(const struct build *build, const char *name, const char *message);

/* triggers.c */
void triggers_check(struct build *build);

/* compile.c */
void compile(struct build *build);

/* page.c */
/* A file being written: collected in memory, so that it appears whole. */
struct page {
	const char *path;
	char *text;
	size_t length;
	FILE *out;
};

FILE *page_begin(struct page *page, const char *path, const char *from);
bool page_end(struct page *page);
const char *upper(const char *text);
/* A C string, one line of C for each of the text. */
void emit_string(FILE *out, const char *text, const char *indent);

/* catalogue.c */
bool emit_refusals(const struct build *build, const char *directory);
bool emit_schema(const struct build *build, const char *directory);
bool emit_catalogue(const struct build *build, const char *directory);

/* emit.c */
bool emit(const struct build *build, const char *directory);

#endif
