/*
 * What can be checked only when every template was read: that NO_ and ANY_
 * have their lists, that parts do not include themselves, that no two structs
 * have one name; and which parts need nothing but page_site.
 */
#include "pages.h"

#include <string.h>

/* The tags seen so far. */
struct tags {
	struct arena *arena;
	struct tag {
		const char *text;
		const char *file;
		struct tag *next;
	} * first;
};

static void
tag_check(struct tags *tags, const char *text, const char *file)
{
	struct tag *tag;

	for (tag = tags->first; tag != NULL; tag = tag->next) {
		if (strcmp(tag->text, text) == 0) {
			tool_complain(file, 0, "struct %s is also made from %s", text, tag->file);
			return;
		}
	}
	tag = arena_alloc(tags->arena, sizeof(*tag));
	*tag = (struct tag){ text, file, tags->first };
	tags->first = tag;
}

/* NO_WEEKS and ANY_WEEKS need a list or a part of that name beside them. */
static void
owner_check(const struct scope *scope, const struct marker *marker)
{
	const char *base = strchr(marker->name, '_') + 1;
	const struct marker *list = scope_find(scope, base);

	if (list == NULL || (list->kind != MARKER_LIST && list->kind != MARKER_INCLUDE)) {
		tool_complain(marker->file, marker->line, "{{#%s}}: there is no list %s beside it",
		    marker->name, base);
	} else if (list->kind == MARKER_INCLUDE && list->part->site_only) {
		tool_complain(
		    marker->file, marker->line, "{{#%s}}: %s is always shown", marker->name, base);
	}
}

static void
scope_check(struct tags *tags, const struct scope *scope, const char *file)
{
	const struct marker *marker;

	tag_check(tags, scope->tag, file);
	tag_check(tags, arena_format(tags->arena, "%s_list", scope->tag), file);
	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (marker->kind == MARKER_EMPTY || marker->kind == MARKER_FILLED) {
			owner_check(scope, marker);
		}
		if (marker->rows != NULL) {
			scope_check(tags, marker->rows, marker->file);
		}
	}
}

static void visit_page(struct pages *, struct page *);

/* Whether nothing in the scope needs a value; visits included parts first. */
static bool
scope_is_bare(struct pages *pages, struct page *page, struct scope *scope)
{
	struct marker *marker;
	bool bare = true;

	for (marker = scope->first; marker != NULL; marker = marker->next) {
		if (marker->part != NULL) {
			if (marker->part->visiting) {
				tool_complain(marker->file, marker->line, "{{>%s}} includes itself",
				    marker->name);
			} else {
				visit_page(pages, marker->part);
			}
		}
		if (marker->rows != NULL) {
			scope_is_bare(pages, page, marker->rows);
		}
		bare = bare && marker->kind == MARKER_INCLUDE && marker->part->site_only;
	}
	return bare;
}

/* Appends the page to the list, after the parts it includes. */
static void
visit_page(struct pages *pages, struct page *page)
{
	if (page->visited) {
		return;
	}
	page->visiting = true;
	page->site_only = scope_is_bare(pages, page, page->scope);
	page->visiting = false;
	page->visited = true;
	page->next = NULL;
	if (pages->last == NULL) {
		pages->first = page;
	} else {
		pages->last->next = page;
	}
	pages->last = page;
}

/* Sorts the pages so that every part stands before its users. */
static void
order_pages(struct pages *pages)
{
	struct page *page = pages->first;
	struct page *next;
	struct page **all;
	size_t count = 0;
	size_t i;

	for (next = page; next != NULL; next = next->next) {
		count++;
	}
	all = arena_array(pages->arena, count + 1, sizeof(struct page *));
	for (i = 0; i < count; i++) {
		all[i] = page;
		page = page->next;
	}
	pages->first = NULL;
	pages->last = NULL;
	for (i = 0; i < count; i++) {
		visit_page(pages, all[i]);
	}
}

void
scope_resolve(struct pages *pages)
{
	struct tags tags = { pages->arena, NULL };
	const struct page *page;

	order_pages(pages);
	scope_check(&tags, pages->site, "SITE_ markers");
	for (page = pages->first; page != NULL; page = page->next) {
		scope_check(&tags, page->scope, page->source.path);
	}
}
