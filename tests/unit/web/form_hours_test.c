/*
 * Weekly hours of a form, in their two ways.
 */
#include <string.h>

#include "ground/bytes.h"
#include "source.h"
#include "web/form.h"

enum { NAME, ZONE, HOURS, COUNT };

#define LABEL MESSAGE_WEB_TIME_NOW

static const struct field fields[COUNT] = {
	[NAME] = { .name = "name", .kind = FIELD_LINE, .label = LABEL, .required = true },
	[ZONE] = { .name = "zone", .kind = FIELD_ZONE, .label = LABEL },
	[HOURS] = { .name = "hours",
	    .kind = FIELD_HOURS,
	    .label = LABEL,
	    .required = true,
	    .min = 2 },
};

static const struct form form = { .name = "test", .fields = fields, .count = COUNT };

static struct form_values *
read_form(struct arena *arena, const char *body)
{
	struct request request;

	assert_int_equal(source_post(arena, body, &request), 0);
	return form_read(arena, &form, &request.body);
}

/* The way the page has, as it would be shown. */
static const struct page_part_hours *
shown(const struct form_values *values)
{
	return &form_rows(values).rows[HOURS].part_hours.rows[0];
}

/* How many boxes of the grid are ticked. */
static size_t
ticks(const struct form_values *values)
{
	const struct page_part_hours *row = shown(values);
	size_t count = 0;

	for (size_t part = 0; part < row->parts.count; part++) {
		for (size_t day = 0; day < row->parts.rows[part].rows.count; day++) {
			for (size_t cell = 0;
			     cell < row->parts.rows[part].rows.rows[day].cells.count; cell++) {
				count +=
				    row->parts.rows[part].rows.rows[day].cells.rows[cell].if_ticked;
			}
		}
	}
	return count;
}

static void
ticks_are_half_hours_of_a_day(void **state)
{
	struct form_values *values =
	    read_form(*state, "name=V&hours_way=grid&hours_0=18:00&hours_0=18:30&hours_6=23:30");
	const struct slots *slots = form_slots(values, HOURS);

	assert_true(form_ok(values));
	assert_int_equal(slots_count(slots), 3);
	assert_true(slots_has(slots, slots_number(0, 36)));
	assert_true(slots_has(slots, slots_number(0, 37)));
	assert_true(slots_has(slots, slots_number(6, 47)));
}

static void
only_the_way_that_is_said_counts(void **state)
{
	static const char both[] = "hours_0=18:00&hours_0=18:30&hours_0=19:00"
				   "&hours_1_from=10:00&hours_1_to=12:00";
	struct form_values *values =
	    read_form(*state, arena_format(*state, "name=V&hours_way=grid&%s", both));

	assert_int_equal(slots_count(form_slots(values, HOURS)), 3);
	values = read_form(*state, arena_format(*state, "name=V&hours_way=ranges&%s", both));
	assert_int_equal(slots_count(form_slots(values, HOURS)), 4);
	values = read_form(*state, arena_format(*state, "name=V&hours_way=x&%s", both));
	assert_int_equal(slots_count(form_slots(values, HOURS)), 4);
}

static void
a_tick_that_is_no_half_hour_is_refused_and_the_others_kept(void **state)
{
	static const char *const bad[] = { "18:15", "24:00", "25:00", "yes", "%ff", "" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct form_values *values = read_form(*state,
		    arena_format(*state,
			"name=V&hours_way=grid&hours_0=18:00&hours_0=19:00&hours_1=%s", bad[i]));

		assert_int_equal(values->values[HOURS].state, FIELD_INVALID);
		assert_true(slots_empty(form_slots(values, HOURS)));
		assert_int_equal(ticks(values), 2);
	}
}

static void
a_grid_left_empty_is_missing(void **state)
{
	struct form_values *values = read_form(*state, "name=V&hours_way=grid");

	assert_int_equal(values->values[HOURS].state, FIELD_MISSING);
	assert_false(form_ok(values));
	assert_string_equal(shown(values)->way, "grid");
}

