#include "tool.h"

bool
emit_refusals(const struct build *build, const char *directory)
{
	struct page page;
	FILE *out =
	    page_begin(&page, keep_format("%s/db/refusal.h", directory), "the schema's RAISEs");

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
		fprintf(
		    out, "\t{ \"%s\", REFUSAL_%s },\n", build->words[i], upper(build->words[i]));
	}
	fputs("\t{ NULL, REFUSAL_NONE }\n};\n", out);
}

bool
emit_schema(const struct build *build, const char *directory)
{
	struct page page;
	FILE *out = page_begin(&page, keep_format("%s/db/schema.c", directory), "the schema");

	fputs("#include <stddef.h>\n\n#include \"db/catalogue.h\"\n\n"
	      "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
	      "const struct db_migration db_migrations[] = {\n",
	    out);
	for (size_t i = 0; i < build->migration_count; i++) {
		fprintf(out, "\t{ \"%s\",\n", build->migrations[i].name);
		emit_string(out, build->migrations[i].text, "\t    ");
		fputs(" },\n", out);
	}
	fprintf(out,
	    "\t{ NULL, NULL }\n};\n"
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

			fprintf(
			    out, "%s%s_query%s", format, name, format[0] == '\t' ? ",\n" : ";\n");
			count++;
		}
	}
	return count;
}

bool
emit_catalogue(const struct build *build, const char *directory)
{
	struct page page;
	size_t count;
	FILE *out = page_begin(&page, keep_format("%s/db/catalogue.c", directory), "lib/db/sql");

	fputs("#include <stddef.h>\n\n#include \"db/catalogue.h\"\n\n", out);
	emit_query_list(out, build, "extern const struct db_query ");
	emit_words(out, build);
	fputs("\nconst struct db_query *const db_queries[] = {\n", out);
	count = emit_query_list(out, build, "\t&");
	fprintf(out, "\tNULL\n};\nconst size_t db_query_count = %zu;\n", count);
	fprintf(out,
	    "\nconst struct db_catalogue db_catalogue = {\n"
	    "\t.migrations = db_migrations,\n\t.migration_count = %zu,\n"
	    "\t.query_count = %zu,\n"
	    "\t.words = words,\n\t.word_count = %zu,\n};\n",
	    build->migration_count, count, build->word_count);
	return page_end(&page);
}
