#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/cohort.h"
#include "model/invitation.h"
#include "model/member.h"
#include "model/outbox.h"
#include "model/person.h"

bool
invitation_knows(struct db *db, struct arena *arena, const struct invitation *invitation)
{
	struct person person;

	return person_find_by_email(db, arena, invitation->email, &person);
}

/* The person of the address; somebody new is called as they say, or as the
 * inviter does. */
static int64_t
ensure_person(struct db *db, struct arena *arena, const struct invitation *invitation,
    const struct invitation_acceptance *acceptance, int64_t now)
{
	return person_ensure(db, arena,
	    &(struct person_new){ .email = invitation->email,
		.name = acceptance->name == NULL ? invitation->name : acceptance->name,
		.zone = acceptance->answers == NULL ? NULL : acceptance->answers->zone },
	    now);
}

static enum invitation_answer
come_aboard(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation *invitation, const struct invitation_acceptance *acceptance,
    int64_t now, enum volunteer_outcome *refused)
{
	const struct member_appointment appointment = {
		.email = invitation->email,
		.role = invitation->role,
		.level = DB_NULL,
	};
	int64_t member_id;

	switch (member_appoint(db, arena, cohort, &appointment, now, &member_id)) {
	case MEMBER_APPOINTED:
	case MEMBER_APPOINTED_BEFORE:
		break;
	case MEMBER_NO_ADDRESS:
	case MEMBER_LEVEL_WRONG:
	case MEMBER_APPOINT_FAULT:
	default:
		return INVITATION_ANSWER_FAULT;
	}
	if (!member_answers_write(db, member_id, acceptance->replies, acceptance->reply_count)) {
		return INVITATION_ANSWER_FAULT;
	}
	if (acceptance->answers == NULL) {
		return INVITATION_ANSWERED;
	}
	*refused = volunteer_save(db, arena, cohort, member_id, acceptance->answers, now);
	if (*refused == VOLUNTEER_SAVED) {
		return INVITATION_ANSWERED;
	}
	return *refused == VOLUNTEER_FAULT || *refused == VOLUNTEER_NOT_ABOARD
	    ? INVITATION_ANSWER_FAULT
	    : INVITATION_ANSWER_WRONG;
}

enum invitation_answer
invitation_accept(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation *invitation, const struct invitation_acceptance *acceptance,
    int64_t now, int64_t *person_id, enum volunteer_outcome *refused)
{
	struct person person;

	/* Who looks after people says what they bring, organisers do not. */
	if ((acceptance->answers == NULL) != (strcmp(invitation->role, "organiser") == 0)) {
		return INVITATION_ANSWER_FAULT;
	}
	if (!invitation_is_open(invitation, cohort, now)) {
		return INVITATION_OVER;
	}
	if (person_find_by_email(db, arena, invitation->email, &person) &&
	    person.is_disabled == 1) {
		return INVITATION_ANSWER_KEPT_OUT;
	}
	if (invitation_set_state(db,
		&(struct invitation_set_state_in){
		    .id = invitation->id, .state = "accepted", .now = now }) != 1) {
		return INVITATION_OVER;
	}
	*person_id = ensure_person(db, arena, invitation, acceptance, now);
	return *person_id == 0
	    ? INVITATION_ANSWER_FAULT
	    : come_aboard(db, arena, cohort, invitation, acceptance, now, refused);
}

bool
invitation_send_sign_in(struct db *db, struct arena *arena, const struct invitation *invitation,
    int64_t person_id, const char *next, int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "sign_in:invitation:%lld", (long long)invitation->id),
		.kind = "sign_in",
		.recipient = invitation->email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "person", arena_format(arena, "%lld", (long long)person_id) },
			{ "next", next }, { NULL, NULL } },
		.due_at = now },
	    now);
}
