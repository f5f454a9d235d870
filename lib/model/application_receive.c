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

/* How long the first mail of an application is waited for. */
#define AGAIN_SECONDS (10 * CLOCK_MINUTE)

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

/* An application on its way in. */
struct arrival {
	struct db *db;
	struct arena *arena;
	const struct cohort *cohort;
	const struct application_answers *answers;
	const char *email;
	const char *email_key;
	const char *reference;
	int64_t due_at; /* of its mail */
	int64_t now;
};

static bool
store(const struct arrival *arrival)
{
	const struct application_answers *answers = arrival->answers;
	struct arena *arena = arrival->arena;
	struct slots utc =
	    application_hours_utc(&answers->hours, answers->zone, arrival->cohort->starts_at);

	return application_insert(arrival->db,
		   &(struct application_insert_in){ .key = token_key64(arena),
		       .reference = arrival->reference,
		       .cohort_id = arrival->cohort->id,
		       .email = arrival->email,
		       .email_key = arrival->email_key,
		       .name = answers->name,
		       .name_key = text_key(arena, answers->name),
		       .pronouns = answers->pronouns,
		       .github = answers->github,
		       .zone = answers->zone,
		       .level = answers->level,
		       .hours = slots_hex(arena, &answers->hours),
		       .hours_utc = slots_hex(arena, &utc),
		       .words_hash = application_words_hash(arena, answers),
		       .confirm_until = arrival->now + APPLICATION_CONFIRM_SECONDS,
		       .now = arrival->now }) == 1;
}

static bool
queue(const struct arrival *arrival, const char *reason, const char *kind, int64_t id,
    const char *recipient)
{
	return application_queue(arrival->db, arrival->arena, reason, kind, id, arrival->cohort->id,
	    recipient, arrival->due_at, arrival->now);
}

/* A mail about one that is there: once an hour, so that nobody can fill
 * another's letter box with it. */
static bool
queue_hourly(const struct arrival *arrival, const char *kind, const struct application *application)
{
	const char *reason = arena_format(arrival->arena, "%s:%lld:%lld", kind,
	    (long long)application->id, (long long)(arrival->now / CLOCK_HOUR));

	return queue(arrival, reason, kind, application->id, application->email);
}

/* With projects and answers; its id, or 0. */
static int64_t
store_whole(const struct arrival *arrival)
{
	int64_t id;

	if (!store(arrival)) {
		return 0;
	}
	id = db_last_id(arrival->db);
	return application_set_projects(arrival->db, id, arrival->answers) &&
		application_answers_write(
		    arrival->db, id, arrival->answers->items, arrival->answers->item_count)
	    ? id
	    : 0;
}

static bool
receive_new(const struct arrival *arrival)
{
	int64_t id = store_whole(arrival);

	return id != 0 &&
	    queue(arrival, arena_format(arrival->arena, "application_received:%lld", (long long)id),
		"application_received", id, arrival->email);
}

static bool
find_confirmed(const struct arrival *arrival, struct application *application)
{
	return application_confirmed_by_email(arrival->db, arrival->arena,
	    &(struct application_confirmed_by_email_in){
		.cohort_id = arrival->cohort->id, .email_key = arrival->email_key },
	    application);
}

static bool
has_projects(const struct arrival *arrival, const struct application *application)
{
	struct application_project_rows projects =
	    application_projects(arrival->db, arrival->arena, application->id);

	if (projects.count != arrival->answers->project_count) {
		return false;
	}
	for (size_t i = 0; i < projects.count; i++) {
		if (projects.rows[i].id != arrival->answers->projects[i]) {
			return false;
		}
	}
	return true;
}

/* The same words from a second tab, or from the back button. */
static bool
find_same(const struct arrival *arrival, struct application *application)
{
	const struct application_answers *answers = arrival->answers;

	return application_waiting_same(arrival->db, arrival->arena,
		   &(struct application_waiting_same_in){ .cohort_id = arrival->cohort->id,
		       .email_key = arrival->email_key,
		       .name = answers->name,
		       .pronouns = answers->pronouns,
		       .github = answers->github,
		       .zone = answers->zone,
		       .level = answers->level,
		       .hours = slots_hex(arrival->arena, &answers->hours),
		       .words_hash = application_words_hash(arrival->arena, answers),
		       .now = arrival->now },
		   application) &&
	    has_projects(arrival, application);
}

/* A mail that is just on its way need not be sent twice. */
static bool
mail_again(const struct arrival *arrival, const struct application *application)
{
	return arrival->now < application->submitted_at + AGAIN_SECONDS ||
	    queue_hourly(arrival, "application_received", application);
}

/* However many answers a form asks for, the time that an answer takes must not
 * tell whether the address is known (safety 18): the same is written, and
 * undone. */
static bool
receive_duplicate(const struct arrival *arrival, const struct application *there)
{
	return db_attempt_begin(arrival->db) && store_whole(arrival) != 0 &&
	    db_attempt_undo(arrival->db) && queue_hourly(arrival, "application_already", there);
}

static enum application_receive_outcome
take(struct arrival *arrival)
{
	struct application there, same;
	bool waits = find_same(arrival, &same);

	if (find_confirmed(arrival, &there)) {
		return receive_duplicate(arrival, &there) ? APPLICATION_DUPLICATE
							  : APPLICATION_RECEIVE_FAULT;
	}
	if (waits) {
		arrival->reference = same.reference;
		return mail_again(arrival, &same) ? APPLICATION_REPEATED
						  : APPLICATION_RECEIVE_FAULT;
	}
	return receive_new(arrival) ? APPLICATION_RECEIVED : APPLICATION_RECEIVE_FAULT;
}

static bool
write_receipt(const struct arrival *arrival, const char **receipt)
{
	*receipt = token_key128(arrival->arena);
	return receipt_insert(arrival->db,
		   &(struct receipt_insert_in){ .key = *receipt,
		       .cohort_id = arrival->cohort->id,
		       .reference = arrival->reference,
		       .email = arrival->email,
		       .mail_due_at = arrival->due_at,
		       .now = arrival->now }) == 1;
}

enum application_receive_outcome
application_receive(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_answers *answers, const struct application_sender *sender, int64_t now,
    const char **receipt)
{
	struct arrival arrival = { .db = db,
		.arena = arena,
		.cohort = cohort,
		.answers = answers,
		.email = sender->email,
		.email_key = address_key(arena, sender->email),
		.reference = new_reference(arena),
		.now = now };
	enum application_receive_outcome outcome;

	if (!application_is_open(cohort, now) && now >= sender->open_until) {
		return now >= cohort->closes_at ? APPLICATION_TOO_LATE : APPLICATION_TOO_EARLY;
	}
	if (arrival.email_key == NULL) {
		return APPLICATION_NO_ADDRESS;
	}
	arrival.due_at = application_mail_due(db, arena, sender, arrival.email_key, now);
	outcome = take(&arrival);
	if (outcome != APPLICATION_RECEIVE_FAULT && !write_receipt(&arrival, receipt)) {
		return APPLICATION_RECEIVE_FAULT;
	}
	return outcome;
}
