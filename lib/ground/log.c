#include "ground/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ground/clock.h"

#define LINE_BYTES 4096 /* PIPE_BUF on Linux: written whole or not */
#define CUT_MARK " cut=yes"

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
			    "._-:/@+,~";

static const char *program_name;

struct line {
	char text[LINE_BYTES];
	size_t length;
	bool cut;
};

void
log_start(const char *program)
{
	program_name = program;
}

/* Bytes still free; kept back are a closing quote, the mark, a line feed. */
static size_t
room(const struct line *line)
{
	return sizeof(line->text) - line->length - strlen(CUT_MARK) - 2;
}

static void
put(struct line *line, const char *text, size_t length)
{
	if (line->cut) {
		return;
	}
	if (length > room(line)) {
		line->cut = true;
		length = room(line);
	}
	memcpy(line->text + line->length, text, length);
	line->length += length;
}

/* One byte of a quoted value; its escape is written whole or not at all. */
static void
put_quoted_byte(struct line *line, unsigned char byte)
{
	char escape[5];
	int length;

	switch (byte) {
	case '"':
	case '\\':
		length = snprintf(escape, sizeof(escape), "\\%c", byte);
		break;
	case '\n':
		length = snprintf(escape, sizeof(escape), "\\n");
		break;
	case '\r':
		length = snprintf(escape, sizeof(escape), "\\r");
		break;
	case '\t':
		length = snprintf(escape, sizeof(escape), "\\t");
		break;
	default:
		length = snprintf(
		    escape, sizeof(escape), byte >= 0x20 && byte < 0x7f ? "%c" : "\\x%02x", byte);
		break;
	}
	if ((size_t)length > room(line)) {
		line->cut = true;
		return;
	}
	put(line, escape, (size_t)length);
}

static void
put_value(struct line *line, const char *value)
{
	if (value == NULL) {
		put(line, "null", 4);
		return;
	}
	if (value[0] != '\0' && value[strspn(value, plain)] == '\0') {
		put(line, value, strlen(value));
		return;
	}
	put(line, "\"", 1);
	if (line->cut) {
		return;
	}
	for (const char *c = value; *c != '\0' && !line->cut; c++) {
		put_quoted_byte(line, (unsigned char)*c);
	}
	/* Cut or not, a value is closed: a byte was kept back for it. */
	if (room(line) == 0) {
		line->cut = true;
	}
	line->text[line->length++] = '"';
}

static void
put_number(struct line *line, char conversion, intmax_t number, uintmax_t natural)
{
	char digits[32];
	int length;

	if (conversion == 'x') {
		length = snprintf(digits, sizeof(digits), "%" PRIxMAX, natural);
	} else if (conversion == 'u') {
		length = snprintf(digits, sizeof(digits), "%" PRIuMAX, natural);
	} else {
		length = snprintf(digits, sizeof(digits), "%" PRIdMAX, number);
	}
	put(line, digits, (size_t)length);
}

/* The list is passed in a struct, so that its position is shared. */
struct values {
	va_list list;
};

/* A number of the width its length modifiers say. */
static void
put_next_number(struct line *line, char conversion, bool is_long, struct values *values)
{
	/* long, long long and size_t are one width wherever we build. */
	_Static_assert(sizeof(long) == sizeof(long long) && sizeof(long) == sizeof(size_t), "LP64");
	if (conversion == 'd' || conversion == 'i') {
		put_number(line, conversion,
		    is_long ? va_arg(values->list, long) : va_arg(values->list, int), 0);
	} else {
		put_number(line, conversion, 0,
		    is_long ? va_arg(values->list, unsigned long) : va_arg(values->list, unsigned));
	}
}

/* A conversion after its '%', advancing `*at`; false when unknown. */
static bool
put_conversion(struct line *line, const char **at, struct values *values)
{
	char text[2] = { 0 };
	bool is_long = false;

	for (; **at == 'l' || **at == 'z' || **at == 'h'; (*at)++) {
		is_long = is_long || **at != 'h';
	}
	switch (*(*at)++) {
	case '%':
		put(line, "%", 1);
		return true;
	case 's':
		put_value(line, va_arg(values->list, const char *));
		return true;
	case 'c':
		text[0] = (char)va_arg(values->list, int);
		put_value(line, text);
		return true;
	case 'd':
	case 'i':
	case 'u':
	case 'x':
		put_next_number(line, (*at)[-1], is_long, values);
		return true;
	default:
		return false;
	}
}

static void
put_format(struct line *line, const char *format, struct values *values)
{
	const char *at = format;

	while (*at != '\0' && !line->cut) {
		const size_t literal = strcspn(at, "%");

		put(line, at, literal);
		at += literal;
		if (*at != '%') {
			continue;
		}
		at++;
		if (!put_conversion(line, &at, values)) {
			/* Where the next value lies is no longer known. */
			put(line, " format=unknown", 15);
			return;
		}
	}
}

static void
put_head(struct line *line, enum log_level level)
{
	static const char *const names[] = {
		[LOG_LEVEL_INFO] = "info",
		[LOG_LEVEL_WARNING] = "warning",
		[LOG_LEVEL_ERROR] = "error",
	};
	const time_t now = (time_t)clock_now();
	char head[80];
	struct tm tm;
	size_t length;

	gmtime_r(&now, &tm);
	length = strftime(head, sizeof(head), "time=%Y-%m-%dT%H:%M:%SZ level=", &tm);
	put(line, head, length);
	put(line, names[level], strlen(names[level]));
	if (program_name != NULL) {
		put(line, " program=", 9);
		put_value(line, program_name);
	}
	put(line, " ", 1);
}

void
log_line(enum log_level level, const char *format, ...)
{
	const int error = errno;
	struct line line = { .length = 0, .cut = false };
	struct values values;
	ssize_t written;

	put_head(&line, level);
	va_start(values.list, format);
	put_format(&line, format, &values);
	va_end(values.list);
	if (line.cut) {
		memcpy(line.text + line.length, CUT_MARK, strlen(CUT_MARK));
		line.length += strlen(CUT_MARK);
	}
	line.text[line.length++] = '\n';
	do {
		written = write(STDERR_FILENO, line.text, line.length);
	} while (written < 0 && errno == EINTR);
	errno = error;
}
