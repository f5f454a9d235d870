/* Made by lib/web/build/pages from www/pages. */
#include "part.h"

static const struct page_marker page_part_sample_box_markers[] = {
	{ "NAME", 4, PAGE_TEXT, offsetof(struct page_part_sample_box, name),
	    NULL },
	{ "IF_OPEN", 7, PAGE_CONDITION, offsetof(struct page_part_sample_box, if_open),
	    NULL },
	{ "VALUE", 5, PAGE_TEXT, offsetof(struct page_part_sample_box, value),
	    NULL },
};

const struct page_shape page_part_sample_box_shape = {
	"part/sample_box.html", UINT64_C(6134005611809980089),
	sizeof(struct page_part_sample_box), page_part_sample_box_markers, 3
};

void
page_part_sample_box(struct bytes *out, const struct page_site *site,
    const struct page_part_sample_box *values)
{
	page_render(out, &page_part_sample_box_shape, site, values);
}

const struct page_shape page_part_sample_head_shape = {
	"part/sample_head.html", UINT64_C(1377262305909104237),
	sizeof(struct page_part_sample_head), NULL, 0
};

void
page_part_sample_head(struct bytes *out, const struct page_site *site,
    const struct page_part_sample_head *values)
{
	page_render(out, &page_part_sample_head_shape, site, values);
}

