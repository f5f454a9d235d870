/* CSV: whatever stands in a cell reads back as RFC 4180 says, and nothing a
 * spreadsheet would calculate is left at its beginning (safety rule 37). */
#include "fuzz.h"

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/csv.h"

#include <stdbool.h>
#include <string.h>

/* Reads one cell at *at, to the comma or the line's end behind it. */
static const char *
cell_read(struct arena *arena, const char **at)
{
	struct bytes *cell = bytes_new(arena);
	const char *next = *at;

	if (*next != '"') {
		size_t length = strcspn(next, ",\"\r\n");

		bytes_append(cell, next, length);
		next += length;
	} else {
		for (next++; *next != '"' || next[1] == '"'; next++) {
			assert(*next != '\0');
			next += *next == '"' ? 1 : 0;
			bytes_char(cell, *next);
		}
		next++;
	}
	assert(*next == ',' || *next == '\r');
	*at = next;
	return cell->data;
}

/* As a cell holds it: LF for every line end. */
static const char *
lines_of(struct arena *arena, const char *text)
{
	struct bytes *out = bytes_new(arena);

	for (; *text != '\0'; text++) {
		if (*text != '\r' || text[1] != '\n') {
			bytes_char(out, *text == '\r' ? '\n' : *text);
		}
	}
	return out->data;
}

static void
cell_check(struct arena *arena, const char *text, const char **at)
{
	const char *cell = cell_read(arena, at);
	bool is_defused = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;

	assert(!is_defused || cell[0] == '\'');
	assert(strcmp(cell + (is_defused ? 1 : 0), lines_of(arena, text)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_copy_bytes(arena, data, size);
	const char *second = arena_copy_bytes(arena, data + size / 2, size - size / 2);
	struct bytes *out = bytes_new(arena);
	const char *at;

	csv_cell(out, text);
	csv_cell(out, second);
	csv_end(out);
	at = out->data;
	cell_check(arena, text, &at);
	assert(*at++ == ',');
	cell_check(arena, second, &at);
	assert(strcmp(at, "\r\n") == 0);
	arena_free(arena);
	return 0;
}
