#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* A file being written: collected in memory, so that it appears whole. */
struct page {
	const char *path;
	char *text;
	size_t length;
	FILE *out;
};

static FILE *
page_begin(struct page *page, const char *path, const char *from)
{
	page->path = path;
	page->out = open_memstream(&page->text, &page->length);
	if (page->out == NULL) {
		fputs("queries: out of memory\n", stderr);
		exit(1);
	}
	fprintf(page->out, "/* Made by queries from %s: change that. */\n",
	    from);
	return page->out;
}

static bool
page_end(struct page *page)
{
	bool written = fclose(page->out) == 0 &&
	    file_write(page->path, page->text, page->length);

	free(page->text);
	return written;
}

static const char *
upper(const char *text)
{
	char *copy = keep(strlen(text) + 1);

	for (size_t i = 0; text[i] != '\0'; i++) {
		copy[i] = (char)toupper((unsigned char)text[i]);
	}
	return copy;
}

/* A C string, one line of C for each of the text. */
static void
emit_string(FILE *out, const char *text, const char *indent)
{
	fprintf(out, "%s\"", indent);
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '\n') {
			fputs("\\n\"", out);
			if (at[1] == '\0') {
				return;
			}
			fprintf(out, "\n%s\"", indent);
		} else if (*at == '\t') {
			fputs("\\t", out);
		} else if (*at == '"' || *at == '\\' || *at == '?') {
			fprintf(out, "\\%c", *at);
		} else if (*at != '\r') {
			fputc(*at, out);
		}
	}
	fputc('"', out);
}

static const char *
c_type(enum type type)
{
	switch (type) {
	case TYPE_INTEGER:
		return "int64_t ";
	case TYPE_REAL:
		return "double ";
	case TYPE_TEXT:
		return "const char *";
	case TYPE_BLOB:
		return "struct db_blob ";
	case TYPE_NONE:
		break;
	}
	abort();
}

static const char *
db_type(enum type type)
{
	switch (type) {
	case TYPE_INTEGER:
		return "DB_INTEGER";
	case TYPE_REAL:
		return "DB_REAL";
	case TYPE_TEXT:
		return "DB_TEXT";
	case TYPE_BLOB:
		return "DB_BLOB";
	case TYPE_NONE:
		break;
	}
	abort();
}

static void
emit_struct(FILE *out, const char *name, const char *suffix,
    const struct items *items)
{
	fprintf(out, "\nstruct %s%s {\n", name, suffix);
	for (size_t i = 0; i < items->count; i++) {
		fprintf(out, "\t%s%s;\n", c_type(items->list[i].type),
		    items->list[i].name);
	}
	fputs("};\n", out);
}

static void
emit_rows(FILE *out, const struct build *build, const struct noun *noun)
{
	for (size_t i = 0; i < build->row_count; i++) {
		const struct row *row = &build->rows[i];

		if (row->owner != noun) {
			continue;
		}
		emit_struct(out, row->name, "", &row->first->columns);
		fprintf(out, "\nstruct %s_rows {\n\tconst struct %s *rows;\n"
		    "\tsize_t count;\n};\n", row->name, row->name);
	}
}

/*
 * Headers may need each other's rows. Each makes its own structs before it
 * includes another, so whichever comes first finds what it needs.
 */
static void
emit_includes(FILE *out, const struct build *build, const struct noun *noun)
{
	for (size_t i = 0; i < build->noun_count; i++) {
		const struct noun *other = &build->nouns[i];
		bool needed = false;

		for (size_t j = 0; j < build->row_count; j++) {
			const struct row *row = &build->rows[j];

			for (size_t k = 0; k < noun->count; k++) {
				const char *used = noun->queries[k].row;

				needed = needed || (row->owner == other &&
				    used != NULL &&
				    strcmp(row->name, used) == 0);
			}
		}
		if (needed && other != noun) {
			fprintf(out, "\n#include \"db/query/%s.h\"\n",
			    other->name);
		}
	}
}

static void
emit_comment(FILE *out, const char *comment)
{
	fputs("\n/*", out);
	for (const char *line = comment; line != NULL;) {
		size_t length = strcspn(line, "\n");

		fputs(line == comment ? " " : "\n * ", out);
		for (size_t i = 0; i < length; i++) {
			fputc(line[i], out);
			if (line[i] == '*' && line[i + 1] == '/') {
				fputc(' ', out);
			}
		}
		line = line[length] == '\0' ? NULL : line + length + 1;
	}
	fputs(" */", out);
}

