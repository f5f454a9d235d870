/*
 * Following every link: what a visitor reaches from any address there is.
 */
#ifndef TESTS_PROGRAM_ALL_CRAWL_H
#define TESTS_PROGRAM_ALL_CRAWL_H

#include "all_world.h"

/* Looks at the answer that the harness holds, of this address. */
typedef void crawl_look(struct harness *harness, const char *path, void *context);

/*
 * Opens, as whoever is signed in, the address of every GET route, then every
 * address of our own that an HTML answer links to, each once, and shows each
 * answer to `look`. The number of answers. An answer of 500 or more fails.
 */
size_t crawl(struct harness *harness, crawl_look *look, void *context);

/* Whether the last answer is HTML. */
bool crawl_is_html(const struct harness *harness);

#endif
