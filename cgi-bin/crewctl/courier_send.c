#include <string.h>

#include "courier.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/log.h"
#include "ground/token.h"
#include "model/outbox.h"
#include "web/hook_post.h"

enum {
	/* A web hook's limit, that of the best known service. */
	HOOK_PER_MINUTE = 30,
	/* A hub is made for many words. */
	HUB_PER_MINUTE = 120,
	SEND_SECONDS = 30,
	/* Mails without point that one transaction puts away. */
	PUT_AWAY_MAX = 200
};

#define MICROS_PER_SECOND ((int64_t)1000000)

struct hook_lane {
	const char *host;
	struct lane lane;
	struct hook_lane *next;
};

void
courier_begin(struct courier *courier, struct crewctl *crewctl, int64_t per_minute)
{
	*courier = (struct courier){
		.crewctl = crewctl,
		.now = clock_now,
		.micros = clock_micros,
		.mail_lane = { .per_minute = per_minute },
		.hub_lane = { .per_minute = HUB_PER_MINUTE },
		.keep = arena_new(),
		.arenas = { arena_new(), arena_new() },
	};
}

void
courier_end(struct courier *courier)
{
	arena_free(courier->arenas[0]);
	arena_free(courier->arenas[1]);
	arena_free(courier->keep);
}

static bool
is_ended(const struct courier *courier)
{
	return courier->ended != NULL && *courier->ended != 0;
}

static struct lane *
lane_of_hook(struct courier *courier, const char *link)
{
	const char *host = hook_host(courier->crewctl->arena, link);
	struct hook_lane *lane = courier->hook_lanes;

	if (host == NULL) {
		host = ""; /* what cannot be posted to is refused at once */
	}
	while (lane != NULL && strcmp(lane->host, host) != 0) {
		lane = lane->next;
	}
	if (lane == NULL) {
		lane = arena_alloc(courier->keep, sizeof *lane);
		lane->host = arena_copy(courier->keep, host);
		lane->lane.per_minute = HOOK_PER_MINUTE;
		lane->next = courier->hook_lanes;
		courier->hook_lanes = lane;
	}
	return &lane->lane;
}

static bool
is_open(struct courier *courier, const struct lane *lane)
{
	int64_t micros = courier->micros();

	return lane_opens_at(lane, micros) <= micros;
}

/* --- taking the next one ------------------------------------------------- */

static bool
is_before(const struct outbox *a, const struct outbox *b)
{
	if (a->urgency != b->urgency) {
		return a->urgency < b->urgency;
	}
	return a->due_at != b->due_at ? a->due_at < b->due_at : a->id < b->id;
}

/* The next word for the hub. Without a hub it is put away as pointless, in
 * whatever lane. */
static bool
find_ping(struct courier *courier, struct parcel *parcel)
{
	struct crewctl *crewctl = courier->crewctl;

	if (!is_open(courier, &courier->hub_lane) ||
	    !outbox_next_ping(crewctl->db, crewctl->arena,
		&(struct outbox_next_ping_in){ .now = crewctl->now }, &parcel->outbox)) {
		return false;
	}
	parcel->hub = crewctl->site->hub;
	parcel->lane = &courier->hub_lane;
	return true;
}

/* The row that goes next, of a lane that is open. */
static bool
find_next(struct courier *courier, struct parcel *parcel)
{
	struct crewctl *crewctl = courier->crewctl;
	struct outbox_hooks_due_row_rows hooks;
	struct outbox outbox;
	bool found = false;

	if (is_open(courier, &courier->mail_lane)) {
		found = outbox_next(crewctl->db, crewctl->arena,
		    &(struct outbox_next_in){ .now = crewctl->now }, &parcel->outbox);
		parcel->lane = &courier->mail_lane;
	}
	hooks = outbox_hooks_due(crewctl->db, crewctl->arena);
	for (size_t i = 0; i < hooks.count; i++) {
		struct lane *lane = lane_of_hook(courier, hooks.rows[i].link);

		if (hooks.rows[i].due_at <= crewctl->now && is_open(courier, lane) &&
		    outbox_next_of_hook(crewctl->db, crewctl->arena,
			&(struct outbox_next_of_hook_in){
			    .hook_id = hooks.rows[i].id, .now = crewctl->now },
			&outbox) &&
		    (!found || is_before(&outbox, &parcel->outbox))) {
			parcel->outbox = outbox;
			parcel->hook_link = hooks.rows[i].link;
			parcel->lane = lane;
			found = true;
		}
	}
	/* Its urgency is the least. */
	return found || find_ping(courier, parcel);
}

/* Why it cannot go although it is due; none when it can. *state is what it
 * becomes. */
static enum delivery_problem
prepare(struct courier *courier, struct parcel *parcel, const char **state)
{
	struct crewctl *crewctl = courier->crewctl;
	struct delivery_history history = courier_history(&parcel->outbox);

	*state = "failed";
	if (delivery_is_stale(&history, crewctl->now)) {
		return DELIVERY_GAVE_UP;
	}
	if (letter_write(crewctl, &parcel->outbox, &parcel->letter) != LETTER_READY) {
		*state = "cancelled";
		return DELIVERY_POINTLESS;
	}
	if (parcel->hook_link != NULL || parcel->hub != NULL) {
		return parcel->letter.payload == NULL ? DELIVERY_UNSENDABLE : DELIVERY_NO_PROBLEM;
	}
	parcel->message = bytes_new(crewctl->arena);
	if (!courier_compose(crewctl, courier->mail_from, parcel, parcel->message) ||
	    !letter_record(crewctl, &parcel->letter, crewctl->now)) {
		return DELIVERY_UNSENDABLE;
	}
	parcel->recorded_at = crewctl->now;
	return DELIVERY_NO_PROBLEM;
}

