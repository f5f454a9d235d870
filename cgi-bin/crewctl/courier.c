#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/log.h"
#include "letters.h"
#include "model/outbox.h"
#include "model/tick.h"
#include "web/mail.h"

enum {
	/* Wakes at least so often, should a wake-up ever be lost. */
	WAIT_SECONDS_MAX = 60,
	/* A mail that cannot be written is tried again after this. */
	RETRY_SECONDS = 60,
	/* A busy or full database is left alone for this long. */
	FAULT_SECONDS = 1
};

static volatile sig_atomic_t ended;

static void
note_end(int signal)
{
	(void)signal;
	ended = 1;
}

const char *
crewctl_mail_folder(struct arena *arena, const struct site *site)
{
	const char *folder = getenv("GROUNDCREW_MAIL");

	return folder != NULL ? folder : arena_format(arena, "%s.mail", site->database);
}

/* Writes the mail under its final name, whole or not at all; the name is made
 * of its row, so that a second sending replaces the first. */
static bool
eml_write(struct crewctl *crewctl, const struct outbox *outbox, const struct bytes *mail)
{
	const char *folder = crewctl_mail_folder(crewctl->arena, crewctl->site);
	const char *path = arena_format(
	    crewctl->arena, "%s/%08lld-%s.eml", folder, (long long)outbox->id, outbox->kind);
	const char *part = arena_format(crewctl->arena, "%s.part", path);
	int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool written;

	if (file < 0) {
		return false;
	}
	written =
	    write(file, mail->data, mail->length) == (ssize_t)mail->length && fsync(file) == 0;
	return close(file) == 0 && written && rename(part, path) == 0;
}

static bool
mail_compose(struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter,
    struct bytes *mail)
{
	struct programme programme;
	const char *contact;

	if (!programme_read(crewctl->db, crewctl->arena, &programme)) {
		return false;
	}
	/* Without a contact configured, nobody reads an answer. */
	contact = programme.contact[0] != '\0'
	    ? programme.contact
	    : arena_format(crewctl->arena, "groundcrew@%s.invalid", crewctl->site->host);
	return mail_write(crewctl->arena, mail,
		   &(struct mail){ .from_name = programme.name,
		       .from = contact,
		       .to = outbox->recipient,
		       .subject = letter->wording.subject,
		       .body = letter->text,
		       .html = letter->html,
		       .unsubscribe = letter->unsubscribe,
		       .id = arena_format(crewctl->arena, "outbox.%lld.%s", (long long)outbox->id,
			   programme.feed_key),
		       .id_domain = programme.tag_domain,
		       .date = crewctl->now }) == MAIL_WRITTEN;
}

/* Notes in one transaction that the mail went out and that its link works
 * from now, or why it will not go. */
static bool
mail_note(struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter)
{
	int64_t now = clock_now();

	return db_begin_write(crewctl->db) && letter_record(crewctl, letter, now) &&
	    outbox_mark_sent(
		crewctl->db, &(struct outbox_mark_sent_in){ .id = outbox->id, .now = now }) >= 0 &&
	    db_commit(crewctl->db);
}

static bool
mail_note_problem(
    struct crewctl *crewctl, const struct outbox *outbox, const char *state, const char *problem)
{
	return db_begin_write(crewctl->db) &&
	    outbox_mark_problem(crewctl->db,
		&(struct outbox_mark_problem_in){ .id = outbox->id,
		    .state = state,
		    .problem = problem,
		    .due_at = clock_now() + RETRY_SECONDS }) >= 0 &&
	    db_commit(crewctl->db);
}

/* Sends one mail; false on a fault of the database. */
static bool
mail_send(struct crewctl *crewctl, const struct outbox *outbox, enum letter_outcome outcome,
    const struct letter *letter, const struct bytes *mail)
{
	if (outcome == LETTER_POINTLESS) {
		return mail_note_problem(crewctl, outbox, "cancelled", "pointless");
	}
	if (mail->length == 0) {
		return mail_note_problem(crewctl, outbox, "failed", "not a sendable mail");
	}
	if (!eml_write(crewctl, outbox, mail)) {
		log_line(LOG_LEVEL_ERROR, "event=mail id=%lld problem=%s", (long long)outbox->id,
		    strerror(errno));
		return mail_note_problem(crewctl, outbox, "queued", "cannot write the file");
	}
	log_line(LOG_LEVEL_INFO, "event=mail id=%lld kind=%s", (long long)outbox->id, outbox->kind);
	return mail_note(crewctl, outbox, letter);
}