/* Once more than fit in a day, which used to be dropped. */
static void
more_ranges_than_fit_in_a_day_are_refused_and_all_kept(void **state)
{
	struct bytes *body = bytes_new(*state);
	struct form_values *values;

	bytes_text(body, "name=V");
	for (int half = 0; half < 48; half += 2) {
		bytes_format(body, "&hours_2_from=%d:00&hours_2_to=%d:30", half / 2, half / 2);
	}
	values = read_form(*state, body->data);
	assert_true(form_ok(values));
	assert_int_equal(slots_count(form_slots(values, HOURS)), 24);
	bytes_text(body, "&hours_2_from=00:30&hours_2_to=01:00");
	values = read_form(*state, body->data);
	assert_int_equal(values->values[HOURS].state, FIELD_INVALID);
	assert_non_null(strstr(values->values[HOURS].message, "Wednesday"));
	assert_non_null(strstr(values->values[HOURS].message, "24"));
	assert_int_equal(shown(values)->days.rows[2].ranges.count, 26);
}

/* ---- the other way ---- */

static void
ranges_become_ticks_and_ticks_ranges(void **state)
{
	struct form_values *values = read_form(*state,
	    "hours_way=ranges&hours_turn=grid&hours_0_from=18:00&hours_0_to=20:00"
	    "&hours_6_from=22:00&hours_6_to=00:00");

	assert_true(values->turned);
	assert_string_equal(shown(values)->way, "grid");
	assert_int_equal(shown(values)->days.count, 0);
	assert_int_equal(shown(values)->parts.count, 6);
	assert_int_equal(ticks(values), 8);
	values = read_form(
	    *state, "hours_way=grid&hours_turn=ranges&hours_0=18:00&hours_0=18:30&hours_0=23:30");
	assert_true(values->turned);
	assert_string_equal(shown(values)->way, "ranges");
	assert_int_equal(shown(values)->parts.count, 0);
	assert_string_equal(shown(values)->days.rows[0].ranges.rows[0].from, "18:00");
	assert_string_equal(shown(values)->days.rows[0].ranges.rows[0].to, "19:00");
	assert_string_equal(shown(values)->days.rows[0].ranges.rows[1].from, "23:30");
	assert_string_equal(shown(values)->days.rows[0].ranges.rows[1].to, "00:00");
}

/* Every other half hour of every day: as many ranges as there can be. */
static void
any_ticks_can_be_ranges(void **state)
{
	struct bytes *body = bytes_new(*state);
	struct form_values *values;

	bytes_text(body, "hours_way=grid&hours_turn=ranges");
	for (int day = 0; day < 7; day++) {
		for (int hour = 0; hour < 24; hour++) {
			bytes_format(body, "&hours_%d=%02d:30", day, hour);
		}
	}
	values = read_form(*state, body->data);
	for (size_t day = 0; day < 7; day++) {
		assert_int_equal(shown(values)->days.rows[day].ranges.count, 25);
	}
}

static void
ranges_that_make_no_sense_stay_ranges_and_are_marked_alone(void **state)
{
	struct form_values *values =
	    read_form(*state, "hours_turn=grid&hours_0_from=18:15&hours_0_to=20:00");

	assert_false(values->turned);
	assert_false(form_ok(values));
	assert_string_equal(shown(values)->way, "ranges");
	assert_string_equal(shown(values)->days.rows[0].ranges.rows[0].from, "18:15");
	assert_non_null(values->values[HOURS].message);
	assert_null(values->values[NAME].message);
}

static void
turning_to_the_way_it_has_changes_nothing(void **state)
{
	struct form_values *values =
	    read_form(*state, "hours_way=grid&hours_turn=grid&hours_0=18:00");

	assert_true(values->turned);
	assert_int_equal(ticks(values), 1);
}

