#ifndef GROUNDCREW_MODEL_COHORT_COPY_H
#define GROUNDCREW_MODEL_COHORT_COPY_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;

/*
 * Takes over an earlier cohort whole into one that was just made: the forms
 * for applicants and volunteers (model/questionnaire_copy.h: names stay, so
 * that answers given there can be used again), levels, criteria that are
 * scored, projects, themes and objectives of the weeks that both have, and the
 * texts of mails.  Days in the forms move as far as week 0 did.
 *
 * What is about people stays behind: members, applications, groups, meetings,
 * web hooks, and the invitation to the chat.  Numbers, name, goal and dates are
 * what the new one was made with (model/cohort_plan.h).
 *
 * In the caller's write transaction, once, right after cohort_plan_create;
 * false after a fault.
 */
bool cohort_copy(struct db *db, struct arena *arena, const struct cohort *from,
    const struct cohort *to, int64_t now);

#endif
