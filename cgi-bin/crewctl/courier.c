#include "courier.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chores.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/log.h"
#include "model/feed_ping.h"
#include "model/tick.h"
#include "post.h"
#include "web/smtp.h"

enum {
	/* Wakes at least so often, should a wake-up ever be lost. */
	WAIT_MILLIS_MAX = 60 * 1000,
	/* A busy or full database is left alone for this long. */
	FAULT_MILLIS = 1000,
	/* A connection without mail is kept for this long. */
	KEEP_MILLIS = 10 * 1000,
	/* How often what was delivered is tried to be noted before ending. */
	NOTE_ATTEMPTS = 3
};

static volatile sig_atomic_t ended;
static int wake_by_signal = -1;

/* The byte ends a poll that was about to begin, too. */
static void
note_end(int signal)
{
	int error = errno;

	(void)signal;
	ended = 1;
	if (wake_by_signal >= 0 && write(wake_by_signal, "!", 1) < 0) {
		ended = 1;
	}
	errno = error;
}

static bool
run_tick(struct crewctl *crewctl)
{
	arena_reset(crewctl->arena);
	crewctl->now = clock_now();
	return db_begin_write(crewctl->db) && tick(crewctl->db, crewctl->arena, crewctl->now) &&
	    feed_ping_queue(
		crewctl->db, crewctl->arena, crewctl->site->hub != NULL, crewctl->now) &&
	    db_commit(crewctl->db);
}

/* Milliseconds until there is something to do; WAIT_MILLIS_MAX at most. */
static int64_t
wait_millis(struct courier *courier)
{
	struct crewctl *crewctl = courier->crewctl;
	int64_t now = clock_now();
	int64_t wait, due;

	arena_reset(crewctl->arena);
	if (!db_begin_read(crewctl->db)) {
		return FAULT_MILLIS;
	}
	wait = courier_wait_millis(courier, true);
	due = tick_due(crewctl->db, crewctl->arena, now);
	db_rollback(crewctl->db);
	if (wait < 0 || wait > WAIT_MILLIS_MAX) {
		wait = WAIT_MILLIS_MAX;
	}
	if (due != DB_NULL && (due - now) * 1000 < wait) {
		wait = due < now ? 0 : (due - now) * 1000;
	}
	return wait;
}

/* Waits; whether it was woken. */
static bool
sleep_until_woken(int fifo, int64_t millis)
{
	struct pollfd woken = { .fd = fifo, .events = POLLIN };
	char drained[256];

	if (poll(&woken, 1, (int)millis) <= 0) {
		return false;
	}
	while (read(fifo, drained, sizeof drained) > 0) {
		continue;
	}
	return true;
}

/* Waits for something to do, and lets go of a connection meanwhile. */
static void
rest(struct post *post, int fifo, int64_t millis)
{
	if (post->smtp != NULL && smtp_is_open(post->smtp) && millis > KEEP_MILLIS) {
		if (sleep_until_woken(fifo, KEEP_MILLIS) || ended) {
			return;
		}
		smtp_rest(post->smtp);
		millis -= KEEP_MILLIS;
	}
	sleep_until_woken(fifo, millis);
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
watch_for_end(int fifo)
{
	struct sigaction action = { .sa_handler = note_end };

	wake_by_signal = fifo;
	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	/* A server that hangs up is told of by write(2). */
	signal(SIGPIPE, SIG_IGN);
}

/* What was forgotten is to be in no file either; soon, if not at once. */
static void
forget(struct courier *courier)
{
	if (courier->has_forgotten && db_checkpoint(courier->crewctl->db)) {
		courier->has_forgotten = false;
	}
}

/* Sends what is due and does what is due by the clock; false on a fault. */
static bool
round_of_work(struct courier *courier)
{
	struct crewctl *crewctl = courier->crewctl;

	/* First: the mail that tells of an erasure is not one of those that go. */
	chores_after_erasures(crewctl);
	if (courier_send_due(courier) && (ended || run_tick(crewctl))) {
		forget(courier);
		return true;
	}
	log_line(LOG_LEVEL_ERROR, "event=courier problem=%s", db_fault_text(crewctl->db));
	db_rollback(crewctl->db);
	return false;
}

static int
work(struct courier *courier, struct post *post, int fifo)
{
	while (!ended) {
		bool done = round_of_work(courier);

		if (!ended) {
			rest(post, fifo, done ? wait_millis(courier) : FAULT_MILLIS);
		}
	}
	/* What the server took must be known when the next courier begins. */
	for (int i = 0; i < NOTE_ATTEMPTS && courier->has_parcel; i++) {
		if (courier_send_due(courier)) {
			break;
		}
		db_rollback(courier->crewctl->db);
	}
	return courier->has_parcel ? CREWCTL_FAILED : CREWCTL_DONE;
}

/* Milliseconds until what is due now may go, by the limits alone; -1 when
 * nothing is, or its server rests. */
static int64_t
once_wait(struct courier *courier)
{
	struct crewctl *crewctl = courier->crewctl;
	int64_t wait = -1;

	arena_reset(crewctl->arena);
	if (db_begin_read(crewctl->db)) {
		wait = courier_wait_millis(courier, false);
		db_rollback(crewctl->db);
	}
	return wait;
}

static int
work_once(struct courier *courier, int fifo)
{
	/* The clock first: it may queue mail. */
	if (!run_tick(courier->crewctl)) {
		return crewctl_fail_db(courier->crewctl->db);
	}
	chores_after_erasures(courier->crewctl);
	while (!ended) {
		int64_t wait;

		if (!courier_send_due(courier)) {
			return crewctl_fail_db(courier->crewctl->db);
		}
		wait = once_wait(courier);
		if (wait < 0) {
			break;
		}
		sleep_until_woken(fifo, wait);
	}
	forget(courier);
	return courier->has_failed ? crewctl_fail("a server failed: see crewctl mail")
				   : CREWCTL_DONE;
}

static int
run_with_post(struct crewctl *crewctl, const struct arguments *arguments, int fifo)
{
	struct arena *arena = arena_new();
	const char *problem = NULL;
	struct courier courier;
	struct post post;
	int code;

	if (!post_open(arena, crewctl, &ended, &post, &problem)) {
		code = crewctl_fail(problem);
		arena_free(arena);
		return code;
	}
	courier_begin(&courier, crewctl, post.per_minute);
	courier.carrier = (struct carrier){ .deliver = post_deliver, .object = &post };
	courier.mail_from = post.mail_from;
	courier.ended = &ended;
	watch_for_end(fifo);
	code = argument_value(arguments, "once") != NULL ? work_once(&courier, fifo)
							 : work(&courier, &post, fifo);
	courier_end(&courier);
	arena_free(arena);
	return code;
}

int
run_courier(struct crewctl *crewctl, const struct arguments *arguments)
{
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
	code = run_with_post(crewctl, arguments, fifo);
	close(fifo);
	close(lock);
	return code;
}
