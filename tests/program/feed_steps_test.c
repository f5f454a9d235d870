/*
 * What a change of something old costs, and that generations, which are kept
 * by steps, say of each archive what counting in each of them would say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "feed_worker.h"
#include "model/feed.h"

enum { ACTIVITIES = 1250, ARCHIVES = ACTIVITIES / 50 - 1 };

/* Cohorts that tell by turns: each in all archives but for the first ones. */
static int
set_up(void **state)
{
	struct worker *worker = worker_new();

	worker_write(worker,
	    "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
	    " SELECT i + 1 FROM n WHERE i < 1300) SELECT i FROM n;"
	    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on,"
	    " closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
	    " SELECT i, 'cohort-' || i, 'Cohort ' || i, 'Goal', 'key' || i, 1, '', '', '',"
	    " 1, 2, 3, 4, 8, 4, 8, 20, 1 FROM n WHERE i <= 25;"
	    "INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)"
	    " SELECT 'a' || i, 'highlight', (i * i + i / 50) % 25 + 1, i, i FROM n"
	    " WHERE i < 1250 ORDER BY i");
	*state = worker;
	return 0;
}

static int
tear_down(void **state)
{
	worker_free(*state);
	return 0;
}

static void
generations(struct worker *worker, int64_t *of)
{
	const struct feed_name everything = { .kind = NULL };
	struct feed feed;

	assert_true(db_begin_read(worker->db));
	assert_true(feed_find(worker->db, worker->arena, &everything, &feed));
	assert_int_equal(feed.entries, ACTIVITIES);
	assert_int_equal(feed.archives, ARCHIVES);
	for (int64_t number = 1; number <= ARCHIVES; number++) {
		assert_true(feed_generation(worker->db, worker->arena, &feed, number, &of[number]));
	}
	assert_int_equal(feed.generation, of[ARCHIVES]);
	assert_false(feed_generation(worker->db, worker->arena, &feed, ARCHIVES + 1, &of[0]));
	assert_true(db_commit(worker->db));
}

/* Rows that statements change, those of triggers among them. */
static int
rows_changed(struct worker *worker, const char *sql)
{
	int before = sqlite3_total_changes(worker->writer->sqlite);

	worker_write(worker, sql);
	return sqlite3_total_changes(worker->writer->sqlite) - before;
}

static void
feed_27_a_generation_moves_from_the_changed_archive_on(void **state)
{
	struct worker *worker = *state;
	int64_t before[ARCHIVES + 1], after[ARCHIVES + 1];
	uint64_t draw = 27;

	generations(worker, before);
	for (int turn = 0; turn < 200; turn++) {
		draw = draw * 6364136223846793005U + 1442695040888963407U;
		/* Position 1 is the programme's beginning. */
		int64_t position = 2 + (int64_t)((draw >> 33) % (ACTIVITIES - 1));
		worker_write(worker,
		    arena_format(worker->arena,
			"UPDATE activity SET touches = touches + 1 WHERE key = 'a%lld'",
			(long long)position - 1));
		generations(worker, after);
		for (int64_t number = 1; number <= ARCHIVES; number++) {
			if (number >= (position + 49) / 50) {
				assert_true(after[number] > before[number]);
			} else {
				assert_int_equal(after[number], before[number]);
			}
		}
		memcpy(before, after, sizeof(before));
	}
}

static void
feed_27_a_renamed_cohort_changes_all_that_tells_of_it(void **state)
{
	struct worker *worker = *state;
	int64_t before[ARCHIVES + 1], after[ARCHIVES + 1];

	worker_write(worker,
	    "DELETE FROM activity WHERE cohort_id = 7 AND id < 700;"
	    "UPDATE activity SET touches = touches + 1 WHERE key = 'a3'");
	generations(worker, before);
	worker_write(worker, "UPDATE cohort SET name = 'Renamed' WHERE id = 7");
	generations(worker, after);
	for (int64_t number = 14; number <= ARCHIVES; number++) {
		assert_true(after[number] > before[number]);
	}
}

static void
a_change_of_the_oldest_costs_no_more_than_one_of_the_newest(void **state)
{
	struct worker *worker = *state;
	int newest, oldest, renamed;

	newest =
	    rows_changed(worker, "UPDATE activity SET touches = touches + 1 WHERE key = 'a1249'");
	oldest = rows_changed(worker, "UPDATE activity SET touches = touches + 1 WHERE key = 'a1'");
	assert_true(oldest <= newest + 4);
	renamed = rows_changed(worker, "UPDATE cohort SET name = 'Renamed' WHERE id = 7");
	assert_true(renamed <= 16);
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_27_a_generation_moves_from_the_changed_archive_on),
		feed_test(feed_27_a_renamed_cohort_changes_all_that_tells_of_it),
		feed_test(a_change_of_the_oldest_costs_no_more_than_one_of_the_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
