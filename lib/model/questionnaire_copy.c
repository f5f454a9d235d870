#include "model/questionnaire_copy.h"

#include "db/db.h"
#include "db/query/questionnaire_copy.h"

bool
questionnaire_copy(struct db *db, struct arena *arena, int64_t from_cohort, int64_t to_cohort,
    const char *purpose, int64_t days, int64_t now, struct questionnaire_copied *copied)
{
	struct questionnaire_copy_ends_row ends;
	struct questionnaire_copy_count_row count;

	if (!questionnaire_copy_ends(db, arena,
		&(struct questionnaire_copy_ends_in){
		    .from_cohort = from_cohort, .to_cohort = to_cohort, .purpose = purpose },
		&ends) ||
	    !questionnaire_copy_count(db, arena,
		&(struct questionnaire_copy_count_in){
		    .from_id = ends.from_id, .to_id = ends.to_id },
		&count) ||
	    questionnaire_copy_head(db,
		&(struct questionnaire_copy_head_in){
		    .from_id = ends.from_id, .to_id = ends.to_id }) < 0 ||
	    questionnaire_copy_revive(db,
		&(struct questionnaire_copy_revive_in){
		    .from_id = ends.from_id, .to_id = ends.to_id }) < 0) {
		return false;
	}
	copied->reworded = count.reworded;
	copied->left = count.left;
	copied->added = questionnaire_copy_items(db,
	    &(struct questionnaire_copy_items_in){ .from_id = ends.from_id, .to_id = ends.to_id });
	return copied->added >= 0 &&
	    questionnaire_copy_wordings(db,
		&(struct questionnaire_copy_wordings_in){
		    .from_id = ends.from_id, .to_id = ends.to_id, .days = days, .now = now }) >=
	    0 &&
	    questionnaire_copy_revision(
		db, &(struct questionnaire_copy_revision_in){ .to_id = ends.to_id }) == 1;
}
