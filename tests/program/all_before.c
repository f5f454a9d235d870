#include "all_before.h"

#include <string.h>

#include "harness.h"
#include "web/route.h"

/* Orion before its week 1, its application undecided; a decision on it; that
 * it waits; and the seat of another one, given back. */
#define BEFORE_OFFERS \
	"DELETE FROM offer; DELETE FROM decision;" \
	"UPDATE application SET withdrawn_at = 1 WHERE id = 1;" \
	"UPDATE application SET withdrawn_at = NULL WHERE id = 1;" \
	"UPDATE cohort SET starts_at = 1800000000, ends_at = 1810000000 WHERE id = 1;"
#define DECISION \
	"INSERT INTO decision (id, application_id, kind, decided_at) VALUES (7, 1, 'decline', 1);"
#define WAITING \
	"UPDATE application SET standing = 'waitlisted', waitlist_position = 1 WHERE id = 1;"
#define SEAT \
	"INSERT INTO offer (key, application_id, state, made_at, deadline_at)" \
	" VALUES ('given-back', 1, 'offered', 1, 2);" \
	"UPDATE offer SET state = 'lapsed', ended_at = 2;"

static const struct {
	const char *pattern;
	const char *sql;
} before[] = {
	{ "/cohort/:cohort/organise/publish",
	    "UPDATE cohort SET published_at = NULL WHERE id = 1" },
	{ "/cohort/:cohort/organise/late",
	    "UPDATE cohort SET starts_at = 1800000000, ends_at = 1810000000 WHERE id = 1;" },
	{ "/cohort/:cohort/organise/form-groups",
	    "UPDATE cohort SET groups_formed_at = NULL WHERE id = 1;"
	    "DELETE FROM activity WHERE kind = 'groups_formed'" },
	{ "/cohort/:cohort/organise/launch",
	    "DELETE FROM highlight; DELETE FROM answer; DELETE FROM question;"
	    "DELETE FROM check_in; DELETE FROM standup;"
	    "UPDATE cohort SET launched_at = NULL WHERE id = 1;"
	    "DELETE FROM activity WHERE kind = 'cohort_launched'" },
	{ "/cohort/:cohort/review/next", BEFORE_OFFERS },
	{ "/cohort/:cohort/review/:application", BEFORE_OFFERS },
	{ "/cohort/:cohort/organise/decisions/add", BEFORE_OFFERS },
	{ "/cohort/:cohort/organise/decisions/send", BEFORE_OFFERS DECISION },
	{ "/cohort/:cohort/organise/waitlist/release", BEFORE_OFFERS SEAT WAITING },
	{ "/cohort/:cohort/organise/waitlist/move", BEFORE_OFFERS WAITING },
	{ "/cohort/settings/hooks/:hook/remove", "UPDATE hook SET cohort_id = NULL" },
	{ "/cohort/settings/hooks/:hook/test", "UPDATE hook SET cohort_id = NULL" },
};

void
world_prepare(struct harness *h, const struct route *route)
{
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		if (strcmp(before[i].pattern, route->pattern) == 0) {
			harness_run_sql(h, before[i].sql);
		}
	}
}
