#include "cohort.h"
#include "ground/token.h"
#include "model/offer.h"
#include "model/scope.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

const struct form seat_form = { .name = "seat" };

/* An offer and what it is about. */
struct seat {
	struct offer offer;
	struct application application;
	struct cohort cohort;
	const char *address; /* what the address has: its key, or a token */
};

/* To sign in, and from there back to the offer. */
static void
send_to_sign_in(struct visit *visit, const char *key)
{
	const char *link = link_offer(visit->arena, visit->site, key);

	visit_redirect(visit,
	    link_sign_in_next(visit->arena, visit->site, request_path_below(visit->site, link)));
}

/* Whether this session reaches the application: one of that application, or
 * one that reaches all that the person may. */
static bool
session_reaches(const struct visit *visit, int64_t application_id)
{
	return visit->session->application_id == DB_NULL ||
	    visit->session->application_id == application_id;
}

/* The application and the cohort of an offer that was found. */
static bool
seat_read(struct visit *visit, struct seat *seat)
{
	return application_find_by_id(
		   visit->db, visit->arena, seat->offer.application_id, &seat->application) &&
	    scope_cohort(visit->db, visit->arena, seat->application.cohort_id, &seat->cohort);
}

/* By the key, for whom the offer is, signed in. */
static bool
seat_load_own(struct visit *visit, const char *key, struct seat *seat)
{
	if (visit->person == NULL) {
		send_to_sign_in(visit, key);
		return false;
	}
	if (!offer_find(visit->db, visit->arena, key, &seat->offer) || !seat_read(visit, seat) ||
	    seat->application.person_id != visit->person->id) {
		visit_not_found(visit);
		return false;
	}
	if (!session_reaches(visit, seat->application.id)) {
		send_to_sign_in(visit, key);
		return false;
	}
	return true;
}

/*
 * The one place that says whose an offer is. Its mail's link opens it for
 * whoever has the mail, signed in or not; its key for its applicant alone: a
 * stranger is sent to sign in before anything is looked up, anybody else gets
 * what an offer that does not exist gives (safety 30). False: the answer is
 * made.
 */
static bool
seat_load(struct visit *visit, struct seat *seat)
{
	const char *key = visit_param(visit, "key");

	seat->address = key;
	if (!token_is_shaped(key)) {
		return seat_load_own(visit, key, seat);
	}
	if (!offer_find_by_link(visit->db, visit->arena, key, visit->now, &seat->offer) ||
	    !seat_read(visit, seat)) {
		visit_not_found(visit);
		return false;
	}
	/* Who is not signed in has not said where they are but in their form. */
	if (visit->person == NULL) {
		visit->zone = seat->application.zone;
	}
	return true;
}

static void
show_group(struct visit *visit, const struct seat *seat, struct page_cohort_offer *page)
{
	struct group *group = arena_alloc(visit->arena, sizeof(*group));

	if (seat->offer.group_id == DB_NULL ||
	    !group_by_id(visit->db, visit->arena,
		&(struct group_by_id_in){ .id = seat->offer.group_id }, group)) {
		return;
	}
	page->if_group = true;
	page->group = group->name;
	page->project = group->project;
	page->group_goal = group->goal;
	page->meeting = words_meeting(visit, group);
	page->meeting_yours = words_meeting_yours(visit, &seat->cohort, group);
	page->if_meeting_yours = page->meeting_yours != NULL;
}

static void
show_deadline(struct visit *visit, const struct offer *offer, struct page_cohort_offer *page)
{
	page->deadline = time_words(visit->arena, visit->zone, offer->deadline_at);
	page->deadline_machine = time_machine(visit->arena, offer->deadline_at);
	page->deadline_in = time_distance(visit->arena, offer->deadline_at, visit->now);
	if (offer->ended_at != DB_NULL) {
		page->ended = time_words(visit->arena, visit->zone, offer->ended_at);
	}
}

void
seat_show(struct visit *visit)
{
	struct seat *seat = arena_alloc(visit->arena, sizeof(*seat));
	struct page_cohort_offer page = { 0 };
	enum offer_state state;

	if (!seat_load(visit, seat)) {
		return;
	}
	state = offer_state(&seat->offer, visit->now);
	visit_shows_form(visit);
	page.cohort = seat->cohort.name;
	page.cohort_link = link_cohort(visit->arena, visit->site, seat->cohort.slug);
	page.members_link = link_cohort_members(visit->arena, visit->site, seat->cohort.slug);
	page.name = seat->application.name;
	page.dates = words_dates(visit, &seat->cohort);
	page.if_open = state == OFFER_OFFERED;
	page.if_confirmed = state == OFFER_CONFIRMED;
	page.if_refused = state == OFFER_REFUSED;
	page.if_lapsed = state == OFFER_LAPSED;
	page.action = link_offer(visit->arena, visit->site, seat->address);
	show_deadline(visit, &seat->offer, &page);
	show_group(visit, seat, &page);
	if (visit->values != NULL) {
		page.part_errors = form_summary(visit->values);
	}
	page_cohort_offer(visit_html(visit, 200), &visit->frame, &page);
}

static void
seat_answer(struct visit *visit, bool yes, enum message done)
{
	struct seat *seat = arena_alloc(visit->arena, sizeof(*seat));

	if (!seat_load(visit, seat)) {
		return;
	}
	switch (offer_answer(visit->db, visit->arena, &seat->offer, yes, visit->now)) {
	case OFFER_ANSWERED:
		visit_notice(visit, done);
		visit_redirect(visit, link_offer(visit->arena, visit->site, seat->address));
		break;
	case OFFER_OVER:
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_OFFER_OVER));
		visit_again(visit);
		break;
	case OFFER_ANSWER_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
seat_confirm(struct visit *visit)
{
	seat_answer(visit, true, MESSAGE_DONE_OFFER_CONFIRMED);
}

void
seat_refuse(struct visit *visit)
{
	seat_answer(visit, false, MESSAGE_DONE_OFFER_REFUSED);
}
