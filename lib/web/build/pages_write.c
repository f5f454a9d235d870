#include "pages.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* By FNV-1a, as page_hash() of lib/web/page.cc. */
static uint64_t
source_hash(const struct source *source)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < source->length; i++) {
		hash ^= (unsigned char)source->text[i];
		hash *= UINT64_C(1099511628211);
	}
	return hash;
}

static void
write_field(struct bytes *out, const struct scope *scope, const struct marker *marker)
{
	if (!marker_has_field(scope, marker)) {
		return;
	}
	switch (marker->kind) {
	case MARKER_TEXT:
		bytes_format(out, "\tconst char *%s;\n", marker->field);
		break;
	case MARKER_MARKDOWN:
		bytes_format(out, "\tstruct markdown %s;\n", marker->field);
		break;
	case MARKER_CONDITION:
	case MARKER_NEGATION:
		bytes_format(out, "\tbool %s;\n", marker->field);
		break;
	case MARKER_LIST:
		bytes_format(out, "\tstruct %s_list %s;\n", marker->rows->tag, marker->field);
		break;
	case MARKER_INCLUDE:
		bytes_format(out, "\tstruct %s_list %s;\n", marker->part->tag, marker->field);
		break;
	case MARKER_EMPTY:
	case MARKER_FILLED:
		break;
	}
}

/* The struct of a scope, after those of its lists' rows. */
static void
write_struct(struct bytes *out, const struct scope *scope, bool list)
{
	const struct marker *marker;
	bool empty = true;

	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (marker->rows != NULL) {
			write_struct(out, marker->rows, true);
		}
	}
	bytes_format(out, "struct %s {\n", scope->tag);
	for (marker = scope->first; marker != NULL; marker = marker->next) {
		write_field(out, scope, marker);
		empty = empty && !marker_has_field(scope, marker);
	}
	if (empty) {
		bytes_text(out, "\tchar empty;\t/* C has no empty struct */\n");
	}
	bytes_text(out, "};\n\n");
	if (list) {
		bytes_format(out,
		    "struct %s_list {\n"
		    "\tconst struct %s *rows;\n\tsize_t count;\n};\n\n",
		    scope->tag, scope->tag);
	}
}

static const char *
kind_name(const struct marker *marker)
{
	switch (marker->kind) {
	case MARKER_TEXT:
		return "PAGE_TEXT";
	case MARKER_MARKDOWN:
		return "PAGE_MARKDOWN";
	case MARKER_CONDITION:
		return "PAGE_CONDITION";
	case MARKER_NEGATION:
		return "PAGE_NEGATION";
	case MARKER_LIST:
		return "PAGE_LIST";
	case MARKER_EMPTY:
		return "PAGE_EMPTY";
	case MARKER_FILLED:
		return "PAGE_FILLED";
	case MARKER_INCLUDE:
		return marker->part->site_only ? "PAGE_PART" : "PAGE_INCLUDE";
	}
	return "";
}

static void
write_marker(struct bytes *out, const struct scope *scope, const struct marker *marker)
{
	const char *shape = marker->rows != NULL ? marker->rows->tag
	    : marker->part != NULL		 ? marker->part->tag
						 : NULL;

	bytes_format(
	    out, "\t{ \"%s\", %zu, %s, ", marker->name, strlen(marker->name), kind_name(marker));
	if (marker->part != NULL && marker->part->site_only) {
		bytes_text(out, "0,\n");
	} else {
		bytes_format(out, "offsetof(struct %s, %s),\n", scope->tag, marker->field);
	}
	if (shape == NULL) {
		bytes_text(out, "\t    NULL },\n");
	} else {
		bytes_format(out, "\t    &%s_shape },\n", shape);
	}
}

/* The tables of a scope, after those of its lists' rows; `source` is NULL for
 * a scope that is no file. */
static void
write_shape(struct bytes *out, const struct scope *scope, const struct source *source, bool shared)
{
	const struct marker *marker;
	size_t count = 0;

	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (marker->rows != NULL) {
			write_shape(out, marker->rows, NULL, false);
		}
		count++;
	}
	if (count > 0) {
		bytes_format(out, "static const struct page_marker %s_markers[] = {\n", scope->tag);
	}
	for (marker = scope->first; marker != NULL; marker = marker->next) {
		write_marker(out, scope, marker);
	}
	if (count > 0) {
		bytes_text(out, "};\n\n");
	}
	bytes_format(
	    out, "%sconst struct page_shape %s_shape = {\n\t", shared ? "" : "static ", scope->tag);
	if (source == NULL) {
		bytes_text(out, "NULL, 0,");
	} else {
		bytes_format(
		    out, "\"%s\", UINT64_C(%" PRIu64 "),", source->name, source_hash(source));
	}
	bytes_format(out, "\n\tsizeof(struct %s), ", scope->tag);
	if (count > 0) {
		bytes_format(out, "%s_markers, %zu\n};\n\n", scope->tag, count);
	} else {
		bytes_text(out, "NULL, 0\n};\n\n");
	}
}

static bool
scope_includes(const struct scope *scope)
{
	const struct marker *marker;

	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (marker->part != NULL ||
		    (marker->rows != NULL && scope_includes(marker->rows))) {
			return true;
		}
	}
	return false;
}

