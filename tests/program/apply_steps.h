/*
 * The steps of applying, for the tests of that program and of those that need
 * someone who has applied.
 */
#ifndef TESTS_PROGRAM_APPLY_STEPS_H
#define TESTS_PROGRAM_APPLY_STEPS_H

#include <stdint.h>

#include "harness.h"

/*
 * A published cohort with the projects "Accounts" (id 1 in a new database) and
 * "Forms": applications from 15 to 27 November 2026, so open at HARNESS_NOW;
 * week 0 begins on 4 January 2027.
 */
void apply_cohort(struct harness *harness, const char *slug, const char *name);

/* cmocka's set-up and tear-down: *state is a harness of the program with the
 * cohort "orion". */
int apply_set_up(void **state);
int apply_tear_down(void **state);

/* The instants of its window. */
int64_t apply_opens(void);

int64_t apply_closes(void);

/* One answer that shall differ from those of apply_fill. */
struct apply_other {
	const char *name;
	const char *value; /* NULL: the field is left out */
};

/* Valid answers as fields of the next request; `others` ends with a NULL name
 * and may be NULL. */
void apply_fill(struct harness *harness, const struct apply_other *others);

/* Opens the form, fills it in for this address and sends it. */
void apply_send(struct harness *harness, const char *slug, const char *email);

/* The same with other answers. */
void apply_send_other(struct harness *harness, const char *slug, const char *email,
    const char *name, const char *value);

/* The token in the mail of the application stored last, recorded as the
 * courier does when it sends it. */
const char *apply_token(struct harness *harness);

/* "/apply/confirm/<token>". */
const char *apply_link_path(struct harness *harness, const char *token);

/* Applies, opens the link and presses its button; the path of the page it
 * leads to, without its query. */
const char *apply_confirmed(struct harness *harness, const char *slug, const char *email);

/* The value of the hidden field of this name on the page shown last. */
const char *apply_hidden(struct harness *harness, const char *name);

/* A location without its query. */
const char *apply_location(struct harness *harness);

#endif
