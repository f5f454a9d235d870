#ifndef GROUNDCREW_MODEL_MEMBER_H
#define GROUNDCREW_MODEL_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/member.h"

struct arena;
struct cohort;
struct db;

/*
 * People with a role in a cohort: djangonaut, navigator, captain, organiser
 * (the schema's words).  A person may have several roles in one cohort.
 */

/* Who is appointed to what.  name may be NULL and counts only for someone
 * new; level is 1 to 4 for Djangonauts, else DB_NULL. */
struct member_appointment {
	const char *email;
	const char *name;
	const char *role;
	int64_t level;
};

enum member_appoint_outcome {
	MEMBER_APPOINTED = 1,
	/* Has this role now; nothing changed. */
	MEMBER_APPOINTED_BEFORE,
	/* The address cannot be written to. */
	MEMBER_NO_ADDRESS,
	/* A Djangonaut has a level, nobody else has one. */
	MEMBER_LEVEL_WRONG,
	MEMBER_APPOINT_FAULT
};

/*
 * Gives someone a role by their address, in the caller's write transaction;
 * whoever left with it has it again.  For the first two outcomes *member_id
 * is the member's.
 */
enum member_appoint_outcome
member_appoint(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct member_appointment *appointment, int64_t now, int64_t *member_id);

/*
 * Ends a role, and with it every place in a group: never refused, not even to
 * a cohort's last organiser (an administrator appoints another).  In a
 * launched cohort the rota goes on without a navigator who left.  Runs in the
 * caller's write transaction.
 *
 * False when there is no such member in this cohort now, or on a fault.
 */
bool member_end(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t member_id,
    int64_t now);

/*
 * A person leaves a cohort: every role but that of an organiser ends.  False
 * when they had none, or on a fault.
 */
bool member_end_all(struct db *db, struct arena *arena, const struct cohort *cohort,
    int64_t person_id, int64_t now);

/*
 * A Djangonaut who left is back aboard, with the level they had and without a
 * group.  False when nobody who left this cohort has that id, when their seat
 * is another's by now (a freed seat never still counts), or on a fault.
 */
bool member_return(struct db *db, const struct cohort *cohort, int64_t member_id);

#endif
