/*
 * What a worker keeps: never stale, rendered once a version, capped. Two
 * handles on one file: one writes as other programs do, one is the worker's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "../../lib/db/handle.h"
#include "db/query/programme.h"
#include "ground/token.h"
#include "model/activity.h"
#include "model/programme.h"
#include "web/dispatch.h"
#include "web/page.h"

#define NOW ((int64_t)1795330800)

struct worker {
	struct arena *arena;
	char folder[64];
	const char *path;
	struct site site;
	struct db *writer;
	struct db *db;
	const char *none_match; /* header line of the next request */
	struct dispatch dispatch;
};

static void
write_sql(struct worker *worker, const char *sql)
{
	assert_true(db_begin_write(worker->writer));
	if (sqlite3_exec(worker->writer->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fail_msg("%s", sqlite3_errmsg(worker->writer->sqlite));
	}
	assert_true(db_commit(worker->writer));
}

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct worker *worker = arena_alloc(arena, sizeof(*worker));
	const struct site_source source = { .base = "http://localhost:8080", .sandbox = "off" };
	const char *problem = NULL;

	worker->arena = arena;
	(void)snprintf(worker->folder, sizeof(worker->folder), "/tmp/groundcrew-feed-XXXXXX");
	assert_non_null(mkdtemp(worker->folder));
	worker->path = arena_format(arena, "%s/test.db", worker->folder);
	assert_true(token_start());
	assert_true(page_start("www/pages", &problem));
	assert_true(site_read(arena, &source, &worker->site, &problem));
	worker->writer = db_open(worker->path, DB_CREATE, &problem);
	assert_non_null(worker->writer);
	assert_true(db_migrate(worker->writer, &problem));
	assert_true(db_begin_write(worker->writer));
	assert_true(programme_begin(worker->writer, arena,
	    &(struct programme_insert_in){ .name = "Test Programme",
		.tagline = "",
		.about = "",
		.contact = "",
		.conduct_link = "",
		.tag_domain = "example.org",
		.tag_date = "2026-01-01",
		.feed_key = "all" },
	    NOW));
	assert_true(db_commit(worker->writer));
	worker->db = db_open(worker->path, DB_READ_WRITE, &problem);
	assert_non_null(worker->db);
	feed_cache_clear();
	*state = worker;
	return 0;
}

static int
tear_down(void **state)
{
	struct worker *worker = *state;

	feed_cache_clear();
	db_close(worker->db);
	db_close(worker->writer);
	(void)unlink(worker->path);
	(void)unlink(arena_format(worker->arena, "%s-wal", worker->path));
	(void)unlink(arena_format(worker->arena, "%s-shm", worker->path));
	(void)rmdir(worker->folder);
	arena_free(worker->arena);
	return 0;
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

static int
get(struct worker *worker, const char *path)
{
	const char *variables[] = { "REQUEST_METHOD=GET",
		arena_format(worker->arena, "REQUEST_URI=%s", path), worker->none_match, NULL };
	const struct request_source source = { variables, no_body, NULL };

	worker->dispatch = (struct dispatch){ .arena = worker->arena,
		.db = worker->db,
		.site = &worker->site,
		.program = &feed_program,
		.now = NOW + 60 };
	dispatch_request(&worker->dispatch, &source);
	worker->none_match = NULL;
	return worker->dispatch.response.status;
}

static const char *
header(struct worker *worker, const char *name)
{
	return response_header_value(&worker->dispatch.response, name);
}

static const char *
body(struct worker *worker)
{
	return worker->dispatch.response.body->data;
}

/* How many statements the worker's handle has run. */
static int
statements(struct worker *worker)
{
	int count = 0;
	sqlite3_stmt *statement = NULL;

	while ((statement = sqlite3_next_stmt(worker->db->sqlite, statement)) != NULL) {
		count += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_RUN, 0);
	}
	return count;
}

