#ifndef GROUNDCREW_MODEL_PERSON_H
#define GROUNDCREW_MODEL_PERSON_H

#include <stdbool.h>

#include "db/query/person.h"

struct arena;
struct db;

/* Strings of every struct person read here belong to the arena. */

/* The person with this id; false when there is none, or on a fault. */
bool person_find(struct db *db, struct arena *arena, int64_t id, struct person *person);

/*
 * The person with this e-mail address, compared by address_key: ASCII case of
 * the local part and the spelling of the domain (IDNA) make no difference.
 * False when the address is not valid, unknown, or on a fault.
 */
bool
person_find_by_email(struct db *db, struct arena *arena, const char *email, struct person *person);

/* What is known of someone new; name may be NULL: then the address's local
 * part stands in until they say. pronouns and github may be NULL; zone is an
 * IANA name, NULL means UTC. */
struct person_new {
	const char *email;
	const char *name;
	const char *pronouns;
	const char *zone;
	const char *github;
};

/*
 * The person with this address, made when there was none; an existing person
 * keeps what they said of themselves.  Runs in the caller's write
 * transaction.
 *
 * Returns the person's id, or 0 when the address is not valid or on a fault.
 */
int64_t
person_ensure(struct db *db, struct arena *arena, const struct person_new *new_person, int64_t now);

/*
 * The name under which the public may see someone: the public name or
 * pseudonym when there is one and they chose to show it, otherwise NULL.
 */
const char *person_public_name(const char *public_name, int64_t show_public_name);

/* What a reader is to a person, the nearest first; the numbers are those of
 * person.pronouns_audience, which names the farthest who see the pronouns. */
enum person_pronouns_reader {
	PRONOUNS_ORGANISER = 1, /* of a cohort the person is in */
	PRONOUNS_GROUP, /* sits in a group with them */
	PRONOUNS_COHORT, /* is in a cohort with them */
	PRONOUNS_OUTSIDER /* never sees them */
};

/* The pronouns as that reader sees them: NULL when they are not for them. */
const char *
person_pronouns(const char *pronouns, int64_t audience, enum person_pronouns_reader reader);

#endif
