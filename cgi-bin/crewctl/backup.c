#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/folder.h"
#include "journal.h"
#include "model/restore.h"

enum { COPY_BYTES = 1 << 16 };

int
run_backup(struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *problem = NULL;

	if (!db_backup(crewctl->db, arguments->operand, &problem)) {
		return crewctl_fail(problem);
	}
	crewctl_say(message_crewctl_backup_done(crewctl->arena, arguments->operand));
	return CREWCTL_DONE;
}

/* A restore under way: the backup's content lies beside the database, made
 * fit there, and takes its place last. */
struct restore {
	struct crewctl *crewctl;
	const char *from;
	const char *path; /* the database */
	const char *beside; /* where the new content is made */
	const char *kept; /* where the old content goes */
	struct erasure_rows journal;
	struct restore_report report;
	const char *problem;
};

static bool
bytes_copy(int from, int to)
{
	char buffer[COPY_BYTES];
	ssize_t length = 1;

	while (length > 0) {
		length = read(from, buffer, sizeof(buffer));
		if (length > 0 && write(to, buffer, (size_t)length) != length) {
			return false;
		}
	}
	return length == 0;
}

static bool
has_log(struct restore *restore)
{
	struct stat status;

	return stat(arena_format(restore->crewctl->arena, "%s-wal", restore->from), &status) == 0 &&
	    status.st_size > 0;
}

static bool
file_copy(struct restore *restore)
{
	int from = open(restore->from, O_RDONLY | O_CLOEXEC), to;
	bool done;

	if (from < 0) {
		restore->problem = arena_format(
		    restore->crewctl->arena, "cannot read %s: %s", restore->from, strerror(errno));
		return false;
	}
	unlink(restore->beside);
	to = open(restore->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	done = to >= 0 && bytes_copy(from, to);
	if (!done) {
		restore->problem = arena_format(restore->crewctl->arena, "cannot write %s: %s",
		    restore->beside, strerror(errno));
	}
	close(from);
	return to >= 0 && close(to) == 0 && done;
}

/* The database as it is now; NULL when there is none, or none that opens. */
static struct db *
open_current(struct restore *restore)
{
	const char *problem = NULL;

	return access(restore->path, F_OK) == 0 ? db_open(restore->path, DB_READ_WRITE, &problem)
						: NULL;
}

/* Erasures that the courier had not yet written down are in the database
 * that goes. */
static bool
journal_complete(struct restore *restore, struct db *current)
{
	struct arena *arena = restore->crewctl->arena;
	const char *path = journal_path(arena, restore->crewctl->site);
	struct erasure_rows last = { .count = 0 };

	if (current != NULL && db_begin_read(current)) {
		last = erasure_list(current, arena);
		db_rollback(current);
	}
	if (last.count > 0 && !journal_append(path, last.rows, last.count)) {
		restore->problem = arena_format(arena, "cannot write %s", path);
		return false;
	}
	return journal_read(arena, path, &restore->journal, &restore->problem);
}

static bool
content_is_sound(struct restore *restore, struct db *db)
{
	struct db_problems problems = db_check(db, restore->crewctl->arena);

	if (problems.count > 0) {
		restore->problem = arena_format(
		    restore->crewctl->arena, "%s is damaged: %s", restore->from, problems.lines[0]);
		return false;
	}
	return db_migrate(db, &restore->problem);
}

static bool
content_make_fit(struct restore *restore)
{
	struct crewctl *crewctl = restore->crewctl;
	struct db *db = db_open(restore->beside, DB_READ_WRITE, &restore->problem);
	const struct erase erase = {
		.secret = crewctl->site->secret,
		.words = { message(MESSAGE_ERASE_STAND_IN), message(MESSAGE_ERASE_REMOVED) },
	};
	bool done;

	if (db == NULL) {
		return false;
	}
	done = content_is_sound(restore, db);
	if (done) {
		done = db_begin_write(db) &&
		    restore_prepare(db, crewctl->arena, &erase, &restore->journal, crewctl->now,
			&restore->report) &&
		    db_commit(db) && db_checkpoint(db);
		if (!done) {
			restore->problem = arena_copy(crewctl->arena, db_fault_text(db));
		}
	}
	db_close(db);
	return done;
}

/* Puts what cannot be opened aside, with its log, and the new in its place. */
static bool
file_replace(struct restore *restore)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	struct arena *arena = restore->crewctl->arena;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (rename(arena_format(arena, "%s%s", restore->path, parts[i]),
			arena_format(arena, "%s%s", restore->kept, parts[i])) != 0 &&
		    errno != ENOENT) {
			restore->problem = arena_format(
			    arena, "cannot move %s: %s", restore->path, strerror(errno));
			return false;
		}
	}
	if (rename(restore->beside, restore->path) != 0 || !folder_sync(restore->path)) {
		restore->problem =
		    arena_format(arena, "cannot make %s: %s", restore->path, strerror(errno));
		return false;
	}
	return true;
}

/* Somebody may be erased while we work: then once more. */
static bool
content_keep_up(struct restore *restore, struct db *current)
{
	size_t known = restore->journal.count;

	return journal_complete(restore, current) &&
	    (restore->journal.count == known || content_make_fit(restore));
}

static bool
content_put_in_place(struct restore *restore, struct db *current)
{
	if (current == NULL) {
		return file_replace(restore);
	}
	if (!db_backup(current, restore->kept, &restore->problem) ||
	    !content_keep_up(restore, current) ||
	    !db_replace(current, restore->beside, &restore->problem)) {
		return false;
	}
	/* The old content is still in the file until the log is moved there;
	 * who is using it meanwhile moves it later. */
	(void)db_checkpoint(current);
	return true;
}

static bool
restore_all(struct restore *restore)
{
	struct db *current = open_current(restore);
	bool done = file_copy(restore) && journal_complete(restore, current) &&
	    content_make_fit(restore) && content_put_in_place(restore, current);

	db_close(current);
	unlink(restore->beside);
	return done;
}

int
run_restore(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct arena *arena = crewctl->arena;
	const char *path = crewctl->site->database;
	struct restore restore = {
		.crewctl = crewctl,
		.from = arguments->operand,
		.path = path,
		.beside = arena_format(arena, "%s.restoring", path),
		.kept =
		    arena_format(arena, "%s.before-restore-%lld", path, (long long)crewctl->now),
	};

	if (!crewctl->site->has_secret) {
		return crewctl_fail("there is no key file: put back the one of the backup's time");
	}
	if (has_log(&restore)) {
		return crewctl_fail("that is a database in use, not a backup of one");
	}
	if (!restore_all(&restore)) {
		return crewctl_fail(restore.problem);
	}
	crewctl_say(message_crewctl_restore_done(arena, restore.from,
	    arena_format(arena, "%lld", (long long)restore.report.sessions),
	    arena_format(arena, "%lld", (long long)restore.report.erased),
	    arena_format(arena, "%lld", (long long)restore.report.held)));
	if (access(restore.kept, F_OK) == 0) {
		crewctl_say(message_crewctl_restore_kept(arena, restore.kept));
	}
	return CREWCTL_DONE;
}
