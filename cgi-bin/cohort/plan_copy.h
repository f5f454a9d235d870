/*
 * Beginning a cohort with an earlier one, copied whole.
 */
#ifndef COHORT_PLAN_COPY_H
#define COHORT_PLAN_COPY_H

#include <stdbool.h>

#include "web/page/cohort.h"
#include "web/visit.h"

/*
 * The cohort of this slug, if the visitor organises it or administers the
 * installation: its review criteria and mails are nobody else's to see. False
 * for any other, for NULL and for "".
 */
bool plan_copy_find(struct visit *visit, const char *slug, struct cohort *cohort);

/* Says on the page what is copied from it and what is not. */
void plan_copy_say(struct visit *visit, const struct cohort *source, struct page_cohort_plan *page);

/* Offers what can be copied, newest first; nothing when there is nothing. */
void plan_copy_offer(struct visit *visit, struct page_cohort_plan *page);

#endif
