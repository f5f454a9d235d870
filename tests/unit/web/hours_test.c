#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/hours.h"

static struct slots
range(struct slots slots, int weekday, int from, int until)
{
	for (int half = from; half < until; half++) {
		slots_set(&slots, slots_number(weekday, half));
	}
	return slots;
}

static void
expect(const struct slots *slots, const char *words)
{
	struct arena *arena = arena_new();

	assert_string_equal(hours_words(arena, slots, "Europe/Vienna"), words);
	arena_free(arena);
}

static void
names_days_with_the_same_hours_once(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	for (int day = 0; day < 5; day++) {
		slots = range(slots, day, 38, 44);
	}
	expect(&slots, "Mon–Fri 19:00–22:00 Europe/Vienna");
}

static void
tells_days_apart_that_differ(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 0, 38, 44);
	slots = range(slots, 2, 38, 44);
	slots = range(slots, 5, 20, 24);
	slots = range(slots, 5, 28, 33);
	slots = range(slots, 6, 20, 24);
	expect(&slots,
	    "Mon 19:00–22:00; Wed 19:00–22:00; "
	    "Sat 10:00–12:00, 14:00–16:30; Sun 10:00–12:00 Europe/Vienna");
}

static void
ends_a_day_at_24(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	slots = range(slots, 6, 0, 48);
	expect(&slots, "Sun 00:00–24:00 Europe/Vienna");
}

static void
says_that_none_were_given(void **state)
{
	struct slots slots = { { 0 } };

	(void)state;
	expect(&slots, "none given");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_days_with_the_same_hours_once),
		cmocka_unit_test(tells_days_apart_that_differ),
		cmocka_unit_test(ends_a_day_at_24),
		cmocka_unit_test(says_that_none_were_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
