#include <stdlib.h>
#include <string.h>

#include "tool.h"

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
emit_struct(FILE *out, const char *name, const char *suffix, const struct items *items)
{
	fprintf(out, "\nstruct %s%s {\n", name, suffix);
	for (size_t i = 0; i < items->count; i++) {
		fprintf(out, "\t%s%s;\n", c_type(items->list[i].type), items->list[i].name);
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
		fprintf(out,
		    "\nstruct %s_rows {\n\tconst struct %s *rows;\n"
		    "\tsize_t count;\n};\n",
		    row->name, row->name);
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

				needed = needed ||
				    (row->owner == other && used != NULL &&
					strcmp(row->name, used) == 0);
			}
		}
		if (needed && other != noun) {
			fprintf(out, "\n#include \"db/query/%s.h\"\n", other->name);
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
		fprintf(out, "\nbool%s%s(struct db *db, struct arena *arena", gap, query->name);
		break;
	case KIND_MANY:
		fprintf(out,
		    "\nstruct %s_rows%s%s(struct db *db, "
		    "struct arena *arena",
		    query->row, gap, query->name);
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
emit_header(const struct build *build, const struct noun *noun, const char *directory)
{
	struct page page;
	FILE *out =
	    page_begin(&page, keep_format("%s/db/query/%s.h", directory, noun->name), noun->file);

	fprintf(out,
	    "#ifndef DB_QUERY_%s_H\n#define DB_QUERY_%s_H\n\n"
	    "#include \"db/db.h\"\n",
	    upper(noun->name), upper(noun->name));
	emit_rows(out, build, noun);
	for (size_t i = 0; i < noun->count; i++) {
		if (noun->queries[i].in.count > 0) {
			emit_struct(out, noun->queries[i].name, "_in", &noun->queries[i].in);
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
emit_fields(FILE *out, const struct query *query, const char *suffix, const char *of,
    const struct items *items)
{
	if (items->count == 0) {
		return;
	}
	fprintf(out, "\nstatic const struct db_field %s_%s[] = {\n", query->name, suffix);
	for (size_t i = 0; i < items->count; i++) {
		fprintf(out, "\t{ %s, offsetof(struct %s, %s) },\n", db_type(items->list[i].type),
		    of, items->list[i].name);
	}
	fputs("};\n", out);
}

static void
emit_table(FILE *out, const struct query *query)
{
	emit_fields(out, query, "binds", keep_format("%s_in", query->name), &query->binds);
	emit_fields(out, query, "columns", query->row, &query->columns);
	fprintf(out,
	    "\nconst struct db_query %s_query = {\n\t.name = \"%s\","
	    "\n\t.index = %zu,\n",
	    query->name, query->name, query->index);
	if (query->binds.count > 0) {
		fprintf(out, "\t.binds = %s_binds,\n\t.bind_count = %zu,\n", query->name,
		    query->binds.count);
	}
	if (query->columns.count > 0) {
		fprintf(out,
		    "\t.columns = %s_columns,\n"
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
		fprintf(out,
		    "\n{\n\treturn db_one(db, arena, &%s_query, %s, "
		    "row);\n}\n",
		    query->name, in);
		break;
	case KIND_MANY:
		fprintf(out,
		    "\n{\n\tstruct %s_rows list;\n\n"
		    "\tlist.rows = db_many(db, arena, &%s_query, %s, "
		    "&list.count);\n\treturn list;\n}\n",
		    query->row, query->name, in);
		break;
	case KIND_EXEC:
	case KIND_NONE:
		fprintf(out, "\n{\n\treturn db_exec(db, &%s_query, %s);\n}\n", query->name, in);
		break;
	}
}

static bool
emit_source(const struct noun *noun, const char *directory)
{
	struct page page;
	FILE *out =
	    page_begin(&page, keep_format("%s/db/query/%s.c", directory, noun->name), noun->file);

	fprintf(out,
	    "#include <stddef.h>\n\n#include \"db/catalogue.h\"\n"
	    "#include \"db/query/%s.h\"\n\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n",
	    noun->name);
	for (size_t i = 0; i < noun->count; i++) {
		emit_table(out, &noun->queries[i]);
		emit_function(out, &noun->queries[i]);
	}
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
	return emit_refusals(build, directory) && emit_schema(build, directory) &&
	    emit_catalogue(build, directory);
}
