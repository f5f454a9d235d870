#ifndef GROUNDCREW_MODEL_RETENTION_H
#define GROUNDCREW_MODEL_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * What goes by itself (product.md, "Accounts and privacy"), after the days
 * that the programme's settings say:
 *
 *	sensitive	pronouns and hours of applications, and answers to
 *			sensitive questions, after the cohort's end
 *	availability	what volunteers said of their hours, at the same time
 *	notes		what reviewers noted of applicants, whom they said they
 *			knew, and behind whose call-sign they looked, as well;
 *			and what organisers said to one person with a decision
 *	rejected	what is personal in applications without a confirmed
 *			offer, after the cohort began
 *	withdrawn	the same of withdrawn ones, after the withdrawal
 *	unconfirmed	applications whose address nobody confirmed, as a whole
 *			drafts and late entries as long after the deadline
 *	invitations	a year after the cohort's end; what came to nothing as
 *			withdrawn applications
 *	mail		rows of mail that was sent, failed or was cancelled
 *	audit		rows of the audit log
 *	people		who has no role, no appointment as a reviewer of a
 *			cohort that is not over, no application, no subscription, no
 *			open invitation, no mail on its way and no session any
 *			more, and is no administrator: they are erased
 *			(model/erase.h), but for those who are kept out
 *
 * Rows that count stay: an application keeps its level, projects, instants
 * and offers.  Words of members stay theirs.
 */
enum retention_kind {
	RETENTION_SENSITIVE,
	RETENTION_AVAILABILITY,
	RETENTION_NOTES,
	RETENTION_REJECTED,
	RETENTION_WITHDRAWN,
	RETENTION_UNCONFIRMED,
	RETENTION_INVITATIONS,
	RETENTION_MAIL,
	RETENTION_AUDIT,
	RETENTION_PEOPLE,
	RETENTION_KINDS
};

/* How many rows of each kind went. */
struct retention_counts {
	int64_t of[RETENTION_KINDS];
};

/* A kind's name as in the list above. */
const char *retention_name(enum retention_kind kind);

/*
 * Makes it go, in the caller's write transaction; running it again at the
 * same now changes nothing.  counts may be NULL.  False on a fault.
 */
bool
retention_run(struct db *db, struct arena *arena, int64_t now, struct retention_counts *counts);

/* The same, if it has not run for a day: for tick. */
bool retention_run_due(struct db *db, struct arena *arena, int64_t now);

#endif
