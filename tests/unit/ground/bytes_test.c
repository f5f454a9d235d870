#include "ground/bytes.h"

#include "child.h"
#include "unit.h"

static void
begins_empty_and_terminated(void **state)
{
	const struct bytes *bytes = bytes_new(*state);

	assert_int_equal(bytes->length, 0);
	assert_string_equal(bytes->data, "");
}

static void
appends_in_order_and_stays_terminated(void **state)
{
	struct bytes *bytes = bytes_new(*state);

	bytes_text(bytes, "week ");
	bytes_format(bytes, "%d of %d", 3, 8);
	bytes_char(bytes, '.');
	bytes_text(bytes, NULL);
	bytes_append(bytes, NULL, 0);
	assert_string_equal(bytes->data, "week 3 of 8.");
	assert_int_equal(bytes->length, 12);
}

static void
keeps_bytes_of_every_value(void **state)
{
	struct bytes *bytes = bytes_new(*state);

	for (int i = 0; i < 256; i++) {
		bytes_char(bytes, (char)i);
	}
	assert_int_equal(bytes->length, 256);
	for (int i = 0; i < 256; i++) {
		assert_int_equal((unsigned char)bytes->data[i], i);
	}
	assert_int_equal(bytes->data[256], '\0');
}

static void
grows_by_single_bytes_and_by_large_pieces(void **state)
{
	struct bytes *bytes = bytes_new(*state);
	char *piece = arena_alloc(*state, 70000);

	memset(piece, 'p', 70000);
	for (size_t i = 0; i < 5000; i++) {
		bytes_char(bytes, (char)('a' + i % 26));
	}
	bytes_append(bytes, piece, 70000);
	assert_int_equal(bytes->length, 75000);
	for (size_t i = 0; i < 5000; i++) {
		assert_int_equal(bytes->data[i], 'a' + i % 26);
	}
	assert_int_equal(bytes->data[74999], 'p');
	assert_int_equal(bytes->data[75000], '\0');
}

static void
is_terminated_at_every_length_around_a_growth(void **state)
{
	struct bytes *bytes = bytes_new(*state);

	for (size_t i = 1; i <= 1100; i++) {
		bytes_char(bytes, 'x');
		assert_int_equal(strlen(bytes->data), i);
	}
}

static void
appends_a_part_of_itself(void **state)
{
	struct bytes *bytes = bytes_new(*state);

	bytes_text(bytes, "0123456789");
	for (int i = 0; i < 8; i++) {
		bytes_append(bytes, bytes->data, bytes->length);
	}
	assert_int_equal(bytes->length, 2560);
	assert_memory_equal(bytes->data + 2550, "0123456789", 11);
}

static void
can_be_cleared_and_used_again(void **state)
{
	struct bytes *bytes = bytes_new(*state);

	bytes_text(bytes, "a page with a fault");
	bytes_clear(bytes);
	assert_string_equal(bytes->data, "");
	bytes_text(bytes, "500");
	assert_string_equal(bytes->data, "500");
}

static int
append_more_than_fits(void *text)
{
	struct bytes *bytes = bytes_new(arena_new());
	const volatile size_t length = SIZE_MAX - 4;

	bytes_text(bytes, "0123456789");
	bytes_append(bytes, text, length);
	return 1;
}

static void
safety_49_refuses_a_length_that_overflows(void **state)
{
	char text[] = "text";
	const struct child child = child_run(append_more_than_fits, text);

	(void)state;
	assert_int_equal(child_exit(&child), 70);
}

static void
stays_where_it_is_within_what_was_reserved(void **state)
{
	struct bytes *bytes = bytes_new(*state);
	const char *data;

	bytes_text(bytes, "week");
	bytes_reserve(bytes, 5000);
	assert_string_equal(bytes->data, "week");
	data = bytes->data;
	while (bytes->length < 5000) {
		bytes_char(bytes, 'x');
	}
	assert_ptr_equal(bytes->data, data);
	assert_int_equal(data[5000], '\0');
	/* Less than there is: nothing happens. */
	bytes_reserve(bytes, 10);
	assert_ptr_equal(bytes->data, data);
	assert_int_equal(bytes->length, 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(begins_empty_and_terminated),
		UNIT(appends_in_order_and_stays_terminated),
		UNIT(keeps_bytes_of_every_value),
		UNIT(grows_by_single_bytes_and_by_large_pieces),
		UNIT(is_terminated_at_every_length_around_a_growth),
		UNIT(appends_a_part_of_itself),
		UNIT(can_be_cleared_and_used_again),
		UNIT(stays_where_it_is_within_what_was_reserved),
		UNIT(safety_49_refuses_a_length_that_overflows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
