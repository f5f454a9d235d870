#include "ground/text.h"

#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

#include "ground/arena.h"
#include "ground/bytes.h"

#define FIRST_STRONG_ISOLATE 0x2068
#define POP_ISOLATE 0x2069

/* A part of a text, in bytes from its start. */
struct span {
	size_t from, until;
};

/*
 * The character at `*at`, moving `*at` behind it.  A byte that is no UTF-8
 * gives U+FFFD; `end` must lie behind `*at`.
 */
static ucs4_t
next_character(const uint8_t **at, const uint8_t *end)
{
	ucs4_t character;
	const int length = u8_mbtouc(&character, *at, (size_t)(end - *at));

	*at += length > 0 ? length : 1;
	return character;
}

static const uint8_t *
start_of(const char *text)
{
	return (const uint8_t *)text;
}

static void
append_character(struct bytes *bytes, ucs4_t character)
{
	uint8_t utf8[6];
	const int length = u8_uctomb(utf8, character, sizeof(utf8));

	if (length > 0) {
		bytes_append(bytes, utf8, (size_t)length);
	}
}

bool
text_is_valid(const char *data, size_t length)
{
	return length == 0 ||
	    (memchr(data, '\0', length) == NULL && u8_check((const uint8_t *)data, length) == NULL);
}

const char *
text_normal_newlines(struct arena *arena, const char *text)
{
	char *copy, *to;

	if (text == NULL || strchr(text, '\r') == NULL) {
		return arena_copy(arena, text);
	}
	copy = arena_copy_bytes(arena, text, strlen(text));
	to = copy;
	for (const char *from = copy; *from != '\0'; from++) {
		if (*from != '\r') {
			*to++ = *from;
		} else if (from[1] != '\n') {
			*to++ = '\n';
		}
	}
	*to = '\0';
	return copy;
}

size_t
text_units(const char *text)
{
	const uint8_t *at, *end;
	size_t units = 0;

	if (text == NULL) {
		return 0;
	}
	at = start_of(text);
	end = at + strlen(text);
	while (at < end) {
		const bool is_return = *at == '\r';

		units += next_character(&at, end) > 0xffff ? 2 : 1;
		if (is_return && at < end && *at == '\n') {
			at++;
		}
	}
	return units;
}

static bool
is_space(ucs4_t character)
{
	return uc_is_property_white_space(character) || character == 0x200b || character == 0xfeff;
}

/* The part between space at both ends; until 0 when all is space. */
static struct span
without_space(const char *text, size_t length)
{
	const uint8_t *const start = start_of(text);
	const uint8_t *const end = start + length;
	const uint8_t *at = start;
	struct span span = { .from = length, .until = 0 };

	while (at < end) {
		const size_t here = (size_t)(at - start);

		if (!is_space(next_character(&at, end))) {
			span.from = here < span.from ? here : span.from;
			span.until = (size_t)(at - start);
		}
	}
	return span;
}

const char *
text_trim(struct arena *arena, const char *text)
{
	struct span span;

	if (text == NULL) {
		return NULL;
	}
	span = without_space(text, strlen(text));
	return span.until == 0 ? ""
			       : arena_copy_bytes(arena, text + span.from, span.until - span.from);
}

static bool
is_control(ucs4_t character)
{
	return (character < 0x20 && character != '\t' && character != '\n') ||
	    (character >= 0x7f && character < 0xa0) || uc_is_property_not_a_character(character);
}

/* Whether any character of the text is such a one. */
static bool
has_character(const char *text, bool (*is_such)(ucs4_t))
{
	const uint8_t *at = start_of(text);
	const uint8_t *const end = at + strlen(text);

	while (at < end) {
		if (is_such(next_character(&at, end))) {
			return true;
		}
	}
	return false;
}

bool
text_has_control(const char *text)
{
	return text != NULL &&
	    (!text_is_valid(text, strlen(text)) || has_character(text, is_control));
}

static bool
is_bidi(ucs4_t character)
{
	return uc_is_property_bidi_control(character) || character == 0x061c ||
	    (character >= 0x2066 && character <= 0x2069);
}

bool
text_has_bidi(const char *text)
{
	return text != NULL && has_character(text, is_bidi);
}

static bool
ends_line(ucs4_t character)
{
	return character == '\t' || character == '\n' || character == 0x2028 || character == 0x2029;
}

bool
text_is_line(const char *text)
{
	return text != NULL && !text_has_control(text) && !has_character(text, ends_line);
}

/*
 * Where the text's first `graphemes` characters end.  All breaks are found at
 * once: u8_grapheme_next() looks at two code points only and cuts a flag in
 * two (seen with libunistring 1.0).
 */
static size_t
end_of_graphemes(struct arena *arena, const char *text, size_t graphemes)
{
	const size_t length = strlen(text);
	char *const breaks = arena_alloc(arena, length + 1);
	size_t at = 0;

	u8_grapheme_breaks((const uint8_t *)text, length, breaks);
	while (graphemes > 0 && at < length) {
		at++;
		graphemes -= at == length || breaks[at] ? 1 : 0;
	}
	return at;
}

const char *
text_cut(struct arena *arena, const char *text, size_t graphemes)
{
	struct bytes *cut;
	size_t end;

	if (text == NULL) {
		return NULL;
	}
	end = end_of_graphemes(arena, text, graphemes);
	if (text[end] == '\0') {
		return arena_copy(arena, text);
	}
	cut = bytes_new(arena);
	bytes_append(cut, text, without_space(text, end).until);
	append_character(cut, 0x2026);
	return cut->data;
}

const char *
text_isolate(struct arena *arena, const char *text)
{
	const uint8_t *at, *end;
	struct bytes *isolated;
	size_t open = 0;

	if (text == NULL) {
		return NULL;
	}
	at = start_of(text);
	end = at + strlen(text);
	isolated = bytes_new(arena);
	append_character(isolated, FIRST_STRONG_ISOLATE);
	while (at < end) {
		const uint8_t *const here = at;
		const ucs4_t character = next_character(&at, end);

		if (character == POP_ISOLATE && open == 0) {
			continue;
		}
		if (character == POP_ISOLATE) {
			open--;
		} else if (character >= 0x2066 && character <= 0x2068) {
			open++;
		}
		bytes_append(isolated, here, (size_t)(at - here));
	}
	for (; open > 0; open--) {
		append_character(isolated, POP_ISOLATE);
	}
	append_character(isolated, POP_ISOLATE);
	return isolated->data;
}

bool
text_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
text_empty(const char *text)
{
	return text == NULL || text[0] == '\0';
}

bool
text_integer(const char *text, int64_t min, int64_t max, int64_t *number)
{
	const bool is_negative = text != NULL && text[0] == '-';
	const char *digits;
	int64_t found = 0;

	if (text == NULL) {
		return false;
	}
	digits = text + (is_negative ? 1 : 0);
	if (digits[0] == '\0' || (digits[0] == '0' && (is_negative || digits[1] != '\0'))) {
		return false;
	}
	/* Counted below zero, where INT64_MIN has room. */
	for (const char *c = digits; *c != '\0'; c++) {
		if (*c < '0' || *c > '9' || __builtin_mul_overflow(found, 10, &found) ||
		    __builtin_sub_overflow(found, *c - '0', &found)) {
			return false;
		}
	}
	if (!is_negative && __builtin_sub_overflow(0, found, &found)) {
		return false;
	}
	if (found < min || found > max) {
		return false;
	}
	*number = found;
	return true;
}
