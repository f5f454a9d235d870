/*
 * Weekly availability, sent in one of two ways (see struct form_range): as
 * ranges of a weekday, where "until 00:00" is the end of the day, or as ticks
 * of half hours.
 */
#include <string.h>

#include "ground/text.h"
#include "web/form.h"
#include "web/form_hours.h"
#include "web/time.h"

enum { BAD_TIME = -1 };

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

/*
 * Adds the pairs of one day that are not wholly empty: all that came, for
 * redisplay. The words that refuse so many, or NULL.
 */
static const char *
day_read(struct form_values *values, size_t field, const struct request_fields *fields, int weekday)
{
	struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	const char *from_name, *to_name;
	size_t from_at = 0, to_at = 0, before = value->range_count;

	from_name = arena_format(values->arena, "%s_%d_from", name, weekday);
	to_name = arena_format(values->arena, "%s_%d_to", name, weekday);
	for (;;) {
		const char *from = next_value(values->arena, fields, from_name, &from_at);
		const char *to = next_value(values->arena, fields, to_name, &to_at);

		if (from == NULL && to == NULL) {
			break;
		}
		from = from == NULL ? "" : from;
		to = to == NULL ? "" : to;
		if (*from != '\0' || *to != '\0') {
			value->ranges[value->range_count++] =
			    (struct form_range){ weekday, from, to };
		}
	}
	return value->range_count - before <= FORM_RANGES_MAX
	    ? NULL
	    : message_web_form_hours_crowded(values->arena, time_weekday(weekday),
		  arena_format(values->arena, "%d", FORM_RANGES_MAX));
}

static void
hours_limits(struct form_values *values, size_t field)
{
	const struct field *row = &values->form->fields[field];
	int64_t count = (int64_t)slots_count(&values->values[field].slots);
	struct arena *arena = values->arena;

	if (count < row->min) {
		form_refuse(values, field,
		    row->min <= 2 ? message(MESSAGE_WEB_FORM_HOURS_FEW_ONE)
				  : message_web_form_hours_few(
					arena, arena_format(arena, "%d", (int)(row->min + 1) / 2)));
	} else if (row->max > 0 && count > row->max) {
		form_refuse(values, field,
		    message_web_form_hours_many(
			arena, arena_format(arena, "%d", (int)row->max / 2)));
	}
}

/* The words that refuse what was typed, or NULL. */
static const char *
ranges_read(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *words = NULL, *crowded;
	size_t i;
	int day;

	value->ranges = arena_array(values->arena, fields->count + 1, sizeof(*value->ranges));
	for (day = 0; day < FORM_DAYS; day++) {
		crowded = day_read(values, field, fields, day);
		words = words == NULL ? crowded : words;
	}
	for (i = 0; i < value->range_count && words == NULL; i++) {
		words = range_mark(values->arena, &value->slots, &value->ranges[i]);
	}
	if (value->range_count > 0) {
		value->state = FIELD_VALID;
	}
	return words;
}

/* Ticks of one day; the words that refuse one that is no half hour, or NULL. */
static const char *
ticks_of_day(
    struct form_values *values, size_t field, const struct request_fields *fields, int weekday)
{
	struct form_value *value = &values->values[field];
	const char *name =
	    arena_format(values->arena, "%s_%d", values->form->fields[field].name, weekday);
	const char *words = NULL, *text;
	size_t at = 0;

	while ((text = next_value(values->arena, fields, name, &at)) != NULL) {
		int half = half_hours(text);

		value->state = FIELD_VALID;
		if (half == BAD_TIME || half == SLOTS_DAY) {
			words = message_web_form_hours_time(values->arena, time_weekday(weekday));
		} else {
			slots_set(&value->ticked, slots_number(weekday, half));
		}
	}
	return words;
}

static const char *
ticks_read(struct form_values *values, size_t field, const struct request_fields *fields)
{
	const char *words = NULL, *wrong;
	int day;

	for (day = 0; day < FORM_DAYS; day++) {
		wrong = ticks_of_day(values, field, fields, day);
		words = words == NULL ? wrong : words;
	}
	values->values[field].slots = values->values[field].ticked;
	return words;
}

void
form_hours_read(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	const char *words;

	value->is_grid = text_equal(
	    request_fields_value(fields, arena_format(values->arena, "%s_way", name)), "grid");
	words =
	    value->is_grid ? ticks_read(values, field, fields) : ranges_read(values, field, fields);
	if (words != NULL) {
		form_refuse(values, field, words);
		memset(&value->slots, 0, sizeof(value->slots));
	} else if (value->state == FIELD_VALID) {
		value->clean = slots_hex(values->arena, &value->slots);
		hours_limits(values, field);
	}
}
