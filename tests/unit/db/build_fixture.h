/*
 * The build's SQL compiler, run as the build runs it: on a folder with a
 * schema and one file of queries, which each test writes.
 */
#ifndef DB_BUILD_FIXTURE_H
#define DB_BUILD_FIXTURE_H

#include "fixture.h"

/* As fixture_begin(), and sql/schema/ in the folder. */
int build_begin(void **state);

void build_write(const struct fixture *fixture, const char *name, const char *text);

/* The text of a file in the folder, which must be there. */
const char *build_read(const struct fixture *fixture, const char *name);

/* Puts the small sky's schema into sql/schema/. */
void build_sky(const struct fixture *fixture);

/* Runs the tool on sql/, what it makes goes to made/; it must succeed. */
void build_compiles(const struct fixture *fixture);

/*
 * Runs it, and it must fail, make nothing, and complain in exactly this one
 * line, which follows the path of sql/.
 */
void build_complains(const struct fixture *fixture, const char *line);

void build_assert_has(const char *text, const char *part);

#endif
