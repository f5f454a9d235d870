#include <string.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/text.h"
#include "sample.h"

/* The farthest that a date may lie from its anchor. */
#define DAYS_MAX 3660

bool
sample_fail(struct sample *sample, const char *what, const char *which)
{
	if (sample->problem == NULL) {
		sample->problem = arena_format(sample->arena, "%s %s", what, which);
	}
	return false;
}

static void
free_json(void *json)
{
	json_decref(json);
}

static json_t *
read_json(struct sample *sample, const char *path)
{
	json_error_t error;
	json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (json == NULL) {
		sample->problem =
		    arena_format(sample->arena, "%s:%d: %s", path, error.line, error.text);
		return NULL;
	}
	arena_cleanup(sample->arena, free_json, json);
	return json;
}

bool
sample_read(struct sample *sample, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder =
	    slash == NULL ? "." : arena_copy_bytes(sample->arena, path, (size_t)(slash - path));
	size_t index;
	json_t *name;

	sample->programme = read_json(sample, path);
	if (sample->programme == NULL) {
		return false;
	}
	sample->cohorts = json_array();
	arena_cleanup(sample->arena, free_json, sample->cohorts);
	json_array_foreach(json_object_get(sample->programme, "cohorts"), index, name)
	{
		json_t *cohort = read_json(
		    sample, arena_format(sample->arena, "%s/%s", folder, sample_word(name)));

		if (cohort == NULL || json_array_append(sample->cohorts, cohort) != 0) {
			return false;
		}
	}
	return true;
}

const char *
sample_word(const json_t *value)
{
	const char *text = json_string_value(value);

	return text == NULL ? "" : text;
}

const char *
sample_text_or_null(struct sample *sample, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	struct bytes *text;
	size_t index;
	json_t *paragraph;

	if (!json_is_array(value)) {
		return json_string_value(value);
	}
	text = bytes_new(sample->arena);
	json_array_foreach(value, index, paragraph)
	{
		bytes_text(text, index == 0 ? "" : "\n\n");
		bytes_text(text, sample_word(paragraph));
	}
	return text->data;
}

const char *
sample_text(struct sample *sample, const json_t *object, const char *name)
{
	const char *text = sample_text_or_null(sample, object, name);

	return text == NULL ? "" : text;
}

int64_t
sample_number(const json_t *object, const char *name, int64_t otherwise)
{
	const json_t *value = json_object_get(object, name);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

json_t *
sample_person(struct sample *sample, const char *handle)
{
	json_t *person = json_object_get(json_object_get(sample->programme, "people"), handle);

	if (person == NULL) {
		sample_fail(sample, "nobody is called", handle);
	}
	return person;
}

/* The anchor that a date begins with, in days since 1970, and how long its
 * word is. */
static int64_t
anchor_of(struct sample *sample, const json_t *cohort, const char *text, size_t *length)
{
	*length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	if (*length == 5 && strncmp(text, "today", *length) == 0) {
		return sample->today;
	}
	if (*length == 6 && strncmp(text, "monday", *length) == 0) {
		return sample->monday;
	}
	if (*length == 5 && strncmp(text, "start", *length) == 0 && cohort != NULL) {
		return sample_day(sample, NULL, sample_text(sample, cohort, "starts"));
	}
	sample_fail(sample, "cannot read the date", text);
	return 0;
}

int64_t
sample_day(struct sample *sample, const json_t *cohort, const char *text)
{
	size_t length;
	int64_t anchor = anchor_of(sample, cohort, text, &length);
	const char *number = text + length;
	size_t digits = strspn(number + (*number != '\0'), "0123456789");
	int64_t days = 0;

	if (*number == '\0' || *number == ' ') {
		return anchor;
	}
	if ((*number != '+' && *number != '-') ||
	    !text_integer(
		arena_copy_bytes(sample->arena, number + 1, digits), 0, DAYS_MAX, &days)) {
		sample_fail(sample, "cannot read the date", text);
	}
	return *number == '-' ? anchor - days : anchor + days;
}

const char *
sample_date(struct sample *sample, const json_t *cohort, const char *text)
{
	return date_text(sample->arena, date_from_days(sample_day(sample, cohort, text)));
}

int64_t
sample_minutes(struct sample *sample, const char *time)
{
	int minutes = 0;

	if (strlen(time) != 5 || strspn(time, "0123456789:") != 5 || time[2] != ':') {
		sample_fail(sample, "cannot read the time", time);
		return 0;
	}
	minutes =
	    ((time[0] - '0') * 10 + time[1] - '0') * 60 + (time[3] - '0') * 10 + time[4] - '0';
	if (time[3] > '5' || minutes > 24 * 60) {
		sample_fail(sample, "there is no such time as", time);
	}
	return minutes;
}

int64_t
sample_instant(struct sample *sample, const json_t *cohort, const char *text)
{
	const char *time = strchr(text, ' ');

	if (time == NULL) {
		sample_fail(sample, "a time is missing after", text);
		return 0;
	}
	return sample_day(sample, cohort, text) * CLOCK_DAY +
	    sample_minutes(sample, time + 1) * CLOCK_MINUTE;
}
