/*
 * Rule 47 for every kind of document: what a worker has rendered it asks the
 * database about with one statement, and with one row when something else was
 * written; a change of its own it sees at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_worker.h"
#include "model/calendar.h"

/* More than are left when a first archive is cut; and what a transaction with
 * one row in it takes: begin, query_only, versions, the row, commit. */
enum { COHORTS = 101, ONE_ROW = 6 };

static const char *const documents[] = { "/feed/all.atom", "/feed/all.json",
	"/feed/kind/announcements.atom", "/feed/kind/announcements.json", "/feed/cohort-1.atom",
	"/feed/cohort-1.json", "/feed/cohort-1.ics", "/feed/all/archive/1-1.atom",
	"/feed/all/archive/1-1.json" };

enum { DOCUMENTS = sizeof(documents) / sizeof(documents[0]) };

static int
set_up(void **state)
{
	struct worker *worker = worker_new();

	worker_make_cohorts(worker, COHORTS);
	worker_write(worker,
	    "UPDATE cohort SET opens_on = '2026-09-01',"
	    " closes_on = '2026-10-01', starts_on = '2026-11-02' WHERE id = 1");
	assert_true(db_begin_write(worker->writer));
	assert_true(calendar_follow(worker->writer, 1, worker->now));
	assert_true(db_commit(worker->writer));
	*state = worker;
	return 0;
}

static int
tear_down(void **state)
{
	worker_free(*state);
	return 0;
}

/* The address of a document as it is now. */
static const char *
address_of(struct worker *worker, size_t document)
{
	const char *path = documents[document];
	const char *location;

	if (worker_get(worker, path) == 200) {
		return path;
	}
	/* An archive's first generation leads to the latest. */
	location = worker_header(worker, "Location");
	assert_non_null(location);
	return arena_copy(worker->arena, strstr(location, "/feed/"));
}

static const char *
condition_of(struct worker *worker, const char *path)
{
	assert_int_equal(worker_get(worker, path), 200);
	return arena_format(worker->arena, "HTTP_IF_NONE_MATCH=%s", worker_header(worker, "ETag"));
}

static void
write_something_else(struct worker *worker, int number)
{
	worker_write(worker,
	    arena_format(worker->arena,
		"INSERT INTO person (email, email_key, name, name_key, created_at)"
		" VALUES ('%d@y.z', '%d@y.z', 'x', 'x', 1)",
		number, number));
}

static void
feed_47_a_304_of_every_document_takes_one_statement_or_one_row(void **state)
{
	struct worker *worker = *state;
	size_t i;

	for (i = 0; i < DOCUMENTS; i++) {
		const char *path = address_of(worker, i);
		const char *condition = condition_of(worker, path);
		int before = worker_statements(worker);

		worker->condition = condition;
		assert_int_equal(worker_get(worker, path), 304);
		assert_int_equal(worker_statements(worker) - before, 1);
		write_something_else(worker, (int)i);
		before = worker_statements(worker);
		worker->condition = condition;
		assert_int_equal(worker_get(worker, path), 304);
		assert_in_range(worker_statements(worker) - before, 2, ONE_ROW);
	}
}

static void
feed_47_every_document_is_rendered_once_a_version(void **state)
{
	struct worker *worker = *state;
	size_t i;

	for (i = 0; i < DOCUMENTS; i++) {
		const char *path = address_of(worker, i);
		const char *first;

		assert_int_equal(worker_get(worker, path), 200);
		first = worker_body(worker);
		write_something_else(worker, (int)i);
		assert_int_equal(worker_get(worker, path), 200);
		assert_ptr_equal(worker_body(worker), first);
	}
}

static void
feed_47_a_change_shows_in_every_document_at_once(void **state)
{
	struct worker *worker = *state;
	const char *conditions[DOCUMENTS];
	const char *paths[DOCUMENTS];
	size_t i;

	for (i = 0; i < DOCUMENTS; i++) {
		paths[i] = address_of(worker, i);
		conditions[i] = condition_of(worker, paths[i]);
	}
	worker_write(worker,
	    "UPDATE programme SET name = 'Renamed';"
	    "UPDATE cohort SET name = 'Renamed' WHERE id IN (1, 101);"
	    "UPDATE activity SET touches = touches + 1 WHERE id IN (1, 101)");
	assert_true(db_begin_write(worker->writer));
	assert_true(calendar_follow(worker->writer, 1, worker->now));
	assert_true(db_commit(worker->writer));
	for (i = 0; i < DOCUMENTS; i++) {
		int status;

		worker->condition = conditions[i];
		status = worker_get(worker, paths[i]);
		/* An archive has another address now. */
		assert_int_equal(status, strstr(documents[i], "/archive/") == NULL ? 200 : 302);
	}
}

#define once_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		once_test(feed_47_a_304_of_every_document_takes_one_statement_or_one_row),
		once_test(feed_47_every_document_is_rendered_once_a_version),
		once_test(feed_47_a_change_shows_in_every_document_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
