#include <string.h>

#include "crew.h"
#include "ground/address.h"
#include "model/invitation.h"
#include "model/scope.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { NAME_MAX_UNITS = 100 };

/* A navigator's or captain's answer, and an organiser's. */
const struct form invitation_form = {
	.name = "accept",
	.fields = crew_fields,
	.count = CREW_FIELDS,
};

enum { NAME_FIELD, NAME_COUNT };

static const struct field name_fields[NAME_COUNT] = {
	[NAME_FIELD] = { "name", FIELD_LINE, MESSAGE_VOLUNTEER_NAME_LABEL,
	    MESSAGE_VOLUNTEER_NAME_HELP, .required = false, .max = NAME_MAX_UNITS,
	    .autocomplete = "name" },
};

const struct form invitation_organise_form = {
	.name = "accept_organise",
	.fields = name_fields,
	.count = NAME_COUNT,
};

const struct form invitation_decline_form = { .name = "decline" };

/* What the cohort asks of the role, after the fields that the form always has;
 * nothing of an invitation that is none. */
static struct crew_sets
questions_of(struct visit *visit, const struct form *always)
{
	struct crew_sets sets = crew_sets_begin(always);
	struct invitation invitation;

	if (invitation_find(visit->db, visit->arena, visit_param(visit, "invitation"), visit->now,
		&invitation)) {
		crew_sets_add(visit, &sets, invitation.cohort_id, invitation.role);
	}
	return sets;
}

const struct form *
invitation_form_of(struct visit *visit)
{
	struct crew_sets sets = questions_of(visit, &invitation_form);

	return crew_form(visit, &invitation_form, &sets);
}

const struct form *
invitation_organise_form_of(struct visit *visit)
{
	struct crew_sets sets = questions_of(visit, &invitation_organise_form);

	return crew_form(visit, &invitation_organise_form, &sets);
}

/* An invitation that its link opened. */
struct opened {
	struct invitation invitation;
	struct cohort cohort;
	bool is_organiser;
	bool is_known; /* the address has an account */
	bool is_mine; /* which is the visitor's own */
};

/* 410: how it stands, and what can be done. NULL: no such invitation. */
static void
show_over(struct visit *visit, const struct opened *opened)
{
	const char *state = opened == NULL ? "" : opened->invitation.state;

	page_cohort_invitation_over(visit_html(visit, 410), &visit->frame,
	    &(struct page_cohort_invitation_over){
		.if_unknown = opened == NULL,
		.if_accepted = strcmp(state, "accepted") == 0,
		.if_declined = strcmp(state, "declined") == 0,
		.if_lapsed = strcmp(state, "lapsed") == 0,
		.if_cancelled = strcmp(state, "cancelled") == 0,
		.if_finished = strcmp(state, "open") == 0,
	    });
}

static bool
is_own_address(struct visit *visit, const struct invitation *invitation)
{
	return visit->person != NULL && visit->session->application_id == DB_NULL &&
	    strcmp(visit->person->email_key, invitation->email_key) == 0;
}

/* What the address leads to; false: the answer is made. */
static bool
load(struct visit *visit, struct opened *opened)
{
	if (!invitation_find(visit->db, visit->arena, visit_param(visit, "invitation"), visit->now,
		&opened->invitation) ||
	    !scope_cohort(visit->db, visit->arena, opened->invitation.cohort_id, &opened->cohort)) {
		show_over(visit, NULL);
		return false;
	}
	if (!invitation_is_open(&opened->invitation, &opened->cohort, visit->now)) {
		show_over(visit, opened);
		return false;
	}
	opened->is_organiser = strcmp(opened->invitation.role, "organiser") == 0;
	opened->is_known = invitation_knows(visit->db, visit->arena, &opened->invitation);
	opened->is_mine = is_own_address(visit, &opened->invitation);
	return true;
}

static void
show_role(struct visit *visit, const struct opened *opened, struct page_cohort_invitation *page)
{
	const char *weeks = words_number(visit, opened->cohort.weeks);

	if (opened->is_organiser) {
		page->role = message(MESSAGE_INVITATION_AN_ORGANISER);
		page->words = message(MESSAGE_INVITATION_ORGANISER_WORDS);
		page->time = message(MESSAGE_INVITATION_ORGANISER_TIME);
	} else if (strcmp(opened->invitation.role, "captain") == 0) {
		page->role = message(MESSAGE_INVITATION_A_CAPTAIN);
		page->words = message_invitation_captain_words(visit->arena, weeks);
		page->time = message(MESSAGE_INVITATION_CAPTAIN_TIME);
	} else {
		page->role = message(MESSAGE_INVITATION_A_NAVIGATOR);
		page->words = message_invitation_navigator_words(visit->arena, weeks);
		page->time = message(MESSAGE_INVITATION_NAVIGATOR_TIME);
	}
	page->role_again = page->role;
}

