/* A list: things one a line, blank lines aside. */
#include <inttypes.h>
#include <string.h>

#include "ground/bytes.h"
#include "ground/text.h"
#include "web/form.h"

/* Enough of a line to know it by, in words about it. */
enum { LINE_SHOWN = 30 };

static const char *
digits(struct arena *arena, int64_t number)
{
	return arena_format(arena, "%" PRId64, number);
}

static const char *
check_line(struct arena *arena, const char *line)
{
	if (text_has_bidi(line)) {
		return message(MESSAGE_WEB_FORM_BIDI);
	}
	if (text_units(line) > FIELD_LIST_UNITS) {
		return message_web_form_list_long(arena, text_cut(arena, line, LINE_SHOWN),
		    message_web_form_characters(arena, digits(arena, FIELD_LIST_UNITS)));
	}
	return NULL;
}

static const char *
check_count(struct arena *arena, const struct field *field, size_t count)
{
	int64_t most = field->max > 0 ? field->max : FIELD_LIST_MAX;

	if ((int64_t)count < field->min) {
		return message_web_form_list_few(arena, digits(arena, field->min));
	}
	if ((int64_t)count > most) {
		return message_web_form_list_many(arena, digits(arena, most));
	}
	return NULL;
}

const char *
form_list_check(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text)
{
	char *rest = arena_copy_bytes(arena, text, strlen(text)), *line;
	const char **list = arena_array(arena, strlen(text) + 1, sizeof(*list));
	const char *words = NULL;
	struct bytes *clean = bytes_new(arena);
	size_t count = 0;

	while ((line = strsep(&rest, "\n")) != NULL) {
		const char *kept = text_trim(arena, line);

		if (*kept == '\0') {
			continue;
		}
		words = words != NULL ? words : check_line(arena, kept);
		bytes_format(clean, "%s%s", count > 0 ? "\n" : "", kept);
		list[count++] = kept;
	}
	value->list = list;
	value->list_count = count;
	value->clean = clean->data;
	return words != NULL ? words : check_count(arena, field, count);
}
