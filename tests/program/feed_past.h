/*
 * A programme to which things happen at random, and what its feeds are to tell
 * of them: a memory of its own, beside the database's.
 *
 * Cohorts "orion" (1) and "cygnus" (2); groups "deneb" (1) and "lyra" (2) in
 * orion, "albireo" (3) in cygnus, later ones in orion.
 */
#ifndef TESTS_PROGRAM_FEED_PAST_H
#define TESTS_PROGRAM_FEED_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_worker.h"

enum { PAST_TOLD_MAX = 3000, PAST_GROUPS_MAX = 6 };

/* What was told once, whatever became of it. */
struct told {
	int64_t id; /* of the activity */
	const char *key;
	const char *kind;
	int64_t cohort;
	int64_t group; /* a highlight's; else 0 */
	bool is_withdrawn;
	bool is_tombstone;
};

struct past {
	struct worker *worker;
	uint64_t seed;
	int64_t now;
	struct told told[PAST_TOLD_MAX]; /* the oldest first */
	size_t count;
	int64_t groups; /* how many there are, numbered from 1 */
	int64_t words; /* numbers that make each text another */
};

/* The feeds by their paths without suffix, as "/feed/orion/deneb". */
enum { PAST_FEEDS = 6 + PAST_GROUPS_MAX };

struct past *past_new(struct worker *worker, uint64_t seed);

/* A number below `bound`. */
uint64_t past_random(struct past *past, uint64_t bound);

/* Something happens. The clock moves on, and now and then back. */
void past_step(struct past *past);

/* The path of a feed, or NULL: there is none with this number. */
const char *past_feed(struct past *past, size_t number);

/* Whether that feed is to carry it. */
bool past_carries(const struct past *past, size_t number, const struct told *told);

/* Reads from the database what is withdrawn and what a tombstone. */
void past_refresh(struct past *past);

#endif
