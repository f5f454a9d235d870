#include "model/questionnaire_plan.h"

#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "model/cohort.h"

/* Moves the form on from the revision that was looked at. */
static enum questionnaire_outcome
step(struct db *db, const struct questionnaire *form, int64_t revision)
{
	int64_t changed = questionnaire_step(
	    db, &(struct questionnaire_step_in){ .id = form->id, .revision = revision });

	if (changed < 0) {
		return QUESTIONNAIRE_FAULT;
	}
	return changed == 1 ? QUESTIONNAIRE_SAVED : QUESTIONNAIRE_CHANGED_MEANWHILE;
}

/* The same when the question is one of the form's. */
static enum questionnaire_outcome
step_with(struct db *db, const struct questionnaire *form, int64_t revision,
    const struct questionnaire_item *item)
{
	return item == NULL ? QUESTIONNAIRE_NO_ITEM : step(db, form, revision);
}

static const struct questionnaire_item *
find_item(const struct questionnaire_item_rows *items, int64_t item_id)
{
	for (size_t i = 0; i < items->count; i++) {
		if (items->rows[i].id == item_id) {
			return &items->rows[i];
		}
	}
	return NULL;
}

static enum questionnaire_outcome
saved(bool done)
{
	return done ? QUESTIONNAIRE_SAVED : QUESTIONNAIRE_FAULT;
}

enum questionnaire_outcome
questionnaire_change(struct db *db, const struct questionnaire *questionnaire, int64_t revision,
    const char *intro, int64_t minutes)
{
	enum questionnaire_outcome outcome = step(db, questionnaire, revision);

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	return saved(questionnaire_head(db,
			 &(struct questionnaire_head_in){
			     .id = questionnaire->id, .intro = intro, .minutes = minutes }) == 1);
}

/* ---- questions ---- */

static bool
write_wording(struct db *db, int64_t item_id, const struct item_plan *plan, int64_t now)
{
	return item_wording_insert(db,
		   &(struct item_wording_insert_in){ .item_id = item_id,
		       .label = plan->label,
		       .help = plan->help,
		       .is_required = plan->is_required,
		       .least = plan->least,
		       .most = plan->most,
		       .options = plan->options,
		       .now = now }) == 1;
}

enum questionnaire_outcome
questionnaire_add(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, const struct item_plan *plan, int64_t now, int64_t *item_id)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(db, arena, questionnaire->id);
	enum questionnaire_outcome outcome = step(db, questionnaire, revision);

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	if (questionnaire_items(db, arena, questionnaire->id).count >= QUESTIONNAIRE_ITEMS_MAX) {
		return QUESTIONNAIRE_FULL;
	}
	if (questionnaire_item_insert(db,
		&(struct questionnaire_item_insert_in){ .questionnaire_id = questionnaire->id,
		    .name = questionnaire_name(arena, plan->label, &items),
		    .kind = item_kind_name(plan->kind),
		    .is_sensitive = plan->is_sensitive,
		    .is_identifying = plan->is_identifying }) != 1) {
		return QUESTIONNAIRE_FAULT;
	}
	*item_id = db_last_id(db);
	return saved(write_wording(db, *item_id, plan, now));
}

static bool
is_put_so(const struct questionnaire_item *item, const struct item_plan *plan)
{
	return strcmp(item->label, plan->label) == 0 && strcmp(item->help, plan->help) == 0 &&
	    strcmp(item->options, plan->options) == 0 &&
	    (item->is_required == 1) == plan->is_required && item->least == plan->least &&
	    item->most == plan->most;
}

/* Kind and marks; the database refuses what would break a promise. */
static enum questionnaire_outcome
mark(struct db *db, const struct questionnaire_item *item, const struct item_plan *plan)
{
	if (questionnaire_item_mark(db,
		&(struct questionnaire_item_mark_in){ .id = item->id,
		    .kind = item_kind_name(plan->kind),
		    .is_sensitive = plan->is_sensitive,
		    .is_identifying = plan->is_identifying }) == 1) {
		return QUESTIONNAIRE_SAVED;
	}
	if (db_refusal(db) == REFUSAL_ITEM_IS_ANSWERED) {
		return QUESTIONNAIRE_KIND_FIXED;
	}
	return db_refusal(db) == REFUSAL_ITEM_STAYS_SENSITIVE ? QUESTIONNAIRE_STAYS_SENSITIVE
							      : QUESTIONNAIRE_FAULT;
}

static enum questionnaire_outcome
put(struct db *db, const struct questionnaire_item *item, const struct item_plan *plan, int64_t now)
{
	if (is_put_so(item, plan)) {
		return QUESTIONNAIRE_SAVED;
	}
	if (item_wording_change(db,
		&(struct item_wording_change_in){ .id = item->wording_id,
		    .label = plan->label,
		    .help = plan->help,
		    .is_required = plan->is_required,
		    .least = plan->least,
		    .most = plan->most,
		    .options = plan->options,
		    .now = now }) == 1) {
		return QUESTIONNAIRE_SAVED;
	}
	return saved(db_refusal(db) == REFUSAL_WORDING_IS_ANSWERED &&
	    write_wording(db, item->id, plan, now));
}

