#ifndef GROUNDCREW_MODEL_INVITATION_H
#define GROUNDCREW_MODEL_INVITATION_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/invitation.h"
#include "ground/clock.h"
#include "model/questionnaire.h"
#include "model/volunteer.h"

struct arena;
struct cohort;
struct db;

/*
 * Invitations to be a navigator, a captain or an organiser, by address
 * (product.md, "Roles" and "Groups").
 *
 *	        +--> accepted: the person has the role
 *	open ---+--> declined
 *	        +--> cancelled by who may invite
 *	        +--> lapsed after 14 days, by tick
 *
 * Organisers invite navigators and captains; organisers are invited by an
 * administrator alone.  One is open for a cohort, a role and an address.
 */

/* How long an invitation can be answered, from its newest sending. */
#define INVITATION_SECONDS ((int64_t)14 * CLOCK_DAY)

/*
 * How long its link leads to a page that says how it stands; what the
 * invitation itself allows ends before.
 */
#define INVITATION_LINK_SECONDS ((int64_t)90 * CLOCK_DAY)

/* Not sent again sooner than this. */
#define INVITATION_AGAIN_SECONDS ((int64_t)10 * CLOCK_MINUTE)

/* Who invites, and what they are in this cohort. */
struct inviter {
	int64_t person_id;
	bool is_organiser;
	bool is_administrator;
};

enum invitation_outcome {
	/* It is open, and its mail is queued. */
	INVITATION_MADE = 1,
	/* One is open for this address and role. */
	INVITATION_OPEN_BEFORE,
	/* They have this role now. */
	INVITATION_HAS_ROLE,
	/* The address cannot be written to. */
	INVITATION_NO_ADDRESS,
	/* This inviter may not give this role. */
	INVITATION_NOT_YOURS,
	/* The address belongs to somebody whom the operator keeps out. */
	INVITATION_KEPT_OUT,
	/* The cohort is finished: nobody can navigate it. */
	INVITATION_COHORT_OVER,
	/* It was sent a moment ago. */
	INVITATION_JUST_SENT,
	/* None of this cohort's, or answered since. */
	INVITATION_GONE,
	INVITATION_FAULT
};

/* Whether this inviter may give this role. */
bool invitation_may(const struct inviter *inviter, const char *role);

/* Who is invited to what; name is what the inviter calls them, or NULL. */
struct invitation_new {
	const char *email;
	const char *name;
	const char *role;
};

/* Invites, in the caller's write transaction. */
enum invitation_outcome
invitation_invite(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation_new *wanted, const struct inviter *inviter, int64_t now);

/*
 * Sends one again: the mail of an open one, which then has its 14 days anew
 * and whose earlier links go on working; of one that lapsed or was declined a
 * new one is made.
 */
enum invitation_outcome invitation_renew(struct db *db, struct arena *arena,
    const struct cohort *cohort, int64_t id, const struct inviter *inviter, int64_t now);

/*
 * Takes an open one back; forgets one that lapsed or was declined.  False:
 * there is none that this inviter may cancel, or a fault.
 */
bool invitation_cancel(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t id,
    const struct inviter *inviter, int64_t now);

/* The open ones of a cohort, and those that lapsed or were declined; one
 * that its time has passed counts as lapsed though tick has not come by. */
struct invitation_rows
invitation_list(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

/*
 * The invitation that a mail's token leads to, as it stands now (state as in
 * the list).  False: no such link, or older than INVITATION_LINK_SECONDS.
 * Changes nothing (safety 14).
 */
bool invitation_find(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct invitation *invitation);

/* Whether it can be answered: open, and its cohort not finished. */
bool
invitation_is_open(const struct invitation *invitation, const struct cohort *cohort, int64_t now);

enum invitation_answer {
	INVITATION_ANSWERED = 1,
	/* Answered, cancelled or lapsed, or the cohort is finished. */
	INVITATION_OVER,
	/* The operator keeps the person out. */
	INVITATION_ANSWER_KEPT_OUT,
	/* What is said is refused: see *refused. */
	INVITATION_ANSWER_WRONG,
	INVITATION_ANSWER_FAULT
};

/* What someone says on accepting. */
struct invitation_acceptance {
	/* For somebody new; NULL: the inviter's, or the address, stands in.
	 * Somebody known keeps the name they gave themselves. */
	const char *name;
	/* A navigator's or captain's; NULL for an organiser. */
	const struct volunteer_answers *answers;
	/* To what the cohort asks of the role (questionnaire.h). */
	const struct item_answer *replies;
	size_t reply_count;
};

/*
 * Accepts, in the caller's write transaction: the person of the address, made
 * when it is new, has the role and what they bring is kept.  Once.
 *
 * On INVITATION_ANSWERED *person_id is theirs; on INVITATION_ANSWER_WRONG
 * *refused says what.
 */
enum invitation_answer
invitation_accept(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct invitation *invitation, const struct invitation_acceptance *acceptance,
    int64_t now, int64_t *person_id, enum volunteer_outcome *refused);

/* Queues the mail with a link to sign in, for one who has just accepted;
 * next is an own path.  Once an invitation.  False on a fault. */
bool invitation_send_sign_in(struct db *db, struct arena *arena,
    const struct invitation *invitation, int64_t person_id, const char *next, int64_t now);

/* No thanks; no reason is asked. */
enum invitation_answer
invitation_decline(struct db *db, const struct invitation *invitation, int64_t now);

/* Whether the person of this address has an account already. */
bool invitation_knows(struct db *db, struct arena *arena, const struct invitation *invitation);

#endif