/* Takes the next one that can go, putting away those that cannot. */
static bool
take_next(struct courier *courier, bool *more)
{
	struct crewctl *crewctl = courier->crewctl;

	for (int i = 0; i < PUT_AWAY_MAX; i++) {
		struct parcel parcel = { .lane = NULL };
		enum delivery_problem problem;
		const char *state;

		if (!find_next(courier, &parcel)) {
			return false;
		}
		problem = prepare(courier, &parcel, &state);
		if (db_fault(crewctl->db) != DB_FAULT_NONE) {
			return false;
		}
		if (problem == DELIVERY_NO_PROBLEM) {
			courier->parcel = parcel;
			return true;
		}
		outbox_mark_unsent(crewctl->db,
		    &(struct outbox_mark_unsent_in){ .id = parcel.outbox.id,
			.state = state,
			.problem = delivery_word(problem) });
	}
	*more = true;
	return false;
}

/*
 * One transaction: notes the parcel that was delivered, takes another if it
 * may. False on a fault. *more: come again, though there is none to deliver.
 */
static bool
turn(struct courier *courier, bool takes, bool *taken, bool *more)
{
	struct crewctl *crewctl = courier->crewctl;
	struct arena *arena = courier->arenas[0];

	/* The parcel in hand lives in one arena while the next grows in the
	 * other. */
	courier->arenas[0] = courier->arenas[1];
	courier->arenas[1] = arena;
	arena_reset(courier->arenas[0]);
	crewctl->arena = courier->arenas[0];
	crewctl->now = courier->now();
	*taken = *more = false;
	if (!db_begin_write(crewctl->db)) {
		/* What waits to be noted must outlive another turn. */
		courier->arenas[0] = courier->arenas[1];
		courier->arenas[1] = crewctl->arena;
		return false;
	}
	if (courier->has_parcel) {
		courier_note(courier);
	}
	if (db_fault(crewctl->db) == DB_FAULT_NONE && takes && !is_ended(courier)) {
		struct parcel last = courier->parcel;

		*taken = take_next(courier, more);
		if (!db_commit(crewctl->db)) {
			courier->parcel = last;
		} else {
			courier->has_parcel = false;
			return true;
		}
	} else if (db_commit(crewctl->db)) {
		courier->has_parcel = false;
		return true;
	}
	courier->arenas[0] = courier->arenas[1];
	courier->arenas[1] = crewctl->arena;
	return false;
}

static void
log_delivery(const struct courier *courier)
{
	static const char *const outcomes[] = {
		[DELIVERY_ACCEPTED] = "accepted",
		[DELIVERY_TEMPORARY] = "temporary",
		[DELIVERY_PERMANENT] = "permanent",
		[DELIVERY_HOST] = "host",
		[DELIVERY_STOPPED] = "stopped",
	};
	const struct delivery *delivery = &courier->delivery;
	const struct outbox *outbox = &courier->parcel.outbox;

	if (delivery->outcome == DELIVERY_ACCEPTED) {
		log_line(LOG_LEVEL_INFO, "event=mail id=%lld kind=%s outcome=accepted",
		    (long long)outbox->id, outbox->kind);
		return;
	}
	log_line(delivery->outcome == DELIVERY_STOPPED ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING,
	    "event=mail id=%lld kind=%s outcome=%s problem=%s", (long long)outbox->id, outbox->kind,
	    outcomes[delivery->outcome], delivery_word(delivery->problem));
}

bool
courier_send_due(struct courier *courier)
{
	struct arena *arena = courier->crewctl->arena;
	int64_t until = courier->micros() + SEND_SECONDS * MICROS_PER_SECOND;
	bool taken, more, fine;

	do {
		fine = turn(courier, courier->micros() < until, &taken, &more);
		if (!fine || !taken) {
			continue;
		}
		lane_take(courier->parcel.lane, courier->micros());
		courier->delivery = courier->carrier.deliver(
		    courier->carrier.object, courier->crewctl->arena, &courier->parcel);
		courier->has_parcel = true;
		log_delivery(courier);
	} while (fine && (taken || more));
	courier->crewctl->arena = arena;
	return fine;
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Milliseconds until a lane's first may go. */
static int64_t
lane_wait(struct courier *courier, const struct lane *lane, int64_t due_at, bool rests)
{
	int64_t micros = courier->micros();
	int64_t due = (due_at - courier->now()) * 1000;
	int64_t open = (lane_opens_at(lane, micros) - micros + 999) / 1000;

	if (!rests && (due > 0 || lane_rests(lane, micros))) {
		return -1;
	}
	if (due < 0) {
		due = 0;
	}
	return due > open ? due : open;
}

int64_t
courier_wait_millis(struct courier *courier, bool rests)
{
	struct crewctl *crewctl = courier->crewctl;
	struct outbox_next_due_row mail;
	struct outbox_ping_due_row ping;
	struct outbox_hooks_due_row_rows hooks;
	int64_t wait = -1;

	if (outbox_next_due(crewctl->db, crewctl->arena, &mail)) {
		wait = lane_wait(courier, &courier->mail_lane, mail.due_at, rests);
	}
	if (outbox_ping_due(crewctl->db, crewctl->arena, &ping)) {
		wait = earlier(wait, lane_wait(courier, &courier->hub_lane, ping.due_at, rests));
	}
	hooks = outbox_hooks_due(crewctl->db, crewctl->arena);
	for (size_t i = 0; i < hooks.count; i++) {
		wait = earlier(wait,
		    lane_wait(courier, lane_of_hook(courier, hooks.rows[i].link),
			hooks.rows[i].due_at, rests));
	}
	return wait;
}
