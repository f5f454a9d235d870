#include <string.h>

#include "ground/text.h"
#include "model/invitation.h"
#include "people.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { NAME_MAX_UNITS = 100, EMAIL_MAX = 254, ROLES = 3, ROLES_CREW = 2 };

enum { INVITE_NAME, INVITE_EMAIL, INVITE_ROLE, INVITE_COUNT };

static const struct choice roles[ROLES] = {
	{ "navigator", NULL, MESSAGE_COHORT_ROLE_NAVIGATOR, NULL },
	{ "captain", NULL, MESSAGE_COHORT_ROLE_CAPTAIN, NULL },
	[ROLES_CREW] = { "organiser", NULL, MESSAGE_COHORT_ROLE_ORGANISER, NULL },
};

static const struct field invite_fields[INVITE_COUNT] = {
	[INVITE_NAME] = { "name", FIELD_LINE, MESSAGE_INVITATION_NAME_LABEL,
	    MESSAGE_INVITATION_NAME_HELP, .required = true, .max = NAME_MAX_UNITS },
	[INVITE_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_INVITATION_EMAIL_LABEL,
	    MESSAGE_INVITATION_EMAIL_HELP, .required = true, .max = EMAIL_MAX },
	[INVITE_ROLE] = { "role", FIELD_CHOICE, MESSAGE_INVITATION_ROLE_LABEL, .required = true,
	    .choices = roles, .choice_count = ROLES },
};

const struct form people_form = {
	.name = "invite",
	.fields = invite_fields,
	.count = INVITE_COUNT,
};

enum { ANSWER_INVITATION, ANSWER_COUNT };

static const struct field answer_fields[ANSWER_COUNT] = {
	[ANSWER_INVITATION] = { "invitation", FIELD_HIDDEN, MESSAGE_INVITATION_ID_LABEL,
	    .required = true, .max = 20 },
};

const struct form people_again_form = {
	.name = "invite_again",
	.fields = answer_fields,
	.count = ANSWER_COUNT,
};

const struct form people_cancel_form = {
	.name = "invite_cancel",
	.fields = answer_fields,
	.count = ANSWER_COUNT,
};

static struct inviter
inviter_of(const struct visit *visit)
{
	return (struct inviter){
		.person_id = visit->person->id,
		.is_organiser = visit_has(visit, ROLE_ORGANISER),
		.is_administrator = visit_has(visit, ROLE_ADMINISTRATOR),
	};
}

/* Gives the roles as choices that the visitor may give. */
static void
choose_role(const struct visit *visit, struct form_values *values)
{
	size_t first = visit_has(visit, ROLE_ORGANISER) ? 0 : ROLES_CREW;
	size_t end = visit_has(visit, ROLE_ADMINISTRATOR) ? ROLES : ROLES_CREW;

	form_choices(values, INVITE_ROLE, &roles[first], end - first);
}

struct form_values *
people_invite_values(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &people_form);

	choose_role(visit, values);
	return values;
}

static const char *
state_words(struct visit *visit, const struct invitation *invitation)
{
	struct arena *arena = visit->arena;

	if (strcmp(invitation->state, "open") == 0) {
		return message_invitation_state_open(
		    arena, time_words(arena, visit->zone, invitation->ends_at));
	}
	return strcmp(invitation->state, "lapsed") == 0
	    ? message_invitation_state_lapsed(
		  arena, time_day(arena, visit->zone, invitation->ended_at))
	    : message_invitation_state_declined(
		  arena, time_day(arena, visit->zone, invitation->ended_at));
}

static const char *
inviter_name(struct visit *visit, const struct invitation *invitation)
{
	struct person person;

	return invitation->invited_by != DB_NULL &&
		person_find(visit->db, visit->arena, invitation->invited_by, &person)
	    ? person.name
	    : NULL;
}

static struct page_cohort_people_invitations
invitation_row(struct visit *visit, const struct invitation *invitation)
{
	const char *name = invitation->name == NULL ? invitation->email : invitation->name;
	const char *id = words_number(visit, invitation->id);
	struct inviter inviter = inviter_of(visit);
	const char *by = inviter_name(visit, invitation);

	return (struct page_cohort_people_invitations){
		.invited_name = name,
		.invited_again_name = name,
		.cancel_name = name,
		.invited_role = words_role(invitation->role),
		.invited_email = invitation->email,
		.invited_state = state_words(visit, invitation),
		.if_invited_by = by != NULL,
		.invited_by = by,
		.if_invited_open = strcmp(invitation->state, "open") == 0,
		.if_invited_again = invitation_may(&inviter, invitation->role),
		.invited_id = id,
		.cancel_id = id,
		.again_action = people_link(visit, "again"),
		.cancel_action = people_link(visit, "cancel"),
	};
}

