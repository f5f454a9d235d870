#include "ground/seal.h"

#include "ground/bytes.h"
#include "unit.h"

static const unsigned char key[TOKEN_KEY_BYTES] = "the key file's thirty-two bytes";
static const unsigned char other[TOKEN_KEY_BYTES] = "another file's thirty-two bytes";
static const char words[] = "What nobody else may read";

static struct bytes *
box_of(struct arena *arena)
{
	return seal_close(arena, key, SEAL_CONDUCT, words, sizeof(words) - 1);
}

static void
opens_with_the_key_that_closed_it(void **state)
{
	struct bytes *box = box_of(*state);
	struct bytes *opened = seal_open(*state, key, SEAL_CONDUCT, box->data, box->length);

	assert_non_null(opened);
	assert_int_equal(opened->length, sizeof(words) - 1);
	assert_string_equal(opened->data, words);
}

static void
shows_nothing_of_what_is_in_it(void **state)
{
	struct bytes *box = box_of(*state);

	assert_null(memmem(box->data, box->length, "nobody", 6));
	assert_true(box->length > sizeof(words));
}

static void
never_looks_the_same_twice(void **state)
{
	struct bytes *one = box_of(*state), *two = box_of(*state);

	assert_int_equal(one->length, two->length);
	assert_memory_not_equal(one->data, two->data, one->length);
}

static void
does_not_open_with_another_key_or_for_another_purpose(void **state)
{
	struct bytes *box = box_of(*state);

	assert_null(seal_open(*state, other, SEAL_CONDUCT, box->data, box->length));
	assert_null(
	    seal_open(*state, key, (enum seal_purpose)(SEAL_CONDUCT + 1), box->data, box->length));
}

static void
does_not_open_once_any_bit_was_changed(void **state)
{
	struct bytes *box = box_of(*state);

	for (size_t i = 0; i < box->length * 8; i++) {
		const char bit = (char)(1U << (i % 8));

		box->data[i / 8] ^= bit;
		assert_null(seal_open(*state, key, SEAL_CONDUCT, box->data, box->length));
		box->data[i / 8] ^= bit;
	}
	assert_non_null(seal_open(*state, key, SEAL_CONDUCT, box->data, box->length));
}

static void
does_not_open_when_cut_or_longer(void **state)
{
	struct bytes *box = box_of(*state);

	for (size_t length = 0; length < box->length; length++) {
		assert_null(seal_open(*state, key, SEAL_CONDUCT, box->data, length));
	}
	bytes_char(box, 'x');
	assert_null(seal_open(*state, key, SEAL_CONDUCT, box->data, box->length));
	assert_null(seal_open(*state, key, SEAL_CONDUCT, NULL, 0));
}

static void
holds_nothing_as_well_as_something(void **state)
{
	struct bytes *box = seal_close(*state, key, SEAL_CONDUCT, "", 0);
	struct bytes *opened = seal_open(*state, key, SEAL_CONDUCT, box->data, box->length);

	assert_non_null(opened);
	assert_int_equal(opened->length, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(opens_with_the_key_that_closed_it),
		UNIT(shows_nothing_of_what_is_in_it),
		UNIT(never_looks_the_same_twice),
		UNIT(does_not_open_with_another_key_or_for_another_purpose),
		UNIT(does_not_open_once_any_bit_was_changed),
		UNIT(does_not_open_when_cut_or_longer),
		UNIT(holds_nothing_as_well_as_something),
	};

	if (!token_start()) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
