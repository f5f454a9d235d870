#ifndef GROUNDCREW_MODEL_SESSION_H
#define GROUNDCREW_MODEL_SESSION_H

#include <stdbool.h>

#include "db/query/session.h"
#include "ground/clock.h"

struct arena;
struct db;

/* A session ends so long after it began, however often it is used. */
#define SESSION_END_SECONDS ((int64_t)180 * CLOCK_DAY)

/* A sign-in link works for ten minutes from its sending. */
#define SIGN_IN_LINK_SECONDS ((int64_t)10 * 60)

/*
 * The session whose token hashes to token_hash: not idle for longer than it
 * may be, not past its end, its person not disabled.  session->application_id
 * is DB_NULL, or the one application that this session reaches.
 * False when there is none, or on a fault.
 */
bool session_find(struct db *db, struct arena *arena, const char *token_hash, int64_t now,
    struct session *session);

/* Notes that the session was used; the caller writes it at most hourly. */
void session_touch(struct db *db, int64_t id, int64_t now);

/* Ends a session (sign-out). */
void session_end(struct db *db, int64_t id);

/* Ends all sessions of a person: signed out everywhere. */
void session_end_all(struct db *db, int64_t person_id);

/* Ends all sessions of a person but one; except_id 0 spares none.  False on a
 * fault. */
bool session_end_others(struct db *db, int64_t person_id, int64_t except_id);

/* Ends one of a person's own sessions.  False when it is not theirs, is over
 * already, or on a fault. */
bool session_end_own(struct db *db, int64_t id, int64_t person_id);

/* A person's sessions that session_find would find, the last used first.
 * last_used_at is up to an hour behind; cohort_name tells which application a
 * session is for alone, when application_id is not DB_NULL. */
struct own_session_rows
session_list(struct db *db, struct arena *arena, int64_t person_id, int64_t now);

/* Notes on what device the session began whose token hashes to token_hash: a
 * few words, at most SESSION_DEVICE_MAX letters, or "".  False on a fault. */
#define SESSION_DEVICE_MAX 60

bool session_note_device(struct db *db, const char *token_hash, const char *device);

/*
 * Starts a session and returns its new token (the caller's cookie), NULL on a
 * fault.  application_id is DB_NULL for one that reaches all the person may.
 * Idle for 30 days, for organisers and administrators 14, it ends; after 180
 * days it ends in any case.  Who becomes one of them later has 14 days from
 * then on, too: the schema sees to it.
 */
const char *session_start(
    struct db *db, struct arena *arena, int64_t person_id, int64_t application_id, int64_t now);

/*
 * The link whose token hashes to token_hash, whether or not it still works:
 * link_works tells.  False when there is none, or on a fault.
 */
bool link_find(struct db *db, struct arena *arena, const char *token_hash, struct link *link);

/* Whether consuming the link now would succeed. */
bool link_works(const struct link *link, int64_t now);

enum link_outcome {
	LINK_ENTERED = 1,
	/* Used already, older than it may be, its person kept out, or a link
	 * of an application, which application_confirm opens. */
	LINK_SPENT
};

/*
 * Consumes a sign-in link and starts a session, in the caller's write
 * transaction: one UPDATE decides which of two that arrive together wins
 * (safety 15).  It voids the address's other unused links (safety 16).
 *
 * On LINK_ENTERED *token is the new session's token, from the arena.
 */
enum link_outcome link_enter(
    struct db *db, struct arena *arena, const struct link *link, int64_t now, const char **token);

/* What a link is for: a purpose of the schema's list and the id of what it
 * opens; the others stay 0. */
struct link_new {
	const char *purpose;
	int64_t person_id; /* sign_in, erase, stop_reminders */
	int64_t application_id;
	int64_t invitation_id;
	int64_t address_change_id; /* address_old, address_new */
	int64_t subscription_id; /* subscription, stop_subscription */
	int64_t offer_id;
	int64_t draft_id; /* draft, stop_draft */
	const char *next; /* sign_in: an own path, or NULL */
	bool is_lasting;
};

/*
 * Records a link; token is what the mail carries, of which only the hash is
 * kept.  Recording the same token again (a retried mail) moves its expiry.
 * Runs in the caller's write transaction.  False on a fault.
 */
bool link_record(struct db *db, struct arena *arena, const char *token,
    const struct link_new *new_link, int64_t now, int64_t expires_at);

/*
 * The link of that purpose that a mail's token opens, while it works.
 * False for every other text, for a link that is used or over, or on a fault.
 */
bool link_open(struct db *db, struct arena *arena, const char *token, const char *purpose,
    int64_t now, struct link *link);

/* Uses a link up, in the caller's write transaction: of two that arrive
 * together one gets true. */
bool link_use(struct db *db, const struct link *link, int64_t now);

/*
 * Records a link of purpose 'sign_in' for a person; token is what the mail
 * carries, of which only the hash is kept.  next is an own path or NULL.
 * Recording the same token again (a retried mail) moves its expiry.
 * False on a fault.
 */
bool link_record_sign_in(struct db *db, struct arena *arena, const char *token, int64_t person_id,
    const char *next, int64_t now, int64_t expires_at);

/* A lasting link, made by the operator to try the sample programme, works any
 * number of times, for 30 days at most. */
#define LASTING_LINK_SECONDS ((int64_t)30 * CLOCK_DAY)

bool link_record_lasting(
    struct db *db, struct arena *arena, const char *token, int64_t person_id, int64_t now);

/* Ends every lasting link.  False on a fault. */
bool link_end_lasting(struct db *db);

/* The same for an application's link, valid until expires_at. */
bool link_record_application(struct db *db, struct arena *arena, const char *token,
    int64_t application_id, int64_t now, int64_t expires_at);

enum sign_in_outcome {
	/* The same to the caller whether or not the address is known. */
	SIGN_IN_ASKED = 1,
	/* Too many mails were asked for; none was queued. */
	SIGN_IN_TOO_MANY
};

/*
 * Someone asks for a sign-in link: queues the mail when the address belongs
 * to a person who is not disabled.  Known and unknown addresses cost the same
 * statements, and as many pages written (safety 18).  Limits (safety 19): 5 an
 * hour for an address from one network, 20 for an address, 60 for a network;
 * addresses and networks are kept only as keyed hashes, for an hour.
 *
 * secret keys those hashes; network is the asker's /24 or /56; next is an own
 * path or NULL.  Runs in the caller's write transaction.
 */
enum sign_in_outcome sign_in_ask(struct db *db, struct arena *arena, const unsigned char secret[32],
    const char *email, const char *network, const char *next, int64_t now);

#endif
