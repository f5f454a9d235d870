/*
 * The reviewers' area: what its files share.
 */
#ifndef COHORT_REVIEW_H
#define COHORT_REVIEW_H

#include "cohort.h"
#include "model/criterion.h"
#include "model/review.h"
#include "model/sight.h"

/* The fields of a review that follow those of its criteria. */
enum { REVIEW_NOTE, REVIEW_FLAG, REVIEW_REVISION, REVIEW_FIELDS };

/* A score of thousandths in words, "6.3". */
const char *review_score_words(struct visit *visit, int64_t thousandths);

/* "1 application", "300 applications" */
const char *review_applications_words(struct visit *visit, int64_t count);

/* What a visitor sees of the visit's application. */
struct sight review_sight(struct visit *visit);

/* Fills what the page says of the application, as far as it may be seen. */
struct page_cohort_review;
void review_show_subject(
    struct visit *visit, const struct sight *sight, struct page_cohort_review *page);

/* The criteria of the visit's cohort. */
struct criterion_rows review_criteria(struct visit *visit);

/* The values of the form of a review: those of the visit if it is the one that
 * was sent, else blank ones. */
struct form_values *review_values(struct visit *visit);

#endif
