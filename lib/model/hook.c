#include "model/hook.h"

#include <string.h>
#include <strings.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/outbox.h"

static int64_t
cohort_or_null(int64_t cohort_id)
{
	return cohort_id == HOOK_PROGRAMME ? DB_NULL : cohort_id;
}

struct hook_rows
hook_list(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return hook_of_cohort(
	    db, arena, &(struct hook_of_cohort_in){ .cohort_id = cohort_or_null(cohort_id) });
}

bool
hook_find(struct db *db, struct arena *arena, int64_t cohort_id, int64_t id, struct hook *hook)
{
	return hook_by_id(db, arena, &(struct hook_by_id_in){ .id = id }, hook) &&
	    hook->cohort_id == cohort_or_null(cohort_id);
}

/* https, and no "name:password@" before the host. */
static bool
is_safe(const char *link)
{
	static const char scheme[] = "https://";
	size_t length = strlen(scheme);

	if (strncasecmp(link, scheme, length) != 0) {
		return false;
	}
	link += length;
	return memchr(link, '@', strcspn(link, "/?#")) == NULL;
}

static bool
is_among(const struct hook_rows *hooks, const char *link)
{
	size_t i;

	for (i = 0; i < hooks->count; i++) {
		if (strcmp(hooks->rows[i].link, link) == 0) {
			return true;
		}
	}
	return false;
}

enum hook_add_outcome
hook_add(struct db *db, struct arena *arena, int64_t cohort_id, const struct hook_new *new_hook,
    int64_t now)
{
	struct hook_rows hooks = hook_list(db, arena, cohort_id);

	if (!is_safe(new_hook->link)) {
		return HOOK_NOT_SAFE;
	}
	if (is_among(&hooks, new_hook->link)) {
		return HOOK_BEFORE;
	}
	if (hooks.count >= HOOK_MOST) {
		return HOOK_TOO_MANY;
	}
	return hook_insert(db,
		   &(struct hook_insert_in){ .cohort_id = cohort_or_null(cohort_id),
		       .format = new_hook->format,
		       .name = new_hook->name,
		       .link = new_hook->link,
		       .now = now }) == 1
	    ? HOOK_ADDED
	    : HOOK_ADD_FAULT;
}

bool
hook_remove(struct db *db, int64_t cohort_id, int64_t id)
{
	return hook_delete(db,
		   &(struct hook_delete_in){ .id = id, .cohort_id = cohort_or_null(cohort_id) }) ==
	    1;
}

/* Queues a post; the organisers of the hook's own cohort see it. */
static bool
post(struct db *db, struct arena *arena, int64_t hook_id, int64_t cohort_id, const char *occasion,
    const char *number, int64_t due_at, int64_t now)
{
	const struct outbox_parameter parameters[] = { { occasion, number }, { NULL, NULL } };

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "hook:%lld:%s:%s",
				      (long long)hook_id, occasion, number),
		.kind = "activity",
		.cohort_id = cohort_id == DB_NULL ? 0 : cohort_id,
		.hook_id = hook_id,
		.parameters = parameters,
		.due_at = due_at },
	    now);
}

bool
hook_test(struct db *db, struct arena *arena, const struct hook *hook, int64_t now)
{
	return post(db, arena, hook->id, hook->cohort_id, "test",
	    arena_format(arena, "%lld", (long long)(now / CLOCK_MINUTE)), now, now);
}

bool
hook_tell(struct db *db, struct arena *arena, int64_t activity_id, int64_t cohort_id, int64_t now)
{
	struct hook_told_rows hooks =
	    hook_to_tell(db, arena, &(struct hook_to_tell_in){ .cohort_id = cohort_id });
	const char *number = arena_format(arena, "%lld", (long long)activity_id);
	size_t i;

	for (i = 0; i < hooks.count; i++) {
		if (!post(db, arena, hooks.rows[i].id, hooks.rows[i].cohort_id, "activity", number,
			now + HOOK_DELAY_SECONDS, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}
