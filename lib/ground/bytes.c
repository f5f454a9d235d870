#include "ground/bytes.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ground/arena.h"

#define FIRST_CAPACITY 256

struct bytes *
bytes_new(struct arena *arena)
{
	struct bytes *bytes = arena_alloc(arena, sizeof(*bytes));

	bytes->arena = arena;
	bytes->capacity = FIRST_CAPACITY;
	bytes->data = arena_alloc(arena, bytes->capacity);
	return bytes;
}

/*
 * Make room for `more` bytes and the NUL.  Doubling keeps what the arena
 * holds of earlier, smaller buffers below the size of the last.
 */
static void
make_room(struct bytes *bytes, size_t more)
{
	size_t capacity = bytes->capacity;
	char *data;

	if (more < capacity - bytes->length) {
		return;
	}
	while (capacity <= SIZE_MAX / 2 && capacity - bytes->length <= more) {
		capacity *= 2;
	}
	if (capacity - bytes->length <= more) {
		capacity = SIZE_MAX; /* refused by the arena */
	}
	data = arena_alloc(bytes->arena, capacity);
	memcpy(data, bytes->data, bytes->length);
	bytes->data = data;
	bytes->capacity = capacity;
}

void
bytes_reserve(struct bytes *bytes, size_t length)
{
	if (length > bytes->length) {
		make_room(bytes, length - bytes->length);
	}
}

void
bytes_append(struct bytes *bytes, const void *data, size_t length)
{
	if (length == 0) {
		return;
	}
	/* The old buffer stays in the arena: data may point into it. */
	make_room(bytes, length);
	memmove(bytes->data + bytes->length, data, length);
	bytes->length += length;
	bytes->data[bytes->length] = '\0';
}

void
bytes_text(struct bytes *bytes, const char *text)
{
	if (text != NULL) {
		bytes_append(bytes, text, strlen(text));
	}
}

void
bytes_char(struct bytes *bytes, char character)
{
	bytes_append(bytes, &character, 1);
}

void
bytes_format_list(struct bytes *bytes, const char *format, va_list values)
{
	bytes_text(bytes, arena_format_list(bytes->arena, format, values));
}

void
bytes_format(struct bytes *bytes, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	bytes_format_list(bytes, format, values);
	va_end(values);
}

void
bytes_clear(struct bytes *bytes)
{
	bytes->length = 0;
	bytes->data[0] = '\0';
}
