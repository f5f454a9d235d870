#include "model/address_change.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/audit.h"
#include "model/mail_limit.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/session.h"

bool
address_change_find(struct db *db, struct arena *arena, int64_t person_id, int64_t now,
    struct address_change *change)
{
	return address_change_of_person(db, arena,
	    &(struct address_change_of_person_in){ .person_id = person_id, .now = now }, change);
}

bool
address_change_withdraw(struct db *db, int64_t person_id)
{
	return address_change_delete(
		   db, &(struct address_change_delete_in){ .person_id = person_id }) == 1;
}

/* ---- asking ---- */

static bool
queue(struct db *db, struct arena *arena, const char *kind, int64_t change_id,
    const char *recipient, int64_t now)
{
	const char *id = arena_format(arena, "%" PRId64, change_id);

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "%s:%s", kind, id),
		.kind = kind,
		.recipient = recipient,
		.parameters = (const struct outbox_parameter[]){ { "change", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}

static bool
may_ask(struct db *db, struct arena *arena, const struct mail_limit *old_limit,
    const struct mail_limit *new_limit, int64_t now)
{
	return !mail_limit_reached(db, arena, old_limit, now) &&
	    !mail_limit_reached(db, arena, new_limit, now) &&
	    mail_limit_count(db, arena, old_limit, now) &&
	    mail_limit_count(db, arena, new_limit, now);
}

static bool
begin(struct db *db, struct arena *arena, const struct person *person, const char *email,
    const char *key, int64_t now)
{
	int64_t id;

	if (address_change_delete(
		db, &(struct address_change_delete_in){ .person_id = person->id }) < 0 ||
	    address_change_insert(db,
		&(struct address_change_insert_in){ .person_id = person->id,
		    .email = email,
		    .email_key = key,
		    .now = now,
		    .ends_at = now + ADDRESS_CHANGE_SECONDS }) != 1) {
		return false;
	}
	id = db_last_id(db);
	return queue(db, arena, "address_old", id, person->email, now) &&
	    queue(db, arena, "address_new", id, email, now);
}

enum address_ask
address_change_ask(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct person *person, const char *email, const char *network, int64_t now)
{
	const char *key = address_key(arena, email);
	const struct mail_limit old_limit = { "address", secret, person->email, network };
	const struct mail_limit new_limit = { "address", secret, email, network };

	if (key == NULL) {
		return ADDRESS_ASK_FAULT;
	}
	if (strcmp(key, person->email_key) == 0) {
		return ADDRESS_ASK_SAME;
	}
	if (!may_ask(db, arena, &old_limit, &new_limit, now)) {
		return db_fault(db) == DB_FAULT_NONE ? ADDRESS_ASK_TOO_MANY : ADDRESS_ASK_FAULT;
	}
	return begin(db, arena, person, email, key, now) ? ADDRESS_ASK_DONE : ADDRESS_ASK_FAULT;
}

/* ---- confirming ---- */

bool
address_change_open(
    struct db *db, struct arena *arena, const char *token, int64_t now, struct address_side *side)
{
	struct link link;

	if (!token_is_shaped(token) || !link_find(db, arena, token_hash(arena, token), &link) ||
	    link.address_change_id == DB_NULL || now >= link.expires_at ||
	    !address_change_by_id(db, arena,
		&(struct address_change_by_id_in){ .id = link.address_change_id, .now = now },
		&side->change)) {
		return false;
	}
	side->is_new = strcmp(link.purpose, "address_new") == 0;
	side->is_confirmed = (side->is_new ? side->change.new_confirmed_at
					   : side->change.old_confirmed_at) != DB_NULL;
	return true;
}

static bool
confirm(struct db *db, const struct address_side *side, int64_t now)
{
	int64_t id = side->change.id;

	if (side->is_new) {
		return address_change_confirm_new(db,
			   &(struct address_change_confirm_new_in){ .id = id, .now = now }) >= 0;
	}
	return address_change_confirm_old(
		   db, &(struct address_change_confirm_old_in){ .id = id, .now = now }) >= 0;
}

/* All that hangs on the address goes with it. */
static bool
follow(struct db *db, const struct person *person, const struct address_change *change,
    int64_t except_session_id, int64_t now)
{
	return address_change_outbox(db,
		   &(struct address_change_outbox_in){ .person_id = person->id,
		       .old_email = person->email,
		       .email = change->email }) >= 0 &&
	    address_change_links(db,
		&(struct address_change_links_in){
		    .person_id = person->id, .old_key = person->email_key }) >= 0 &&
	    address_change_codes(
		db, &(struct address_change_codes_in){ .old_key = person->email_key }) >= 0 &&
	    address_change_late_entries(db,
		&(struct address_change_late_entries_in){ .person_id = person->id,
		    .old_key = person->email_key,
		    .email = change->email,
		    .email_key = change->email_key }) >= 0 &&
	    address_change_applications(db,
		&(struct address_change_applications_in){ .person_id = person->id,
		    .old_key = person->email_key,
		    .email = change->email,
		    .email_key = change->email_key }) >= 0 &&
	    session_end_others(db, person->id, except_session_id) &&
	    address_change_withdraw(db, person->id) &&
	    audit_note(db,
		&(struct audit_entry){ .action = AUDIT_ADDRESS_CHANGED,
		    .actor_id = person->id,
		    .subject_id = person->id },
		now);
}

/* Whether the address is somebody else's by now. */
static bool
is_taken(struct db *db, struct arena *arena, const struct address_change *change)
{
	struct person other;

	return person_find_by_email(db, arena, change->email, &other) &&
	    other.id != change->person_id;
}

enum address_press
address_change_press(struct db *db, struct arena *arena, const struct address_side *side,
    int64_t except_session_id, int64_t now)
{
	struct person person;

	if (side->is_new && is_taken(db, arena, &side->change)) {
		return ADDRESS_PRESS_TAKEN;
	}
	if (!person_find(db, arena, side->change.person_id, &person) || !confirm(db, side, now)) {
		return ADDRESS_PRESS_FAULT;
	}
	switch (address_change_person(
	    db, &(struct address_change_person_in){ .id = side->change.id })) {
	case 0:
		return ADDRESS_PRESS_WAITS;
	case 1:
		return follow(db, &person, &side->change, except_session_id, now)
		    ? ADDRESS_PRESS_CHANGED
		    : ADDRESS_PRESS_FAULT;
	default:
		return db_refusal(db) == REFUSAL_UNIQUE ? ADDRESS_PRESS_TAKEN : ADDRESS_PRESS_FAULT;
	}
}
