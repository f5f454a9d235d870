/*
 * Weekly hours in words.
 */
#ifndef WEB_HOURS_H
#define WEB_HOURS_H

#include <stddef.h>

#include "ground/arena.h"
#include "ground/slots.h"
#include "model/cohort.h"

struct form_values;

/* "Mon", 0 being Monday. */
const char *hours_day_name(int day);

/*
 * Half hours of a week as a zone's clock shows them: "Mon–Fri 19:00–22:00;
 * Sat 10:00–12:00, 14:00–16:00 Europe/Vienna". Days that follow one another
 * and have the same hours are named once; the week begins on Monday.
 */
const char *hours_words(struct arena *arena, const struct slots *hours, const char *zone);

/*
 * The same hours as a clock elsewhere shows them in the cohort's first week,
 * its week 0: "Mon–Fri 13:00–16:00 America/New_York". What passes the end of
 * the week begins it again. Zones of quarter hours make quarter hours:
 * "Mon 23:45–24:00". Nothing in it names the zone the hours came from: a
 * reviewer who reads blind is told this.
 */
const char *hours_words_elsewhere(struct arena *arena, const struct slots *hours, const char *zone,
    const char *elsewhere, const struct cohort *cohort);

/*
 * The changes of a zone's clocks from the first day of the cohort's week 0 to
 * the last of its last week, dates as that zone's calendar has them, a
 * sentence each: "On Sunday 28 March 2027, in week 3, clocks in Europe/Vienna
 * go forward by 1 hour. …". NULL when there are none, which is most zones'
 * case.
 */
const char *hours_changes(struct arena *arena, const char *zone, const struct cohort *cohort);

/*
 * The same beside hours_words_elsewhere: on this other clock they hold for the
 * weeks before the change. Of the zone the hours came from it says nothing.
 */
const char *
hours_changes_elsewhere(struct arena *arena, const char *elsewhere, const struct cohort *cohort);

/*
 * Says beside a form's weekly hours whether clocks change in the zone that its
 * field of a zone has, while the cohort runs. For a handler that shows the
 * form, once it is filled: nothing is refused.
 */
void hours_note(struct form_values *values, size_t hours, size_t zone, const struct cohort *cohort);

#endif
