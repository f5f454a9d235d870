#include <string.h>

#include "ground/log.h"
#include "ground/token.h"
#include "model/calendar.h"
#include "model/feed.h"
#include "model/submission.h"
#include "model/tick.h"
#include "web/dispatch.h"
#include "web/error.h"
#include "web/frame.h"
#include "web/session.h"
#include "web/visit.h"
#include "web/visit_load.h"

enum {
	TOUCH_SECONDS = 3600, /* a last use older than this is written */
	TOUCH_MICROS = 20000, /* waiting for the lock no longer than this */
	PATIENCE_MICROS = 5000000, /* what db_open began with */
	RETRY_SECONDS = 5
};

/* What came of a POST's transaction. */
enum outcome {
	OUTCOME_DONE = 1, /* committed, or refused and answered */
	OUTCOME_AGAIN /* rolled back: the form is to be shown */
};

static bool
dispatch_has_fault(const struct dispatch *dispatch)
{
	return db_fault(dispatch->db) != DB_FAULT_NONE;
}

static int
fault_status(enum db_fault fault)
{
	switch (fault) {
	case DB_FAULT_BUSY:
	case DB_FAULT_FULL:
	case DB_FAULT_READ_ONLY:
	case DB_FAULT_CORRUPT:
	case DB_FAULT_IO:
	case DB_FAULT_SCHEMA:
		return 503;
	case DB_FAULT_NONE:
	case DB_FAULT_OTHER:
	default:
		return 500;
	}
}

/*
 * Answers a fault of the database: all that was written is dropped. The page
 * is made without the database, so its frame may lack the programme's name.
 */
static void
dispatch_fault(struct dispatch *dispatch, struct visit *visit)
{
	int status = fault_status(db_fault(dispatch->db));

	log_line(LOG_LEVEL_ERROR, "event=fault request=%s fault=%s", dispatch->request.id,
	    db_fault_text(dispatch->db));
	db_rollback(dispatch->db);
	response_reset(&dispatch->response);
	visit->again = false;
	visit->frame.if_site_notice = false;
	visit_error(visit, status);
	if (status == 503) {
		(void)response_header(&dispatch->response, "Retry-After",
		    arena_format(dispatch->arena, "%d", RETRY_SECONDS));
	}
}

/* An error page in the frame of whoever is here. */
static void
dispatch_error(struct dispatch *dispatch, struct visit *visit, int status, const char *allow)
{
	if (!db_begin_read(dispatch->db) || !visit_load_person(visit)) {
		if (dispatch_has_fault(dispatch)) {
			dispatch_fault(dispatch, visit);
		}
		db_rollback(dispatch->db);
		return;
	}
	frame_person(visit);
	visit_error(visit, status);
	if (allow != NULL) {
		(void)response_header(&dispatch->response, "Allow", allow);
	}
	db_rollback(dispatch->db);
}

static void
dispatch_get(struct dispatch *dispatch, struct visit *visit)
{
	const struct route *route = visit->match->route;

	if (route->late || visit_load(visit)) {
		route->handle(visit);
	}
	if (db_in_transaction(dispatch->db) && !dispatch_has_fault(dispatch)) {
		(void)db_commit(dispatch->db);
	}
	if (dispatch_has_fault(dispatch)) {
		dispatch_fault(dispatch, visit);
	}
}

/* Shows the form of a POST again, as it was sent, and why. */
static void
dispatch_again(struct dispatch *dispatch, struct visit *visit)
{
	db_rollback(dispatch->db);
	response_reset(&dispatch->response);
	visit->again = true;
	visit->notice = MESSAGE_NONE;
	if (db_begin_read(dispatch->db) && visit_load_scope(visit)) {
		if (visit->stale) {
			form_refuse_whole(visit->values, message(MESSAGE_WEB_FORM_STALE));
		}
		visit->match->route->again(visit);
	}
	if (db_in_transaction(dispatch->db) && !dispatch_has_fault(dispatch)) {
		(void)db_commit(dispatch->db);
	}
	if (dispatch_has_fault(dispatch)) {
		dispatch_fault(dispatch, visit);
	}
}

/*
 * Whether the token fits the visitor: the session's for whoever is signed in
 * (a neighbour host could plant a form cookie), else the form cookie's.
 */
