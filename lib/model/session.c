#include "model/session.h"

#include "db/db.h"
#include "db/query/rights.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/person.h"
#include "model/rights.h"

#define IDLE_SECONDS_MEMBER ((int64_t)30 * CLOCK_DAY)
#define IDLE_SECONDS_ORGANISER ((int64_t)14 * CLOCK_DAY)

bool
session_find(struct db *db, struct arena *arena, const char *token_hash, int64_t now,
    struct session *session)
{
	return session_by_token_hash(db, arena,
	    &(struct session_by_token_hash_in){ .token_hash = token_hash, .now = now }, session);
}

void
session_touch(struct db *db, int64_t id, int64_t now)
{
	session_use(db, &(struct session_use_in){ .id = id, .now = now });
}

void
session_end(struct db *db, int64_t id)
{
	session_delete(db, &(struct session_delete_in){ .id = id });
}

void
session_end_all(struct db *db, int64_t person_id)
{
	session_delete_of_person(
	    db, &(struct session_delete_of_person_in){ .person_id = person_id });
}

bool
session_end_others(struct db *db, int64_t person_id, int64_t except_id)
{
	return session_delete_others(db,
		   &(struct session_delete_others_in){
		       .person_id = person_id, .except_id = except_id }) >= 0;
}

bool
session_end_own(struct db *db, int64_t id, int64_t person_id)
{
	return session_delete_own(
		   db, &(struct session_delete_own_in){ .id = id, .person_id = person_id }) == 1;
}

struct own_session_rows
session_list(struct db *db, struct arena *arena, int64_t person_id, int64_t now)
{
	return session_of_person(
	    db, arena, &(struct session_of_person_in){ .person_id = person_id, .now = now });
}

bool
session_note_device(struct db *db, const char *token_hash, const char *device)
{
	return session_set_device(db,
		   &(struct session_set_device_in){ .token_hash = token_hash, .device = device }) >=
	    0;
}

static int64_t
idle_seconds_of(struct db *db, struct arena *arena, int64_t person_id, int64_t now)
{
	struct person person;
	unsigned roles;

	if (!person_find(db, arena, person_id, &person)) {
		return IDLE_SECONDS_ORGANISER;
	}
	roles = rights_of(db, arena, &person, DB_NULL, NULL, NULL, NULL, now);
	if (roles & (ROLE_ORGANISER | ROLE_ADMINISTRATOR)) {
		return IDLE_SECONDS_ORGANISER;
	}
	return IDLE_SECONDS_MEMBER;
}

const char *
session_start(
    struct db *db, struct arena *arena, int64_t person_id, int64_t application_id, int64_t now)
{
	const char *token = token_random(arena);

	if (session_insert(db,
		&(struct session_insert_in){ .token_hash = token_hash(arena, token),
		    .person_id = person_id,
		    .application_id = application_id,
		    .now = now,
		    .idle_seconds = idle_seconds_of(db, arena, person_id, now),
		    .ends_at = now + SESSION_END_SECONDS }) != 1) {
		return NULL;
	}
	return token;
}
