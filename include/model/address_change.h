#ifndef GROUNDCREW_MODEL_ADDRESS_CHANGE_H
#define GROUNDCREW_MODEL_ADDRESS_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/address_change.h"
#include "ground/clock.h"

struct arena;
struct db;
struct person;

/*
 * Changing one's address: a link goes to the old mailbox and one to the new,
 * and the address changes once the buttons of both were pressed.  So neither a
 * session left open nor a mistyped letter can take an account away.
 */

/* Both have to be pressed within a day. */
#define ADDRESS_CHANGE_SECONDS CLOCK_DAY

enum address_ask {
	/* The same whether or not the address is another person's: only who
	 * owns its mailbox will learn that. */
	ADDRESS_ASK_DONE = 1,
	ADDRESS_ASK_SAME, /* it is the person's own already */
	/* As of safety 19: 5 an hour for an address from one network, 20 for an
	 * address, 60 for a network; the old address counts as much as the new. */
	ADDRESS_ASK_TOO_MANY,
	ADDRESS_ASK_FAULT
};

/*
 * A person asks for another address, which is valid: queues a mail to each.
 * An earlier change that is not finished ends, and its links with it.  secret
 * keys what is kept of addresses and network.  Runs in the caller's write
 * transaction.
 */
enum address_ask
address_change_ask(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct person *person, const char *email, const char *network, int64_t now);

/* The change that a person has asked for and not finished; false when there is
 * none, or on a fault. */
bool address_change_find(struct db *db, struct arena *arena, int64_t person_id, int64_t now,
    struct address_change *change);

/* Takes it back.  False when there is none, or on a fault. */
bool address_change_withdraw(struct db *db, int64_t person_id);

/* What a mailed link opens. */
struct address_side {
	struct address_change change;
	bool is_new; /* the mailbox it came to: the new one */
	bool is_confirmed; /* this side's button was pressed */
};

/*
 * The side of a change that a link's token opens, while the change waits.
 * False for everything else, or on a fault.
 */
bool address_change_open(
    struct db *db, struct arena *arena, const char *token, int64_t now, struct address_side *side);

enum address_press {
	ADDRESS_PRESS_WAITS = 1, /* for the other side */
	/* The address is the new one: every session of the person but
	 * except_session_id has ended, every link mailed before is void, what
	 * waits to be mailed and their applications go with them. */
	ADDRESS_PRESS_CHANGED,
	/* The new address is another person's; nothing was changed. */
	ADDRESS_PRESS_TAKEN,
	ADDRESS_PRESS_FAULT
};

/*
 * Confirms a side; pressing again does nothing.  That no two people share an
 * address is the database's to keep, whoever comes first.  Runs in the
 * caller's write transaction, which on ADDRESS_PRESS_TAKEN is to be rolled
 * back.
 */
enum address_press address_change_press(struct db *db, struct arena *arena,
    const struct address_side *side, int64_t except_session_id, int64_t now);

#endif
