#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ground/clock.h"
#include "handle.h"

/* Set for every handle; none of these is remembered in the file but WAL. */
static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA mmap_size = 0;"
			       "PRAGMA cache_size = -1024;"
			       /* The sandbox lets no temporary file be made. */
			       "PRAGMA temp_store = MEMORY;"
			       /* A WAL that grew in a rush shrinks again. */
			       "PRAGMA journal_size_limit = 8388608;";

enum { PATIENCE_MICROS = 5 * 1000 * 1000, SLEEP_MICROS_LEAST = 200, SLEEP_MICROS_MORE = 301 };

/* SQLite asks what to do about another's lock: 1 to try again. */
static int
wait_for_lock(void *handle, int tries)
{
	struct db *db = handle;
	struct timespec sleep = { 0, 0 };
	unsigned int chance;

	if (tries == 0) {
		db->waiting_since = clock_micros();
	} else if (clock_micros() - db->waiting_since >= db->patience_micros) {
		return 0;
	}
	sqlite3_randomness(sizeof(chance), &chance);
	sleep.tv_nsec = (SLEEP_MICROS_LEAST + (long)(chance % SLEEP_MICROS_MORE)) * 1000;
	nanosleep(&sleep, NULL);
	return 1;
}

static bool
is_in_memory(const char *path)
{
	return strcmp(path, ":memory:") == 0;
}

/* SQLite would make the file readable by all. */
static bool
file_make(const char *path, const char **problem)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (file < 0) {
		*problem = problem_format("cannot make %s: %s", path, strerror(errno));
		return false;
	}
	close(file);
	return true;
}

static bool
sqlite_open(struct db *db, const char *path, const char **problem)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
	    (is_in_memory(path) ? SQLITE_OPEN_CREATE : 0);

	if (sqlite3_open_v2(path, &db->sqlite, flags, NULL) != SQLITE_OK) {
		*problem = problem_format("cannot open %s: %s", path,
		    access(path, F_OK) != 0  ? strerror(errno)
			: db->sqlite == NULL ? "no memory"
					     : sqlite3_errmsg(db->sqlite));
		return false;
	}
	if (sqlite3_db_readonly(db->sqlite, "main") == 1) {
		*problem = problem_format("%s is read-only", path);
		return false;
	}
	return true;
}

/* A feed that shows something else is to be told of (db_note_queued). */
static void
note_change(void *handle, int change, const char *database, const char *table, sqlite3_int64 row)
{
	struct db *db = handle;

	(void)change, (void)database, (void)row;
	if (db->transaction == TRANSACTION_WRITE && strcmp(table, "feed") == 0) {
		db->queued = true;
	}
}

static bool
settings_apply(struct db *db, const char *path, const char **problem)
{
	unsigned int chance;

	/* Its random numbers begin with a file that the sandbox closes. */
	sqlite3_randomness(sizeof(chance), &chance);
	sqlite3_busy_handler(db->sqlite, wait_for_lock, db);
	sqlite3_update_hook(db->sqlite, note_change, db);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	if (sqlite3_exec(db->sqlite, settings, NULL, NULL, NULL) != SQLITE_OK) {
		*problem = problem_format("cannot use %s: %s", path, sqlite3_errmsg(db->sqlite));
		return false;
	}
	return true;
}

/* The one read that tells a database of ours from anything else. */
static bool
version_check(struct db *db, const char *path, const char **problem)
{
	int64_t newest = (int64_t)db->catalogue->migration_count;
	int64_t version = db_version(db);

	if (version < 0) {
		*problem = problem_format("cannot read %s: %s", path, db->fault_text);
		return false;
	}
	if (version > newest) {
		*problem = problem_format("%s has schema %lld, newer than "
					  "this program's %lld",
		    path, (long long)version, (long long)newest);
		return false;
	}
	return true;
}

struct db *
db_open_catalogue(
    const char *path, enum db_mode mode, const struct db_catalogue *catalogue, const char **problem)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db != NULL) {
		db->queries = calloc(catalogue->query_count + 1, sizeof(db->queries[0]));
	}
	if (db == NULL || db->queries == NULL) {
		free(db);
		*problem = problem_format("no memory to open %s", path);
		return NULL;
	}
	db->catalogue = catalogue;
	db->patience_micros = PATIENCE_MICROS;
	if ((mode == DB_CREATE && !is_in_memory(path) && !file_make(path, problem)) ||
	    !sqlite_open(db, path, problem) || !settings_apply(db, path, problem) ||
	    !version_check(db, path, problem)) {
		db_close(db);
		return NULL;
	}
	return db;
}

struct db *
db_open(const char *path, enum db_mode mode, const char **problem)
{
	return db_open_catalogue(path, mode, &db_catalogue, problem);
}

void
db_close(struct db *db)
{
	if (db == NULL) {
		return;
	}
	for (size_t i = 0; i < db->catalogue->query_count; i++) {
		sqlite3_finalize(db->queries[i]);
	}
	for (size_t i = 0; i < OWN_COUNT; i++) {
		sqlite3_finalize(db->own[i]);
	}
	sqlite3_close(db->sqlite);
	free(db->queries);
	free(db);
}

void
db_patience(struct db *db, int64_t micros)
{
	db->patience_micros = micros;
}
