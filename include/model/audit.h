#ifndef GROUNDCREW_MODEL_AUDIT_H
#define GROUNDCREW_MODEL_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/audit.h"

struct arena;
struct db;

/*
 * Who did what to whom (product.md, "Accounts and privacy"): one row for each
 * thing that someone did in a role they were given, or to their own account.
 */

/* Each has a name in the database (audit.c) and words of its own. */
enum audit_action {
	AUDIT_COHORT_MADE = 1,
	AUDIT_COHORT_CHANGED,
	AUDIT_COHORT_PUBLISHED,
	AUDIT_GROUPS_ANNOUNCED,
	AUDIT_COHORT_LAUNCHED,
	AUDIT_WEEKS_CHANGED,
	AUDIT_PROJECT_ADDED,
	AUDIT_PROJECT_REMOVED,
	AUDIT_INVITED, /* detail: the role */
	AUDIT_INVITATION_ENDED,
	AUDIT_INVITATION_ACCEPTED,
	AUDIT_ROLE_GIVEN, /* detail: the role */
	AUDIT_ROLE_ENDED, /* detail: the role */
	AUDIT_OFFERED, /* a freed seat */
	AUDIT_DECIDED, /* detail: what, not yet sent */
	AUDIT_DECISIONS_SENT,
	AUDIT_WAITLIST_MOVED,
	AUDIT_WAITLIST_CLOSED,
	AUDIT_PLACED, /* detail: the group */
	AUDIT_TAKEN_OUT, /* detail: the group */
	AUDIT_GROUP_MADE, /* detail: the group */
	AUDIT_GROUP_CHANGED, /* detail: the group */
	AUDIT_MAIL_RETRIED, /* detail: the kind */
	AUDIT_MAIL_CANCELLED, /* detail: the kind */
	AUDIT_WORDING_CHANGED, /* detail: the kind */
	AUDIT_WORDING_RESET, /* detail: the kind */
	AUDIT_HOOK_ADDED, /* detail: its format */
	AUDIT_HOOK_REMOVED, /* detail: its format */
	AUDIT_HOOK_TESTED, /* detail: its format */
	AUDIT_SETTINGS_CHANGED,
	AUDIT_CONDUCT_RECIPIENT_ADDED,
	AUDIT_CONDUCT_RECIPIENT_REMOVED,
	AUDIT_ADMINISTRATOR_MADE,
	AUDIT_ACCOUNT_DISABLED,
	AUDIT_ACCOUNT_ENABLED,
	AUDIT_SIGN_IN_LINK_MADE,
	AUDIT_ADDRESS_CHANGED,
	AUDIT_OWN_DATA_TAKEN,
	AUDIT_ERASED,
	AUDIT_PROJECT_CHANGED,
	AUDIT_LEVELS_CHANGED,
	AUDIT_CRITERION_ADDED,
	AUDIT_CRITERION_CHANGED,
	AUDIT_CRITERION_REMOVED,
	AUDIT_COHORT_COPIED,
	AUDIT_FORM_CHANGED, /* this and the next ones, detail: whose form */
	AUDIT_QUESTION_ADDED,
	AUDIT_QUESTION_CHANGED,
	AUDIT_QUESTION_MOVED,
	AUDIT_QUESTION_RETIRED,
	AUDIT_QUESTION_RETURNED,
	AUDIT_QUESTIONS_COPIED,
	AUDIT_NAME_LOOKED_AT, /* a reviewer looked behind a call-sign */
	AUDIT_CONFLICT_DECLARED, /* a reviewer is partial */
	AUDIT_NAMES_SHOWN, /* blind review was ended for the organisers */
	AUDIT_LET_IN, /* an address may apply after the deadline */
	AUDIT_LATE_ENTRY_ENDED,
	AUDIT_MEETING_ADDED,
	AUDIT_MEETING_CHANGED,
	AUDIT_MEETING_CANCELLED,
	AUDIT_SECRET_ADDRESS_MADE, /* detail: what for */
	AUDIT_SECRET_ADDRESS_ENDED, /* detail: what for */
	AUDIT_ACTIONS
};

/* actor_id 0: the operator, by crewctl.  cohort_id and subject_id may be 0.
 * detail is NULL or a word of the programme's own (a role, the slug of a
 * group, a kind of mail), never what a person wrote. */
struct audit_entry {
	enum audit_action action;
	int64_t actor_id;
	int64_t cohort_id;
	int64_t subject_id;
	const char *detail;
};

/* Notes it in the caller's write transaction, so that it is noted if and only
 * if it happens.  False on a fault. */
bool audit_note(struct db *db, const struct audit_entry *entry, int64_t now);

/* The name that the database has for an action, "cohort_made". */
const char *audit_name(enum audit_action action);

/* The action of that name; 0 when none has it. */
int audit_action_named(const char *name);

/* cohort_id of audit_list: everything, for administrators. */
#define AUDIT_ALL ((int64_t)0)

enum { AUDIT_PAGE = 100 };

/*
 * One page of the log, newest first: AUDIT_PAGE rows at most and one more
 * when there is another page.  before is 0 for the first page, else the id of
 * the last row of the page before.  actor_id DB_NULL: the operator.  A name is
 * NULL where there is nobody, and in AUDIT_ALL where a cohort's member is meant
 * who is none of its organisers: administrators have no right to know them.
 */
struct audit_rows audit_list(struct db *db, struct arena *arena, int64_t cohort_id, int64_t before);

#endif
