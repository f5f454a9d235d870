/* A small program of this floor's own, in the box of the programs' tests. */
#ifndef TESTS_UNIT_WEB_BOX_H
#define TESTS_UNIT_WEB_BOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../program/harness.h"

/*
 * "/" greets; "/form" stores a person and does what its words say: "refuse",
 * "break", "hide", or all is well; "/mine" is for people, "/c/:cohort/in" for
 * members; "/made/:which" makes its form and has a button beside the one that
 * sends; "/break" has a fault half-way; "/late" may answer from memory.
 */
extern const struct program box_program;

/* The same rows, sessionless. */
extern const struct program box_feed;

int box_set_up(void **state);

int box_tear_down(void **state);

/*
 * A published cohort "orion", a draft "lyra", and Vega, who organises orion
 * alone: her id.
 */
int64_t box_cohorts(struct harness *harness);

/* How many people are stored. */
int64_t box_people(struct harness *harness);

/* Sends the form with these words; the status. */
int box_send(struct harness *harness, const char *words);

#define box_test(test) cmocka_unit_test_setup_teardown(test, box_set_up, box_tear_down)

#endif
