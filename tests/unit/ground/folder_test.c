#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ground/folder.h"

static void
the_folder_of_a_path_is_made_sure_of(void **state)
{
	(void)state;
	assert_true(folder_sync("/tmp/a-file-that-need-not-be"));
	assert_true(folder_sync("a-file-here"));
}

static void
a_folder_that_is_not_there_is_told(void **state)
{
	(void)state;
	assert_false(folder_sync("/no/such/folder/file"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_of_a_path_is_made_sure_of),
		cmocka_unit_test(a_folder_that_is_not_there_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
