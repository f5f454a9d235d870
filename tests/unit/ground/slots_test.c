#include "ground/slots.h"

#include "unit.h"

static struct slots
slots_of(const size_t *numbers, size_t count)
{
	struct slots slots = { 0 };

	for (size_t i = 0; i < count; i++) {
		slots_set(&slots, numbers[i]);
	}
	return slots;
}

static void
writes_the_first_slot_as_the_lowest_bit_of_the_first_byte(void **state)
{
	struct slots slots = slots_of((const size_t[]){ 0, 1 }, 2);
	const char *text = slots_hex(*state, &slots);

	assert_int_equal(strlen(text), SLOTS_HEX_LENGTH);
	assert_memory_equal(text, "030000", 6);
	slots = slots_of((const size_t[]){ 8 }, 1);
	assert_memory_equal(slots_hex(*state, &slots), "000100", 6);
	slots = slots_of((const size_t[]){ 335 }, 1);
	assert_string_equal(slots_hex(*state, &slots) + 80, "0080");
}

static void
numbers_slots_from_sunday_and_weekdays_from_monday(void **state)
{
	(void)state;
	assert_int_equal(slots_number(6, 0), 0);
	assert_int_equal(slots_number(0, 0), 48);
	assert_int_equal(slots_number(5, 47), 335);
	assert_int_equal(slots_number(7, 0), SLOTS_COUNT);
	assert_int_equal(slots_number(-1, 0), SLOTS_COUNT);
	assert_int_equal(slots_number(0, 48), SLOTS_COUNT);
	assert_int_equal(slots_number(0, -1), SLOTS_COUNT);
}

static void
sets_unsets_and_asks_each_slot(void **state)
{
	(void)state;
	for (size_t slot = 0; slot < SLOTS_COUNT; slot++) {
		struct slots slots = { 0 };

		slots_set(&slots, slot);
		assert_true(slots_has(&slots, slot));
		assert_int_equal(slots_count(&slots), 1);
		slots_unset(&slots, slot);
		assert_true(slots_empty(&slots));
	}
}

static void
knows_no_slot_beyond_the_week(void **state)
{
	struct slots slots = { 0 };

	(void)state;
	slots_set(&slots, SLOTS_COUNT);
	slots_set(&slots, SIZE_MAX);
	assert_true(slots_empty(&slots));
	memset(slots.bits, 0xff, sizeof(slots.bits));
	slots_unset(&slots, SLOTS_COUNT);
	slots_unset(&slots, SIZE_MAX);
	assert_int_equal(slots_count(&slots), SLOTS_COUNT);
	assert_false(slots_has(&slots, SLOTS_COUNT));
	assert_false(slots_has(&slots, SIZE_MAX));
}

static void
reads_what_it_writes(void **state)
{
	struct slots slots = { 0 }, again = { 0 };

	for (size_t slot = 0; slot < SLOTS_COUNT; slot += 5) {
		slots_set(&slots, slot);
	}
	assert_true(slots_read_hex(slots_hex(*state, &slots), &again));
	assert_true(slots_equal(&slots, &again));
}

static void
refuses_what_is_not_84_hex_digits(void **state)
{
	struct slots slots = slots_of((const size_t[]){ 7 }, 1);
	char text[SLOTS_HEX_LENGTH + 2] = { 0 };

	(void)state;
	memset(text, 'F', SLOTS_HEX_LENGTH);
	assert_true(slots_read_hex(text, &slots));
	assert_int_equal(slots_count(&slots), SLOTS_COUNT);
	for (size_t place = 0; place < SLOTS_HEX_LENGTH; place += 41) {
		text[place] = 'g';
		assert_false(slots_read_hex(text, &slots));
		text[place] = ' ';
		assert_false(slots_read_hex(text, &slots));
		text[place] = 'f';
	}
	text[SLOTS_HEX_LENGTH] = '0';
	assert_false(slots_read_hex(text, &slots));
	text[SLOTS_HEX_LENGTH - 1] = '\0';
	assert_false(slots_read_hex(text, &slots));
	assert_false(slots_read_hex("", &slots));
	assert_false(slots_read_hex(NULL, &slots));
	assert_int_equal(slots_count(&slots), SLOTS_COUNT);
}

static void
intersects(void **state)
{
	const struct slots a = slots_of((const size_t[]){ 1, 2, 300 }, 3);
	const struct slots b = slots_of((const size_t[]){ 2, 300, 301 }, 3);
	const struct slots both = slots_and(&a, &b);

	(void)state;
	assert_int_equal(slots_count(&both), 2);
	assert_true(slots_has(&both, 2) && slots_has(&both, 300));
	assert_false(slots_equal(&a, &b));
}

static void
counts_whole_hours_of_each_run(void **state)
{
	struct slots slots = { 0 };

	(void)state;
	assert_int_equal(slots_hours(&slots), 0);
	slots_set(&slots, 11); /* a lone half hour */
	assert_int_equal(slots_hours(&slots), 0);
	slots_set(&slots, 12); /* begins at half past */
	assert_int_equal(slots_hours(&slots), 1);
	slots_set(&slots, 13); /* three half hours */
	assert_int_equal(slots_hours(&slots), 1);
	slots_set(&slots, 14);
	assert_int_equal(slots_hours(&slots), 2);
	slots_set(&slots, 16); /* another run */
	slots_set(&slots, 17);
	assert_int_equal(slots_hours(&slots), 3);
}

static void
lets_an_hour_cross_midnight_but_not_the_weeks_end(void **state)
{
	const struct slots midnight = slots_of((const size_t[]){ 47, 48 }, 2);
	const struct slots end = slots_of((const size_t[]){ 335, 0 }, 2);
	struct slots all;

	(void)state;
	assert_int_equal(slots_hours(&midnight), 1);
	assert_int_equal(slots_hours(&end), 0);
	memset(all.bits, 0xff, sizeof(all.bits));
	assert_int_equal(slots_hours(&all), 168);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(writes_the_first_slot_as_the_lowest_bit_of_the_first_byte),
		UNIT(numbers_slots_from_sunday_and_weekdays_from_monday),
		UNIT(sets_unsets_and_asks_each_slot),
		UNIT(knows_no_slot_beyond_the_week),
		UNIT(reads_what_it_writes),
		UNIT(refuses_what_is_not_84_hex_digits),
		UNIT(intersects),
		UNIT(counts_whole_hours_of_each_run),
		UNIT(lets_an_hour_cross_midnight_but_not_the_weeks_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
