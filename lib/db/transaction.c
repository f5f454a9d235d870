#include "handle.h"

static const char *const own_sql[OWN_COUNT] = {
	[OWN_BEGIN_READ] = "BEGIN",
	[OWN_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[OWN_COMMIT] = "COMMIT",
	[OWN_ROLLBACK] = "ROLLBACK",
	[OWN_SAVEPOINT] = "SAVEPOINT attempt",
	[OWN_ROLLBACK_TO] = "ROLLBACK TO attempt",
	[OWN_RELEASE] = "RELEASE attempt",
	[OWN_USER_VERSION] = "PRAGMA user_version",
	[OWN_DATA_VERSION] = "PRAGMA data_version",
};

/*
 * These two PRAGMAs read when they are stepped and may be kept prepared; one
 * that sets something acts when it is prepared and never again.
 */
bool
own_run(struct db *db, enum own_statement which, int64_t *value)
{
	sqlite3_stmt **statement = &db->own[which];
	int result;

	if (*statement == NULL &&
	    sqlite3_prepare_v3(db->sqlite, own_sql[which], -1, SQLITE_PREPARE_PERSISTENT, statement,
		NULL) != SQLITE_OK) {
		fault_of_sqlite(db, own_sql[which]);
		return false;
	}
	result = sqlite3_step(*statement);
	if (result == SQLITE_ROW && value != NULL) {
		*value = sqlite3_column_int64(*statement, 0);
	}
	if (result != SQLITE_ROW && result != SQLITE_DONE) {
		fault_of_sqlite(db, own_sql[which]);
	}
	sqlite3_reset(*statement);
	return result == SQLITE_ROW || result == SQLITE_DONE;
}

/* Set only when it changes: it has to be compiled each time it acts. */
static bool
query_only_set(struct db *db, bool wanted)
{
	if (db->is_query_only == wanted) {
		return true;
	}
	if (sqlite3_exec(db->sqlite, wanted ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0",
		NULL, NULL, NULL) != SQLITE_OK) {
		fault_of_sqlite(db, "PRAGMA query_only");
		return false;
	}
	db->is_query_only = wanted;
	return true;
}

/* Ends SQLite's transaction, which a fault may have ended already. */
static void
undo(struct db *db)
{
	if (!sqlite3_get_autocommit(db->sqlite)) {
		own_run(db, OWN_ROLLBACK, NULL);
	}
	db->transaction = TRANSACTION_NONE;
	db->queued = false;
}

/* Our statements fit one schema: another must not be read, nor written. */
static bool
schema_check(struct db *db)
{
	int64_t version = 0;

	if (!own_run(db, OWN_USER_VERSION, &version)) {
		return false;
	}
	if (version != (int64_t)db->catalogue->migration_count) {
		fault_set(db, DB_FAULT_SCHEMA, "begin",
		    problem_format("the database has schema %lld, this program %zu",
			(long long)version, db->catalogue->migration_count));
		return false;
	}
	return true;
}

static bool
begin(struct db *db, enum transaction kind)
{
	bool writes = kind == TRANSACTION_WRITE;

	if (db->transaction != TRANSACTION_NONE) {
		fault_set(db, DB_FAULT_OTHER, "begin", "a transaction inside a transaction");
		return false;
	}
	fault_clear(db);
	db->refusal = REFUSAL_NONE;
	if (!query_only_set(db, !writes) ||
	    !own_run(db, writes ? OWN_BEGIN_WRITE : OWN_BEGIN_READ, NULL)) {
		return false;
	}
	db->transaction = kind;
	if (!schema_check(db)) {
		undo(db);
		return false;
	}
	return true;
}

bool
db_begin_read(struct db *db)
{
	return begin(db, TRANSACTION_READ);
}

bool
db_begin_write(struct db *db)
{
	return begin(db, TRANSACTION_WRITE);
}

bool
db_commit(struct db *db)
{
	if (db->transaction == TRANSACTION_NONE) {
		fault_set(db, DB_FAULT_OTHER, "commit", "no transaction was begun");
		return false;
	}
	if (db->fault != DB_FAULT_NONE || !own_run(db, OWN_COMMIT, NULL)) {
		undo(db);
		return false;
	}
	db->queued_committed = db->queued_committed || db->queued;
	db->queued = false;
	db->transaction = TRANSACTION_NONE;
	return true;
}

void
db_rollback(struct db *db)
{
	undo(db);
	fault_clear(db);
	db->refusal = REFUSAL_NONE;
}

bool
db_attempt_begin(struct db *db)
{
	return db->transaction == TRANSACTION_WRITE && db->fault == DB_FAULT_NONE &&
	    own_run(db, OWN_SAVEPOINT, NULL);
}

bool
db_attempt_undo(struct db *db)
{
	return db->transaction == TRANSACTION_WRITE && db->fault == DB_FAULT_NONE &&
	    own_run(db, OWN_ROLLBACK_TO, NULL) && own_run(db, OWN_RELEASE, NULL);
}

bool
db_in_transaction(const struct db *db)
{
	return db->transaction != TRANSACTION_NONE;
}

void
db_note_queued(struct db *db)
{
	db->queued = true;
}

bool
db_take_queued(struct db *db)
{
	bool queued = db->queued_committed;

	db->queued_committed = false;
	return queued;
}

int64_t
db_version(struct db *db)
{
	int64_t version = -1;

	return own_run(db, OWN_USER_VERSION, &version) ? version : -1;
}

int64_t
db_schema_version(void)
{
	return (int64_t)db_migration_count;
}

int64_t
db_data_version(struct db *db)
{
	int64_t version = -1;

	return own_run(db, OWN_DATA_VERSION, &version) ? version : -1;
}

int64_t
db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->sqlite);
}
