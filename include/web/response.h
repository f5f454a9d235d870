/*
 * One answer, buffered whole and sent once.
 *
 * A handler that fails half-way leaves nothing behind: response_reset drops
 * all that was written, so that a fault is a clean 500 page and never a
 * cut-off 200.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "web/site.h"

/* Who may keep a copy of the answer. */
enum response_cache {
	RESPONSE_PRIVATE = 1, /* no-store: the default, anything personal */
	/* no-cache, varying by cookie: pages that a stranger may see */
	RESPONSE_REVALIDATE,
	RESPONSE_OWN /* the handler sets Cache-Control and Vary */
};

struct response_header {
	const char *name;
	const char *value;
	struct response_header *next;
};

struct response {
	struct arena *arena;
	const struct site *site;
	int status;
	const char *content_type; /* NULL: there is no body */
	struct bytes *body;
	struct response_header *headers;
	struct response_header **last_header;
	enum response_cache cache;
	/* the address is a secret: Referer is never sent from this page */
	bool secret_address;
	bool open_to_all; /* other sites may embed it (feeds) */
};

/* An empty 200 with an empty body, private. */
void response_start(struct response *response, struct arena *arena, const struct site *site);

/* Drops headers and body and begins again; a secret address stays one. */
void response_reset(struct response *response);

/*
 * Adds a header. Returns false, adding nothing, when the name is not a token
 * (RFC 9110 section 5.6.2) or the value holds CR, LF, NUL or another control
 * character than TAB (safety rule 9). Names that response_head writes itself
 * (Status, Content-Type, Content-Length and the security set) are refused,
 * too.
 */
bool response_header(struct response *response, const char *name, const char *value);

/*
 * Drops the body and answers 303 See Other (or `status`, if it is 301, 302,
 * 307 or 308 already) to a location, which is a path of our own beginning
 * with the site's root or an absolute URL of our own origin. Any other
 * location is a fault of the program: it is logged and becomes a 500.
 */
void response_redirect(struct response *response, const char *location);

/* Drops the body and answers `status` with none (304, 204). */
void response_empty(struct response *response, int status);

/*
 * The head, as CGI wants it (RFC 3875 section 6): Status, Content-Type,
 * Content-Length, the handler's own headers, cache rules, then the security
 * headers on every answer (safety rule 40): Content-Security-Policy,
 * X-Content-Type-Options, Referrer-Policy, Cross-Origin-Opener-Policy,
 * Cross-Origin-Resource-Policy, Permissions-Policy and, under https,
 * Strict-Transport-Security; ended by an empty line.
 */
struct bytes *response_head(const struct response *response);

/* The value of the first header of this name, or NULL. For tests. */
const char *response_header_value(const struct response *response, const char *name);

/* The reason phrase of a status we send ("Not Found"), for Status: lines. */
const char *response_reason(int status);

#endif
