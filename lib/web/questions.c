#include "web/questions.h"

#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "ground/bytes.h"
#include "ground/date.h"
#include "ground/text.h"
#include "web/time.h"

enum {
	RADIO_MAX = 7, /* options that are shown side by side */
	RATING_MAX = 100 /* a scale goes no further */
};

static const struct choice yes_no[] = { { "yes", NULL, MESSAGE_WEB_FORM_YES, NULL },
	{ "no", NULL, MESSAGE_WEB_FORM_NO, NULL } };

static enum field_kind
field_kind_of(enum item_kind kind)
{
	switch (kind) {
	case ITEM_LONG:
		return FIELD_TEXT;
	case ITEM_NUMBER:
		return FIELD_NUMBER;
	case ITEM_DATE:
		return FIELD_DATE;
	case ITEM_SEVERAL:
		return FIELD_CHOICES;
	case ITEM_LIST:
		return FIELD_LIST;
	case ITEM_URL:
		return FIELD_URL;
	case ITEM_EMAIL:
		return FIELD_EMAIL;
	case ITEM_ONE:
	case ITEM_RATING:
	case ITEM_YES_NO:
		return FIELD_RADIO;
	case ITEM_SHORT:
	case ITEM_KINDS:
	default:
		return FIELD_LINE;
	}
}

/* The options, each standing for itself, and room for the longest. */
static void
set_options(struct arena *arena, const char *options, struct field *field)
{
	struct item_lines lines = item_lines(arena, options);
	struct choice *choices = arena_array(arena, lines.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < lines.count; i++) {
		choices[i].value = choices[i].label = lines.lines[i];
		if (field->kind == FIELD_RADIO &&
		    (int64_t)text_units(lines.lines[i]) > field->max) {
			field->max = (int64_t)text_units(lines.lines[i]);
		}
	}
	field->choices = choices;
	field->choice_count = lines.count;
	if (field->kind == FIELD_RADIO && lines.count > RADIO_MAX) {
		field->kind = FIELD_CHOICE;
	}
}

static void
set_scale(struct arena *arena, struct item_limits limits, struct field *field)
{
	size_t count = (size_t)(limits.most - limits.least + 1), i;
	struct choice *choices;

	count = limits.most < limits.least ? 0 : count > RATING_MAX ? RATING_MAX : count;
	choices = arena_array(arena, count + 1, sizeof(*choices));
	for (i = 0; i < count; i++) {
		choices[i].value = choices[i].label =
		    arena_format(arena, "%" PRId64, limits.least + (int64_t)i);
	}
	field->choices = choices;
	field->choice_count = count;
}

static void
set_limits(struct arena *arena, const struct questionnaire_item *item, struct field *field)
{
	struct item_limits limits = questionnaire_limits(item);
	enum item_kind kind = (enum item_kind)item_kind_read(item->kind);

	if (kind == ITEM_YES_NO) {
		field->choices = yes_no;
		field->choice_count = 2;
		return;
	}
	if (kind == ITEM_RATING) {
		set_scale(arena, limits, field);
		return;
	}
	if (kind == ITEM_ONE) {
		set_options(arena, item->options, field);
		return;
	}
	field->min = limits.least;
	field->max = limits.most;
	field->tells_limits = true;
	if (kind == ITEM_SEVERAL) {
		set_options(arena, item->options, field);
		/* All of them is no limit. */
		field->max = limits.most < (int64_t)field->choice_count ? limits.most : 0;
	} else if (kind == ITEM_DATE) {
		field->tells_limits = item->least != DB_NULL || item->most != DB_NULL;
	}
}

void
questions_fields(
    struct arena *arena, const struct questionnaire_item_rows *items, struct field *fields)
{
	size_t i;

	for (i = 0; i < items->count; i++) {
		const struct questionnaire_item *item = &items->rows[i];

		fields[i] = (struct field){ .name = item->name,
			.kind = field_kind_of((enum item_kind)item_kind_read(item->kind)),
			.words = item->label,
			.help_marked = item->help,
			.required = item->is_required != 0 };
		set_limits(arena, item, &fields[i]);
	}
}

static const char *
lines_of(struct arena *arena, const char *const *list, size_t count)
{
	struct bytes *lines = bytes_new(arena);
	size_t i;

	for (i = 0; i < count; i++) {
		bytes_format(lines, "%s%s", i > 0 ? "\n" : "", list[i]);
	}
	return lines->data;
}

static const char *
answer_of(const struct form_values *values, size_t field)
{
	size_t count;
	const char *const *list = form_list(values, field, &count);

	if (values->values[field].state != FIELD_VALID) {
		return NULL;
	}
	return values->form->fields[field].kind == FIELD_CHOICES
	    ? lines_of(values->arena, list, count)
	    : form_text(values, field);
}

struct item_answer *
questions_read(const struct form_values *values, size_t first,
    const struct questionnaire_item_rows *items, size_t *count)
{
	struct item_answer *answers =
	    arena_array(values->arena, items->count + 1, sizeof(*answers));
	size_t i;

	*count = 0;
	for (i = 0; i < items->count; i++) {
		const char *answer = answer_of(values, first + i);

		if (!text_empty(answer)) {
			answers[(*count)++] = (struct item_answer){ items->rows[i].id,
				items->rows[i].wording_id, answer };
		}
	}
	return answers;
}

static bool
is_offered(const struct form_value *value, const char *answer)
{
	size_t i;

	for (i = 0; i < value->choice_count; i++) {
		if (text_equal(value->choices[i].value, answer)) {
			return true;
		}
	}
	return false;
}

static void
fill_chosen(struct form_values *values, size_t field, const char *answer)
{
	if (!is_offered(&values->values[field], answer)) {
		form_note(values, field, message_web_form_gone(values->arena, answer));
	} else if (values->form->fields[field].kind == FIELD_CHOICES) {
		form_fill_choice(values, field, answer);
	} else {
		form_fill(values, field, answer);
	}
}

void
questions_fill(struct form_values *values, size_t field, const char *answer)
{
	enum field_kind kind = values->form->fields[field].kind;
	struct item_lines lines;
	size_t i;

	if (values->sent || answer == NULL) {
		return;
	}
	if (kind == FIELD_RADIO || kind == FIELD_CHOICE) {
		fill_chosen(values, field, answer);
	} else if (kind == FIELD_CHOICES) {
		lines = item_lines(values->arena, answer);
		for (i = 0; i < lines.count; i++) {
			fill_chosen(values, field, lines.lines[i]);
		}
	} else {
		form_fill(values, field, answer);
	}
}

const char *
questions_words(struct arena *arena, const char *kind, int64_t most, const char *answer)
{
	struct date date;

	switch ((enum item_kind)item_kind_read(kind)) {
	case ITEM_YES_NO:
		return message(
		    text_equal(answer, "yes") ? MESSAGE_WEB_FORM_YES : MESSAGE_WEB_FORM_NO);
	case ITEM_DATE:
		return date_read(answer, &date) ? time_date(arena, date) : answer;
	case ITEM_RATING:
		return message_web_form_rating(arena, answer,
		    arena_format(
			arena, "%" PRId64, item_limits_of(ITEM_RATING, DB_NULL, most, 0).most));
	case ITEM_SHORT:
	case ITEM_LONG:
	case ITEM_NUMBER:
	case ITEM_ONE:
	case ITEM_SEVERAL:
	case ITEM_LIST:
	case ITEM_URL:
	case ITEM_EMAIL:
	case ITEM_KINDS:
	default:
		return answer;
	}
}
