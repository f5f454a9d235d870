/*
 * What the pages beside the feeds have in common.
 */
#ifndef FEED_TIMELINE_H
#define FEED_TIMELINE_H

#include "feed.h"
#include "web/page/feed.h"

/* "News of Orion": the page's heading; and what is to be read there. */
const char *timeline_title(struct visit *visit, const struct feed *feed);
const char *timeline_words(struct visit *visit, const struct feed *feed);

/* The page above: a cohort's or a group's own; a kind's is everything. */
void
timeline_show_up(struct visit *visit, const struct feed *feed, struct page_feed_timeline *page);

/* The pages of the feeds beside this one. */
void
timeline_show_others(struct visit *visit, const struct feed *feed, struct page_feed_timeline *page);

/*
 * What a feed is, and this one's addresses. They are named in the page's head,
 * too (rule 44), beside those of the cohort and the group.
 */
struct page_part_follow_list timeline_follow(struct visit *visit, const struct feed *feed);

/* Begins an answer that is the same for everybody: no cookie was looked at. */
struct bytes *timeline_html(struct visit *visit);

#endif
