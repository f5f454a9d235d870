#include <stdio.h>

#include "crewctl.h"
#include "db/db.h"
#include "model/retention.h"

static void
print_counts(const struct retention_counts *counts)
{
	for (int kind = 0; kind < RETENTION_KINDS; kind++) {
		printf("%s\t%lld\n", retention_name((enum retention_kind)kind),
		    (long long)counts->of[kind]);
	}
}

/* A dry run is a real one that is not kept. */
int
run_purge(struct crewctl *crewctl, const struct arguments *arguments)
{
	bool is_dry = argument_value(arguments, "dry-run") != NULL;
	struct retention_counts counts;

	if (!db_begin_write(crewctl->db) ||
	    !retention_run(crewctl->db, crewctl->arena, crewctl->now, &counts)) {
		return crewctl_fail_db(crewctl->db);
	}
	if (is_dry) {
		db_rollback(crewctl->db);
	} else if (!db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	print_counts(&counts);
	return CREWCTL_DONE;
}
