/*
 * What the tests of reviewing begin with: cohort_house.h's cohort with the
 * criteria "Craft" (1, weight 3) and "Kindness" (2, weight 1), the reviewer
 * Spica, signed in, and the applications "Vega" (1, call-sign "Alcyone 37") and
 * "Deneb" (2, "Mizar 12").
 */
#ifndef TESTS_PROGRAM_COHORT_READING_H
#define TESTS_PROGRAM_COHORT_READING_H

#include "cohort_house.h"

#define READING "/cohort/orion/review"

/* The people that are made besides Polaris. */
enum { READING_SPICA = 2 };

int reading_set_up(void **state);

#define reading_test(test) cmocka_unit_test_setup_teardown(test, reading_set_up, house_tear_down)

/* Appoints a new person of this name; their id. */
int64_t reading_reviewer(struct harness *harness, const char *name);

/* Fields of the next request: a review of both criteria. */
void reading_points(struct harness *harness, const char *craft, const char *kindness);

/* A finished review by the person of that name, past the program. */
void
reading_reviewed(struct harness *harness, int64_t application, const char *name, int64_t score);

/* The path of the last answer's Location without its query. */
const char *reading_location(struct harness *harness);

#endif
