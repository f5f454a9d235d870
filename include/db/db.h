#ifndef DB_DB_H
#define DB_DB_H

/*
 * The database: one SQLite file, one handle a process.
 *
 * Every query is a function the build made from lib/db/sql/<noun>.sql (see
 * "db/query/<noun>.h") and runs inside a transaction begun here: what a page
 * reads is one snapshot, what a form changes is all or nothing.
 *
 *     if (db_begin_write(db)) {
 *             … queries …
 *             if (db_commit(db)) …
 *     }
 *     db_rollback(db);                harmless when all went well
 *
 * Three things may become of a query, and they are kept apart. It does its
 * work. The schema refuses it (a constraint, a RAISE of a trigger): a
 * statement refused has changed nothing, the transaction goes on, and
 * db_refusal() names the reason for the model to put kindly. Or there is a
 * fault – disk, lock, file, programme – which no model can mend: from then on
 * every query of the transaction does nothing, db_commit() fails, and one
 * place above answers for all of it by db_fault().
 *
 * The file is opened with WAL and synchronous=FULL (what was committed is on
 * the disk), foreign keys, secure_delete, an untrusted schema and no mapped
 * memory. A handle is used by one thread, and not across a fork.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/refusal.h"

struct arena;
struct db;

/* The integer that stands for NULL, in binds and in rows alike. */
#define DB_NULL INT64_MIN

/*
 * A BLOB. NULL is one without data; an empty one has data and no length.
 * (TEXT's NULL is a NULL pointer, REAL's a NaN.)
 */
struct db_blob {
	const unsigned char *data;
	size_t length;
};

enum db_mode {
	DB_READ_WRITE = 1, /* the file must be there */
	DB_CREATE /* it is made, readable by its owner only */
};

enum db_fault {
	DB_FAULT_NONE,
	DB_FAULT_BUSY, /* another wrote for longer than we wait */
	DB_FAULT_FULL, /* no room left, on the disk or in memory */
	DB_FAULT_READ_ONLY, /* the file may not be written */
	DB_FAULT_CORRUPT, /* the file is damaged, or no database */
	DB_FAULT_IO, /* the disk failed */
	DB_FAULT_SCHEMA, /* the file has another schema than we do */
	DB_FAULT_OTHER /* a mistake of ours */
};

/*
 * Opens the file at `path` (":memory:" for one of its own in memory) and
 * reads from it once, so that what is wrong is known at start and the sandbox
 * may close behind us. NULL with one line in *problem when the file is
 * missing, read-only, no database, damaged in its first page, or of a newer
 * schema than this program's. An older schema is opened, for db_migrate();
 * until then every transaction has DB_FAULT_SCHEMA.
 *
 * A problem's text stays readable until the next problem.
 */
struct db *db_open(const char *path, enum db_mode mode, const char **problem);

/* Rolls back what is not committed. NULL is allowed. */
void db_close(struct db *db);

/*
 * How long to wait for another's lock: 5 seconds unless told. While waiting
 * it sleeps 0.2 to 0.5 ms at random: SQLite's own, longer sleeps let a busy
 * writer starve the others.
 */
void db_patience(struct db *db, int64_t micros);

/*
 * Begins a transaction, and forgets the fault of one that is over. Writing is
 * not possible in one begun to read (the handle is query_only meanwhile).
 * One begun to write holds the lock from here on, after waiting for it.
 * False with a fault: it did not begin. A transaction inside a transaction is
 * a mistake: false, and the outer one cannot be committed any more.
 */
bool db_begin_read(struct db *db);
bool db_begin_write(struct db *db);

/*
 * Ends the transaction. True: all of it is on the disk. False: nothing of it
 * is, and db_fault() tells why.
 */
bool db_commit(struct db *db);

/* Undoes the transaction, if there is one, and forgets fault and refusal. */
void db_rollback(struct db *db);

/*
 * Within a transaction begun to write: what the queries do from
 * db_attempt_begin() to db_attempt_undo() is undone, and the transaction goes
 * on. One attempt at a time; a mail noted in it stays noted. False outside of
 * such a transaction and on a fault.
 */
bool db_attempt_begin(struct db *db);
bool db_attempt_undo(struct db *db);

bool db_in_transaction(const struct db *db);

/* The first fault of the transaction, kept until the next or db_rollback(). */
enum db_fault db_fault(const struct db *db);

/* What happened, for the log only; "" without a fault. Holds no bound value. */
const char *db_fault_text(const struct db *db);

/*
 * Why the last query was refused; REFUSAL_NONE when it was not. Refused are
 * an exec query that gave -1 and one with RETURNING that gave no row, if
 * db_fault() is DB_FAULT_NONE.
 */
enum refusal db_refusal(const struct db *db);

/* The id of the row inserted last. */
int64_t db_last_id(const struct db *db);

/*
 * The schema the file has now, the one this program was built with, and
 * whether the file's content is still what it was: the number changes when
 * another handle, in this process or any, committed something (not when this
 * one did). -1 on a fault.
 */
int64_t db_version(struct db *db);
int64_t db_schema_version(void);
int64_t db_data_version(struct db *db);

/*
 * Brings the file to this program's schema, one transaction a migration;
 * those done stay done when a later one fails. Foreign keys are not enforced
 * while one runs, so that it may rebuild a table, and are checked before it
 * is committed. False with one line in *problem.
 */
bool db_migrate(struct db *db, const char **problem);

/*
 * The transaction queued mail. When it was committed, db_take_queued() is
 * true once: the courier is to be woken. A rollback forgets it. One that
 * changed a feed, by whatever statement, is noted by itself: the courier tells
 * the hub of it (model/feed_ping.h).
 */
void db_note_queued(struct db *db);
bool db_take_queued(struct db *db);

/* What is wrong with the file, a line each; none when all is well. */
struct db_problems {
	const char *const *lines;
	size_t count;
};

/*
 * SQLite's own checks of the whole file: its structure, every index, every
 * CHECK, NOT NULL and foreign key. Slow. A check that cannot be run is itself
 * a problem. Not inside a transaction.
 */
struct db_problems db_check(struct db *db, struct arena *arena);

/*
 * Copies the database as it is at one instant to a new file at `path`, while
 * others go on writing. The file appears there whole, or not at all; one that
 * is there is never overwritten. False with one line in *problem. Not inside
 * a transaction.
 */
bool db_backup(struct db *db, const char *path, const char **problem);

/*
 * Puts the content of the database file at `path` (of this program's schema,
 * nobody writing to it) in the place of this database's, in one transaction:
 * whoever else has it open sees the old content or the new, and after a crash
 * it is the one or the other. False with one line in *problem. Not inside a
 * transaction.
 */
bool db_replace(struct db *db, const char *path, const char **problem);

/*
 * Moves all of the write-ahead log into the database and cuts it to nothing:
 * what was deleted is then in neither file (secure_delete overwrote it). False
 * when others are reading or writing for longer than we wait, or on a fault:
 * try again later. Not inside a transaction.
 */
bool db_checkpoint(struct db *db);

#endif
