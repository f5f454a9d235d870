#ifndef GROUNDCREW_MODEL_MAIL_LIMIT_H
#define GROUNDCREW_MODEL_MAIL_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * How many mails a stranger may have sent to an address (safety 19): in an
 * hour 5 for an address from one network, 20 for an address, 60 for a network,
 * each kind for itself.  Addresses and networks are kept only as keyed hashes,
 * for an hour.
 */

/* Who asks for a mail of a kind of mail_request's list: to what address (one
 * that is not valid counts as it is typed), from which /24 or /56.  secret
 * keys the hashes. */
struct mail_limit {
	const char *kind;
	const unsigned char *secret; /* 32 bytes */
	const char *email;
	const char *network;
};

/* Whether one more would be too many; true on a fault, too. */
bool
mail_limit_reached(struct db *db, struct arena *arena, const struct mail_limit *limit, int64_t now);

/* Counts one.  False on a fault. */
bool
mail_limit_count(struct db *db, struct arena *arena, const struct mail_limit *limit, int64_t now);

#endif
