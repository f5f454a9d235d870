#ifndef TESTS_UNIT_MODEL_FIXTURE_H
#define TESTS_UNIT_MODEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "model/application.h"
#include "model/cohort.h"
#include "model/group.h"

/*
 * A programme in memory for each test: the real schema, a fixed now
 * (2027-03-01 12:00 UTC), a write transaction open.  `cohort` is published,
 * open from 2027-02-20 to 2027-03-10, its week 0 begins 2027-04-05 (a
 * Monday); `group` is its first one, band 1 to 2, meeting Wednesdays 19:00
 * Europe/Vienna, without anybody in it.
 */
struct model {
	struct db *db;
	struct arena *arena;
	int64_t now;
	int64_t organiser_id;
	int64_t project_id;
	struct cohort cohort;
	struct group group;
};

#define MODEL_NOW ((int64_t)1803902400)

/* cmocka's set-up and tear-down: *state is a struct model. */
int model_set_up(void **state);
int model_tear_down(void **state);

#define model_test(test) cmocka_unit_test_setup_teardown(test, model_set_up, model_tear_down)

/* Reads model->cohort and model->group again. */
void model_refresh(struct model *model);

/* Makes a person; the address is <name>@example.org. */
int64_t model_person(struct model *model, const char *name);

/* Makes a person with a role in the cohort; level is DB_NULL but for
 * Djangonauts.  Returns the member's id. */
int64_t model_member(struct model *model, const char *name, const char *role, int64_t level);

/* Makes a second group like the first, under this slug. */
struct group model_group(struct model *model, const char *slug);

/* Makes an application that counts, of a new person of this name. */
struct application model_application(struct model *model, const char *name);

/* Makes one whose address is not confirmed yet; its id. */
int64_t model_received(struct model *model, const char *name);

/* Counts the rows of a table that the query finds: "SELECT count(*) ..." is
 * not to be had, so the tests count what the model lists. */
size_t model_mails(struct model *model, const char *kind);
size_t model_activities(struct model *model, const char *kind);

#endif