static const char *
inviter_name(struct visit *visit, const struct invitation *invitation)
{
	struct person person;

	return invitation->invited_by != DB_NULL &&
		person_find(visit->db, visit->arena, invitation->invited_by, &person)
	    ? person.name
	    : visit->programme->name;
}

static void
show_form(struct visit *visit, const struct opened *opened, struct page_cohort_invitation *page)
{
	struct crew_ask ask = { .cohort = &opened->cohort,
		.role = opened->invitation.role,
		.asks_name = !opened->is_known };
	const struct form *always =
	    opened->is_organiser ? &invitation_organise_form : &invitation_form;
	struct crew_sets sets = questions_of(visit, always);
	struct form_values *values = crew_values(visit, always, &sets);

	if (opened->is_organiser) {
		form_fill(values, NAME_FIELD, opened->invitation.name);
		page->part_volunteer =
		    crew_name_section(visit, values, NAME_FIELD, !opened->is_known);
	} else {
		crew_choices(visit, values, &opened->cohort);
		form_fill(values, CREW_NAME, opened->invitation.name);
		form_fill(values, CREW_ZONE, opened->is_mine ? visit->person->zone : NULL);
		page->part_volunteer = crew_sections(visit, values, &ask);
	}
	page->part_volunteer = crew_and_questions(visit, page->part_volunteer, values, &sets);
	/* A refusal of the whole may stand at the button that declines. */
	page->part_errors = form_summary(visit->values == NULL ? values : visit->values);
}

/* Mail programs look at links too: looking changes nothing (safety 14). */
void
invitation_show(struct visit *visit)
{
	struct opened *opened = arena_alloc(visit->arena, sizeof(*opened));
	struct page_cohort_invitation page = { 0 };
	const char *link =
	    link_invitation(visit->arena, visit->site, visit_param(visit, "invitation"));

	if (!load(visit, opened)) {
		return;
	}
	page.cohort = opened->cohort.name;
	page.goal = opened->cohort.goal;
	page.dates = words_dates(visit, &opened->cohort);
	page.email = opened->invitation.email;
	page.inviter = inviter_name(visit, &opened->invitation);
	page.until = time_words(visit->arena, visit->zone, opened->invitation.ends_at);
	page.until_machine = time_machine(visit->arena, opened->invitation.ends_at);
	page.until_in = time_distance(visit->arena, opened->invitation.ends_at, visit->now);
	page.if_other = visit->person != NULL && !opened->is_mine;
	page.other_email = opened->invitation.email;
	page.if_asks = !opened->is_organiser;
	page.action = opened->is_organiser ? link_under(visit->arena, link, "organise") : link;
	page.decline_action = link_under(visit->arena, link, "decline");
	show_role(visit, opened, &page);
	show_form(visit, opened, &page);
	page_cohort_invitation(visit_html(visit, 200), &visit->frame, &page);
}

/* Where somebody with the role begins; a draft is its organisers' alone. */
static const char *
first_page(struct visit *visit, const struct opened *opened)
{
	const char *slug = opened->cohort.slug;

	if (opened->is_organiser) {
		return link_organise(visit->arena, visit->site, slug);
	}
	return opened->cohort.published_at == DB_NULL
	    ? link_me(visit->arena, visit->site)
	    : link_cohort_members(visit->arena, visit->site, slug);
}

/* Whoever has this address signed in goes on; anybody else by mail. */
static void
welcome(struct visit *visit, const struct opened *opened, int64_t person_id)
{
	const char *next = first_page(visit, opened);

	(void)audit_note(visit->db,
	    &(struct audit_entry){ .action = AUDIT_INVITATION_ACCEPTED,
		.actor_id = person_id,
		.cohort_id = opened->cohort.id,
		.subject_id = person_id,
		.detail = opened->invitation.role },
	    visit->now);
	if (opened->is_mine) {
		visit_notice(visit, MESSAGE_DONE_INVITATION_ACCEPTED);
		visit_redirect(visit, next);
		return;
	}
	(void)invitation_send_sign_in(
	    visit->db, visit->arena, &opened->invitation, person_id, next, visit->now);
	visit_redirect(visit, link_invitation(visit->arena, visit->site, "accepted"));
}

