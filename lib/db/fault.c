#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "handle.h"

static char problem[512];

const char *
problem_format(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(problem, sizeof(problem), format, arguments);
	va_end(arguments);
	return problem;
}

void
fault_set(struct db *db, enum db_fault fault, const char *what, const char *words)
{
	if (db->fault == DB_FAULT_NONE) {
		db->fault = fault;
		snprintf(db->fault_text, sizeof(db->fault_text), "%s: %s", what, words);
	}
}

/* A file-size limit and a quota are a full disk to whoever waits for it. */
static enum db_fault
fault_of_disk(const struct db *db)
{
	int error = sqlite3_system_errno(db->sqlite);

	return error == EFBIG || error == EDQUOT || error == ENOSPC ? DB_FAULT_FULL : DB_FAULT_IO;
}

static enum db_fault
fault_read(const struct db *db)
{
	switch (sqlite3_errcode(db->sqlite) & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return DB_FAULT_BUSY;
	case SQLITE_FULL:
	case SQLITE_NOMEM:
		return DB_FAULT_FULL;
	case SQLITE_READONLY:
		return DB_FAULT_READ_ONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return DB_FAULT_CORRUPT;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return fault_of_disk(db);
	case SQLITE_SCHEMA:
		return DB_FAULT_SCHEMA;
	default:
		return DB_FAULT_OTHER;
	}
}

void
fault_of_sqlite(struct db *db, const char *what)
{
	char words[200];

	snprintf(words, sizeof(words), "%s (%d)", sqlite3_errmsg(db->sqlite),
	    sqlite3_extended_errcode(db->sqlite));
	fault_set(db, fault_read(db), what, words);
}

void
fault_clear(struct db *db)
{
	db->fault = DB_FAULT_NONE;
	db->fault_text[0] = '\0';
}

enum db_fault
db_fault(const struct db *db)
{
	return db->fault;
}

const char *
db_fault_text(const struct db *db)
{
	return db->fault_text;
}

enum refusal
db_refusal(const struct db *db)
{
	return db->refusal;
}
