#ifndef GROUNDCREW_MODEL_QUESTIONNAIRE_PLAN_H
#define GROUNDCREW_MODEL_QUESTIONNAIRE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/questionnaire.h"
#include "model/questionnaire_copy.h"

struct arena;
struct cohort;
struct db;

/*
 * What organisers do to a form.  Each change names the revision of the form
 * that was looked at, so that two tabs, or two organisers, never overwrite
 * each other; all run in the caller's write transaction.
 */

/* Questions asked in one form; those asked no more do not count. */
enum { QUESTIONNAIRE_ITEMS_MAX = 250 };

enum { QUESTIONNAIRE_INTRO_MAX = 4000, QUESTIONNAIRE_MINUTES_MAX = 240 };

/* As the schema has them. */
enum { ITEM_LABEL_MAX = 300, ITEM_HELP_MAX = 2000, ITEM_OPTIONS_MAX = 8000 };

enum questionnaire_outcome {
	QUESTIONNAIRE_SAVED = 1,
	/* Someone else changed the form since it was shown. */
	QUESTIONNAIRE_CHANGED_MEANWHILE,
	/* None of this form's, or removed since. */
	QUESTIONNAIRE_NO_ITEM,
	/* Somebody answered: its kind stays. */
	QUESTIONNAIRE_KIND_FIXED,
	/* Somebody answered what is for reviewers and organisers only. */
	QUESTIONNAIRE_STAYS_SENSITIVE,
	/* QUESTIONNAIRE_ITEMS_MAX are asked. */
	QUESTIONNAIRE_FULL,
	QUESTIONNAIRE_FAULT
};

/* The words above the questions (Markdown) and about how long they take. */
enum questionnaire_outcome
questionnaire_change(struct db *db, const struct questionnaire *questionnaire, int64_t revision,
    const char *intro, int64_t minutes);

/*
 * The name that a question put so gets among those of its form: letters of the
 * label in small ASCII with '_' between words, none that a form has already
 * and none that the fields every form has need; "question" for a label without
 * such letters.
 */
const char *questionnaire_name(
    struct arena *arena, const char *label, const struct questionnaire_item_rows *taken);

/* Adds a question at the end, under a name made of its label. */
enum questionnaire_outcome
questionnaire_add(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, const struct item_plan *plan, int64_t now, int64_t *item_id);

/*
 * Puts a question otherwise.  Words that nobody answered are replaced; of
 * those that somebody did answer a new wording is made.
 */
enum questionnaire_outcome
questionnaire_reword(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id, const struct item_plan *plan, int64_t now);

/* Changes places with the question asked before or after it; the first one
 * stays when it moves up, the last one when it moves down. */
enum questionnaire_outcome questionnaire_move(struct db *db, struct arena *arena,
    const struct questionnaire *questionnaire, int64_t revision, int64_t item_id, bool up);

/*
 * Asks a question no more.  One that nobody answered is gone; of one that
 * somebody did answer the question and its answers stay readable.
 * *is_gone tells which.
 */
enum questionnaire_outcome
questionnaire_retire(struct db *db, struct arena *arena, const struct questionnaire *questionnaire,
    int64_t revision, int64_t item_id, int64_t now, bool *is_gone);

/* Asks it again, where it stood. */
enum questionnaire_outcome questionnaire_return(struct db *db, struct arena *arena,
    const struct questionnaire *questionnaire, int64_t revision, int64_t item_id);

/* How many answered each question of a form, in its order, those asked no more
 * included. */
struct item_use_rows
questionnaire_uses(struct db *db, struct arena *arena, int64_t questionnaire_id);

/* The uses of one question among them; zeros when there is none. */
struct item_use questionnaire_use(const struct item_use_rows *uses, int64_t item_id);

/* How a question was put before, newest first. */
struct earlier_wording_rows
questionnaire_earlier(struct db *db, struct arena *arena, int64_t item_id);

/*
 * Other cohorts whose form of this purpose can be copied, newest first: those
 * that the person organises, and of the applicants' forms the published ones.
 */
struct questionnaire_source_rows questionnaire_sources(struct db *db, struct arena *arena,
    const struct questionnaire *questionnaire, int64_t person_id);

/*
 * Copies the questions of one of those (questionnaire_copy.h), dates moved by
 * as many days as the cohorts' beginnings are apart.
 */
enum questionnaire_outcome questionnaire_take_over(struct db *db, struct arena *arena,
    const struct questionnaire *questionnaire, int64_t revision,
    const struct questionnaire_source *source, const struct cohort *cohort, int64_t now,
    struct questionnaire_copied *copied);

#endif
