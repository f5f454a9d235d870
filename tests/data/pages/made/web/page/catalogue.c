/* Made by lib/web/build/pages from www/pages. */
#include "site.h"
#include "part.h"
#include "sample.h"

static const struct page_marker page_site_links_markers[] = {
	{ "TARGET", 6, PAGE_TEXT, offsetof(struct page_site_links, target),
	    NULL },
};

static const struct page_shape page_site_links_shape = {
	NULL, 0,
	sizeof(struct page_site_links), page_site_links_markers, 1
};

static const struct page_marker page_site_markers[] = {
	{ "SITE_ROOT", 9, PAGE_TEXT, offsetof(struct page_site, site_root),
	    NULL },
	{ "IF_SITE_PERSON", 14, PAGE_CONDITION, offsetof(struct page_site, if_site_person),
	    NULL },
	{ "SITE_PERSON", 11, PAGE_TEXT, offsetof(struct page_site, site_person),
	    NULL },
	{ "SITE_LINKS", 10, PAGE_LIST, offsetof(struct page_site, site_links),
	    &page_site_links_shape },
	{ "SITE_PROGRAMME", 14, PAGE_TEXT, offsetof(struct page_site, site_programme),
	    NULL },
};

static const struct page_shape page_site_shape = {
	NULL, 0,
	sizeof(struct page_site), page_site_markers, 5
};

static const struct page_shape *const shapes[] = {
	&page_part_sample_box_shape,
	&page_part_sample_head_shape,
	&page_sample_bare_shape,
	&page_sample_show_shape,
};

const struct page_catalogue page_templates = {
	&page_site_shape, shapes, 4
};
