#ifndef GROUNDCREW_MODEL_PROFILE_H
#define GROUNDCREW_MODEL_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/person.h"
#include "model/person.h"

struct arena;
struct db;

/*
 * What a person says of themselves, and what is theirs.
 */

/* public_name, pronouns and github may be NULL.  zone is an IANA name that
 * exists. */
struct profile {
	const char *name;
	const char *public_name;
	bool show_public_name;
	const char *pronouns;
	enum person_pronouns_reader pronouns_audience; /* the farthest who see them */
	const char *zone;
	const char *github;
	bool wants_reminders; /* of stand-ups, by mail */
};

/* Whether a GitHub account could have the name, by GitHub's own rule: letters,
 * digits and single inner hyphens, 1 to PROFILE_GITHUB_MAX of them. */
#define PROFILE_GITHUB_MAX 39

bool profile_github_is_valid(const char *name);

/* Replaces a person's profile, in the caller's write transaction; feeds that
 * name them show it at once.  False on a fault. */
bool profile_change(
    struct db *db, struct arena *arena, int64_t person_id, const struct profile *profile);

#endif
