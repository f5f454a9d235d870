#include "model/audit.h"

#include <string.h>

#include "db/db.h"

static const char *const names[AUDIT_ACTIONS] = {
	[AUDIT_COHORT_MADE] = "cohort_made",
	[AUDIT_COHORT_CHANGED] = "cohort_changed",
	[AUDIT_COHORT_PUBLISHED] = "cohort_published",
	[AUDIT_GROUPS_ANNOUNCED] = "groups_announced",
	[AUDIT_COHORT_LAUNCHED] = "cohort_launched",
	[AUDIT_WEEKS_CHANGED] = "weeks_changed",
	[AUDIT_PROJECT_ADDED] = "project_added",
	[AUDIT_PROJECT_REMOVED] = "project_removed",
	[AUDIT_INVITED] = "invited",
	[AUDIT_INVITATION_ENDED] = "invitation_ended",
	[AUDIT_INVITATION_ACCEPTED] = "invitation_accepted",
	[AUDIT_ROLE_GIVEN] = "role_given",
	[AUDIT_ROLE_ENDED] = "role_ended",
	[AUDIT_OFFERED] = "offered",
	[AUDIT_DECIDED] = "decided",
	[AUDIT_DECISIONS_SENT] = "decisions_sent",
	[AUDIT_WAITLIST_MOVED] = "waitlist_moved",
	[AUDIT_WAITLIST_CLOSED] = "waitlist_closed",
	[AUDIT_PLACED] = "placed",
	[AUDIT_TAKEN_OUT] = "taken_out",
	[AUDIT_GROUP_MADE] = "group_made",
	[AUDIT_GROUP_CHANGED] = "group_changed",
	[AUDIT_MAIL_RETRIED] = "mail_retried",
	[AUDIT_MAIL_CANCELLED] = "mail_cancelled",
	[AUDIT_WORDING_CHANGED] = "wording_changed",
	[AUDIT_WORDING_RESET] = "wording_reset",
	[AUDIT_HOOK_ADDED] = "hook_added",
	[AUDIT_HOOK_REMOVED] = "hook_removed",
	[AUDIT_HOOK_TESTED] = "hook_tested",
	[AUDIT_SETTINGS_CHANGED] = "settings_changed",
	[AUDIT_CONDUCT_RECIPIENT_ADDED] = "conduct_recipient_added",
	[AUDIT_CONDUCT_RECIPIENT_REMOVED] = "conduct_recipient_removed",
	[AUDIT_ADMINISTRATOR_MADE] = "administrator_made",
	[AUDIT_ACCOUNT_DISABLED] = "account_disabled",
	[AUDIT_ACCOUNT_ENABLED] = "account_enabled",
	[AUDIT_SIGN_IN_LINK_MADE] = "sign_in_link_made",
	[AUDIT_ADDRESS_CHANGED] = "address_changed",
	[AUDIT_OWN_DATA_TAKEN] = "own_data_taken",
	[AUDIT_ERASED] = "erased",
	[AUDIT_PROJECT_CHANGED] = "project_changed",
	[AUDIT_LEVELS_CHANGED] = "levels_changed",
	[AUDIT_CRITERION_ADDED] = "criterion_added",
	[AUDIT_CRITERION_CHANGED] = "criterion_changed",
	[AUDIT_CRITERION_REMOVED] = "criterion_removed",
	[AUDIT_COHORT_COPIED] = "cohort_copied",
	[AUDIT_FORM_CHANGED] = "form_changed",
	[AUDIT_QUESTION_ADDED] = "question_added",
	[AUDIT_QUESTION_CHANGED] = "question_changed",
	[AUDIT_QUESTION_MOVED] = "question_moved",
	[AUDIT_QUESTION_RETIRED] = "question_retired",
	[AUDIT_QUESTION_RETURNED] = "question_returned",
	[AUDIT_QUESTIONS_COPIED] = "questions_copied",
	[AUDIT_NAME_LOOKED_AT] = "name_looked_at",
	[AUDIT_CONFLICT_DECLARED] = "conflict_declared",
	[AUDIT_NAMES_SHOWN] = "names_shown",
	[AUDIT_LET_IN] = "let_in",
	[AUDIT_LATE_ENTRY_ENDED] = "late_entry_ended",
	[AUDIT_MEETING_ADDED] = "meeting_added",
	[AUDIT_MEETING_CHANGED] = "meeting_changed",
	[AUDIT_MEETING_CANCELLED] = "meeting_cancelled",
	[AUDIT_SECRET_ADDRESS_MADE] = "secret_address_made",
	[AUDIT_SECRET_ADDRESS_ENDED] = "secret_address_ended",
};

const char *
audit_name(enum audit_action action)
{
	return names[action];
}

int
audit_action_named(const char *name)
{
	int action;

	for (action = 1; action < AUDIT_ACTIONS; action++) {
		if (strcmp(names[action], name) == 0) {
			return action;
		}
	}
	return 0;
}

static int64_t
id_or_null(int64_t id)
{
	return id == 0 ? DB_NULL : id;
}

bool
audit_note(struct db *db, const struct audit_entry *entry, int64_t now)
{
	return audit_insert(db,
		   &(struct audit_insert_in){ .at = now,
		       .actor_id = id_or_null(entry->actor_id),
		       .action = audit_name(entry->action),
		       .cohort_id = id_or_null(entry->cohort_id),
		       .subject_id = id_or_null(entry->subject_id),
		       .detail = entry->detail == NULL ? "" : entry->detail }) == 1;
}

struct audit_rows
audit_list(struct db *db, struct arena *arena, int64_t cohort_id, int64_t before)
{
	if (before == 0) {
		before = INT64_MAX;
	}
	if (cohort_id == AUDIT_ALL) {
		return audit_of_all(db, arena,
		    &(struct audit_of_all_in){ .before = before, .most = AUDIT_PAGE + 1 });
	}
	return audit_of_cohort(db, arena,
	    &(struct audit_of_cohort_in){
		.cohort_id = cohort_id, .before = before, .most = AUDIT_PAGE + 1 });
}
