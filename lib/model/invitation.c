#include "model/invitation.h"

#include <string.h>

#include "db/db.h"
#include "db/query/member.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/cohort.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/session.h"

static bool
is_organiser(const char *role)
{
	return strcmp(role, "organiser") == 0;
}

bool
invitation_may(const struct inviter *inviter, const char *role)
{
	return is_organiser(role) ? inviter->is_administrator : inviter->is_organiser;
}

/* A finished cohort may still need someone who looks after it. */
static bool
is_too_late(const struct cohort *cohort, const char *role, int64_t now)
{
	return !is_organiser(role) && cohort_state(cohort, now) == COHORT_FINISHED;
}

/* A mail for each sending, which its end tells from the others. */
static bool
queue(struct db *db, struct arena *arena, const struct invitation *invitation, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)invitation->id);

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "invitation:%s:%lld", id,
				      (long long)invitation->ends_at),
		.kind = "invitation",
		.cohort_id = invitation->cohort_id,
		.recipient = invitation->email,
		.parameters =
		    (const struct outbox_parameter[]){ { "invitation", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}

static bool
find_open(struct db *db, struct arena *arena, const struct cohort *cohort, const char *role,
    const char *email_key, struct invitation *invitation)
{
	return invitation_open_for(db, arena,
	    &(struct invitation_open_for_in){
		.cohort_id = cohort->id, .role = role, .email_key = email_key },
	    invitation);
}

/* What the person of the address, if there is one, says against it. */
static enum invitation_outcome
check_person(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation_new *wanted)
{
	struct person person;
	struct member member;

	if (!person_find_by_email(db, arena, wanted->email, &person)) {
		return INVITATION_MADE;
	}
	if (person.is_disabled == 1) {
		return INVITATION_KEPT_OUT;
	}
	return member_find(db, arena,
		   &(struct member_find_in){
		       .cohort_id = cohort->id, .person_id = person.id, .role = wanted->role },
		   &member) &&
		member.left_at == DB_NULL
	    ? INVITATION_HAS_ROLE
	    : INVITATION_MADE;
}

static enum invitation_outcome
store(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation_new *wanted, const struct inviter *inviter, int64_t now)
{
	const char *key = address_key(arena, wanted->email);
	struct invitation made;

	return invitation_insert(db,
		   &(struct invitation_insert_in){ .cohort_id = cohort->id,
		       .role = wanted->role,
		       .email = wanted->email,
		       .email_key = key,
		       .name = wanted->name,
		       .invited_by = inviter->person_id,
		       .now = now,
		       .ends_at = now + INVITATION_SECONDS }) == 1 &&
		find_open(db, arena, cohort, wanted->role, key, &made) &&
		queue(db, arena, &made, now)
	    ? INVITATION_MADE
	    : INVITATION_FAULT;
}

enum invitation_outcome
invitation_invite(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation_new *wanted, const struct inviter *inviter, int64_t now)
{
	const char *key = address_key(arena, wanted->email);
	enum invitation_outcome outcome;
	struct invitation there;

	if (!invitation_may(inviter, wanted->role)) {
		return INVITATION_NOT_YOURS;
	}
	if (key == NULL) {
		return INVITATION_NO_ADDRESS;
	}
	if (is_too_late(cohort, wanted->role, now)) {
		return INVITATION_COHORT_OVER;
	}
	outcome = check_person(db, arena, cohort, wanted);
	if (outcome != INVITATION_MADE) {
		return outcome;
	}
	if (invitation_lapse_due(db, &(struct invitation_lapse_due_in){ .now = now }) < 0) {
		return INVITATION_FAULT;
	}
	if (find_open(db, arena, cohort, wanted->role, key, &there)) {
		return INVITATION_OPEN_BEFORE;
	}
	return store(db, arena, cohort, wanted, inviter, now);
}

static bool
find_of_cohort(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t id,
    struct invitation *invitation)
{
	return invitation_by_id(db, arena, &(struct invitation_by_id_in){ .id = id }, invitation) &&
	    invitation->cohort_id == cohort->id;
}

/* The mail of an open one once more; its time begins anew. */
static enum invitation_outcome
send_again(struct db *db, struct arena *arena, struct invitation *invitation,
    const struct inviter *inviter, int64_t now)
{
	if (now < invitation->ends_at - INVITATION_SECONDS + INVITATION_AGAIN_SECONDS) {
		return INVITATION_JUST_SENT;
	}
	invitation->ends_at = now + INVITATION_SECONDS;
	return invitation_extend(db,
		   &(struct invitation_extend_in){ .id = invitation->id,
		       .invited_by = inviter->person_id,
		       .ends_at = invitation->ends_at }) == 1 &&
		queue(db, arena, invitation, now)
	    ? INVITATION_MADE
	    : INVITATION_FAULT;
}

enum invitation_outcome
invitation_renew(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t id,
    const struct inviter *inviter, int64_t now)
{
	struct invitation invitation;
	enum invitation_outcome outcome;
	struct invitation_new again;

	if (!find_of_cohort(db, arena, cohort, id, &invitation)) {
		return INVITATION_GONE;
	}
	if (!invitation_may(inviter, invitation.role)) {
		return INVITATION_NOT_YOURS;
	}
	again = (struct invitation_new){
		.email = invitation.email, .name = invitation.name, .role = invitation.role
	};
	if (strcmp(invitation.state, "open") != 0 || invitation.ends_at <= now) {
		return strcmp(invitation.state, "accepted") == 0 ||
			strcmp(invitation.state, "cancelled") == 0
		    ? INVITATION_GONE
		    : invitation_invite(db, arena, cohort, &again, inviter, now);
	}
	if (is_too_late(cohort, invitation.role, now)) {
		return INVITATION_COHORT_OVER;
	}
	outcome = check_person(db, arena, cohort, &again);
	return outcome == INVITATION_MADE ? send_again(db, arena, &invitation, inviter, now)
					  : outcome;
}

static bool
end(struct db *db, int64_t id, const char *state, int64_t now)
{
	return invitation_set_state(db,
		   &(struct invitation_set_state_in){ .id = id, .state = state, .now = now }) == 1;
}

/* Organisers look after all invitations of their cohort. */
static bool
may_cancel(const struct inviter *inviter, const char *role)
{
	return inviter->is_organiser || invitation_may(inviter, role);
}

bool
invitation_cancel(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t id,
    const struct inviter *inviter, int64_t now)
{
	struct invitation invitation;

	if (!find_of_cohort(db, arena, cohort, id, &invitation) ||
	    !may_cancel(inviter, invitation.role)) {
		return false;
	}
	if (strcmp(invitation.state, "open") == 0 && invitation.ends_at > now) {
		return end(db, id, "cancelled", now);
	}
	return strcmp(invitation.state, "accepted") != 0 &&
	    strcmp(invitation.state, "cancelled") != 0 &&
	    invitation_delete(db, &(struct invitation_delete_in){ .id = id }) == 1;
}

/* What tick is about to write. */
static void
lapse(struct invitation *invitation, int64_t now)
{
	if (strcmp(invitation->state, "open") == 0 && invitation->ends_at <= now) {
		invitation->state = "lapsed";
		invitation->ended_at = invitation->ends_at;
	}
}

struct invitation_rows
invitation_list(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	struct invitation_rows found = invitation_of_cohort(
	    db, arena, &(struct invitation_of_cohort_in){ .cohort_id = cohort_id });
	struct invitation *rows = arena_array(arena, found.count + 1, sizeof(*rows));

	for (size_t i = 0; i < found.count; i++) {
		rows[i] = found.rows[i];
		lapse(&rows[i], now);
	}
	return (struct invitation_rows){ rows, found.count };
}

bool
invitation_find(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct invitation *invitation)
{
	struct link link;

	if (!link_open(db, arena, token, "invitation", now, &link) ||
	    !invitation_by_id(
		db, arena, &(struct invitation_by_id_in){ .id = link.invitation_id }, invitation)) {
		return false;
	}
	lapse(invitation, now);
	return true;
}

bool
invitation_is_open(const struct invitation *invitation, const struct cohort *cohort, int64_t now)
{
	return strcmp(invitation->state, "open") == 0 && invitation->ends_at > now &&
	    !is_too_late(cohort, invitation->role, now);
}

enum invitation_answer
invitation_decline(struct db *db, const struct invitation *invitation, int64_t now)
{
	return end(db, invitation->id, "declined", now) ? INVITATION_ANSWERED : INVITATION_OVER;
}
