/*
 * From a request to its answer: the one road all requests take.
 *
 * The worker calls it for a request that came by FastCGI, the program tests
 * for one they built. It never fails: what goes wrong becomes an error page.
 *
 * GET	read transaction → programme, session → the route's object and the
 *	visitor's roles in it → handler → commit.
 * POST	cross-site check (safety rule 27) → form read and checked → write
 *	transaction (BEGIN IMMEDIATE) → session and roles → a form whose
 *	questions are in the database read and checked → submit key →
 *	handler → commit. A form with mistakes, a stale token from our own
 *	origin, and a handler that called visit_again roll back, and the
 *	route's `again` shows the form in a read transaction.
 *
 * A fault of the database becomes 503 with Retry-After (busy, full, read-only,
 * corrupt, another schema version, or an I/O error) or 500.
 */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "ground/arena.h"
#include "db/db.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"
#include "web/site.h"

struct dispatch {
	struct arena *arena; /* of this request */
	struct db *db;
	const struct site *site;
	const struct program *program;
	int64_t now; /* UTC seconds; used throughout */

	/* Filled by dispatch_request: */
	struct request request;
	struct response response;
	const char *pattern; /* of the route, for the log, or "-" */
	int64_t touch_session; /* session to touch after sending, or 0 */
	bool queued; /* mail was queued: wake the courier */
};

/* Answers a request; `dispatch->response` is whole afterwards. */
void dispatch_request(struct dispatch *dispatch, const struct request_source *source);

/*
 * Work for after the answer was sent: a session's last use is written, at most
 * hourly and best effort. The one exception to "GET writes nothing".
 */
void dispatch_after(struct dispatch *dispatch);

#endif
