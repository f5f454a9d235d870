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
	return outbox_queue(db, arena, arena_format(arena, "welcome:%s", id), "welcome",
	    address.email, (const struct outbox_parameter[]){ { "placement", id }, { NULL, NULL } },
	    now, now);
}