/* Sends what is due, mail by mail; false on a fault of the database. */
static bool
send_due(struct crewctl *crewctl)
{
	while (!ended) {
		struct outbox outbox;
		struct letter letter = { .token = NULL };
		struct bytes *mail;
		enum letter_outcome outcome;
		bool found;

		arena_reset(crewctl->arena);
		mail = bytes_new(crewctl->arena);
		crewctl->now = clock_now();
		if (!db_begin_read(crewctl->db)) {
			return false;
		}
		found = outbox_next(crewctl->db, crewctl->arena,
		    &(struct outbox_next_in){ .now = crewctl->now }, &outbox);
		if (!found) {
			return db_fault(crewctl->db) == DB_FAULT_NONE && db_commit(crewctl->db);
		}
		outcome = letter_write(crewctl, &outbox, &letter);
		if (outcome == LETTER_READY) {
			mail_compose(crewctl, &outbox, &letter, mail);
		}
		if (outcome == LETTER_FAULT || !db_commit(crewctl->db) ||
		    !mail_send(crewctl, &outbox, outcome, &letter, mail)) {
			return false;
		}
	}
	return true;
}

static bool
run_tick(struct crewctl *crewctl)
{
	arena_reset(crewctl->arena);
	crewctl->now = clock_now();
	return db_begin_write(crewctl->db) && tick(crewctl->db, crewctl->arena, crewctl->now) &&
	    db_commit(crewctl->db);
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a == DB_NULL || (b != DB_NULL && b < a) ? b : a;
}

/* Seconds until there is something to do; WAIT_SECONDS_MAX at most. */
static int64_t
wait_seconds(struct crewctl *crewctl)
{
	struct outbox_next_due_row mail = { .due_at = DB_NULL };
	int64_t due, wait, now = clock_now();

	if (!db_begin_read(crewctl->db)) {
		return FAULT_SECONDS;
	}
	if (!outbox_next_due(crewctl->db, crewctl->arena, &mail)) {
		mail.due_at = DB_NULL;
	}
	due = earlier(mail.due_at, tick_due(crewctl->db, crewctl->arena, now));
	db_rollback(crewctl->db);
	wait = due == DB_NULL ? WAIT_SECONDS_MAX : due - now;
	if (wait < 0) {
		wait = 0;
	}
	return wait > WAIT_SECONDS_MAX ? WAIT_SECONDS_MAX : wait;
}

static void
sleep_until_woken(int fifo, int64_t seconds)
{
	struct pollfd woken = { .fd = fifo, .events = POLLIN };
	char drained[256];

	if (poll(&woken, 1, (int)seconds * 1000) > 0) {
		while (read(fifo, drained, sizeof drained) > 0) {
			continue;
		}
	}
}

/* The FIFO by which the workers wake us, made when it is not there. */
static int
fifo_open(const char *path)
{
	if (path == NULL || (mkfifo(path, 0660) != 0 && errno != EEXIST)) {
		return -1;
	}
	return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
}

/* Holds the lock that lets only one courier run; -1 while another does. */
static int
lock_take(struct crewctl *crewctl)
{
	const char *path = arena_format(crewctl->arena, "%s.courier", crewctl->site->database);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0) {
		close(file);
		return -1;
	}
	return file;
}

static void
watch_for_end(void)
{
	struct sigaction action = { .sa_handler = note_end };

	sigemptyset(&action.sa_mask);
	/* No SA_RESTART: a signal ends the wait. */
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static int
work(struct crewctl *crewctl, int fifo, bool once)
{
	bool done = false;

	while (!ended && !(once && done)) {
		done = run_tick(crewctl) && send_due(crewctl);
		if (!done) {
			log_line(LOG_LEVEL_ERROR, "event=courier problem=%s",
			    db_fault_text(crewctl->db));
			db_rollback(crewctl->db);
			if (once) {
				return CREWCTL_FAILED;
			}
		}
		if (!once) {
			sleep_until_woken(fifo, done ? wait_seconds(crewctl) : FAULT_SECONDS);
		}
	}
	return CREWCTL_DONE;
}

int
run_courier(struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *folder = crewctl_mail_folder(crewctl->arena, crewctl->site);
	int lock = lock_take(crewctl);
	int fifo, code;

	if (lock < 0) {
		return crewctl_fail("another courier is at work");
	}
	if (!crewctl->site->has_secret) {
		return crewctl_fail("there is no key file: run crewctl init");
	}
	fifo = fifo_open(crewctl->site->wake);
	if (fifo < 0) {
		return crewctl_fail("cannot open the FIFO GROUNDCREW_WAKE");
	}
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		return crewctl_fail("cannot make the folder for mail");
	}
	watch_for_end();
	code = work(crewctl, fifo, argument_value(arguments, "once") != NULL);
	close(fifo);
	close(lock);
	return code;
}
