#include "pages.h"

#include <ctype.h>
#include <string.h>

#define DEPTH 32

/* A section being read. */
struct section {
	const char *name;
	struct scope *scope; /* that markers inside belong to */
	bool list;
	size_t line;
};

struct reader {
	struct pages *pages;
	struct page *page;
	struct section open[DEPTH]; /* [0] is the page itself */
	size_t depth;
	size_t line;
};

/* What a section's name says: kind, and the name without its prefix. */
static const struct prefix {
	const char *text;
	enum marker_kind kind;
	bool keeps_if; /* the field is if_… */
} prefixes[] = {
	{ "IF_NOT_", MARKER_NEGATION, true },
	{ "IF_", MARKER_CONDITION, true },
	{ "NO_", MARKER_EMPTY, false },
	{ "ANY_", MARKER_FILLED, false },
	{ "", MARKER_LIST, false },
};

static bool
begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool
ends(const char *text, const char *suffix)
{
	size_t length = strlen(text);
	size_t tail = strlen(suffix);

	return length > tail && strcmp(text + length - tail, suffix) == 0;
}

static const char *
lower(struct arena *arena, const char *text)
{
	char *copy = arena_copy_bytes(arena, text, strlen(text));
	size_t i;

	for (i = 0; copy[i] != '\0'; i++) {
		copy[i] = (char)tolower((unsigned char)copy[i]);
	}
	return copy;
}

struct scope *
scope_new(struct arena *arena, const char *tag)
{
	struct scope *scope = arena_alloc(arena, sizeof(*scope));

	scope->tag = tag;
	return scope;
}

struct marker *
scope_find(const struct scope *scope, const char *name)
{
	struct marker *marker;

	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (strcmp(marker->name, name) == 0) {
			return marker;
		}
	}
	return NULL;
}

/* The earlier marker of another name that shares this one's field. */
static const struct marker *
field_owner(const struct scope *scope, const struct marker *marker)
{
	const struct marker *other;

	for (other = scope->first; other != marker; other = other->next) {
		if (strcmp(other->field, marker->field) == 0 && other->kind != MARKER_EMPTY &&
		    other->kind != MARKER_FILLED) {
			return other;
		}
	}
	return NULL;
}

bool
marker_has_field(const struct scope *scope, const struct marker *marker)
{
	if (marker->kind == MARKER_EMPTY || marker->kind == MARKER_FILLED ||
	    (marker->kind == MARKER_INCLUDE && marker->part != NULL && marker->part->site_only)) {
		return false;
	}
	return field_owner(scope, marker) == NULL;
}

/* Finds or adds the marker; complains when it was of another kind. */
static struct marker *
scope_add(struct reader *reader, struct scope *scope, const char *name, const char *field,
    enum marker_kind kind)
{
	struct arena *arena = reader->pages->arena;
	const char *path = reader->page->source.path;
	struct marker *marker = scope_find(scope, name);

	if (marker != NULL) {
		if (marker->kind != kind) {
			tool_complain(path, reader->line,
			    "%s is used as another kind of marker at %s:%zu", name, marker->file,
			    marker->line);
		}
		return marker;
	}
	marker = arena_alloc(arena, sizeof(*marker));
	marker->name = name;
	marker->field = lower(arena, field);
	marker->kind = kind;
	marker->file = path;
	marker->line = reader->line;
	if (scope->last == NULL) {
		scope->first = marker;
	} else {
		scope->last->next = marker;
	}
	scope->last = marker;
	if (tool_is_keyword(marker->field)) {
		tool_complain(path, reader->line,
		    "%s would be the C keyword %s: choose another name", name, marker->field);
	}
	return marker;
}

static struct section *
innermost(struct reader *reader)
{
	return &reader->open[reader->depth];
}

/* The scope a name belongs to: the shared one for SITE_ names. */
static struct scope *
scope_for(struct reader *reader, const char *base)
{
	return begins(base, "SITE_") ? reader->pages->site : innermost(reader)->scope;
}

static void
read_text(struct reader *reader, const struct token *token)
{
	const char *path = reader->page->source.path;
	bool markdown = ends(token->name, "_MARKDOWN");

	if (begins(token->name, "IF_") || begins(token->name, "PART_") ||
	    begins(token->name, "BI_")) {
		tool_complain(path, reader->line,
		    "{{%s}}: IF_, PART_ and BI_ do not begin a text's name", token->name);
		return;
	}
	if (markdown && strcmp(token->modifiers, ":none") != 0) {
		tool_complain(path, reader->line, "{{%s}} must be written {{%s:none}}", token->name,
		    token->name);
	} else if (!markdown && token->modifiers[0] != '\0' &&
	    strcmp(token->modifiers, ":p") != 0) {
		tool_complain(path, reader->line,
		    "{{%s%s}}: the modifiers are :p, which keeps line ends, "
		    "and :none for names ending in _MARKDOWN",
		    token->name, token->modifiers);
	}
	scope_add(reader, scope_for(reader, token->name), token->name, token->name,
	    markdown ? MARKER_MARKDOWN : MARKER_TEXT);
}

