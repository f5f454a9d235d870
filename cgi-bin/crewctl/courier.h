#ifndef CREWCTL_COURIER_H
#define CREWCTL_COURIER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "crewctl.h"
#include "letters.h"
#include "model/delivery.h"
#include "model/lane.h"

struct bytes;
struct courier;
struct hook_lane;

/* A mail, or a word for a hook or the hub, as it is handed over. */
struct parcel {
	struct outbox outbox;
	struct letter letter;
	const char *from, *to; /* of the envelope, ASCII */
	struct bytes *message; /* RFC 5322; NULL for a hook and the hub */
	const char *hook_link; /* NULL for all else; secret */
	const char *hub; /* likewise; public */
	struct lane *lane;
	int64_t recorded_at; /* when its link was */
};

/*
 * What delivers. It is given a parcel of which the database knows that it is
 * about to go, outside of any transaction.
 */
struct carrier {
	struct delivery (*deliver)(void *object, struct arena *arena, const struct parcel *parcel);
	void *object;
};

/* The courier at work. Set up with courier_begin. */
struct courier {
	struct crewctl *crewctl;
	struct carrier carrier;
	const char *mail_from; /* NULL: the programme's contact */
	const volatile sig_atomic_t *ended;
	int64_t (*now)(void); /* clock_now, but for tests */
	int64_t (*micros)(void); /* clock_micros */
	struct lane mail_lane;
	struct lane hub_lane;
	/* A server, a hook's host or the hub failed since this was last cleared. */
	bool has_failed;
	/* A row was forgotten: its address still lies in the database's log. */
	bool has_forgotten;
	/* private */
	struct hook_lane *hook_lanes;
	struct arena *keep; /* for what lives as long as the courier */
	struct arena *arenas[2]; /* of the parcel in hand and the one before */
	struct parcel parcel;
	struct delivery delivery;
	bool has_parcel; /* delivered, not yet noted */
};

/* per_minute: of mail, 0 for no limit. */
void courier_begin(struct courier *courier, struct crewctl *crewctl, int64_t per_minute);
void courier_end(struct courier *courier);

/*
 * Sends what is due, the most urgent first, until nothing is, all lanes are
 * closed, `ended` is set, or half a minute is over (so that what is due by the
 * clock is not kept waiting).
 *
 * One transaction a mail: it notes what became of the mail before, takes the
 * next one, renders it and records its link; then that one is delivered,
 * outside of any transaction. So a mail is accepted at most once, but for one
 * window: if the courier is killed, or the connection lost, after the server
 * has accepted it and before that is committed, it is sent again – with the
 * same Message-ID and the same link. None is lost.
 *
 * False on a fault of the database, which is left open for db_fault_text; what
 * is delivered and not noted is noted first by the next call.
 */
bool courier_send_due(struct courier *courier);

/*
 * Milliseconds until something that waits may go; -1 when nothing waits.
 * rests: also when its server rests after a failure, else only what could go
 * but for the limits. In a transaction of the caller's.
 */
int64_t courier_wait_millis(struct courier *courier, bool rests);

/*
 * Notes what became of the parcel in hand, in a write transaction of the
 * caller's: sent, with its link's time counting from now; to be tried again;
 * or failed. A server that failed rests, and all that waits for it.
 */
void courier_note(struct courier *courier);

/* How an outbox row stands, for delivery.h. */
struct delivery_history courier_history(const struct outbox *outbox);

/*
 * Writes the mail of an outbox row (see mail.h); its Message-ID is a keyed
 * hash of what the row is about and when it was queued, the same at every
 * sending and, unlike a number, never given again after a restore. from: as
 * configured, or NULL. False when it cannot be sent or on a fault.
 */
bool courier_compose(
    struct crewctl *crewctl, const char *from, struct parcel *parcel, struct bytes *mail);

/* Who mail is from: as configured, else the programme's contact, else an
 * address that nobody answers at. */
const char *
courier_sender(struct crewctl *crewctl, const char *from, const struct programme *programme);

#endif
