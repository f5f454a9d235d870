#include <stdio.h>

#include "../../../lib/ground/zone_data.h"
#include "unit.h"

static uint8_t file[16384];
static size_t file_length;

static int
read_vienna(void **state)
{
	FILE *stream = fopen("/usr/share/zoneinfo/Europe/Vienna", "rb");

	(void)state;
	if (stream == NULL) {
		return 1;
	}
	file_length = fread(file, 1, sizeof(file), stream);
	return fclose(stream);
}

/* Read a copy of exactly that size, so that a sanitizer sees every byte. */
static const struct zone_data *
read_copy(struct arena *arena, const uint8_t *bytes, size_t length)
{
	const uint8_t *copy =
	    length == 0 ? bytes : (const uint8_t *)arena_copy_bytes(arena, bytes, length);

	return zone_file_read(arena, copy, length);
}

static void
reads_a_whole_file(void **state)
{
	const struct zone_data *zone = read_copy(*state, file, file_length);

	assert_non_null(zone);
	assert_true(zone->has_rule);
	assert_int_equal(zone->rule.standard.offset, 3600);
	assert_int_equal(zone->rule.daylight.offset, 7200);
}

static void
refuses_a_file_cut_short_anywhere(void **state)
{
	for (size_t length = 0; length < file_length; length++) {
		assert_null(read_copy(*state, file, length));
		if (length % 256 == 0) {
			arena_reset(*state);
		}
	}
}

static void
survives_any_byte_being_wrong(void **state)
{
	for (size_t place = 0; place < file_length; place++) {
		const uint8_t right = file[place];
		const uint8_t wrong[] = { 0, 0x7f, 0xff, right ^ 1 };

		for (size_t i = 0; i < LENGTH(wrong); i++) {
			const struct zone_data *zone;

			file[place] = wrong[i];
			zone = read_copy(*state, file, file_length);
			if (zone != NULL) {
				zone_data_span(zone, 1795330800);
				zone_data_span(zone, INT64_MIN);
				zone_data_span(zone, INT64_MAX);
			}
		}
		file[place] = right;
		arena_reset(*state);
	}
}

static void
refuses_leap_seconds_and_the_old_version(void **state)
{
	FILE *stream = fopen("/usr/share/zoneinfo/right/Europe/Vienna", "rb");
	uint8_t right[16384];

	if (stream != NULL) {
		const size_t length = fread(right, 1, sizeof(right), stream);

		fclose(stream);
		assert_null(read_copy(*state, right, length));
	}
	file[4] = 0;
	assert_null(read_copy(*state, file, file_length));
	file[4] = '2';
	assert_non_null(read_copy(*state, file, file_length));
}

static bool
is_rule(const char *text)
{
	struct zone_rule rule;

	return zone_rule_read(text, strlen(text), &rule);
}

static void
reads_every_form_of_a_rule(void **state)
{
	struct zone_rule rule;

	(void)state;
	assert_true(zone_rule_read("<+0545>-5:45", 12, &rule));
	assert_int_equal(rule.standard.offset, 20700);
	assert_false(rule.has_daylight);
	assert_true(is_rule("UTC0"));
	assert_true(is_rule("CET-1CEST,M3.5.0,M10.5.0/3"));
	assert_true(is_rule("EET-2EEST,M3.4.4/50,M10.4.4/50"));
	assert_true(is_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"));
	assert_true(is_rule("EST5EDT4:30:15,J60/2:30:01,300/26"));
	assert_true(is_rule("XXX3EDT4,0/0,J365/23"));
}

static void
refuses_what_is_no_rule(void **state)
{
	static const char *const others[] = {
		"",
		"C",
		"CET",
		"CE-1",
		"CET-",
		"CET-1CEST",
		"CET-1CEST,",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5,M10.5.0",
		"CET-1CEST,J0,J10",
		"CET-1CEST,J366,J10",
		"CET-1CEST,366,10",
		"CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-25",
		"CET-1:60",
		"CET-1:00:60",
		"CET-99999999999",
		"<+0545-5:45",
		"<>-5",
		"<+05 45>-5",
		"CET-1CEST,M3.5.0,M10.5.0/3x",
		"CET-1CEST,M3.5.0,M10.5.0,M1.1.1",
		"ABCDEFGHIJKLMNOP0",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(others); i++) {
		if (is_rule(others[i])) {
			fail_msg("taken: %s", others[i]);
		}
	}
}

static void
safety_55_counts_rule_days_in_leap_years(void **state)
{
	struct zone_rule rule;

	(void)state;
	/* Day J60 is 1 March always; day 60 is 29 February's next only then. */
	assert_true(zone_rule_read("AAA0BBB,J60/0,J300/0", 20, &rule));
	assert_int_equal(zone_rule_span(&rule, 1835481599).type->offset, 0);
	assert_int_equal(zone_rule_span(&rule, 1835481600).type->offset, 3600);
	assert_true(zone_rule_read("AAA0BBB,59/0,300/0", 18, &rule));
	/* Day 59 is 29 February in 2028, 1 March in 2027. */
	assert_int_equal(zone_rule_span(&rule, 1835395199).type->offset, 0);
	assert_int_equal(zone_rule_span(&rule, 1835395200).type->offset, 3600);
	assert_int_equal(zone_rule_span(&rule, 1803859199).type->offset, 0);
	assert_int_equal(zone_rule_span(&rule, 1803859200).type->offset, 3600);
}

static void
knows_daylight_time_that_never_ends(void **state)
{
	struct zone_rule rule;

	(void)state;
	assert_true(zone_rule_read("XXX3EDT4,0/0,J365/23", 20, &rule));
	for (int64_t at = 1700000000; at < 1900000000; at += 40000) {
		assert_int_equal(zone_rule_span(&rule, at).type->offset, -4 * 3600);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(reads_a_whole_file),
		UNIT(refuses_a_file_cut_short_anywhere),
		UNIT(survives_any_byte_being_wrong),
		UNIT(refuses_leap_seconds_and_the_old_version),
		UNIT(reads_every_form_of_a_rule),
		UNIT(refuses_what_is_no_rule),
		UNIT(safety_55_counts_rule_days_in_leap_years),
		UNIT(knows_daylight_time_that_never_ends),
	};

	return cmocka_run_group_tests(tests, read_vienna, NULL);
}
