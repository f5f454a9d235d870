#include "feed.h"
#include "web/link.h"
#include "web/page/feed.h"
#include "web/time.h"

/* Pages stay below 256 kB, frame and addresses included. */
enum { CONTENT_BYTES_MAX = 128 * 1024 };

static void
show_entries(struct visit *visit, struct page_feed_timeline *page)
{
	struct feed feed;
	size_t count = 0, size = 0, i;
	struct entry *entries = NULL;
	struct page_part_entry *rows;

	if (feed_find(visit->db, visit->arena, &(struct feed_name){ .kind = NULL }, &feed)) {
		entries = feed_entries(visit, &feed, &count);
	}
	rows = arena_array(visit->arena, count + 1, sizeof(*rows));
	for (i = 0; i < count; i++) {
		size += atom_size(entries[i].content.html);
		if (i > 0 && size > CONTENT_BYTES_MAX) {
			break;
		}
		rows[i] = entry_row(visit, &entries[i]);
	}
	page->part_entry.rows = rows;
	page->part_entry.count = i;
	page->if_more = i < count;
	page->shown = arena_format(visit->arena, "%zu", i);
}

static void
show_feeds(struct visit *visit, struct page_feed_timeline *page)
{
	struct feed_cohort_rows feeds = feed_cohorts(visit->db, visit->arena);
	struct page_feed_timeline_cohorts *rows =
	    arena_array(visit->arena, feeds.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < feeds.count; i++) {
		rows[i].cohort_name = feeds.rows[i].name;
		rows[i].cohort_feed =
		    link_feed_cohort(visit->arena, visit->site, feeds.rows[i].slug);
	}
	page->cohorts.rows = rows;
	page->cohorts.count = feeds.count;
	page->address =
	    link_absolute(visit->arena, visit->site, link_feed_all(visit->arena, visit->site));
}

void
feed_timeline_show(struct visit *visit)
{
	const struct page_part_empty empty = { .empty_title = message(MESSAGE_FEED_EMPTY_TITLE),
		.if_empty_words = true,
		.empty_words = message(MESSAGE_FEED_EMPTY_WORDS) };
	struct page_feed_timeline page = { .part_empty = { &empty, 0 } };

	show_entries(visit, &page);
	show_feeds(visit, &page);
	page.part_empty.count = page.part_entry.count == 0 ? 1 : 0;
	/* The same for everybody: no cookie was looked at. */
	visit->response->cache = RESPONSE_OWN;
	visit->response->open_to_all = true;
	(void)response_header(visit->response, "Cache-Control", "public, max-age=60");
	page_feed_timeline(visit_html(visit, 200), &visit->frame, &page);
}
