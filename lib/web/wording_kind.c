#include "web/wording_kind.h"

#include <string.h>

#include "ground/bytes.h"
#include "web/markdown.h"
#include "wording_piece.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

const struct wording_kind *
wording_kind_find(const char *kind)
{
	for (size_t i = 0; i < wording_kind_count; i++) {
		if (strcmp(wording_kinds[i].kind, kind) == 0) {
			return &wording_kinds[i];
		}
	}
	return NULL;
}

const struct wording_placeholder *
wording_placeholder_find(const struct wording_kind *kind, const char *name, size_t length)
{
	for (size_t i = 0; i < kind->placeholder_count; i++) {
		const char *own = kind->placeholders[i].name;

		if (strlen(own) == length && memcmp(own, name, length) == 0) {
			return &kind->placeholders[i];
		}
	}
	return NULL;
}

struct wording_piece
wording_piece_next(const char **at)
{
	const char *text = *at;
	struct wording_piece piece = { WORDING_PIECE_WORDS, text, strcspn(text, "{}") };

	if (text[0] == '\0') {
		piece.kind = WORDING_PIECE_END;
	} else if (piece.length > 0) {
		*at = text + piece.length;
	} else if (text[0] == text[1]) {
		piece.length = 1;
		*at = text + 2;
	} else {
		piece.length = strspn(text + 1, NAME_CHARACTERS);
		if (text[0] == '}' || piece.length == 0 || text[1 + piece.length] != '}') {
			piece.kind = WORDING_PIECE_BROKEN;
			return piece;
		}
		piece.kind = WORDING_PIECE_HOLE;
		piece.text = text + 1;
		*at = text + piece.length + 2;
	}
	return piece;
}

/* Whether each hole of the words is one that the kind fills. */
static bool
is_fillable(const struct wording_kind *kind, const char *words)
{
	struct wording_piece piece;

	do {
		piece = wording_piece_next(&words);
		if (piece.kind == WORDING_PIECE_BROKEN ||
		    (piece.kind == WORDING_PIECE_HOLE &&
			wording_placeholder_find(kind, piece.text, piece.length) == NULL)) {
			return false;
		}
	} while (piece.kind != WORDING_PIECE_END);
	return true;
}

/* A line end would end the subject's header. */
static void
append_line(struct bytes *out, const char *value)
{
	for (; value != NULL && *value != '\0'; value++) {
		bytes_char(out, (unsigned char)*value < ' ' ? ' ' : *value);
	}
}

/* Whether the address can stand between < and > and is a link there. */
static bool
is_address(const char *value)
{
	return (strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0) &&
	    value[strcspn(value, " \t\r\n<>")] == '\0';
}

/* A backslash before a value would undo the first of its escapes. */
static void
append_escaped(struct bytes *out, const char *value)
{
	size_t backslashes = 0;

	while (backslashes < out->length && out->data[out->length - 1 - backslashes] == '\\') {
		backslashes++;
	}
	if (backslashes % 2 == 1) {
		bytes_char(out, '\\');
	}
	bytes_text(out, markdown_escape(out->arena, value));
}

/* An address stands in <> or as the end of a [link](…), or gets its <>. */
static void
append_link(struct bytes *out, const char *value, char after)
{
	const char *end = out->data + out->length;

	if (value == NULL || !is_address(value) ||
	    (out->length >= 2 && end[-1] == '(' && end[-2] == ']')) {
		append_escaped(out, value);
	} else if (out->length >= 1 && end[-1] == '<' && after == '>') {
		bytes_text(out, value);
	} else {
		bytes_format(out, "<%s>", value);
	}
}

static const char *
fill(struct arena *arena, const struct wording_kind *kind, const char *words,
    const char *const *values, bool is_markdown)
{
	struct bytes *out = bytes_new(arena);
	struct wording_piece piece;

	while ((piece = wording_piece_next(&words)).kind == WORDING_PIECE_WORDS ||
	    piece.kind == WORDING_PIECE_HOLE) {
		const struct wording_placeholder *hole;
		const char *value;

		if (piece.kind == WORDING_PIECE_WORDS) {
			bytes_append(out, piece.text, piece.length);
			continue;
		}
		hole = wording_placeholder_find(kind, piece.text, piece.length);
		value = hole == NULL ? NULL : values[hole - kind->placeholders];
		if (!is_markdown) {
			append_line(out, value);
		} else if (hole != NULL && hole->is_link) {
			append_link(out, value, words[0]);
		} else {
			append_escaped(out, value);
		}
	}
	return out->data;
}

struct wording
wording_fill(struct arena *arena, const struct wording_kind *kind,
    const struct wording_words *words, const char *const *values)
{
	bool is_ours =
	    words == NULL || !is_fillable(kind, words->subject) || !is_fillable(kind, words->body);
	struct wording wording;

	wording.subject =
	    fill(arena, kind, is_ours ? kind->subject : words->subject, values, false);
	wording.markdown = fill(arena, kind, is_ours ? kind->body : words->body, values, true);
	wording.body = markdown_text(arena, wording.markdown);
	return wording;
}
