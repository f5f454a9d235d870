/* Made by lib/web/build/pages from www/pages. */
#ifndef GROUNDCREW_WEB_PAGE_PART_H
#define GROUNDCREW_WEB_PAGE_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "web/markdown.h"
#include "web/page.h"

/* part/sample_box.html */
struct page_part_sample_box {
	const char *name;
	bool if_open;
	const char *value;
};

struct page_part_sample_box_list {
	const struct page_part_sample_box *rows;
	size_t count;
};

extern const struct page_shape page_part_sample_box_shape;

void page_part_sample_box(struct bytes *out, const struct page_site *site,
    const struct page_part_sample_box *values);

/* part/sample_head.html */
struct page_part_sample_head {
	char empty;	/* C has no empty struct */
};

struct page_part_sample_head_list {
	const struct page_part_sample_head *rows;
	size_t count;
};

extern const struct page_shape page_part_sample_head_shape;

void page_part_sample_head(struct bytes *out, const struct page_site *site,
    const struct page_part_sample_head *values);

#endif
