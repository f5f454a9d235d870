#include "web/json_feed.h"

#include <jansson.h>
#include <stdbool.h>

#include "ground/clock.h"
#include "ground/text.h"

/* A document being built; jansson tells of missing memory by failing. */
struct writing {
	struct arena *arena;
	bool failed;
};

/* Takes `value` over; NULL is missing memory. */
static void
put(struct writing *writing, json_t *object, const char *name, json_t *value)
{
	if (json_object_set_new(object, name, value) != 0) {
		writing->failed = true;
	}
}

static void
add(struct writing *writing, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0) {
		writing->failed = true;
	}
}

/* A text on one line, of bearable characters alone (rules 2 to 4). */
static void
put_line(struct writing *writing, json_t *object, const char *name, const char *text)
{
	text = atom_line(writing->arena, text);
	if (!text_empty(text)) {
		put(writing, object, name, json_string(text));
	}
}

static void
put_instant(struct writing *writing, json_t *object, const char *name, int64_t instant)
{
	put_line(writing, object, name, clock_rfc3339(writing->arena, instant));
}

static void
put_author(struct writing *writing, json_t *object, const char *name)
{
	json_t *authors = json_array(), *author = json_object();

	put_line(writing, author, "name", name);
	add(writing, authors, author);
	put(writing, object, "authors", authors);
}

static void
put_tags(struct writing *writing, json_t *item, const struct atom_entry *entry)
{
	json_t *tags = json_array();

	for (size_t i = 0; i < entry->category_count; i++) {
		const struct atom_category *category = &entry->categories[i];
		const char *tag = atom_line(
		    writing->arena, text_empty(category->label) ? category->term : category->label);

		if (!text_empty(tag)) {
			add(writing, tags, json_string(tag));
		}
	}
	put(writing, item, "tags", tags);
}

static json_t *
item_of(struct writing *writing, const struct atom_entry *entry)
{
	const char *html = atom_text(writing->arena, entry->html);
	json_t *item = json_object();

	put_line(writing, item, "id", entry->id);
	put_line(writing, item, "url", entry->link);
	put_line(writing, item, "title", entry->title);
	if (text_empty(html)) {
		const char *summary = atom_line(writing->arena, entry->summary);

		put_line(
		    writing, item, "content_text", text_empty(summary) ? entry->title : summary);
	} else {
		put(writing, item, "content_html", json_string(html));
	}
	put_instant(writing, item, "date_published", entry->published);
	put_instant(writing, item, "date_modified", entry->updated);
	put_author(writing, item, entry->author);
	put_tags(writing, item, entry);
	return item;
}

static void
put_hub(struct writing *writing, json_t *document, const char *address)
{
	json_t *hubs, *hub;

	if (text_empty(address)) {
		return;
	}
	hubs = json_array();
	hub = json_object();
	put_line(writing, hub, "type", "WebSub");
	put_line(writing, hub, "url", address);
	add(writing, hubs, hub);
	put(writing, document, "hubs", hubs);
}

static json_t *
document_of(struct writing *writing, const struct atom_feed *feed)
{
	json_t *document = json_object(), *items = json_array();

	put_line(writing, document, "version", "https://jsonfeed.org/version/1.1");
	put_line(writing, document, "title", feed->title);
	put_line(writing, document, "home_page_url", feed->alternate);
	put_line(writing, document, "feed_url", feed->self);
	put_line(writing, document, "description", feed->subtitle);
	put_line(writing, document, "next_url", feed->previous);
	put_line(writing, document, "icon", feed->icon);
	put_line(writing, document, "language", feed->language);
	put_author(writing, document, feed->author);
	put_hub(writing, document, feed->hub);
	for (size_t i = 0; i < feed->entry_count; i++) {
		add(writing, items, item_of(writing, &feed->entries[i]));
	}
	put(writing, document, "items", items);
	return document;
}

static int
write_part(const char *data, size_t length, void *out)
{
	bytes_append(out, data, length);
	return 0;
}

struct bytes *
json_feed_document(struct arena *arena, const struct atom_feed *feed)
{
	struct writing writing = { arena, false };
	struct bytes *out = bytes_new(arena);
	json_t *document = document_of(&writing, feed);

	if (json_dump_callback(document, write_part, out, JSON_COMPACT) != 0) {
		writing.failed = true;
	}
	bytes_char(out, '\n');
	json_decref(document);
	return writing.failed ? NULL : out;
}
