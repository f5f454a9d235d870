#include <inttypes.h>
#include <string.h>

#include "ground/text.h"
#include "ground/token.h"
#include "web/form.h"

struct form_values *
form_new(struct arena *arena, const struct form *form)
{
	struct form_values *values = arena_alloc(arena, sizeof(*values));
	size_t i;

	values->arena = arena;
	values->form = form;
	values->values = arena_array(arena, form->count + 1, sizeof(*values->values));
	values->prefix = "";
	values->key = form->once ? token_random(arena) : NULL;
	for (i = 0; i < form->count; i++) {
		values->values[i].text = "";
		values->values[i].choices = form->fields[i].choices;
		values->values[i].choice_count = form->fields[i].choice_count;
	}
	return values;
}

const char *
form_step(const struct form_values *values)
{
	return values->step;
}

void
form_offer(struct form_values *values, size_t field, const char *step, const char *words)
{
	values->values[field].step = step;
	values->values[field].step_words = words;
}

void
form_note(struct form_values *values, size_t field, const char *words)
{
	values->values[field].note = words;
}

const char *
form_label(const struct form_values *values, size_t field)
{
	const struct field *row = &values->form->fields[field];

	return row->label == MESSAGE_NONE && row->words != NULL ? row->words : message(row->label);
}

bool
form_ok(const struct form_values *values)
{
	size_t i;

	for (i = 0; i < values->form->count; i++) {
		if (values->values[i].message != NULL) {
			return false;
		}
	}
	return values->message == NULL;
}

void
form_refuse(struct form_values *values, size_t field, const char *words)
{
	struct form_value *value = &values->values[field];

	if (value->message == NULL) {
		value->message = words;
	}
	if (value->state == FIELD_VALID) {
		value->state = FIELD_INVALID;
	}
	value->clean = NULL;
}

void
form_refuse_whole(struct form_values *values, const char *words)
{
	if (values->message == NULL) {
		values->message = words;
	}
}

void
form_prefix(struct form_values *values, const char *prefix)
{
	values->prefix = arena_copy(values->arena, prefix);
}

const char *
form_text(const struct form_values *values, size_t field)
{
	const struct form_value *value = &values->values[field];

	return value->state == FIELD_VALID ? value->clean : NULL;
}

const char *
form_words(const struct form_values *values, size_t field)
{
	const char *text = form_text(values, field);

	return text == NULL ? "" : text;
}

int64_t
form_integer(const struct form_values *values, size_t field, int64_t otherwise)
{
	const struct form_value *value = &values->values[field];

	return value->state == FIELD_VALID ? value->integer : otherwise;
}

bool
form_checked(const struct form_values *values, size_t field)
{
	return form_integer(values, field, 0) == 1;
}

const struct slots *
form_slots(const struct form_values *values, size_t field)
{
	return &values->values[field].slots;
}

const char *const *
form_list(const struct form_values *values, size_t field, size_t *count)
{
	*count = values->values[field].list_count;
	return values->values[field].list;
}

bool
form_has(const struct form_values *values, size_t field, const char *wanted)
{
	const struct form_value *value = &values->values[field];
	size_t i;

	if (values->form->fields[field].kind != FIELD_CHOICES) {
		return *value->text != '\0' && text_equal(value->text, wanted);
	}
	for (i = 0; i < value->list_count; i++) {
		if (text_equal(value->list[i], wanted)) {
			return true;
		}
	}
	return false;
}

void
form_fill(struct form_values *values, size_t field, const char *text)
{
	if (!values->sent && text != NULL) {
		values->values[field].text = arena_copy(values->arena, text);
	}
}

void
form_fill_integer(struct form_values *values, size_t field, int64_t number)
{
	const char *text = arena_format(values->arena, "%" PRId64, number);

	if (values->form->fields[field].kind == FIELD_TIME) {
		text = arena_format(
		    values->arena, "%02d:%02d", (int)(number / 60), (int)(number % 60));
	}
	form_fill(values, field, text);
}

