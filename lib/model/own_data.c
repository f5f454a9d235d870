#include "model/own_data.h"

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>

#include "db/db.h"
#include "db/query/erase.h"
#include "db/query/own_data.h"
#include "db/query/session.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/slots.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/outbox.h"
#include "model/person.h"

/* The lists of the file, in its order. */
static const char *const sections[] = { "sessions", "secret_addresses", "applications", "drafts",
	"late_entries", "memberships", "check_ins", "questions", "answers", "highlights",
	"attendance", "invitations", "subscriptions", "conduct_recipient",
	"reviews_of_your_applications", "reviewing", "reviews_by_you", "conflicts", "names_shown",
	"mail", "address_changes", "log" };

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

static json_t *
time_json(struct arena *arena, size_t half_hour)
{
	return json_string(
	    arena_format(arena, "%02zu:%s", half_hour / 2, half_hour % 2 == 0 ? "00" : "30"));
}

/* A day's hours as what people say: from, to. Weekdays are ISO 8601's. */
static void
add_day(struct arena *arena, json_t *list, const struct slots *slots, size_t day)
{
	size_t first = 0;

	for (size_t end = 0; end <= SLOTS_DAY; end++) {
		if (end < SLOTS_DAY && slots_has(slots, day * SLOTS_DAY + end)) {
			continue;
		}
		if (end > first) {
			json_t *range = json_object();

			json_object_set_new(
			    range, "weekday", json_integer(day == 0 ? 7 : (json_int_t)day));
			json_object_set_new(range, "from", time_json(arena, first));
			json_object_set_new(range, "to", time_json(arena, end));
			json_array_append_new(list, range);
		}
		first = end + 1;
	}
}

/* Beside the hours as they are kept, the same for a person to read. */
static void
add_hours(struct arena *arena, json_t *entry)
{
	const char *text = json_string_value(json_object_get(entry, "hours"));
	json_t *availability = json_object_get(entry, "availability");
	struct slots slots;

	if (json_is_object(availability)) {
		add_hours(arena, availability);
	}
	if (text != NULL && slots_read_hex(text, &slots)) {
		json_t *list = json_array();

		for (size_t day = 0; day < SLOTS_COUNT / SLOTS_DAY; day++) {
			add_day(arena, list, &slots, day);
		}
		json_object_set_new(entry, "free_hours", list);
	}
}

static void
add_entries(struct arena *arena, json_t *file, struct own_data_entry_rows entries)
{
	for (size_t i = 0; i < entries.count; i++) {
		const struct own_data_entry *row = &entries.rows[i];
		json_t *entry = json_loads(row->entry, 0, NULL);
		json_t *section = json_object_get(file, row->section);

		add_hours(arena, entry);
		if (json_is_array(section)) {
			json_array_append_new(section, entry);
		} else {
			json_object_set_new(file, row->section, entry);
		}
	}
}

/* Mail is kept under addresses as they were typed. */
static void
add_mail(struct db *db, struct arena *arena, const char *email_key, json_t *file)
{
	struct erase_mail_typed_row_rows typed = erase_mail_typed(db, arena);

	for (size_t i = 0; i < typed.count; i++) {
		const char *address = typed.rows[i].address;

		if (text_equal(address_key(arena, address), email_key)) {
			add_entries(arena, file,
			    own_data_mail(
				db, arena, &(struct own_data_mail_in){ .recipient = address }));
		}
	}
}

static void
add_all(struct db *db, struct arena *arena, const struct person *person, json_t *file)
{
	add_entries(arena, file,
	    own_data_account(db, arena,
		&(struct own_data_account_in){
		    .person_id = person->id, .email_key = person->email_key }));
	add_entries(arena, file,
	    own_data_applications(db, arena,
		&(struct own_data_applications_in){
		    .person_id = person->id, .email_key = person->email_key }));
	add_entries(arena, file,
	    own_data_roles(db, arena, &(struct own_data_roles_in){ .person_id = person->id }));
	add_entries(arena, file,
	    own_data_said(db, arena, &(struct own_data_said_in){ .person_id = person->id }));
	add_entries(arena, file,
	    own_data_reviews(db, arena, &(struct own_data_reviews_in){ .person_id = person->id }));
	add_mail(db, arena, person->email_key, file);
}

static void
free_text(void *text)
{
	free(text);
}

/* NULL without memory. */
static const char *
file_text(struct arena *arena, const json_t *file)
{
	char *text = json_dumps(file, JSON_INDENT(2));

	if (text == NULL) {
		return NULL;
	}
	arena_cleanup(arena, free_text, text);
	return arena_format(arena, "%s\n", text);
}

const char *
own_data_json(
    struct db *db, struct arena *arena, const struct person *person, const char *words, int64_t now)
{
	json_t *file = json_object();
	const char *text;

	json_object_set_new(file, "what_is_this", json_string(words));
	json_object_set_new(file, "made_at", json_string(clock_rfc3339(arena, now)));
	json_object_set_new(file, "person", json_null());
	for (size_t i = 0; i < SECTIONS; i++) {
		json_object_set_new(file, sections[i], json_array());
	}
	add_all(db, arena, person, file);
	text = db_fault(db) == DB_FAULT_NONE ? file_text(arena, file) : NULL;
	json_decref(file);
	return text;
}

/* Both cost mail, and a copy is what a stolen session would be used for. */
static bool
is_too_often(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct person *person, int64_t now)
{
	const char *hash =
	    token_keyed(arena, token_derive(arena, secret, 0, "own_data"), person->email_key);
	struct mail_request_counts_row counts;

	if (!mail_request_counts(db, arena,
		&(struct mail_request_counts_in){ .kind = "own_data",
		    .address_hash = hash,
		    .network_hash = "",
		    .since = now - CLOCK_HOUR },
		&counts) ||
	    counts.of_address >= OWN_DATA_AN_HOUR) {
		return true;
	}
	mail_request_insert(db,
	    &(struct mail_request_insert_in){
		.kind = "own_data", .address_hash = hash, .network_hash = "", .now = now });
	return false;
}

static enum own_data_outcome
queue(
    struct db *db, struct arena *arena, const char *kind, const struct person *person, int64_t now)
{
	return outbox_queue(db, arena,
		   &(struct outbox_new){
		       .reason = arena_format(arena, "%s:%s", kind, token_key128(arena)),
		       .kind = kind,
		       .recipient = person->email,
		       .parameters =
			   (const struct outbox_parameter[]){
			       { "person", arena_format(arena, "%lld", (long long)person->id) },
			       { NULL, NULL } },
		       .due_at = now },
		   now)
	    ? OWN_DATA_DONE
	    : OWN_DATA_FAULT;
}

enum own_data_outcome
own_data_take(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct person *person, int64_t now)
{
	if (is_too_often(db, arena, secret, person, now)) {
		return OWN_DATA_TOO_MANY;
	}
	return queue(db, arena, "own_data", person, now);
}

enum own_data_outcome
own_data_ask_erase(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct person *person, int64_t now)
{
	if (is_too_often(db, arena, secret, person, now)) {
		return OWN_DATA_TOO_MANY;
	}
	return queue(db, arena, "erase", person, now);
}
