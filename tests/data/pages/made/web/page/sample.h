/* Made by lib/web/build/pages from www/pages. */
#ifndef GROUNDCREW_WEB_PAGE_SAMPLE_H
#define GROUNDCREW_WEB_PAGE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "web/markdown.h"
#include "web/page.h"
#include "part.h"

/* sample/bare.html */
struct page_sample_bare {
	char empty;	/* C has no empty struct */
};

extern const struct page_shape page_sample_bare_shape;

void page_sample_bare(struct bytes *out, const struct page_site *site,
    const struct page_sample_bare *values);

/* sample/show.html */
struct page_sample_show_weeks_days {
	const char *day;
};

struct page_sample_show_weeks_days_list {
	const struct page_sample_show_weeks_days *rows;
	size_t count;
};

struct page_sample_show_weeks {
	const char *name;
	struct page_sample_show_weeks_days_list days;
	struct page_part_sample_box_list part_sample_box;
};

struct page_sample_show_weeks_list {
	const struct page_sample_show_weeks *rows;
	size_t count;
};

struct page_sample_show {
	const char *name;
	bool if_open;
	const char *link;
	const char *slug;
	struct page_sample_show_weeks_list weeks;
	struct page_part_sample_box_list part_sample_box;
	struct markdown story_markdown;
};

extern const struct page_shape page_sample_show_shape;

void page_sample_show(struct bytes *out, const struct page_site *site,
    const struct page_sample_show *values);

#endif
