/*
 * Pages: the only way HTML leaves a program.
 *
 * A template under www/pages is compiled, at build, by lib/web/build/pages
 * into a typed struct and a function of the same name:
 *
 *	page_cohort_show(visit_html(visit, 200), &visit->frame,
 *	    &(struct page_cohort_show){ .name = cohort->name });
 *
 * so that a misspelt or a missing marker does not compile.  The functions are
 * in "web/page/<program>.h"; what every page shares (struct page_site) is in
 * "web/page/site.h".  Beside them the tool writes tables, and this module
 * expands a template by walking them: the values are read where they lie, in
 * the caller's structs, and nothing is copied but into the output.
 *
 * Every value is escaped for the place it stands in (text, attribute, URL) by
 * ctemplate's auto-escape; the build tool refuses templates that hold markers
 * where that is known to be unsafe.  The one exception is struct markdown,
 * which only web/markdown.h makes.
 *
 * Scopes are exact: a marker inside a list is looked for in that row and in
 * page_site, never in an enclosing struct, so a value cannot leak inwards.
 */
#ifndef GROUNDCREW_WEB_PAGE_H
#define GROUNDCREW_WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

struct page_site;

/*
 * Loads every template of the build from `folder` (www/pages), all with the
 * same strip mode, and freezes them: afterwards no file is opened again, so a
 * process may enter its sandbox.  False, with `*problem` set to one line for
 * the log (static, overwritten by the next call), when a file is missing, is
 * not the one the program was built with, lacks the auto-escape pragma or is
 * refused by ctemplate.  To be called once, before the first page.
 */
bool page_start(const char *folder, const char **problem);

/*
 * What follows is for the generated code and for tests.
 */

enum page_kind {
	PAGE_TEXT = 1, /* const char *: NULL renders as nothing */
	PAGE_MARKDOWN, /* struct markdown, not escaped again */
	PAGE_CONDITION, /* bool: section shown when true */
	PAGE_NEGATION, /* bool: section shown when false */
	PAGE_LIST, /* struct page_list: section shown once a row */
	PAGE_EMPTY, /* struct page_list: section shown without rows */
	PAGE_FILLED, /* struct page_list: section shown with rows */
	PAGE_INCLUDE, /* struct page_list: part rendered once a row */
	PAGE_PART /* no field: part that needs page_site only */
};

struct page_shape;

/* One marker of a template and where its value lies in the struct. */
struct page_marker {
	const char *name; /* as written: "IF_OPEN" */
	size_t length; /* of the name */
	enum page_kind kind;
	size_t offset; /* of the field, in bytes */
	const struct page_shape *shape; /* of rows and parts, else NULL */
};

/* A struct that templates are filled from. */
struct page_shape {
	const char *file; /* "cohort/show.html"; NULL for rows of a list */
	uint64_t hash; /* page_hash() of the file when it was built */
	size_t size; /* of the struct, in bytes */
	const struct page_marker *markers;
	size_t count;
};

/*
 * What every generated list looks like; `rows` points to `count` structs.
 */
struct page_list {
	const void *rows;
	size_t count;
};

/* Every template of a build, and what they share. */
struct page_catalogue {
	const struct page_shape *site;
	const struct page_shape *const *shapes;
	size_t count;
};

extern const struct page_catalogue page_templates;

/* page_start() with another catalogue than the build's; may be repeated. */
bool page_load(const char *folder, const struct page_catalogue *, const char **problem);

/*
 * Appends the page to `out`.  `values` is a struct of that shape.  A fault
 * (a page that was never loaded, no memory) ends the process after one line
 * in the log: half a page is never sent.
 */
void page_render(
    struct bytes *out, const struct page_shape *, const struct page_site *, const void *values);

/* 64-bit FNV-1a, by which a template is known again. */
uint64_t page_hash(const void *data, size_t length);

#ifdef __cplusplus
}
#endif

#endif