static void
make_cohorts(struct worker *worker, int count)
{
	int i;

	for (i = 1; i <= count; i++) {
		write_sql(worker,
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

static void
feed_47_is_never_stale(void **state)
{
	struct worker *worker = *state;
	const char *tag;
	int i;

	make_cohorts(worker, 1);
	assert_int_equal(get(worker, "/feed/cohort-1.atom"), 200);
	tag = header(worker, "ETag");
	for (i = 0; i < 20; i++) {
		const char *name = arena_format(worker->arena, "Turn %d", i);

		write_sql(
		    worker, arena_format(worker->arena, "UPDATE cohort SET name = '%s'", name));
		worker->none_match = arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", tag);
		assert_int_equal(get(worker, "/feed/cohort-1.atom"), 200);
		assert_non_null(strstr(body(worker), name));
		tag = header(worker, "ETag");
		assert_int_equal(get(worker, "/feed/all.atom"), 200);
		assert_non_null(strstr(body(worker), name));
	}
}

static void
feed_47_a_304_is_decided_by_one_statement(void **state)
{
	struct worker *worker = *state;
	const char *condition;
	int before;

	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	condition = arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", header(worker, "ETag"));
	before = statements(worker);
	worker->none_match = condition;
	assert_int_equal(get(worker, "/feed/all.atom"), 304);
	assert_int_equal(statements(worker) - before, 1);
	/* Something else was written: the transaction and the feed's row. */
	write_sql(worker,
	    "INSERT INTO person (email, email_key, name,"
	    " name_key, created_at) VALUES ('x@y.z', 'x@y.z', 'x', 'x', 1)");
	before = statements(worker);
	worker->none_match = condition;
	assert_int_equal(get(worker, "/feed/all.atom"), 304);
	assert_int_equal(statements(worker) - before, 6);
	before = statements(worker);
	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	assert_int_equal(statements(worker) - before, 1);
}

static void
feed_47_a_version_is_rendered_once(void **state)
{
	struct worker *worker = *state;
	const char *first;

	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	first = body(worker);
	write_sql(worker,
	    "INSERT INTO person (email, email_key, name,"
	    " name_key, created_at) VALUES ('x@y.z', 'x@y.z', 'x', 'x', 1)");
	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	assert_ptr_equal(body(worker), first);
}

static void
feed_33_equal_after_a_restart(void **state)
{
	struct worker *worker = *state;
	const char *tag, *document, *problem = NULL;

	make_cohorts(worker, 3);
	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	tag = header(worker, "ETag");
	document = arena_copy(worker->arena, body(worker));
	db_close(worker->db);
	feed_cache_clear();
	worker->db = db_open(worker->path, DB_READ_WRITE, &problem);
	assert_non_null(worker->db);
	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	assert_string_equal(header(worker, "ETag"), tag);
	assert_string_equal(body(worker), document);
}

static void
forgets_a_cohort_that_is_gone(void **state)
{
	struct worker *worker = *state;

	make_cohorts(worker, 1);
	assert_int_equal(get(worker, "/feed/cohort-1.atom"), 200);
	write_sql(worker, "DELETE FROM cohort");
	assert_int_equal(get(worker, "/feed/cohort-1.atom"), 404);
	assert_int_equal(get(worker, "/feed/cohort-1.atom"), 404);
}

static void
what_is_kept_is_capped(void **state)
{
	struct worker *worker = *state;
	struct bytes *large = bytes_new(worker->arena);
	struct rendering *kept;
	int i;

	while (large->length < 300 * 1024) {
		bytes_text(large, "a large document ");
	}
	for (i = 0; i < 100; i++) {
		kept = feed_cache_keep(worker->arena,
		    &(struct rendering){ .key = arena_format(worker->arena, "c%d", i),
			.revision = 1,
			.version = 1,
			.plain = *large,
			.gzip = *large });
		assert_memory_equal(kept->plain.data, large->data, large->length + 1);
		assert_true(feed_cache_size() <= FEED_CACHE_BYTES_MAX);
		/* What is in use stays. */
		assert_non_null(feed_cache_find("c0"));
	}
	assert_null(feed_cache_find("c1"));
	assert_non_null(feed_cache_find("c99"));
	feed_cache_clear();
	assert_int_equal(feed_cache_size(), 0);
}

static void
safety_52_another_schema_is_a_503(void **state)
{
	struct worker *worker = *state;

	assert_int_equal(get(worker, "/feed/all.atom"), 200);
	assert_int_equal(
	    sqlite3_exec(worker->writer->sqlite, "PRAGMA user_version = 9999", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(get(worker, "/feed/all.atom"), 503);
	assert_non_null(header(worker, "Retry-After"));
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_47_is_never_stale),
		feed_test(feed_47_a_304_is_decided_by_one_statement),
		feed_test(feed_47_a_version_is_rendered_once),
		feed_test(feed_33_equal_after_a_restart),
		feed_test(forgets_a_cohort_that_is_gone),
		feed_test(what_is_kept_is_capped),
		feed_test(safety_52_another_schema_is_a_503),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
