#ifndef GROUNDCREW_MODEL_FEED_PING_H
#define GROUNDCREW_MODEL_FEED_PING_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/feed_ping.h"
#include "model/feed.h"

struct arena;
struct db;

/*
 * Telling a WebSub hub of feeds that show something else (feed.md rule 45;
 * W3C WebSub, "Publishing").  The hub fetches each document that it is told
 * of, Atom and JSON, and hands it on to its subscribers.
 *
 * A transaction that changes a feed has the courier woken (db.h), which queues
 * what is to be told.  The rows wait, are tried again and fail as those of web
 * hooks do, and are gone once the hub has taken them.
 */

/*
 * The hub is told so long after a feed changed: whatever stands between may
 * answer with what it kept for max-age, a minute, and the hub would find
 * nothing new.  What changes meanwhile is told together.
 */
#define FEED_PING_DELAY_SECONDS ((int64_t)90)

/* So many feeds are queued at a time. */
enum { FEED_PING_MOST = 500 };

/*
 * Queues a word of each feed that moved since the last one, in the caller's
 * write transaction: one for each of its documents, and none while one of that
 * feed waits (what moved since then is told when that has gone).  What failed
 * before of such a feed is dropped for it.
 *
 * has_hub false: nothing is queued, and what waits is dropped; a hub that is
 * configured later is told of what changes from then on.
 *
 * False on a fault.
 */
bool feed_ping_queue(struct db *db, struct arena *arena, bool has_hub, int64_t now);

/* The feed of a queued word.  False when it is there no more, or on a fault. */
bool feed_ping_feed(struct db *db, struct arena *arena, int64_t feed_id, struct feed_name *name);

#endif
