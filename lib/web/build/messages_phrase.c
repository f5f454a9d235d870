#include "messages.h"

#include <string.h>

#define HOLE_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

static void
phrase_add(struct arena *arena, struct phrase *phrase, const char *text, size_t length, bool hole)
{
	struct piece *piece;

	if (length == 0) {
		return;
	}
	piece = arena_alloc(arena, sizeof(*piece));
	piece->text = arena_copy_bytes(arena, text, length);
	piece->length = length;
	piece->hole = hole;
	if (phrase->last == NULL) {
		phrase->first = piece;
	} else {
		phrase->last->next = piece;
	}
	phrase->last = piece;
}

static void
hole_note(struct entry *entry, const char *name)
{
	static const char *const taken[] = { "arena", "out", "values" };
	size_t i;

	for (i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		if (strcmp(name, taken[i]) == 0) {
			tool_complain(entry->file, entry->line,
			    "{%s}: the name is taken by the generated code", name);
			return;
		}
	}
	if (tool_is_keyword(name)) {
		tool_complain(
		    entry->file, entry->line, "{%s} is a C keyword: choose another name", name);
	}
	for (i = 0; i < entry->holes.count; i++) {
		if (strcmp(entry->holes.names[i], name) == 0) {
			return;
		}
	}
	if (i == sizeof(entry->holes.names) / sizeof(entry->holes.names[0])) {
		tool_complain(entry->file, entry->line, "more than %zu placeholders", i);
		return;
	}
	entry->holes.names[entry->holes.count++] = name;
}

/* Reads "{name}"; the position after it, or NULL after a complaint. */
static const char *
hole_read(struct arena *arena, struct entry *entry, struct phrase *phrase, const char *open)
{
	size_t length = strspn(open + 1, HOLE_CHARACTERS);
	const char *close = open + 1 + length;

	if (length == 0 || *close != '}' || open[1] == '_' || (open[1] >= '0' && open[1] <= '9')) {
		tool_complain(entry->file, entry->line,
		    "\"%.20s\": a placeholder is {lower_case}; write {{ for a "
		    "brace",
		    open);
		return NULL;
	}
	phrase_add(arena, phrase, open + 1, length, true);
	hole_note(entry, phrase->last->text);
	return close + 1;
}

void
phrase_read(struct arena *arena, struct entry *entry, struct phrase *phrase, const char *words)
{
	const char *at = words;

	while (at != NULL && *at != '\0') {
		size_t length = strcspn(at, "{}");

		phrase_add(arena, phrase, at, length, false);
		at += length;
		if (*at == '\0') {
			return;
		}
		if (at[0] == at[1]) {
			phrase_add(arena, phrase, at, 1, false);
			at += 2;
		} else if (*at == '}') {
			tool_complain(
			    entry->file, entry->line, "a } closes nothing; write }} for a brace");
			return;
		} else {
			at = hole_read(arena, entry, phrase, at);
		}
	}
}