struct page_cohort_people_invitations_list
people_invitation_rows(struct visit *visit)
{
	struct invitation_rows all =
	    invitation_list(visit->db, visit->arena, visit->cohort->id, visit->now);
	struct page_cohort_people_invitations *rows =
	    arena_array(visit->arena, all.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		if (people_may_deal_with(visit, all.rows[i].role)) {
			rows[count++] = invitation_row(visit, &all.rows[i]);
		}
	}
	return (struct page_cohort_people_invitations_list){ rows, count };
}

/* Why it was refused, and at which field of the form that invites. */
static enum message
refusal(enum invitation_outcome outcome, size_t *field)
{
	*field = INVITE_EMAIL;
	switch (outcome) {
	case INVITATION_OPEN_BEFORE:
		return MESSAGE_INVITATION_OPEN_BEFORE;
	case INVITATION_HAS_ROLE:
		*field = INVITE_ROLE;
		return MESSAGE_INVITATION_HAS_ROLE;
	case INVITATION_NO_ADDRESS:
		return MESSAGE_INVITATION_NO_ADDRESS;
	case INVITATION_NOT_YOURS:
		*field = INVITE_ROLE;
		return MESSAGE_INVITATION_NOT_YOURS;
	case INVITATION_KEPT_OUT:
		return MESSAGE_INVITATION_KEPT_OUT;
	case INVITATION_COHORT_OVER:
		*field = INVITE_ROLE;
		return MESSAGE_INVITATION_COHORT_OVER;
	case INVITATION_JUST_SENT:
		return MESSAGE_INVITATION_JUST_SENT;
	case INVITATION_GONE:
		return MESSAGE_INVITATION_GONE;
	case INVITATION_MADE:
	case INVITATION_FAULT:
	default:
		return MESSAGE_NONE;
	}
}

static int64_t
person_of(struct visit *visit, const char *email)
{
	struct person person;

	return person_find_by_email(visit->db, visit->arena, email, &person) ? person.id : 0;
}

static void
done(struct visit *visit, const char *email, const char *role, enum message words)
{
	visit_audit(visit, AUDIT_INVITED, person_of(visit, email), role);
	visit_notice(visit, words);
	visit_redirect(visit, people_link(visit, NULL));
}

void
people_invite(struct visit *visit)
{
	const struct form_values *values = visit->values;
	struct inviter inviter = inviter_of(visit);
	struct invitation_new wanted = {
		.email = form_text(values, INVITE_EMAIL),
		.name = form_text(values, INVITE_NAME),
		.role = form_text(values, INVITE_ROLE),
	};
	enum invitation_outcome outcome;
	enum message why;
	size_t field;

	/* Another's role is not among the choices. */
	choose_role(visit, visit->values);
	if (!form_ok(values)) {
		visit_again(visit);
		return;
	}
	outcome = invitation_invite(
	    visit->db, visit->arena, visit->cohort, &wanted, &inviter, visit->now);
	why = refusal(outcome, &field);
	if (outcome == INVITATION_MADE) {
		done(visit, wanted.email, wanted.role, MESSAGE_DONE_INVITATION_SENT);
	} else if (why == MESSAGE_NONE) {
		visit_error(visit, 500);
	} else {
		form_refuse(visit->values, field, message(why));
		visit_again(visit);
	}
}

/* The invitation that a button names, if the visitor's list shows it. */
static bool
find_listed(struct visit *visit, struct invitation *invitation)
{
	int64_t id = 0;

	(void)text_integer(form_text(visit->values, ANSWER_INVITATION), 1, INT64_MAX, &id);
	return invitation_by_id(visit->db, visit->arena, &(struct invitation_by_id_in){ .id = id },
		   invitation) &&
	    invitation->cohort_id == visit->cohort->id &&
	    people_may_deal_with(visit, invitation->role);
}

static void
refuse_whole(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

void
people_again(struct visit *visit)
{
	struct inviter inviter = inviter_of(visit);
	enum invitation_outcome outcome = INVITATION_GONE;
	struct invitation invitation;
	enum message why;
	size_t field;

	if (find_listed(visit, &invitation)) {
		outcome = invitation_renew(
		    visit->db, visit->arena, visit->cohort, invitation.id, &inviter, visit->now);
	}
	why = refusal(outcome, &field);
	if (outcome == INVITATION_MADE) {
		done(visit, invitation.email, invitation.role, MESSAGE_DONE_INVITATION_SENT_AGAIN);
	} else if (why == MESSAGE_NONE) {
		visit_error(visit, 500);
	} else {
		refuse_whole(visit, why);
	}
}

void
people_cancel(struct visit *visit)
{
	struct inviter inviter = inviter_of(visit);
	struct invitation invitation;

	if (!find_listed(visit, &invitation) ||
	    !invitation_cancel(
		visit->db, visit->arena, visit->cohort, invitation.id, &inviter, visit->now)) {
		refuse_whole(visit, MESSAGE_INVITATION_GONE);
		return;
	}
	visit_audit(
	    visit, AUDIT_INVITATION_ENDED, person_of(visit, invitation.email), invitation.role);
	visit_notice(visit, MESSAGE_DONE_INVITATION_CANCELLED);
	visit_redirect(visit, people_link(visit, NULL));
}
