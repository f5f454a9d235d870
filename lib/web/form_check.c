/*
 * What each kind of field accepts. A check gets text that is NFC, trimmed and
 * not empty, and either sets what the field means or says in words what is
 * wrong with it.
 */
#include <inttypes.h>
#include <string.h>

#include "ground/address.h"
#include "ground/date.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "web/form.h"

/* A check returns NULL, or the words that refuse the text. */
typedef const char *check_fn(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text);

static const char *
check_email(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	(void)arena;
	(void)field;
	(void)value;
	return address_is_valid(text) ? NULL : message(MESSAGE_WEB_FORM_EMAIL);
}

static const char *
check_choice(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	size_t i;

	(void)arena;
	(void)field;
	for (i = 0; i < value->choice_count; i++) {
		if (strcmp(value->choices[i].value, text) == 0) {
			return NULL;
		}
	}
	/* Without choices yet, form_choices will judge. */
	return value->choice_count == 0 ? NULL : message(MESSAGE_WEB_FORM_CHOICE);
}

static const char *
check_tick(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	(void)arena;
	(void)field;
	(void)text;
	value->integer = 1;
	return NULL;
}

static const char *
check_date(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	struct date date;

	(void)value;
	if (!date_read(text, &date)) {
		return message(MESSAGE_WEB_FORM_DATE);
	}
	return form_bounds_check(arena, field, date_days(date));
}

static bool
is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* "9:30", "09:30", or, as some browsers send it, "09:30:00". */
static const char *
check_time(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	int hours = 0, minutes;

	(void)field;
	if (!is_digit(text[0])) {
		return message(MESSAGE_WEB_FORM_TIME);
	}
	hours = *text++ - '0';
	if (is_digit(*text)) {
		hours = hours * 10 + *text++ - '0';
	}
	if (text[0] != ':' || !is_digit(text[1]) || !is_digit(text[2])) {
		return message(MESSAGE_WEB_FORM_TIME);
	}
	minutes = (text[1] - '0') * 10 + text[2] - '0';
	if (hours > 23 || minutes > 59 || (text[3] != '\0' && strcmp(text + 3, ":00") != 0)) {
		return message(MESSAGE_WEB_FORM_TIME);
	}
	value->integer = hours * 60 + minutes;
	value->clean = arena_format(arena, "%02d:%02d", hours, minutes);
	return NULL;
}

static const char *
check_number(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	const char *words;
	int64_t number;

	if (!text_integer(text, -INT64_MAX, INT64_MAX, &number)) {
		return message(MESSAGE_WEB_FORM_NUMBER);
	}
	words = form_bounds_check(arena, field, number);
	if (words == NULL) {
		value->integer = number;
	}
	return words;
}

static const char *
check_zone(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	(void)arena;
	(void)field;
	(void)value;
	return zone_exists(text) ? NULL : message(MESSAGE_WEB_FORM_ZONE);
}

static const char *
check_url(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	const char *rest = NULL;

	(void)arena;
	(void)field;
	(void)value;
	if (strncmp(text, "https://", 8) == 0) {
		rest = text + 8;
	} else if (strncmp(text, "http://", 7) == 0) {
		rest = text + 7;
	}
	if (rest == NULL || strcspn(rest, "/?#") == 0 || strpbrk(text, " \"<>\\^`{|}") != NULL) {
		return message(MESSAGE_WEB_FORM_URL);
	}
	return NULL;
}

static const char *
check_slug(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	size_t length = strlen(text);

	(void)arena;
	(void)field;
	(void)value;
	if (strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != length || text[0] == '-' ||
	    text[length - 1] == '-' || strstr(text, "--") != NULL) {
		return message(MESSAGE_WEB_FORM_SLUG);
	}
	return NULL;
}

static const char *
characters(struct arena *arena, int64_t count)
{
	return count == 1
	    ? message(MESSAGE_WEB_FORM_CHARACTER)
	    : message_web_form_characters(arena, arena_format(arena, "%" PRId64, count));
}

/* Kinds whose limits are lengths. */
static bool
kind_is_measured(enum field_kind kind)
{
	return kind != FIELD_NUMBER && kind != FIELD_DATE && kind != FIELD_CHOICES &&
	    kind != FIELD_HOURS && kind != FIELD_LIST;
}

int64_t
form_units_max(const struct field *field)
{
	if (field->kind == FIELD_LIST && field->max > 0) {
		return field->max * (FIELD_LIST_UNITS + 1);
	}
	if (kind_is_measured(field->kind) && field->max > 0) {
		return field->max;
	}
	switch (field->kind) {
	case FIELD_TEXT:
		return 10000;
	case FIELD_NUMBER:
		return 20;
	case FIELD_LIST:
		return FIELD_LIST_MAX * (FIELD_LIST_UNITS + 1);
	case FIELD_EMAIL:
		return 254;
	case FIELD_URL:
		return 2000;
	case FIELD_SLUG:
		return 40;
	case FIELD_LINE:
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_CHOICES:
	case FIELD_CHECK:
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_ZONE:
	case FIELD_HOURS:
	case FIELD_HIDDEN:
	default:
		return 200;
	}
}

static const char *
check_length(struct arena *arena, const struct field *field, const char *text)
{
	int64_t units = (int64_t)text_units(text);
	int64_t limit = form_units_max(field);

	if (units > limit) {
		return message_web_form_too_long(
		    arena, characters(arena, units - limit), characters(arena, limit));
	}
	if (kind_is_measured(field->kind) && units < field->min) {
		return message_web_form_too_short(arena, characters(arena, field->min));
	}
	return NULL;
}

/* What holds for every kind: no controls, one line, no hidden direction. */
static const char *
check_text(const struct field *field, const char *text)
{
	if (field->kind == FIELD_TEXT || field->kind == FIELD_LIST) {
		return text_has_control(text) ? message(MESSAGE_WEB_FORM_CONTROL) : NULL;
	}
	if (strchr(text, '\n') != NULL) {
		return message(MESSAGE_WEB_FORM_ONE_LINE);
	}
	if (!text_is_line(text)) {
		return message(MESSAGE_WEB_FORM_CONTROL);
	}
	return text_has_bidi(text) ? message(MESSAGE_WEB_FORM_BIDI) : NULL;
}

static check_fn *const checks[] = { [FIELD_EMAIL] = check_email,
	[FIELD_CHOICE] = check_choice,
	[FIELD_RADIO] = check_choice,
	[FIELD_CHECK] = check_tick,
	[FIELD_DATE] = check_date,
	[FIELD_TIME] = check_time,
	[FIELD_NUMBER] = check_number,
	[FIELD_ZONE] = check_zone,
	[FIELD_URL] = check_url,
	[FIELD_SLUG] = check_slug,
	[FIELD_HIDDEN] = NULL,
	[FIELD_LIST] = form_list_check };

void
form_check(struct form_values *values, size_t index)
{
	const struct field *field = &values->form->fields[index];
	struct form_value *value = &values->values[index];
	struct arena *arena = values->arena;
	const char *text, *words;

	text = text_trim(arena, text_nfc(arena, value->text));
	if (*text == '\0') {
		value->state = FIELD_MISSING;
		return;
	}
	value->clean = text;
	words = check_text(field, text);
	if (words == NULL) {
		words = check_length(arena, field, text);
	}
	if (words == NULL && checks[field->kind] != NULL) {
		words = checks[field->kind](arena, field, value, text);
	}
	value->state = words == NULL ? FIELD_VALID : FIELD_INVALID;
	if (words != NULL) {
		form_refuse(values, index, words);
	}
}
