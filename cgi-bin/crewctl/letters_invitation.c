#include <string.h>

#include "db/db.h"
#include "letters_writing.h"
#include "model/invitation.h"
#include "model/person.h"
#include "web/link.h"
#include "web/time.h"

/* "a navigator" */
static const char *
role_words(const char *role)
{
	if (strcmp(role, "navigator") == 0) {
		return message(MESSAGE_INVITATION_A_NAVIGATOR);
	}
	return message(strcmp(role, "captain") == 0 ? MESSAGE_INVITATION_A_CAPTAIN
						    : MESSAGE_INVITATION_AN_ORGANISER);
}

/* Whoever invites; the programme stands in for somebody who is gone. */
static const char *
inviter_words(struct writing *writing, const struct invitation *invitation)
{
	struct person person;

	return invitation->invited_by != DB_NULL &&
		person_find(writing->crewctl->db, writing->arena, invitation->invited_by, &person)
	    ? person.name
	    : writing->programme.name;
}

/* Of somebody new no zone is known yet. */
static const char *
zone_of(struct writing *writing, const struct invitation *invitation)
{
	struct person person;

	return person_find_by_email(
		   writing->crewctl->db, writing->arena, invitation->email, &person)
	    ? person.zone
	    : "UTC";
}

static bool
find(struct writing *writing, struct invitation *invitation, struct cohort *cohort)
{
	struct db *db = writing->crewctl->db;

	return invitation_by_id(db, writing->arena,
		   &(struct invitation_by_id_in){
		       .id = letter_parameter_id(writing, "invitation") },
		   invitation) &&
	    cohort_by_id(db, writing->arena,
		&(struct cohort_by_id_in){ .id = invitation->cohort_id }, cohort) &&
	    invitation_is_open(invitation, cohort, writing->crewctl->now);
}

enum letter_outcome
letter_invitation(struct writing *writing)
{
	struct letter *letter = writing->letter;
	struct invitation invitation;
	struct cohort cohort;

	if (!find(writing, &invitation, &cohort)) {
		return LETTER_POINTLESS;
	}
	letter->seconds = INVITATION_LINK_SECONDS;
	letter->link = (struct link_new){
		.purpose = "invitation",
		.invitation_id = invitation.id,
	};
	letter->wording = wording_invitation(writing->arena,
	    letter_words(writing, "invitation", cohort.id),
	    &(struct wording_invitation){ .inviter = inviter_words(writing, &invitation),
		.role = role_words(invitation.role),
		.cohort = cohort.name,
		.programme = writing->programme.name,
		.goal = cohort.goal,
		.until =
		    time_words(writing->arena, zone_of(writing, &invitation), invitation.ends_at),
		.link = letter_absolute(writing,
		    link_invitation(writing->arena, writing->crewctl->site, letter->token)) });
	return LETTER_READY;
}
