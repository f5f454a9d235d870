/*
 * A program in a box: its routes, run through the very same dispatch as the
 * worker uses, over a database in memory and a clock that stands still.
 *
 *	struct harness *h = harness_new(&apply_program);
 *	harness_run_sql(h, "INSERT INTO …");
 *	harness_sign_in(h, person);
 *	harness_field(h, "email", "vega@example.org");
 *	harness_post(h, "/apply/orion");
 *	assert_int_equal(harness_status(h), 303);
 *
 * Fields and headers belong to the next request and are then forgotten;
 * cookies are kept as a browser keeps them. A POST carries the right token by
 * itself unless harness_without_token was called. Everything lives until
 * harness_free. A harness that cannot do its work fails the test.
 */
#ifndef TESTS_PROGRAM_HARNESS_H
#define TESTS_PROGRAM_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "ground/arena.h"
#include "web/dispatch.h"

/* 2026-11-22T07:00:00Z, a Sunday: every test's "now" unless it says another. */
#define HARNESS_NOW ((int64_t)1795330800)

struct harness;

/*
 * A database with the real schema and a programme named "Test Programme", and
 * this program under the base "http://localhost:8080". `program` may be
 * changed by harness_program, as a person goes from one to the next.
 */
struct harness *harness_new(const struct program *program);

/* The same under another base, as "https://example.org/crew". */
struct harness *harness_new_at(const struct program *program, const char *base);

void harness_free(struct harness *harness);

void harness_program(struct harness *harness, const struct program *program);

/* Moves the clock; it stands at HARNESS_NOW at first. */
void harness_set_now(struct harness *harness, int64_t now);

int64_t harness_now(const struct harness *harness);

/* For calls of the model in a test's own transaction. */
struct db *harness_db(struct harness *harness);

struct arena *harness_arena(struct harness *harness);

const struct site *harness_site(const struct harness *harness);

/* Configures a WebSub hub, or none (NULL), which is how it begins. */
void harness_hub(struct harness *harness, const char *hub);

/* ---- who ---- */

/* A person with this address and name, made if need be; their id. */
int64_t harness_person(struct harness *harness, const char *email, const char *name);

/* A session for that person, and its cookie. */
void harness_sign_in(struct harness *harness, int64_t person);

/* The session of one application's link. */
void harness_sign_in_for(struct harness *harness, int64_t person, int64_t application);

/* Gives the browser a cookie. */
void harness_cookie(struct harness *harness, const char *name, const char *value);

/* Forgets all cookies: a stranger with a fresh browser. */
void harness_forget(struct harness *harness);

/* ---- the next request ---- */

void harness_field(struct harness *harness, const char *name, const char *value);

/* A CGI variable, as "HTTP_ORIGIN"; may be given more than once. */
void harness_variable(struct harness *harness, const char *name, const char *value);

/* The body as it is, instead of fields. */
void harness_body(struct harness *harness, const char *body);

void harness_without_token(struct harness *harness);

/* Sends it. The path is below the root and may have a query. */
void harness_get(struct harness *harness, const char *path);

void harness_head(struct harness *harness, const char *path);

void harness_post(struct harness *harness, const char *path);

void harness_send(struct harness *harness, const char *method, const char *path);

/* ---- the last answer ---- */

int harness_status(const struct harness *harness);

/* The head as sent, and the body, NUL-terminated; "" for none. */
const char *harness_head_text(const struct harness *harness);

const char *harness_body_text(const struct harness *harness);

size_t harness_body_length(const struct harness *harness);

/* A header as sent, or NULL. */
const char *harness_header(const struct harness *harness, const char *name);

/* Whether the body holds this text; the failure shows the body. */
void harness_expect(const struct harness *harness, const char *text);

void harness_expect_not(const struct harness *harness, const char *text);

/*
 * The status as expected; a failure shows the answer. Location, for 303, as
 * an own path below the root.
 */
void harness_expect_status(const struct harness *harness, int status);

void harness_expect_location(const struct harness *harness, const char *path);

/* ---- the database as such ---- */

/* Runs statements in a transaction of their own. */
void harness_run_sql(struct harness *harness, const char *sql);

/* The rows of a SELECT, a line each, every value followed by '|'. */
const char *harness_rows(struct harness *harness, const char *sql);

/* The first value of the first row as a number; 0 when there is none. */
int64_t harness_number(struct harness *harness, const char *sql);

/* The whole database as text: the same text before and after proves that nothing
 * was written (safety rule 28). */
const char *harness_dump(struct harness *harness);

#endif
