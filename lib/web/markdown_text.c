#include "web/markdown.h"

#include <cmark.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ground/bytes.h"
#include "markdown_tree.h"

struct writer {
	struct bytes *out;
	/* What begins each line: marks of quotes, blanks under list marks. */
	struct bytes *prefix;
	/* Nothing stands on this line but a list's mark, or nothing at all. */
	bool is_fresh;
};

static void
line_break(struct writer *writer)
{
	struct bytes *out = writer->out;

	while (out->length > 0 && out->data[out->length - 1] == ' ') {
		out->data[--out->length] = '\0';
	}
	bytes_char(out, '\n');
	bytes_append(out, writer->prefix->data, writer->prefix->length);
}

/* Text of several lines, each under the prefix and `indent`. */
static void
append_lines(struct writer *writer, const char *text, const char *indent)
{
	size_t length = strlen(text);

	if (length > 0 && text[length - 1] == '\n') {
		length--;
	}
	bytes_text(writer->out, indent);
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\n') {
			line_break(writer);
			bytes_text(writer->out, indent);
		} else {
			bytes_char(writer->out, text[i]);
		}
	}
}

/* Whether the block follows the one before it without an empty line. */
static bool
is_tight(cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);

	if (cmark_node_get_type(node) == CMARK_NODE_ITEM) {
		return cmark_node_get_list_tight(parent) &&
		    (cmark_node_previous(node) != NULL ||
			cmark_node_get_type(cmark_node_parent(parent)) == CMARK_NODE_ITEM);
	}
	return cmark_node_get_type(parent) == CMARK_NODE_ITEM &&
	    cmark_node_get_list_tight(cmark_node_parent(parent));
}

static void
block_begin(struct writer *writer, cmark_node *node)
{
	if (writer->is_fresh) {
		writer->is_fresh = false;
		return;
	}
	line_break(writer);
	if (!is_tight(node)) {
		line_break(writer);
	}
}

/* An item's number in its list. */
static int
item_number(cmark_node *item)
{
	int number = cmark_node_get_list_start(cmark_node_parent(item));

	while ((item = cmark_node_previous(item)) != NULL) {
		number++;
	}
	return number;
}

static void
item_begin(struct writer *writer, cmark_node *item)
{
	size_t before;

	block_begin(writer, item);
	before = writer->out->length;
	if (cmark_node_get_list_type(cmark_node_parent(item)) == CMARK_ORDERED_LIST) {
		bytes_format(writer->out, "%d. ", item_number(item));
	} else {
		bytes_text(writer->out, "- ");
	}
	bytes_format(writer->prefix, "%*s", (int)(writer->out->length - before), "");
	writer->is_fresh = true;
}

static void
prefix_cut(struct writer *writer, size_t length)
{
	writer->prefix->length -= length;
	writer->prefix->data[writer->prefix->length] = '\0';
}

/* Ends an item or a quote, whose mark is as wide as its part of the prefix. */
static void
container_end(struct writer *writer, cmark_node *node)
{
	char mark[16];

	if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE ||
	    cmark_node_get_list_type(cmark_node_parent(node)) != CMARK_ORDERED_LIST) {
		prefix_cut(writer, 2);
	} else {
		prefix_cut(writer, (size_t)snprintf(mark, sizeof mark, "%d. ", item_number(node)));
	}
	writer->is_fresh = false;
}

/* A link's address after its words, or instead of words that are the same. */
static void
link_end(struct writer *writer, cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	cmark_node *words = cmark_node_first_child(link);
	bool is_bare = words != NULL && cmark_node_next(words) == NULL &&
	    cmark_node_get_type(words) == CMARK_NODE_TEXT &&
	    strcmp(cmark_node_get_literal(words), url) == 0;

	if (url[0] == '\0' || !markdown_url_is_allowed(url)) {
		return;
	}
	if (is_bare) {
		writer->out->length -= strlen(url);
		writer->out->data[writer->out->length] = '\0';
	} else if (words != NULL) {
		bytes_char(writer->out, ' ');
	}
	bytes_format(writer->out, "<%s>", url);
}

static void
node_begin(struct writer *writer, cmark_node *node)
{
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_ITEM:
		item_begin(writer, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		block_begin(writer, node);
		bytes_text(writer->out, "> ");
		bytes_text(writer->prefix, "> ");
		writer->is_fresh = true;
		break;
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
		block_begin(writer, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		block_begin(writer, node);
		append_lines(writer, cmark_node_get_literal(node), "    ");
		break;
	case CMARK_NODE_HTML_BLOCK:
		block_begin(writer, node);
		append_lines(writer, cmark_node_get_literal(node), "");
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		block_begin(writer, node);
		bytes_text(writer->out, "* * *");
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		line_break(writer);
		break;
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
		bytes_text(writer->out, cmark_node_get_literal(node));
		break;
	default:
		break;
	}
}

static void
node_end(struct writer *writer, cmark_node *node)
{
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_ITEM:
	case CMARK_NODE_BLOCK_QUOTE:
		container_end(writer, node);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		link_end(writer, node);
		break;
	default:
		break;
	}
}

static void
append_document(struct writer *writer, cmark_node *document)
{
	cmark_iter *iterator = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER) {
			node_begin(writer, cmark_iter_get_node(iterator));
		} else {
			node_end(writer, cmark_iter_get_node(iterator));
		}
	}
	cmark_iter_free(iterator);
}

const char *
markdown_text(struct arena *arena, const char *text)
{
	struct writer writer = { .is_fresh = true };
	cmark_node *document;

	if (text == NULL || text[0] == '\0') {
		return "";
	}
	if (!markdown_is_bounded(text, strlen(text))) {
		return text;
	}
	writer.out = bytes_new(arena);
	writer.prefix = bytes_new(arena);
	document =
	    cmark_parse_document(text, strlen(text), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	append_document(&writer, document);
	cmark_node_free(document);
	if (writer.out->length > 0) {
		bytes_char(writer.out, '\n');
	}
	return writer.out->data;
}
