#include "tool.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed;

void
tool_complain(const char *file, size_t line, const char *format, ...)
{
	va_list arguments;

	failed = true;
	if (line == 0) {
		fprintf(stderr, "%s: ", file);
	} else {
		fprintf(stderr, "%s:%zu: ", file, line);
	}
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

bool
tool_failed(void)
{
	return failed;
}

/* NULL when the file cannot be read; errno says why. */
static struct bytes *
file_bytes(struct arena *arena, const char *path)
{
	struct bytes *bytes = bytes_new(arena);
	char chunk[16384];
	FILE *file = fopen(path, "rb");
	size_t count;
	bool good;

	if (file == NULL) {
		return NULL;
	}
	while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		bytes_append(bytes, chunk, count);
	}
	good = ferror(file) == 0;
	fclose(file);
	return good ? bytes : NULL;
}

struct source
tool_read(struct arena *arena, const char *path, const char *name)
{
	struct source source = { .path = path, .name = name, .text = "" };
	const struct bytes *bytes = file_bytes(arena, path);

	if (bytes == NULL) {
		tool_complain(path, 0, "%s", strerror(errno));
	} else if (bytes->length > 0) {
		source.text = bytes->data;
		source.length = bytes->length;
	}
	return source;
}

bool
tool_is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int
compare_names(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

static bool
ends_with(const char *name, const char *suffix)
{
	size_t length = strlen(name);
	size_t tail = strlen(suffix);

	return length >= tail && strcmp(name + length - tail, suffix) == 0;
}

struct names
tool_list(struct arena *arena, const char *folder, const char *suffix)
{
	struct names found = { NULL, 0 };
	struct dirent *entry;
	size_t room = 1024;
	DIR *open = opendir(folder);

	if (open == NULL) {
		return found;
	}
	found.names = arena_array(arena, room, sizeof(*found.names));
	while ((entry = readdir(open)) != NULL) {
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix)) {
			continue;
		}
		if (found.count == room) {
			tool_complain(folder, 0, "more than %zu files", room);
			break;
		}
		found.names[found.count++] = arena_copy(arena, entry->d_name);
	}
	closedir(open);
	qsort(found.names, found.count, sizeof(*found.names), compare_names);
	return found;
}

size_t
tool_line(const struct source *source, size_t offset)
{
	size_t line = 1;
	size_t i;

	for (i = 0; i < offset && i < source->length; i++) {
		if (source->text[i] == '\n') {
			line++;
		}
	}
	return line;
}

/* Makes every folder on the way to the file. */
static void
make_folders(struct arena *arena, const char *path)
{
	char *copy = arena_copy_bytes(arena, path, strlen(path));
	char *slash;

	for (slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST) {
			tool_complain(copy, 0, "%s", strerror(errno));
		}
		*slash = '/';
	}
}

void
tool_write(struct arena *arena, const char *folder, const char *name, const struct bytes *bytes)
{
	const char *path = arena_format(arena, "%s/%s", folder, name);
	const char *fresh = arena_format(arena, "%s.%ld", path, (long)getpid());
	const struct bytes *old = file_bytes(arena, path);
	FILE *file;
	bool good;

	if (old != NULL && old->length == bytes->length &&
	    (old->length == 0 || memcmp(old->data, bytes->data, old->length) == 0)) {
		return;
	}
	make_folders(arena, path);
	file = fopen(fresh, "wb");
	if (file == NULL) {
		tool_complain(fresh, 0, "%s", strerror(errno));
		return;
	}
	good = bytes->length == 0 || fwrite(bytes->data, 1, bytes->length, file) == bytes->length;
	good = fclose(file) == 0 && good;
	if (!good || rename(fresh, path) != 0) {
		tool_complain(path, 0, "%s", strerror(errno));
		unlink(fresh);
	}
}

bool
tool_is_keyword(const char *word)
{
	static const char *const keywords[] = { "and", "auto", "bool", "break", "case", "catch",
		"char", "class", "const", "continue", "default", "delete", "do", "double", "else",
		"enum", "explicit", "export", "extern", "false", "final", "float", "for", "friend",
		"goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "not",
		"operator", "or", "private", "protected", "public", "register", "requires",
		"restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch",
		"template", "this", "throw", "true", "try", "typedef", "typename", "union", "unix",
		"unsigned", "using", "virtual", "void", "volatile", "while", "xor", "linux" };
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcmp(word, keywords[i]) == 0) {
			return true;
		}
	}
	return false;
}

void
tool_literal(struct bytes *out, const char *text, size_t length)
{
	size_t i;

	bytes_char(out, '"');
	for (i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\') {
			bytes_format(out, "\\%c", c);
		} else if (c == '\n') {
			bytes_text(out, "\\n");
		} else if (c < 0x20 || c >= 0x7f) {
			bytes_format(out, "\\%03o", c);
		} else {
			/* "??" could begin a trigraph: break the pair. */
			bytes_text(out, c == '?' ? "\\?" : (char[]){ (char)c, '\0' });
		}
	}
	bytes_char(out, '"');
}
