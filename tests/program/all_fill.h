/*
 * Forms filled in as somebody would who means it.
 */
#ifndef TESTS_PROGRAM_ALL_FILL_H
#define TESTS_PROGRAM_ALL_FILL_H

#include "harness.h"
#include "web/form.h"

/*
 * Adds a field for each of the form's, with a value that all_world.h takes in
 * the form's routes. What must be known of the world stands in one table.
 */
void fill(struct harness *harness, const struct form *form);

#endif
