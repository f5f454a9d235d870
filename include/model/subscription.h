#ifndef GROUNDCREW_MODEL_SUBSCRIPTION_H
#define GROUNDCREW_MODEL_SUBSCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/subscription.h"
#include "ground/clock.h"

struct arena;
struct db;

/*
 * "Tell me when the next one opens": an address that was confirmed, one mail,
 * then it is deleted (product.md, "The feed").
 *
 *	asked ----- its mail's button -----> confirmed ----- a cohort opens,
 *	  |                                      |            its mail is sent
 *	  +--> deleted after three days          +--> deleted <----+
 *	                                              by its stop link, too
 */

/* How long an address can be confirmed, from the asking and from the sending
 * of its mail. */
#define SUBSCRIPTION_CONFIRM_SECONDS ((int64_t)3 * CLOCK_DAY)

enum subscription_outcome {
	/* The same to the caller whether or not the address is known. */
	SUBSCRIPTION_ASKED = 1,
	/* Too many mails were asked for; none was queued. */
	SUBSCRIPTION_TOO_MANY
};

/*
 * Someone wants to be told: queues the mail that asks them to confirm, unless
 * they did so before.  Limits as of sign_in_ask (safety 19).  In the caller's
 * write transaction.
 */
enum subscription_outcome subscription_ask(struct db *db, struct arena *arena,
    const unsigned char secret[32], const char *email, const char *network, int64_t now);

enum subscription_link {
	/* Its button confirms the address. */
	SUBSCRIPTION_LINK_CONFIRMS = 1,
	/* It was confirmed before. */
	SUBSCRIPTION_LINK_DONE,
	/* Unknown, too old, or the address was deleted since. */
	SUBSCRIPTION_LINK_SPENT
};

/* What the button of a mailed link would do; changes nothing (safety 14). */
enum subscription_link subscription_link(struct db *db, struct arena *arena, const char *token,
    int64_t now, struct subscription *subscription);

/* The button, in the caller's write transaction: LINK_DONE when the address
 * is confirmed now, LINK_SPENT when there is nothing to confirm. */
enum subscription_link
subscription_confirm(struct db *db, struct arena *arena, const char *token, int64_t now);

/*
 * A cohort opens: queues one mail to each confirmed address, however often it
 * runs; none of a cohort whose applications are over.  Of two cohorts that
 * open together an address hears of the first: with its mail the address is
 * deleted, and the other mail is pointless.  In tick's transaction; false on
 * a fault.
 */
bool subscription_tell(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

/* The mail was accepted: the address has served.  False on a fault. */
bool subscription_told(struct db *db, int64_t id);

/* Deletes the addresses that nobody confirmed in time.  False on a fault. */
bool subscription_purge(struct db *db, int64_t now);

/* What a stop link ends. */
enum subscription_stop {
	SUBSCRIPTION_STOP_TELLING = 1, /* the mail of the next opening */
	SUBSCRIPTION_STOP_REMINDERS, /* a member's reminders of stand-ups */
	SUBSCRIPTION_STOP_DRAFT, /* those of an application not sent yet */
	SUBSCRIPTION_STOP_NOTHING /* unknown, too old, or ended before */
};

/* What the link would end; changes nothing (safety 14). */
enum subscription_stop
subscription_stop_link(struct db *db, struct arena *arena, const char *token, int64_t now);

/*
 * Ends it, in the caller's write transaction: one's address is deleted, or
 * reminders are off until one's own page turns them on, those of a draft for
 * good.  The link works as often as it is pressed while there is something to
 * end.
 */
enum subscription_stop
subscription_stop(struct db *db, struct arena *arena, const char *token, int64_t now);

#endif
