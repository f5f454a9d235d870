/*
 * One request, taken apart and judged before anything acts on it.
 *
 * A request is built from CGI variables (RFC 3875) and a body, by the worker
 * from FastCGI and by the program tests from plain arrays, through the same
 * function. Everything is decoded exactly once. All strings live in the arena
 * of the request.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/arena.h"
#include "web/site.h"

/* The methods that exist here. HEAD is a GET whose body is not sent. */
enum method {
	METHOD_OTHER = 0, /* any other: 405 (safety rule 10) */
	METHOD_GET = 1,
	METHOD_POST = 2
};

/* Limits. nginx has its own, lower ones; these hold without it, too. */
enum {
	REQUEST_BODY_MAX = 512 * 1024, /* bytes of a body; more is 413 */
	REQUEST_FIELDS_MAX = 999, /* fields of a body; more is 400 */
	REQUEST_PATH_MAX = 2048, /* bytes of path and query; 400 */
	REQUEST_SEGMENTS_MAX = 16, /* segments of a path; more is 404 */
	REQUEST_AGENT_MAX = 1024 /* letters of a browser's name for itself */
};

/* One `name=value`. */
struct request_field {
	const char *name;
	const char *value; /* "" when it was not valid */
	bool valid; /* well-formed escapes, UTF-8 and no NUL */
};

struct request_fields {
	const struct request_field *rows;
	size_t count;
};

struct request {
	enum method method;
	bool head; /* HEAD: method is METHOD_GET */
	const char *method_name; /* as sent, for the log */
	/* own path below the root, as sent, with its query; begins with '/' */
	const char *path;
	/* of the path, decoded: "/a/" is { "a", "" } and "/" is { "" } */
	const char *const *segments;
	size_t segment_count;
	struct request_fields query;
	struct request_fields body; /* none for GET */
	struct request_fields cookies; /* undecoded values */
	const char *origin; /* NULL: header not sent */
	const char *sec_fetch_site;
	const char *if_none_match;
	const char *if_modified_since;
	const char *accept_encoding;
	/*
	 * What the browser says it is; NULL when it says nothing, or not in
	 * 1 to REQUEST_AGENT_MAX printable ASCII characters. Only device.h
	 * looks at it, when a session begins; it is never logged.
	 */
	const char *user_agent;
	/* "203.0.113.0/24", "2001:db8::/56" or "unknown": never a whole address */
	const char *network;
	const char *id; /* for log and error pages; [0-9a-z]+ */
};

/*
 * Reads up to `length` bytes of the body into `buffer` and returns how many
 * there were. `whole` becomes false when the stream reported an error, even
 * if the length is right (safety rule 2: after SIGTERM libfcgi hands out a
 * shortened body as though it were complete).
 */
typedef size_t request_body_fn(void *stream, char *buffer, size_t length, bool *whole);

struct request_source {
	/* "NAME=value", ended by NULL; duplicates are kept as they came. */
	const char *const *variables;
	request_body_fn *body;
	void *stream;
};

/*
 * Reads a request. Returns 0, or the status it must be answered with:
 *
 *	400	no path, or one that has a bad escape, invalid UTF-8, NUL,
 *		control characters, a slash or backslash that was escaped, or a
 *		"." or ".." segment (safety rule 8);
 *		more than one Cookie header (7); a content length that is not a
 *		plain decimal number or was sent twice (3); a body shorter than
 *		its length or whose stream failed (2); too many fields (6)
 *	404	a path that is not below the root, or has more than
 *		REQUEST_SEGMENTS_MAX segments
 *	413	a body longer than REQUEST_BODY_MAX
 *	415	a POST whose body is not application/x-www-form-urlencoded, with
 *		at most a charset of UTF-8 (safety rule 13)
 *
 * `request` can be used for an error page in all cases: its method, head, id
 * and network are filled first.
 *
 * Variables read: REQUEST_METHOD, REQUEST_URI, CONTENT_TYPE, CONTENT_LENGTH,
 * REMOTE_ADDR, REQUEST_ID, HTTP_COOKIE, HTTP_ORIGIN, HTTP_SEC_FETCH_SITE,
 * HTTP_IF_NONE_MATCH, HTTP_IF_MODIFIED_SINCE, HTTP_ACCEPT_ENCODING,
 * HTTP_USER_AGENT; no other, so that Host, Proxy, Remote-User and
 * X-Forwarded-* cannot matter (safety rules 11 and 12). What is answered
 * never depends on the User-Agent (feed rule 41). Of a variable sent twice the
 * first counts, the two named above excepted.
 */
int request_read(struct arena *arena, const struct site *site, const struct request_source *source,
    struct request *request);

/*
 * Splits and decodes an application/x-www-form-urlencoded text (WHATWG URL,
 * section 5.1), '+' being a space. A field whose name is not valid is left
 * out; one whose value is not, or has a '%' without two hex digits, is kept
 * as invalid so that its form can say so (safety rule 4). Returns false when
 * there are more than REQUEST_FIELDS_MAX.
 */
bool request_fields_read(
    struct arena *arena, const char *data, size_t length, struct request_fields *fields);

/* How often a field of this name is there. */
size_t request_fields_count(const struct request_fields *fields, const char *name);

/*
 * The value of the field of this name if it is there exactly once and valid;
 * NULL otherwise, for no one of two values is to be trusted.
 */
const char *request_fields_value(const struct request_fields *fields, const char *name);

/* The value of a hex digit, 0 to 15, or -1. */
int request_hex(char digit);

/*
 * Takes the first `length` bytes of a path apart, decoding each segment once.
 * Returns 0, or 400 or 404 as request_read says.
 */
int request_path_segments(struct arena *arena, const char *path, size_t length,
    const char *const **segments, size_t *count);

/* What of a path is below the site's root, beginning with '/', or NULL. */
const char *request_path_below(const struct site *site, const char *path);

/*
 * Escapes one path segment or query value for use in a link: all but the
 * unreserved characters of RFC 3986 section 2.3.
 */
const char *request_escape(struct arena *arena, const char *text);

/*
 * Judges a `next=` address (safety rule 25): a path of our own, below the
 * root, beginning with one '/' that is not followed by '/' or '\', escaped or
 * not, without backslash, control character, CR, LF, or "..": then the path
 * below the root is returned, else NULL. The text given is as it came out of
 * the query, decoded once.
 */
const char *request_own_path(struct arena *arena, const struct site *site, const char *text);

#endif
