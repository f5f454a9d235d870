#ifndef TESTS_UNIT_GROUND_UNIT_H
#define TESTS_UNIT_GROUND_UNIT_H

/* What every unit test of the lowest floor needs: cmocka and an arena. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"

/* One arena a test, handed over as the state. */
static int
unit_begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
unit_end(void **state)
{
	arena_free(*state);
	return 0;
}

/* A test that is given an arena as `*state`. */
#define UNIT(test) cmocka_unit_test_setup_teardown(test, unit_begin, unit_end)

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