/* The head of the function, up to its closing parenthesis. */
static void
emit_head(FILE *out, const struct query *query, const char *gap)
{
	switch (query->kind) {
	case KIND_ONE:
		fprintf(out, "\nbool%s%s(struct db *db, struct arena *arena",
		    gap, query->name);
		break;
	case KIND_MANY:
		fprintf(out, "\nstruct %s_rows%s%s(struct db *db, "
		    "struct arena *arena", query->row, gap, query->name);
		break;
	case KIND_EXEC:
	case KIND_NONE:
		fprintf(out, "\nint64_t%s%s(struct db *db", gap, query->name);
		break;
	}
	if (query->in.count > 0) {
		fprintf(out, ",\n    const struct %s_in *in", query->name);
	}
	if (query->kind == KIND_ONE) {
		fprintf(out, ",\n    struct %s *row", query->row);
	}
	fputs(")", out);
}

static bool
emit_header(const struct build *build, const struct noun *noun,
    const char *directory)
{
	struct page page;
	FILE *out = page_begin(&page,
	    keep_format("%s/db/query/%s.h", directory, noun->name), noun->file);

	fprintf(out, "#ifndef DB_QUERY_%s_H\n#define DB_QUERY_%s_H\n\n"
	    "#include \"db/db.h\"\n", upper(noun->name), upper(noun->name));
	emit_rows(out, build, noun);
	for (size_t i = 0; i < noun->count; i++) {
		if (noun->queries[i].in.count > 0) {
			emit_struct(out, noun->queries[i].name, "_in",
			    &noun->queries[i].in);
		}
	}
	emit_includes(out, build, noun);
	for (size_t i = 0; i < noun->count; i++) {
		if (noun->queries[i].comment != NULL) {
			emit_comment(out, noun->queries[i].comment);
		} else {
			fputs("\n", out);
		}
		emit_head(out, &noun->queries[i], " ");
		fputs(";\n", out);
	}
	fputs("\n#endif\n", out);
	return page_end(&page);
}

static void
emit_fields(FILE *out, const struct query *query, const char *suffix,
    const char *of, const struct items *items)
{
	if (items->count == 0) {
		return;
	}
	fprintf(out, "\nstatic const struct db_field %s_%s[] = {\n",
	    query->name, suffix);
	for (size_t i = 0; i < items->count; i++) {
		fprintf(out, "\t{ %s, offsetof(struct %s, %s) },\n",
		    db_type(items->list[i].type), of, items->list[i].name);
	}
	fputs("};\n", out);
}

static void
emit_table(FILE *out, const struct query *query)
{
	emit_fields(out, query, "binds", keep_format("%s_in", query->name),
	    &query->binds);
	emit_fields(out, query, "columns", query->row, &query->columns);
	fprintf(out, "\nconst struct db_query %s_query = {\n\t.name = \"%s\","
	    "\n\t.index = %zu,\n", query->name, query->name, query->index);
	if (query->binds.count > 0) {
		fprintf(out, "\t.binds = %s_binds,\n\t.bind_count = %zu,\n",
		    query->name, query->binds.count);
	}
	if (query->columns.count > 0) {
		fprintf(out, "\t.columns = %s_columns,\n"
		    "\t.column_count = %zu,\n"
		    "\t.row_size = sizeof(struct %s),\n",
		    query->name, query->columns.count, query->row);
	}
	fputs("\t.sql =\n", out);
	emit_string(out, query->sql, "\t    ");
	fputs("\n};\n", out);
}

static void
emit_function(FILE *out, const struct query *query)
{
	const char *in = query->in.count > 0 ? "in" : "NULL";

	emit_head(out, query, "\n");
	switch (query->kind) {
	case KIND_ONE:
		fprintf(out, "\n{\n\treturn db_one(db, arena, &%s_query, %s, "
		    "row);\n}\n", query->name, in);
		break;
	case KIND_MANY:
		fprintf(out, "\n{\n\tstruct %s_rows list;\n\n"
		    "\tlist.rows = db_many(db, arena, &%s_query, %s, "
		    "&list.count);\n\treturn list;\n}\n",
		    query->row, query->name, in);
		break;
	case KIND_EXEC:
	case KIND_NONE:
		fprintf(out, "\n{\n\treturn db_exec(db, &%s_query, %s);\n}\n",
		    query->name, in);
		break;
	}
}

