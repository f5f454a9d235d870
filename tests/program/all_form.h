/*
 * The form of a route, also of one whose questions are in the database: as
 * all_world.h's world asks them.
 */
#ifndef TESTS_PROGRAM_ALL_FORM_H
#define TESTS_PROGRAM_ALL_FORM_H

#include "harness.h"
#include "web/route.h"

/* Of a POST never NULL; it lives as long as the harness. */
const struct form *
world_form(struct harness *harness, const struct program *program, const struct route *route);

#endif
