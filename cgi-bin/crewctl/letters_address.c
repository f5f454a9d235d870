#include <string.h>

#include "db/db.h"
#include "letters_writing.h"
#include "model/address_change.h"
#include "model/person.h"
#include "web/link.h"
#include "web/time.h"

/* A change of address that waits, and whose it is. */
struct moving {
	struct address_change change;
	struct person person;
	const char *until;
	const char *link;
};

/* False when the change is over, or this side of it is settled. */
static bool
read_moving(struct writing *writing, bool is_new, struct moving *moving)
{
	struct crewctl *crewctl = writing->crewctl;
	struct address_change *change = &moving->change;

	if (!address_change_by_id(crewctl->db, writing->arena,
		&(struct address_change_by_id_in){
		    .id = letter_parameter_id(writing, "change"), .now = crewctl->now },
		change) ||
	    (is_new ? change->new_confirmed_at : change->old_confirmed_at) != DB_NULL ||
	    !person_find(crewctl->db, writing->arena, change->person_id, &moving->person)) {
		return false;
	}
	moving->until = time_words(writing->arena, moving->person.zone, change->ends_at);
	moving->link = letter_absolute(
	    writing, link_address_confirm(writing->arena, crewctl->site, writing->letter->token));
	writing->letter->seconds = change->ends_at - crewctl->now;
	writing->letter->link = (struct link_new){
		.purpose = is_new ? "address_new" : "address_old",
		.address_change_id = change->id,
	};
	return true;
}

enum letter_outcome
letter_address_old(struct writing *writing)
{
	struct moving moving;

	if (!read_moving(writing, false, &moving) ||
	    strcmp(moving.person.email, writing->outbox->recipient) != 0) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording =
	    wording_address_old(writing->arena, letter_words(writing, "address_old", 0),
		&(struct wording_address_old){ .programme = writing->programme.name,
		    .name = moving.person.name,
		    .email = moving.change.email,
		    .until = moving.until,
		    .link = moving.link,
		    .contact = writing->programme.contact });
	return LETTER_READY;
}

/* Names nobody: whoever reads that mailbox may be a stranger. */
enum letter_outcome
letter_address_new(struct writing *writing)
{
	struct moving moving;

	if (!read_moving(writing, true, &moving)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording =
	    wording_address_new(writing->arena, letter_words(writing, "address_new", 0),
		&(struct wording_address_new){ .programme = writing->programme.name,
		    .email = moving.change.email,
		    .until = moving.until,
		    .link = moving.link });
	return LETTER_READY;
}