static bool
token_is_valid(const struct visit *visit)
{
	const char *token = visit->person != NULL ? visit->session_token : visit->form_token;

	/* The secret in the address is all that is asked for (RFC 8058). */
	return visit->match->route->one_click ||
	    session_csrf_is_valid(visit->arena, token, &visit->request->body);
}

/*
 * What tells one sending from another: the form's key with all that was typed.
 * Whoever goes back, changes a word and sends again has sent something new.
 * NULL for a form without a key, and for a step, of which the last one counts.
 */
static const char *
sending_key(const struct visit *visit)
{
	const struct request_fields *fields = &visit->request->body;
	struct bytes *all;

	if (visit->values->key == NULL || form_step(visit->values) != NULL) {
		return NULL;
	}
	all = bytes_new(visit->arena);
	bytes_text(all, visit->values->key);
	for (size_t i = 0; i < fields->count; i++) {
		const char *name = fields->rows[i].name;

		/* Not what was typed: what the page knows of it. */
		if (strcmp(name, "_csrf") != 0 && strcmp(name, "_draft") != 0) {
			bytes_format(all, "%zu:%s%zu:%s", strlen(fields->rows[i].name),
			    fields->rows[i].name, strlen(fields->rows[i].value),
			    fields->rows[i].value);
		}
	}
	return token_hash(visit->arena, all->data);
}

/* A form that was sent before leads to where it led then. */
static bool
was_sent_before(struct visit *visit)
{
	const char *location, *key = sending_key(visit);

	if (key == NULL) {
		return false;
	}
	location = submission_find(visit->db, visit->arena, key);
	if (location == NULL) {
		return false;
	}
	response_redirect(visit->response, location);
	return true;
}

static void
keep_submission(struct visit *visit)
{
	const char *location = response_header_value(visit->response, "Location");
	const char *key = sending_key(visit);

	/* What a page told once it tells once: sent again, the form leads to
	 * the page that it stands on. */
	if (location == NULL && visit->response->status == 200 && visit->values != NULL &&
	    visit->values->form->tells) {
		location =
		    arena_format(visit->arena, "%s%s", visit->site->root, visit->request->path);
	}

	if (key != NULL && location != NULL) {
		(void)submission_keep(visit->db, key, location, visit->now);
	}
}

/*
 * The work of a POST, inside its write transaction. A stale token from our
 * own pages is no attack: the form comes back with everything in it.
 */
static enum outcome
post_handle(struct dispatch *dispatch, struct visit *visit, enum session_origin origin)
{
	const struct route *route = visit->match->route;

	if (!visit_load_person(visit)) {
		return OUTCOME_DONE;
	}
	if (!token_is_valid(visit)) {
		if (origin != SESSION_ORIGIN_OWN) {
			frame_person(visit);
			visit_forbidden(visit);
			return OUTCOME_DONE;
		}
		visit->stale = true;
		return OUTCOME_AGAIN;
	}
	if (route->scope != SCOPE_SITE && !tick(dispatch->db, dispatch->arena, dispatch->now)) {
		visit_error(visit, 500);
		return OUTCOME_DONE;
	}
	if (!visit_load_scope(visit) || was_sent_before(visit)) {
		return OUTCOME_DONE;
	}
	if (visit->values->turned) {
		visit_turn(visit);
		return OUTCOME_AGAIN;
	}
	if (!form_ok(visit->values) && form_step(visit->values) == NULL) {
		return OUTCOME_AGAIN;
	}
	route->handle(visit);
	if (visit->again) {
		return OUTCOME_AGAIN;
	}
	keep_submission(visit);
	if (!calendar_follow_due(visit->db, visit->arena, visit->now) ||
	    !feed_date_due(visit->db, visit->now)) {
		visit_error(visit, 500);
	}
	return OUTCOME_DONE;
}

