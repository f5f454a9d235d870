#include <inttypes.h>

#include "db/db.h"
#include "letters_writing.h"
#include "model/person.h"
#include "model/reviewers.h"
#include "web/link.h"
#include "web/time.h"

static bool
find(struct writing *writing, struct person *person, struct cohort *cohort)
{
	struct db *db = writing->crewctl->db;

	return person_find(db, writing->arena, letter_parameter_id(writing, "person"), person) &&
	    cohort_by_id(db, writing->arena,
		&(struct cohort_by_id_in){ .id = letter_parameter_id(writing, "cohort") },
		cohort) &&
	    letter_is_to(writing, person->email_key) &&
	    reviewers_has(db, writing->arena, cohort, person->id) &&
	    writing->crewctl->now < cohort->starts_at;
}

enum letter_outcome
letter_reviewer_appointed(struct writing *writing)
{
	struct person person;
	struct cohort cohort;

	if (!find(writing, &person, &cohort)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_reviewer_appointed(writing->arena,
	    letter_words(writing, "reviewer_appointed", cohort.id),
	    &(struct wording_reviewer_appointed){ .name = person.name,
		.cohort = cohort.name,
		.programme = writing->programme.name,
		.reviews = arena_format(writing->arena, "%" PRId64, cohort.reviews_wanted),
		.until = time_words(writing->arena, person.zone, cohort.starts_at),
		.contact = writing->programme.contact,
		.link = letter_absolute(
		    writing, link_review(writing->arena, writing->crewctl->site, cohort.slug)) });
	return LETTER_READY;
}
