#include "model/application_rows.h"

#include "ground/arena.h"
#include "model/outbox.h"

bool
application_set_projects(
    struct db *db, int64_t application_id, const struct application_answers *answers)
{
	for (size_t i = 0; i < answers->project_count; i++) {
		if (application_project_insert(db,
			&(struct application_project_insert_in){ .application_id = application_id,
			    .project_id = answers->projects[i] }) != 1) {
			return false;
		}
	}
	return true;
}

bool
application_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    int64_t application_id, int64_t cohort_id, const char *recipient, int64_t due_at, int64_t now)
{
	const struct outbox_parameter parameters[] = {
		{ "application", arena_format(arena, "%lld", (long long)application_id) },
		{ "cohort", arena_format(arena, "%lld", (long long)cohort_id) }, { NULL, NULL }
	};

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = kind,
		.cohort_id = cohort_id,
		.recipient = recipient,
		.parameters = parameters,
		.due_at = due_at },
	    now);
}
