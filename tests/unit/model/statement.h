/* SQL of a test's own, past the model, in the fixture's transaction. */
#ifndef TESTS_UNIT_MODEL_STATEMENT_H
#define TESTS_UNIT_MODEL_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

struct model;

void statement(struct model *model, const char *sql);

/* Whether the schema forbids it. */
bool statement_is_refused(struct model *model, const char *sql);

/* The number in the first column of the first row. */
int64_t statement_number(struct model *model, const char *sql);

#endif