/* {{#NAMES_separator}} directly inside {{#NAMES}}. */
static void
check_separator(struct reader *reader, const struct token *token)
{
	const struct section *section = innermost(reader);
	size_t length = strlen(section->name);

	if (!section->list || strncmp(token->name, section->name, length) != 0 ||
	    strcmp(token->name + length, "_separator") != 0) {
		tool_complain(reader->page->source.path, reader->line,
		    "{{#%s}} does not stand directly in its list", token->name);
	}
}

/* A list's rows have a scope of their own. */
static struct scope *
open_list(
    struct reader *reader, const struct token *token, struct scope *scope, struct marker *marker)
{
	struct arena *arena = reader->pages->arena;
	size_t i;

	for (i = 1; i <= reader->depth; i++) {
		if (reader->open[i].list && strcmp(reader->open[i].name, token->name) == 0) {
			tool_complain(reader->page->source.path, reader->line,
			    "list %s stands inside a list of the same name", token->name);
		}
	}
	if (marker->rows == NULL) {
		marker->rows = scope_new(arena,
		    arena_format(arena, "%s_%s", scope->tag,
			strcmp(scope->tag, "page_site") == 0 ? marker->field + strlen("site_")
							     : marker->field));
	}
	return marker->rows;
}

/* The scope of the markers inside a section. */
static struct scope *
open_section(struct reader *reader, const struct token *token, bool *list)
{
	const struct prefix *prefix = prefixes;
	const char *base;
	struct scope *scope;
	struct marker *marker;

	if (ends(token->name, "_separator")) {
		check_separator(reader, token);
		return innermost(reader)->scope;
	}
	while (!begins(token->name, prefix->text)) {
		prefix++;
	}
	base = token->name + strlen(prefix->text);
	if (prefix->kind == MARKER_LIST && begins(base, "PART_")) {
		tool_complain(reader->page->source.path, reader->line,
		    "{{#%s}}: a list's name does not begin with PART_", base);
	}
	scope = scope_for(reader, base);
	marker = scope_add(reader, scope, token->name,
	    prefix->keeps_if ? arena_format(reader->pages->arena, "if_%s", base) : base,
	    prefix->kind);
	*list = prefix->kind == MARKER_LIST;
	return *list ? open_list(reader, token, scope, marker) : innermost(reader)->scope;
}

static void
read_open(struct reader *reader, const struct token *token)
{
	struct section section = { .name = token->name, .line = reader->line };

	if (token->modifiers[0] != '\0') {
		tool_complain(reader->page->source.path, reader->line, "a section has no modifier");
	}
	section.scope = open_section(reader, token, &section.list);
	if (reader->depth + 1 == DEPTH) {
		tool_complain(reader->page->source.path, reader->line,
		    "sections are nested more than %d deep", DEPTH - 1);
		return;
	}
	reader->open[++reader->depth] = section;
}

static void
read_close(struct reader *reader, const struct token *token)
{
	const char *path = reader->page->source.path;

	if (reader->depth == 0) {
		tool_complain(
		    path, reader->line, "{{/%s}} closes what was not opened", token->name);
		return;
	}
	if (strcmp(innermost(reader)->name, token->name) != 0) {
		tool_complain(path, reader->line, "{{/%s}} closes {{#%s}} of line %zu", token->name,
		    innermost(reader)->name, innermost(reader)->line);
	}
	reader->depth--;
}

static void
read_include(struct reader *reader, const struct token *token)
{
	const char *path = reader->page->source.path;
	struct arena *arena = reader->pages->arena;
	struct marker *marker;
	struct page *page;
	const char *tag;

	if (!begins(token->name, "PART_") || token->modifiers[0] != '\0') {
		tool_complain(path, reader->line,
		    "{{>%s%s}}: only PART_ names can be included, without "
		    "modifiers",
		    token->name, token->modifiers);
		return;
	}
	tag = arena_format(arena, "page_%s", lower(arena, token->name));
	for (page = reader->pages->first; page != NULL; page = page->next) {
		if (strcmp(page->tag, tag) == 0) {
			break;
		}
	}
	if (page == NULL) {
		tool_complain(path, reader->line, "{{>%s}}: there is no part/%s.html", token->name,
		    lower(arena, token->name + strlen("PART_")));
		return;
	}
	marker =
	    scope_add(reader, innermost(reader)->scope, token->name, token->name, MARKER_INCLUDE);
	marker->part = page;
}

static void
read_token(struct reader *reader, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_TEXT:
		read_text(reader, token);
		break;
	case TOKEN_OPEN:
		read_open(reader, token);
		break;
	case TOKEN_CLOSE:
		read_close(reader, token);
		break;
	case TOKEN_INCLUDE:
		read_include(reader, token);
		break;
	case TOKEN_END:
	case TOKEN_LITERAL:
	case TOKEN_OTHER:
		break;
	}
}

void
scope_read(struct pages *pages, struct page *page)
{
	struct reader reader = { .pages = pages, .page = page };
	struct token token = { .end = 0 };

	page->scope = scope_new(pages->arena, page->tag);
	reader.open[0].scope = page->scope;
	reader.open[0].name = "";
	do {
		token = token_next(pages->arena, &page->source, token.end);
		reader.line = tool_line(&page->source, token.offset);
		read_token(&reader, &token);
	} while (token.kind != TOKEN_END);
	for (; reader.depth > 0; reader.depth--) {
		tool_complain(page->source.path, innermost(&reader)->line,
		    "{{#%s}} is never closed", innermost(&reader)->name);
	}
}