static void
accept(struct visit *visit, const struct opened *opened,
    const struct invitation_acceptance *acceptance, const struct crew_ask *ask)
{
	enum volunteer_outcome refused = VOLUNTEER_SAVED;
	int64_t person_id = 0;

	switch (invitation_accept(visit->db, visit->arena, &opened->cohort, &opened->invitation,
	    acceptance, visit->now, &person_id, &refused)) {
	case INVITATION_ANSWERED:
		welcome(visit, opened, person_id);
		break;
	case INVITATION_ANSWER_KEPT_OUT:
		form_refuse_whole(visit->values, message(MESSAGE_INVITATION_KEPT_OUT_ANSWER));
		visit_again(visit);
		break;
	case INVITATION_ANSWER_WRONG:
		crew_refuse(visit, visit->values, ask, refused);
		visit_again(visit);
		break;
	case INVITATION_OVER:
		show_over(visit, opened);
		break;
	case INVITATION_ANSWER_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* What is said on accepting, with the answers to what the cohort asks. */
static struct invitation_acceptance
acceptance_of(struct visit *visit, size_t name, const struct form *always,
    const struct volunteer_answers *answers)
{
	struct crew_sets sets = questions_of(visit, always);
	struct invitation_acceptance acceptance = { .name = form_text(visit->values, name),
		.answers = answers };

	if (sets.count > 0) {
		acceptance.replies =
		    crew_replies(visit->values, &sets.sets[0], &acceptance.reply_count);
	}
	return acceptance;
}

void
invitation_press(struct visit *visit)
{
	struct opened *opened = arena_alloc(visit->arena, sizeof(*opened));
	struct invitation_acceptance acceptance;
	struct volunteer_answers answers;
	struct crew_ask ask;

	if (!load(visit, opened)) {
		return;
	}
	if (opened->is_organiser) {
		visit_not_found(visit);
		return;
	}
	ask = (struct crew_ask){ .cohort = &opened->cohort,
		.role = opened->invitation.role,
		.asks_name = !opened->is_known };
	crew_require_name(visit->values, CREW_NAME, ask.asks_name);
	if (!crew_read(visit, visit->values, &ask, &answers)) {
		visit_again(visit);
		return;
	}
	acceptance = acceptance_of(visit, CREW_NAME, &invitation_form, &answers);
	accept(visit, opened, &acceptance, &ask);
}

void
invitation_press_organise(struct visit *visit)
{
	struct opened *opened = arena_alloc(visit->arena, sizeof(*opened));
	struct invitation_acceptance acceptance;

	if (!load(visit, opened)) {
		return;
	}
	if (!opened->is_organiser) {
		visit_not_found(visit);
		return;
	}
	crew_require_name(visit->values, NAME_FIELD, !opened->is_known);
	if (!form_ok(visit->values)) {
		visit_again(visit);
		return;
	}
	acceptance = acceptance_of(visit, NAME_FIELD, &invitation_organise_form, NULL);
	accept(visit, opened, &acceptance, NULL);
}

/* No reason is asked. */
void
invitation_refuse(struct visit *visit)
{
	struct opened *opened = arena_alloc(visit->arena, sizeof(*opened));

	if (!load(visit, opened)) {
		return;
	}
	switch (invitation_decline(visit->db, &opened->invitation, visit->now)) {
	case INVITATION_ANSWERED:
		visit_redirect(visit, link_invitation(visit->arena, visit->site, "declined"));
		break;
	case INVITATION_OVER:
	case INVITATION_ANSWER_KEPT_OUT:
	case INVITATION_ANSWER_WRONG:
	case INVITATION_ANSWER_FAULT:
	default:
		show_over(visit, opened);
		break;
	}
}

void
invitation_accepted_show(struct visit *visit)
{
	page_cohort_invitation_accepted(
	    visit_html(visit, 200), &visit->frame, &(struct page_cohort_invitation_accepted){ 0 });
}

void
invitation_declined_show(struct visit *visit)
{
	page_cohort_invitation_declined(
	    visit_html(visit, 200), &visit->frame, &(struct page_cohort_invitation_declined){ 0 });
}
