/*
 * What the tests of organising begin with: the cohort "orion", open for
 * applications at HARNESS_NOW, its projects "Accounts" (1) and "Forms" (2),
 * and its organiser Polaris, signed in.
 */
#ifndef TESTS_PROGRAM_COHORT_HOUSE_H
#define TESTS_PROGRAM_COHORT_HOUSE_H

#include <stdint.h>

#include "harness.h"

#define HOUSE_ORGANISE "/cohort/orion/organise"

/* The people that house_make makes. */
enum { HOUSE_POLARIS = 1 };

/* A harness of the program with all that; *state is the harness. */
int house_set_up(void **state);
int house_tear_down(void **state);

#define house_test(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

/* A person with a role in orion, made by <name>@example.org; the member's id.
 * level is 0 but for Djangonauts. */
int64_t house_member(struct harness *harness, const char *name, const char *role, int level);

/* Signs in as the person of that name. */
void house_sign_in(struct harness *harness, const char *name);

/* A group of orion with this slug, levels 1 to 2, 8 seats, Wednesdays at 19:00
 * in Vienna. */
void house_group(struct harness *harness, const char *slug);

/* Seats a member in a group. */
void house_seat(struct harness *harness, int64_t member, const char *group);

/* An application to orion that counts, of a new person of this name; its id,
 * its key is the name in small letters. */
int64_t house_application(struct harness *harness, const char *name);

/* An open offer for it under the key "seat-<id>", naming this group or NULL;
 * the deadline is HARNESS_NOW and a week. */
void house_offer(struct harness *harness, int64_t application, const char *group);

#endif
