#include "fixture.h"

#include "model/delivery.h"
#include "model/lane.h"

#define SECOND ((int64_t)1000000)
#define START (5 * SECOND)
#define MIDDLE (DELIVERY_CHANCES / 2)

/* How many go in a time when there is always one more, at most `most`. */
static int
gone_within(struct lane *lane, int64_t *micros, int64_t seconds, int most)
{
	int64_t end = *micros + seconds * SECOND;
	int gone = 0;

	while (gone < most) {
		int64_t opens = lane_opens_at(lane, *micros);

		if (opens >= end) {
			break;
		}
		*micros = opens;
		lane_take(lane, *micros);
		gone++;
	}
	*micros = end;
	return gone;
}

static void
without_a_limit_it_is_always_open(void **state)
{
	struct lane lane = { .per_minute = 0 };
	int64_t micros = START;

	(void)state;
	assert_int_equal(gone_within(&lane, &micros, 1, 1000), 1000);
}

static void
no_minute_sees_more_than_its_limit(void **state)
{
	static const int limits[] = { 1, 2, 7, 20, 30, 60, 600 };

	(void)state;
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		struct lane lane = { .per_minute = limits[i] };
		int64_t micros = START;

		for (int minute = 0; minute < 5; minute++) {
			int gone = gone_within(&lane, &micros, 60, 100000);

			assert_in_range(gone, minute == 0 ? 1 : limits[i] / 2, limits[i]);
		}
	}
}

/* After a rest a few may go at once, and the minute that holds them still
 * keeps its limit. */
static void
a_burst_is_a_tenth_of_the_limit(void **state)
{
	struct lane lane = { .per_minute = 60 };
	int64_t micros = START;

	(void)state;
	assert_int_equal(gone_within(&lane, &micros, 1, 100), 6);
	micros += 600 * SECOND;
	assert_int_equal(gone_within(&lane, &micros, 1, 100), 6);
	assert_in_range(gone_within(&lane, &micros, 59, 100), 40, 54);
}

static void
a_server_that_fails_rests_ever_longer(void **state)
{
	static const int64_t seconds[] = { 15, 30, 60, 120, 240, 480, 900, 900 };
	struct lane lane = { .per_minute = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
		lane_failed(&lane, START, 0, MIDDLE);
		assert_in_range(
		    (lane_opens_at(&lane, START) - START) / SECOND, seconds[i] - 1, seconds[i]);
		assert_true(lane_rests(&lane, START));
	}
	assert_false(lane_rests(&lane, START + 901 * SECOND));
}

static void
and_is_itself_again_once_it_works(void **state)
{
	struct lane lane = { .per_minute = 0 };

	(void)state;
	lane_failed(&lane, START, 0, MIDDLE);
	lane_failed(&lane, START, 0, MIDDLE);
	lane_worked(&lane);
	assert_int_equal(lane_opens_at(&lane, START), START);
	lane_failed(&lane, START, 0, MIDDLE);
	assert_in_range(lane_opens_at(&lane, START) - START, 14 * SECOND, 15 * SECOND);
}

static void
it_rests_for_as_long_as_it_asks_within_reason(void **state)
{
	struct lane lane = { .per_minute = 30 };

	(void)state;
	lane_failed(&lane, START, 7, MIDDLE);
	assert_int_equal(lane_opens_at(&lane, START), START + 7 * SECOND);
	lane_failed(&lane, START, INT64_MAX, MIDDLE);
	assert_int_equal(lane_opens_at(&lane, START), START + 86400 * SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_limit_it_is_always_open),
		cmocka_unit_test(no_minute_sees_more_than_its_limit),
		cmocka_unit_test(a_burst_is_a_tenth_of_the_limit),
		cmocka_unit_test(a_server_that_fails_rests_ever_longer),
		cmocka_unit_test(and_is_itself_again_once_it_works),
		cmocka_unit_test(it_rests_for_as_long_as_it_asks_within_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
