/*
 * Fields and their mistakes as rows for the templates part/field.html and
 * part/errors.html: the same table that checks gives the HTML attributes.
 */
#include <inttypes.h>
#include <string.h>

#include "ground/date.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "web/form.h"
#include "web/markdown.h"

static const char *
field_id(const struct form_values *values, size_t field)
{
	const char *name = values->form->fields[field].name;

	return *values->prefix == '\0' ? name
				       : arena_format(values->arena, "%s-%s", values->prefix, name);
}

static const char *
digits(struct arena *arena, int64_t number)
{
	return arena_format(arena, "%" PRId64, number);
}

/* The type of an <input>, or NULL for kinds that are something else. */
static const char *
input_type(enum field_kind kind)
{
	switch (kind) {
	case FIELD_LINE:
	case FIELD_SLUG:
		return "text";
	case FIELD_EMAIL:
		return "email";
	case FIELD_DATE:
		return "date";
	case FIELD_TIME:
		return "time";
	case FIELD_NUMBER:
		return "number";
	case FIELD_URL:
		return "url";
	case FIELD_TEXT:
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_CHOICES:
	case FIELD_CHECK:
	case FIELD_ZONE:
	case FIELD_HOURS:
	case FIELD_HIDDEN:
	case FIELD_LIST:
	default:
		return NULL;
	}
}

static bool
kind_has_length(enum field_kind kind)
{
	return kind == FIELD_LINE || kind == FIELD_EMAIL || kind == FIELD_TEXT ||
	    kind == FIELD_URL || kind == FIELD_SLUG || kind == FIELD_LIST;
}

/* A limit as an attribute: a number, or a date. */
static const char *
bound_text(struct arena *arena, const struct field *field, int64_t bound)
{
	if (field->kind != FIELD_DATE || bound == FIELD_NO_MIN || bound == FIELD_NO_MAX) {
		return digits(arena, bound);
	}
	return date_text(arena, date_from_days(bound));
}

static void
row_limits(const struct form_values *values, const struct field *field, struct page_part_field *row)
{
	struct arena *arena = values->arena;

	if (kind_has_length(field->kind)) {
		row->if_max_length = true;
		row->max_length = digits(arena, form_units_max(field));
	}
	row->rows = digits(arena, field->rows > 0 ? field->rows : 6);
	if (field->kind == FIELD_TEXT || field->kind == FIELD_LIST || field->tells_limits) {
		row->limit = form_limit(arena, field);
		row->if_limit = row->limit != NULL;
	}
	if (field->kind == FIELD_NUMBER || field->kind == FIELD_DATE) {
		row->if_min = form_has_min(field);
		row->min = bound_text(arena, field, field->min);
		row->if_max = form_has_max(field);
		row->max = bound_text(arena, field, field->max);
	}
}

/* One choice; the words of a static one come from the message table. */
static struct page_part_field_choices
choice_row(const struct form_values *values, size_t index, size_t choice, const char *id)
{
	const struct field *field = &values->form->fields[index];
	const struct choice *from = &values->values[index].choices[choice];
	struct page_part_field_choices row = { 0 };

	row.choice_value = from->value;
	row.choice_label = from->label != NULL ? from->label : message(from->message);
	row.if_chosen = form_has(values, index, from->value);
	row.choice_type = field->kind == FIELD_CHOICES ? "checkbox" : "radio";
	row.choice_id = arena_format(values->arena, "%s-%zu", id, choice);
	row.choice_name = field->name;
	row.if_choice_required = field->required && field->kind == FIELD_RADIO;
	row.if_choice_help = from->help != NULL;
	row.choice_help = from->help;
	return row;
}

static struct page_part_field_choices_list
choice_rows(const struct form_values *values, size_t index, const char *id)
{
	size_t count = values->values[index].choice_count, i;
	const struct field *field = &values->form->fields[index];
	struct page_part_field_choices *rows;

	rows = arena_array(values->arena, count + 1, sizeof(*rows));
	for (i = 0; i < count; i++) {
		rows[i] = choice_row(values, index, i, id);
	}
	if (field->kind == FIELD_RADIO && field->words != NULL && !field->required) {
		rows[count].choice_value = "";
		rows[count].choice_label = message(MESSAGE_WEB_FORM_NO_ANSWER);
		rows[count].if_chosen = *values->values[index].text == '\0';
		rows[count].choice_type = "radio";
		rows[count].choice_id = arena_format(values->arena, "%s-none", id);
		rows[count++].choice_name = field->name;
	}
	return (struct page_part_field_choices_list){ rows, count };
}

/*
 * The zones a chooser offers, and one more where the value is a zone that is
 * not among them (an older name that a browser gave).
 */
