#include "model/asked.h"

#include <stddef.h>

#include "db/db.h"

struct asked_since_rows
asked_changed(struct db *db, struct arena *arena, int64_t questionnaire_id, int64_t since)
{
	return asked_since(db, arena,
	    &(struct asked_since_in){ .questionnaire_id = questionnaire_id, .since = since });
}

struct asked_before_rows
asked_earlier(struct db *db, struct arena *arena, int64_t person_id, int64_t cohort_id)
{
	return asked_before(
	    db, arena, &(struct asked_before_in){ .person_id = person_id, .cohort_id = cohort_id });
}
