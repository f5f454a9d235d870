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
#include "all_world.h"
#include "ground/bytes.h"
#include "model/rights.h"

enum { KEEPERS = ROLE_ORGANISER | ROLE_ADMINISTRATOR };

/* Orion before its week 1, its application undecided; a decision on it; that
 * it waits; and the seat of another one, given back. */
#define BEFORE_OFFERS \
	"DELETE FROM offer; DELETE FROM decision;" \
	"UPDATE application SET withdrawn_at = 1 WHERE id = 1;" \
	"UPDATE application SET withdrawn_at = NULL WHERE id = 1;" \
	"UPDATE cohort SET starts_at = 1800000000, ends_at = 1810000000 WHERE id = 1;"
#define DECISION \
	"INSERT INTO decision (id, application_id, kind, decided_at) VALUES (7, 1, 'decline', 1);"
#define WAITING \
	"UPDATE application SET standing = 'waitlisted', waitlist_position = 1 WHERE id = 1;"
#define SEAT \
	"INSERT INTO offer (key, application_id, state, made_at, deadline_at)" \
	" VALUES ('given-back', 1, 'offered', 1, 2);" \
	"UPDATE offer SET state = 'lapsed', ended_at = 2;"

/* What the world must be first, that a button can be pressed. */
static const struct {
	const char *pattern;
	const char *sql;
} before[] = {
	{ "/cohort/:cohort/organise/publish",
	    "UPDATE cohort SET published_at = NULL WHERE id = 1" },
	{ "/cohort/:cohort/organise/late",
	    "UPDATE cohort SET starts_at = 1800000000, ends_at = 1810000000 WHERE id = 1;" },
	{ "/cohort/:cohort/organise/form-groups",
	    "UPDATE cohort SET groups_formed_at = NULL WHERE id = 1;"
	    "DELETE FROM activity WHERE kind = 'groups_formed'" },
	{ "/cohort/:cohort/organise/launch",
	    "DELETE FROM highlight; DELETE FROM answer; DELETE FROM question;"
	    "DELETE FROM check_in; DELETE FROM standup;"
	    "UPDATE cohort SET launched_at = NULL WHERE id = 1;"
	    "DELETE FROM activity WHERE kind = 'cohort_launched'" },
	{ "/cohort/:cohort/organise/decisions/add", BEFORE_OFFERS },
	{ "/cohort/:cohort/organise/decisions/send", BEFORE_OFFERS DECISION },
	{ "/cohort/:cohort/organise/waitlist/release", BEFORE_OFFERS SEAT WAITING },
	{ "/cohort/:cohort/organise/waitlist/move", BEFORE_OFFERS WAITING },
	{ "/cohort/settings/hooks/:hook/remove", "UPDATE hook SET cohort_id = NULL" },
	{ "/cohort/settings/hooks/:hook/test", "UPDATE hook SET cohort_id = NULL" },
};

static bool
is_kept(const struct route *route)
{
	return route->method == METHOD_POST && (route->roles & ~(unsigned)KEEPERS) == 0;
}

static void
prepare(struct harness *h, const struct route *route)
{
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		if (strcmp(before[i].pattern, route->pattern) == 0) {
			harness_run_sql(h, before[i].sql);
		}
	}
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
	prepare(h, route);
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
