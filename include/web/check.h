/*
 * Conditional requests (RFC 9110, section 13): does the visitor's copy still
 * hold? Pure functions; feed rules 34 to 37.
 */
#ifndef WEB_CHECK_H
#define WEB_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/request.h"

/*
 * Whether a list of entity tags (the value of If-None-Match) names `tag`, by
 * weak comparison (section 8.8.3.2: W/ is ignored). `tag` is a whole tag with
 * its quotes. "*" names any tag. A tag may hold commas; empty list members
 * are skipped (section 5.6.1). A list that is not well formed names what
 * stands before its first mistake.
 */
bool check_tag_is_named(const char *list, const char *tag);

/*
 * True when the answer is 304: for GET and HEAD, If-None-Match names one of
 * `tags`; or, only if there is no If-None-Match, If-Modified-Since is a valid
 * date in one of the three forms of section 5.6.7 and `modified` (UTC
 * seconds) is not later. A negative `modified` stands for "not known".
 *
 * `now` places the two-digit years of RFC 850 dates.
 *
 * Give the tags of all codings of the current version, so that every tag that
 * was handed out earns its 304 (feed rule 38).
 */
bool check_is_unchanged(const struct request *request, const char *const *tags, size_t count,
    int64_t modified, int64_t now);

#endif
