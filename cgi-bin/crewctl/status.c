#include <stdio.h>

#include "crewctl.h"
#include "db/db.h"
#include "db/query/status.h"
#include "ground/clock.h"

/* Mail that waits longer than this means that no courier works. */
#define MAIL_LATE_SECONDS ((int64_t)15 * CLOCK_MINUTE)
/* Some servers take a mail at the second attempt only; one that was tried for
 * so long means that something is wrong. */
#define MAIL_STUCK_SECONDS ((int64_t)CLOCK_HOUR)

static void
print_number(const char *name, int64_t number)
{
	printf("%s\t%lld\n", name, (long long)number);
}

int
run_status(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct status_row row;

	(void)arguments;
	if (!db_begin_read(crewctl->db) ||
	    !status(crewctl->db, crewctl->arena,
		&(struct status_in){ .now = crewctl->now,
		    .late = crewctl->now - MAIL_LATE_SECONDS,
		    .stuck = crewctl->now - MAIL_STUCK_SECONDS },
		&row)) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	print_number("schema", db_schema_version());
	print_number("cohorts", row.cohorts);
	print_number("people", row.people);
	print_number("applications", row.applications);
	print_number("sessions", row.sessions);
	print_number("mail_queued", row.mail_queued);
	print_number("mail_late", row.mail_late);
	print_number("mail_oldest", row.mail_oldest == DB_NULL ? 0 : row.mail_oldest);
	print_number("mail_held", row.mail_held);
	print_number("mail_failed", row.mail_failed);
	if (row.mail_late > 0) {
		return crewctl_fail("mail waits: is the courier running, and the mail server?");
	}
	if (row.mail_held > 0) {
		return crewctl_fail("mail is held since a restore: see crewctl mail --release");
	}
	if (row.mail_failed > 0) {
		return crewctl_fail("mail failed: see crewctl mail");
	}
	return CREWCTL_DONE;
}
