/*
 * A program's routes: a table of rows, each stating its preconditions.
 *
 *	{ METHOD_GET, "/cohort/:cohort/group/:group", SCOPE_GROUP,
 *	  ROLE_ANYONE, group_show, .form = NULL, .again = NULL },
 *
 * Patterns are compared segment by segment with the path below the site's
 * root. ":name" captures one segment that is not empty; ":name.atom" captures
 * what stands before the suffix. Of several patterns that fit, the one with
 * the leftmost literal segment wins, a suffix before a bare capture. A final
 * slash is part of a pattern. GET rows answer HEAD.
 *
 * Captures that a scope needs: SCOPE_COHORT ":cohort"; SCOPE_GROUP ":cohort"
 * and ":group"; SCOPE_APPLICATION ":application".
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/arena.h"
#include "web/request.h"

struct visit;
struct form;

/* Writes the answer into visit->response. */
typedef void handler_fn(struct visit *visit);

/* What a row's address names; counted from 1 so that none is forgotten. */
enum scope {
	SCOPE_SITE = 1, /* the installation */
	SCOPE_COHORT, /* visit->cohort */
	SCOPE_GROUP, /* visit->cohort and visit->group */
	SCOPE_APPLICATION /* visit->cohort and visit->application */
};

struct route {
	enum method method;
	const char *pattern;
	enum scope scope;
	unsigned roles; /* any of these may: enum role bits */
	handler_fn *handle;
	/*
	 * POST: the form that is read; required, and so is `again`.
	 * GET: the form the page shows, if any: visit->values is then ready
	 * and blank, and a stranger gets the cookie that its token needs.
	 */
	const struct form *form;
	/* POST: shows the form again, with what was typed and what is wrong. */
	handler_fn *again;
	/*
	 * The page's address is a secret (a token): no Referer leaves it.
	 */
	bool secret;
	/*
	 * POST of a secret address only: whoever knows the address may send
	 * it, from anywhere. RFC 8058: a mail program presses the button for
	 * its reader, with no cookie, no token and no origin, and a body that
	 * may be multipart/form-data. So neither Origin, Sec-Fetch-Site nor a
	 * token are asked for, the body is not read, and the visitor is a
	 * stranger whatever cookies came along: a page elsewhere that sends it
	 * in somebody's browser borrows none of their rights, and without the
	 * secret it does nothing. Only for what its owner may always wish:
	 * fewer mails. The form has no fields.
	 */
	bool one_click;
	/*
	 * GET only: the handler runs before any query. It may answer from
	 * memory, or call visit_load and go on as any other. Feeds use it.
	 */
	bool late;
	/*
	 * In place of `form`, for one whose questions are in the database:
	 * makes it, in the visit's arena, once the scope is loaded and the
	 * visitor let in. Of a POST it is read and checked then, inside the
	 * transaction, so it is to cost few statements. NULL: there is no such
	 * page (404), unless the database has a fault.
	 */
	const struct form *(*form_of)(struct visit *visit);
};

struct program {
	const char *name; /* "apply": for log and templates */
	const struct route *routes;
	size_t count;
	/*
	 * Never reads or sets a cookie: everybody is a stranger, and answers
	 * are the same for all (feed rules 39 and 41).
	 */
	bool sessionless;
};

enum { ROUTE_PARAMS_MAX = 6 };

struct route_param {
	const char *name; /* without the colon */
	const char *value; /* decoded, valid UTF-8, not empty */
};

struct route_match {
	const struct route *route; /* NULL unless ROUTE_FOUND */
	struct route_param params[ROUTE_PARAMS_MAX];
	size_t param_count;
	const char *allow; /* value for Allow: "GET, HEAD, POST" */
};

enum route_outcome {
	ROUTE_FOUND = 1,
	ROUTE_METHOD, /* 405: the path exists for other methods */
	ROUTE_UNKNOWN /* 404 */
};

/* Finds the row for a request. `match` is filled in all cases. */
enum route_outcome route_find(struct arena *arena, const struct program *program,
    const struct request *request, struct route_match *match);

/*
 * The first thing wrong with a program's table, as a line for the log, or
 * NULL: a row without method, scope, roles or handler, a POST without form
 * or again, a GET with again, a late POST, a one-click row that is no POST of
 * a secret address without fields, a pattern without its scope's
 * captures or with too many, a row with two forms, a row that stands there twice. A program refuses
 * to start on it, and each program has a test that asks.
 */
const char *route_problem(struct arena *arena, const struct program *program);

#endif
