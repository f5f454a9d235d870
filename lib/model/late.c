#include "model/late.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/application.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "model/application.h"
#include "model/cohort.h"
#include "model/outbox.h"

int64_t
late_until(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *email_key, int64_t now)
{
	struct late_entry entry;

	return email_key != NULL &&
		late_by_email(db, arena,
		    &(struct late_by_email_in){ .cohort_id = cohort_id, .email_key = email_key },
		    &entry) &&
		entry.until_at > now
	    ? entry.until_at
	    : 0;
}

bool
late_is_open_to(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *email_key, int64_t now)
{
	return application_is_open(cohort, now) ||
	    (cohort->published_at != DB_NULL && cohort->opens_at <= now &&
		late_until(db, arena, cohort->id, email_key, now) != 0);
}

struct late_entry_rows
late_list(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return late_of_cohort(db, arena, &(struct late_of_cohort_in){ .cohort_id = cohort_id });
}

struct draft_unsent_row_rows
late_unsent(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return draft_unsent(db, arena, &(struct draft_unsent_in){ .cohort_id = cohort_id });
}

int64_t
late_unreachable(struct db *db, struct arena *arena, int64_t cohort_id)
{
	struct draft_count_without_address_row row;

	return draft_count_without_address(db, arena,
		   &(struct draft_count_without_address_in){ .cohort_id = cohort_id }, &row)
	    ? row.count
	    : 0;
}

/* Whoever has nothing yet needs a draft for the link to open. */
static bool
ensure_draft(struct db *db, struct arena *arena, int64_t cohort_id, const char *email,
    const char *email_key, int64_t now)
{
	struct draft_rows drafts = draft_by_email(db, arena,
	    &(struct draft_by_email_in){ .cohort_id = cohort_id, .email_key = email_key });

	return drafts.count > 0 ||
	    draft_insert(db,
		&(struct draft_insert_in){ .cohort_id = cohort_id,
		    .email = email,
		    .email_key = email_key,
		    .fields = "",
		    .is_finished = 0,
		    .writer = "",
		    .now = now }) == 1;
}

static bool
queue(struct db *db, struct arena *arena, const struct late_entry *entry, int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "let_in:%lld:%lld",
				      (long long)entry->id, (long long)entry->until_at),
		.kind = "let_in",
		.cohort_id = entry->cohort_id,
		.recipient = entry->email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "late", arena_format(arena, "%lld", (long long)entry->id) },
			{ NULL, NULL } },
		.due_at = now },
	    now);
}

static bool
write_entry(struct db *db, struct arena *arena, const struct late_put_in *put)
{
	struct late_entry entry;

	return late_put(db, put) == 1 &&
	    late_by_email(db, arena,
		&(struct late_by_email_in){
		    .cohort_id = put->cohort_id, .email_key = put->email_key },
		&entry) &&
	    ensure_draft(db, arena, put->cohort_id, put->email, put->email_key, put->now) &&
	    queue(db, arena, &entry, put->now);
}

enum late_outcome
late_let_in(struct db *db, struct arena *arena, const struct cohort *cohort, const char *email,
    int64_t until_at, int64_t person_id, int64_t now)
{
	const char *key = address_key(arena, email);

	if (key == NULL) {
		return LATE_NO_ADDRESS;
	}
	if (until_at <= now || until_at <= cohort->closes_at) {
		return LATE_TOO_SOON;
	}
	if (until_at > cohort->starts_at) {
		return LATE_TOO_LATE;
	}
	return write_entry(db, arena,
		   &(struct late_put_in){ .cohort_id = cohort->id,
		       .email_key = key,
		       .email = email,
		       .until_at = until_at,
		       .let_by = person_id,
		       .now = now })
	    ? LATE_LET_IN
	    : LATE_FAULT;
}

bool
late_find(struct db *db, struct arena *arena, int64_t id, struct late_entry *entry)
{
	return late_by_id(db, arena, &(struct late_by_id_in){ .id = id }, entry);
}

bool
late_end(struct db *db, struct arena *arena, int64_t cohort_id, int64_t id)
{
	struct late_entry entry;

	return late_find(db, arena, id, &entry) && entry.cohort_id == cohort_id &&
	    late_delete(db, &(struct late_delete_in){ .id = id }) == 1;
}
