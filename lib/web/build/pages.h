/*
 * The template compiler's own data: what it found in www/pages.
 *
 * A template (struct page) holds a tree of scopes.  A scope becomes one C
 * struct: the page itself, and one for the rows of each list.  A marker is a
 * name used in a scope.  Names beginning with SITE_ go to the one scope that
 * all templates share.
 */
#ifndef GROUNDCREW_WEB_BUILD_PAGES_H
#define GROUNDCREW_WEB_BUILD_PAGES_H

#include "tool.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

enum token_kind {
	TOKEN_END = 1,
	TOKEN_LITERAL, /* text between markers */
	TOKEN_TEXT, /* {{NAME}} */
	TOKEN_OPEN, /* {{#NAME}} */
	TOKEN_CLOSE, /* {{/NAME}} */
	TOKEN_INCLUDE, /* {{>NAME}} */
	TOKEN_OTHER /* comment or pragma */
};

struct token {
	enum token_kind kind;
	size_t offset; /* of its first byte in the source */
	size_t end; /* one past its last byte */
	const char *name; /* of a marker */
	const char *modifiers; /* after the name: "" or ":none" */
};

enum marker_kind {
	MARKER_TEXT = 1,
	MARKER_MARKDOWN,
	MARKER_CONDITION,
	MARKER_NEGATION,
	MARKER_LIST,
	MARKER_EMPTY,
	MARKER_FILLED,
	MARKER_INCLUDE
};

struct marker {
	const char *name; /* as written: IF_NOT_OPEN */
	const char *field; /* of the C struct: if_open */
	enum marker_kind kind;
	struct scope *rows; /* of a list */
	struct page *part; /* of an include */
	const char *file; /* where it was first seen */
	size_t line;
	struct marker *next;
};

struct scope {
	const char *tag; /* of the C struct: page_cohort_show_weeks */
	struct marker *first;
	struct marker *last;
};

struct page {
	struct source source;
	const char *program; /* the folder */
	const char *tag; /* page_cohort_show */
	struct scope *scope;
	bool visiting; /* while looking for circles of includes */
	bool visited;
	bool site_only; /* a part that needs page_site only */
	struct page *next;
};

/* Everything found; pages in the order they are to be written. */
struct pages {
	struct arena *arena;
	struct page *first;
	struct page *last;
	struct scope *site;
};

/* pages_token.c: the next token from an offset; TOKEN_END at the end. */
struct token token_next(struct arena *, const struct source *, size_t offset);

/* pages_scope.c: reads a page's markers into its scopes. */
void scope_read(struct pages *, struct page *);
struct marker *scope_find(const struct scope *, const char *name);
struct scope *scope_new(struct arena *, const char *tag);

/* pages_resolve.c: what can be checked only when all templates were read. */
void scope_resolve(struct pages *);

/* Whether a marker has a field of its own in the C struct. */
bool marker_has_field(const struct scope *, const struct marker *);

/* pages_lint.c: refuses markers where escaping does not make them safe. */
void lint_check(struct arena *, const struct source *);

/* pages_write.c: the C of everything. */
void pages_write(struct pages *, const char *folder);

#endif
