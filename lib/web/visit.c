#include <string.h>

#include "ground/text.h"
#include "ground/token.h"
#include "web/device.h"
#include "web/error.h"
#include "web/link.h"
#include "web/session.h"
#include "web/visit.h"

/* Most pages are no longer than this, in bytes. */
enum { PAGE_USUAL = 30 * 1024 };

const char *
visit_param(const struct visit *visit, const char *name)
{
	size_t i;

	for (i = 0; i < visit->match->param_count; i++) {
		if (strcmp(visit->match->params[i].name, name) == 0) {
			return visit->match->params[i].value;
		}
	}
	return NULL;
}

const char *
visit_query(const struct visit *visit, const char *name)
{
	return request_fields_value(&visit->request->query, name);
}

bool
visit_has(const struct visit *visit, unsigned roles)
{
	return (visit->roles & roles) != 0;
}

/*
 * Who may keep the page: nobody when it is somebody's own, when it sets a
 * cookie, or when it is not a plain 200; else it may be kept if asked about
 * each time, since signing in changes it.
 */
static void
visit_cache(struct visit *visit)
{
	struct response *response = visit->response;

	if (response->cache == RESPONSE_OWN) {
		return;
	}
	response->cache = RESPONSE_PRIVATE;
	if (response->status == 200 && !visit->again && visit->person == NULL &&
	    !visit->shows_form && !response->secret_address &&
	    response_header_value(response, "Set-Cookie") == NULL) {
		response->cache = RESPONSE_REVALIDATE;
	}
}

struct bytes *
visit_html(struct visit *visit, int status)
{
	struct response *response = visit->response;

	if (visit->again && !visit->turned && status == 200) {
		status = visit->stale ? 403 : 422;
	}
	response->status = status;
	response->content_type = "text/html; charset=utf-8";
	bytes_clear(response->body);
	bytes_reserve(response->body, PAGE_USUAL);
	visit_cache(visit);
	return response->body;
}

void
visit_error(struct visit *visit, int status)
{
	error_page(visit_html(visit, status), &visit->frame, status, visit->request->id);
	visit->response->cache = RESPONSE_PRIVATE;
}

void
visit_not_found(struct visit *visit)
{
	visit_error(visit, 404);
}

void
visit_forbidden(struct visit *visit)
{
	visit_error(visit, 403);
}

void
visit_redirect(struct visit *visit, const char *link)
{
	const char *name = message_name(visit->notice);

	if (strncmp(name, "done_", 5) == 0) {
		link = link_with(visit->arena, link, "done", name + 5);
	}
	response_redirect(visit->response, link);
}

void
visit_notice(struct visit *visit, enum message done)
{
	visit->notice = done;
}

void
visit_again(struct visit *visit)
{
	visit->again = true;
}

void
visit_turn(struct visit *visit)
{
	visit->again = true;
	visit->turned = true;
	visit->values->unmarked = true;
}

struct form_values *
visit_values(struct visit *visit, const struct form *form)
{
	if (visit->values != NULL && visit->values->form == form) {
		return visit->values;
	}
	return form_new(visit->arena, form);
}

void
visit_shows_form(struct visit *visit)
{
	visit->shows_form = true;
	if (visit->program->sessionless || visit->frame.site_csrf != NULL) {
		return;
	}
	if (visit->form_token == NULL) {
		visit->form_token = token_random(visit->arena);
		session_form_set(visit->response, visit->form_token);
	}
	visit->frame.site_csrf = session_csrf(visit->arena, visit->form_token);
}

void
visit_sign_in(struct visit *visit, const char *token)
{
	(void)session_note_device(visit->db, token_hash(visit->arena, token),
	    device_words(visit->arena, visit->request->user_agent));
	session_set(visit->response, token);
	if (visit->form_token != NULL) {
		session_form_expire(visit->response);
	}
}

void
visit_sign_out(struct visit *visit)
{
	session_expire(visit->response);
	session_draft_set(visit->response, "", 0);
	if (visit->form_token != NULL) {
		session_form_expire(visit->response);
	}
}

const char *
visit_next(const struct visit *visit, const char *next, const char *otherwise)
{
	const char *path = request_own_path(visit->arena, visit->site, next);

	return path == NULL ? otherwise
			    : arena_format(visit->arena, "%s%s", visit->site->root, path);
}

void
visit_audit(struct visit *visit, enum audit_action action, int64_t subject_id, const char *detail)
{
	/* A failure stays on the database's handle, where the commit finds it. */
	(void)audit_note(visit->db,
	    &(struct audit_entry){ .action = action,
		.actor_id = visit->person == NULL ? 0 : visit->person->id,
		.cohort_id = visit->cohort == NULL ? 0 : visit->cohort->id,
		.subject_id = subject_id,
		.detail = detail },
	    visit->now);
}
