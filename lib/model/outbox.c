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
outbox_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    const char *recipient, const struct outbox_parameter *parameters, int64_t due_at, int64_t now)
{
	if (outbox_insert(db,
		&(struct outbox_insert_in){ .reason = reason,
		    .kind = kind,
		    .recipient = recipient,
		    .parameters = parameters_json(arena, parameters),
		    .due_at = due_at,
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
outbox_cancel(struct db *db, int64_t after)
{
	return outbox_cancel_after(db, &(struct outbox_cancel_after_in){ .after = after }) >= 0;
}
