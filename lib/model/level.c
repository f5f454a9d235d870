#include "model/level.h"

#include "db/db.h"
#include "db/query/cohort.h"

static bool
level_write(struct db *db, int64_t cohort_id, int64_t level, const struct level_words *words)
{
	if (words->name[0] == '\0') {
		return level_drop(db,
			   &(struct level_drop_in){ .cohort_id = cohort_id, .level = level }) >= 0;
	}
	return level_put(db,
		   &(struct level_put_in){ .cohort_id = cohort_id,
		       .level = level,
		       .name = words->name,
		       .help = words->help }) == 1;
}

enum level_outcome
level_change(struct db *db, const struct cohort *cohort, int64_t revision,
    const struct level_words words[LEVEL_COUNT])
{
	int64_t changed = cohort_next_revision(
	    db, &(struct cohort_next_revision_in){ .id = cohort->id, .revision = revision });

	if (changed == 0) {
		return LEVEL_CHANGED_MEANWHILE;
	}
	if (changed < 0) {
		return LEVEL_FAULT;
	}
	for (int64_t level = 1; level <= LEVEL_COUNT; level++) {
		if (!level_write(db, cohort->id, level, &words[level - 1])) {
			return LEVEL_FAULT;
		}
	}
	return LEVEL_SAVED;
}