void
form_fill_check(struct form_values *values, size_t field, bool checked)
{
	form_fill(values, field, checked ? "yes" : "");
}

void
form_fill_slots(struct form_values *values, size_t field, const struct slots *slots)
{
	if (!values->sent) {
		form_hours_fill(values, field, slots);
	}
}

void
form_fill_choice(struct form_values *values, size_t field, const char *chosen)
{
	struct form_value *value = &values->values[field];
	const char **list;

	if (values->sent || chosen == NULL) {
		return;
	}
	list = arena_array(values->arena, value->list_count + 1, sizeof(*list));
	if (value->list_count > 0) {
		memcpy(list, value->list, value->list_count * sizeof(*list));
	}
	list[value->list_count] = arena_copy(values->arena, chosen);
	value->list = list;
	value->list_count++;
}

/* With every box ticked; a byte becomes three at most. */
static size_t
choices_bytes(const struct field *field)
{
	size_t total = 0, i;

	for (i = 0; i < field->choice_count; i++) {
		total += strlen(field->name) + strlen(field->choices[i].value) * 3 + 2;
	}
	return total;
}

void
form_replace(struct form_values *values, size_t field, const char *text)
{
	struct form_value *value = &values->values[field];
	bool sent = values->sent;
	char *line, *rest;

	value->is_replaced = true;
	values->sent = false;
	if (values->form->fields[field].kind == FIELD_CHOICES) {
		value->list_count = 0;
		rest = arena_copy_bytes(values->arena, text, strlen(text));
		while ((line = strsep(&rest, "\n")) != NULL) {
			form_fill_choice(values, field, line);
		}
	} else {
		form_fill(values, field, text);
	}
	values->sent = sent;
}

size_t
form_body_max(const struct form *form)
{
	size_t total = 1024, i;

	for (i = 0; i < form->count; i++) {
		const struct field *field = &form->fields[i];

		total += strlen(field->name) + 2;
		if (field->kind == FIELD_CHOICES && field->choice_count > 0) {
			total += choices_bytes(field);
		} else if (field->kind == FIELD_HOURS || field->kind == FIELD_CHOICES) {
			total += 16 * 1024;
		} else if (field->kind == FIELD_NUMBER) {
			total += 64;
		} else {
			/* 12 bytes a UTF-16 unit: "%XX" for each of up to
			 * three bytes, or for CR and LF, and some to spare. */
			total += (size_t)form_units_max(field) * 12;
		}
	}
	return total;
}

static const char *
field_problem(const struct field *field)
{
	size_t length;

	if (field->name == NULL || *field->name < 'a' || *field->name > 'z') {
		return "a field without a name";
	}
	length = strspn(field->name, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (field->name[length] != '\0') {
		return "a field with a bad name";
	}
	if (field->kind < FIELD_LINE || field->kind > FIELD_LIST) {
		return "a field without a kind";
	}
	if (field->kind != FIELD_HIDDEN && field->label == MESSAGE_NONE && field->words == NULL) {
		return "a field without a label";
	}
	if (field->max != 0 && field->min > field->max) {
		return "a field whose limits exclude each other";
	}
	return NULL;
}

const char *
form_problem(struct arena *arena, const struct form *form)
{
	const char *problem;
	size_t i, j;

	if (form->name == NULL) {
		return "a form without a name";
	}
	for (i = 0; i < form->count; i++) {
		problem = field_problem(&form->fields[i]);
		for (j = 0; problem == NULL && j < i; j++) {
			if (strcmp(form->fields[i].name, form->fields[j].name) == 0) {
				problem = "two fields of one name";
			}
		}
		if (problem != NULL) {
			return arena_format(
			    arena, "form %s, field %zu: %s", form->name, i, problem);
		}
	}
	return form_body_max(form) > REQUEST_BODY_MAX ? "a form too long for a body" : NULL;
}
