#include "ground/arena.h"

#include <stdio.h>
#include <stdlib.h>

#include "child.h"
#include "unit.h"

static void
gives_zeros_aligned_for_any_type(void **state)
{
	for (size_t size = 1; size < 300; size += 7) {
		const unsigned char *piece = arena_alloc(*state, size);

		assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++) {
			assert_int_equal(piece[i], 0);
		}
	}
}

static void
gives_zeros_again_after_a_reset(void **state)
{
	unsigned char *piece = arena_alloc(*state, 1000);

	memset(piece, 0xff, 1000);
	arena_reset(*state);
	piece = arena_alloc(*state, 1000);
	for (size_t i = 0; i < 1000; i++) {
		assert_int_equal(piece[i], 0);
	}
}

static void
keeps_pieces_apart_whatever_their_sizes(void **state)
{
	unsigned char *pieces[200];
	size_t sizes[200];

	for (size_t i = 0; i < LENGTH(pieces); i++) {
		sizes[i] = (i * 7919) % 40000;
		pieces[i] = arena_alloc(*state, sizes[i]);
		memset(pieces[i], (int)i, sizes[i]);
	}
	for (size_t i = 0; i < LENGTH(pieces); i++) {
		for (size_t j = 0; j < sizes[i]; j++) {
			assert_int_equal(pieces[i][j], i);
		}
	}
}

static void
gives_a_pointer_for_nothing(void **state)
{
	assert_non_null(arena_alloc(*state, 0));
	assert_non_null(arena_array(*state, 0, 8));
	assert_non_null(arena_array(*state, 8, 0));
	assert_string_equal(arena_copy_bytes(*state, NULL, 0), "");
}

static void
copies_text_and_bytes_and_passes_null_on(void **state)
{
	char text[] = "groundcrew";
	const char *copy = arena_copy(*state, text);
	const char *bytes = arena_copy_bytes(*state, "a\0b", 3);

	text[0] = 'x';
	assert_string_equal(copy, "groundcrew");
	assert_memory_equal(bytes, "a\0b\0", 4);
	assert_null(arena_copy(*state, NULL));
}

static void
formats_text_of_any_length(void **state)
{
	char *const long_text = arena_alloc(*state, 100001);

	memset(long_text, 'x', 100000);
	assert_string_equal(arena_format(*state, "%d of %s", 4, "8"), "4 of 8");
	assert_string_equal(arena_format(*state, "%s", ""), "");
	assert_int_equal(strlen(arena_format(*state, "<%s>", long_text)), 100002);
}

static char order[8];

static void
note(void *letter)
{
	const size_t length = strlen(order);

	order[length] = *(char *)letter;
	order[length + 1] = '\0';
}

static void
runs_clean_ups_once_the_last_first(void **state)
{
	char a = 'a', b = 'b', c = 'c';

	order[0] = '\0';
	arena_cleanup(*state, note, &a);
	arena_cleanup(*state, note, &b);
	arena_reset(*state);
	assert_string_equal(order, "ba");
	arena_cleanup(*state, note, &c);
	arena_reset(*state);
	arena_reset(*state);
	assert_string_equal(order, "bac");
}

static void
lets_a_clean_up_read_the_arena_when_freed(void **state)
{
	struct arena *arena = arena_new();
	char *letter = arena_alloc(arena, 1);

	(void)state;
	order[0] = '\0';
	*letter = 'z';
	arena_cleanup(arena, note, letter);
	arena_free(arena);
	assert_string_equal(order, "z");
	arena_free(NULL);
}

static int
ask_for_more_than_fits(void *unused)
{
	const volatile size_t count = SIZE_MAX / 2;

	(void)unused;
	arena_array(arena_new(), count, 3);
	return 1;
}

static int
ask_for_all_memory(void *unused)
{
	const volatile size_t size = SIZE_MAX - 8;

	(void)unused;
	arena_alloc(arena_new(), size);
	return 1;
}

static int
leave_with_an_exit_handler(void *unused)
{
	const volatile size_t size = SIZE_MAX - 8;

	atexit(abort);
	(void)unused;
	arena_alloc(arena_new(), size);
	return 1;
}

static void
safety_49_ends_cleanly_with_one_line_when_memory_is_exhausted(void **state)
{
	int (*const ways[])(void *) = {
		ask_for_more_than_fits,
		ask_for_all_memory,
		leave_with_an_exit_handler,
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(ways); i++) {
		const struct child child = child_run(ways[i], NULL);

		assert_int_equal(child_exit(&child), 70);
		assert_non_null(strstr(child.errors, "event=memory_exhausted"));
		assert_ptr_equal(strchr(child.errors, '\n'), child.errors + child.length - 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(gives_zeros_aligned_for_any_type),
		UNIT(gives_zeros_again_after_a_reset),
		UNIT(keeps_pieces_apart_whatever_their_sizes),
		UNIT(gives_a_pointer_for_nothing),
		UNIT(copies_text_and_bytes_and_passes_null_on),
		UNIT(formats_text_of_any_length),
		UNIT(runs_clean_ups_once_the_last_first),
		UNIT(lets_a_clean_up_read_the_arena_when_freed),
		UNIT(safety_49_ends_cleanly_with_one_line_when_memory_is_exhausted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
