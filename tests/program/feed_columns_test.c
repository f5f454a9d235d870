/*
 * Whatever is written into a row that feeds are told from, in whatever way:
 * what a worker kept and what an archive's address promised holds afterwards,
 * or is asked for anew (rules 27, 33 and 47). Column by column, so that nobody
 * shows one more in an entry and forgets the trigger that tells of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "feed_past.h"
#include "feed_reading.h"
#include "feed_worker.h"
#include "ground/token.h"

enum { STEPS = 70, DEPTH = 5, PAGES_MAX = 100, COLUMNS_MAX = 300 };

/* Written once, with their row, and never again. */
static const char *const fixed[] = { "activity.highlight_id", "standup.group_id", "standup.week",
	"member.cohort_id", "member.person_id", "project.cohort_id", "mentoring_group.cohort_id",
	"check_in.member_id", "question.member_id", "answer.member_id", "answer.question_id",
	"highlight_quote.check_in_id", "highlight_quote.question_id", "highlight_quote.answer_id",
	"highlight_quote.part", "highlight_quote.position", "highlight_quote.highlight_id" };

static const char columns[] =
    "SELECT tables.name || '.' || columns.name, tables.name, columns.name,"
    " columns.type = 'TEXT' FROM sqlite_master AS tables,"
    " pragma_table_info(tables.name) AS columns"
    " WHERE tables.type = 'table' AND columns.pk = 0 AND tables.name IN ('activity', 'answer',"
    " 'check_in', 'cohort', 'highlight', 'highlight_quote', 'member',"
    " 'mentoring_group', 'person', 'placement', 'programme', 'project', 'question',"
    " 'standup') ORDER BY 1";

/* Everything, highlights, orion and its group deneb, as past_feed has them. */
static const size_t feeds[] = { 0, 3, 4, 6 };

/* A document at its address. */
struct page {
	const char *path;
	const char *hash; /* "404" where there is none */
};

struct column {
	const char *whole;
	const char *table;
	const char *name;
	bool is_text;
};

struct looking {
	struct worker *worker;
	struct page pages[PAGES_MAX];
	size_t count;
};

static const char *
see(struct worker *worker, const char *path)
{
	const int status = worker_get(worker, path);

	if (status != 200) {
		return arena_format(worker->arena, "%d", status);
	}
	return token_hash_bytes(worker->arena, worker_body(worker), worker_body_length(worker));
}

static bool
is_archive(const char *path)
{
	return strstr(path, "/archive/") != NULL;
}

/* Every feed and what comes next in its chain. */
static void
look(struct looking *looking, struct past *past)
{
	struct worker *worker = looking->worker;

	looking->count = 0;
	for (size_t i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++) {
		const char *stem = past_feed(past, feeds[i]);
		const char *path =
		    stem == NULL ? NULL : arena_format(worker->arena, "%s.atom", stem);

		for (int depth = 0; path != NULL && depth < DEPTH; depth++) {
			struct reading reading;

			assert_true(looking->count < PAGES_MAX);
			looking->pages[looking->count++] = (struct page){ path, see(worker, path) };
			if (strlen(looking->pages[looking->count - 1].hash) == 3) {
				fail_msg("%s is gone", path);
			}
			reading = reading_atom(
			    worker->arena, worker_body(worker), worker_body_length(worker));
			path = reading.previous == NULL ? NULL : strstr(reading.previous, "/feed/");
		}
	}
}

/* What is not as it was promised; NULL: all is well. */
static const char *
misled(struct looking *looking)
{
	struct worker *worker = looking->worker;
	const char *kept[PAGES_MAX];
	const char *wrong = NULL;

	for (size_t i = 0; i < looking->count; i++) {
		kept[i] = see(worker, looking->pages[i].path);
	}
	worker_restart(worker);
	for (size_t i = 0; i < looking->count; i++) {
		const struct page *page = &looking->pages[i];
		const char *fresh = see(worker, page->path);

		if (strcmp(fresh, kept[i]) != 0 ||
		    (is_archive(page->path) && strlen(fresh) > 3 &&
			strcmp(fresh, page->hash) != 0)) {
			wrong = page->path;
		}
	}
	return wrong;
}

