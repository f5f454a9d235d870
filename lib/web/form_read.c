#include <string.h>

#include "ground/date.h"
#include "ground/text.h"
#include "ground/token.h"
#include "web/form.h"

/* The values of all valid fields of a name, in the order they came. */
static const char *const *
values_of(struct arena *arena, const struct request_fields *fields, const char *name, size_t *count)
{
	size_t room = request_fields_count(fields, name), i;
	const char **list = arena_array(arena, room + 1, sizeof(*list));

	*count = 0;
	for (i = 0; i < fields->count; i++) {
		if (fields->rows[i].valid && strcmp(fields->rows[i].name, name) == 0) {
			list[(*count)++] = fields->rows[i].value;
		}
	}
	return list;
}

static bool
list_has(const char *const *list, size_t count, const char *wanted)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(list[i], wanted) == 0) {
			return true;
		}
	}
	return false;
}

static void
refuse(struct form_values *values, size_t field, const char *words)
{
	values->values[field].state = FIELD_INVALID;
	form_refuse(values, field, words);
}

static const char *
missing_words(enum field_kind kind)
{
	switch (kind) {
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_ZONE:
		return message(MESSAGE_WEB_FORM_MISSING_CHOICE);
	case FIELD_CHOICES:
		return message(MESSAGE_WEB_FORM_MISSING_CHOICES);
	case FIELD_CHECK:
		return message(MESSAGE_WEB_FORM_MISSING_CHECK);
	case FIELD_HOURS:
		return message(MESSAGE_WEB_FORM_MISSING_HOURS);
	case FIELD_LINE:
	case FIELD_EMAIL:
	case FIELD_TEXT:
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_NUMBER:
	case FIELD_URL:
	case FIELD_SLUG:
	case FIELD_HIDDEN:
	case FIELD_LIST:
	default:
		return message(MESSAGE_WEB_FORM_MISSING);
	}
}

/* A required field that is missing stays MISSING, and says so. */
static void
require(struct form_values *values, size_t field)
{
	const struct field *row = &values->form->fields[field];

	if (row->required && values->values[field].state == FIELD_MISSING) {
		form_refuse(values, field, missing_words(row->kind));
	}
}

/*
 * A single-valued field: twice is neither the first nor the last (safety rule
 * 6), and bytes that are no text leave nothing to show (rule 4).
 */
static void
read_single(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;
	size_t sent = request_fields_count(fields, name), valid;
	const char *const *list = values_of(values->arena, fields, name, &valid);

	if (valid > 0) {
		value->text = text_normal_newlines(values->arena, list[0]);
	}
	if (sent > 1) {
		refuse(values, field, message(MESSAGE_WEB_FORM_TWICE));
	} else if (sent == 1 && valid == 0) {
		refuse(values, field, message(MESSAGE_WEB_FORM_NOT_TEXT));
	} else {
		form_check(values, field);
	}
}

/* Checks how many were chosen, once the list holds known choices only. */
static void
check_choice_count(struct form_values *values, size_t field)
{
	const struct field *row = &values->form->fields[field];
	struct form_value *value = &values->values[field];
	int64_t count = (int64_t)value->list_count;

	if (count == 0) {
		value->state = FIELD_MISSING;
		require(values, field);
		return;
	}
	if (value->state == FIELD_MISSING) {
		value->state = FIELD_VALID;
	}
	if (count < row->min) {
		refuse(values, field,
		    message_web_form_choices_few(
			values->arena, arena_format(values->arena, "%d", (int)row->min)));
	} else if (row->max > 0 && count > row->max) {
		refuse(values, field,
		    message_web_form_choices_many(
			values->arena, arena_format(values->arena, "%d", (int)row->max)));
	}
}

