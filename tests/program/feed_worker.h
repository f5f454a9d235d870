/*
 * A worker of the feed program over a database on disk, beside a writer as the
 * other programs are: what is written moves the worker's data_version.
 */
#ifndef TESTS_PROGRAM_FEED_WORKER_H
#define TESTS_PROGRAM_FEED_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "ground/arena.h"
#include "web/dispatch.h"
#include "web/site.h"

/* 2026-11-22T07:00:00Z. */
#define WORKER_NOW ((int64_t)1795330800)

struct worker {
	struct arena *arena; /* of the test */
	struct arena *request; /* of one request */
	char folder[64];
	const char *path;
	struct site site;
	struct db *writer;
	struct db *db; /* the worker's */
	int64_t now; /* for requests */
	const char *condition; /* "HTTP_IF_NONE_MATCH=…" of the next request */
	struct dispatch dispatch;
};

/* A database with a programme named "Test Programme", begun at WORKER_NOW; the
 * worker's cache is empty, its clock a minute on. */
struct worker *worker_new(void);

void worker_free(struct worker *worker);

/* Another handle, as another worker has it, and an empty cache. */
void worker_restart(struct worker *worker);

void worker_write(struct worker *worker, const char *sql);

/* Cohorts 1 to count, "cohort-1" and so on, published and opened. */
void worker_make_cohorts(struct worker *worker, int count);

/* How many statements the worker's handle has run. */
int worker_statements(struct worker *worker);

/* Asks for a path; returns the status. The answer lives until the next. */
int worker_get(struct worker *worker, const char *path);

/* A header of the answer, or NULL; the whole body. */
const char *worker_header(struct worker *worker, const char *name);
const char *worker_body(struct worker *worker);
size_t worker_body_length(struct worker *worker);

#endif
