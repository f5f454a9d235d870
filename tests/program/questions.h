/*
 * The questions of cohorts that a test made by SQL, and answers to them.
 */
#ifndef TESTS_PROGRAM_QUESTIONS_H
#define TESTS_PROGRAM_QUESTIONS_H

#include <stdint.h>

#include "harness.h"

/* Gives every cohort that asks nothing the three questions it begins with:
 * why, experience and hopes. */
void questions_make(struct harness *harness);

/* Answers one of them for an application. */
void
questions_answer(struct harness *harness, int64_t application, const char *name, const char *value);

/* What an application answered to one; "" when it did not. */
const char *questions_value(struct harness *harness, int64_t application, const char *name);

#endif
