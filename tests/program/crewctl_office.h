#ifndef TESTS_PROGRAM_CREWCTL_OFFICE_H
#define TESTS_PROGRAM_CREWCTL_OFFICE_H

#include "../../cgi-bin/crewctl/letters.h"
#include "harness.h"

/*
 * Where mails are written in tests: a cohort in its first week, vega (101) has
 * applied, been offered a seat, and asked; rigel (102) answered.  Every row
 * that mails tell of has the id 1, vega's placement 2.
 */
struct office {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
};

/* cmocka's set-up and tear-down: *state is a struct office. */
int office_set_up(void **state);
int office_tear_down(void **state);

#define office_test(test) cmocka_unit_test_setup_teardown(test, office_set_up, office_tear_down)

/* A row of the outbox, of cohort 1, to vega@example.org. */
struct outbox office_queued(const char *kind, const char *parameters);

/* letter_write in a transaction of its own. */
enum letter_outcome
office_write(struct office *office, const struct outbox *outbox, struct letter *letter);

/* Writes the letter, which has to be ready. */
struct letter office_ready(struct office *office, const char *kind, const char *parameters);

/* Fails, showing the text, unless the part is in it. */
void office_assert_holds(const char *text, const char *part);

#endif
