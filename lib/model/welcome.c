#include "model/welcome.h"

#include <stddef.h>

#include "db/query/group.h"
#include "ground/arena.h"
#include "model/outbox.h"

bool
welcome_queue(struct db *db, struct arena *arena, int64_t placement_id, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)placement_id);
	struct placement_address_row address;

	if (!placement_address(
		db, arena, &(struct placement_address_in){ .id = placement_id }, &address)) {
		return false;
	}
	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "welcome:%s", id),
		.kind = "welcome",
		.cohort_id = address.cohort_id,
		.recipient = address.email,
		.parameters =
		    (const struct outbox_parameter[]){ { "placement", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}
