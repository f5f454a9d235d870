/*
 * A reader of HTML, one byte at a time, that knows where in the document it
 * stands; it complains about what has no place in a template.
 */
#ifndef GROUNDCREW_WEB_BUILD_PAGES_HTML_H
#define GROUNDCREW_WEB_BUILD_PAGES_HTML_H

#include "pages.h"

#define HTML_DEPTH 32
#define HTML_NAME 32

enum place {
	PLACE_TEXT = 1,
	PLACE_TAG_OPEN, /* after < */
	PLACE_TAG_NAME,
	PLACE_TAG, /* between attributes */
	PLACE_ATTRIBUTE, /* in an attribute's name */
	PLACE_EQUALS, /* before its value */
	PLACE_DOUBLE,
	PLACE_SINGLE,
	PLACE_BARE, /* an unquoted value */
	PLACE_COMMENT,
	PLACE_DECLARATION, /* <!doctype … > */
	PLACE_RAW /* in script, style, title, textarea */
};

struct html {
	struct arena *arena;
	const struct source *source;
	enum place place;
	size_t at; /* offset of the byte being read */
	char element[HTML_NAME];
	char attribute[HTML_NAME];
	bool closing; /* </element> */
	bool has_src;
	size_t value_start; /* offset of the value's first byte */
	bool marker_first; /* a URL began with a marker */
	bool fixed; /* a URL's scheme is beyond reach */
	struct {
		enum place place;
		const char *name;
	} open[HTML_DEPTH]; /* sections */
	size_t depth;
	size_t value_depth; /* sections open when the value began */
};

/* complain(html, format, …) at the byte being read. */
#define complain(html, ...) \
	tool_complain((html)->source->path, tool_line((html)->source, (html)->at), __VA_ARGS__)

/* Reads one byte of the source: the one at html->at. */
void html_step(struct html *, char c);

/* Whether the attribute being read takes a URL. */
bool html_in_url(const struct html *);

bool html_is_blank(char c);

#endif
