/*
 * Canaries: two people of whom there is a row in everything that holds
 * personal data, and in each of those columns a text of its own, by which it
 * is found again wherever it went.
 *
 * The first is a navigator of a cohort, who also applied to it in vain; the
 * second is the same, beside them.
 */
#ifndef TESTS_PROGRAM_ALL_PERSONAL_H
#define TESTS_PROGRAM_ALL_PERSONAL_H

#include <stdbool.h>

#include "harness.h"

/* Their ids. */
enum { CANARY = 1, OTHER_CANARY = 2 };

struct canary {
	const char *table;
	const char *column;
	/* Why it need not be in the export, or go by itself; "" when it must. */
	const char *unless_exported;
	const char *unless_retained;
	const char *text;
};

struct canaries {
	struct canary *rows;
	size_t count;
};

/* A database with the two, their words and their mail. */
struct harness *canary_world(void);

/*
 * Puts a canary into every personal column of what belongs to a person. The
 * texts hold the person's "canary<id>" and the column's number; addresses are
 * one address each, the columns told apart by capitals.
 */
struct canaries canary_put(struct harness *harness, int64_t person);

/* Opens what the canaries of a person said to everyone. */
void canary_publish(struct harness *harness, int64_t person);

/* What is in the database of this text, with capitals or without: "table
 * column" of every place, a line each; "" for nowhere. */
const char *canary_places(struct harness *harness, const char *text);

#endif
