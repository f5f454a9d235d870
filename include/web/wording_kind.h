#ifndef GROUNDCREW_WEB_WORDING_KIND_H
#define GROUNDCREW_WEB_WORDING_KIND_H

/*
 * The wording of mails: what came with the software (www/mail/<kind>.md), and
 * how words are filled with a mail's values.
 *
 * For each kind lib/web/build/messages makes, in the generated "web/wording.h",
 * a struct with its placeholders and a function that fills them:
 *
 *	wording_offer(arena, words, &(struct wording_offer){ .name = … })
 */

#include <stdbool.h>
#include <stddef.h>

#include "ground/arena.h"
#include "model/wording.h"
#include "web/message.h"

/* What may stand in braces in the words for a kind. */
struct wording_placeholder {
	const char *name;
	/* A value as an example; MESSAGE_NONE when www/messages has no
	 * sample_<name>. */
	enum message sample;
	/* An address of ours ("link", or ending in "_link"), which must not
	 * stand in a subject. */
	bool is_link;
	/* Without it the mail is of no use: its body must have it.  Links,
	 * and what "Needs: …" names in www/mail/<kind>.md. */
	bool is_required;
};

struct wording_kind {
	const char *kind;
	/* What came with the software. */
	const char *subject;
	const char *body;
	/* In the order in which they are first met there. */
	const struct wording_placeholder *placeholders;
	size_t placeholder_count;
};

/* Every kind of mail, by name. */
extern const struct wording_kind wording_kinds[];
extern const size_t wording_kind_count;

/* The kind of that name; NULL for another. */
const struct wording_kind *wording_kind_find(const char *kind);

/* The placeholder of that name; NULL when the kind has none. */
const struct wording_placeholder *
wording_placeholder_find(const struct wording_kind *kind, const char *name, size_t length);

/* A mail's words, living in the arena. */
struct wording {
	/* One line, unless a value was none. */
	const char *subject;
	/* For readers without HTML: plain text (markdown_text). */
	const char *body;
	/* For markdown_html(). */
	const char *markdown;
};

/*
 * Fills the words with values, one a placeholder in their order; NULL leaves
 * its place empty.  words NULL, or words that are broken or name what the
 * kind has not (any more): those that came with the software.
 *
 * A value stays what it is, in both parts: marks of Markdown in it are
 * escaped, line ends in a subject become blanks.  A link becomes an address
 * that can be clicked, however it stands: {link}, <{link}> or
 * [words]({link}).
 */
struct wording wording_fill(struct arena *arena, const struct wording_kind *kind,
    const struct wording_words *words, const char *const *values);

#endif
