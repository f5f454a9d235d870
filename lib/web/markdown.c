#include "web/markdown.h"

#include <cmark.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/bytes.h"
#include "markdown_tree.h"

#define LENGTH_MAX ((size_t)64 * 1024)
#define DEPTH_MAX 64
#define HEADING_SHIFT 2
#define PUNCTUATION "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

static void
append_escaped(struct bytes *out, const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		switch (text[i]) {
		case '&':
			bytes_text(out, "&amp;");
			break;
		case '<':
			bytes_text(out, "&lt;");
			break;
		case '>':
			bytes_text(out, "&gt;");
			break;
		case '"':
			bytes_text(out, "&quot;");
			break;
		case '\'':
			bytes_text(out, "&#39;");
			break;
		default:
			bytes_char(out, text[i]);
			break;
		}
	}
}

/* The text as it was typed, a paragraph for each run of lines. */
static const char *
plain_html(struct arena *arena, const char *text, size_t length)
{
	struct bytes *out = bytes_new(arena);
	const char *end = text + length;
	const char *gap;

	while (text < end) {
		gap = strstr(text, "\n\n");
		if (gap == NULL) {
			gap = end;
		}
		bytes_text(out, "<p>");
		append_escaped(out, text, (size_t)(gap - text));
		bytes_text(out, "</p>\n");
		for (text = gap; text < end && *text == '\n'; text++) {
		}
	}
	return out->data;
}

/*
 * How many containers the beginning of a line opens: each `>`, and each list
 * mark that a blank follows.  A rule of dashes opens none.
 */
static size_t
line_depth(const char *line)
{
	static const char marks[] = "> \t-+*.)0123456789";
	size_t length = strspn(line, marks);
	size_t depth = 0;
	size_t i;

	for (i = 0; i < length; i++) {
		bool blank = line[i + 1] == ' ' || line[i + 1] == '\t';

		if (line[i] == '>' || (blank && line[i] != ' ' && line[i] != '\t')) {
			depth++;
		}
	}
	return depth;
}

/* Whether every line stays within the depth that costs little. */
static bool
is_shallow(const char *text)
{
	const char *line = text;

	while (line != NULL) {
		if (line_depth(line) > DEPTH_MAX) {
			return false;
		}
		line = strchr(line, '\n');
		line = line == NULL ? NULL : line + 1;
	}
	return true;
}

bool
markdown_is_bounded(const char *text, size_t length)
{
	return length <= LENGTH_MAX && is_shallow(text);
}

bool
markdown_url_is_allowed(const char *url)
{
	size_t scheme = strcspn(url, ":/?#");

	if (strncasecmp(url, "http://", 7) == 0) {
		return url[7] != '\0';
	}
	if (strncasecmp(url, "https://", 8) == 0) {
		return url[8] != '\0';
	}
	return url[0] != '\0' && url[scheme] != ':' && strncmp(url, "//", 2) != 0;
}

/*
 * Writes the URL for an attribute.  What a browser would drop or take for
 * something else (control characters, blanks, a backslash) is
 * percent-encoded.
 */
static void
append_url(struct bytes *out, const char *url)
{
	for (; *url != '\0'; url++) {
		unsigned char c = (unsigned char)*url;

		if (c <= 0x20 || c >= 0x7f || c == '\\' || c == '`') {
			bytes_format(out, "%%%02X", c);
		} else {
			append_escaped(out, url, 1);
		}
	}
}

static bool
stands_in_link(cmark_node *node)
{
	cmark_node *parent;

	for (parent = cmark_node_parent(node); parent != NULL; parent = cmark_node_parent(parent)) {
		if (cmark_node_get_type(parent) == CMARK_NODE_LINK ||
		    cmark_node_get_type(parent) == CMARK_NODE_IMAGE) {
			return true;
		}
	}
	return false;
}

static void
remove_node(cmark_node *node)
{
	cmark_node_unlink(node);
	cmark_node_free(node);
}

/* Links and images: our own <a>, or what stands inside. */
static void
filter_link(struct arena *arena, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	cmark_node *link = NULL;
	cmark_node *child;

	if (url != NULL && markdown_url_is_allowed(url) && !stands_in_link(node)) {
		struct bytes *open = bytes_new(arena);

		bytes_text(open, "<a href=\"");
		append_url(open, url);
		bytes_text(open, "\" rel=\"nofollow noopener ugc\">");
		link = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
		cmark_node_set_on_enter(link, open->data);
		cmark_node_set_on_exit(link, "</a>");
		cmark_node_insert_before(node, link);
	}
	while ((child = cmark_node_first_child(node)) != NULL) {
		if (link != NULL) {
			cmark_node_append_child(link, child);
		} else {
			cmark_node_insert_before(node, child);
		}
	}
	remove_node(node);
}

/* Raw HTML becomes the text that was typed; a block's last line end goes. */
static void
filter_html(struct arena *arena, cmark_node *node, bool block)
{
	const char *typed = cmark_node_get_literal(node);
	size_t length = strlen(typed);
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node *place = text;

	while (length > 0 && typed[length - 1] == '\n') {
		length--;
	}
	cmark_node_set_literal(text, arena_copy_bytes(arena, typed, length));
	if (block) {
		place = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(place, text);
	}
	cmark_node_insert_before(node, place);
	remove_node(node);
}

static void
filter_heading(cmark_node *node)
{
	int level = cmark_node_get_heading_level(node) + HEADING_SHIFT;

	cmark_node_set_heading_level(node, level > 6 ? 6 : level);
}

/* Called when nothing will be read below the node any more. */
static void
filter_node(struct arena *arena, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
		filter_link(arena, node);
	} else if (type == CMARK_NODE_HTML_INLINE) {
		filter_html(arena, node, false);
	} else if (type == CMARK_NODE_HTML_BLOCK) {
		filter_html(arena, node, true);
	} else if (type == CMARK_NODE_HEADING) {
		filter_heading(node);
	}
}

static void
filter_document(struct arena *arena, cmark_node *document)
{
	cmark_iter *iterator = cmark_iter_new(document);
	cmark_event_type event;
	cmark_node *node;

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iterator);
		/* Leaves have no exit event. */
		if (event == CMARK_EVENT_EXIT ||
		    cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE ||
		    cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
			filter_node(arena, node);
		}
	}
	cmark_iter_free(iterator);
}

struct markdown
markdown_html(struct arena *arena, const char *text)
{
	const int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;
	struct markdown result = { "" };
	cmark_node *document;
	size_t length;
	char *html;

	if (text == NULL || text[0] == '\0') {
		return result;
	}
	length = strlen(text);
	if (!markdown_is_bounded(text, length)) {
		result.html = plain_html(arena, text, length);
		return result;
	}
	document = cmark_parse_document(text, length, options);
	filter_document(arena, document);
	html = cmark_render_html(document, options);
	result.html = arena_copy(arena, html);
	free(html);
	cmark_node_free(document);
	return result;
}

const char *
markdown_escape(struct arena *arena, const char *text)
{
	struct bytes *out = bytes_new(arena);
	bool begins = true; /* a line: where blanks mean something */

	for (; text != NULL && *text != '\0'; text++) {
		if (begins && (*text == ' ' || *text == '\t')) {
			bytes_text(out, "&#32;");
			continue;
		}
		begins = *text == '\n' || *text == '\r';
		if (strchr(PUNCTUATION, *text) != NULL) {
			bytes_char(out, '\\');
		}
		bytes_char(out, *text);
	}
	return out->data;
}
