/*
 * The log: whatever organisers and administrators do is in it, and nothing
 * that anybody typed. Driven by the programs' own tables of routes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_fill.h"
#include "all_form.h"
#include "all_before.h"
#include "all_world.h"
#include "ground/bytes.h"
#include "model/rights.h"

enum { KEEPERS = ROLE_ORGANISER | ROLE_ADMINISTRATOR };

static bool
is_kept(const struct route *route)
{
	return route->method == METHOD_POST && (route->roles & ~(unsigned)KEEPERS) == 0;
}

static const char *
log_of(struct harness *h)
{
	return harness_rows(h,
	    "SELECT id, action, detail FROM audit WHERE id > (SELECT mark FROM temp.audit_mark)");
}

/* The form as it should be, by that visitor; whether it was accepted. */
static bool
press(struct harness *h, struct harness *template, const struct program *program,
    const struct route *route, enum world_visitor visitor)
{
	world_restore(h, template);
	world_prepare(h, route);
	world_become(h, visitor);
	harness_run_sql(h,
	    "DROP TABLE IF EXISTS temp.audit_mark;"
	    "CREATE TEMP TABLE audit_mark AS SELECT max(id) AS mark FROM audit");
	fill(h, world_form(h, program, route));
	world_send(h, program, route);
	return harness_status(h) == 303 && !world_sends_to_sign_in(h);
}

static void
check_route(struct harness *h, struct harness *template, const struct program *program,
    const struct route *route, struct bytes *wrong)
{
	/* As all_fill.c fills in words, addresses and links. */
	static const char *const typed[] = { "Meant so", "somebody@", "example.net" };
	bool acts = false;

	for (int i = 0; i < 2; i++) {
		const char *log;

		if (!press(h, template, program, route,
			i == 0 ? WORLD_ORGANISER : WORLD_ADMINISTRATOR)) {
			continue;
		}
		acts = true;
		log = log_of(h);
		if (*log == '\0') {
			bytes_format(wrong, "%s is not in the log\n", route->pattern);
		}
		for (size_t j = 0; j < sizeof(typed) / sizeof(typed[0]); j++) {
			if (strstr(log, typed[j]) != NULL) {
				bytes_format(wrong, "%s: what was typed is in the log: %s",
				    route->pattern, log);
			}
		}
	}
	if (!acts) {
		bytes_format(
		    wrong, "%s was never accepted (%d)\n", route->pattern, harness_status(h));
	}
}

static void
what_organisers_and_administrators_do_is_logged_and_never_what_they_typed(void **state)
{
	struct harness *template = world_new();
	struct bytes *wrong = bytes_new(harness_arena(template));
	size_t routes = 0;

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		for (size_t j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];
			struct harness *h;

			if (!is_kept(route)) {
				continue;
			}
			h = harness_new(world_programs[i]);
			check_route(h, template, world_programs[i], route, wrong);
			harness_free(h);
			routes++;
		}
	}
	assert_true(routes > 20);
	if (wrong->length > 0) {
		fail_msg("\n%s", wrong->data);
	}
	harness_free(template);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_organisers_and_administrators_do_is_logged_and_never_what_they_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
