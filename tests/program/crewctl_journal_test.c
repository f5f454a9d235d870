#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/journal.h"
#include "ground/arena.h"
#include "ground/token.h"

struct place {
	struct arena *arena;
	const char *folder;
	const char *path;
	struct erasure first, second;
};

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct place *place = arena_alloc(arena, sizeof(*place));

	place->arena = arena;
	place->folder = mkdtemp(arena_copy_bytes(arena, "/tmp/journal-XXXXXX", 19));
	assert_non_null(place->folder);
	place->path = arena_format(arena, "%s/erasures", place->folder);
	place->first = (struct erasure){
		.address_hash = token_hash(arena, "vega"), .withdraws = 1, .erased_at = 1794823200
	};
	place->second = (struct erasure){
		.address_hash = token_hash(arena, "rigel"), .withdraws = 0, .erased_at = 1794823300
	};
	*state = place;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	rmdir(place->folder);
	arena_free(place->arena);
	return 0;
}

static struct erasure_rows
read_all(const struct place *place)
{
	struct erasure_rows rows;
	const char *problem = NULL;

	if (!journal_read(place->arena, place->path, &rows, &problem)) {
		fail_msg("%s", problem);
	}
	return rows;
}

static void
write_end(const struct place *place, const char *text)
{
	FILE *file = fopen(place->path, "a");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
a_journal_that_is_not_there_is_empty(void **state)
{
	assert_int_equal(read_all(*state).count, 0);
}

static void
what_was_appended_is_read_in_order(void **state)
{
	const struct place *place = *state;
	struct erasure_rows rows;

	assert_true(journal_append(place->path, &place->first, 1));
	assert_true(journal_append(place->path, &place->second, 1));
	rows = read_all(place);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.rows[0].address_hash, place->first.address_hash);
	assert_int_equal(rows.rows[0].withdraws, 1);
	assert_int_equal(rows.rows[0].erased_at, place->first.erased_at);
	assert_string_equal(rows.rows[1].address_hash, place->second.address_hash);
	assert_int_equal(rows.rows[1].withdraws, 0);
}

static void
what_is_there_is_not_appended_again(void **state)
{
	const struct place *place = *state;

	assert_true(journal_append(place->path, &place->first, 1));
	assert_true(journal_append(place->path, &place->second, 1));
	assert_true(journal_append(place->path, &place->first, 1));
	assert_int_equal(read_all(place).count, 2);
}

static void
a_line_that_a_crash_cut_off_is_passed_over_and_then_replaced(void **state)
{
	const struct place *place = *state;

	assert_true(journal_append(place->path, &place->first, 1));
	write_end(place, "1794823300 00ab");
	assert_int_equal(read_all(place).count, 1);
	assert_true(journal_append(place->path, &place->second, 1));
	assert_int_equal(read_all(place).count, 2);
	assert_string_equal(read_all(place).rows[1].address_hash, place->second.address_hash);
}

static void
a_line_that_is_none_of_ours_is_told(void **state)
{
	static const char *const lines[] = { "nonsense\n", "1794823300 00ab kept\n",
		"1794823300 5d0c\n", "-1 5d0c kept\n" };
	const struct place *place = *state;
	struct erasure_rows rows;
	const char *problem = NULL;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		unlink(place->path);
		assert_true(journal_append(place->path, &place->first, 1));
		write_end(place, lines[i]);
		assert_false(journal_read(place->arena, place->path, &rows, &problem));
		assert_non_null(strstr(problem, "line 2"));
	}
}

static void
a_journal_that_cannot_be_written_is_told(void **state)
{
	const struct place *place = *state;

	assert_false(journal_append("/no/such/folder/erasures", &place->first, 1));
}

#define JOURNAL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL(a_journal_that_is_not_there_is_empty),
		JOURNAL(what_was_appended_is_read_in_order),
		JOURNAL(what_is_there_is_not_appended_again),
		JOURNAL(a_line_that_a_crash_cut_off_is_passed_over_and_then_replaced),
		JOURNAL(a_line_that_is_none_of_ours_is_told),
		JOURNAL(a_journal_that_cannot_be_written_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
