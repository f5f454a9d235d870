#include "model/programme.h"

#include "db/db.h"
#include "model/activity.h"

bool
programme_read(struct db *db, struct arena *arena, struct programme *programme)
{
	return programme_row(db, arena, programme);
}

bool
programme_begin(struct db *db, struct arena *arena,
    const struct programme_insert_in *settings, int64_t now)
{
	if (programme_insert(db, settings) != 1) {
		return false;
	}
	return activity_write(db, arena, "programme_began", DB_NULL, DB_NULL,
	    now);
}
