#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_form.h"
#include "all_world.h"
#include "model/scope.h"
#include "web/visit.h"

/* The captures of a pattern as this world's address has them. */
static void
match_made(struct harness *h, const struct program *program, const struct route *route,
    struct route_match *match)
{
	char *pattern = arena_copy_bytes(harness_arena(h), route->pattern, strlen(route->pattern));
	char *path = arena_copy_bytes(
	    harness_arena(h), world_path(h, program, route), strlen(world_path(h, program, route)));
	char *name, *value;

	match->route = route;
	while ((name = strsep(&pattern, "/")) != NULL && (value = strsep(&path, "/")) != NULL) {
		if (*name == ':' && match->param_count < ROUTE_PARAMS_MAX) {
			match->params[match->param_count].name = name + 1;
			match->params[match->param_count++].value = value;
		}
	}
}

static void
scope_made(struct visit *visit, struct cohort *cohort, struct application *application)
{
	const char *slug = visit_param(visit, "cohort"), *key = visit_param(visit, "application");

	if (key != NULL && application_find(visit->db, visit->arena, key, application)) {
		visit->application = application;
		if (scope_cohort(visit->db, visit->arena, application->cohort_id, cohort)) {
			visit->cohort = cohort;
		}
	}
	if (slug != NULL && cohort_find(visit->db, visit->arena, slug, cohort)) {
		visit->cohort = cohort;
	}
}

const struct form *
world_form(struct harness *harness, const struct program *program, const struct route *route)
{
	struct route_match match = { .route = NULL };
	struct cohort cohort;
	struct application application;
	/* Signed in, with no role: the questions of roles are not in it. */
	static const struct person somebody;
	const struct form *form;
	struct visit visit = {
		.arena = harness_arena(harness),
		.db = harness_db(harness),
		.now = HARNESS_NOW,
		.match = &match,
		.person = &somebody,
		.zone = "UTC",
	};

	if (route->form_of == NULL) {
		return route->form;
	}
	match_made(harness, program, route, &match);
	assert_true(db_begin_read(visit.db));
	scope_made(&visit, &cohort, &application);
	form = route->form_of(&visit);
	db_rollback(visit.db);
	if (form == NULL) {
		fail_msg("%s has no form in this world", route->pattern);
	}
	return form;
}