static const char *
guard(struct arena *arena, const char *program)
{
	char *upper = arena_copy_bytes(arena, program, strlen(program));
	size_t i;

	for (i = 0; upper[i] != '\0'; i++) {
		upper[i] = (char)toupper((unsigned char)upper[i]);
	}
	return arena_format(arena, "GROUNDCREW_WEB_PAGE_%s_H", upper);
}

static void
write_prototype(struct bytes *out, const struct page *page, const char *after)
{
	bytes_format(out,
	    "%s(struct bytes *out, const struct page_site *site,\n"
	    "    const struct %s *values)%s\n",
	    page->tag, page->tag, after);
}

static struct bytes *
begin_header(struct pages *pages, const char *name, bool parts)
{
	struct bytes *out = bytes_new(pages->arena);
	const char *word = guard(pages->arena, name);

	bytes_format(out,
	    "/* Made by lib/web/build/pages from www/pages. */\n"
	    "#ifndef %s\n#define %s\n\n#include <stdbool.h>\n"
	    "#include <stddef.h>\n\n#include \"web/markdown.h\"\n"
	    "#include \"web/page.h\"\n",
	    word, word);
	if (parts) {
		bytes_text(out, "#include \"part.h\"\n");
	}
	bytes_text(out, "\n");
	return out;
}

static void
write_program_header(struct pages *pages, const char *folder, const char *program)
{
	const struct page *page;
	struct bytes *out;
	bool part = strcmp(program, "part") == 0;
	bool parts = false;

	for (page = pages->first; page != NULL; page = page->next) {
		parts = parts ||
		    (!part && strcmp(page->program, program) == 0 && scope_includes(page->scope));
	}
	out = begin_header(pages, program, parts);
	for (page = pages->first; page != NULL; page = page->next) {
		if (strcmp(page->program, program) != 0) {
			continue;
		}
		bytes_format(out, "/* %s */\n", page->source.name);
		write_struct(out, page->scope, part);
		bytes_format(out,
		    "extern const struct page_shape %s_shape;\n\n"
		    "void ",
		    page->tag);
		write_prototype(out, page, ";\n");
	}
	bytes_text(out, "#endif\n");
	tool_write(pages->arena, folder, arena_format(pages->arena, "web/page/%s.h", program), out);
}

static void
write_program_source(struct pages *pages, const char *folder, const char *program)
{
	struct bytes *out = bytes_new(pages->arena);
	const struct page *page;

	bytes_format(out,
	    "/* Made by lib/web/build/pages from www/pages. */\n"
	    "#include \"%s.h\"\n\n",
	    program);
	for (page = pages->first; page != NULL; page = page->next) {
		if (strcmp(page->program, program) != 0) {
			continue;
		}
		write_shape(out, page->scope, &page->source, true);
		bytes_text(out, "void\n");
		write_prototype(out, page, "");
		bytes_format(out,
		    "{\n\tpage_render(out, &%s_shape, site, "
		    "values);\n}\n\n",
		    page->tag);
	}
	tool_write(pages->arena, folder, arena_format(pages->arena, "web/page/%s.c", program), out);
}

static bool
is_first_of_program(const struct pages *pages, const struct page *page)
{
	const struct page *other = pages->first;

	while (strcmp(other->program, page->program) != 0) {
		other = other->next;
	}
	return other == page;
}

static void
write_site(struct pages *pages, const char *folder)
{
	struct bytes *out = begin_header(pages, "site", false);

	bytes_text(out, "/* What every template may use: SITE_ markers. */\n");
	write_struct(out, pages->site, false);
	bytes_text(out, "#endif\n");
	tool_write(pages->arena, folder, "web/page/site.h", out);
}

static void
write_catalogue(struct pages *pages, const char *folder)
{
	struct bytes *out = bytes_new(pages->arena);
	const struct page *page;
	size_t count = 0;

	bytes_text(out,
	    "/* Made by lib/web/build/pages from www/pages. */\n"
	    "#include \"site.h\"\n");
	for (page = pages->first; page != NULL; page = page->next) {
		if (is_first_of_program(pages, page)) {
			bytes_format(out, "#include \"%s.h\"\n", page->program);
		}
		count++;
	}
	bytes_text(out, "\n");
	write_shape(out, pages->site, NULL, false);
	if (count > 0) {
		bytes_text(out, "static const struct page_shape *const shapes[] = {\n");
	}
	for (page = pages->first; page != NULL; page = page->next) {
		bytes_format(out, "\t&%s_shape,\n", page->tag);
	}
	bytes_format(out,
	    "%sconst struct page_catalogue page_templates = {\n"
	    "\t&page_site_shape, %s, %zu\n};\n",
	    count > 0 ? "};\n\n" : "", count > 0 ? "shapes" : "NULL", count);
	tool_write(pages->arena, folder, "web/page/catalogue.c", out);
}

void
pages_write(struct pages *pages, const char *folder)
{
	const struct page *page;

	write_site(pages, folder);
	for (page = pages->first; page != NULL; page = page->next) {
		if (is_first_of_program(pages, page)) {
			write_program_header(pages, folder, page->program);
			write_program_source(pages, folder, page->program);
		}
	}
	write_catalogue(pages, folder);
}
