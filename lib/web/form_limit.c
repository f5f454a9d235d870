/*
 * The limits of fields: told in words before they are reached, and checked
 * where they are not lengths.
 */
#include <inttypes.h>

#include "ground/date.h"
#include "web/form.h"
#include "web/time.h"

bool
form_has_min(const struct field *field)
{
	if (field->kind == FIELD_DATE && field->min == 0 && field->max == 0) {
		return false;
	}
	return field->min > FIELD_NO_MIN;
}

bool
form_has_max(const struct field *field)
{
	return field->max < FIELD_NO_MAX && (field->max != 0 || field->min < 0);
}

static const char *
digits(struct arena *arena, int64_t number)
{
	return arena_format(arena, "%" PRId64, number);
}

static const char *
day(struct arena *arena, int64_t days)
{
	return time_date(arena, date_from_days(days));
}

static const char *
number_words(struct arena *arena, const struct field *field)
{
	const char *low = digits(arena, field->min), *high = digits(arena, field->max);

	if (!form_has_max(field)) {
		return message_web_form_number_low(arena, low);
	}
	return form_has_min(field) ? message_web_form_number_between(arena, low, high)
				   : message_web_form_number_high(arena, high);
}

static const char *
date_words(struct arena *arena, const struct field *field)
{
	if (!form_has_max(field)) {
		return message_web_form_date_low(arena, day(arena, field->min));
	}
	if (!form_has_min(field)) {
		return message_web_form_date_high(arena, day(arena, field->max));
	}
	return message_web_form_date_between(arena, day(arena, field->min), day(arena, field->max));
}

const char *
form_bounds_check(struct arena *arena, const struct field *field, int64_t number)
{
	if ((!form_has_min(field) || number >= field->min) &&
	    (!form_has_max(field) || number <= field->max)) {
		return NULL;
	}
	return field->kind == FIELD_DATE ? date_words(arena, field) : number_words(arena, field);
}

static const char *
length_limit(struct arena *arena, const struct field *field)
{
	const char *most = digits(arena, form_units_max(field));

	if (field->min > 0 && field->min == form_units_max(field)) {
		return message_web_form_limit_exactly(arena, most);
	}
	return field->min > 1 ? message_web_form_limit_both(arena, digits(arena, field->min), most)
			      : message_web_form_limit(arena, most);
}

static const char *
number_limit(struct arena *arena, const struct field *field)
{
	const char *low = digits(arena, field->min), *high = digits(arena, field->max);

	if (form_has_min(field) && form_has_max(field)) {
		return message_web_form_limit_number(arena, low, high);
	}
	if (form_has_min(field)) {
		return message_web_form_limit_number_low(arena, low);
	}
	return form_has_max(field) ? message_web_form_limit_number_high(arena, high) : NULL;
}

static const char *
date_limit(struct arena *arena, const struct field *field)
{
	if (form_has_min(field) && form_has_max(field)) {
		return message_web_form_limit_date(
		    arena, day(arena, field->min), day(arena, field->max));
	}
	if (form_has_min(field)) {
		return message_web_form_limit_date_low(arena, day(arena, field->min));
	}
	return form_has_max(field) ? message_web_form_limit_date_high(arena, day(arena, field->max))
				   : NULL;
}

static const char *
choices_limit(struct arena *arena, const struct field *field)
{
	const char *least = digits(arena, field->min), *most = digits(arena, field->max);

	if (field->min > 0 && field->min == field->max) {
		return message_web_form_limit_choices_exactly(arena, most);
	}
	if (field->min > 1 && field->max > 0) {
		return message_web_form_limit_choices(arena, least, most);
	}
	if (field->min > 1) {
		return message_web_form_limit_choices_low(arena, least);
	}
	return field->max > 0 ? message_web_form_limit_choices_high(arena, most) : NULL;
}

static const char *
list_limit(struct arena *arena, const struct field *field)
{
	const char *most = digits(arena, field->max > 0 ? field->max : FIELD_LIST_MAX);
	const char *units = digits(arena, FIELD_LIST_UNITS);

	return field->min > 1
	    ? message_web_form_limit_list_both(arena, digits(arena, field->min), most, units)
	    : message_web_form_limit_list(arena, most, units);
}

const char *
form_limit(struct arena *arena, const struct field *field)
{
	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_EMAIL:
	case FIELD_TEXT:
	case FIELD_URL:
	case FIELD_SLUG:
		return length_limit(arena, field);
	case FIELD_NUMBER:
		return number_limit(arena, field);
	case FIELD_DATE:
		return date_limit(arena, field);
	case FIELD_CHOICES:
		return choices_limit(arena, field);
	case FIELD_LIST:
		return list_limit(arena, field);
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_CHECK:
	case FIELD_TIME:
	case FIELD_ZONE:
	case FIELD_HOURS:
	case FIELD_HIDDEN:
	default:
		return NULL;
	}
}
