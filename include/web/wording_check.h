#ifndef GROUNDCREW_WEB_WORDING_CHECK_H
#define GROUNDCREW_WEB_WORDING_CHECK_H

/*
 * Words for a mail that somebody wrote: whether they can be sent, and what a
 * mail with them looks like.
 */

#include "web/markdown.h"
#include "web/wording_kind.h"

/* The schema's limits, for forms: UTF-16 units. */
enum { WORDING_SUBJECT_MAX = 200, WORDING_BODY_MAX = 8000 };

/*
 * What is wrong with the subject, in a sentence for whoever wrote it; NULL
 * when nothing is.  Wrong are: none, more than one line or a control
 * character, more than WORDING_SUBJECT_MAX, a brace that opens or closes
 * nothing, a placeholder that the kind has not (it is named), a link.
 */
const char *
wording_check_subject(struct arena *arena, const struct wording_kind *kind, const char *subject);

/*
 * The same for the body; wrong are as well: a required placeholder that is
 * missing (it is named), and a link that stands where it could not be clicked,
 * as among code, or inside another address, which would be told it.
 */
const char *
wording_check_body(struct arena *arena, const struct wording_kind *kind, const char *body);

/* A mail with samples for its values; the letter's head and foot are not
 * part of it. */
struct wording_preview {
	const char *subject;
	struct markdown html;
	const char *text;
};

/* Words that do not pass the checks are shown as those of ours. */
struct wording_preview wording_preview(
    struct arena *arena, const struct wording_kind *kind, const char *subject, const char *body);

#endif
