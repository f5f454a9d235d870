#include "model/rights.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/application.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/person.h"
#include "db/query/rights.h"

static unsigned
role_read(const char *word)
{
	static const struct {
		const char *word;
		enum role role;
	} roles[] = {
		{ "djangonaut", ROLE_DJANGONAUT },
		{ "navigator", ROLE_NAVIGATOR },
		{ "captain", ROLE_CAPTAIN },
		{ "organiser", ROLE_ORGANISER },
		{ "reviewer", ROLE_REVIEWER },
	};

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		if (strcmp(roles[i].word, word) == 0) {
			return roles[i].role;
		}
	}
	return 0;
}

static unsigned
roles_read(struct rights_role_rows rows)
{
	unsigned roles = 0;

	for (size_t i = 0; i < rows.count; i++) {
		roles |= role_read(rows.rows[i].role);
	}
	return roles;
}

static unsigned
roles_in_cohort(struct db *db, struct arena *arena, int64_t person_id, int64_t cohort_id)
{
	return roles_read(rights_in_cohort(db, arena,
	    &(struct rights_in_cohort_in){ .cohort_id = cohort_id, .person_id = person_id }));
}

/* Organisers review without being appointed. */
static unsigned
with_reviewing(unsigned roles)
{
	return roles | ((roles & ROLE_ORGANISER) ? ROLE_REVIEWER : 0U);
}

static unsigned
roles_in_group(struct db *db, struct arena *arena, int64_t person_id, const struct group *group)
{
	unsigned roles = roles_in_cohort(db, arena, person_id, group->cohort_id);

	return (roles & ROLE_ORGANISER) |
	    roles_read(rights_in_group(db, arena,
		&(struct rights_in_group_in){ .group_id = group->id, .person_id = person_id }));
}

static unsigned
roles_in_application(
    struct db *db, struct arena *arena, int64_t person_id, const struct application *application)
{
	unsigned roles =
	    with_reviewing(roles_in_cohort(db, arena, person_id, application->cohort_id)) &
	    (ROLE_ORGANISER | ROLE_REVIEWER);
	struct rights_conflict_row conflict;

	if (application->person_id == person_id) {
		return (roles & ~(unsigned)ROLE_REVIEWER) | ROLE_APPLICANT;
	}
	if ((roles & ROLE_REVIEWER) &&
	    rights_conflict(db, arena,
		&(struct rights_conflict_in){
		    .application_id = application->id, .person_id = person_id },
		&conflict)) {
		roles &= ~(unsigned)ROLE_REVIEWER;
	}
	return roles;
}

unsigned
rights_of(struct db *db, struct arena *arena, const struct person *person, int64_t application_only,
    const struct cohort *cohort, const struct group *group, const struct application *application,
    int64_t now)
{
	unsigned roles;

	if (person == NULL) {
		return ROLE_ANYONE;
	}
	if (application_only != DB_NULL) {
		return ROLE_ANYONE |
		    (application != NULL && application->id == application_only ? ROLE_APPLICANT
										: 0U);
	}
	if (application != NULL) {
		roles = roles_in_application(db, arena, person->id, application);
	} else if (group != NULL) {
		roles = roles_in_group(db, arena, person->id, group);
	} else if (cohort != NULL) {
		roles = with_reviewing(roles_in_cohort(db, arena, person->id, cohort->id));
	} else {
		roles = with_reviewing(roles_read(rights_anywhere(
		    db, arena, &(struct rights_anywhere_in){ .person_id = person->id })));
	}
	if (cohort != NULL && now >= cohort->ends_at) {
		roles &= ~(unsigned)ROLE_REVIEWER;
	}
	if (cohort != NULL && now >= cohort->ends_at + RIGHTS_READ_SECONDS) {
		roles &= ROLE_ORGANISER | ROLE_APPLICANT;
	}
	if (person->is_administrator == 1) {
		roles |= ROLE_ADMINISTRATOR;
	}
	return roles | ROLE_ANYONE | ROLE_PERSON;
}
