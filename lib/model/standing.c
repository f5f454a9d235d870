#include "model/standing.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/query/standing.h"

static const char *const words[STANDING_END] = {
	[STANDING_RECEIVED] = "received",
	[STANDING_COUNTING] = "counting",
	[STANDING_WITHDRAWN] = "withdrawn",
	[STANDING_WAITLISTED] = "waitlisted",
	[STANDING_DECLINED] = "declined",
	[STANDING_OFFERED] = "offered",
	[STANDING_CONFIRMED] = "confirmed",
	[STANDING_REFUSED] = "refused",
	[STANDING_LAPSED] = "lapsed",
	[STANDING_CLOSED] = "closed",
};

#define TO(standing) (1U << STANDING_##standing)

/* Row: from; bits: to.  The same as the database's standing_step. */
static const unsigned steps[STANDING_END] = {
	[STANDING_RECEIVED] = TO(COUNTING),
	[STANDING_COUNTING] = TO(WAITLISTED) | TO(DECLINED) | TO(OFFERED) | TO(WITHDRAWN),
	[STANDING_WITHDRAWN] = TO(COUNTING),
	[STANDING_WAITLISTED] = TO(OFFERED) | TO(DECLINED) | TO(CLOSED) | TO(WITHDRAWN),
	[STANDING_DECLINED] = TO(OFFERED) | TO(WAITLISTED) | TO(WITHDRAWN),
	[STANDING_OFFERED] = TO(CONFIRMED) | TO(REFUSED) | TO(LAPSED) | TO(WITHDRAWN),
	[STANDING_CONFIRMED] = 0,
	[STANDING_REFUSED] = TO(OFFERED) | TO(WAITLISTED) | TO(WITHDRAWN),
	[STANDING_LAPSED] = TO(OFFERED) | TO(WAITLISTED) | TO(WITHDRAWN),
	[STANDING_CLOSED] = TO(OFFERED) | TO(WITHDRAWN),
};

enum standing
standing_read(const char *text)
{
	for (enum standing standing = STANDING_RECEIVED; standing < STANDING_END; standing++) {
		if (strcmp(words[standing], text) == 0) {
			return standing;
		}
	}
	assert(false);
	return STANDING_RECEIVED;
}

const char *
standing_text(enum standing standing)
{
	return words[standing];
}

enum standing
standing_find(struct db *db, struct arena *arena, int64_t application_id)
{
	struct standing_of_row row;

	return standing_of(
		   db, arena, &(struct standing_of_in){ .application_id = application_id }, &row)
	    ? standing_read(row.standing)
	    : STANDING_RECEIVED;
}

bool
standing_may(enum standing from, enum standing to)
{
	return (steps[from] & (1U << to)) != 0;
}

enum standing_outcome
standing_step(
    struct db *db, int64_t application_id, enum standing from, enum standing to, int64_t position)
{
	int64_t stepped;

	if (!standing_may(from, to)) {
		return STANDING_NO_STEP;
	}
	stepped = standing_set(db,
	    &(struct standing_set_in){ .application_id = application_id,
		.before = standing_text(from),
		.after = standing_text(to),
		.position = position });
	if (stepped >= 0) {
		return stepped == 1 ? STANDING_STEPPED : STANDING_MOVED;
	}
	return db_fault(db) == DB_FAULT_NONE ? STANDING_NO_STEP : STANDING_FAULT;
}
