#include <stdio.h>

#include "crewctl.h"
#include "db/db.h"
#include "db/query/status.h"

/* Prints what breaks a rule of the programme; how much. */
static size_t
print_broken_rules(struct crewctl *crewctl)
{
	struct status_broken_row_rows broken = status_broken(crewctl->db, crewctl->arena);

	for (size_t i = 0; i < broken.count; i++) {
		printf("rule\t%s\t%lld\n", broken.rows[i].rule, (long long)broken.rows[i].id);
	}
	return broken.count;
}

/* A group over its limit is allowed, since leaving is: it is only shown. */
static void
print_groups_over(struct crewctl *crewctl)
{
	struct status_groups_over_row_rows over = status_groups_over(crewctl->db, crewctl->arena);

	for (size_t i = 0; i < over.count; i++) {
		printf("over\t%s/%s\t%lld\t%lld\n", over.rows[i].cohort_slug,
		    over.rows[i].group_slug, (long long)over.rows[i].djangonauts,
		    (long long)over.rows[i].navigators);
	}
}

/* The same with seats: they may be lowered, and people may come back. */
static void
print_seats_over(struct crewctl *crewctl)
{
	struct status_seats_over_row_rows over = status_seats_over(crewctl->db, crewctl->arena);

	for (size_t i = 0; i < over.count; i++) {
		printf("over\t%s\t%lld\t%lld\n", over.rows[i].cohort_slug,
		    (long long)over.rows[i].taken, (long long)over.rows[i].seats);
	}
}

int
run_check(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct db_problems problems = db_check(crewctl->db, crewctl->arena);
	size_t wrong = problems.count;

	(void)arguments;
	for (size_t i = 0; i < problems.count; i++) {
		printf("file\t%s\n", problems.lines[i]);
	}
	if (!db_begin_read(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	wrong += print_broken_rules(crewctl);
	print_groups_over(crewctl);
	print_seats_over(crewctl);
	if (db_fault(crewctl->db) != DB_FAULT_NONE) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	if (wrong > 0) {
		return crewctl_fail("the database has problems, see above");
	}
	crewctl_say(message(MESSAGE_CREWCTL_CHECK_DONE));
	return CREWCTL_DONE;
}
