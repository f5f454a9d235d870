/*
 * A restore while workers go on: what they kept of the time after the copy
 * was made must not be taken for what is there now.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed_worker.h"
#include "model/feed.h"

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

/* What a backup of now would bring back, and bringing it back. */
static void
keep(struct worker *worker)
{
	worker_write(worker,
	    "CREATE TABLE kept AS SELECT id, revision, changes, dated, modified_at FROM feed;"
	    "CREATE TABLE kept_name AS SELECT id, name FROM cohort");
}

static void
bring_back(struct worker *worker, int64_t now)
{
	worker_write(worker,
	    "UPDATE cohort SET name = (SELECT name FROM kept_name WHERE id = cohort.id);"
	    "UPDATE feed SET (revision, changes, dated, modified_at) = (SELECT revision, changes,"
	    " dated, modified_at FROM kept WHERE id = feed.id)");
	assert_true(db_begin_write(worker->writer));
	assert_true(feed_restored(worker->writer, now));
	assert_true(db_commit(worker->writer));
}

static void
feed_33_safety_53_a_worker_that_goes_on_shows_what_is_restored(void **state)
{
	static const char *const paths[] = { "/feed/all.atom", "/feed/cohort-1.json" };
	struct worker *worker = *state;

	worker_make_cohorts(worker, 1);
	for (int changes = 1; changes < 4; changes++) {
		keep(worker);
		for (int i = 0; i < changes; i++) {
			worker_write(worker,
			    arena_format(worker->arena, "UPDATE cohort SET name = 'Later %d'", i));
		}
		for (int i = 0; i < 2; i++) {
			assert_int_equal(worker_get(worker, paths[i]), 200);
			assert_non_null(strstr(worker_body(worker), "Later"));
		}
		bring_back(worker, worker->now + changes);
		for (int i = 0; i < 2; i++) {
			assert_int_equal(worker_get(worker, paths[i]), 200);
			assert_null(strstr(worker_body(worker), "Later"));
		}
		worker_write(worker, "DROP TABLE kept; DROP TABLE kept_name");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    feed_33_safety_53_a_worker_that_goes_on_shows_what_is_restored, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
