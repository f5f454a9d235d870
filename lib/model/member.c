#include "model/member.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "ground/address.h"
#include "model/person.h"
#include "model/standup_plan.h"
#include "model/waitlist.h"

static bool
is_appointed(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id,
    const char *role, struct member *member)
{
	return member_find(db, arena,
	    &(struct member_find_in){
		.cohort_id = cohort_id, .person_id = person_id, .role = role },
	    member);
}

static enum member_appoint_outcome
appoint_person(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id,
    const struct member_appointment *appointment, int64_t now, int64_t *member_id)
{
	struct member member;

	if (is_appointed(db, arena, cohort_id, person_id, appointment->role, &member) &&
	    member.left_at == DB_NULL) {
		*member_id = member.id;
		return MEMBER_APPOINTED_BEFORE;
	}
	if (member_insert(db,
		&(struct member_insert_in){ .cohort_id = cohort_id,
		    .person_id = person_id,
		    .role = appointment->role,
		    .level = appointment->level,
		    .now = now }) != 1 ||
	    !is_appointed(db, arena, cohort_id, person_id, appointment->role, &member)) {
		return MEMBER_APPOINT_FAULT;
	}
	*member_id = member.id;
	return MEMBER_APPOINTED;
}

enum member_appoint_outcome
member_appoint(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct member_appointment *appointment, int64_t now, int64_t *member_id)
{
	bool is_djangonaut = strcmp(appointment->role, "djangonaut") == 0;
	int64_t person_id;

	if (is_djangonaut != (appointment->level != DB_NULL)) {
		return MEMBER_LEVEL_WRONG;
	}
	if (!address_is_valid(appointment->email)) {
		return MEMBER_NO_ADDRESS;
	}
	person_id = person_ensure(db, arena,
	    &(struct person_new){ .email = appointment->email, .name = appointment->name }, now);
	if (person_id == 0) {
		return MEMBER_APPOINT_FAULT;
	}
	return appoint_person(db, arena, cohort->id, person_id, appointment, now, member_id);
}

/* The rota of the groups that someone sat in goes on without them. */
static bool
renew_rotas(struct db *db, struct arena *arena, const struct cohort *cohort,
    struct placement_rows places, int64_t now)
{
	struct group group;

	for (size_t i = 0; cohort->launched_at != DB_NULL && i < places.count; i++) {
		if (!group_by_id(db, arena,
			&(struct group_by_id_in){ .id = places.rows[i].group_id }, &group) ||
		    !standup_lay_out(db, arena, cohort, &group, now)) {
			return false;
		}
	}
	return true;
}

bool
member_end(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t member_id, int64_t now)
{
	struct placement_rows places;
	struct member member;

	if (!member_by_id(db, arena, &(struct member_by_id_in){ .id = member_id }, &member) ||
	    member.cohort_id != cohort->id) {
		return false;
	}
	places = placement_of_member(
	    db, arena, &(struct placement_of_member_in){ .member_id = member_id });
	return member_leave(db, &(struct member_leave_in){ .id = member_id, .now = now }) == 1 &&
	    renew_rotas(db, arena, cohort, places, now) &&
	    waitlist_pass_on(db, arena, cohort->id, now);
}

bool
member_end_all(
    struct db *db, struct arena *arena, const struct cohort *cohort, int64_t person_id, int64_t now)
{
	struct member_rows roles = member_of_person(db, arena,
	    &(struct member_of_person_in){ .cohort_id = cohort->id, .person_id = person_id });
	bool ended = false;

	for (size_t i = 0; i < roles.count; i++) {
		if (strcmp(roles.rows[i].role, "organiser") == 0) {
			continue;
		}
		if (!member_end(db, arena, cohort, roles.rows[i].id, now)) {
			return false;
		}
		ended = true;
	}
	return ended;
}

bool
member_return(struct db *db, const struct cohort *cohort, int64_t member_id)
{
	return member_come_back(db,
		   &(struct member_come_back_in){ .id = member_id, .cohort_id = cohort->id }) == 1;
}
