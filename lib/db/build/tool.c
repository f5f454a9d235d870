#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool.h"

/* Kept blocks hang on a list so that a leak checker finds them. */
struct block {
	struct block *next;
	max_align_t data[];
};

static struct block *blocks;
static size_t errors;

void *
keep(size_t size)
{
	struct block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL) {
		fputs("queries: out of memory\n", stderr);
		exit(1);
	}
	block->next = blocks;
	blocks = block;
	return block->data;
}

/* A copy of the list with room for one more. */
void *
keep_more(void *list, size_t count, size_t size)
{
	void *more = keep((count + 1) * size);

	if (count > 0) {
		memcpy(more, list, count * size);
	}
	return more;
}

const char *
keep_text(const char *text, size_t length)
{
	char *copy = keep(length + 1);

	memcpy(copy, text, length);
	return copy;
}

const char *
keep_format(const char *format, ...)
{
	va_list arguments;
	int length;
	char *text;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = keep((size_t)length + 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

const char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash == NULL ? file : slash + 1;
}

void
error_at(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	errors++;
}

size_t
error_count(void)
{
	return errors;
}

/* Whole file into kept memory; -1 with errno when it cannot be read. */
static long
slurp(const char *file, const char **text)
{
	FILE *stream = fopen(file, "rb");
	size_t length = 0;
	size_t room = 4096;
	char *data;
	size_t got;

	if (stream == NULL) {
		return -1;
	}
	data = keep(room + 1);
	while ((got = fread(data + length, 1, room - length, stream)) > 0) {
		length += got;
		if (length == room) {
			char *more = keep(room * 2 + 1);

			memcpy(more, data, length);
			data = more;
			room *= 2;
		}
	}
	if (ferror(stream)) {
		fclose(stream);
		errno = EIO;
		return -1;
	}
	fclose(stream);
	*text = data;
	return (long)length;
}

const char *
file_read(const char *file)
{
	const char *text = NULL;
	long length = slurp(file, &text);

	if (length < 0) {
		error_at(file, 1, "%s", strerror(errno));
		return NULL;
	}
	if (strlen(text) != (size_t)length) {
		error_at(file, 1, "holds a NUL byte");
		return NULL;
	}
	return text;
}

/*
 * Written beside and renamed, so that an interrupted build leaves no half
 * file; left alone when nothing changed, so that make rebuilds nothing.
 */
bool
file_write(const char *file, const char *text, size_t length)
{
	const char *beside = keep_format("%s.%ld.new", file, (long)getpid());
	const char *old = NULL;
	FILE *stream;
	bool written;

	if (slurp(file, &old) == (long)length && memcmp(old, text, length) == 0) {
		return true;
	}
	stream = fopen(beside, "wb");
	if (stream == NULL) {
		error_at(beside, 1, "%s", strerror(errno));
		return false;
	}
	written = fwrite(text, 1, length, stream) == length;
	written = fclose(stream) == 0 && written;
	if (!written || rename(beside, file) != 0) {
		error_at(file, 1, "%s", strerror(errno));
		unlink(beside);
		return false;
	}
	return true;
}

bool
directory_make(const char *directory)
{
	char *path = keep(strlen(directory) + 1);

	memcpy(path, directory, strlen(directory));
	for (char *at = path + 1;; at++) {
		char end = *at;

		if (end != '/' && end != '\0') {
			continue;
		}
		*at = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			error_at(path, 1, "%s", strerror(errno));
			return false;
		}
		*at = end;
		if (end == '\0') {
			return true;
		}
	}
}

static bool
is_keyword(const char *text)
{
	static const char *const keywords[] = { "auto", "bool", "break", "case", "char", "const",
		"continue", "default", "do", "double", "else", "enum", "extern", "false", "float",
		"for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
		"short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef",
		"union", "unsigned", "void", "volatile", "while" };

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcmp(text, keywords[i]) == 0) {
			return true;
		}
	}
	return false;
}

bool
is_name(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

	if (text[0] == '\0' || strchr(letters, text[0]) == NULL) {
		return false;
	}
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0' &&
	    !is_keyword(text);
}

int
line_at(const char *text, int first, size_t offset)
{
	int line = first;

	for (size_t i = 0; i < offset && text[i] != '\0'; i++) {
		if (text[i] == '\n') {
			line++;
		}
	}
	return line;
}

const char *
skip_blank(const char *sql)
{
	for (;;) {
		sql += strspn(sql, " \t\r\n\f");
		if (strncmp(sql, "--", 2) == 0) {
			sql += strcspn(sql, "\n");
		} else if (strncmp(sql, "/*", 2) == 0) {
			const char *end = strstr(sql + 2, "*/");

			sql = end == NULL ? sql + strlen(sql) : end + 2;
		} else {
			return sql;
		}
	}
}
