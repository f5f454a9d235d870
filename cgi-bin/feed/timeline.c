/*
 * The readable face of the feeds (rule 48): the entries that a document holds,
 * as a page, and its archives as pages before it.
 */
#include <inttypes.h>

#include "feed.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/page/feed.h"
#include "timeline.h"

/* Pages stay below 256 kB, frame and addresses included. */
enum { CONTENT_BYTES_MAX = 128 * 1024, SUMMARY_BYTES_MAX = 32 * 1024 };

/* An archive's number, as its page's address has it. */
enum { NUMBER_MAX = 1000000000 };

static struct page_part_empty_list
nothing(struct visit *visit, enum message title, enum message words)
{
	struct page_part_empty *row = arena_alloc(visit->arena, sizeof(*row));

	row->empty_title = message(title);
	row->if_empty_words = true;
	row->empty_words = message(words);
	return (struct page_part_empty_list){ row, 1 };
}

/*
 * The entry as the page has it. Once the page is full the rest are told in
 * short: none is left out, for the pages before it begin where this one ends.
 */
static struct page_part_entry
row_of(struct visit *visit, const struct entry *entry, size_t *size)
{
	struct page_part_entry row = entry_row(visit, entry);
	const size_t whole = *size + atom_size(entry->content.html);

	if (!row.if_content || whole <= CONTENT_BYTES_MAX) {
		*size = whole;
		return row;
	}
	row.if_content = false;
	row.summary = entry_summary(visit->arena, entry);
	row.if_summary = *size + atom_size(row.summary) <= CONTENT_BYTES_MAX + SUMMARY_BYTES_MAX &&
	    !text_empty(row.summary);
	*size += row.if_summary ? atom_size(row.summary) : 0;
	return row;
}

/* What was taken back is not shown. */
static void
show_entries(
    struct visit *visit, const struct feed_document *document, struct page_feed_timeline *page)
{
	struct page_part_entry *rows =
	    arena_array(visit->arena, document->entry_count + 1, sizeof(*rows));
	size_t size = 0, i;

	page->part_entry.rows = rows;
	for (i = 0; i < document->entry_count; i++) {
		if (!document->entries[i].is_withdrawn) {
			rows[page->part_entry.count++] =
			    row_of(visit, &document->entries[i], &size);
		}
	}
	if (page->part_entry.count == 0) {
		page->part_empty =
		    nothing(visit, MESSAGE_TIMELINE_EMPTY, MESSAGE_TIMELINE_EMPTY_WORDS);
	}
}

/* A page of the feed; the newest for 0 and for numbers beyond the last archive. */
static const char *
page_link(const struct visit *visit, const struct feed_document *document, int64_t number)
{
	if (number == 0 || number > document->feed.archives) {
		return feed_link(visit->arena, visit->site, &document->name, FEED_LINK_PAGE);
	}
	return feed_link_archive(
	    visit->arena, visit->site, &document->name, FEED_LINK_PAGE, number, 0);
}

static void
show_pages(
    struct visit *visit, const struct feed_document *document, struct page_feed_timeline *page)
{
	const int64_t archives = document->feed.archives == DB_NULL ? 0 : document->feed.archives;
	const int64_t number = document->number == 0 ? archives + 1 : document->number;

	page->if_latest = document->number == 0;
	page->if_newer = document->number != 0;
	page->newer_link = page_link(visit, document, number + 1);
	page->if_newest = document->number != 0 && number < archives;
	page->newest_link = page_link(visit, document, 0);
	page->if_older = number > 1;
	page->older_link = page_link(visit, document, number - 1);
	page->if_pages = page->if_newer || page->if_older;
}

static void
show_titles(
    struct visit *visit, const struct feed_document *document, struct page_feed_timeline *page)
{
	page->title = timeline_title(visit, &document->feed);
	page->words = timeline_words(visit, &document->feed);
	if (document->number != 0) {
		page->title = message_timeline_page(visit->arena, page->title,
		    arena_format(visit->arena, "%" PRId64, document->number));
		page->words = message(MESSAGE_TIMELINE_PAGE_WORDS);
	}
}

static void
show_document(struct visit *visit, const struct feed_document *document)
{
	struct page_feed_timeline page = { .if_up = false };

	show_titles(visit, document, &page);
	show_entries(visit, document, &page);
	show_pages(visit, document, &page);
	timeline_show_up(visit, &document->feed, &page);
	timeline_show_others(visit, &document->feed, &page);
	page.part_follow = timeline_follow(visit, &document->feed);
	page_feed_timeline(timeline_html(visit), &visit->frame, &page);
}

/* A programme that has told of nothing yet; other feeds are not there then. */
static void
show_nothing(struct visit *visit)
{
	const struct feed feed = { .archives = DB_NULL };
	struct page_feed_timeline page = { .title = message(MESSAGE_TIMELINE_ALL),
		.words = message(MESSAGE_TIMELINE_ALL_WORDS),
		.if_latest = true };

	page.part_empty = nothing(visit, MESSAGE_FEED_EMPTY_TITLE, MESSAGE_FEED_EMPTY_WORDS);
	page.part_follow = timeline_follow(visit, &feed);
	page_feed_timeline(timeline_html(visit), &visit->frame, &page);
}

void
feed_timeline_show(struct visit *visit)
{
	const struct feed_name name = feed_name_of(visit);
	const char *archive = visit_param(visit, "archive");
	struct feed_document document;
	int64_t number = 0;

	if (archive != NULL && !text_integer(archive, 1, NUMBER_MAX, &number)) {
		visit_not_found(visit);
		return;
	}
	if (feed_document_read(visit, &name, FEED_LINK_PAGE, number, &document)) {
		show_document(visit, &document);
	} else if (name.kind == NULL && name.cohort == NULL && number == 0 &&
	    db_fault(visit->db) == DB_FAULT_NONE) {
		show_nothing(visit);
	} else {
		visit_not_found(visit);
	}
}
