#ifndef GROUNDCREW_MODEL_ERASE_H
#define GROUNDCREW_MODEL_ERASE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Forgetting someone (product.md, "Accounts and privacy"; safety 58).
 *
 * Their row stays as a stand-in without address or words, disabled, with
 * erased_at set, so that what they took part in still counts.  What they said
 * and had not made public is replaced; what was public stays under the
 * stand-in's name or is withdrawn, as they choose.  Applications keep their
 * level, projects, instants and offers; roles end.  Sessions, links,
 * invitations, subscriptions, receipts and mail to the address are deleted.
 */

/* What stands where their name and their words stood; the programs take them
 * from the messages, and retention a dash. */
struct erase_words {
	const char *name; /* 1 to 100 characters */
	const char *removed; /* 1 to 120 characters */
};

struct erase {
	/* The key file's key. */
	const unsigned char *secret;
	struct erase_words words;
	/* Whether what they made public is withdrawn too. */
	bool withdraws;
	/* Queue the mail that says it is done; its row goes when it is sent. */
	bool tells;
};

/*
 * The keyed hash by which an erased address is known again where the address
 * must not be kept: the journal, and the chores that follow an erasure.
 * email_key is address_key's.
 */
const char *
erasure_address_hash(struct arena *arena, const unsigned char secret[32], const char *email_key);

/*
 * The same of an account, for a backup that knows it by an address which it
 * left before it was erased.  created_at tells it from one that was given its
 * number after a restore.
 */
const char *erasure_account_hash(
    struct arena *arena, const unsigned char secret[32], int64_t person_id, int64_t created_at);

/*
 * Erases a person, in the caller's write transaction: feeds and pages change
 * with its COMMIT.  One row of erasure is inserted for each address they were
 * known by here (their own, and those of their applications that are nobody
 * else's) and one for the account itself, for the courier to see to what lies outside the database.  Whoever
 * calls it notes it in the audit log, with the person as its subject: the
 * row has no name any more.
 *
 * Never refused, not to a last administrator or organiser either.  False when
 * there is no such person, when they are erased already, or on a fault.
 */
bool person_erase(
    struct db *db, struct arena *arena, const struct erase *erase, int64_t person_id, int64_t now);

/*
 * The same by address, which need not be a person's: it may have applied
 * without confirming, be invited or subscribed.  *person_id is the stand-in's
 * id, or 0.  False when the address is unknown here in every way, or on a
 * fault.
 */
bool address_erase(struct db *db, struct arena *arena, const struct erase *erase, const char *email,
    int64_t now, int64_t *person_id);

/* What a person leaves behind when they go; for the page that asks them. */
struct erase_consequences {
	/* Nobody else is an administrator of the installation. */
	bool is_last_administrator;
	/* Cohorts not over yet that nobody else organises. */
	int64_t cohorts_alone;
	/* Whether anything of theirs is public. */
	bool has_public_words;
};

bool erase_consequences_read(struct db *db, struct arena *arena, int64_t person_id, int64_t now,
    struct erase_consequences *consequences);

#endif
