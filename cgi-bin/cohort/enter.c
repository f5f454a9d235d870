#include <string.h>

#include "cohort.h"
#include "ground/token.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

const struct form enter_form = { .name = "enter" };
const struct form enter_renew_form = { .name = "renew" };

/* The link of this address, still good or not; an application's link has a
 * page of its own. */
static bool
find_link(struct visit *visit, struct link *link)
{
	return link_find(visit->db, visit->arena,
		   token_hash(visit->arena, visit_param(visit, "token")), link) &&
	    strcmp(link->purpose, "sign_in") == 0;
}

/* 410, and a new link a click away (safety 16). */
static void
show_spent(struct visit *visit, bool is_known)
{
	page_cohort_spent(visit_html(visit, 410), &visit->frame,
	    &(struct page_cohort_spent){ .if_known = is_known,
		.action = link_under(visit->arena,
		    link_entrance(visit->arena, visit->site, visit_param(visit, "token")),
		    "renew") });
}

/* Mail programs look at links too: looking changes nothing (safety 14). */
void
enter_show(struct visit *visit)
{
	struct link link;
	bool is_known = find_link(visit, &link);

	if (!is_known || !link_works(&link, visit->now)) {
		show_spent(visit, is_known);
		return;
	}
	page_cohort_enter(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_enter){
		.action = link_entrance(visit->arena, visit->site, visit_param(visit, "token")),
		.expires = time_words(visit->arena, visit->zone, link.expires_at),
		.expires_machine = time_machine(visit->arena, link.expires_at),
		.expires_in = time_distance(visit->arena, link.expires_at, visit->now) });
}

/* The session of before ends with its cookie (safety 20). */
void
enter_press(struct visit *visit)
{
	const char *token = NULL;
	struct link link;

	if (!find_link(visit, &link)) {
		show_spent(visit, false);
		return;
	}
	switch (link_enter(visit->db, visit->arena, &link, visit->now, &token)) {
	case LINK_ENTERED:
		if (visit->session != NULL) {
			session_end(visit->db, visit->session->id);
		}
		visit_sign_in(visit, token);
		visit_redirect(
		    visit, visit_next(visit, link.next, link_me(visit->arena, visit->site)));
		break;
	case LINK_SPENT:
		show_spent(visit, true);
		break;
	}
}

/*
 * A new link to the address of a spent one, leading where that one would
 * have; limited as any other request for a link (safety 19).
 */
void
enter_renew(struct visit *visit)
{
	struct person person;
	struct link link;

	if (!find_link(visit, &link) ||
	    !person_find(visit->db, visit->arena, link.person_id, &person)) {
		visit_redirect(visit, link_sign_in(visit->arena, visit->site));
		return;
	}
	switch (sign_in_ask(visit->db, visit->arena, visit->site->secret, person.email,
	    visit->request->network, link.next, visit->now)) {
	case SIGN_IN_ASKED:
		visit_redirect(visit,
		    link_under(visit->arena, link_sign_in(visit->arena, visit->site), "sent"));
		break;
	case SIGN_IN_TOO_MANY:
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_SIGN_IN_TOO_MANY));
		visit_again(visit);
		break;
	}
}
