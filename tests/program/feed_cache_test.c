/*
 * What a worker keeps: never stale, rendered once a version, capped. Two
 * handles on one file: one writes as other programs do, one is the worker's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "../../lib/db/handle.h"
#include "feed_worker.h"

static int
set_up(void **state)
{
	*state = worker_new();
	return 0;
}

static int
tear_down(void **state)
{
	worker_free(*state);
	return 0;
}

static void
feed_47_is_never_stale(void **state)
{
	struct worker *worker = *state;
	const char *tag;
	int i;

	worker_make_cohorts(worker, 1);
	assert_int_equal(worker_get(worker, "/feed/cohort-1.atom"), 200);
	tag = arena_copy(worker->arena, worker_header(worker, "ETag"));
	for (i = 0; i < 20; i++) {
		const char *name = arena_format(worker->arena, "Turn %d", i);

		worker_write(
		    worker, arena_format(worker->arena, "UPDATE cohort SET name = '%s'", name));
		worker->condition = arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", tag);
		assert_int_equal(worker_get(worker, "/feed/cohort-1.atom"), 200);
		assert_non_null(strstr(worker_body(worker), name));
		tag = arena_copy(worker->arena, worker_header(worker, "ETag"));
		assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
		assert_non_null(strstr(worker_body(worker), name));
	}
}

static void
feed_47_a_304_is_decided_by_one_statement(void **state)
{
	struct worker *worker = *state;
	const char *condition;
	int before;

	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	condition =
	    arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", worker_header(worker, "ETag"));
	before = worker_statements(worker);
	worker->condition = condition;
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 304);
	assert_int_equal(worker_statements(worker) - before, 1);
	/* Something else was written: the transaction and the feed's row. */
	worker_write(worker,
	    "INSERT INTO person (email, email_key, name,"
	    " name_key, created_at) VALUES ('x@y.z', 'x@y.z', 'x', 'x', 1)");
	before = worker_statements(worker);
	worker->condition = condition;
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 304);
	assert_int_equal(worker_statements(worker) - before, 6);
	before = worker_statements(worker);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_int_equal(worker_statements(worker) - before, 1);
}

static void
feed_47_a_version_is_rendered_once(void **state)
{
	struct worker *worker = *state;
	const char *first;

	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	first = worker_body(worker);
	worker_write(worker,
	    "INSERT INTO person (email, email_key, name,"
	    " name_key, created_at) VALUES ('x@y.z', 'x@y.z', 'x', 'x', 1)");
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_ptr_equal(worker_body(worker), first);
}

static void
feed_47_an_archive_is_kept_until_it_changes_and_drives_no_document_out(void **state)
{
	struct worker *worker = *state;
	const char *archive = arena_format(
	    worker->arena, "/feed/all/archive/1-%d.atom", (int)feed_generation_named(1));
	const char *document, *first;
	int before;

	worker_make_cohorts(worker, 250);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	document = worker_body(worker);
	assert_int_equal(worker_get(worker, archive), 200);
	first = worker_body(worker);
	before = worker_statements(worker);
	assert_int_equal(worker_get(worker, archive), 200);
	assert_int_equal(worker_statements(worker) - before, 1);
	/* New entries do not touch it. */
	worker_write(worker,
	    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)"
	    " VALUES ('b', 'cohort_launched', 9, 999, 999)");
	before = worker_statements(worker);
	assert_int_equal(worker_get(worker, archive), 200);
	assert_ptr_equal(worker_body(worker), first);
	assert_int_equal(worker_statements(worker) - before, 6);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	document = worker_body(worker);
	for (int i = 1; i < 400; i++) {
		(void)feed_cache_keep(worker->arena,
		    &(struct rendering){ .key = arena_format(worker->arena, "c%d", i),
			.number = i,
			.plain = worker->dispatch.response.body[0],
			.gzip = worker->dispatch.response.body[0] });
	}
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_ptr_equal(worker_body(worker), document);
	/* What it shows was called something else then. */
	worker_write(worker, "UPDATE cohort SET name = 'Other' WHERE id = 3");
	assert_int_equal(worker_get(worker, archive), 302);
}