static struct page_part_field_choices_list
zone_rows(const struct form_values *values, size_t index)
{
	const char *chosen = values->values[index].text;
	bool found = false;
	size_t count, i;
	const char *const *zones = zone_list(&count);
	struct page_part_field_choices *rows;

	rows = arena_array(values->arena, count + 1, sizeof(*rows));
	for (i = 0; i < count; i++) {
		rows[i].choice_value = rows[i].choice_label = zones[i];
		rows[i].if_chosen = text_equal(zones[i], chosen);
		found |= rows[i].if_chosen;
	}
	if (!found && zone_exists(chosen)) {
		rows[count].choice_value = rows[count].choice_label = chosen;
		rows[count++].if_chosen = true;
	}
	return (struct page_part_field_choices_list){ rows, count };
}

static void
row_kind(const struct form_values *values, size_t index, struct page_part_field *row)
{
	enum field_kind kind = values->form->fields[index].kind;

	row->type = input_type(kind);
	row->if_input = row->type != NULL;
	row->if_text = kind == FIELD_TEXT || kind == FIELD_LIST;
	row->if_zone = kind == FIELD_ZONE;
	row->if_turned = values->values[index].is_replaced;
	row->if_select = kind == FIELD_CHOICE || kind == FIELD_ZONE;
	row->if_options = kind == FIELD_RADIO || kind == FIELD_CHOICES;
	row->if_check = kind == FIELD_CHECK;
	row->if_hours = kind == FIELD_HOURS;
	row->if_hidden = kind == FIELD_HIDDEN;
	if (kind == FIELD_ZONE) {
		row->choices = zone_rows(values, index);
	} else if (row->if_select || row->if_options) {
		row->choices = choice_rows(values, index, row->id);
	} else if (row->if_hours) {
		row->part_hours = form_hours_rows(values, index, row->id);
		row->if_turned = values->turned;
	}
}

/* Of a message, in somebody's words, or with marks. */
static void
row_help(struct arena *arena, const struct field *field, struct page_part_field *row)
{
	row->help = field->help != MESSAGE_NONE ? message(field->help) : field->help_words;
	row->if_help_marked = !text_empty(field->help_marked);
	if (row->if_help_marked) {
		row->help_markdown = markdown_html(arena, field->help_marked);
	}
	row->if_help_plain = !row->if_help_marked && !text_empty(row->help);
	row->if_help = row->if_help_marked || row->if_help_plain;
}

static struct page_part_field
field_row(const struct form_values *values, size_t index)
{
	const struct field *field = &values->form->fields[index];
	const struct form_value *value = &values->values[index];
	struct page_part_field row = { 0 };

	row.id = field_id(values, index);
	row.name = field->name;
	row.label = form_label(values, index);
	row.value = value->text;
	row.if_required = field->required;
	row_help(values->arena, field, &row);
	row.if_error = value->message != NULL && !values->unmarked;
	row.error = value->message;
	row.if_note = value->note != NULL;
	row.note = value->note;
	row.if_step = value->step != NULL;
	row.step = value->step;
	row.step_words = value->step_words;
	row.if_autocomplete = field->autocomplete != NULL;
	row.autocomplete = field->autocomplete;
	row.if_verbatim = field->verbatim || field->kind == FIELD_EMAIL ||
	    field->kind == FIELD_URL || field->kind == FIELD_SLUG;
	row.if_checked = *value->text != '\0';
	row_limits(values, field, &row);
	row_kind(values, index, &row);
	row.if_described = row.if_help || row.if_limit || row.if_error || row.if_note;
	return row;
}

struct page_part_field_list
form_rows_between(const struct form_values *values, size_t first, size_t end)
{
	struct page_part_field *rows;
	size_t count = 0, i;

	rows = arena_array(values->arena, end - first + 1, sizeof(*rows));
	for (i = first; i < end; i++) {
		rows[count++] = field_row(values, i);
	}
	if (end == values->form->count && values->key != NULL) {
		rows[count].if_hidden = true;
		rows[count].name = "_key";
		rows[count++].value = values->key;
	}
	return (struct page_part_field_list){ rows, count };
}

struct page_part_field_list
form_rows(const struct form_values *values)
{
	return form_rows_between(values, 0, values->form->count);
}

struct page_part_errors_list
form_summary(const struct form_values *values)
{
	struct arena *arena = values->arena;
	struct page_part_errors_mistakes *mistakes;
	struct page_part_errors *summary;
	size_t count = 0, i;

	mistakes = arena_array(arena, values->form->count + 1, sizeof(*mistakes));
	if (values->message != NULL) {
		mistakes[count].mistake_id = "main";
		mistakes[count++].mistake = values->message;
	}
	for (i = 0; i < values->form->count; i++) {
		if (values->values[i].message != NULL && !values->unmarked) {
			mistakes[count].mistake_id = field_id(values, i);
			mistakes[count++].mistake = message_web_form_problem(
			    arena, form_label(values, i), values->values[i].message);
		}
	}
	summary = arena_alloc(arena, sizeof(*summary));
	summary->errors_title = count == 1
	    ? message(MESSAGE_WEB_FORM_ONE_MISTAKE)
	    : message_web_form_mistakes(arena, digits(arena, (int64_t)count));
	summary->mistakes.rows = mistakes;
	summary->mistakes.count = count;
	return (struct page_part_errors_list){ summary, count > 0 ? 1 : 0 };
}
