#include "feed.h"
#include "web/gzip.h"

/* Rule 25; a document's own elements are in it. */
enum { GZIP_BYTES_MAX = 64 * 1024 };

/* A document in the making: how much its entries tell. */
struct fitting {
	struct arena *arena;
	struct feed_document *document;
	struct bytes *(*write)(struct arena *, const struct atom_feed *);
	struct atom_entry *whole; /* as they are */
	struct atom_entry *shown; /* as the document has them now */
	struct bytes *plain;
	struct bytes *gzip;
};

/* Tells the newest `contents` whole, `summaries` more in short. */
static bool
fits(struct fitting *fitting, size_t contents, size_t summaries)
{
	const struct feed_document *document = fitting->document;

	for (size_t i = 0; i < document->entry_count; i++) {
		struct atom_entry *entry = &fitting->shown[i];

		*entry = fitting->whole[i];
		if (i < contents) {
			continue;
		}
		entry->html = NULL;
		entry->summary = i < contents + summaries
		    ? entry_summary(fitting->arena, &document->entries[i])
		    : NULL;
	}
	fitting->plain = fitting->write(fitting->arena, &document->atom);
	fitting->gzip = fitting->plain == NULL
	    ? NULL
	    : gzip_bytes(fitting->arena, fitting->plain->data, fitting->plain->length);
	if (fitting->gzip == NULL) {
		arena_exhausted(ATOM_BYTES_MAX);
	}
	return fitting->plain->length <= ATOM_BYTES_MAX && fitting->gzip->length <= GZIP_BYTES_MAX;
}

/*
 * The most contents beside which all others have their summaries, or where not
 * even these all fit, the most summaries.
 */
static void
shorten(struct fitting *fitting)
{
	const size_t count = fitting->document->entry_count;
	const bool is_brief = !fits(fitting, 0, count);
	size_t fit = 0, over = count;

	while (over - fit > 1) {
		const size_t middle = fit + (over - fit) / 2;

		if (is_brief ? fits(fitting, 0, middle) : fits(fitting, middle, count - middle)) {
			fit = middle;
		} else {
			over = middle;
		}
	}
	(void)fits(fitting, is_brief ? 0 : fit, is_brief ? fit : count - fit);
}

struct bytes *
feed_fit(struct arena *arena, struct feed_document *document,
    struct bytes *(*write)(struct arena *, const struct atom_feed *), struct bytes **gzip)
{
	const size_t count = document->entry_count;
	struct fitting fitting = { .arena = arena,
		.document = document,
		.write = write,
		.whole = arena_array(arena, count + 1, sizeof(*fitting.whole)),
		.shown = arena_array(arena, count + 1, sizeof(*fitting.shown)) };

	for (size_t i = 0; i < count; i++) {
		fitting.whole[i] = document->atom.entries[i];
	}
	document->atom.entries = fitting.shown;
	if (!fits(&fitting, count, 0)) {
		shorten(&fitting);
	}
	*gzip = fitting.gzip;
	return fitting.plain;
}
