/*
 * What is hidden (safety rule 30): whoever may not see something learns not
 * even that it is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_world.h"

/* What exists and is not one's own answers to the byte like what does not. */
static void
safety_30_what_is_hidden_answers_to_the_byte_like_what_is_missing(void **state)
{
	static const struct {
		const char *hidden, *missing;
	} pairs[] = { { "/cohort/orion/organise", "/cohort/norio/organise" },
		{ "/cohort/draco", "/cohort/dracx" },
		{ "/cohort/orion/organise/groups/lyra", "/cohort/orion/organise/groups/lyrx" },
		{ "/cohort/orion/organise/applications/key",
		    "/cohort/orion/organise/applications/kex" },
		{ "/cohort/offer/seat", "/cohort/offer/sext" },
		{ "/apply/mine/key", "/apply/mine/kex" }, { "/apply/draco", "/apply/dracx" },
		{ "/standup/orion/cygnus", "/standup/orion/cygnux" },
		{ "/standup/orion/cygnus/1", "/standup/orion/cygnux/1" },
		{ "/standup/draco/none", "/standup/dracx/none" },
		{ "/feed/draco.atom", "/feed/dracx.atom" } };
	struct harness *harness = world_new();

	(void)state;
	world_become(harness, WORLD_DJANGONAUT);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const char *head, *body;

		for (size_t j = 0; j < WORLD_PROGRAMS; j++) {
			const char *name = world_programs[j]->name;

			if (strncmp(pairs[i].hidden + 1, name, strlen(name)) == 0) {
				harness_program(harness, world_programs[j]);
			}
		}
		harness_variable(harness, "REQUEST_ID", "aaaaaaaa");
		harness_get(harness, pairs[i].hidden);
		harness_expect_status(harness, 404);
		head = harness_head_text(harness);
		body = harness_body_text(harness);
		harness_variable(harness, "REQUEST_ID", "aaaaaaaa");
		harness_get(harness, pairs[i].missing);
		assert_string_equal(harness_head_text(harness), head);
		assert_string_equal(harness_body_text(harness), body);
	}
	harness_free(harness);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safety_30_what_is_hidden_answers_to_the_byte_like_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
