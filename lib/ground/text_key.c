/* The parts of text.h that need Unicode's normalisation and case tables. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/text.h"

/* What libunistring allocated, as text in the arena; NULL if it was NULL. */
static const char *
take(struct arena *arena, uint8_t *result, size_t length)
{
	const char *text;

	if (result == NULL) {
		if (errno == ENOMEM) {
			arena_exhausted(length);
		}
		return NULL;
	}
	text = arena_copy_bytes(arena, result, length);
	free(result);
	return text;
}

static const char *
normal_form(struct arena *arena, uninorm_t form, const char *text)
{
	size_t length = 0;
	uint8_t *result = u8_normalize(form, (const uint8_t *)text, strlen(text), NULL, &length);

	return take(arena, result, length);
}

const char *
text_nfc(struct arena *arena, const char *text)
{
	if (text == NULL || !text_is_valid(text, strlen(text))) {
		return NULL;
	}
	if (text[0] == '\0') {
		return "";
	}
	return normal_form(arena, UNINORM_NFC, text);
}

/*
 * Accents and points, by combining class: strokes (1), the points of Hebrew,
 * Arabic and Syriac (10–36) and all marks around a letter (200–240).  Kept
 * are those that make another letter: nukta, kana voicing marks, virama, Thai
 * and Tibetan vowels.
 */
static bool
is_accent(ucs4_t character)
{
	const int class = uc_combining_class(character);

	return class == 1 || (class >= 10 && class <= 36) || (class >= 200 && class <= 240);
}

/* Letters that Unicode does not take apart, as people search for them. */
static const char *
spelt_out(ucs4_t letter)
{
	static const struct {
		ucs4_t letter;
		const char *spelling;
	} letters[] = {
		{ 0x00e6, "ae" },
		{ 0x00f0, "d" },
		{ 0x00f8, "o" },
		{ 0x00fe, "th" },
		{ 0x0111, "d" },
		{ 0x0127, "h" },
		{ 0x0131, "i" },
		{ 0x0142, "l" },
		{ 0x014b, "n" },
		{ 0x0153, "oe" },
		{ 0x0167, "t" },
	};

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].letter == letter) {
			return letters[i].spelling;
		}
	}
	return NULL;
}

/* The folded, decomposed text without accents and with single spaces. */
static const char *
strip(struct arena *arena, const char *text)
{
	struct bytes *key = bytes_new(arena);
	const uint8_t *at = (const uint8_t *)text;
	bool space = false;
	ucs4_t letter;

	for (;;) {
		const uint8_t *const here = at;
		const char *spelling;

		at = u8_next(&letter, here);
		if (at == NULL) {
			return key->data;
		}
		if (is_accent(letter)) {
			continue;
		}
		if (uc_is_property_white_space(letter)) {
			space = key->length > 0;
			continue;
		}
		if (space) {
			bytes_char(key, ' ');
			space = false;
		}
		spelling = spelt_out(letter);
		if (spelling != NULL) {
			bytes_text(key, spelling);
		} else {
			bytes_append(key, here, (size_t)(at - here));
		}
	}
}

const char *
text_key(struct arena *arena, const char *text)
{
	const char *key;
	uint8_t *folded;
	size_t length = 0;

	if (text == NULL) {
		return NULL;
	}
	if (text[0] == '\0' || !text_is_valid(text, strlen(text))) {
		return "";
	}
	key = normal_form(arena, UNINORM_NFKD, text);
	if (key == NULL) {
		return "";
	}
	folded = u8_casefold((const uint8_t *)key, strlen(key), NULL, UNINORM_NFKD, NULL, &length);
	key = take(arena, folded, length);
	if (key == NULL) {
		return "";
	}
	key = strip(arena, key);
	return key[0] == '\0' ? "" : normal_form(arena, UNINORM_NFC, key);
}
