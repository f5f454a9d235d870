/*
 * What the tests of building forms do over and over: the applicants' form of
 * orion (cohort_house.h), its questions, and their order.
 */
#ifndef TESTS_PROGRAM_COHORT_BUILDER_H
#define TESTS_PROGRAM_COHORT_BUILDER_H

#include "cohort_house.h"

#define FORMS HOUSE_ORGANISE "/form"
#define APPLY FORMS "/apply"
#define NEW APPLY "/question/new"
#define CAPTAIN FORMS "/captain"

/* The form of a purpose: its revision now, as a page just opened carries it. */
const char *builder_revision_now(struct harness *h, const char *purpose);
void builder_at_newest(struct harness *h);

/* Fills what every question needs; adds one so, and its id. */
void builder_fill(struct harness *h, const char *kind, const char *label);
int64_t builder_add(struct harness *h, const char *kind, const char *label);
int64_t builder_newest(struct harness *h);

/* The address of a question, and one of its buttons at the newest revision. */
const char *builder_path(struct harness *h, int64_t item, const char *step);
void builder_press(struct harness *h, int64_t item, const char *step);

/* The names that are asked, in their order. */
const char *builder_order(struct harness *h);

/* Somebody has answered the question in its newest words. */
void builder_answer(struct harness *h, int64_t application, int64_t item);

/* No question at all. */
void builder_empty(struct harness *h);

#endif
