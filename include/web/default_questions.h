/*
 * The three questions that the applicants' form of a cohort begins with when
 * it copies no earlier one: why, experience and hopes, in the words of the
 * message table.
 */
#ifndef WEB_DEFAULT_QUESTIONS_H
#define WEB_DEFAULT_QUESTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Puts them in the form, unless it has questions, in the caller's write
 * transaction. False after a fault.
 */
bool default_questions_add(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now);

#endif
