#include <string.h>

#include "ground/bytes.h"
#include "ground/text.h"
#include "web/request.h"

int
request_hex(char character)
{
	if (character >= '0' && character <= '9') {
		return character - '0';
	}
	if (character >= 'a' && character <= 'f') {
		return character - 'a' + 10;
	}
	if (character >= 'A' && character <= 'F') {
		return character - 'A' + 10;
	}
	return -1;
}

/*
 * Decodes one name or value into `out`, which has room for `length` bytes and
 * a NUL. False for a bad escape or for what is not UTF-8 text.
 */
static bool
field_decode(const char *data, size_t length, char *out)
{
	size_t i, used = 0;
	bool escapes_are_good = true;

	for (i = 0; i < length; i++) {
		if (data[i] == '+') {
			out[used++] = ' ';
		} else if (data[i] != '%') {
			out[used++] = data[i];
		} else if (length - i > 2 && request_hex(data[i + 1]) >= 0 &&
		    request_hex(data[i + 2]) >= 0) {
			out[used++] =
			    (char)(request_hex(data[i + 1]) * 16 + request_hex(data[i + 2]));
			i += 2;
		} else {
			out[used++] = data[i];
			escapes_are_good = false;
		}
	}
	out[used] = '\0';
	return escapes_are_good && text_is_valid(out, used);
}

/* How many fields there are, counting no further than one too many. */
static size_t
fields_count(const char *data, size_t length)
{
	size_t count = 0, i, start = 0;

	for (i = 0; i <= length && count <= REQUEST_FIELDS_MAX; i++) {
		if (i == length || data[i] == '&') {
			count += i > start;
			start = i + 1;
		}
	}
	return count;
}

/* Decodes one "name=value"; false when its name is not text. */
static bool
field_read(struct arena *arena, const char *data, size_t length, struct request_field *field)
{
	const char *equals = memchr(data, '=', length);
	size_t name = equals == NULL ? length : (size_t)(equals - data);
	size_t rest = equals == NULL ? 0 : length - name - 1;
	char *decoded = arena_array(arena, name + rest + 2, 1);

	if (!field_decode(data, name, decoded)) {
		return false;
	}
	field->name = decoded;
	field->value = decoded + name + 1;
	field->valid = rest == 0 || field_decode(equals + 1, rest, decoded + name + 1);
	if (!field->valid) {
		field->value = "";
	}
	return true;
}

bool
request_fields_read(
    struct arena *arena, const char *data, size_t length, struct request_fields *fields)
{
	struct request_field *rows;
	size_t count, i, start = 0, used = 0;

	fields->rows = NULL;
	fields->count = 0;
	count = fields_count(data, length);
	if (count > REQUEST_FIELDS_MAX) {
		return false;
	}
	rows = arena_array(arena, count + 1, sizeof(*rows));
	for (i = 0; i <= length; i++) {
		if (i < length && data[i] != '&') {
			continue;
		}
		if (i > start && field_read(arena, data + start, i - start, &rows[used])) {
			used++;
		}
		start = i + 1;
	}
	fields->rows = rows;
	fields->count = used;
	return true;
}

size_t
request_fields_count(const struct request_fields *fields, const char *name)
{
	size_t count = 0, i;

	for (i = 0; i < fields->count; i++) {
		count += strcmp(fields->rows[i].name, name) == 0;
	}
	return count;
}

const char *
request_fields_value(const struct request_fields *fields, const char *name)
{
	const struct request_field *found = NULL;
	size_t i;

	for (i = 0; i < fields->count; i++) {
		if (strcmp(fields->rows[i].name, name) != 0) {
			continue;
		}
		if (found != NULL) {
			return NULL;
		}
		found = &fields->rows[i];
	}
	return found != NULL && found->valid ? found->value : NULL;
}

const char *
request_escape(struct arena *arena, const char *text)
{
	struct bytes *out = bytes_new(arena);
	const char *at;

	for (at = text; *at != '\0'; at++) {
		if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
		    (*at >= '0' && *at <= '9') || strchr("-._~", *at) != NULL) {
			bytes_char(out, *at);
		} else {
			bytes_format(out, "%%%02X", (unsigned)(unsigned char)*at);
		}
	}
	return out->data;
}
