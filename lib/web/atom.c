#include <inttypes.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "ground/clock.h"
#include "ground/text.h"
#include "web/atom.h"

/* A document being written. libxml2 tells of trouble by a negative number. */
struct atom {
	struct arena *arena;
	xmlTextWriterPtr writer;
	int worst;
};

static void
note(struct atom *atom, int result)
{
	if (result < atom->worst) {
		atom->worst = result;
	}
}

static void
open_element(struct atom *atom, const char *name)
{
	note(atom, xmlTextWriterStartElement(atom->writer, (const xmlChar *)name));
}

static void
close_element(struct atom *atom)
{
	note(atom, xmlTextWriterEndElement(atom->writer));
}

static void
attribute(struct atom *atom, const char *name, const char *value)
{
	note(atom,
	    xmlTextWriterWriteAttribute(atom->writer, (const xmlChar *)name,
		(const xmlChar *)atom_line(atom->arena, value)));
}

static void
words(struct atom *atom, const char *text)
{
	note(atom,
	    xmlTextWriterWriteString(atom->writer, (const xmlChar *)atom_text(atom->arena, text)));
}

static void
element(struct atom *atom, const char *name, const char *text)
{
	if (!text_empty(text)) {
		open_element(atom, name);
		words(atom, text);
		close_element(atom);
	}
}

/* A text construct on one line: type="text", said for all to see (rule 17). */
static void
line_element(struct atom *atom, const char *name, const char *text)
{
	text = atom_line(atom->arena, text);
	if (!text_empty(text)) {
		open_element(atom, name);
		attribute(atom, "type", "text");
		words(atom, text);
		close_element(atom);
	}
}

static void
date_element(struct atom *atom, const char *name, int64_t instant)
{
	element(atom, name, clock_rfc3339(atom->arena, instant));
}

static void
author_element(struct atom *atom, const char *name)
{
	open_element(atom, "author");
	element(atom, "name", atom_line(atom->arena, name));
	close_element(atom);
}

static void
link_element(struct atom *atom, const char *rel, const char *type, const char *href)
{
	open_element(atom, "link");
	attribute(atom, "rel", rel);
	attribute(atom, "type", type);
	attribute(atom, "href", href);
	close_element(atom);
}

static void
number_element(struct atom *atom, const char *name, int64_t number)
{
	element(atom, name, arena_format(atom->arena, "%" PRId64, number));
}

static void
empty_element(struct atom *atom, const char *name)
{
	open_element(atom, name);
	close_element(atom);
}

static void
category_element(struct atom *atom, const struct atom_category *category)
{
	open_element(atom, "category");
	attribute(atom, "term", category->term);
	attribute(atom, "scheme", category->scheme);
	attribute(atom, "label", category->label);
	close_element(atom);
}

/* What the entry goes on with (RFC 4685 section 3). */
static void
parent_element(struct atom *atom, const struct atom_entry *entry)
{
	if (entry->parent_id == NULL) {
		return;
	}
	open_element(atom, "thr:in-reply-to");
	attribute(atom, "ref", entry->parent_id);
	if (entry->parent_link != NULL) {
		attribute(atom, "href", entry->parent_link);
		attribute(atom, "type", "text/html");
	}
	close_element(atom);
}

/* What goes on with the entry (RFC 4685 sections 4 and 5). */
static void
replies_elements(struct atom *atom, const struct atom_entry *entry)
{
	if (entry->replies_link == NULL) {
		return;
	}
	open_element(atom, "link");
	attribute(atom, "rel", "replies");
	attribute(atom, "type", "text/html");
	attribute(atom, "href", entry->replies_link);
	attribute(atom, "thr:count", arena_format(atom->arena, "%" PRId64, entry->replies));
	close_element(atom);
	number_element(atom, "thr:total", entry->replies);
}

