#include <sqlite3.h>
#include <string.h>
#include <strings.h>

#include "tool.h"

static const struct item *
item_find(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->count; i++) {
		if (strcmp(items->list[i].name, name) == 0) {
			return &items->list[i];
		}
	}
	return NULL;
}

static void
item_add(struct items *items, const char *name, enum type type)
{
	items->list = keep_more(items->list, items->count, sizeof(items->list[0]));
	items->list[items->count].name = name;
	items->list[items->count].type = type;
	items->count++;
}

static bool
is_statement_of_data(const char *sql)
{
	static const char *const words[] = { "SELECT", "WITH", "INSERT", "UPDATE", "DELETE",
		"REPLACE", "VALUES" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strncasecmp(sql, words[i], strlen(words[i])) == 0) {
			return true;
		}
	}
	return false;
}

/* Its binds are :names, each declared by in:, and none is declared in vain. */
static void
binds_check(struct query *query, sqlite3_stmt *statement)
{
	const char *file = query->noun->file;
	int count = sqlite3_bind_parameter_count(statement);

	for (int i = 1; i <= count; i++) {
		const char *name = sqlite3_bind_parameter_name(statement, i);
		const struct item *declared;

		if (name == NULL || name[0] != ':') {
			error_at(file, query->body_line,
			    "%s: binds are written"
			    " :name",
			    query->name);
			return;
		}
		name = keep_format("%s", name + 1);
		declared = item_find(&query->in, name);
		if (declared == NULL) {
			error_at(file, query->body_line,
			    "%s: \":%s\" is not "
			    "declared by in:",
			    query->name, name);
			continue;
		}
		item_add(&query->binds, name, declared->type);
	}
	for (size_t i = 0; i < query->in.count; i++) {
		const struct item *item = &query->in.list[i];

		if (item_find(&query->binds, item->name) == NULL) {
			error_at(file, item->line,
			    "%s: \"%s\" is declared but "
			    "not used",
			    query->name, item->name);
		}
	}
}

static enum type
declared_type(const char *text)
{
	if (text == NULL) {
		return TYPE_NONE;
	}
	if (strcasecmp(text, "INTEGER") == 0 || strcasecmp(text, "INT") == 0) {
		return TYPE_INTEGER;
	}
	if (strcasecmp(text, "REAL") == 0) {
		return TYPE_REAL;
	}
	if (strcasecmp(text, "TEXT") == 0) {
		return TYPE_TEXT;
	}
	if (strcasecmp(text, "BLOB") == 0) {
		return TYPE_BLOB;
	}
	return TYPE_NONE;
}

/* A column's type is its table's, or for an expression what out: says. */
static void
column_check(struct query *query, sqlite3_stmt *statement, int index)
{
	const char *file = query->noun->file;
	const char *name = keep_format("%s", sqlite3_column_name(statement, index));
	enum type type = declared_type(sqlite3_column_decltype(statement, index));
	const struct item *out = item_find(&query->out, name);

	if (!is_name(name)) {
		error_at(file, query->body_line,
		    "%s: column %d, \"%s\", needs "
		    "a name of its own: … AS name",
		    query->name, index + 1, name);
		return;
	}
	if (item_find(&query->columns, name) != NULL) {
		error_at(file, query->body_line,
		    "%s: two columns are called "
		    "\"%s\"",
		    query->name, name);
	}
	if (type == TYPE_NONE && out == NULL) {
		error_at(file, query->body_line,
		    "%s: \"%s\" is an expression: "
		    "its type is declared by out:",
		    query->name, name);
	}
	if (type != TYPE_NONE && out != NULL && out->type != type) {
		error_at(file, out->line,
		    "%s: \"%s\" has another type in its "
		    "table",
		    query->name, name);
	}
	item_add(&query->columns, name, type != TYPE_NONE || out == NULL ? type : out->type);
}

static void
columns_check(struct query *query, sqlite3_stmt *statement)
{
	const char *file = query->noun->file;
	int count = sqlite3_column_count(statement);

	if (query->kind == KIND_EXEC) {
		if (count > 0 || sqlite3_stmt_readonly(statement)) {
			error_at(file, query->line,
			    "%s: an exec query changes "
			    "rows and returns none",
			    query->name);
		}
	} else if (count == 0) {
		error_at(file, query->line,
		    "%s: it returns no rows: its kind "
		    "is exec",
		    query->name);
	}
	for (int i = 0; i < count; i++) {
		column_check(query, statement, i);
	}
	for (size_t i = 0; i < query->out.count; i++) {
		const struct item *item = &query->out.list[i];

		if (item_find(&query->columns, item->name) == NULL) {
			error_at(file, item->line,
			    "%s: \"%s\" is no column of "
			    "it",
			    query->name, item->name);
		}
	}
}

