#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_crawl.h"

enum { ADDRESSES_MAX = 600 };

struct frontier {
	const char *paths[ADDRESSES_MAX];
	size_t count;
};

static void
add(struct frontier *frontier, const char *path)
{
	for (size_t i = 0; i < frontier->count; i++) {
		if (strcmp(frontier->paths[i], path) == 0) {
			return;
		}
	}
	if (frontier->count == ADDRESSES_MAX) {
		fail_msg(
		    "more than %d addresses: is %s one of an endless row?", ADDRESSES_MAX, path);
	}
	frontier->paths[frontier->count++] = path;
}

/* The program that answers for a path, as nginx has it. */
static const struct program *
program_of(const char *path)
{
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		const char *name = world_programs[i]->name;
		size_t length = strlen(name);

		if (strncmp(path + 1, name, length) == 0 && path[1 + length] == '/') {
			return world_programs[i];
		}
	}
	return &cohort_program;
}

bool
crawl_is_html(const struct harness *harness)
{
	const char *type = harness_header(harness, "Content-Type");

	return type != NULL && strncmp(type, "text/html", 9) == 0;
}

/* Adds what the page links to; its "&amp;" is the only escape in a link of ours. */
static void
add_links(struct harness *harness, struct frontier *frontier)
{
	static const char mark[] = "href=\"";
	const char *at = harness_body_text(harness);

	while ((at = strstr(at, mark)) != NULL) {
		size_t length;

		at += strlen(mark);
		length = strcspn(at, "\"#");
		if (at[0] == '/' && at[1] != '/' && strncmp(at, "/static/", 8) != 0 &&
		    memchr(at, '&', length) == NULL) {
			add(frontier, arena_copy_bytes(harness_arena(harness), at, length));
		}
	}
}

static void
open_address(struct harness *harness, const char *path)
{
	harness_program(harness, program_of(path));
	harness_get(harness, path);
	if (harness_status(harness) >= 500) {
		fail_msg("%s answers %d", path, harness_status(harness));
	}
}

size_t
crawl(struct harness *harness, crawl_look *look, void *context)
{
	struct frontier *frontier = arena_alloc(harness_arena(harness), sizeof(*frontier));
	size_t i, j;

	for (i = 0; i < WORLD_PROGRAMS; i++) {
		for (j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];

			if (route->method == METHOD_GET) {
				add(frontier, world_path(harness, world_programs[i], route));
			}
		}
	}
	for (i = 0; i < frontier->count; i++) {
		open_address(harness, frontier->paths[i]);
		if (crawl_is_html(harness)) {
			add_links(harness, frontier);
		}
		look(harness, frontier->paths[i], context);
	}
	return frontier->count;
}
