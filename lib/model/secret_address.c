#include "model/secret_address.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "ground/token.h"
#include "model/person.h"
#include "model/rights.h"
#include "model/scope.h"

static const char *const words[SECRET_PURPOSES] = {
	[SECRET_GROUP_FEED] = "group_feed",
	[SECRET_GROUP_CALENDAR] = "group_calendar",
	[SECRET_PERSON_CALENDAR] = "person_calendar",
};

const char *
secret_purpose_word(enum secret_purpose purpose)
{
	return words[purpose];
}

enum secret_purpose
secret_purpose_read(const char *word)
{
	int purpose = SECRET_GROUP_FEED;

	while (purpose < SECRET_PURPOSES && (word == NULL || strcmp(words[purpose], word) != 0)) {
		purpose++;
	}
	return purpose < SECRET_PURPOSES ? (enum secret_purpose)purpose : (enum secret_purpose)0;
}

bool
secret_purpose_has_group(enum secret_purpose purpose)
{
	return purpose != SECRET_PERSON_CALENDAR;
}

static int64_t
group_or_null(enum secret_purpose purpose, int64_t group_id)
{
	return secret_purpose_has_group(purpose) ? group_id : DB_NULL;
}

static bool
may_have(struct db *db, struct arena *arena, int64_t person_id, enum secret_purpose purpose,
    int64_t group_id, int64_t now)
{
	struct secret_group_rows choices;

	if (!secret_purpose_has_group(purpose)) {
		return true;
	}
	choices = secret_address_choices(db, arena, person_id, now);
	for (size_t i = 0; i < choices.count; i++) {
		if (choices.rows[i].id == group_id) {
			return true;
		}
	}
	return false;
}

enum secret_outcome
secret_address_make(struct db *db, struct arena *arena, int64_t person_id,
    enum secret_purpose purpose, int64_t group_id, int64_t now, const char **token)
{
	const char *fresh = token_random(arena);
	const char *hash = token_hash(arena, fresh);
	int64_t changed;

	if (!may_have(db, arena, person_id, purpose, group_id, now)) {
		return db_fault(db) == DB_FAULT_NONE ? SECRET_NOT_YOURS : SECRET_FAULT;
	}
	*token = fresh;
	group_id = group_or_null(purpose, group_id);
	changed = secret_address_renew(db,
	    &(struct secret_address_renew_in){ .token_hash = hash,
		.person_id = person_id,
		.purpose = words[purpose],
		.group_id = group_id,
		.now = now });
	if (changed != 0) {
		return changed == 1 ? SECRET_RENEWED : SECRET_FAULT;
	}
	changed = secret_address_insert(db,
	    &(struct secret_address_insert_in){ .key = token_key128(arena),
		.token_hash = hash,
		.person_id = person_id,
		.purpose = words[purpose],
		.group_id = group_id,
		.now = now });
	return changed == 1 ? SECRET_MADE : SECRET_FAULT;
}

bool
secret_address_end(struct db *db, int64_t person_id, enum secret_purpose purpose, int64_t group_id)
{
	return secret_address_delete(db,
		   &(struct secret_address_delete_in){ .person_id = person_id,
		       .purpose = words[purpose],
		       .group_id = group_or_null(purpose, group_id) }) == 1;
}

struct secret_address_rows
secret_address_list(struct db *db, struct arena *arena, int64_t person_id)
{
	return secret_address_of_person(
	    db, arena, &(struct secret_address_of_person_in){ .person_id = person_id });
}

struct secret_group_rows
secret_address_choices(struct db *db, struct arena *arena, int64_t person_id, int64_t now)
{
	return secret_address_groups(db, arena,
	    &(struct secret_address_groups_in){
		.person_id = person_id, .ended_after = now - RIGHTS_READ_SECONDS });
}

/* An organiser reads every group on its pages; by a secret address only
 * whoever sits there. */
static bool
open_group(struct db *db, struct arena *arena, int64_t now, struct secret_reader *reader)
{
	if (!group_by_id(db, arena, &(struct group_by_id_in){ .id = reader->address.group_id },
		&reader->group) ||
	    !scope_cohort(db, arena, reader->group.cohort_id, &reader->cohort) ||
	    reader->cohort.published_at == DB_NULL) {
		return false;
	}
	reader->roles = rights_of(
	    db, arena, &reader->person, DB_NULL, &reader->cohort, &reader->group, NULL, now);
	return (reader->roles & (ROLE_DJANGONAUT | ROLE_NAVIGATOR | ROLE_CAPTAIN)) != 0;
}

bool
secret_address_open(struct db *db, struct arena *arena, const char *token,
    enum secret_purpose purpose, int64_t now, struct secret_reader *reader)
{
	memset(reader, 0, sizeof(*reader));
	return token_is_shaped(token) &&
	    secret_address_by_hash(db, arena,
		&(struct secret_address_by_hash_in){ .token_hash = token_hash(arena, token) },
		&reader->address) &&
	    secret_purpose_read(reader->address.purpose) == purpose &&
	    person_find(db, arena, reader->address.person_id, &reader->person) &&
	    (!secret_purpose_has_group(purpose) || open_group(db, arena, now, reader));
}
