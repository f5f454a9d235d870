#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "feed_reading.h"

static bool
is_named(const xmlNode *node, const char *prefix, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 &&
	    (prefix == NULL ? node->ns->prefix == NULL
			    : node->ns->prefix != NULL &&
			strcmp((const char *)node->ns->prefix, prefix) == 0);
}

static const char *
text_of(struct arena *arena, xmlNode *node)
{
	xmlChar *text = xmlNodeGetContent(node);
	const char *copy = arena_copy(arena, (const char *)text);

	xmlFree(text);
	return copy;
}

static const char *
attribute_of(struct arena *arena, xmlNode *node, const char *name)
{
	xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)name);
	const char *copy = arena_copy(arena, (const char *)text);

	xmlFree(text);
	return copy;
}

/* Of what may be there once. */
static void
set(const char **place, const char *value)
{
	assert_null(*place);
	*place = value;
}

static void
read_link(struct arena *arena, xmlNode *node, struct reading *reading)
{
	const char *rel = attribute_of(arena, node, "rel");
	const char *href = attribute_of(arena, node, "href");

	if (strcmp(rel, "self") == 0) {
		set(&reading->self, href);
	} else if (strcmp(rel, "prev-archive") == 0) {
		set(&reading->previous, href);
	} else if (strcmp(rel, "current") == 0) {
		set(&reading->current, href);
	}
}

static struct reading_entry
read_entry(struct arena *arena, xmlNode *entry)
{
	struct reading_entry reading = { .id = NULL };

	for (xmlNode *node = entry->children; node != NULL; node = node->next) {
		if (is_named(node, NULL, "id")) {
			set(&reading.id, text_of(arena, node));
		} else if (is_named(node, NULL, "title")) {
			set(&reading.title, text_of(arena, node));
		} else if (is_named(node, NULL, "published")) {
			set(&reading.published, text_of(arena, node));
		} else if (is_named(node, NULL, "updated")) {
			set(&reading.updated, text_of(arena, node));
		}
	}
	reading.is_blank = strcmp(reading.title, "This highlight was taken back") == 0;
	return reading;
}

static void
read_part(struct arena *arena, xmlNode *node, struct reading *reading)
{
	if (is_named(node, NULL, "id")) {
		set(&reading->id, text_of(arena, node));
	} else if (is_named(node, NULL, "updated")) {
		set(&reading->updated, text_of(arena, node));
	} else if (is_named(node, NULL, "link")) {
		read_link(arena, node, reading);
	} else if (is_named(node, "fh", "archive")) {
		reading->is_archive = true;
	} else if (is_named(node, "fh", "complete")) {
		reading->is_complete = true;
	} else if (is_named(node, NULL, "entry")) {
		assert_true(reading->entry_count < READING_MAX);
		reading->entries[reading->entry_count++] = read_entry(arena, node);
	} else if (is_named(node, "at", "deleted-entry")) {
		assert_true(reading->tombstone_count < READING_MAX);
		assert_non_null(attribute_of(arena, node, "when"));
		reading->tombstones[reading->tombstone_count++] = attribute_of(arena, node, "ref");
	}
}

struct reading
reading_atom(struct arena *arena, const char *text, size_t length)
{
	struct reading reading = { .id = NULL };
	xmlDoc *document = xmlReadMemory(text, (int)length, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (document == NULL) {
		fail_msg("not well formed:\n%s", text);
	}
	assert_null(xmlGetIntSubset(document));
	for (xmlNode *node = xmlDocGetRootElement(document)->children; node != NULL;
	     node = node->next) {
		read_part(arena, node, &reading);
	}
	xmlFreeDoc(document);
	return reading;
}
