/*
 * gzip for answers that are rendered once and sent often (feed rule 38).
 */
#ifndef WEB_GZIP_H
#define WEB_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/arena.h"
#include "ground/bytes.h"

/*
 * Compresses `length` bytes into one gzip member (RFC 1952) without name or
 * time, so that the same bytes in give the same bytes out on every machine
 * with the same zlib. Returns NULL when zlib fails.
 */
struct bytes *gzip_bytes(struct arena *arena, const void *data, size_t length);

/*
 * Whether an Accept-Encoding header (NULL: none) allows gzip: named, or its
 * old name x-gzip, or by "*", and not with a weight of 0 (RFC 9110, section
 * 12.5.3). gzip's own weight wins over that of "*".
 */
bool gzip_is_accepted(const char *accept_encoding);

#endif
