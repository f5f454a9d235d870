#include "model/sight.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/person.h"
#include "db/query/review.h"
#include "model/rights.h"

/* Its author reads what they wrote. */
static struct sight
sight_of_own(void)
{
	return (struct sight){
		.names = true, .identifying = true, .sensitive = true, .zone = true, .earlier = true
	};
}

struct sight
sight_judge(const struct sight_facts *facts)
{
	bool knows, compares;

	if (facts->is_own) {
		return sight_of_own();
	}
	if (!facts->is_organiser && (!facts->is_reviewer || facts->has_conflict)) {
		return (struct sight){ .names = false };
	}
	knows = facts->has_revealed ||
	    (facts->is_organiser && (facts->names_shown || facts->is_decided));
	compares = !facts->has_conflict &&
	    (facts->has_reviewed ||
		(facts->is_organiser &&
		    (facts->is_complete || facts->names_shown || facts->is_decided)));
	return (struct sight){
		.names = knows,
		.identifying = knows,
		.sensitive = true,
		.scores_of_others = compares,
		.notes_of_others = compares,
		.zone = knows,
		.earlier = knows,
	};
}

struct sight
sight_of(struct db *db, struct arena *arena, const struct person *person,
    const struct cohort *cohort, int64_t application_id, unsigned roles, int64_t now)
{
	struct sight_seen_row seen;

	if (person == NULL ||
	    !sight_seen(db, arena,
		&(struct sight_seen_in){ .cohort_id = cohort->id,
		    .application_id = application_id,
		    .person_id = person->id },
		&seen)) {
		return (struct sight){ .names = false };
	}
	return sight_judge(&(struct sight_facts){
	    .is_organiser = (roles & ROLE_ORGANISER) != 0,
	    .is_reviewer = (roles & ROLE_REVIEWER) != 0,
	    .is_own = seen.is_own != 0,
	    .has_conflict = seen.has_conflict != 0,
	    .has_reviewed = seen.has_reviewed != 0,
	    .has_revealed = seen.has_revealed != 0,
	    .is_complete = seen.reviews >= cohort->reviews_wanted,
	    .is_decided = sight_is_decided(seen.standing),
	    .names_shown = sight_names_shown(cohort, now),
	});
}

bool
sight_shows(const struct sight *sight, const char *kind, bool is_identifying, bool is_sensitive)
{
	bool names = is_identifying || strcmp(kind, "url") == 0 || strcmp(kind, "email") == 0;

	return (!names || sight->identifying) && (!is_sensitive || sight->sensitive);
}

const char *
sight_name(const struct sight *sight, const char *name, const char *call_sign)
{
	return sight->names ? name : call_sign;
}

bool
sight_names_shown(const struct cohort *cohort, int64_t now)
{
	return cohort->names_shown_at != DB_NULL && cohort->names_shown_at <= now;
}

bool
sight_is_decided(const char *standing)
{
	static const char *const undecided[] = { "received", "counting", "withdrawn" };

	for (size_t i = 0; i < sizeof(undecided) / sizeof(undecided[0]); i++) {
		if (strcmp(undecided[i], standing) == 0) {
			return false;
		}
	}
	return true;
}
