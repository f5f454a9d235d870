/* Requests built from text, for the tests of this floor. */
#ifndef TESTS_UNIT_WEB_SOURCE_H
#define TESTS_UNIT_WEB_SOURCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/request.h"
#include "web/site.h"

/* A site under this base, or the test fails. */
const struct site *source_site(struct arena *arena, const char *base);

/*
 * Reads a request whose variables are given as "NAME=value", ended by NULL,
 * and whose body is `body` (NULL: none). Unless they are among the variables,
 * REQUEST_METHOD is GET, REQUEST_URI "/", and for a body CONTENT_TYPE and
 * CONTENT_LENGTH are what they should be. Returns request_read's status.
 */
int source_read(struct arena *arena, const struct site *site, const char *const *variables,
    const char *body, struct request *request);

/* What the stream says of the next body: true until set. */
extern bool source_stream_is_whole;

/* A POST of this body to "/". */
int source_post(struct arena *arena, const char *body, struct request *request);

/* cmocka's: *state is an arena. */
int source_set_up(void **state);

int source_tear_down(void **state);

#define source_test(test) cmocka_unit_test_setup_teardown(test, source_set_up, source_tear_down)

#endif
