#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "ground/token.h"
#include "model/person.h"
#include "model/session.h"

bool
link_find(struct db *db, struct arena *arena, const char *token_hash, struct link *link)
{
	return link_by_token_hash(
	    db, arena, &(struct link_by_token_hash_in){ .token_hash = token_hash }, link);
}

static bool
link_is_of_application(const struct link *link)
{
	return strcmp(link->purpose, "application") == 0;
}

bool
link_works(const struct link *link, int64_t now)
{
	return now < link->expires_at &&
	    (link->used_at == DB_NULL || link->is_lasting == 1 || link_is_of_application(link));
}

static bool
is_let_in(struct db *db, struct arena *arena, int64_t person_id)
{
	struct person person;

	return person_find(db, arena, person_id, &person) && person.is_disabled == 0;
}

enum link_outcome
link_enter(
    struct db *db, struct arena *arena, const struct link *link, int64_t now, const char **token)
{
	if (strcmp(link->purpose, "sign_in") != 0 || !is_let_in(db, arena, link->person_id) ||
	    link_consume(db, &(struct link_consume_in){ .id = link->id, .now = now }) != 1) {
		return LINK_SPENT;
	}
	link_delete_unused_of_person(db,
	    &(struct link_delete_unused_of_person_in){
		.person_id = link->person_id, .except_id = link->id });
	*token = session_start(db, arena, link->person_id, DB_NULL, now);
	return *token == NULL ? LINK_SPENT : LINK_ENTERED;
}

static int64_t
id_or_null(int64_t id)
{
	return id == 0 ? DB_NULL : id;
}

bool
link_record(struct db *db, struct arena *arena, const char *token, const struct link_new *new_link,
    int64_t now, int64_t expires_at)
{
	return link_insert(db,
		   &(struct link_insert_in){ .token_hash = token_hash(arena, token),
		       .purpose = new_link->purpose,
		       .person_id = id_or_null(new_link->person_id),
		       .application_id = id_or_null(new_link->application_id),
		       .invitation_id = id_or_null(new_link->invitation_id),
		       .address_change_id = id_or_null(new_link->address_change_id),
		       .subscription_id = id_or_null(new_link->subscription_id),
		       .offer_id = id_or_null(new_link->offer_id),
		       .draft_id = id_or_null(new_link->draft_id),
		       .next = new_link->next,
		       .is_lasting = new_link->is_lasting,
		       .now = now,
		       .expires_at = expires_at }) >= 0;
}

bool
link_open(struct db *db, struct arena *arena, const char *token, const char *purpose, int64_t now,
    struct link *link)
{
	return token_is_shaped(token) && link_find(db, arena, token_hash(arena, token), link) &&
	    strcmp(link->purpose, purpose) == 0 && link_works(link, now);
}

bool
link_use(struct db *db, const struct link *link, int64_t now)
{
	return link_consume(db, &(struct link_consume_in){ .id = link->id, .now = now }) == 1;
}

bool
link_record_sign_in(struct db *db, struct arena *arena, const char *token, int64_t person_id,
    const char *next, int64_t now, int64_t expires_at)
{
	return link_record(db, arena, token,
	    &(struct link_new){ .purpose = "sign_in", .person_id = person_id, .next = next }, now,
	    expires_at);
}

bool
link_record_lasting(
    struct db *db, struct arena *arena, const char *token, int64_t person_id, int64_t now)
{
	return link_record(db, arena, token,
	    &(struct link_new){ .purpose = "sign_in", .person_id = person_id, .is_lasting = true },
	    now, now + LASTING_LINK_SECONDS);
}

bool
link_end_lasting(struct db *db)
{
	return link_delete_lasting(db) >= 0;
}

bool
link_record_application(struct db *db, struct arena *arena, const char *token,
    int64_t application_id, int64_t now, int64_t expires_at)
{
	return link_record(db, arena, token,
	    &(struct link_new){ .purpose = "application", .application_id = application_id }, now,
	    expires_at);
}
