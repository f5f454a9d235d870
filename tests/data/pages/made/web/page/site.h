/* Made by lib/web/build/pages from www/pages. */
#ifndef GROUNDCREW_WEB_PAGE_SITE_H
#define GROUNDCREW_WEB_PAGE_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "web/markdown.h"
#include "web/page.h"

/* What every template may use: SITE_ markers. */
struct page_site_links {
	const char *target;
};

struct page_site_links_list {
	const struct page_site_links *rows;
	size_t count;
};

struct page_site {
	const char *site_root;
	bool if_site_person;
	const char *site_person;
	struct page_site_links_list site_links;
	const char *site_programme;
};

#endif
