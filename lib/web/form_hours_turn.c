/*
 * Weekly hours of a form in the other way, or one day's on others.
 */
#include <string.h>

#include "ground/text.h"
#include "web/form.h"
#include "web/form_hours.h"

enum { MONDAY = 0, FRIDAY = 4 };

static const char *
clock_of(struct arena *arena, int half)
{
	half %= SLOTS_DAY;
	return arena_format(arena, "%02d:%02d", half / 2, half % 2 * 30);
}

void
form_hours_fill(struct form_values *values, size_t field, const struct slots *slots)
{
	struct form_value *value = &values->values[field];
	int day, half, from;

	value->slots = *slots;
	value->ticked = *slots;
	value->range_count = 0;
	value->ranges =
	    arena_array(values->arena, FORM_DAYS * FORM_RANGES_MAX, sizeof(*value->ranges));
	for (day = 0; day < FORM_DAYS; day++) {
		for (half = 0; half < SLOTS_DAY; half++) {
			if (!slots_has(slots, slots_number(day, half))) {
				continue;
			}
			from = half;
			while (half < SLOTS_DAY && slots_has(slots, slots_number(day, half))) {
				half++;
			}
			value->ranges[value->range_count++] = (struct form_range){ day,
				clock_of(values->arena, from), clock_of(values->arena, half) };
		}
	}
}

static void
copy_ticks(struct form_value *value)
{
	for (int day = MONDAY + 1; day <= FRIDAY; day++) {
		for (int half = 0; half < SLOTS_DAY; half++) {
			if (slots_has(&value->ticked, slots_number(MONDAY, half))) {
				slots_set(&value->ticked, slots_number(day, half));
			} else {
				slots_unset(&value->ticked, slots_number(day, half));
			}
		}
	}
}

/* As typed, mistakes and all. */
static void
copy_ranges(struct arena *arena, struct form_value *value)
{
	struct form_range *ranges =
	    arena_array(arena, value->range_count * FORM_DAYS + 1, sizeof(*ranges));
	size_t count = 0;

	for (int day = 0; day < FORM_DAYS; day++) {
		int from = day > FRIDAY ? day : MONDAY;

		for (size_t i = 0; i < value->range_count; i++) {
			if (value->ranges[i].weekday == from) {
				ranges[count] = value->ranges[i];
				ranges[count++].weekday = day;
			}
		}
	}
	value->ranges = ranges;
	value->range_count = count;
}

/* Ranges that make no hours cannot be shown as ticks. */
static bool
has_mistaken_ranges(const struct form_value *value)
{
	return value->range_count > 0 && slots_empty(&value->slots);
}

/* What is wrong with this field is all that stands in the way. */
static void
mark_alone(struct form_values *values, size_t field)
{
	for (size_t i = 0; i < values->form->count; i++) {
		if (i != field) {
			values->values[i].message = NULL;
		}
	}
}

void
form_hours_turn(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *turn = request_fields_value(
	    fields, arena_format(values->arena, "%s_turn", values->form->fields[field].name));

	if (text_equal(turn, "copy") && value->is_grid) {
		copy_ticks(value);
	} else if (text_equal(turn, "copy")) {
		copy_ranges(values->arena, value);
	} else if (text_equal(turn, "grid") && !value->is_grid && has_mistaken_ranges(value)) {
		mark_alone(values, field);
		return;
	} else if (text_equal(turn, "grid") && !value->is_grid) {
		value->ticked = value->slots;
		value->is_grid = true;
	} else if (text_equal(turn, "ranges") && value->is_grid) {
		form_hours_fill(values, field, &value->ticked);
		value->is_grid = false;
	} else if (!text_equal(turn, "grid") && !text_equal(turn, "ranges")) {
		return;
	}
	values->turned = true;
}
