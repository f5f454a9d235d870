#include <string.h>

#include "apply.h"
#include "model/scope.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/page/apply.h"

const struct form apply_confirm_form = { .name = "confirm" };

static void
show_spent(struct visit *visit)
{
	struct page_apply_spent page;

	memset(&page, 0, sizeof(page));
	page_apply_spent(visit_html(visit, 410), &visit->frame, &page);
}

/* What the button would do; pressing nothing changes nothing (safety 14). */
void
apply_confirm_show(struct visit *visit)
{
	const char *token = visit_param(visit, "token");
	enum application_link_state state;
	struct application application;
	const char *change;
	struct cohort cohort;
	struct slots hours;

	state = application_link(visit->db, visit->arena, token, visit->now, &application);
	if (state == APPLICATION_LINK_SPENT ||
	    !scope_cohort(visit->db, visit->arena, application.cohort_id, &cohort)) {
		show_spent(visit);
		return;
	}
	hours = apply_answers_hours(&application);
	change = hours_changes(visit->arena, application.zone, &cohort);
	page_apply_confirm(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_confirm){ .cohort = cohort.name,
		.if_confirms = state == APPLICATION_LINK_CONFIRMS,
		.if_opens = state == APPLICATION_LINK_OPENS,
		.reference = application.reference,
		.email = application.email,
		.hours = hours_words(visit->arena, &hours, application.zone),
		.if_hours_change = change != NULL,
		.hours_change = change,
		.action = link_apply_confirm(visit->arena, visit->site, token) });
}

/* The cookie of before is replaced, and its session ends (safety 20). */
static void
enter(struct visit *visit, const char *session, const struct application *application)
{
	if (visit->session != NULL) {
		session_end(visit->db, visit->session->id);
	}
	visit_sign_in(visit, session);
	visit_redirect(visit, link_apply_mine(visit->arena, visit->site, application->key));
}

void
apply_confirm_press(struct visit *visit)
{
	struct application application;
	const char *session = NULL;

	switch (application_confirm(visit->db, visit->arena, visit_param(visit, "token"),
	    visit->now, &application, &session)) {
	case APPLICATION_CONFIRMED:
		visit_notice(visit, MESSAGE_DONE_APPLICATION_CONFIRMED);
		enter(visit, session, &application);
		break;
	case APPLICATION_ALREADY_THERE:
		visit_notice(visit, MESSAGE_DONE_APPLICATION_ALREADY);
		enter(visit, session, &application);
		break;
	case APPLICATION_ENTERED:
		enter(visit, session, &application);
		break;
	case APPLICATION_CONFIRM_SPENT:
		show_spent(visit);
		break;
	case APPLICATION_CONFIRM_FAULT:
		visit_error(visit, 500);
		break;
	}
}