static void
entry_element(struct atom *atom, const struct atom_entry *entry)
{
	size_t i;

	open_element(atom, "entry");
	element(atom, "id", entry->id);
	line_element(atom, "title", entry->title);
	link_element(atom, "alternate", "text/html", entry->link);
	date_element(atom, "published", entry->published);
	date_element(atom, "updated", entry->updated);
	author_element(atom, entry->author);
	parent_element(atom, entry);
	replies_elements(atom, entry);
	for (i = 0; i < entry->category_count; i++) {
		category_element(atom, &entry->categories[i]);
	}
	if (!text_empty(entry->html)) {
		open_element(atom, "content");
		attribute(atom, "type", "html");
		words(atom, entry->html);
		close_element(atom);
	} else {
		line_element(atom, "summary", entry->summary);
	}
	close_element(atom);
}

static void
tombstone_element(struct atom *atom, const struct atom_tombstone *tombstone)
{
	open_element(atom, "at:deleted-entry");
	attribute(atom, "ref", tombstone->id);
	attribute(atom, "when", clock_rfc3339(atom->arena, tombstone->when));
	close_element(atom);
}

/* Where the feed is to be had and where it goes on (RFC 5005). */
static void
feed_links(struct atom *atom, const struct atom_feed *feed)
{
	static const char type[] = "application/atom+xml";

	link_element(atom, "self", type, feed->self);
	link_element(atom, "alternate", "text/html", feed->alternate);
	if (feed->hub != NULL) {
		open_element(atom, "link");
		attribute(atom, "rel", "hub");
		attribute(atom, "href", feed->hub);
		close_element(atom);
	}
	if (feed->previous != NULL) {
		link_element(atom, "prev-archive", type, feed->previous);
	}
	if (feed->current != NULL) {
		link_element(atom, "current", type, feed->current);
		empty_element(atom, "fh:archive");
	}
	if (feed->is_complete) {
		empty_element(atom, "fh:complete");
	}
}

static void
feed_namespaces(struct atom *atom)
{
	attribute(atom, "xmlns", "http://www.w3.org/2005/Atom");
	attribute(atom, "xmlns:at", "http://purl.org/atompub/tombstones/1.0");
	attribute(atom, "xmlns:fh", "http://purl.org/syndication/history/1.0");
	attribute(atom, "xmlns:thr", "http://purl.org/syndication/thread/1.0");
}

static void
feed_element(struct atom *atom, const struct atom_feed *feed)
{
	size_t i;

	open_element(atom, "feed");
	feed_namespaces(atom);
	attribute(atom, "xml:lang", feed->language);
	element(atom, "id", feed->id);
	line_element(atom, "title", feed->title);
	line_element(atom, "subtitle", feed->subtitle);
	feed_links(atom, feed);
	date_element(atom, "updated", feed->updated);
	author_element(atom, feed->author);
	line_element(atom, "rights", feed->rights);
	element(atom, "generator", feed->generator);
	element(atom, "icon", feed->icon);
	element(atom, "logo", feed->logo);
	for (i = 0; i < feed->tombstone_count; i++) {
		tombstone_element(atom, &feed->tombstones[i]);
	}
	for (i = 0; i < feed->entry_count; i++) {
		entry_element(atom, &feed->entries[i]);
	}
	close_element(atom);
}

struct bytes *
atom_document(struct arena *arena, const struct atom_feed *feed)
{
	xmlBufferPtr buffer = xmlBufferCreate();
	struct atom atom = { arena, NULL, 0 };
	struct bytes *out = NULL;

	if (buffer != NULL) {
		atom.writer = xmlNewTextWriterMemory(buffer, 0);
	}
	if (atom.writer != NULL) {
		/* A line an element, and none indented. */
		note(&atom, xmlTextWriterSetIndent(atom.writer, 1));
		note(&atom, xmlTextWriterSetIndentString(atom.writer, (const xmlChar *)""));
		note(&atom, xmlTextWriterStartDocument(atom.writer, "1.0", "UTF-8", NULL));
		feed_element(&atom, feed);
		note(&atom, xmlTextWriterEndDocument(atom.writer));
		/* What was written is in the buffer once the writer is gone. */
		xmlFreeTextWriter(atom.writer);
		if (atom.worst >= 0) {
			out = bytes_new(arena);
			bytes_append(
			    out, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
		}
	}
	xmlBufferFree(buffer);
	return out;
}
