#include <string.h>

#include "courier.h"
#include "db/db.h"
#include "ground/token.h"
#include "model/outbox.h"
#include "model/session.h"

#define MICROS_PER_SECOND ((int64_t)1000000)

struct delivery_history
courier_history(const struct outbox *outbox)
{
	return (struct delivery_history){
		.kind = outbox->kind,
		.attempts = outbox->attempts,
		.first_tried_at = outbox->first_tried_at,
		.due_at = outbox->due_at,
	};
}

/* A link that was made void while its mail was handed over stays so. */
static bool
link_holds(struct crewctl *crewctl, const struct letter *letter)
{
	struct link link;

	return letter->link.purpose == NULL ||
	    link_find(
		crewctl->db, crewctl->arena, token_hash(crewctl->arena, letter->token), &link);
}

static void
note_sent(struct courier *courier, const struct parcel *parcel)
{
	struct crewctl *crewctl = courier->crewctl;

	/* Accepted within the second, the link's time is right as it is. */
	if (parcel->recorded_at != crewctl->now && link_holds(crewctl, &parcel->letter)) {
		letter_record(crewctl, &parcel->letter, crewctl->now);
	}
	outbox_mark_sent(crewctl->db,
	    &(struct outbox_mark_sent_in){
		.id = parcel->outbox.id, .answer = courier->delivery.answer, .now = crewctl->now });
	letter_sent(crewctl, &parcel->outbox, &parcel->letter);
	if (outbox_forget(crewctl->db, &(struct outbox_forget_in){ .id = parcel->outbox.id }) > 0 &&
	    parcel->hub == NULL) {
		courier->has_forgotten = true;
	}
}

static void
note_tried(struct courier *courier, const struct parcel *parcel)
{
	struct crewctl *crewctl = courier->crewctl;
	struct delivery_history history = courier_history(&parcel->outbox);
	struct delivery_step step = delivery_next(
	    &history, &courier->delivery, crewctl->now, token_number(DELIVERY_CHANCES));

	outbox_mark_tried(crewctl->db,
	    &(struct outbox_mark_tried_in){ .id = parcel->outbox.id,
		.state = step.state,
		.problem = delivery_word(step.problem),
		.answer = courier->delivery.answer,
		.attempts = step.attempts,
		.first_tried_at = step.first_tried_at,
		.due_at = step.due_at,
		.now = crewctl->now });
	/* One that tells of an erasure is gone then. */
	if (strcmp(step.state, "failed") == 0 && strcmp(parcel->outbox.kind, "erased") == 0) {
		courier->has_forgotten = true;
	}
	/* Nobody has it: it must open nothing. */
	if (courier->delivery.answer != NULL && parcel->letter.link.purpose != NULL) {
		outbox_drop_link(crewctl->db,
		    &(struct outbox_drop_link_in){
			.token_hash = token_hash(crewctl->arena, parcel->letter.token) });
	}
}

/* The server rests, and so does what waits for it, for another courier to
 * know. */
static void
note_rest(struct courier *courier, const struct parcel *parcel)
{
	struct crewctl *crewctl = courier->crewctl;
	int64_t micros = courier->micros();
	int64_t until;

	lane_failed(
	    parcel->lane, micros, courier->delivery.wait_seconds, token_number(DELIVERY_CHANCES));
	until = crewctl->now +
	    (lane_opens_at(parcel->lane, micros) - micros + MICROS_PER_SECOND - 1) /
		MICROS_PER_SECOND;
	if (parcel->hub != NULL) {
		outbox_hold_pings(crewctl->db,
		    &(struct outbox_hold_pings_in){ .now = crewctl->now, .until = until });
	} else if (parcel->hook_link == NULL) {
		outbox_hold_mail(crewctl->db,
		    &(struct outbox_hold_mail_in){ .now = crewctl->now, .until = until });
	} else {
		outbox_hold_hook(crewctl->db,
		    &(struct outbox_hold_hook_in){
			.hook_id = parcel->outbox.hook_id, .now = crewctl->now, .until = until });
	}
	courier->has_failed = true;
}

void
courier_note(struct courier *courier)
{
	const struct parcel *parcel = &courier->parcel;

	switch (courier->delivery.outcome) {
	case DELIVERY_ACCEPTED:
		lane_worked(parcel->lane);
		note_sent(courier, parcel);
		break;
	case DELIVERY_TEMPORARY:
	case DELIVERY_PERMANENT:
		lane_worked(parcel->lane);
		note_tried(courier, parcel);
		break;
	case DELIVERY_HOST:
		note_tried(courier, parcel);
		note_rest(courier, parcel);
		break;
	case DELIVERY_STOPPED:
		break;
	}
}
