#include "model/outbox.h"

#include <jansson.h>
#include <stdlib.h>

#include "db/db.h"
#include "ground/arena.h"

static void
free_text(void *text)
{
	free(text);
}

/* The parameters as one JSON object in the arena; NULL without memory. */
static const char *
parameters_json(struct arena *arena, const struct outbox_parameter *parameters)
{
	json_t *object = json_object();
	char *text;

	for (; object != NULL && parameters->name != NULL; parameters++) {
		json_object_set_new(object, parameters->name, json_string(parameters->value));
	}
	text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(object);
	if (text != NULL) {
		arena_cleanup(arena, free_text, text);
	}
	return text;
}

bool
outbox_queue(struct db *db, struct arena *arena, const struct outbox_new *new_mail, int64_t now)
{
	if (outbox_insert(db,
		&(struct outbox_insert_in){ .reason = new_mail->reason,
		    .kind = new_mail->kind,
		    .cohort_id = new_mail->cohort_id == 0 ? DB_NULL : new_mail->cohort_id,
		    .recipient = new_mail->recipient == NULL ? "" : new_mail->recipient,
		    .hook_id = new_mail->hook_id == 0 ? DB_NULL : new_mail->hook_id,
		    .parameters = parameters_json(arena, new_mail->parameters),
		    .due_at = new_mail->due_at,
		    .now = now }) < 0) {
		return false;
	}
	db_note_queued(db);
	return true;
}

int64_t
outbox_last(struct db *db, struct arena *arena)
{
	struct outbox_newest_row newest;

	if (!outbox_newest(db, arena, &newest) || newest.id == DB_NULL) {
		return 0;
	}
	return newest.id;
}

bool
outbox_settle(struct db *db, int64_t after)
{
	return outbox_settle_after(db, &(struct outbox_settle_after_in){ .after = after }) >= 0;
}

static enum outbox_change
change_of(int64_t rows)
{
	if (rows < 0) {
		return OUTBOX_FAULT;
	}
	return rows == 0 ? OUTBOX_UNCHANGED : OUTBOX_CHANGED;
}

enum outbox_change
outbox_retry(struct db *db, int64_t id, int64_t now)
{
	int64_t rows = outbox_requeue(db, &(struct outbox_requeue_in){ .id = id, .now = now });

	if (rows > 0) {
		db_note_queued(db);
	}
	return change_of(rows);
}

enum outbox_change
outbox_cancel_one(struct db *db, int64_t id)
{
	return change_of(outbox_withdraw(db, &(struct outbox_withdraw_in){ .id = id }));
}

int64_t
outbox_release(struct db *db, int64_t now)
{
	int64_t rows = outbox_release_held(db, &(struct outbox_release_held_in){ .now = now });

	if (rows > 0) {
		db_note_queued(db);
	}
	return rows;
}
