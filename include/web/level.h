/*
 * Levels in words: a cohort's own (model/level.h), else the software's from
 * the message table. Every page that shows a level asks here.
 */
#ifndef WEB_LEVEL_H
#define WEB_LEVEL_H

#include <stdint.h>

#include "model/level.h"
#include "web/form.h"

struct visit;
struct cohort;

/*
 * The name of a level, 1 to LEVEL_COUNT, in this cohort (NULL: none is at
 * hand, and the software's words are right); NULL for any other number.
 */
const char *level_name(struct visit *visit, const struct cohort *cohort, int64_t level);

/*
 * All of them as choices of a form, LEVEL_COUNT, level 1 first: their values
 * are "1" to "4", what helps to choose stands with them. For form_choices.
 */
const struct choice *level_choices(struct visit *visit, const struct cohort *cohort);

/* The software's own name and help of a level, for whoever gives it others. */
const char *level_default_name(int64_t level);
const char *level_default_help(int64_t level);

#endif
