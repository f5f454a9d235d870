#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "crewctl_days.h"
#include "ground/clock.h"
#include "ground/date.h"

const struct program days_program = { .name = "crewctl" };

int
days_load_file(struct harness *h, const char *path, int64_t now)
{
	struct crewctl crewctl = {
		.arena = harness_arena(h),
		.site = harness_site(h),
		.db = harness_db(h),
		.now = now,
	};

	harness_set_now(h, now);
	return run_sample(&crewctl, &(struct arguments){ .operand = path });
}

struct harness *
days_loaded(int64_t now)
{
	struct harness *h = harness_new(&days_program);

	assert_int_equal(days_load_file(h, DAYS_FILE, now), CREWCTL_DONE);
	return h;
}

/* Ordinary days, and those on which clocks and calendars do something. */
static const struct date days[] = {
	{ 2026, 11, 16 },
	{ 2026, 11, 17 },
	{ 2026, 11, 18 },
	{ 2026, 11, 19 },
	{ 2026, 11, 20 },
	{ 2026, 11, 21 },
	{ 2026, 11, 22 },
	/* Summer time begins or ends: America, Europe, Chile, New Zealand. */
	{ 2026, 3, 8 },
	{ 2026, 3, 29 },
	{ 2026, 4, 5 },
	{ 2026, 9, 27 },
	{ 2026, 10, 25 },
	{ 2026, 11, 1 },
	/* The same with three weeks of the cohort on the other side. */
	{ 2027, 4, 12 },
	{ 2027, 11, 15 },
	{ 2028, 2, 29 },
	{ 2028, 3, 1 },
	{ 2026, 12, 31 },
	{ 2027, 1, 1 },
};

static const int64_t times[] = { 0, 45240, CLOCK_DAY - 1 };

static struct harness *samples[DAYS_COUNT(days) * DAYS_COUNT(times)];

int
days_load(void **state)
{
	(void)state;
	for (size_t i = 0; i < DAYS_COUNT(samples); i++) {
		samples[i] = days_loaded(date_days(days[i / DAYS_COUNT(times)]) * CLOCK_DAY +
		    times[i % DAYS_COUNT(times)]);
	}
	return 0;
}

int
days_free(void **state)
{
	(void)state;
	for (size_t i = 0; i < DAYS_COUNT(samples); i++) {
		harness_free(samples[i]);
	}
	return 0;
}

void
days_check(void (*check)(struct harness *h, int64_t now))
{
	for (size_t i = 0; i < DAYS_COUNT(samples); i++) {
		assert_true(db_begin_read(harness_db(samples[i])));
		check(samples[i], harness_now(samples[i]));
		assert_int_equal(db_fault(harness_db(samples[i])), DB_FAULT_NONE);
		db_rollback(harness_db(samples[i]));
	}
}

struct harness *
days_first(void)
{
	return samples[0];
}