/* Keeps of a list what is among the choices, once each, in their order. */
static void
check_choices(struct form_values *values, size_t field)
{
	struct form_value *value = &values->values[field];
	const char **kept = arena_array(values->arena, value->choice_count + 1, sizeof(*kept));
	size_t count = 0, i, j;

	for (i = 0; i < value->choice_count; i++) {
		if (list_has(value->list, value->list_count, value->choices[i].value)) {
			kept[count++] = value->choices[i].value;
		}
	}
	for (j = 0; j < value->list_count; j++) {
		if (!list_has(kept, count, value->list[j])) {
			refuse(values, field, message(MESSAGE_WEB_FORM_CHOICE));
		}
	}
	value->list = kept;
	value->list_count = count;
}

static void
read_choices(struct form_values *values, size_t field, const struct request_fields *fields)
{
	struct form_value *value = &values->values[field];
	const char *name = values->form->fields[field].name;

	value->list = values_of(values->arena, fields, name, &value->list_count);
	if (value->list_count < request_fields_count(fields, name)) {
		refuse(values, field, message(MESSAGE_WEB_FORM_NOT_TEXT));
	}
	if (value->choice_count > 0) {
		check_choices(values, field);
		check_choice_count(values, field);
	} else if (value->list_count > 0) {
		/* form_choices will judge. */
		value->state = FIELD_VALID;
	} else {
		require(values, field);
	}
}

void
form_choices(struct form_values *values, size_t field, const struct choice *choices, size_t count)
{
	struct form_value *value = &values->values[field];
	size_t i;

	value->choices = choices;
	value->choice_count = count;
	if (!values->sent) {
		return;
	}
	if (values->form->fields[field].kind == FIELD_CHOICES) {
		check_choices(values, field);
		check_choice_count(values, field);
		return;
	}
	for (i = 0; i < count; i++) {
		if (text_equal(choices[i].value, value->text)) {
			return;
		}
	}
	if (value->state == FIELD_VALID) {
		refuse(values, field, message(MESSAGE_WEB_FORM_CHOICE));
	}
}

/* The key of a form that is sent once; the one it was shown with. */
static void
read_key(struct form_values *values, const struct request_fields *fields)
{
	const char *key = request_fields_value(fields, "_key");

	if (values->form->once && token_is_shaped(key)) {
		values->key = arena_copy(values->arena, key);
	}
}

/* The button that was pressed beside the one that sends. */
static void
read_step(struct form_values *values, const struct request_fields *fields)
{
	const char *step = request_fields_value(fields, "step");

	if (values->form->steps && !text_empty(step) && strcmp(step, "send") != 0) {
		values->step = arena_copy(values->arena, step);
	}
}

struct form_values *
form_read(struct arena *arena, const struct form *form, const struct request_fields *fields)
{
	struct form_values *values = form_new(arena, form);
	struct request_fields *kept;
	size_t i;

	values->sent = true;
	kept = arena_alloc(arena, sizeof(*kept));
	*kept = *fields;
	values->fields = kept;
	read_key(values, fields);
	read_step(values, fields);
	for (i = 0; i < form->count; i++) {
		switch (form->fields[i].kind) {
		case FIELD_CHOICES:
			read_choices(values, i, fields);
			break;
		case FIELD_HOURS:
			form_hours_read(values, i, fields);
			require(values, i);
			break;
		case FIELD_LINE:
		case FIELD_EMAIL:
		case FIELD_TEXT:
		case FIELD_CHOICE:
		case FIELD_RADIO:
		case FIELD_CHECK:
		case FIELD_DATE:
		case FIELD_TIME:
		case FIELD_NUMBER:
		case FIELD_ZONE:
		case FIELD_URL:
		case FIELD_SLUG:
		case FIELD_HIDDEN:
		case FIELD_LIST:
		default:
			read_single(values, i, fields);
			require(values, i);
			break;
		}
	}
	for (i = 0; i < form->count; i++) {
		if (form->fields[i].kind == FIELD_HOURS) {
			form_hours_turn(values, i, fields);
		}
	}
	return values;
}
