#include "web/wording_check.h"

#include <string.h>

#include "ground/text.h"
#include "wording_piece.h"

/* As much of a broken place as is shown. */
enum { EXCERPT = 20 };

/* What the samples of a kind's placeholders fill in. */
static const char *const *
sample_values(struct arena *arena, const struct wording_kind *kind)
{
	const char **values = arena_array(arena, kind->placeholder_count + 1, sizeof *values);

	for (size_t i = 0; i < kind->placeholder_count; i++) {
		values[i] = message(kind->placeholders[i].sample);
	}
	return values;
}

static const char *
check_piece(struct arena *arena, const struct wording_kind *kind, struct wording_piece piece)
{
	if (piece.kind == WORDING_PIECE_BROKEN) {
		return message_wording_brace(arena, text_cut(arena, piece.text, EXCERPT));
	}
	if (piece.kind == WORDING_PIECE_HOLE &&
	    wording_placeholder_find(kind, piece.text, piece.length) == NULL) {
		return message_wording_unknown(
		    arena, arena_copy_bytes(arena, piece.text, piece.length));
	}
	return NULL;
}

/* What is wrong with the placeholders that stand there. */
static const char *
check_placeholders(struct arena *arena, const struct wording_kind *kind, const char *words)
{
	struct wording_piece piece;
	const char *mistake;

	do {
		piece = wording_piece_next(&words);
		mistake = check_piece(arena, kind, piece);
	} while (mistake == NULL && piece.kind != WORDING_PIECE_END);
	return mistake;
}

static bool
has_placeholder(const char *words, const char *name)
{
	struct wording_piece piece;

	while ((piece = wording_piece_next(&words)).kind == WORDING_PIECE_WORDS ||
	    piece.kind == WORDING_PIECE_HOLE) {
		if (piece.kind == WORDING_PIECE_HOLE && strlen(name) == piece.length &&
		    memcmp(name, piece.text, piece.length) == 0) {
			return true;
		}
	}
	return false;
}

const char *
wording_check_subject(struct arena *arena, const struct wording_kind *kind, const char *subject)
{
	const char *mistake;

	if (text_empty(subject) || text_empty(text_trim(arena, subject))) {
		return message(MESSAGE_WORDING_SUBJECT_EMPTY);
	}
	if (!text_is_line(subject) || text_has_bidi(subject)) {
		return message(MESSAGE_WORDING_SUBJECT_LINE);
	}
	if (text_units(subject) > WORDING_SUBJECT_MAX) {
		return message(MESSAGE_WORDING_SUBJECT_LONG);
	}
	mistake = check_placeholders(arena, kind, subject);
	for (size_t i = 0; mistake == NULL && i < kind->placeholder_count; i++) {
		if (kind->placeholders[i].is_link &&
		    has_placeholder(subject, kind->placeholders[i].name)) {
			mistake = message_wording_subject_link(arena, kind->placeholders[i].name);
		}
	}
	return mistake;
}

/* The mail as HTML when an address fills the placeholder. */
static const char *
html_with(struct arena *arena, const struct wording_kind *kind, size_t placeholder,
    const char *body, const char *address)
{
	const char **values = arena_array(arena, kind->placeholder_count + 1, sizeof *values);
	const struct wording_words words = { .subject = "", .body = body };

	values[placeholder] = address;
	return markdown_html(arena, wording_fill(arena, kind, &words, values).markdown).html;
}

/* Whether the address is part of a longer one. It is as good as a password:
 * nobody may word a mail so that another place is told it. */
static bool
is_told_elsewhere(const char *html, const char *address)
{
	static const char begins[] = "href=\"";
	size_t whole = strlen(address);

	while ((html = strstr(html, begins)) != NULL) {
		size_t length;

		html += strlen(begins);
		length = strcspn(html, "\"");
		if (length != whole && memmem(html, length, address, whole) != NULL) {
			return true;
		}
	}
	return false;
}

/* What is wrong with where a link stands. */
static const char *
check_link(
    struct arena *arena, const struct wording_kind *kind, size_t placeholder, const char *body)
{
	const char *const address = "https://example.org/clicked";
	const char *name = kind->placeholders[placeholder].name;
	const char *html = html_with(arena, kind, placeholder, body, address);

	if (strstr(html, arena_format(arena, "<a href=\"%s\"", address)) == NULL) {
		return message_wording_not_clickable(arena, name);
	}
	return is_told_elsewhere(html, address) ? message_wording_elsewhere(arena, name) : NULL;
}

const char *
wording_check_body(struct arena *arena, const struct wording_kind *kind, const char *body)
{
	const char *mistake;

	if (text_empty(body) || text_empty(text_trim(arena, body))) {
		return message(MESSAGE_WORDING_BODY_EMPTY);
	}
	if (text_units(body) > WORDING_BODY_MAX) {
		return message(MESSAGE_WORDING_BODY_LONG);
	}
	if (text_has_control(body)) {
		return message(MESSAGE_WORDING_BODY_CONTROL);
	}
	mistake = check_placeholders(arena, kind, body);
	for (size_t i = 0; mistake == NULL && i < kind->placeholder_count; i++) {
		const struct wording_placeholder *placeholder = &kind->placeholders[i];

		if (placeholder->is_required && !has_placeholder(body, placeholder->name)) {
			mistake = placeholder->is_link
			    ? message_wording_missing(arena, placeholder->name)
			    : message_wording_missing_words(arena, placeholder->name);
		} else if (placeholder->is_link) {
			mistake = check_link(arena, kind, i, body);
		}
	}
	return mistake;
}

struct wording_preview
wording_preview(
    struct arena *arena, const struct wording_kind *kind, const char *subject, const char *body)
{
	const struct wording_words words = { .subject = subject, .body = body };
	bool is_good = wording_check_subject(arena, kind, subject) == NULL &&
	    wording_check_body(arena, kind, body) == NULL;
	struct wording wording =
	    wording_fill(arena, kind, is_good ? &words : NULL, sample_values(arena, kind));

	return (struct wording_preview){
		.subject = wording.subject,
		.html = markdown_html(arena, wording.markdown),
		.text = wording.body,
	};
}