enum questionnaire_outcome
questionnaire_reword(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id, const struct item_plan *plan, int64_t now)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(db, arena, questionnaire->id);
	const struct questionnaire_item *item = find_item(&items, item_id);
	enum questionnaire_outcome outcome = step_with(db, questionnaire, revision, item);

	if (outcome == QUESTIONNAIRE_SAVED) {
		outcome = mark(db, item, plan);
	}
	return outcome == QUESTIONNAIRE_SAVED ? put(db, item, plan, now) : outcome;
}

/* ---- their order ---- */

static bool
place(struct db *db, const struct questionnaire_item *item, int64_t position)
{
	return questionnaire_item_place(db,
		   &(struct questionnaire_item_place_in){ .id = item->id, .position = position }) ==
	    1;
}

/* Positions without gaps: each change of order finds and leaves them so. */
static bool
close_up(struct db *db, const struct questionnaire *form)
{
	return questionnaire_close_up(
		   db, &(struct questionnaire_close_up_in){ .questionnaire_id = form->id }) >= 0;
}

enum questionnaire_outcome
questionnaire_move(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id, bool up)
{
	struct questionnaire_item_rows items = questionnaire_items(db, arena, questionnaire->id);
	const struct questionnaire_item *item = find_item(&items, item_id);
	const struct questionnaire_item *other;
	enum questionnaire_outcome outcome = step_with(db, questionnaire, revision, item);

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	if (item == &items.rows[up ? 0 : items.count - 1]) {
		return QUESTIONNAIRE_SAVED;
	}
	other = up ? item - 1 : item + 1;
	return saved(place(db, item, other->position) && place(db, other, item->position));
}

enum questionnaire_outcome
questionnaire_retire(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id, int64_t now, bool *is_gone)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(db, arena, questionnaire->id);
	const struct questionnaire_item *item = find_item(&items, item_id);
	enum questionnaire_outcome outcome = step_with(db, questionnaire, revision, item);
	int64_t deleted;

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	deleted =
	    questionnaire_item_delete(db, &(struct questionnaire_item_delete_in){ .id = item_id });
	*is_gone = deleted == 1;
	if (deleted != 0) {
		return saved(deleted == 1 && close_up(db, questionnaire));
	}
	return saved(
	    questionnaire_item_retire(db,
		&(struct questionnaire_item_retire_in){ .id = item_id, .retired_at = now }) == 1);
}

enum questionnaire_outcome
questionnaire_return(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(db, arena, questionnaire->id);
	enum questionnaire_outcome outcome =
	    step_with(db, questionnaire, revision, find_item(&items, item_id));

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	if (questionnaire_items(db, arena, questionnaire->id).count >= QUESTIONNAIRE_ITEMS_MAX) {
		return QUESTIONNAIRE_FULL;
	}
	return saved(questionnaire_item_retire(db,
			 &(struct questionnaire_item_retire_in){
			     .id = item_id, .retired_at = DB_NULL }) == 1);
}

/* ---- what is known of them ---- */

struct item_use_rows
questionnaire_uses(struct db *db, struct arena *arena, int64_t questionnaire_id)
{
	return questionnaire_use_list(
	    db, arena, &(struct questionnaire_use_list_in){ .questionnaire_id = questionnaire_id });
}

struct item_use
questionnaire_use(const struct item_use_rows *uses, int64_t item_id)
{
	for (size_t i = 0; i < uses->count; i++) {
		if (uses->rows[i].item_id == item_id) {
			return uses->rows[i];
		}
	}
	return (struct item_use){ .item_id = item_id };
}

struct earlier_wording_rows
questionnaire_earlier(struct db *db, struct arena *arena, int64_t item_id)
{
	return item_wording_earlier(
	    db, arena, &(struct item_wording_earlier_in){ .item_id = item_id });
}

/* ---- from another cohort ---- */

struct questionnaire_source_rows
questionnaire_sources(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t person_id)
{
	return questionnaire_sources_of(db, arena,
	    &(struct questionnaire_sources_of_in){ .cohort_id = questionnaire->cohort_id,
		.purpose = questionnaire->purpose,
		.person_id = person_id });
}

enum questionnaire_outcome
questionnaire_take_over(struct db *db, struct arena *arena,
    const struct questionnaire *questionnaire, int64_t revision,
    const struct questionnaire_source *source, const struct cohort *cohort, int64_t now,
    struct questionnaire_copied *copied)
{
	int64_t days = (cohort->starts_at - source->starts_at) / CLOCK_DAY;
	enum questionnaire_outcome outcome = step(db, questionnaire, revision);

	if (outcome != QUESTIONNAIRE_SAVED) {
		return outcome;
	}
	if (!questionnaire_copy(db, arena, source->cohort_id, cohort->id, questionnaire->purpose,
		days, now, copied) ||
	    !close_up(db, questionnaire)) {
		return QUESTIONNAIRE_FAULT;
	}
	return questionnaire_items(db, arena, questionnaire->id).count > QUESTIONNAIRE_ITEMS_MAX
	    ? QUESTIONNAIRE_FULL
	    : QUESTIONNAIRE_SAVED;
}
