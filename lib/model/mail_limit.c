#include "model/mail_limit.h"

#include <stddef.h>

#include "db/query/session.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/token.h"

#define ASKED_OF_BOTH 5
#define ASKED_OF_ADDRESS 20
#define ASKED_OF_NETWORK 60

/* What is kept of an address or a network: enough to count, no more. */
static const char *
keyed_hash(struct arena *arena, const unsigned char *secret, const char *purpose, const char *text)
{
	return token_keyed(arena, token_derive(arena, secret, 0, purpose), text);
}

static const char *
address_hash(struct arena *arena, const struct mail_limit *limit)
{
	const char *key = address_key(arena, limit->email);

	return keyed_hash(arena, limit->secret, "address", key == NULL ? limit->email : key);
}

static const char *
network_hash(struct arena *arena, const struct mail_limit *limit)
{
	return keyed_hash(arena, limit->secret, "network", limit->network);
}

bool
mail_limit_reached(struct db *db, struct arena *arena, const struct mail_limit *limit, int64_t now)
{
	struct mail_request_counts_row counts;

	if (!mail_request_counts(db, arena,
		&(struct mail_request_counts_in){ .kind = limit->kind,
		    .address_hash = address_hash(arena, limit),
		    .network_hash = network_hash(arena, limit),
		    .since = now - CLOCK_HOUR },
		&counts)) {
		return true;
	}
	return counts.of_both >= ASKED_OF_BOTH || counts.of_address >= ASKED_OF_ADDRESS ||
	    counts.of_network >= ASKED_OF_NETWORK;
}

bool
mail_limit_count(struct db *db, struct arena *arena, const struct mail_limit *limit, int64_t now)
{
	return mail_request_insert(db,
		   &(struct mail_request_insert_in){ .kind = limit->kind,
		       .address_hash = address_hash(arena, limit),
		       .network_hash = network_hash(arena, limit),
		       .now = now }) == 1;
}
