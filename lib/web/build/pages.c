/*
 * The template compiler: pages www/pages OUTDIR
 *
 * Reads every www/pages/<program>/<page>.html and writes, under OUTDIR,
 * web/page/site.h, web/page/<program>.h and .c, and web/page/catalogue.c: a
 * struct and a function a template, so that a wrong marker does not compile
 * (see include/web/page.h).  Complains with file and line, and writes
 * nothing, when a template is unsafe or unclear.
 *
 * Exit: 0 written or up to date, 1 refused, 64 called wrongly.
 */
#include "pages.h"

#include <stdio.h>
#include <string.h>

/* "sign-in" → "sign_in"; NULL when it cannot be part of a C name. */
static const char *
identifier(struct arena *arena, const char *name, size_t length)
{
	char *copy = arena_copy_bytes(arena, name, length);
	size_t i;

	if (length == 0) {
		return NULL;
	}
	for (i = 0; i < length; i++) {
		if (copy[i] == '-') {
			copy[i] = '_';
		} else if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", copy[i]) == NULL) {
			return NULL;
		}
	}
	return copy;
}

static void
page_add(struct pages *pages, const char *folder, const char *program, const char *file)
{
	struct arena *arena = pages->arena;
	const char *name = arena_format(arena, "%s/%s", program, file);
	const char *path = arena_format(arena, "%s/%s", folder, name);
	const char *page_name = identifier(arena, file, strlen(file) - strlen(".html"));
	const char *program_name = identifier(arena, program, strlen(program));
	struct page *page = arena_alloc(arena, sizeof(*page));

	if (page_name == NULL || program_name == NULL) {
		tool_complain(path, 0, "names are a-z, 0-9, - and _");
		return;
	}
	page->source = tool_read(arena, path, name);
	page->program = program_name;
	page->tag = arena_format(arena, "page_%s_%s", program_name, page_name);
	if (pages->last == NULL) {
		pages->first = page;
	} else {
		pages->last->next = page;
	}
	pages->last = page;
	if (strlen(page->source.text) != page->source.length) {
		tool_complain(path, 0, "holds a NUL byte");
	}
	if (strncmp(page->source.text, PRAGMA, strlen(PRAGMA)) != 0) {
		tool_complain(path, 1, "must begin with %s", PRAGMA);
	}
}

static void
pages_find(struct pages *pages, const char *folder)
{
	struct arena *arena = pages->arena;
	struct names programs = tool_list(arena, folder, "");
	struct names files;
	const char *path;
	size_t i;
	size_t j;

	for (i = 0; i < programs.count; i++) {
		path = arena_format(arena, "%s/%s", folder, programs.names[i]);
		if (!tool_is_folder(path)) {
			tool_complain(path, 0,
			    "stands outside a program's "
			    "folder");
			continue;
		}
		files = tool_list(arena, path, ".html");
		for (j = 0; j < files.count; j++) {
			page_add(pages, folder, programs.names[i], files.names[j]);
		}
	}
}

static int
compile(struct arena *arena, const char *folder, const char *out)
{
	struct pages pages = { .arena = arena };
	struct page *page;

	if (!tool_is_folder(folder)) {
		tool_complain(folder, 0, "no such folder");
		return 1;
	}
	pages.site = scope_new(arena, "page_site");
	pages_find(&pages, folder);
	for (page = pages.first; page != NULL; page = page->next) {
		scope_read(&pages, page);
		lint_check(arena, &page->source);
	}
	if (!tool_failed()) {
		scope_resolve(&pages);
	}
	if (!tool_failed()) {
		pages_write(&pages, out);
	}
	return tool_failed() ? 1 : 0;
}

int
main(int argc, char **argv)
{
	struct arena *arena;
	int status;

	if (argc != 3) {
		fputs("usage: pages www/pages OUTDIR\n", stderr);
		return 64;
	}
	arena = arena_new();
	status = compile(arena, argv[1], argv[2]);
	arena_free(arena);
	return status;
}