static void
query_compile(const struct build *build, struct query *query)
{
	const char *file = query->noun->file;
	const char *start = skip_blank(query->body);
	const char *rest = NULL;
	sqlite3_stmt *statement = NULL;

	if (*start == '\0') {
		error_at(file, query->line, "%s: no statement follows", query->name);
		return;
	}
	if (!is_statement_of_data(start)) {
		error_at(file, query->body_line,
		    "%s: neither SELECT, INSERT, "
		    "UPDATE nor DELETE",
		    query->name);
		return;
	}
	if (sqlite3_prepare_v2(build->db, start, -1, &statement, &rest) != SQLITE_OK) {
		int offset = sqlite3_error_offset(build->db);
		size_t at = (size_t)(start - query->body) + (offset > 0 ? (size_t)offset : 0);

		error_at(file, line_at(query->body, query->body_line, at), "%s: %s", query->name,
		    sqlite3_errmsg(build->db));
		return;
	}
	if (*skip_blank(rest) != '\0') {
		error_at(file,
		    line_at(
			query->body, query->body_line, (size_t)(skip_blank(rest) - query->body)),
		    "%s: text after the statement", query->name);
	}
	query->sql = keep_text(start, (size_t)(rest - start));
	binds_check(query, statement);
	columns_check(query, statement);
	sqlite3_finalize(statement);
}

static bool
items_equal(const struct items *one, const struct items *other)
{
	if (one->count != other->count) {
		return false;
	}
	for (size_t i = 0; i < one->count; i++) {
		if (strcmp(one->list[i].name, other->list[i].name) != 0 ||
		    one->list[i].type != other->list[i].type) {
			return false;
		}
	}
	return true;
}

static struct row *
row_find(const struct build *build, const char *name)
{
	for (size_t i = 0; i < build->row_count; i++) {
		if (strcmp(build->rows[i].name, name) == 0) {
			return &build->rows[i];
		}
	}
	return NULL;
}

/* A row belongs to the noun it is named after, else to the first with it. */
static void
row_join(struct build *build, const struct query *query)
{
	struct row *row = row_find(build, query->row);

	if (row == NULL) {
		build->rows = keep_more(build->rows, build->row_count, sizeof(*row));
		row = &build->rows[build->row_count++];
		row->name = query->row;
		row->first = query;
		row->owner = query->noun;
	} else if (!items_equal(&row->first->columns, &query->columns)) {
		error_at(query->noun->file, query->line,
		    "%s: its columns are "
		    "not those of %s, which has the same row \"%s\"",
		    query->name, row->first->name, row->name);
	}
	if (strcmp(query->noun->name, row->name) == 0) {
		row->owner = query->noun;
	}
}

/* Names that would meet in C: queries, and the structs made from them. */
static void
names_check(const struct query *query, const struct query *other)
{
	const char *file = query->noun->file;

	if (strcmp(query->name, other->name) == 0) {
		error_at(file, query->line, "%s: there is one in %s:%d", query->name,
		    other->noun->file, other->line);
	}
	if (query->row != NULL && other->row != NULL &&
	    strcmp(query->row, keep_format("%s_rows", other->row)) == 0) {
		error_at(file, query->line,
		    "row \"%s\" is also the list of "
		    "row \"%s\"",
		    query->row, other->row);
	}
	if (query->row != NULL && other->in.count > 0 &&
	    strcmp(query->row, keep_format("%s_in", other->name)) == 0) {
		error_at(
		    file, query->line, "row \"%s\" is also what %s takes", query->row, other->name);
	}
}

static void
names_check_all(const struct build *build, const struct query *query)
{
	for (size_t i = 0; i < build->noun_count; i++) {
		const struct noun *noun = &build->nouns[i];

		for (size_t j = 0; j < noun->count; j++) {
			if (&noun->queries[j] == query) {
				return;
			}
			names_check(query, &noun->queries[j]);
		}
	}
}

void
compile(struct build *build)
{
	size_t index = 0;

	for (size_t i = 0; i < build->noun_count; i++) {
		struct noun *noun = &build->nouns[i];

		for (size_t j = 0; j < noun->count; j++) {
			struct query *query = &noun->queries[j];

			query->index = index++;
			query_compile(build, query);
			if (query->row != NULL) {
				row_join(build, query);
			}
			names_check_all(build, query);
		}
	}
}