static void
a_button_that_is_not_there_turns_nothing(void **state)
{
	struct form_values *values = read_form(*state, "name=V&hours_turn=x&hours_0_from=18:00");

	assert_false(values->turned);
}

/* ---- Monday on the others ---- */

static void
monday_is_copied_until_friday(void **state)
{
	struct form_values *values = read_form(*state,
	    "hours_way=grid&hours_turn=copy&hours_0=18:00&hours_0=18:30"
	    "&hours_1=09:00&hours_5=10:00");

	assert_true(values->turned);
	assert_int_equal(ticks(values), 5 * 2 + 1);
	values = read_form(*state,
	    "hours_turn=copy&hours_0_from=18:00&hours_0_to=19:00&hours_0_from=21:15&hours_0_to="
	    "&hours_3_from=09:00&hours_3_to=10:00&hours_6_from=10:00&hours_6_to=11:00");
	assert_true(values->turned);
	for (size_t day = 0; day < 5; day++) {
		assert_int_equal(shown(values)->days.rows[day].ranges.count, 3);
		assert_string_equal(shown(values)->days.rows[day].ranges.rows[1].from, "21:15");
	}
	assert_int_equal(shown(values)->days.rows[5].ranges.count, 2);
	assert_null(shown(values)->days.rows[5].ranges.rows[0].from);
	assert_string_equal(shown(values)->days.rows[6].ranges.rows[0].from, "10:00");
}

/* ---- what the page has ---- */

static void
the_grid_names_each_box_by_day_and_time(void **state)
{
	struct form_values *values = read_form(*state, "hours_way=grid");
	const struct page_part_hours_parts *part = &shown(values)->parts.rows[4];
	const struct page_part_hours_parts_rows_cells *cell = &part->rows.rows[0].cells.rows[5];

	assert_string_equal(part->from, "16:00");
	assert_string_equal(part->until, "20:00");
	assert_string_equal(cell->cell_name, "hours_0");
	assert_string_equal(cell->cell, "18:30");
	assert_string_equal(cell->cell_label, "Monday 18:30");
	assert_string_equal(part->heads.rows[5].head, "30");
	assert_string_equal(part->heads.rows[5].head_clock, "18:30");
}

static void
the_night_is_folded_unless_it_has_ticks(void **state)
{
	struct form_values *values = read_form(*state, "hours_way=grid&hours_0=03:00");

	assert_true(shown(values)->parts.rows[0].if_open);
	assert_false(shown(values)->parts.rows[1].if_open);
	assert_true(shown(values)->parts.rows[2].if_open);
	values = read_form(*state, "hours_way=grid&hours_0=18:00");
	assert_false(shown(values)->parts.rows[0].if_open);
	assert_true(shown(values)->parts.rows[5].if_open);
}

static void
the_zone_that_is_meant_is_said(void **state)
{
	struct form_values *values = read_form(*state, "zone=Europe/Vienna");

	assert_string_equal(shown(values)->zone, "Europe/Vienna");
	values = read_form(*state, "zone=Europe/Nowhere");
	assert_null(strstr(shown(values)->zone, "Nowhere"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		source_test(ticks_are_half_hours_of_a_day),
		source_test(only_the_way_that_is_said_counts),
		source_test(a_tick_that_is_no_half_hour_is_refused_and_the_others_kept),
		source_test(a_grid_left_empty_is_missing),
		source_test(more_ranges_than_fit_in_a_day_are_refused_and_all_kept),
		source_test(ranges_become_ticks_and_ticks_ranges),
		source_test(any_ticks_can_be_ranges),
		source_test(ranges_that_make_no_sense_stay_ranges_and_are_marked_alone),
		source_test(turning_to_the_way_it_has_changes_nothing),
		source_test(a_button_that_is_not_there_turns_nothing),
		source_test(monday_is_copied_until_friday),
		source_test(the_grid_names_each_box_by_day_and_time),
		source_test(the_night_is_folded_unless_it_has_ticks),
		source_test(the_zone_that_is_meant_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
