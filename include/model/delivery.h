#ifndef GROUNDCREW_MODEL_DELIVERY_H
#define GROUNDCREW_MODEL_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What became of handing a mail to a server, or a word to a web hook, and
 * what follows from it.  Nothing here asks for the time, draws lots or talks
 * to anyone.
 */

/* Why something has not been sent: the words of outbox.problem. */
enum delivery_problem {
	DELIVERY_NO_PROBLEM = 0,
	DELIVERY_REFUSED, /* "refused": the server will not take it */
	DELIVERY_NO_MAILBOX, /* "no_mailbox": it knows no such recipient */
	DELIVERY_FULL, /* "full": the recipient's mailbox is */
	DELIVERY_POLICY, /* "policy": its rules forbid it, as spam, say */
	DELIVERY_TOO_BIG, /* "too_big" */
	DELIVERY_BUSY, /* "busy": it asks to come back later */
	DELIVERY_UNREACHABLE, /* "unreachable": nobody answers there */
	DELIVERY_DROPPED, /* "dropped": it hung up halfway */
	DELIVERY_TIMEOUT, /* "timeout": it answered too slowly */
	DELIVERY_NO_TLS, /* "no_tls": no encryption, which is required */
	DELIVERY_CERTIFICATE, /* "certificate": it may be someone else */
	DELIVERY_SIGN_IN_REFUSED, /* "sign_in_refused": not our password */
	DELIVERY_GONE, /* "gone": the hook was deleted */
	DELIVERY_NOT_ALLOWED, /* "not_allowed": a hook into the own network */
	DELIVERY_NOT_WRITTEN, /* "not_written": the .eml file could not be */
	DELIVERY_UNSENDABLE, /* "unsendable": an address or subject is none */
	DELIVERY_POINTLESS, /* "pointless": what it was about is over */
	DELIVERY_GAVE_UP, /* "gave_up": tried for as long as makes sense */
	DELIVERY_PROBLEMS
};

/* The word of a problem; NULL for none. */
const char *delivery_word(enum delivery_problem problem);

/* The problem of a word; none for a word that is not one, and NULL. */
enum delivery_problem delivery_problem_read(const char *word);

enum delivery_outcome {
	/* The server took it upon itself, at the end of DATA or with a 2xx. */
	DELIVERY_ACCEPTED = 1,
	/* This one not now: again after a pause. */
	DELIVERY_TEMPORARY,
	/* This one never. */
	DELIVERY_PERMANENT,
	/* Whatever it is, not by this server now: all of its mail waits. */
	DELIVERY_HOST,
	/* We were told to stop before it was accepted: as if never tried. */
	DELIVERY_STOPPED
};

struct delivery {
	enum delivery_outcome outcome;
	enum delivery_problem problem;
	/* The server's own last words on one line, without addresses, at most
	 * 300 characters; NULL without any. */
	const char *answer;
	/* How long the server asked us to wait; 0 when it did not. */
	int64_t wait_seconds;
	/* DELIVERY_HOST in the midst of this mail: it counts against it, too,
	 * so that one mail that always ends so does not hold up the others. */
	bool counts;
};

/* The first pause, which doubles up to the longest. */
#define DELIVERY_PAUSE_SECONDS ((int64_t)60)
#define DELIVERY_PAUSE_SECONDS_MAX ((int64_t)6 * 3600)
/* How long after its first failure a mail is tried for the last time; a
 * sign-in mail is of no use later. */
#define DELIVERY_PATIENCE_SECONDS ((int64_t)48 * 3600)
#define DELIVERY_PATIENCE_SECONDS_SIGN_IN ((int64_t)3600)

/* The bound of the random number that the functions below take. */
#define DELIVERY_CHANCES 4096u

/*
 * `seconds`, a fifth more or less: chance 0 is a fifth less.  So that mails
 * that failed together do not come back together.
 */
int64_t delivery_jitter(int64_t seconds, uint32_t chance);

/* The pause after as many failed attempts, at least 1: a minute, doubling to
 * six hours, with jitter. */
int64_t delivery_pause(int64_t attempts, uint32_t chance);

/* How a mail stood before an attempt. */
struct delivery_history {
	const char *kind;
	int64_t attempts; /* that failed */
	int64_t first_tried_at; /* DB_NULL: never */
	int64_t due_at;
};

/* How it stands after it. */
struct delivery_step {
	const char *state; /* "sent", "queued" or "failed" */
	enum delivery_problem problem;
	int64_t attempts;
	int64_t first_tried_at;
	int64_t due_at;
};

/*
 * Whether it is of no use any more, although nobody refused it: a sign-in mail
 * that waited an hour for the server or the courier to come back.
 */
bool delivery_is_stale(const struct delivery_history *history, int64_t now);

/*
 * What follows from an attempt at `now`.
 *
 * Accepted: sent.  Permanent: failed.  Temporary: queued again after the
 * pause, or after what the server asked for when that is longer; the last
 * attempt is when patience ends, and then it has failed as DELIVERY_GAVE_UP.
 * Host: queued as it was, for its server pauses (see lane.h) – unless it
 * counts: then as temporary – and it has failed when patience ended.
 * Stopped: nothing changed.
 */
struct delivery_step delivery_next(const struct delivery_history *history,
    const struct delivery *delivery, int64_t now, uint32_t chance);

#endif