static void
dispatch_post(struct dispatch *dispatch, struct visit *visit)
{
	const struct route *route = visit->match->route;
	enum session_origin origin = session_origin(dispatch->site, &dispatch->request);
	enum outcome outcome = OUTCOME_DONE;

	if (route->one_click) {
		visit->session_token = NULL;
	} else if (origin == SESSION_ORIGIN_FOREIGN) {
		dispatch_error(dispatch, visit, 403, NULL);
		return;
	}
	if (route->form != NULL) {
		visit->values = form_read(dispatch->arena, route->form, &dispatch->request.body);
	}
	if (db_begin_write(dispatch->db)) {
		outcome = post_handle(dispatch, visit, origin);
	}
	if (dispatch_has_fault(dispatch)) {
		dispatch_fault(dispatch, visit);
	} else if (outcome == OUTCOME_AGAIN) {
		dispatch_again(dispatch, visit);
	} else if (dispatch->response.status >= 400) {
		db_rollback(dispatch->db);
	} else if (!db_commit(dispatch->db)) {
		dispatch_fault(dispatch, visit);
	}
	dispatch->queued = db_take_queued(dispatch->db);
}

static void
dispatch_route(struct dispatch *dispatch, struct visit *visit, struct route_match *match)
{
	switch (route_find(dispatch->arena, dispatch->program, &dispatch->request, match)) {
	case ROUTE_FOUND:
		dispatch->pattern = match->route->pattern;
		dispatch->response.secret_address = match->route->secret;
		if (match->route->method == METHOD_POST) {
			dispatch_post(dispatch, visit);
		} else {
			dispatch_get(dispatch, visit);
		}
		break;
	case ROUTE_METHOD:
		dispatch_error(dispatch, visit, 405, match->allow);
		break;
	case ROUTE_UNKNOWN:
	default:
		dispatch_error(dispatch, visit, 404, NULL);
		break;
	}
}

/*
 * A mail program's button may come as multipart/form-data (RFC 8058, section
 * 3.1), of which nothing is read.
 */
static bool
is_one_click(struct dispatch *dispatch, struct route_match *match)
{
	return route_find(dispatch->arena, dispatch->program, &dispatch->request, match) ==
	    ROUTE_FOUND &&
	    match->route->one_click;
}

static void
dispatch_start(struct dispatch *dispatch, struct visit *visit, struct route_match *match)
{
	memset(visit, 0, sizeof(*visit));
	memset(match, 0, sizeof(*match));
	visit->arena = dispatch->arena;
	visit->db = dispatch->db;
	visit->now = dispatch->now;
	visit->site = dispatch->site;
	visit->request = &dispatch->request;
	visit->response = &dispatch->response;
	visit->program = dispatch->program;
	visit->match = match;
	visit->zone = "UTC";
	visit->roles = ROLE_ANYONE;
	frame_site(&visit->frame, dispatch->site, NULL);
	dispatch->pattern = "-";
	dispatch->touch_session = 0;
	dispatch->queued = false;
	response_start(&dispatch->response, dispatch->arena, dispatch->site);
}

void
dispatch_request(struct dispatch *dispatch, const struct request_source *source)
{
	struct route_match *match = arena_alloc(dispatch->arena, sizeof(*match));
	struct visit *visit = arena_alloc(dispatch->arena, sizeof(*visit));
	int status;

	dispatch_start(dispatch, visit, match);
	status = request_read(dispatch->arena, dispatch->site, source, &dispatch->request);
	if (!dispatch->program->sessionless) {
		visit->session_token = session_token(dispatch->site, &dispatch->request);
		visit->form_token = session_form_token(dispatch->site, &dispatch->request);
	}
	if (dispatch->request.method == METHOD_OTHER) {
		dispatch_error(dispatch, visit, 405, "GET, HEAD, POST");
	} else if (status != 0 && (status != 415 || !is_one_click(dispatch, match))) {
		dispatch_error(dispatch, visit, status, NULL);
	} else {
		dispatch_route(dispatch, visit, match);
	}
	if (visit->session != NULL && visit->session->last_used_at < visit->now - TOUCH_SECONDS) {
		dispatch->touch_session = visit->session->id;
	}
}

void
dispatch_after(struct dispatch *dispatch)
{
	if (dispatch->touch_session == 0) {
		return;
	}
	/* The next visitor waits for this worker: try, do not insist. */
	db_patience(dispatch->db, TOUCH_MICROS);
	if (db_begin_write(dispatch->db)) {
		session_touch(dispatch->db, dispatch->touch_session, dispatch->now);
		(void)db_commit(dispatch->db);
	}
	db_rollback(dispatch->db);
	db_patience(dispatch->db, PATIENCE_MICROS);
	dispatch->touch_session = 0;
}
