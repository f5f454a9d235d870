#include "model/person.h"

#include <string.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/text.h"

bool
person_find(struct db *db, struct arena *arena, int64_t id, struct person *person)
{
	return person_by_id(db, arena, &(struct person_by_id_in){ .id = id }, person);
}

bool
person_find_by_email(struct db *db, struct arena *arena, const char *email, struct person *person)
{
	const char *key = address_key(arena, email);

	return key != NULL &&
	    person_by_email_key(
		db, arena, &(struct person_by_email_key_in){ .email_key = key }, person);
}

static const char *
local_part(struct arena *arena, const char *email)
{
	return arena_copy_bytes(arena, email, strcspn(email, "@"));
}

int64_t
person_ensure(struct db *db, struct arena *arena, const struct person_new *new_person, int64_t now)
{
	const char *key = address_key(arena, new_person->email);
	const char *name = new_person->name;
	struct person person;

	if (key == NULL) {
		return 0;
	}
	if (person_by_email_key(
		db, arena, &(struct person_by_email_key_in){ .email_key = key }, &person)) {
		return person.id;
	}
	if (name == NULL) {
		name = local_part(arena, new_person->email);
	}
	if (person_insert(db,
		&(struct person_insert_in){ .email = new_person->email,
		    .email_key = key,
		    .name = name,
		    .name_key = text_key(arena, name),
		    .pronouns = new_person->pronouns,
		    .zone = new_person->zone == NULL ? "UTC" : new_person->zone,
		    .github = new_person->github,
		    .now = now }) != 1) {
		return 0;
	}
	return db_last_id(db);
}

const char *
person_public_name(const char *public_name, int64_t show_public_name)
{
	return show_public_name == 1 ? public_name : NULL;
}

const char *
person_pronouns(const char *pronouns, int64_t audience, enum person_pronouns_reader reader)
{
	return reader != PRONOUNS_OUTSIDER && (int64_t)reader <= audience ? pronouns : NULL;
}
