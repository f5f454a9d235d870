#include "model/erase.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/erase.h"
#include "db/query/session.h"
#include "erase_parts.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/member.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/scope.h"

const char *
erasure_address_hash(struct arena *arena, const unsigned char secret[32], const char *email_key)
{
	return token_keyed(arena, token_derive(arena, secret, 0, "erasure"), email_key);
}

const char *
erasure_account_hash(
    struct arena *arena, const unsigned char secret[32], int64_t person_id, int64_t created_at)
{
	return token_keyed(arena, token_derive(arena, secret, person_id, "erasure of account"),
	    arena_format(arena, "%lld", (long long)created_at));
}

static void
note_erasure(struct db *db, const struct erase *erase, const char *hash, int64_t now)
{
	erasure_insert(db,
	    &(struct erasure_insert_in){
		.address_hash = hash, .withdraws = erase->withdraws, .now = now });
}

/* Everything kept under an address, and a row for what lies outside. */
static void
forget_address(struct db *db, struct arena *arena, const struct erase *erase, const char *email_key,
    int64_t now)
{
	erase_invitations(db, &(struct erase_invitations_in){ .email_key = email_key });
	erase_subscription(db, &(struct erase_subscription_in){ .email_key = email_key });
	erase_drafts(db, &(struct erase_drafts_in){ .email_key = email_key });
	erase_late_entries(db, &(struct erase_late_entries_in){ .email_key = email_key });
	erase_conduct_recipient(db, &(struct erase_conduct_recipient_in){ .email_key = email_key });
	erase_unconfirmed(db, &(struct erase_unconfirmed_in){ .email_key = email_key });
	erase_receipts_to(db, arena, email_key);
	erase_mail_to(db, arena, email_key, NULL);
	if (erase->secret != NULL) {
		note_erasure(db, erase, erasure_address_hash(arena, erase->secret, email_key), now);
	}
}

/* The address that they were about to change to may be anybody's: only the
 * mail that asked for it goes. */
static void
forget_address_change(struct db *db, struct arena *arena, int64_t person_id)
{
	struct erase_address_change_row change;

	if (erase_address_change(
		db, arena, &(struct erase_address_change_in){ .person_id = person_id }, &change)) {
		erase_mail_to(db, arena, address_key(arena, change.email), "address_new");
	}
	erase_address_changes(db, &(struct erase_address_changes_in){ .person_id = person_id });
}

static void
forget_addresses(struct db *db, struct arena *arena, const struct erase *erase,
    const struct person *person, int64_t now)
{
	struct erase_addresses_row_rows others = erase_addresses(db, arena,
	    &(struct erase_addresses_in){
		.person_id = person->id, .email_key = person->email_key });

	forget_address(db, arena, erase, person->email_key, now);
	for (size_t i = 0; i < others.count; i++) {
		forget_address(db, arena, erase, others.rows[i].email_key, now);
	}
	/* A backup may know the account by an address that it has left since. */
	if (erase->secret != NULL) {
		note_erasure(db, erase,
		    erasure_account_hash(arena, erase->secret, person->id, person->created_at),
		    now);
	}
}

/* A rota goes on without a navigator who is gone. */
static bool
end_roles(struct db *db, struct arena *arena, int64_t person_id, int64_t now)
{
	struct erase_roles_row_rows roles =
	    erase_roles(db, arena, &(struct erase_roles_in){ .person_id = person_id });
	struct cohort cohort;

	for (size_t i = 0; i < roles.count; i++) {
		if (!scope_cohort(db, arena, roles.rows[i].cohort_id, &cohort) ||
		    !member_end(db, arena, &cohort, roles.rows[i].id, now)) {
			return false;
		}
	}
	return true;
}

static void
forget_membership(struct db *db, int64_t person_id)
{
	erase_goals(db, &(struct erase_goals_in){ .person_id = person_id });
	erase_volunteer(db, &(struct erase_volunteer_in){ .person_id = person_id });
	erase_volunteer_answers(db, &(struct erase_volunteer_answers_in){ .person_id = person_id });
	erase_band_reasons(db, &(struct erase_band_reasons_in){ .person_id = person_id });
}

static void
forget_applications(
    struct db *db, struct arena *arena, const struct erase *erase, int64_t person_id, int64_t now)
{
	struct erase_applications_row_rows own = erase_applications(
	    db, arena, &(struct erase_applications_in){ .person_id = person_id });

	erase_withdraw_applications(
	    db, &(struct erase_withdraw_applications_in){ .person_id = person_id, .now = now });
	for (size_t i = 0; i < own.count; i++) {
		erase_application(db, arena, own.rows[i].id, erase->words.name, now);
	}
}

static void
tell(struct db *db, struct arena *arena, const struct person *person, int64_t now)
{
	outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "erased:%lld", (long long)person->id),
		.kind = "erased",
		.recipient = person->email,
		.parameters = (const struct outbox_parameter[]){ { NULL, NULL } },
		.due_at = now },
	    now);
}

bool
person_erase(
    struct db *db, struct arena *arena, const struct erase *erase, int64_t person_id, int64_t now)
{
	struct person person;

	if (!person_find(db, arena, person_id, &person) || person.erased_at != DB_NULL ||
	    !end_roles(db, arena, person_id, now)) {
		return false;
	}
	session_delete_of_person(
	    db, &(struct session_delete_of_person_in){ .person_id = person_id });
	erase_links(db, &(struct erase_links_in){ .person_id = person_id });
	forget_address_change(db, arena, person_id);
	forget_addresses(db, arena, erase, &person, now);
	forget_membership(db, person_id);
	forget_applications(db, arena, erase, person_id, now);
	erase_said(db, erase, person_id, now);
	erase_person(db,
	    &(struct erase_person_in){ .id = person_id, .name = erase->words.name, .now = now });
	if (erase->tells) {
		tell(db, arena, &person, now);
	}
	return db_fault(db) == DB_FAULT_NONE && db_refusal(db) == REFUSAL_NONE;
}

bool
address_erase(struct db *db, struct arena *arena, const struct erase *erase, const char *email,
    int64_t now, int64_t *person_id)
{
	const char *key = address_key(arena, email);
	struct erase_address_known_row known;
	struct person person;

	*person_id = 0;
	if (key == NULL) {
		return false;
	}
	if (person_find_by_email(db, arena, email, &person)) {
		*person_id = person.id;
		return person_erase(db, arena, erase, person.id, now);
	}
	if (!erase_address_known(
		db, arena, &(struct erase_address_known_in){ .email_key = key }, &known) ||
	    known.known == 0) {
		return false;
	}
	forget_address(db, arena, erase, key, now);
	return db_fault(db) == DB_FAULT_NONE;
}

bool
erase_consequences_read(struct db *db, struct arena *arena, int64_t person_id, int64_t now,
    struct erase_consequences *consequences)
{
	struct erase_left_behind_row row;

	if (!erase_left_behind(db, arena,
		&(struct erase_left_behind_in){ .person_id = person_id, .now = now }, &row)) {
		return false;
	}
	*consequences = (struct erase_consequences){
		.is_last_administrator = row.is_last_administrator == 1,
		.cohorts_alone = row.cohorts_alone,
		.has_public_words = row.has_public_words == 1,
	};
	return true;
}
