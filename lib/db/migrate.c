#include <stdio.h>

#include "handle.h"

/* "no row" here is the answer hoped for. */
static bool
foreign_keys_hold(struct db *db)
{
	sqlite3_stmt *statement = NULL;
	bool hold = sqlite3_prepare_v2(db->sqlite, "PRAGMA foreign_key_check", -1, &statement,
			NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_DONE;

	sqlite3_finalize(statement);
	return hold;
}

static bool
run(struct db *db, const char *sql)
{
	return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The transaction around migration `index`, unless another did it meanwhile. */
static bool
migration_run(struct db *db, size_t index, const char **problem)
{
	const struct db_migration *migration = &db->catalogue->migrations[index];
	char version[64];
	bool done;

	snprintf(version, sizeof(version), "PRAGMA user_version = %zu", index + 1);
	done = run(db, "BEGIN IMMEDIATE");
	if (done && db_version(db) != (int64_t)index) {
		return run(db, "ROLLBACK");
	}
	done = done && run(db, migration->sql);
	if (done && !foreign_keys_hold(db)) {
		*problem = problem_format("%s: it breaks a foreign key", migration->name);
		run(db, "ROLLBACK");
		return false;
	}
	done = done && run(db, version) && run(db, "COMMIT");
	if (!done) {
		*problem = problem_format("%s: %s", migration->name, sqlite3_errmsg(db->sqlite));
		if (!sqlite3_get_autocommit(db->sqlite)) {
			run(db, "ROLLBACK");
		}
	}
	return done;
}

static bool
migrations_run(struct db *db, const char **problem)
{
	int64_t newest = (int64_t)db->catalogue->migration_count;

	for (;;) {
		int64_t version = db_version(db);

		if (version < 0) {
			*problem = problem_format("%s", db->fault_text);
			return false;
		}
		if (version > newest) {
			*problem = problem_format("the database has schema "
						  "%lld, newer than this program's %lld",
			    (long long)version, (long long)newest);
			return false;
		}
		if (version == newest) {
			return true;
		}
		if (!migration_run(db, (size_t)version, problem)) {
			return false;
		}
	}
}

bool
db_migrate(struct db *db, const char **problem)
{
	bool done;

	if (db->transaction != TRANSACTION_NONE) {
		*problem = problem_format("migration inside a transaction");
		return false;
	}
	/* Neither acts inside a transaction. */
	if (!run(db, "PRAGMA query_only = 0; PRAGMA foreign_keys = OFF")) {
		*problem = problem_format("%s", sqlite3_errmsg(db->sqlite));
		return false;
	}
	db->is_query_only = false;
	done = migrations_run(db, problem);
	if (!run(db, "PRAGMA foreign_keys = ON")) {
		*problem = problem_format("%s", sqlite3_errmsg(db->sqlite));
		return false;
	}
	return done;
}
