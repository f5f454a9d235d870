/* The handle as lib/db itself sees it. */
#ifndef DB_HANDLE_H
#define DB_HANDLE_H

#include <sqlite3.h>

#include "db/catalogue.h"

/* Statements of the handle's own, prepared when first used. */
enum own_statement {
	OWN_BEGIN_READ,
	OWN_BEGIN_WRITE,
	OWN_COMMIT,
	OWN_ROLLBACK,
	OWN_SAVEPOINT,
	OWN_ROLLBACK_TO,
	OWN_RELEASE,
	OWN_USER_VERSION,
	OWN_DATA_VERSION,
	OWN_COUNT
};

enum transaction { TRANSACTION_NONE, TRANSACTION_READ, TRANSACTION_WRITE };

struct db {
	sqlite3 *sqlite;
	const struct db_catalogue *catalogue;
	sqlite3_stmt **queries; /* by index, NULL until first used */
	sqlite3_stmt *own[OWN_COUNT];
	enum transaction transaction;
	bool is_query_only;
	enum db_fault fault;
	char fault_text[256];
	enum refusal refusal;
	bool queued; /* by the transaction under way */
	bool queued_committed;
	int64_t patience_micros;
	int64_t waiting_since;
};

/* Keeps the first fault; `what` is what was tried. */
void fault_set(struct db *db, enum db_fault fault, const char *what, const char *words);

/* The fault SQLite's last error is. */
void fault_of_sqlite(struct db *db, const char *what);
void fault_clear(struct db *db);

/* Formats a problem for the caller's caller; see db_open(). */
const char *problem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Runs one of the handle's own; the first column of its row, else 0. */
bool own_run(struct db *db, enum own_statement which, int64_t *value);

#endif
