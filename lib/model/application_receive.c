#include <stddef.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/application_rows.h"
#include "model/outbox.h"

#define MAILS_OF_NETWORK 300
#define MAILS_OF_ADDRESS 5
/* Beyond this many times the limit a mail is not delayed further. */
#define DELAYS_MAX 4

static const char *
keyed(struct arena *arena, const unsigned char *secret, const char *purpose, const char *text)
{
	return token_keyed(arena, token_derive(arena, secret, 0, purpose), text);
}

/* Notes that a mail was asked for, and returns when it is due. */
static int64_t
mail_due(struct db *db, struct arena *arena, const struct application_sender *sender,
    const char *email_key, int64_t now)
{
	const char *address = keyed(arena, sender->secret, "application address", email_key);
	const char *network = keyed(arena, sender->secret, "application network", sender->network);
	struct application_mail_counts_row counts = { 0 };
	int64_t by_address, by_network;

	application_mail_counts(db, arena,
	    &(struct application_mail_counts_in){ .address_hash = address,
		.network_hash = network,
		.since = now - CLOCK_HOUR,
		.address_max = MAILS_OF_ADDRESS * DELAYS_MAX,
		.network_max = MAILS_OF_NETWORK * DELAYS_MAX },
	    &counts);
	mail_request_insert(db,
	    &(struct mail_request_insert_in){ .kind = "application",
		.address_hash = address,
		.network_hash = network,
		.now = now });
	by_address = counts.of_address / MAILS_OF_ADDRESS;
	by_network = counts.of_network / MAILS_OF_NETWORK;
	return now + CLOCK_HOUR * (by_address > by_network ? by_address : by_network);
}

/* Ten characters in two halves, easy to read out: 50 random bits. */
static const char *
new_reference(struct arena *arena)
{
	char *reference = arena_copy_bytes(arena, token_key64(arena), 11);

	for (size_t i = 0; i < 11; i++) {
		if (reference[i] >= 'a' && reference[i] <= 'z') {
			reference[i] = (char)(reference[i] - 'a' + 'A');
		}
	}
	reference[5] = '-';
	return reference;
}

static bool
store(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_answers *answers, const char *email, const char *email_key,
    const char *reference, int64_t now)
{
	const char *name_key = text_key(arena, answers->name);
	struct slots utc = application_hours_utc(&answers->hours, answers->zone, cohort->starts_at);

	return application_insert(db,
		   &(struct application_insert_in){ .key = token_key64(arena),
		       .reference = reference,
		       .cohort_id = cohort->id,
		       .email = email,
		       .email_key = email_key,
		       .name = answers->name,
		       .name_key = name_key,
		       .pronouns = answers->pronouns,
		       .github = answers->github,
		       .zone = answers->zone,
		       .level = answers->level,
		       .hours = slots_hex(arena, &answers->hours),
		       .hours_utc = slots_hex(arena, &utc),
		       .why = answers->why,
		       .experience = answers->experience,
		       .hopes = answers->hopes,
		       .confirm_until = now + APPLICATION_CONFIRM_SECONDS,
		       .now = now }) == 1;
}

/* The mail to an address that already applied: once an hour, so that nobody
 * can fill another's letter box with it. */
static bool
queue_already(struct db *db, struct arena *arena, const struct application *application,
    int64_t due_at, int64_t now)
{
	const char *reason = arena_format(arena, "application_already:%lld:%lld",
	    (long long)application->id, (long long)(now / CLOCK_HOUR));

	return application_queue(db, arena, reason, "application_already", application->id,
	    application->cohort_id, application->email, due_at, now);
}

/* What the outcomes RECEIVED and DUPLICATE have in common. */
static bool
write_receipt(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *reference, const char *email, int64_t due_at, int64_t now, const char **receipt)
{
	*receipt = token_key128(arena);
	return receipt_insert(db,
		   &(struct receipt_insert_in){ .key = *receipt,
		       .cohort_id = cohort->id,
		       .reference = reference,
		       .email = email,
		       .mail_due_at = due_at,
		       .now = now }) == 1;
}

static bool
receive_new(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_answers *answers, const char *email, const char *email_key,
    const char *reference, int64_t due_at, int64_t now)
{
	int64_t id;

	if (!store(db, arena, cohort, answers, email, email_key, reference, now)) {
		return false;
	}
	id = db_last_id(db);
	return application_set_projects(db, id, answers) &&
	    application_queue(db, arena,
		arena_format(arena, "application_received:%lld", (long long)id),
		"application_received", id, cohort->id, email, due_at, now);
}

enum application_receive_outcome
application_receive(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_answers *answers, const struct application_sender *sender, int64_t now,
    const char **receipt)
{
	const char *email_key = address_key(arena, sender->email);
	const char *reference = new_reference(arena);
	struct application there;
	bool is_there;
	int64_t due_at;

	if (!application_is_open(cohort, now)) {
		return now >= cohort->closes_at ? APPLICATION_TOO_LATE : APPLICATION_TOO_EARLY;
	}
	if (email_key == NULL) {
		return APPLICATION_NO_ADDRESS;
	}
	due_at = mail_due(db, arena, sender, email_key, now);
	is_there = application_confirmed_by_email(db, arena,
	    &(struct application_confirmed_by_email_in){
		.cohort_id = cohort->id, .email_key = email_key },
	    &there);
	if (is_there ? !queue_already(db, arena, &there, due_at, now)
		     : !receive_new(db, arena, cohort, answers, sender->email, email_key, reference,
			   due_at, now)) {
		return APPLICATION_RECEIVE_FAULT;
	}
	if (!write_receipt(db, arena, cohort, reference, sender->email, due_at, now, receipt)) {
		return APPLICATION_RECEIVE_FAULT;
	}
	return is_there ? APPLICATION_DUPLICATE : APPLICATION_RECEIVED;
}
