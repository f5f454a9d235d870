#include "model/subscription.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/draft.h"
#include "model/outbox.h"
#include "model/session.h"

#define ASKED_OF_BOTH 5
#define ASKED_OF_ADDRESS 20
#define ASKED_OF_NETWORK 60

/* What is kept of an address or a network: enough to count, no more. */
static const char *
keyed_hash(
    struct arena *arena, const unsigned char secret[32], const char *purpose, const char *text)
{
	return token_keyed(arena, token_derive(arena, secret, 0, purpose), text);
}

/* Counts this asking; false: it is one too many. */
static bool
may_ask(struct db *db, struct arena *arena, const char *address_hash, const char *network_hash,
    int64_t now)
{
	struct mail_request_counts_row counts;

	if (!mail_request_counts(db, arena,
		&(struct mail_request_counts_in){ .kind = "subscription",
		    .address_hash = address_hash,
		    .network_hash = network_hash,
		    .since = now - CLOCK_HOUR },
		&counts) ||
	    counts.of_both >= ASKED_OF_BOTH || counts.of_address >= ASKED_OF_ADDRESS ||
	    counts.of_network >= ASKED_OF_NETWORK) {
		return false;
	}
	mail_request_insert(db,
	    &(struct mail_request_insert_in){ .kind = "subscription",
		.address_hash = address_hash,
		.network_hash = network_hash,
		.now = now });
	return true;
}

static bool
queue(struct db *db, struct arena *arena, const char *kind, const char *reason,
    const struct subscription *subscription, int64_t cohort_id, int64_t now)
{
	const struct outbox_parameter parameters[] = {
		{ "subscription", arena_format(arena, "%lld", (long long)subscription->id) },
		{ "cohort", arena_format(arena, "%lld", (long long)cohort_id) }, { NULL, NULL }
	};

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = kind,
		.recipient = subscription->email,
		.parameters = parameters,
		.due_at = now },
	    now);
}

enum subscription_outcome
subscription_ask(struct db *db, struct arena *arena, const unsigned char secret[32],
    const char *email, const char *network, int64_t now)
{
	const char *key = address_key(arena, email);
	const char *counted = key == NULL ? email : key;
	struct subscription subscription;

	if (!may_ask(db, arena, keyed_hash(arena, secret, "address", counted),
		keyed_hash(arena, secret, "network", network), now)) {
		return SUBSCRIPTION_TOO_MANY;
	}
	if (key == NULL ||
	    subscription_put(
		db, &(struct subscription_put_in){ .email = email, .email_key = key, .now = now }) <
		0 ||
	    !subscription_by_email_key(db, arena,
		&(struct subscription_by_email_key_in){ .email_key = key }, &subscription) ||
	    subscription.confirmed_at != DB_NULL) {
		return SUBSCRIPTION_ASKED;
	}
	(void)queue(db, arena, "next_opens_confirm",
	    arena_format(arena, "next_opens_confirm:%s", token_key128(arena)), &subscription, 0,
	    now);
	return SUBSCRIPTION_ASKED;
}

/* The link of this purpose, used or not, while its time lasts. */
static bool
find_link(struct db *db, struct arena *arena, const char *token, const char *purpose, int64_t now,
    struct link *link)
{
	return token_is_shaped(token) && link_find(db, arena, token_hash(arena, token), link) &&
	    strcmp(link->purpose, purpose) == 0 && link->expires_at > now;
}

enum subscription_link
subscription_link(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct subscription *subscription)
{
	struct link link;

	if (!find_link(db, arena, token, "subscription", now, &link) ||
	    !subscription_by_id(db, arena,
		&(struct subscription_by_id_in){ .id = link.subscription_id }, subscription)) {
		return SUBSCRIPTION_LINK_SPENT;
	}
	return subscription->confirmed_at == DB_NULL ? SUBSCRIPTION_LINK_CONFIRMS
						     : SUBSCRIPTION_LINK_DONE;
}

enum subscription_link
subscription_confirm(struct db *db, struct arena *arena, const char *token, int64_t now)
{
	struct subscription subscription;
	enum subscription_link state = subscription_link(db, arena, token, now, &subscription);

	if (state == SUBSCRIPTION_LINK_CONFIRMS &&
	    subscription_set_confirmed(
		db, &(struct subscription_set_confirmed_in){ .id = subscription.id, .now = now }) ==
		1) {
		return SUBSCRIPTION_LINK_DONE;
	}
	return state == SUBSCRIPTION_LINK_DONE ? state : SUBSCRIPTION_LINK_SPENT;
}

bool
subscription_tell(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	struct subscription_rows waiting;
	struct cohort cohort;

	if (!cohort_by_id(db, arena, &(struct cohort_by_id_in){ .id = cohort_id }, &cohort) ||
	    now >= cohort.closes_at) {
		return db_fault(db) == DB_FAULT_NONE;
	}
	waiting = subscription_waiting(db, arena);
	for (size_t i = 0; i < waiting.count; i++) {
		const char *reason = arena_format(arena, "next_opens:%lld:%lld",
		    (long long)waiting.rows[i].id, (long long)cohort_id);

		if (!queue(db, arena, "next_opens", reason, &waiting.rows[i], cohort_id, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
subscription_told(struct db *db, int64_t id)
{
	return subscription_delete(db, &(struct subscription_delete_in){ .id = id }) >= 0;
}

bool
subscription_purge(struct db *db, int64_t now)
{
	return subscription_delete_unconfirmed(db,
		   &(struct subscription_delete_unconfirmed_in){
		       .before = now - SUBSCRIPTION_CONFIRM_SECONDS }) >= 0;
}

/* What the link would end, and the link. */
static enum subscription_stop
find_stop(struct db *db, struct arena *arena, const char *token, int64_t now, struct link *link)
{
	if (find_link(db, arena, token, "stop_subscription", now, link)) {
		return SUBSCRIPTION_STOP_TELLING;
	}
	if (find_link(db, arena, token, "stop_draft", now, link)) {
		return SUBSCRIPTION_STOP_DRAFT;
	}
	return find_link(db, arena, token, "stop_reminders", now, link)
	    ? SUBSCRIPTION_STOP_REMINDERS
	    : SUBSCRIPTION_STOP_NOTHING;
}

enum subscription_stop
subscription_stop_link(struct db *db, struct arena *arena, const char *token, int64_t now)
{
	struct link link;

	return find_stop(db, arena, token, now, &link);
}

enum subscription_stop
subscription_stop(struct db *db, struct arena *arena, const char *token, int64_t now)
{
	struct link link;
	enum subscription_stop stop = find_stop(db, arena, token, now, &link);

	switch (stop) {
	case SUBSCRIPTION_STOP_TELLING:
		subscription_delete(
		    db, &(struct subscription_delete_in){ .id = link.subscription_id });
		break;
	case SUBSCRIPTION_STOP_REMINDERS:
		subscription_stop_reminders(
		    db, &(struct subscription_stop_reminders_in){ .person_id = link.person_id });
		break;
	case SUBSCRIPTION_STOP_DRAFT:
		(void)draft_end_reminders(db, link.draft_id);
		break;
	case SUBSCRIPTION_STOP_NOTHING:
	default:
		break;
	}
	return stop;
}
