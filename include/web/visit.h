/*
 * One visit: everything a handler may need, and the ways to end it.
 *
 * The framework fills a visit before the handler runs: the visitor, the
 * object that the address names, the visitor's roles in it, and for a POST
 * the checked form. A handler reads the form, calls one function of the
 * model, and ends in visit_html, visit_redirect, visit_not_found or
 * visit_again. All of it lives in visit->arena and ends with the request.
 *
 * Whether a visitor is let in is decided in one place, visit_load.c: a stranger
 * at a row that is not for ROLE_ANYONE is sent to sign in before anything is
 * looked up; whoever has no role that the row names gets the same 404 as for
 * what does not exist (safety rule 30).
 */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "model/application.h"
#include "model/audit.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/person.h"
#include "model/programme.h"
#include "model/rights.h"
#include "model/session.h"
#include "web/form.h"
#include "web/message.h"
#include "web/page/site.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"
#include "web/site.h"

struct visit {
	struct arena *arena;
	struct db *db;
	int64_t now; /* UTC seconds; the only "now" */
	const struct site *site;
	const struct request *request;
	struct response *response;
	const struct programme *programme;
	const struct session *session; /* NULL for a stranger */
	const struct person *person; /* NULL for a stranger */
	/* in this row's scope; ROLE_ANYONE for all, ROLE_PERSON when signed in */
	unsigned roles;
	const struct cohort *cohort; /* by the row's scope, else NULL */
	const struct group *group;
	const struct application *application;
	struct form_values *values; /* of the row's form, else NULL */
	struct page_site frame; /* for the page functions */
	/* the reader's IANA zone; "UTC" for a stranger: always name it */
	const char *zone;

	/* The framework's own; handlers leave these alone. */
	const struct route_match *match;
	const struct program *program;
	const char *session_token; /* from the cookie; NULL */
	const char *form_token; /* signed-out form cookie; NULL */
	enum message notice; /* carried by the next redirect */
	bool again; /* visit_again was called */
	bool loaded; /* visit_load has run */
	bool stale; /* form shown again for its token */
	bool turned; /* visit_turn was called */
	bool shows_form; /* to a stranger: not to be stored */
	struct level_table *levels; /* read once: see level.h */
};

/* The value captured by the row's pattern under this name, or NULL. */
const char *visit_param(const struct visit *visit, const char *name);

/* A query field: NULL when missing, sent twice, or not valid UTF-8. */
const char *visit_query(const struct visit *visit, const char *name);

/* Does the visitor have one of these roles in this scope? */
bool visit_has(const struct visit *visit, unsigned roles);

/*
 * Begins an HTML answer and returns the buffer for a page function:
 *
 *	page_cohort_show(visit_html(visit, 200), &visit->frame, &page);
 *
 * The argument order is safe: the frame is complete before. In an `again`
 * handler 200 becomes the status of the refusal (422, or 403 for a stale
 * token), so that GET and again can be one function.
 */
struct bytes *visit_html(struct visit *visit, int status);

/*
 * 303 to a link made by link.h, with the notice, if one was set. After a POST
 * this is what commits (post/redirect/get).
 */
void visit_redirect(struct visit *visit, const char *link);

/* 404, the same page as for an address that does not exist. */
void visit_not_found(struct visit *visit);

/*
 * 403, the house's page: for a request that nobody meant to send. Whatever a
 * person may have meant is answered on a page that explains.
 */
void visit_forbidden(struct visit *visit);

/* Another error page of the house, by status (see error.h). */
void visit_error(struct visit *visit, int status);

/*
 * Inside a POST handler: the model refused. Say why first with form_refuse
 * (at a field) or form_refuse_whole; the transaction is rolled back and the
 * row's `again` shows the form in a fresh read transaction, status 422. The
 * handler returns right after the call.
 */
void visit_again(struct visit *visit);

/*
 * Like visit_again, where nothing is refused: a button of the form asked for
 * another way of showing it. Status 200, and no field is marked.
 */
void visit_turn(struct visit *visit);

/*
 * A word to say on the page the next redirect leads to, once. The message's
 * name begins with "done_"; the address carries "?done=<rest of the name>",
 * and only such messages are shown from there, as frame.site_notice.
 */
void visit_notice(struct visit *visit, enum message done);

/*
 * Notes in the audit log that the visitor did this, in the visit's cohort if
 * it has one; subject_id is the person concerned, or 0, detail NULL or a word
 * of the programme's own (see model/audit.h). In a POST's transaction.
 */
void
visit_audit(struct visit *visit, enum audit_action action, int64_t subject_id, const char *detail);

/*
 * The values for one of several forms on a page: the visit's own if it is the
 * form that was sent, with its mistakes, else fresh, blank ones.
 */
struct form_values *visit_values(struct visit *visit, const struct form *form);

/*
 * Says that this page holds a form though its row names none: a stranger then
 * gets the cookie that the token needs. Call it before visit_html.
 */
void visit_shows_form(struct visit *visit);

/*
 * Late rows only: begins the read transaction and does what happens before
 * any other handler. Returns false when the answer is already made (404,
 * sign-in, fault): the handler returns at once.
 */
bool visit_load(struct visit *visit);

/*
 * After the model made a session, in the same transaction: notes the device on
 * which it begins, sets the cookie of its fresh token, and kills the signed-out
 * form cookie (safety rule 20). visit_sign_out expires both, and that of unsent
 * applications: whoever comes next finds nothing of theirs.
 * The row of the old session is the model's to delete.
 */
void visit_sign_in(struct visit *visit, const char *token);

void visit_sign_out(struct visit *visit);

/*
 * The address to go to after sign-in: `next` of the query or of the form if
 * it is a path of our own (safety rule 25), as a link, else `otherwise`.
 */
const char *visit_next(const struct visit *visit, const char *next, const char *otherwise);

#endif
