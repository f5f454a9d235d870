/* Reviews for tests: criteria, what is handed out, what is said. */
#ifndef TESTS_UNIT_MODEL_READING_H
#define TESTS_UNIT_MODEL_READING_H

#include "fixture.h"
#include "model/review.h"

void reading_criterion(struct model *model, int id, int weight);

/* Two of them, of weights 3 and 1. */
void reading_two_criteria(struct model *model);

enum review_next_outcome
reading_next(struct model *model, int64_t person_id, int64_t now, const char **key);

/* The key of what is handed to them now. */
const char *reading_taken(struct model *model, int64_t person_id);

/* Saves points of both criteria, with the note "A note". */
enum review_outcome reading_said_at(struct model *model, const struct application *application,
    int64_t person_id, int64_t craft, int64_t kindness, int64_t revision, int64_t now);

/* The same for the first time, now. */
enum review_outcome reading_said(struct model *model, const struct application *application,
    int64_t person_id, int64_t craft, int64_t kindness);

struct review
reading_of(struct model *model, const struct application *application, int64_t person_id);

#endif
