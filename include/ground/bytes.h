#ifndef GROUND_BYTES_H
#define GROUND_BYTES_H

/*
 * A buffer that grows inside an arena: pages, mails, feeds, query strings.
 *
 * `data` is never NULL and always has a NUL at data[length], so that text can
 * be used as a string at any time; bytes appended may themselves contain NUL.
 * `data` moves when the buffer grows: do not keep it across an append.
 * Nothing is freed; the buffer ends with its arena.  When memory is exhausted
 * the process ends as arena.h describes, so no append can fail.
 */

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct bytes {
	char *data;
	size_t length; /* bytes in use, the final NUL not counted */
	size_t capacity; /* bytes allocated, private */
	struct arena *arena; /* private */
};

/* A new, empty buffer. */
struct bytes *bytes_new(struct arena *arena) __attribute__((returns_nonnull));

/* Make room for `length` bytes in all, so that a text expected to be that long
 * is not copied as it grows. */
void bytes_reserve(struct bytes *bytes, size_t length);

/*
 * Append `length` bytes.  `data` may be NULL when `length` is 0, and may
 * point into the buffer itself.
 */
void bytes_append(struct bytes *bytes, const void *data, size_t length);

/* Append a string; NULL appends nothing. */
void bytes_text(struct bytes *bytes, const char *text);

/* Append one byte. */
void bytes_char(struct bytes *bytes, char character);

/* Append what printf(3) would print. */
void
bytes_format(struct bytes *bytes, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As bytes_format(), for functions that are themselves variadic. */
void bytes_format_list(struct bytes *bytes, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));

/* Empty the buffer, keeping its memory. */
void bytes_clear(struct bytes *bytes);

#endif
