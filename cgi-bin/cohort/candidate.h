#ifndef COHORT_CANDIDATE_H
#define COHORT_CANDIDATE_H

#include "cohort.h"
#include "model/sight.h"
#include "web/page/cohort.h"

/*
 * One application, as an organiser reads it: candidate.c is the page,
 * candidate_read.c what is to be read there, all of it by sight.
 */
void candidate_facts(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page);

void candidate_answers(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page);

void candidate_reviews(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page);

void candidate_earlier(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page);

#endif
