#include <stddef.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/outbox.h"
#include "model/person.h"
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

static bool
asked_too_often(struct db *db, struct arena *arena, const char *address_hash,
    const char *network_hash, int64_t now)
{
	struct mail_request_counts_row counts;

	if (!mail_request_counts(db, arena,
		&(struct mail_request_counts_in){ .kind = "sign_in",
		    .address_hash = address_hash,
		    .network_hash = network_hash,
		    .since = now - CLOCK_HOUR },
		&counts)) {
		return true;
	}
	return counts.of_both >= ASKED_OF_BOTH || counts.of_address >= ASKED_OF_ADDRESS ||
	    counts.of_network >= ASKED_OF_NETWORK;
}

enum sign_in_outcome
sign_in_ask(struct db *db, struct arena *arena, const unsigned char secret[32], const char *email,
    const char *network, const char *next, int64_t now)
{
	const char *key = address_key(arena, email);
	const char *address_hash, *network_hash, *reason;
	struct person person;

	address_hash = keyed_hash(arena, secret, "address", key == NULL ? email : key);
	network_hash = keyed_hash(arena, secret, "network", network);
	if (asked_too_often(db, arena, address_hash, network_hash, now)) {
		return SIGN_IN_TOO_MANY;
	}
	mail_request_insert(db,
	    &(struct mail_request_insert_in){ .kind = "sign_in",
		.address_hash = address_hash,
		.network_hash = network_hash,
		.now = now });
	if (!person_find_by_email(db, arena, email, &person) || person.is_disabled == 1) {
		return SIGN_IN_ASKED;
	}
	reason = arena_format(arena, "sign_in:%s", token_key128(arena));
	outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = "sign_in",
		.recipient = person.email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "person", arena_format(arena, "%lld", (long long)person.id) },
			{ "next", next == NULL ? "" : next }, { NULL, NULL } },
		.due_at = now },
	    now);
	return SIGN_IN_ASKED;
}
