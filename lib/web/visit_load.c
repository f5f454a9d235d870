/*
 * What happens before a handler: who is it, what does the address name, may
 * they. The one place that decides between a page, a 404 and the way to sign
 * in.
 */
#include <string.h>

#include "ground/log.h"
#include "ground/token.h"
#include "model/scope.h"
#include "web/frame.h"
#include "web/kept.h"
#include "web/link.h"
#include "web/session.h"
#include "web/visit.h"
#include "web/visit_load.h"

static bool
load_programme(struct visit *visit)
{
	struct programme *programme = arena_alloc(visit->arena, sizeof(*programme));

	if (!programme_read(visit->db, visit->arena, programme)) {
		if (db_fault(visit->db) == DB_FAULT_NONE) {
			log_line(LOG_LEVEL_ERROR, "event=no_programme");
			visit_error(visit, 503);
		}
		return false;
	}
	visit->programme = programme;
	frame_site(&visit->frame, visit->site, programme);
	return true;
}

/* A cookie without its session, or whose person is gone, is a stranger's. */
static void
load_person(struct visit *visit)
{
	struct session *session;
	struct person *person;

	visit->zone = "UTC";
	if (visit->session_token == NULL) {
		return;
	}
	session = arena_alloc(visit->arena, sizeof(*session));
	person = arena_alloc(visit->arena, sizeof(*person));
	if (session_find(visit->db, visit->arena, token_hash(visit->arena, visit->session_token),
		visit->now, session) &&
	    person_find(visit->db, visit->arena, session->person_id, person)) {
		visit->session = session;
		visit->person = person;
		visit->zone = person->zone;
	}
}

static bool
load_cohort(struct visit *visit)
{
	struct cohort *cohort = arena_alloc(visit->arena, sizeof(*cohort));
	const char *slug = visit_param(visit, "cohort");

	if (slug != NULL && !cohort_find(visit->db, visit->arena, slug, cohort)) {
		return false;
	}
	if (slug == NULL &&
	    !scope_cohort(visit->db, visit->arena, visit->application->cohort_id, cohort)) {
		return false;
	}
	visit->cohort = cohort;
	return true;
}

static bool
load_group(struct visit *visit)
{
	struct group *group = arena_alloc(visit->arena, sizeof(*group));

	if (!load_cohort(visit) ||
	    !group_find(
		visit->db, visit->arena, visit->cohort->id, visit_param(visit, "group"), group)) {
		return false;
	}
	visit->group = group;
	return true;
}

static bool
load_application(struct visit *visit)
{
	struct application *application = arena_alloc(visit->arena, sizeof(*application));

	if (!application_find(
		visit->db, visit->arena, visit_param(visit, "application"), application)) {
		return false;
	}
	visit->application = application;
	return load_cohort(visit) && visit->cohort->id == application->cohort_id;
}

/* Whether what the address names exists, as far as addresses go. */
static bool
load_scope(struct visit *visit)
{
	switch (visit->match->route->scope) {
	case SCOPE_COHORT:
		return load_cohort(visit);
	case SCOPE_GROUP:
		return load_group(visit);
	case SCOPE_APPLICATION:
		return load_application(visit);
	case SCOPE_SITE:
	default:
		return true;
	}
}

/* A draft cohort is there for those who make it only. */
static bool
scope_is_shown(const struct visit *visit)
{
	return visit->cohort == NULL || cohort_state(visit->cohort, visit->now) != COHORT_DRAFT ||
	    visit_has(visit, ROLE_ORGANISER | ROLE_ADMINISTRATOR);
}

/*
 * To the sign-in page, and from there back to a page that can be shown; with
 * words that were typed, to a page that keeps them meanwhile.
 */
static void
send_to_sign_in(struct visit *visit)
{
	const struct route *route = visit->match->route;
	const char *next = NULL;
	size_t i;

	if (kept_show(visit)) {
		return;
	}
	for (i = 0; i < visit->program->count; i++) {
		if (visit->program->routes[i].method == METHOD_GET &&
		    strcmp(visit->program->routes[i].pattern, route->pattern) == 0) {
			next = visit->request->path;
		}
	}
	visit->notice = MESSAGE_NONE;
	visit_redirect(visit, link_sign_in_next(visit->arena, visit->site, next));
}

/*
 * A stranger at somebody's door learns nothing, not even whether there is a
 * room behind it; whoever came by the link of one application has that alone.
 */
static bool
load_access(struct visit *visit)
{
	const struct route *route = visit->match->route;
	bool only, found;

	if (visit->person == NULL && (route->roles & ROLE_ANYONE) == 0) {
		send_to_sign_in(visit);
		return false;
	}
	found = load_scope(visit);
	if (db_fault(visit->db) != DB_FAULT_NONE) {
		return false;
	}
	only = visit->session != NULL && visit->session->application_id != DB_NULL;
	if (found) {
		visit->roles = rights_of(visit->db, visit->arena, visit->person,
		    visit->session == NULL ? DB_NULL : visit->session->application_id,
		    visit->cohort, visit->group, visit->application, visit->now);
		found = scope_is_shown(visit);
	}
	if (found && visit_has(visit, route->roles)) {
		return true;
	}
	visit->cohort = NULL;
	visit->group = NULL;
	visit->application = NULL;
	visit->roles = ROLE_ANYONE;
	if (only && (route->roles & ROLE_ANYONE) == 0) {
		send_to_sign_in(visit);
	} else {
		frame_person(visit);
		visit_not_found(visit);
	}
	return false;
}

bool
visit_load_person(struct visit *visit)
{
	memset(&visit->frame, 0, sizeof(visit->frame));
	frame_site(&visit->frame, visit->site, NULL);
	visit->programme = NULL;
	visit->session = NULL;
	visit->person = NULL;
	visit->cohort = NULL;
	visit->group = NULL;
	visit->application = NULL;
	visit->roles = ROLE_ANYONE;
	if (!load_programme(visit)) {
		return false;
	}
	load_person(visit);
	return db_fault(visit->db) == DB_FAULT_NONE;
}

/* The row's form, unless it is there: blank, or as it was sent. */
static bool
load_form(struct visit *visit)
{
	const struct route *route = visit->match->route;
	const struct form *form = route->form;

	if (visit->values != NULL || (form == NULL && route->form_of == NULL)) {
		return true;
	}
	if (route->form_of != NULL) {
		form = route->form_of(visit);
	}
	if (form == NULL) {
		if (db_fault(visit->db) == DB_FAULT_NONE) {
			visit_not_found(visit);
		}
		return false;
	}
	visit->values = route->method == METHOD_POST
	    ? form_read(visit->arena, form, &visit->request->body)
	    : form_new(visit->arena, form);
	return true;
}

bool
visit_load_scope(struct visit *visit)
{
	const struct route *route = visit->match->route;

	if (!visit_load_person(visit) || !load_access(visit)) {
		return false;
	}
	visit->response->secret_address = route->secret;
	frame_person(visit);
	frame_place(visit);
	if (!load_form(visit)) {
		return false;
	}
	if (visit->values != NULL && visit->person == NULL) {
		visit_shows_form(visit);
	}
	return true;
}

bool
visit_load(struct visit *visit)
{
	if (visit->loaded) {
		return true;
	}
	visit->loaded = true;
	return db_begin_read(visit->db) && visit_load_scope(visit);
}
