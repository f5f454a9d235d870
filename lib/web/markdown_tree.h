/*
 * What the two renderings of Markdown, as HTML and as plain text, share.
 */
#ifndef GROUNDCREW_WEB_MARKDOWN_TREE_H
#define GROUNDCREW_WEB_MARKDOWN_TREE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether rendering it is bounded work: 64 kB at most, and no line deeper
 * than 64 containers. */
bool markdown_is_bounded(const char *text, size_t length);

/* http, https, or relative to the page's own host. */
bool markdown_url_is_allowed(const char *url);

#endif
