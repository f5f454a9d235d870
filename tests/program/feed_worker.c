#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "../../lib/db/handle.h"
#include "db/query/programme.h"
#include "feed_worker.h"
#include "ground/token.h"
#include "model/programme.h"
#include "web/page.h"

static void
make_database(struct worker *worker)
{
	const char *problem = NULL;

	worker->writer = db_open(worker->path, DB_CREATE, &problem);
	assert_non_null(worker->writer);
	assert_true(db_migrate(worker->writer, &problem));
	assert_true(db_begin_write(worker->writer));
	assert_true(programme_begin(worker->writer, worker->arena,
	    &(struct programme_insert_in){ .name = "Test Programme",
		.tagline = "",
		.about = "",
		.contact = "",
		.conduct_link = "",
		.tag_domain = "example.org",
		.tag_date = "2026-01-01",
		.feed_key = "all" },
	    WORKER_NOW));
	assert_true(db_commit(worker->writer));
}

struct worker *
worker_new(void)
{
	struct arena *arena = arena_new();
	struct worker *worker = arena_alloc(arena, sizeof(*worker));
	const struct site_source source = { .base = "http://localhost:8080", .sandbox = "off" };
	const char *problem = NULL;

	worker->arena = arena;
	worker->request = arena_new();
	worker->now = WORKER_NOW + 60;
	(void)snprintf(worker->folder, sizeof(worker->folder), "/tmp/groundcrew-feed-XXXXXX");
	assert_non_null(mkdtemp(worker->folder));
	worker->path = arena_format(arena, "%s/test.db", worker->folder);
	assert_true(token_start());
	assert_true(page_start("www/pages", &problem));
	assert_true(site_read(arena, &source, &worker->site, &problem));
	make_database(worker);
	worker_restart(worker);
	return worker;
}

void
worker_free(struct worker *worker)
{
	feed_cache_clear();
	db_close(worker->db);
	db_close(worker->writer);
	(void)unlink(worker->path);
	(void)unlink(arena_format(worker->arena, "%s-wal", worker->path));
	(void)unlink(arena_format(worker->arena, "%s-shm", worker->path));
	(void)rmdir(worker->folder);
	arena_free(worker->request);
	arena_free(worker->arena);
}

void
worker_restart(struct worker *worker)
{
	const char *problem = NULL;

	feed_cache_clear();
	if (worker->db != NULL) {
		db_close(worker->db);
	}
	worker->db = db_open(worker->path, DB_READ_WRITE, &problem);
	assert_non_null(worker->db);
}

void
worker_write(struct worker *worker, const char *sql)
{
	assert_true(db_begin_write(worker->writer));
	if (sqlite3_exec(worker->writer->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fail_msg("%s: %s", sqlite3_errmsg(worker->writer->sqlite), sql);
	}
	assert_true(db_commit(worker->writer));
}

void
worker_make_cohorts(struct worker *worker, int count)
{
	int i;

	for (i = 1; i <= count; i++) {
		worker_write(worker,
		    arena_format(worker->arena,
			"INSERT INTO cohort (id, slug, name, goal, feed_key,"
			" published_at, opens_on, closes_on, starts_on, opens_at,"
			" closes_at, starts_at, ends_at, weeks,"
			" djangonauts_per_navigator, djangonauts_per_group, seats,"
			" created_at) VALUES (%d, 'cohort-%d', 'Cohort %d', 'Goal',"
			" 'key%d', 1, '', '', '', 1, 2, 3, 4, 8, 4, 8, 20, 1);"
			"INSERT INTO activity (key, kind, cohort_id, published_at,"
			" updated_at) VALUES ('a%d', 'cohort_opened', %d, %d, %d)",
			i, i, i, i, i, i, i, i));
	}
}

int
worker_statements(struct worker *worker)
{
	int count = 0;
	sqlite3_stmt *statement = NULL;

	while ((statement = sqlite3_next_stmt(worker->db->sqlite, statement)) != NULL) {
		count += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_RUN, 0);
	}
	return count;
}

static size_t
no_body(void *stream, char *buffer, size_t length, bool *whole)
{
	(void)stream;
	(void)buffer;
	(void)length;
	(void)whole;
	return 0;
}

int
worker_get(struct worker *worker, const char *path)
{
	const char *variables[] = { "REQUEST_METHOD=GET", NULL, NULL, NULL };
	const struct request_source source = { variables, no_body, NULL };
	char line[4096];
	char condition[4096];

	/* Both may live in what is reset now. */
	(void)snprintf(line, sizeof(line), "REQUEST_URI=%s", path);
	(void)snprintf(
	    condition, sizeof(condition), "%s", worker->condition == NULL ? "" : worker->condition);
	variables[1] = line;
	variables[2] = worker->condition == NULL ? NULL : condition;
	worker->condition = NULL;
	arena_reset(worker->request);
	worker->dispatch = (struct dispatch){ .arena = worker->request,
		.db = worker->db,
		.site = &worker->site,
		.program = &feed_program,
		.now = worker->now };
	dispatch_request(&worker->dispatch, &source);
	return worker->dispatch.response.status;
}

const char *
worker_header(struct worker *worker, const char *name)
{
	return response_header_value(&worker->dispatch.response, name);
}

const char *
worker_body(struct worker *worker)
{
	return worker->dispatch.response.body->data;
}

size_t
worker_body_length(struct worker *worker)
{
	return worker->dispatch.response.body->length;
}
