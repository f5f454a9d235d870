/* Made by lib/web/build/pages from www/pages. */
#include "sample.h"

const struct page_shape page_sample_bare_shape = {
	"sample/bare.html", UINT64_C(18315306412100134330),
	sizeof(struct page_sample_bare), NULL, 0
};

void
page_sample_bare(struct bytes *out, const struct page_site *site,
    const struct page_sample_bare *values)
{
	page_render(out, &page_sample_bare_shape, site, values);
}

static const struct page_marker page_sample_show_weeks_days_markers[] = {
	{ "DAY", 3, PAGE_TEXT, offsetof(struct page_sample_show_weeks_days, day),
	    NULL },
};

static const struct page_shape page_sample_show_weeks_days_shape = {
	NULL, 0,
	sizeof(struct page_sample_show_weeks_days), page_sample_show_weeks_days_markers, 1
};

static const struct page_marker page_sample_show_weeks_markers[] = {
	{ "NAME", 4, PAGE_TEXT, offsetof(struct page_sample_show_weeks, name),
	    NULL },
	{ "DAYS", 4, PAGE_LIST, offsetof(struct page_sample_show_weeks, days),
	    &page_sample_show_weeks_days_shape },
	{ "PART_SAMPLE_BOX", 15, PAGE_INCLUDE, offsetof(struct page_sample_show_weeks, part_sample_box),
	    &page_part_sample_box_shape },
};

static const struct page_shape page_sample_show_weeks_shape = {
	NULL, 0,
	sizeof(struct page_sample_show_weeks), page_sample_show_weeks_markers, 3
};

static const struct page_marker page_sample_show_markers[] = {
	{ "NAME", 4, PAGE_TEXT, offsetof(struct page_sample_show, name),
	    NULL },
	{ "PART_SAMPLE_HEAD", 16, PAGE_PART, 0,
	    &page_part_sample_head_shape },
	{ "IF_OPEN", 7, PAGE_CONDITION, offsetof(struct page_sample_show, if_open),
	    NULL },
	{ "LINK", 4, PAGE_TEXT, offsetof(struct page_sample_show, link),
	    NULL },
	{ "SLUG", 4, PAGE_TEXT, offsetof(struct page_sample_show, slug),
	    NULL },
	{ "IF_NOT_OPEN", 11, PAGE_NEGATION, offsetof(struct page_sample_show, if_open),
	    NULL },
	{ "ANY_WEEKS", 9, PAGE_FILLED, offsetof(struct page_sample_show, weeks),
	    NULL },
	{ "WEEKS", 5, PAGE_LIST, offsetof(struct page_sample_show, weeks),
	    &page_sample_show_weeks_shape },
	{ "NO_WEEKS", 8, PAGE_EMPTY, offsetof(struct page_sample_show, weeks),
	    NULL },
	{ "PART_SAMPLE_BOX", 15, PAGE_INCLUDE, offsetof(struct page_sample_show, part_sample_box),
	    &page_part_sample_box_shape },
	{ "STORY_MARKDOWN", 14, PAGE_MARKDOWN, offsetof(struct page_sample_show, story_markdown),
	    NULL },
};

const struct page_shape page_sample_show_shape = {
	"sample/show.html", UINT64_C(10187923411650891862),
	sizeof(struct page_sample_show), page_sample_show_markers, 11
};

void
page_sample_show(struct bytes *out, const struct page_site *site,
    const struct page_sample_show *values)
{
	page_render(out, &page_sample_show_shape, site, values);
}

