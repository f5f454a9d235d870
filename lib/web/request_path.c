/*
 * Paths: ours are taken apart, those that wanted to be something else are
 * refused (safety rules 8 and 25).
 */
#include <string.h>

#include "ground/text.h"
#include "web/request.h"

/*
 * Decodes one segment. A slash or backslash that was escaped would be read
 * differently by nginx and by us, control characters have no place, and "."
 * and ".." walk.
 */
static const char *
segment_decode(struct arena *arena, const char *data, size_t length)
{
	char *out = arena_array(arena, length + 1, 1);
	size_t i, used = 0;

	for (i = 0; i < length; i++) {
		out[used] = data[i];
		if (data[i] == '%') {
			if (length - i < 3 || request_hex(data[i + 1]) < 0 ||
			    request_hex(data[i + 2]) < 0) {
				return NULL;
			}
			out[used] =
			    (char)(request_hex(data[i + 1]) * 16 + request_hex(data[i + 2]));
			i += 2;
		}
		if (strchr("/\\", out[used]) != NULL) {
			return NULL; /* NUL, too: strchr finds it */
		}
		used++;
	}
	out[used] = '\0';
	if (!text_is_valid(out, used) || !text_is_line(out) || strcmp(out, ".") == 0 ||
	    strcmp(out, "..") == 0) {
		return NULL;
	}
	return out;
}

int
request_path_segments(struct arena *arena, const char *path, size_t length,
    const char *const **segments, size_t *count)
{
	const char **rows;
	size_t i, used = 0, start = 1;

	*segments = NULL;
	*count = 0;
	if (length == 0 || path[0] != '/') {
		return 400;
	}
	rows = arena_array(arena, REQUEST_SEGMENTS_MAX, sizeof(*rows));
	for (i = 1; i <= length; i++) {
		if (i < length && path[i] != '/') {
			continue;
		}
		if (used == REQUEST_SEGMENTS_MAX) {
			return 404;
		}
		rows[used] = segment_decode(arena, path + start, i - start);
		if (rows[used++] == NULL) {
			return 400;
		}
		start = i + 1;
	}
	*segments = rows;
	*count = used;
	return 0;
}

const char *
request_path_below(const struct site *site, const char *path)
{
	size_t length = strlen(site->root);

	if (strncmp(path, site->root, length) != 0 || path[length] != '/') {
		return NULL;
	}
	return path + length;
}

/* Only what a link of ours may hold: no space, control, backslash or '#'. */
static bool
path_is_printable(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text <= ' ' || *text > '~' || strchr("\\#\"<>", *text) != NULL) {
			return false;
		}
	}
	return true;
}

const char *
request_own_path(struct arena *arena, const struct site *site, const char *text)
{
	const char *const *segments;
	const char *path;
	size_t count, length, i;

	if (text == NULL || strlen(text) > REQUEST_PATH_MAX || !path_is_printable(text)) {
		return NULL;
	}
	path = request_path_below(site, text);
	if (path == NULL) {
		return NULL;
	}
	length = strcspn(path, "?");
	if (request_path_segments(arena, path, length, &segments, &count) != 0) {
		return NULL;
	}
	/* "//host" and its like: an empty segment may only be the last. */
	for (i = 0; i + 1 < count; i++) {
		if (*segments[i] == '\0') {
			return NULL;
		}
	}
	return path;
}
