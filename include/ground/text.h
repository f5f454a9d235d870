#ifndef GROUND_TEXT_H
#define GROUND_TEXT_H

/*
 * What people write: UTF-8, checked at the door (safety 4, 5).
 *
 * Only text_is_valid() takes bytes from outside.  All others take strings
 * that passed it; given broken UTF-8 they do not misbehave, but what they
 * answer is chosen to be refused (text_has_control() is true).
 *
 * All text returned lives in the arena.  NULL in gives NULL out, unless said
 * otherwise.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Whether the bytes are UTF-8 (RFC 3629) without NUL: no overlong form, no
 * surrogate, nothing above U+10FFFF, nothing cut short.  No bytes are valid.
 */
bool text_is_valid(const char *data, size_t length);

/*
 * The text in normalisation form C, so that equal names are equal bytes.
 * NULL when the text is not UTF-8.
 */
const char *text_nfc(struct arena *arena, const char *text);

/* CRLF and a lone CR become LF, as a form's text is compared and stored. */
const char *text_normal_newlines(struct arena *arena, const char *text);

/*
 * Length in UTF-16 units after CRLF and CR count as one LF, as browsers count
 * maxlength; a byte that is not UTF-8 counts one.  NULL has 0.
 */
size_t text_units(const char *text);

/*
 * Without white space (Unicode's White_Space, and the zero width space and
 * byte order mark that come along with copying) at both ends.
 */
const char *text_trim(struct arena *arena, const char *text);

/*
 * The key that sorts and finds names: case folded, accents and other
 * combining marks removed, compatibility forms resolved, a few letters that
 * do not decompose spelt out (ø o, ł l, đ d, ß ss, æ ae), white space
 * reduced to one space and trimmed.  Only for comparing, never shown.
 */
const char *text_key(struct arena *arena, const char *text);

/*
 * Whether it holds a character no text needs: C0 but TAB and LF (CR too,
 * after text_normal_newlines() there is none), DEL, C1, noncharacters as
 * U+FFFE, which XML forbids and terminals obey.  True for broken UTF-8.
 */
bool text_has_control(const char *text);

/*
 * Whether it holds a character of Unicode's Bidi_Control: embeddings,
 * overrides, isolates and direction marks, which can make a name read as
 * another.  Refused in names and titles, isolated in prose.
 */
bool text_has_bidi(const char *text);

/*
 * Whether it is one line: no control, no TAB, no line feed, no U+2028 or
 * U+2029.  The empty text is one; NULL is not.
 */
bool text_is_line(const char *text);

/*
 * The first `graphemes` characters as a reader counts them (UAX #29), with
 * "…" appended when something was left out; the whole text when it is no
 * longer.  White space before the "…" is removed.
 */
const char *text_cut(struct arena *arena, const char *text, size_t graphemes);

/*
 * The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9),
 * so that its direction does not reach what stands beside it.  A POP in the
 * text that closes nothing is removed, and isolates left open are closed.
 */
const char *text_isolate(struct arena *arena, const char *text);

/* Whether two texts are equal; NULL equals only NULL. */
bool text_equal(const char *a, const char *b);

/* Whether it is NULL or the empty string. */
bool text_empty(const char *text);

/*
 * Read a whole number: an optional "-", then digits, nothing else; no "+",
 * no spaces, no leading zeros, no "-0"; between `min` and `max` inclusive.
 * False, leaving `*number` alone, for anything else, also NULL.
 */
bool text_integer(const char *text, int64_t min, int64_t max, int64_t *number);

#endif
