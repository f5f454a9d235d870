#ifndef GROUNDCREW_MODEL_ASKED_H
#define GROUNDCREW_MODEL_ASKED_H

#include <stdint.h>

#include "db/query/asked.h"

struct arena;
struct db;

/*
 * For those who are filling in a form: what its organisers changed meanwhile,
 * and what the same person answered before.
 */

/* The questions that are asked and were put, or put otherwise, at this instant
 * or later. */
struct asked_since_rows
asked_changed(struct db *db, struct arena *arena, int64_t questionnaire_id, int64_t since);

/*
 * The answers in a person's applications to other cohorts, the newest first:
 * to be offered where a question of the same name and kind is asked.
 */
struct asked_before_rows
asked_earlier(struct db *db, struct arena *arena, int64_t person_id, int64_t cohort_id);

#endif
