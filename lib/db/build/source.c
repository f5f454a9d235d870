#include <string.h>

#include "tool.h"

/* A file is read line by line; what the reader knows so far. */
struct reader {
	struct noun *noun;
	const char *at;
	int line;
	struct query *query; /* the one being read, NULL before the first */
	bool in_header; /* no SQL seen since its "-- name:" */
	const char *comment; /* comment lines that may belong to the next */
};

static const struct {
	const char *word;
	enum type type;
} types[] = {
	{ "integer", TYPE_INTEGER },
	{ "real", TYPE_REAL },
	{ "text", TYPE_TEXT },
	{ "blob", TYPE_BLOB },
};

static enum type
type_read(const char *word)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(word, types[i].word) == 0) {
			return types[i].type;
		}
	}
	return TYPE_NONE;
}

/* The next word of *at, which ends at a space or a comma; "" at the end. */
static const char *
word_read(const char **at)
{
	const char *start = *at + strspn(*at, " \t");
	size_t length = strcspn(start, " \t,");

	*at = start + length;
	return keep_text(start, length);
}

static bool
items_have(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->count; i++) {
		if (strcmp(items->list[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* "slug text, now integer": names and types, added to what is there. */
static void
items_read(const struct reader *reader, struct items *items, const char *text)
{
	const char *file = reader->noun->file;

	for (const char *at = text;;) {
		struct item item = { .line = reader->line };
		const char *type;

		item.name = word_read(&at);
		type = word_read(&at);
		item.type = type_read(type);
		at += strspn(at, " \t");
		if (!is_name(item.name)) {
			error_at(file, item.line, "\"%s\" is not a name", item.name);
			return;
		}
		if (item.type == TYPE_NONE || (*at != '\0' && *at != ',')) {
			error_at(file, item.line,
			    "\"%s\": its type is one of "
			    "integer, real, text, blob",
			    item.name);
			return;
		}
		if (items_have(items, item.name)) {
			error_at(file, item.line, "\"%s\" is declared twice", item.name);
			return;
		}
		items->list = keep_more(items->list, items->count, sizeof(item));
		items->list[items->count++] = item;
		if (*at++ == '\0') {
			return;
		}
	}
}

static enum kind
kind_read(const char *word)
{
	if (strcmp(word, "one") == 0) {
		return KIND_ONE;
	}
	if (strcmp(word, "many") == 0) {
		return KIND_MANY;
	}
	if (strcmp(word, "exec") == 0) {
		return KIND_EXEC;
	}
	return KIND_NONE;
}

/* "cohort_by_slug one" begins a query. */
static void
name_read(struct reader *reader, const char *text)
{
	struct noun *noun = reader->noun;
	struct query query = { .line = reader->line, .noun = noun };
	const char *kind;

	query.name = word_read(&text);
	kind = word_read(&text);
	query.kind = kind_read(kind);
	query.comment = reader->comment;
	if (!is_name(query.name) || strncmp(query.name, "db_", 3) == 0) {
		error_at(noun->file, query.line,
		    "\"%s\" is no name for a query"
		    " (small letters, digits, _; not db_…)",
		    query.name);
	}
	if (query.kind == KIND_NONE || *skip_blank(text) != '\0') {
		error_at(noun->file, query.line,
		    "\"%s\": a query is one, many "
		    "or exec",
		    query.name);
		query.kind = KIND_EXEC;
	}
	if (query.kind != KIND_EXEC) {
		query.row = keep_format("%s_row", query.name);
	}
	noun->queries = keep_more(noun->queries, noun->count, sizeof(query));
	noun->queries[noun->count] = query;
	reader->query = &noun->queries[noun->count++];
	reader->in_header = true;
	reader->comment = NULL;
}

static void
row_read(const struct reader *reader, const char *text)
{
	struct query *query = reader->query;
	const char *row = word_read(&text);

	if (query->kind == KIND_EXEC) {
		error_at(reader->noun->file, reader->line, "an exec query has no row");
	} else if (!is_name(row) || *skip_blank(text) != '\0') {
		error_at(reader->noun->file, reader->line, "\"%s\" is no name for a row", row);
	} else {
		query->row = row;
	}
}

/* The text after "-- word:", or NULL when the line is not that directive. */
static const char *
directive(const char *line, const char *word)
{
	const char *at = line;

	if (strncmp(at, "--", 2) != 0) {
		return NULL;
	}
	at += 2;
	at += strspn(at, " \t");
	if (strncmp(at, word, strlen(word)) != 0) {
		return NULL;
	}
	at += strlen(word);
	return *at == ':' ? at + 1 + strspn(at + 1, " \t") : NULL;
}

static bool
directive_read(struct reader *reader, const char *line)
{
	const char *row = directive(line, "row");
	const char *in = directive(line, "in");
	const char *out = directive(line, "out");

	if (row == NULL && in == NULL && out == NULL) {
		return false;
	}
	if (reader->query == NULL || !reader->in_header) {
		error_at(reader->noun->file, reader->line,
		    "row:, in: and out: "
		    "stand between \"-- name:\" and the statement");
	} else if (row != NULL) {
		row_read(reader, row);
	} else if (in != NULL) {
		items_read(reader, &reader->query->in, in);
	} else {
		items_read(reader, &reader->query->out, out);
	}
	return true;
}

/* Comment lines above "-- name:" describe the query; a gap forgets them. */
static void
comment_read(struct reader *reader, const char *line)
{
	const char *text;

	if (strncmp(line, "--", 2) != 0) {
		reader->comment = NULL;
		return;
	}
	text = line + 2;
	text += strspn(text, " \t");
	reader->comment = reader->comment == NULL ? keep_format("%s", text)
						  : keep_format("%s\n%s", reader->comment, text);
}

static void
line_read(struct reader *reader, const char *line, const char *start)
{
	const char *name = directive(line, "name");

	if (name != NULL) {
		name_read(reader, name);
		reader->query->body = start + strlen(line);
		reader->query->body_line = reader->line;
		return;
	}
	if (directive_read(reader, line)) {
		return;
	}
	comment_read(reader, line);
	if (line[strspn(line, " \t\r")] == '\0' || strncmp(line, "--", 2) == 0) {
		return;
	}
	if (reader->query == NULL) {
		error_at(reader->noun->file, reader->line,
		    "a statement stands under a \"-- name:\" line");
	} else if (reader->in_header) {
		reader->in_header = false;
		reader->query->body = start;
		reader->query->body_line = reader->line;
	}
}

/* Each body ends where the next query's name line begins. */
static void
bodies_cut(struct noun *noun, const char *text)
{
	for (size_t i = 0; i < noun->count; i++) {
		struct query *query = &noun->queries[i];
		const char *end = query->body + strlen(query->body);

		if (i + 1 < noun->count) {
			int line = 1;

			end = text;
			while (line < noun->queries[i + 1].line) {
				end = strchr(end, '\n') + 1;
				line++;
			}
		}
		query->body = keep_text(query->body, (size_t)(end - query->body));
	}
}

bool
source_read(struct noun *noun)
{
	struct reader reader = { .noun = noun };
	size_t errors = error_count();
	const char *text = file_read(noun->file);

	if (text == NULL) {
		return false;
	}
	for (reader.at = text; *reader.at != '\0';) {
		size_t length = strcspn(reader.at, "\n");

		reader.line++;
		line_read(&reader, keep_text(reader.at, length), reader.at);
		reader.at += length;
		if (*reader.at == '\n') {
			reader.at++;
		}
	}
	bodies_cut(noun, text);
	return error_count() == errors;
}
