/*
 * Weekly hours as rows for the template part/hours.html.
 */
#include "ground/text.h"
#include "ground/zone.h"
#include "web/form.h"
#include "web/form_hours.h"
#include "web/hours.h"
#include "web/time.h"

enum {
	RANGES_SHOWN = 2, /* of one day at least, one of them empty */
	PART_HALVES = 8, /* half hours of a part of the day: as fit a phone */
	PARTS = SLOTS_DAY / PART_HALVES,
	MORNING_PART = 2 /* it and all after it are never folded */
};

static const char *
clock_of(struct arena *arena, int half)
{
	return time_clock(arena, half * 30);
}

/* The rows of one day: what was typed, then an empty one. */
static struct page_part_hours_days_ranges_list
day_rows(const struct form_values *values, size_t field, int day, const char *id)
{
	const struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	struct arena *arena = values->arena;
	struct page_part_hours_days_ranges *rows;
	size_t count = 0, i;

	rows = arena_array(arena, value->range_count + RANGES_SHOWN, sizeof(*rows));
	for (i = 0; i < value->range_count; i++) {
		if (value->ranges[i].weekday == day) {
			rows[count].from = value->ranges[i].from;
			rows[count].to = value->ranges[i].to;
			count++;
		}
	}
	count = count + 1 < RANGES_SHOWN ? RANGES_SHOWN : count + 1;
	for (i = 0; i < count; i++) {
		rows[i].from_id = arena_format(arena, "%s-%d-from-%zu", id, day, i);
		rows[i].to_id = arena_format(arena, "%s-%d-to-%zu", id, day, i);
		rows[i].from_name = arena_format(arena, "%s_%d_from", name, day);
		rows[i].to_name = arena_format(arena, "%s_%d_to", name, day);
		rows[i].range_day = time_weekday(day);
	}
	return (struct page_part_hours_days_ranges_list){ rows, count };
}

static struct page_part_hours_days_list
range_rows(const struct form_values *values, size_t field, const char *id)
{
	struct page_part_hours_days *days;
	int day;

	days = arena_array(values->arena, FORM_DAYS, sizeof(*days));
	for (day = 0; day < FORM_DAYS; day++) {
		days[day].day = time_weekday(day);
		days[day].if_day_copies = day > 0;
		days[day].ranges = day_rows(values, field, day, id);
	}
	return (struct page_part_hours_days_list){ days, FORM_DAYS };
}

/* ---- the grid ---- */

static struct page_part_hours_parts_heads_list
heads(struct arena *arena, int first)
{
	struct page_part_hours_parts_heads *rows = arena_array(arena, PART_HALVES, sizeof(*rows));

	for (int i = 0; i < PART_HALVES; i++) {
		const char *clock = clock_of(arena, first + i);

		rows[i].head_clock = clock;
		rows[i].head = i % 2 == 0 ? arena_copy_bytes(arena, clock, 2) : clock + 3;
	}
	return (struct page_part_hours_parts_heads_list){ rows, PART_HALVES };
}

static struct page_part_hours_parts_rows_cells_list
cells(const struct form_values *values, size_t field, int day, int first)
{
	const struct slots *ticked = &values->values[field].ticked;
	struct arena *arena = values->arena;
	struct page_part_hours_parts_rows_cells *rows =
	    arena_array(arena, PART_HALVES, sizeof(*rows));
	const char *name = arena_format(arena, "%s_%d", values->form->fields[field].name, day);

	for (int i = 0; i < PART_HALVES; i++) {
		rows[i].cell_name = name;
		rows[i].cell = clock_of(arena, first + i);
		rows[i].cell_label =
		    message_web_form_hours_cell(arena, time_weekday(day), rows[i].cell);
		rows[i].if_ticked = slots_has(ticked, slots_number(day, first + i));
	}
	return (struct page_part_hours_parts_rows_cells_list){ rows, PART_HALVES };
}

static bool
part_has_ticks(const struct slots *ticked, int first)
{
	for (int day = 0; day < FORM_DAYS; day++) {
		for (int i = 0; i < PART_HALVES; i++) {
			if (slots_has(ticked, slots_number(day, first + i))) {
				return true;
			}
		}
	}
	return false;
}

static struct page_part_hours_parts
part_row(const struct form_values *values, size_t field, int part)
{
	const struct slots *ticked = &values->values[field].ticked;
	struct arena *arena = values->arena;
	int first = part * PART_HALVES;
	struct page_part_hours_parts_rows *days = arena_array(arena, FORM_DAYS, sizeof(*days));

	for (int day = 0; day < FORM_DAYS; day++) {
		days[day].row_day = time_weekday(day);
		days[day].row_short = hours_day_name(day);
		days[day].cells = cells(values, field, day, first);
	}
	return (struct page_part_hours_parts){
		.from = clock_of(arena, first),
		.until = clock_of(arena, first + PART_HALVES),
		.if_open = part >= MORNING_PART || part_has_ticks(ticked, first),
		.heads = heads(arena, first),
		.rows = { days, FORM_DAYS },
	};
}

static struct page_part_hours_parts_list
grid_rows(const struct form_values *values, size_t field)
{
	struct page_part_hours_parts *parts = arena_array(values->arena, PARTS, sizeof(*parts));

	for (int part = 0; part < PARTS; part++) {
		parts[part] = part_row(values, field, part);
	}
	return (struct page_part_hours_parts_list){ parts, PARTS };
}

/* The zone the same form has, if one is chosen. */
static const char *
zone_words(const struct form_values *values)
{
	for (size_t i = 0; i < values->form->count; i++) {
		if (values->form->fields[i].kind == FIELD_ZONE &&
		    zone_exists(values->values[i].text)) {
			return values->values[i].text;
		}
	}
	return message(MESSAGE_WEB_FORM_HOURS_ZONE);
}

struct page_part_hours_list
form_hours_rows(const struct form_values *values, size_t field, const char *id)
{
	const struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	struct arena *arena = values->arena;
	struct page_part_hours *row = arena_alloc(arena, sizeof(*row));

	row->id = id;
	row->way_name = arena_format(arena, "%s_way", name);
	row->turn_name = arena_format(arena, "%s_turn", name);
	row->way = value->is_grid ? "grid" : "ranges";
	row->if_ranges = !value->is_grid;
	row->zone = zone_words(values);
	if (value->is_grid) {
		row->parts = grid_rows(values, field);
	} else {
		row->days = range_rows(values, field, id);
	}
	return (struct page_part_hours_list){ row, 1 };
}
