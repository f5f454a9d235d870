#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/folder.h"
#include "ground/text.h"
#include "web/site.h"

enum { HASH_LENGTH = 64, LINE_MAX_BYTES = 128 };

const char *
journal_path(struct arena *arena, const struct site *site)
{
	const char *path = getenv("GROUNDCREW_JOURNAL");

	return path != NULL ? path : arena_format(arena, "%s.erasures", site->database);
}

static bool
line_is_there(int file, const char *line, size_t length)
{
	char there[LINE_MAX_BYTES];
	FILE *lines = fdopen(dup(file), "r");
	bool found = false;

	if (lines == NULL) {
		return false;
	}
	rewind(lines);
	while (!found && fgets(there, sizeof(there), lines) != NULL) {
		found = strncmp(there, line, length + 1) == 0;
	}
	fclose(lines);
	return found;
}

static bool
line_write(int file, const struct erasure *erasure)
{
	char line[LINE_MAX_BYTES];
	int length = snprintf(line, sizeof(line), "%lld %s %s\n", (long long)erasure->erased_at,
	    erasure->address_hash, erasure->withdraws == 1 ? "withdrawn" : "kept");

	return length > 0 && (size_t)length < sizeof(line) &&
	    (line_is_there(file, line, (size_t)length) ||
		write(file, line, (size_t)length) == length);
}

/* A line that a crash cut off goes: its erasure is still to be appended. */
static bool
torn_line_cut(int file)
{
	char tail[LINE_MAX_BYTES];
	off_t end = lseek(file, 0, SEEK_END);
	off_t start = end > LINE_MAX_BYTES ? end - LINE_MAX_BYTES : 0;
	ssize_t length = pread(file, tail, sizeof(tail), start);

	if (end < 0 || length != end - start) {
		return false;
	}
	while (length > 0 && tail[length - 1] != '\n') {
		length--;
	}
	return start + length == end || ftruncate(file, start + length) == 0;
}

bool
journal_append(const char *path, const struct erasure *erasures, size_t count)
{
	int file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	bool done = file >= 0 && torn_line_cut(file);

	for (size_t i = 0; done && i < count; i++) {
		done = line_write(file, &erasures[i]);
	}
	done = done && fsync(file) == 0;
	return file >= 0 && close(file) == 0 && done && folder_sync(path);
}

static bool
line_read(struct arena *arena, const char *line, struct erasure *erasure)
{
	char instant[24], hash[HASH_LENGTH + 2], kept[16];
	int end = 0;

	if (sscanf(line, "%22[0-9] %65[0-9a-f] %15[a-z]%n", instant, hash, kept, &end) != 3 ||
	    line[end] != '\0' || strlen(hash) != HASH_LENGTH ||
	    !text_integer(instant, 1, INT64_MAX, &erasure->erased_at) ||
	    (strcmp(kept, "kept") != 0 && strcmp(kept, "withdrawn") != 0)) {
		return false;
	}
	erasure->address_hash = arena_copy(arena, hash);
	erasure->withdraws = strcmp(kept, "withdrawn") == 0;
	return true;
}

static bool
lines_read(struct arena *arena, FILE *file, struct erasure_rows *erasures)
{
	struct bytes *rows = bytes_new(arena);
	char line[LINE_MAX_BYTES];

	while (fgets(line, sizeof(line), file) != NULL) {
		struct erasure erasure = { .id = (int64_t)erasures->count + 1 };
		char *end = strchr(line, '\n');

		/* Cut off by a crash, and so not yet carried out either. */
		if (end == NULL || end == line) {
			continue;
		}
		*end = '\0';
		if (!line_read(arena, line, &erasure)) {
			return false;
		}
		bytes_append(rows, &erasure, sizeof(erasure));
		erasures->count++;
	}
	erasures->rows = (const void *)rows->data;
	return ferror(file) == 0;
}

bool
journal_read(
    struct arena *arena, const char *path, struct erasure_rows *erasures, const char **problem)
{
	FILE *file = fopen(path, "re");
	bool done;

	*erasures = (struct erasure_rows){ .count = 0 };
	if (file == NULL) {
		*problem = arena_format(arena, "cannot read %s: %s", path, strerror(errno));
		return errno == ENOENT;
	}
	done = lines_read(arena, file, erasures);
	if (!done) {
		*problem =
		    arena_format(arena, "%s: line %zu is no erasure", path, erasures->count + 1);
	}
	fclose(file);
	return done;
}