static bool
emit_source(const struct noun *noun, const char *directory)
{
	struct page page;
	FILE *out = page_begin(&page,
	    keep_format("%s/db/query/%s.c", directory, noun->name), noun->file);

	fprintf(out, "#include <stddef.h>\n\n#include \"db/catalogue.h\"\n"
	    "#include \"db/query/%s.h\"\n\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n",
	    noun->name);
	for (size_t i = 0; i < noun->count; i++) {
		emit_table(out, &noun->queries[i]);
		emit_function(out, &noun->queries[i]);
	}
	return page_end(&page);
}

static bool
emit_refusals(const struct build *build, const char *directory)
{
	struct page page;
	FILE *out = page_begin(&page,
	    keep_format("%s/db/refusal.h", directory), "the schema's RAISEs");

	fputs("#ifndef DB_REFUSAL_H\n#define DB_REFUSAL_H\n\n"
	    "enum refusal {\n\tREFUSAL_NONE,\n\tREFUSAL_UNIQUE,\n"
	    "\tREFUSAL_CHECK,\n\tREFUSAL_FOREIGN_KEY,\n\tREFUSAL_NOT_NULL",
	    out);
	for (size_t i = 0; i < build->word_count; i++) {
		fprintf(out, ",\n\tREFUSAL_%s", upper(build->words[i]));
	}
	fputs("\n};\n\n#endif\n", out);
	return page_end(&page);
}

static void
emit_words(FILE *out, const struct build *build)
{
	fputs("\nstatic const struct db_refusal_word words[] = {\n", out);
	for (size_t i = 0; i < build->word_count; i++) {
		fprintf(out, "\t{ \"%s\", REFUSAL_%s },\n", build->words[i],
		    upper(build->words[i]));
	}
	fputs("\t{ NULL, REFUSAL_NONE }\n};\n", out);
}

static bool
emit_schema(const struct build *build, const char *directory)
{
	struct page page;
	FILE *out = page_begin(&page,
	    keep_format("%s/db/schema.c", directory), "the schema");

	fputs("#include <stddef.h>\n\n#include \"db/catalogue.h\"\n\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
	    "const struct db_migration db_migrations[] = {\n", out);
	for (size_t i = 0; i < build->migration_count; i++) {
		fprintf(out, "\t{ \"%s\",\n", build->migrations[i].name);
		emit_string(out, build->migrations[i].text, "\t    ");
		fputs(" },\n", out);
	}
	fprintf(out, "\t{ NULL, NULL }\n};\n"
	    "const size_t db_migration_count = %zu;\n",
	    build->migration_count);
	return page_end(&page);
}

static size_t
emit_query_list(FILE *out, const struct build *build, const char *format)
{
	size_t count = 0;

	for (size_t i = 0; i < build->noun_count; i++) {
		for (size_t j = 0; j < build->nouns[i].count; j++) {
			const char *name = build->nouns[i].queries[j].name;

			fprintf(out, "%s%s_query%s", format, name,
			    format[0] == '\t' ? ",\n" : ";\n");
			count++;
		}
	}
	return count;
}

static bool
emit_catalogue(const struct build *build, const char *directory)
{
	struct page page;
	size_t count;
	FILE *out = page_begin(&page,
	    keep_format("%s/db/catalogue.c", directory), "lib/db/sql");

	fputs("#include <stddef.h>\n\n#include \"db/catalogue.h\"\n\n", out);
	emit_query_list(out, build, "extern const struct db_query ");
	emit_words(out, build);
	fputs("\nconst struct db_query *const db_queries[] = {\n", out);
	count = emit_query_list(out, build, "\t&");
	fprintf(out, "\tNULL\n};\nconst size_t db_query_count = %zu;\n", count);
	fprintf(out, "\nconst struct db_catalogue db_catalogue = {\n"
	    "\t.migrations = db_migrations,\n\t.migration_count = %zu,\n"
	    "\t.query_count = %zu,\n"
	    "\t.words = words,\n\t.word_count = %zu,\n};\n",
	    build->migration_count, count, build->word_count);
	return page_end(&page);
}

bool
emit(const struct build *build, const char *directory)
{
	if (!directory_make(keep_format("%s/db/query", directory))) {
		return false;
	}
	for (size_t i = 0; i < build->noun_count; i++) {
		if (!emit_header(build, &build->nouns[i], directory) ||
		    !emit_source(&build->nouns[i], directory)) {
			return false;
		}
	}
	return emit_refusals(build, directory) &&
	    emit_schema(build, directory) && emit_catalogue(build, directory);
}
