#include "ground/arena.h"
#include "handle.h"

static void
problem_add(struct db_problems *problems, struct arena *arena, const char *line)
{
	const char **lines = arena_array(arena, problems->count + 1, sizeof(lines[0]));

	for (size_t i = 0; i < problems->count; i++) {
		lines[i] = problems->lines[i];
	}
	lines[problems->count++] = line;
	problems->lines = lines;
}

/* The query's first column is a line for each problem. */
static void
check_run(struct db *db, struct arena *arena, const char *sql, struct db_problems *problems)
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL);

	if (result == SQLITE_OK) {
		while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
			problem_add(problems, arena,
			    arena_copy(arena, (const char *)sqlite3_column_text(statement, 0)));
		}
	}
	if (result != SQLITE_DONE) {
		problem_add(problems, arena,
		    arena_format(arena, "the check stopped: %s", sqlite3_errmsg(db->sqlite)));
	}
	sqlite3_finalize(statement);
}

struct db_problems
db_check(struct db *db, struct arena *arena)
{
	struct db_problems problems = { NULL, 0 };

	if (db->transaction != TRANSACTION_NONE) {
		problem_add(&problems, arena,
		    "the check was asked for inside "
		    "a transaction");
		return problems;
	}
	check_run(db, arena,
	    "SELECT integrity_check "
	    "FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	    &problems);
	check_run(db, arena,
	    "SELECT \"table\" || ' row ' || "
	    "ifnull(rowid, '?') || ' refers to a ' || parent || "
	    "' that is not there' FROM pragma_foreign_key_check",
	    &problems);
	return problems;
}
