/*
 * Error pages in the look of the house (www/pages/error/<status>.html).
 *
 * They name a request id and nothing of the inside: no SQL, path, version
 * (safety rule 38). nginx's own 413, 429, 502 and 504 pages are these same
 * templates, rendered to files when the programs are built.
 */
#ifndef WEB_ERROR_H
#define WEB_ERROR_H

#include <stdbool.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/page/site.h"
#include "web/site.h"

/*
 * Writes the page of a status: 400, 403, 404, 405, 413, 415, 429, 500, 502,
 * 503 or 504; any other status gets the page of 500. `request_id` may be NULL
 * where there is none, as in nginx's static copies.
 */
void
error_page(struct bytes *out, const struct page_site *frame, int status, const char *request_id);

#endif
