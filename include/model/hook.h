#ifndef GROUNDCREW_MODEL_HOOK_H
#define GROUNDCREW_MODEL_HOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/hook.h"
#include "ground/clock.h"

struct arena;
struct db;

/*
 * Web hooks: where a community is told of what it may follow by feed
 * (product.md, "Mail and web hooks").  A cohort's hooks are told of its
 * activities, the programme's of all.  What is told is public: an activity is
 * written when something becomes so, and read again at sending.
 *
 * A hook's address lets whoever has it write there: it is shown to nobody once
 * it is saved.
 *
 * cohort_id is a cohort's, or HOOK_PROGRAMME.
 */
#define HOOK_PROGRAMME ((int64_t)0)

/* An activity is told this long after it was written, so that what is taken
 * back at once was never told. */
#define HOOK_DELAY_SECONDS ((int64_t)5 * CLOCK_MINUTE)

/* So many for a cohort, and so many for the programme. */
enum { HOOK_MOST = 10 };

/* Those of a cohort or the programme, oldest first. */
struct hook_rows hook_list(struct db *db, struct arena *arena, int64_t cohort_id);

/* One of them.  False: none, another cohort's, or a fault. */
bool
hook_find(struct db *db, struct arena *arena, int64_t cohort_id, int64_t id, struct hook *hook);

/* format is "discord" or "json". */
struct hook_new {
	const char *format;
	const char *name;
	const char *link;
};

enum hook_add_outcome {
	HOOK_ADDED = 1,
	/* Not https, or with a name and password in it: it would be handed
	 * over in the clear, or be no address that a chat gave. */
	HOOK_NOT_SAFE,
	/* The same address is there. */
	HOOK_BEFORE,
	/* There are HOOK_MOST. */
	HOOK_TOO_MANY,
	HOOK_ADD_FAULT
};

/* In the caller's write transaction.  Nothing is posted for what happened
 * before. */
enum hook_add_outcome hook_add(struct db *db, struct arena *arena, int64_t cohort_id,
    const struct hook_new *new_hook, int64_t now);

/* Removes it, and what was queued for it.  False: there was none, or a fault. */
bool hook_remove(struct db *db, int64_t cohort_id, int64_t id);

/* Queues a word that tries the hook, at once; once a minute at most.  In the
 * caller's write transaction; false on a fault. */
bool hook_test(struct db *db, struct arena *arena, const struct hook *hook, int64_t now);

/*
 * Queues a post of this activity for each hook that is told of its cohort
 * (DB_NULL: of the programme's hooks), in the transaction that writes it.
 * False on a fault.
 */
bool
hook_tell(struct db *db, struct arena *arena, int64_t activity_id, int64_t cohort_id, int64_t now);

#endif
