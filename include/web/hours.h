/*
 * Weekly hours in words.
 */
#ifndef WEB_HOURS_H
#define WEB_HOURS_H

#include "ground/arena.h"
#include "ground/slots.h"

/*
 * Half hours of a week as a zone's clock shows them: "Mon–Fri 19:00–22:00;
 * Sat 10:00–12:00, 14:00–16:00 Europe/Vienna". Days that follow one another
 * and have the same hours are named once; the week begins on Monday.
 */
const char *hours_words(struct arena *arena, const struct slots *hours, const char *zone);

#endif
