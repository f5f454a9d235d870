/*
 * Weekly availability as ranges of a weekday: fields "<name>_<day>_from" and
 * "<name>_<day>_to", 0 being Monday, repeated and paired by their order.
 * "Until 00:00" is the end of the day.
 */
#include <string.h>

#include "ground/text.h"
#include "web/form.h"
#include "web/time.h"

enum {
	DAYS = 7,
	RANGES_MAX = 24, /* of one day: every other half hour */
	RANGES_SHOWN = 2, /* of one day at least, one of them empty */
	BAD_TIME = -1
};

/* "18:30" as half hours since midnight, or BAD_TIME. */
static int
half_hours(const char *text)
{
	size_t hours = strspn(text, "0123456789");
	int hour;

	if (hours == 0 || hours > 2 || text[hours] != ':') {
		return BAD_TIME;
	}
	hour = text[0] - '0';
	if (hours == 2) {
		hour = hour * 10 + text[1] - '0';
	}
	text += hours + 1;
	if (hour > 24 || (strncmp(text, "00", 2) != 0 && strncmp(text, "30", 2) != 0) ||
	    (text[2] != '\0' && strcmp(text + 2, ":00") != 0)) {
		return BAD_TIME;
	}
	hour = hour * 2 + (text[0] == '3');
	return hour > SLOTS_DAY ? BAD_TIME : hour;
}

/* Marks the half hours of one range; the words that refuse it, or NULL. */
static const char *
range_mark(struct arena *arena, struct slots *slots, const struct form_range *range)
{
	const char *day = time_weekday(range->weekday);
	int from, to, i;

	if (*range->from == '\0' || *range->to == '\0') {
		return message_web_form_hours_pair(arena, day);
	}
	from = half_hours(range->from);
	to = half_hours(range->to);
	if (from == BAD_TIME || to == BAD_TIME) {
		return message_web_form_hours_time(arena, day);
	}
	if (to == 0) {
		to = SLOTS_DAY;
	}
	if (to <= from) {
		return message_web_form_hours_order(arena, day);
	}
	for (i = from; i < to; i++) {
		size_t slot = slots_number(range->weekday, i);

		if (slots_has(slots, slot)) {
			return message_web_form_hours_overlap(arena, day);
		}
		slots_set(slots, slot);
	}
	return NULL;
}

/* The next value of a name at or after `*at`, trimmed, or NULL. */
static const char *
next_value(struct arena *arena, const struct request_fields *fields, const char *name, size_t *at)
{
	for (; *at < fields->count; (*at)++) {
		if (strcmp(fields->rows[*at].name, name) == 0) {
			const char *value = fields->rows[*at].value;

			if (!fields->rows[(*at)++].valid || !text_is_line(value) ||
			    strlen(value) > 20) {
				return "?";
			}
			return text_trim(arena, value);
		}
	}
	return NULL;
}

/* Adds the pairs of one day that are not wholly empty. */
static void
day_read(struct form_values *values, size_t field, const struct request_fields *fields, int weekday)
{
	struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	const char *from_name, *to_name;
	size_t from_at = 0, to_at = 0, i;

	from_name = arena_format(values->arena, "%s_%d_from", name, weekday);
	to_name = arena_format(values->arena, "%s_%d_to", name, weekday);
	for (i = 0; i < RANGES_MAX; i++) {
		const char *from, *to;

		from = next_value(values->arena, fields, from_name, &from_at);
		to = next_value(values->arena, fields, to_name, &to_at);
		if (from == NULL && to == NULL) {
			return;
		}
		from = from == NULL ? "" : from;
		to = to == NULL ? "" : to;
		if (*from != '\0' || *to != '\0') {
			value->ranges[value->range_count++] =
			    (struct form_range){ weekday, from, to };
		}
	}
}

static void
hours_limits(struct form_values *values, size_t field)
{
	const struct field *row = &values->form->fields[field];
	int64_t count = (int64_t)slots_count(&values->values[field].slots);
	struct arena *arena = values->arena;

	if (count < row->min) {
		form_refuse(values, field,
		    message_web_form_hours_few(
			arena, arena_format(arena, "%d", (int)(row->min + 1) / 2)));
	} else if (row->max > 0 && count > row->max) {
		form_refuse(values, field,
		    message_web_form_hours_many(
			arena, arena_format(arena, "%d", (int)row->max / 2)));
	}
}

void
form_hours_read(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *words = NULL;
	size_t i;
	int day;

	value->ranges = arena_array(values->arena, DAYS * RANGES_MAX, sizeof(*value->ranges));
	for (day = 0; day < DAYS; day++) {
		day_read(values, field, fields, day);
	}
	if (value->range_count == 0) {
		return;
	}
	value->state = FIELD_VALID;
	for (i = 0; i < value->range_count && words == NULL; i++) {
		words = range_mark(values->arena, &value->slots, &value->ranges[i]);
	}
	if (words != NULL) {
		form_refuse(values, field, words);
		memset(&value->slots, 0, sizeof(value->slots));
		return;
	}
	value->clean = slots_hex(values->arena, &value->slots);
	hours_limits(values, field);
}

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
	value->range_count = 0;
	value->ranges = arena_array(values->arena, DAYS * RANGES_MAX, sizeof(*value->ranges));
	for (day = 0; day < DAYS; day++) {
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

/* The rows of one day: what was typed, then an empty one. */
static struct page_part_field_days_ranges_list
day_rows(const struct form_values *values, size_t field, int day, const char *id)
{
	const struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	struct arena *arena = values->arena;
	struct page_part_field_days_ranges *rows;
	size_t count = 0, i;

	rows = arena_array(arena, RANGES_MAX + RANGES_SHOWN, sizeof(*rows));
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
	return (struct page_part_field_days_ranges_list){ rows, count };
}

struct page_part_field_days_list
form_hours_rows(const struct form_values *values, size_t field, const char *id)
{
	struct page_part_field_days *days;
	int day;

	days = arena_array(values->arena, DAYS, sizeof(*days));
	for (day = 0; day < DAYS; day++) {
		days[day].day = time_weekday(day);
		days[day].if_day_copies = day > 0;
		days[day].ranges = day_rows(values, field, day, id);
	}
	return (struct page_part_field_days_list){ days, DAYS };
}
