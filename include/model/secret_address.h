#ifndef GROUNDCREW_MODEL_SECRET_ADDRESS_H
#define GROUNDCREW_MODEL_SECRET_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/person.h"
#include "db/query/secret_address.h"

struct arena;
struct db;

/*
 * Secret addresses (feed.md, "Feeds there are"): a token of 256 random bits
 * in an address lets a feed reader or a calendar, which cannot sign in, read
 * what its owner may read.
 *
 * Of the token only the hash is kept, so it is shown once.  What it opens is
 * asked anew at each request: the owner's roles, the cohort, audiences.  An
 * address ends when its owner says so, leaves the group or the cohort, is
 * disabled or erased, a year after the cohort, and with a restore.
 */
enum secret_purpose {
	SECRET_GROUP_FEED = 1,
	SECRET_GROUP_CALENDAR,
	SECRET_PERSON_CALENDAR,
	SECRET_PURPOSES
};

/* The schema's word for it, "group_feed", and back; 0 for no such word. */
const char *secret_purpose_word(enum secret_purpose purpose);
enum secret_purpose secret_purpose_read(const char *word);

/* Whether it is of one group; otherwise the group's id is 0. */
bool secret_purpose_has_group(enum secret_purpose purpose);

enum secret_outcome {
	SECRET_MADE = 1,
	/* There was one: its token opens nothing any more. */
	SECRET_RENEWED,
	/* They do not sit in that group now, or may read it no more. */
	SECRET_NOT_YOURS,
	SECRET_FAULT
};

/*
 * Makes somebody's address for this, or gives it another token, in the
 * caller's write transaction.  For the first two outcomes *token is the token,
 * which nothing but the caller knows.
 */
enum secret_outcome secret_address_make(struct db *db, struct arena *arena, int64_t person_id,
    enum secret_purpose purpose, int64_t group_id, int64_t now, const char **token);

/* Ends it.  False when there is none, or on a fault. */
bool
secret_address_end(struct db *db, int64_t person_id, enum secret_purpose purpose, int64_t group_id);

/* What somebody has, and the groups of which they may have some; the group's
 * id of a person's calendar is DB_NULL. */
struct secret_address_rows
secret_address_list(struct db *db, struct arena *arena, int64_t person_id);
struct secret_group_rows
secret_address_choices(struct db *db, struct arena *arena, int64_t person_id, int64_t now);

/* Who reads by an address, and what. */
struct secret_reader {
	struct secret_address address;
	struct person person;
	/* Of a group's address; else empty. */
	struct cohort cohort;
	struct group group;
	unsigned roles; /* the person's in the group */
};

/*
 * What this token opens.  False when it is none, is one for another purpose,
 * when its owner may not read that now, or on a fault: all the same to whoever
 * asks.
 */
bool secret_address_open(struct db *db, struct arena *arena, const char *token,
    enum secret_purpose purpose, int64_t now, struct secret_reader *reader);

#endif
