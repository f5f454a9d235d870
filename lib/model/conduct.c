#include "model/conduct.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/query/session.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/seal.h"
#include "ground/token.h"
#include "model/outbox.h"

struct conduct_recipient_rows
conduct_recipient_list(struct db *db, struct arena *arena)
{
	return conduct_recipients(db, arena);
}

enum conduct_recipient_outcome
conduct_recipient_add(
    struct db *db, struct arena *arena, const char *name, const char *email, bool is_outside)
{
	const char *key = address_key(arena, email);

	if (key == NULL) {
		return CONDUCT_RECIPIENT_NO_ADDRESS;
	}
	if (conduct_recipient_insert(db,
		&(struct conduct_recipient_insert_in){
		    .name = name, .email = email, .email_key = key, .is_outside = is_outside }) ==
	    1) {
		return CONDUCT_RECIPIENT_SAVED;
	}
	return db_fault(db) == DB_FAULT_NONE && db_refusal(db) == REFUSAL_UNIQUE
	    ? CONDUCT_RECIPIENT_TAKEN
	    : CONDUCT_RECIPIENT_FAULT;
}

enum conduct_recipient_outcome
conduct_recipient_remove(struct db *db, int64_t id)
{
	int64_t removed =
	    conduct_recipient_delete(db, &(struct conduct_recipient_delete_in){ .id = id });

	if (removed == 0) {
		return CONDUCT_RECIPIENT_UNKNOWN;
	}
	return removed == 1 ? CONDUCT_RECIPIENT_SAVED : CONDUCT_RECIPIENT_FAULT;
}

/*
 * Counted by a hash that no other count of this network has: whoever reads
 * the database cannot tell who sent a report from who asked for a link.
 */
static bool
is_one_too_many(struct db *db, struct arena *arena, const unsigned char secret[32],
    const char *network, int64_t now)
{
	const char *hash =
	    token_keyed(arena, token_derive(arena, secret, 0, "network of conduct"), network);
	struct mail_request_counts_row counts;

	if (!mail_request_counts(db, arena,
		&(struct mail_request_counts_in){ .kind = "conduct",
		    .address_hash = "",
		    .network_hash = hash,
		    .since = now - CLOCK_HOUR },
		&counts) ||
	    counts.of_network >= CONDUCT_REPORTS_AN_HOUR) {
		return true;
	}
	return mail_request_insert(db,
		   &(struct mail_request_insert_in){
		       .kind = "conduct", .address_hash = "", .network_hash = hash, .now = now }) !=
	    1;
}

static bool
read_recipients(struct db *db, struct arena *arena, const int64_t *ids, size_t count,
    struct conduct_recipient *recipients, struct bytes *names)
{
	for (size_t i = 0; i < count; i++) {
		if (!conduct_recipient_by_id(db, arena,
			&(struct conduct_recipient_by_id_in){ .id = ids[i] }, &recipients[i])) {
			return false;
		}
		bytes_format(names, "%s%s", i > 0 ? "; " : "", recipients[i].name);
	}
	return count > 0;
}

static void
free_json(void *json)
{
	json_decref(json);
}

/* The report's id; 0 on a fault. */
static int64_t
seal_report(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct conduct_words *words, const char *to, int64_t now)
{
	json_t *object = json_pack("{ss ss ss ss ss}", "what", words->what, "when", words->when,
	    "who", words->who, "reach", words->reach, "to", to);
	char *text = object == NULL ? NULL : json_dumps(object, JSON_COMPACT);
	struct bytes *box;

	json_decref(object);
	if (text == NULL) {
		return 0;
	}
	box = seal_close(arena, secret, SEAL_CONDUCT, text, strlen(text));
	memset(text, 0, strlen(text));
	free(text);
	if (conduct_report_insert(db,
		&(struct conduct_report_insert_in){
		    .sealed = { (const unsigned char *)box->data, box->length }, .now = now }) !=
	    1) {
		return 0;
	}
	return db_last_id(db);
}

static bool
queue_mail(struct db *db, struct arena *arena, int64_t report,
    const struct conduct_recipient *recipient, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)report);

	return outbox_queue(db, arena,
	    &(struct outbox_new){
		.reason = arena_format(arena, "conduct:%s:%lld", id, (long long)recipient->id),
		.kind = "conduct",
		.recipient = recipient->email,
		.parameters = (const struct outbox_parameter[]){ { "report", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}

enum conduct_outcome
conduct_send(struct db *db, struct arena *arena, const unsigned char secret[32],
    const struct conduct_words *words, const int64_t *recipients, size_t count, const char *network,
    int64_t now)
{
	struct conduct_recipient *rows = arena_array(arena, count + 1, sizeof(*rows));
	struct bytes *names = bytes_new(arena);
	int64_t report;

	if (!read_recipients(db, arena, recipients, count, rows, names)) {
		return db_fault(db) == DB_FAULT_NONE ? CONDUCT_UNKNOWN_RECIPIENT : CONDUCT_FAULT;
	}
	if (is_one_too_many(db, arena, secret, network, now)) {
		return db_fault(db) == DB_FAULT_NONE ? CONDUCT_TOO_MANY : CONDUCT_FAULT;
	}
	report = seal_report(db, arena, secret, words, names->data, now);
	for (size_t i = 0; report != 0 && i < count; i++) {
		if (!queue_mail(db, arena, report, &rows[i], now)) {
			return CONDUCT_FAULT;
		}
	}
	return report != 0 ? CONDUCT_SENT : CONDUCT_FAULT;
}

bool
conduct_open(struct db *db, struct arena *arena, const unsigned char secret[32], int64_t report_id,
    struct conduct_words *words)
{
	struct conduct_report_by_id_row report;
	struct bytes *text;
	json_t *object;

	if (!conduct_report_by_id(
		db, arena, &(struct conduct_report_by_id_in){ .id = report_id }, &report)) {
		return false;
	}
	text = seal_open(arena, secret, SEAL_CONDUCT, report.sealed.data, report.sealed.length);
	object = text == NULL ? NULL : json_loads(text->data, 0, NULL);
	if (object == NULL) {
		return false;
	}
	arena_cleanup(arena, free_json, object);
	return json_unpack(object, "{ss ss ss ss ss}", "what", &words->what, "when", &words->when,
		   "who", &words->who, "reach", &words->reach, "to", &words->to) == 0;
}
