#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ground/folder.h"
#include "handle.h"

/* All pages in one step: a read transaction, which in WAL stops no writer. */
static bool
pages_copy(struct db *db, const char *path, const char **problem)
{
	sqlite3 *copy = NULL;
	sqlite3_backup *backup;
	bool done = false;

	if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
	    SQLITE_OK) {
		backup = sqlite3_backup_init(copy, "main", db->sqlite, "main");
		if (backup != NULL) {
			done = sqlite3_backup_step(backup, -1) == SQLITE_DONE;
			done = sqlite3_backup_finish(backup) == SQLITE_OK && done;
		}
	}
	if (!done) {
		*problem = problem_format("cannot copy to %s: %s", path,
		    copy == NULL ? "no memory" : sqlite3_errmsg(copy));
	}
	return sqlite3_close(copy) == SQLITE_OK && done;
}

static bool
backup_to(struct db *db, const char *beside, const char *path, const char **problem)
{
	if (!pages_copy(db, beside, problem)) {
		return false;
	}
	/* Unlike rename(), it refuses a name that is taken. */
	if (link(beside, path) != 0 || !folder_sync(path)) {
		*problem = problem_format("cannot make %s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

bool
db_replace(struct db *db, const char *path, const char **problem)
{
	sqlite3 *source = NULL;
	sqlite3_backup *backup = NULL;
	bool done = false;

	if (db->transaction != TRANSACTION_NONE) {
		*problem = problem_format("replacing inside a transaction");
		return false;
	}
	if (sqlite3_open_v2(path, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
	    SQLITE_OK) {
		backup = sqlite3_backup_init(db->sqlite, "main", source, "main");
	}
	if (backup != NULL) {
		/* It waits for the lock as every write of this handle does. */
		done = sqlite3_backup_step(backup, -1) == SQLITE_DONE;
		done = sqlite3_backup_finish(backup) == SQLITE_OK && done;
	}
	if (!done) {
		*problem =
		    problem_format("cannot replace by %s: %s", path, sqlite3_errmsg(db->sqlite));
	}
	sqlite3_close(source);
	return done;
}

bool
db_backup(struct db *db, const char *path, const char **problem)
{
	char *beside;
	int file;
	bool done;

	if (db->transaction != TRANSACTION_NONE) {
		*problem = problem_format("backup inside a transaction");
		return false;
	}
	if (asprintf(&beside, "%s.XXXXXX", path) < 0) {
		*problem = problem_format("no memory for %s", path);
		return false;
	}
	/* Readable by its owner only, as the database is. */
	file = mkostemp(beside, O_CLOEXEC);
	if (file < 0) {
		*problem = problem_format("cannot make %s: %s", path, strerror(errno));
		free(beside);
		return false;
	}
	close(file);
	done = backup_to(db, beside, path, problem);
	unlink(beside);
	free(beside);
	return done;
}

bool
db_checkpoint(struct db *db)
{
	int result;

	if (db->transaction != TRANSACTION_NONE) {
		return false;
	}
	fault_clear(db);
	/* Only TRUNCATE overwrites what the log held (safety 58: measured). */
	result =
	    sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	if (result != SQLITE_OK && (result & 0xff) != SQLITE_BUSY) {
		fault_of_sqlite(db, "checkpoint");
	}
	return result == SQLITE_OK;
}
