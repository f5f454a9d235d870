/*
 * The page of one highlight: where an entry of a feed leads to, today and once
 * it stands in an archive.
 */
#include "ground/text.h"
#include "model/timeline.h"
#include "timeline.h"
#include "web/link.h"
#include "web/time.h"

static void
show_sequels(struct visit *visit, const struct activity *activity, struct page_feed_highlight *page)
{
	struct timeline_sequel_rows sequels = timeline_sequels(visit->db, visit->arena,
	    &(struct timeline_sequels_in){ .highlight_id = activity->highlight_id });
	struct page_feed_highlight_sequels *rows =
	    arena_array(visit->arena, sequels.count + 1, sizeof(*rows));

	for (size_t i = 0; i < sequels.count; i++) {
		rows[i] = (struct page_feed_highlight_sequels){
			.sequel_link = feed_link_highlight(visit->arena, visit->site,
			    activity->cohort_slug, activity->group_slug, sequels.rows[i].key),
			.sequel_title = atom_run(visit->arena, sequels.rows[i].title),
			.sequel_instant = time_machine(visit->arena, sequels.rows[i].published_at),
			.sequel_time =
			    time_words(visit->arena, visit->zone, sequels.rows[i].published_at),
		};
	}
	page->sequels.rows = rows;
	page->sequels.count = sequels.count;
}

static void
show_ways(struct visit *visit, const struct feed *feed, struct page_feed_highlight *page)
{
	const struct feed_name name = { .cohort = feed->cohort_slug, .group = feed->group_slug };
	struct arena *arena = visit->arena;

	page->timeline_link = feed_link(arena, visit->site, &name, FEED_LINK_PAGE);
	page->timeline_name = timeline_title(visit, feed);
	page->group_link =
	    link_cohort_group(arena, visit->site, feed->cohort_slug, feed->group_slug);
	page->group = feed->group_name;
	page->cohort_link = link_cohort(arena, visit->site, feed->cohort_slug);
	page->cohort = feed->cohort_name;
	page->part_follow = timeline_follow(visit, feed);
}

static void
show(struct visit *visit, const struct feed *feed, const struct activity *activity)
{
	const struct entry entry =
	    entry_read(visit->db, visit->arena, visit->site, visit->programme, activity);
	struct page_feed_highlight page = {
		.title = entry.title,
		.kind = entry.kind_name,
		.instant = time_machine(visit->arena, entry.published),
		.time = time_words(visit->arena, visit->zone, entry.published),
		.if_edited = entry.updated > entry.published,
		.edited_instant = time_machine(visit->arena, entry.updated),
		.edited_time = time_words(visit->arena, visit->zone, entry.updated),
		.if_parent = entry.parent_title != NULL,
		.parent_link = entry.parent_link,
		.parent_title = entry.parent_title,
		.if_content = entry.content.html != NULL,
		.content_markdown = entry.content,
		.author = entry.author,
	};

	show_sequels(visit, activity, &page);
	show_ways(visit, feed, &page);
	page_feed_highlight(timeline_html(visit), &visit->frame, &page);
}

void
feed_highlight_show(struct visit *visit)
{
	const struct feed_name name = feed_name_of(visit);
	struct feed feed;
	struct activity activity;

	if (!feed_find(visit->db, visit->arena, &name, &feed) ||
	    !timeline_highlight(visit->db, visit->arena,
		&(struct timeline_highlight_in){
		    .key = visit_param(visit, "highlight"), .group_id = feed.group_id },
		&activity)) {
		visit_not_found(visit);
		return;
	}
	show(visit, &feed, &activity);
}