/* False: no such thing can be written, or it changes nothing. */
static bool
write_if_possible(struct worker *worker, const char *sql)
{
	sqlite3 *sqlite = worker->writer->sqlite;
	bool changed;

	assert_int_equal(sqlite3_exec(sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK) {
		(void)sqlite3_exec(sqlite, "ROLLBACK", NULL, NULL, NULL);
		return false;
	}
	changed = sqlite3_changes(sqlite) > 0;
	assert_int_equal(sqlite3_exec(sqlite, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	return changed;
}

/* Other words, another number, the other of two, or nothing at all; row by row
 * what can be changed. */
static bool
change(struct worker *worker, const struct column *column)
{
	static const char *const texts[] = { "%s || 'x'", "'y' || rowid", "NULL", "'captain'" };
	static const char *const numbers[] = { "%s + 1", "1 - %s", "%s - 1", "coalesce(%s, 0) + 1",
		"NULL" };
	const char *const *values = column->is_text ? texts : numbers;
	const size_t count = column->is_text ? 4 : 5;

	for (size_t i = 0; i < count; i++) {
		const char *percent = strstr(values[i], "%s");
		const char *value = percent == NULL
		    ? values[i]
		    : arena_format(worker->arena, "%.*s%s%s", (int)(percent - values[i]), values[i],
			  column->name, percent + 2);

		if (write_if_possible(worker,
			arena_format(worker->arena,
			    "UPDATE OR IGNORE %s SET %s = %s WHERE %s IS NOT (%s)", column->table,
			    column->name, value, column->name, value))) {
			return true;
		}
	}
	return false;
}

static bool
is_fixed(const struct column *column)
{
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (strcmp(column->whole, fixed[i]) == 0) {
			return true;
		}
	}
	return false;
}

static size_t
columns_read(struct worker *worker, struct column *rows)
{
	sqlite3_stmt *statement = NULL;
	size_t count = 0;

	assert_int_equal(
	    sqlite3_prepare_v2(worker->writer->sqlite, columns, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		assert_true(count < COLUMNS_MAX);
		rows[count] = (struct column){ .is_text = sqlite3_column_int(statement, 3) == 1 };
		rows[count].whole =
		    arena_copy(worker->arena, (const char *)sqlite3_column_text(statement, 0));
		rows[count].table =
		    arena_copy(worker->arena, (const char *)sqlite3_column_text(statement, 1));
		rows[count].name =
		    arena_copy(worker->arena, (const char *)sqlite3_column_text(statement, 2));
		count += is_fixed(&rows[count]) ? 0 : 1;
	}
	sqlite3_finalize(statement);
	return count;
}

/* Changes a column and changes it back. */
static const char *
try_column(struct looking *looking, struct past *past, const struct column *column, size_t *tried)
{
	struct worker *worker = looking->worker;
	const char *wrong;

	look(looking, past);
	worker_write(worker,
	    arena_format(worker->arena,
		"CREATE TABLE before_it AS SELECT rowid AS row, %s AS was FROM %s", column->name,
		column->table));
	if (!change(worker, column)) {
		worker_write(worker, "DROP TABLE before_it");
		return NULL;
	}
	++*tried;
	wrong = misled(looking);
	(void)write_if_possible(worker,
	    arena_format(worker->arena,
		"UPDATE %s SET %s = (SELECT was FROM before_it WHERE row = %s.rowid)",
		column->table, column->name, column->table));
	worker_write(worker, "DROP TABLE before_it");
	return wrong;
}

static void
feed_27_33_47_nothing_is_written_that_feeds_show_and_do_not_see(void **state)
{
	struct worker *worker = worker_new();
	struct looking looking = { .worker = worker };
	struct column rows[COLUMNS_MAX];
	struct past *past = past_new(worker, 5);
	size_t count, tried = 0, unseen = 0;

	(void)state;
	for (int i = 0; i < STEPS; i++) {
		past_step(past);
	}
	count = columns_read(worker, rows);
	for (size_t i = 0; i < count; i++) {
		const char *wrong = try_column(&looking, past, &rows[i], &tried);

		if (wrong != NULL) {
			print_error("%s: %s\n", rows[i].whole, wrong);
			unseen++;
		}
	}
	assert_int_equal(unseen, 0);
	assert_true(tried > 100);
	assert_true(looking.count > 2 * sizeof(feeds) / sizeof(feeds[0]));
	worker_free(worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feed_27_33_47_nothing_is_written_that_feeds_show_and_do_not_see),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