static void
feed_33_equal_after_a_restart(void **state)
{
	struct worker *worker = *state;
	const char *tag, *document;

	worker_make_cohorts(worker, 3);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	tag = arena_copy(worker->arena, worker_header(worker, "ETag"));
	document = arena_copy(worker->arena, worker_body(worker));
	worker_restart(worker);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_string_equal(worker_header(worker, "ETag"), tag);
	assert_string_equal(worker_body(worker), document);
}

static void
forgets_a_cohort_that_is_gone(void **state)
{
	struct worker *worker = *state;

	worker_make_cohorts(worker, 1);
	assert_int_equal(worker_get(worker, "/feed/cohort-1.atom"), 200);
	worker_write(worker, "DELETE FROM cohort");
	assert_int_equal(worker_get(worker, "/feed/cohort-1.atom"), 404);
	assert_int_equal(worker_get(worker, "/feed/cohort-1.atom"), 404);
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
		assert_true(feed_cache_size() <= FEED_CACHE_BYTES_MAX + FEED_CACHE_KNOWN_MAX);
		/* What is in use stays. */
		assert_non_null(feed_cache_find("c0"));
	}
	assert_null(feed_cache_find("c1"));
	assert_non_null(feed_cache_find("c99"));
	feed_cache_clear();
	assert_int_equal(feed_cache_size(), 0);
}

/* Keeps others until nothing but validators is left of what was there. */
static void
crowd_out(struct worker *worker, int count, size_t size)
{
	struct bytes *large = bytes_new(worker->arena);

	while (large->length < size) {
		bytes_char(large, 'x');
	}
	for (int i = 0; i < count; i++) {
		(void)feed_cache_keep(worker->arena,
		    &(struct rendering){ .key = arena_format(worker->arena, "crowd/%d", i),
			.plain = *large,
			.gzip = *large });
	}
}

static void
feed_47_a_304_needs_no_bytes(void **state)
{
	struct worker *worker = *state;
	const char *condition, *document;
	int before;

	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	document = arena_copy(worker->arena, worker_body(worker));
	condition =
	    arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", worker_header(worker, "ETag"));
	crowd_out(worker, 10, FEED_CACHE_BYTES_MAX / 6);
	before = worker_statements(worker);
	worker->condition = condition;
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 304);
	assert_int_equal(worker_statements(worker) - before, 1);
	/* Whoever wants the bytes gets the same ones. */
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_string_equal(worker_body(worker), document);
	/* What is known of a version that is past is worth nothing. */
	crowd_out(worker, 10, FEED_CACHE_BYTES_MAX / 6);
	worker_write(worker, "UPDATE programme SET name = 'Another'");
	worker->condition = condition;
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
}

static void
what_is_known_is_capped(void **state)
{
	struct worker *worker = *state;

	crowd_out(worker, 10000, 2048);
	assert_null(feed_cache_known("crowd/0"));
	assert_null(feed_cache_find("crowd/8000"));
	assert_non_null(feed_cache_known("crowd/8000"));
	assert_non_null(feed_cache_find("crowd/9999"));
	assert_true(feed_cache_size() <= FEED_CACHE_BYTES_MAX + FEED_CACHE_KNOWN_MAX);
}

static void
safety_52_another_schema_is_a_503(void **state)
{
	struct worker *worker = *state;

	assert_int_equal(worker_get(worker, "/feed/all.atom"), 200);
	assert_int_equal(
	    sqlite3_exec(worker->writer->sqlite, "PRAGMA user_version = 9999", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(worker_get(worker, "/feed/all.atom"), 503);
	assert_non_null(worker_header(worker, "Retry-After"));
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_47_is_never_stale),
		feed_test(feed_47_a_304_is_decided_by_one_statement),
		feed_test(feed_47_a_version_is_rendered_once),
		feed_test(feed_47_an_archive_is_kept_until_it_changes_and_drives_no_document_out),
		feed_test(feed_33_equal_after_a_restart),
		feed_test(forgets_a_cohort_that_is_gone),
		feed_test(what_is_kept_is_capped),
		feed_test(feed_47_a_304_needs_no_bytes),
		feed_test(what_is_known_is_capped),
		feed_test(safety_52_another_schema_is_a_503),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
