/*
 * Markdown written by people, made into HTML that does nothing but stand
 * there (safety 35).
 *
 * CommonMark through libcmark in safe mode, and then on its tree:
 *
 *  - raw HTML, inline or as a block, is shown as the text that was typed;
 *  - a link stays a link if it is http, https or relative (a path, query or
 *    fragment; "//host" is not); any other becomes its own text;
 *  - an image becomes a link to the image, under its description;
 *  - links carry rel="nofollow noopener ugc";
 *  - headings move two levels down (h1 becomes h3), so that a text never
 *    outranks the page it stands in.
 *
 * Work is bounded: beyond 64 kB of text, or 64 containers deep, the text is
 * shown as it was typed, in paragraphs, so that 10,000 nested `>` or `[` cost
 * less than 100 ms and no deep recursion.
 */
#ifndef GROUNDCREW_WEB_MARKDOWN_H
#define GROUNDCREW_WEB_MARKDOWN_H

#include "ground/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

/* HTML that is safe in a text position; the type keeps raw strings out. */
struct markdown {
	const char *html;
};

/*
 * The text as HTML, living in the arena.  NULL and "" give "".  The text must
 * be UTF-8 (libcmark replaces what is not).
 */
struct markdown markdown_html(struct arena *, const char *text);

/*
 * The same text for those who read no HTML: paragraphs, lists and quotes as
 * one types them, without marks of emphasis; a link is its words and then its
 * address between < and >, whole, so that mail programs make it one.  Raw HTML
 * is shown as typed, as markdown_html() does.  Ends with a line end unless it
 * is "".
 */
const char *markdown_text(struct arena *, const char *text);

/*
 * The text with every mark of Markdown escaped, to be put into Markdown of
 * ours (mail wording) and come out as it was typed, but for blanks that begin
 * a line, of which each becomes one space.  NULL gives "".
 */
const char *markdown_escape(struct arena *, const char *text);

#ifdef __cplusplus
}
#endif

#endif
