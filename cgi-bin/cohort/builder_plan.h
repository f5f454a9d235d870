/*
 * What is typed of one question, and what of it is shown for which kind
 * (builder_plan.c).
 */
#ifndef COHORT_BUILDER_PLAN_H
#define COHORT_BUILDER_PLAN_H

#include "builder.h"

/* The revision is the first, as in all forms of a form. */
enum question_field {
	QUESTION_KIND = BUILDER_REVISION + 1,
	QUESTION_LABEL,
	QUESTION_HELP,
	QUESTION_OPTIONS,
	QUESTION_REQUIRED,
	QUESTION_LEAST,
	QUESTION_MOST,
	QUESTION_EARLIEST,
	QUESTION_LATEST,
	QUESTION_SENSITIVE,
	QUESTION_IDENTIFYING,
	QUESTION_FIELDS
};

/* What was typed of a question of this kind; false, with the mistakes in the
 * visit's values: it cannot be asked so. */
bool builder_plan_read(struct visit *visit, enum item_kind kind, struct item_plan *plan);

/* Fills the form with a question as it stands. */
void builder_plan_fill(
    struct visit *visit, struct form_values *values, const struct questionnaire_item *item);

/* A plan as a question that is asked, for showing it. */
struct questionnaire_item builder_plan_item(const struct item_plan *plan);

/* The fields that a question of this kind needs, in sections; the first one
 * is for choosing the kind, if that is possible. */
struct page_cohort_builder_question_sections_list
builder_plan_sections(struct visit *visit, const struct builder *builder,
    const struct form_values *values, enum item_kind kind, bool chooses_kind);

#endif
