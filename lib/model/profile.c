#include "model/profile.h"

#include <string.h>

#include "db/db.h"
#include "ground/text.h"

bool
profile_github_is_valid(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t length = strlen(name);

	return length >= 1 && length <= PROFILE_GITHUB_MAX && strspn(name, letters) == length &&
	    name[0] != '-' && name[length - 1] != '-' && strstr(name, "--") == NULL;
}

bool
profile_change(struct db *db, struct arena *arena, int64_t person_id, const struct profile *profile)
{
	return person_change_profile(db,
		   &(struct person_change_profile_in){ .id = person_id,
		       .name = profile->name,
		       .name_key = text_key(arena, profile->name),
		       .public_name = profile->public_name,
		       .show_public_name = profile->show_public_name ? 1 : 0,
		       .pronouns = profile->pronouns,
		       .pronouns_audience = profile->pronouns_audience,
		       .zone = profile->zone,
		       .github = profile->github,
		       .wants_reminders = profile->wants_reminders ? 1 : 0 }) == 1;
}
