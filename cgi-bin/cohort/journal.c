#include "builder.h"
#include "ground/text.h"
#include "model/audit.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

static const enum message actions[AUDIT_ACTIONS] = {
	[AUDIT_COHORT_MADE] = MESSAGE_OFFICE_LOG_COHORT_MADE,
	[AUDIT_COHORT_CHANGED] = MESSAGE_OFFICE_LOG_COHORT_CHANGED,
	[AUDIT_COHORT_PUBLISHED] = MESSAGE_OFFICE_LOG_COHORT_PUBLISHED,
	[AUDIT_GROUPS_ANNOUNCED] = MESSAGE_OFFICE_LOG_GROUPS_ANNOUNCED,
	[AUDIT_COHORT_LAUNCHED] = MESSAGE_OFFICE_LOG_COHORT_LAUNCHED,
	[AUDIT_WEEKS_CHANGED] = MESSAGE_OFFICE_LOG_WEEKS_CHANGED,
	[AUDIT_PROJECT_ADDED] = MESSAGE_OFFICE_LOG_PROJECT_ADDED,
	[AUDIT_PROJECT_REMOVED] = MESSAGE_OFFICE_LOG_PROJECT_REMOVED,
	[AUDIT_INVITED] = MESSAGE_OFFICE_LOG_INVITED,
	[AUDIT_INVITATION_ENDED] = MESSAGE_OFFICE_LOG_INVITATION_ENDED,
	[AUDIT_INVITATION_ACCEPTED] = MESSAGE_OFFICE_LOG_INVITATION_ACCEPTED,
	[AUDIT_ROLE_GIVEN] = MESSAGE_OFFICE_LOG_ROLE_GIVEN,
	[AUDIT_ROLE_ENDED] = MESSAGE_OFFICE_LOG_ROLE_ENDED,
	[AUDIT_OFFERED] = MESSAGE_OFFICE_LOG_OFFERED,
	[AUDIT_DECIDED] = MESSAGE_OFFICE_LOG_DECIDED,
	[AUDIT_DECISIONS_SENT] = MESSAGE_OFFICE_LOG_DECISIONS_SENT,
	[AUDIT_WAITLIST_MOVED] = MESSAGE_OFFICE_LOG_WAITLIST_MOVED,
	[AUDIT_WAITLIST_CLOSED] = MESSAGE_OFFICE_LOG_WAITLIST_CLOSED,
	[AUDIT_PLACED] = MESSAGE_OFFICE_LOG_PLACED,
	[AUDIT_TAKEN_OUT] = MESSAGE_OFFICE_LOG_TAKEN_OUT,
	[AUDIT_GROUP_MADE] = MESSAGE_OFFICE_LOG_GROUP_MADE,
	[AUDIT_GROUP_CHANGED] = MESSAGE_OFFICE_LOG_GROUP_CHANGED,
	[AUDIT_MAIL_RETRIED] = MESSAGE_OFFICE_LOG_MAIL_RETRIED,
	[AUDIT_MAIL_CANCELLED] = MESSAGE_OFFICE_LOG_MAIL_CANCELLED,
	[AUDIT_WORDING_CHANGED] = MESSAGE_OFFICE_LOG_WORDING_CHANGED,
	[AUDIT_WORDING_RESET] = MESSAGE_OFFICE_LOG_WORDING_RESET,
	[AUDIT_HOOK_ADDED] = MESSAGE_OFFICE_LOG_HOOK_ADDED,
	[AUDIT_HOOK_REMOVED] = MESSAGE_OFFICE_LOG_HOOK_REMOVED,
	[AUDIT_HOOK_TESTED] = MESSAGE_OFFICE_LOG_HOOK_TESTED,
	[AUDIT_SETTINGS_CHANGED] = MESSAGE_OFFICE_LOG_SETTINGS_CHANGED,
	[AUDIT_CONDUCT_RECIPIENT_ADDED] = MESSAGE_OFFICE_LOG_CONDUCT_RECIPIENT_ADDED,
	[AUDIT_CONDUCT_RECIPIENT_REMOVED] = MESSAGE_OFFICE_LOG_CONDUCT_RECIPIENT_REMOVED,
	[AUDIT_ADMINISTRATOR_MADE] = MESSAGE_OFFICE_LOG_ADMINISTRATOR_MADE,
	[AUDIT_ACCOUNT_DISABLED] = MESSAGE_OFFICE_LOG_ACCOUNT_DISABLED,
	[AUDIT_ACCOUNT_ENABLED] = MESSAGE_OFFICE_LOG_ACCOUNT_ENABLED,
	[AUDIT_SIGN_IN_LINK_MADE] = MESSAGE_OFFICE_LOG_SIGN_IN_LINK_MADE,
	[AUDIT_ADDRESS_CHANGED] = MESSAGE_OFFICE_LOG_ADDRESS_CHANGED,
	[AUDIT_OWN_DATA_TAKEN] = MESSAGE_OFFICE_LOG_OWN_DATA_TAKEN,
	[AUDIT_ERASED] = MESSAGE_OFFICE_LOG_ERASED_ACCOUNT,
	[AUDIT_PROJECT_CHANGED] = MESSAGE_PLAN_LOG_PROJECT_CHANGED,
	[AUDIT_LEVELS_CHANGED] = MESSAGE_PLAN_LOG_LEVELS_CHANGED,
	[AUDIT_CRITERION_ADDED] = MESSAGE_PLAN_LOG_CRITERION_ADDED,
	[AUDIT_CRITERION_CHANGED] = MESSAGE_PLAN_LOG_CRITERION_CHANGED,
	[AUDIT_CRITERION_REMOVED] = MESSAGE_PLAN_LOG_CRITERION_REMOVED,
	[AUDIT_COHORT_COPIED] = MESSAGE_PLAN_LOG_COHORT_COPIED,
	[AUDIT_FORM_CHANGED] = MESSAGE_BUILDER_LOG_FORM_CHANGED,
	[AUDIT_QUESTION_ADDED] = MESSAGE_BUILDER_LOG_QUESTION_ADDED,
	[AUDIT_QUESTION_CHANGED] = MESSAGE_BUILDER_LOG_QUESTION_CHANGED,
	[AUDIT_QUESTION_MOVED] = MESSAGE_BUILDER_LOG_QUESTION_MOVED,
	[AUDIT_QUESTION_RETIRED] = MESSAGE_BUILDER_LOG_QUESTION_RETIRED,
	[AUDIT_QUESTION_RETURNED] = MESSAGE_BUILDER_LOG_QUESTION_RETURNED,
	[AUDIT_QUESTIONS_COPIED] = MESSAGE_BUILDER_LOG_QUESTIONS_COPIED,
	[AUDIT_NAME_LOOKED_AT] = MESSAGE_REVIEW_LOG_NAME_LOOKED_AT,
	[AUDIT_CONFLICT_DECLARED] = MESSAGE_REVIEW_LOG_CONFLICT_DECLARED,
	[AUDIT_NAMES_SHOWN] = MESSAGE_REVIEW_LOG_NAMES_SHOWN,
	[AUDIT_LET_IN] = MESSAGE_LATE_LOG_LET_IN,
	[AUDIT_LATE_ENTRY_ENDED] = MESSAGE_LATE_LOG_ENDED,
	[AUDIT_MEETING_ADDED] = MESSAGE_MEETING_LOG_ADDED,
	[AUDIT_MEETING_CHANGED] = MESSAGE_MEETING_LOG_CHANGED,
	[AUDIT_MEETING_CANCELLED] = MESSAGE_MEETING_LOG_CANCELLED,
	[AUDIT_SECRET_ADDRESS_MADE] = MESSAGE_SECRET_LOG_MADE,
	[AUDIT_SECRET_ADDRESS_ENDED] = MESSAGE_SECRET_LOG_ENDED,
};

/* What an action of an older or newer version is called, too. */
static const char *
action_words(const char *name)
{
	enum message words = actions[audit_action_named(name)];

	return message(words == MESSAGE_NONE ? MESSAGE_OFFICE_LOG_OTHER : words);
}

/* A person of the log; NULL when there was none. */
static const char *
person_words(int64_t id, const char *name, int64_t erased_at)
{
	if (id == DB_NULL) {
		return NULL;
	}
	if (erased_at != DB_NULL) {
		return message(MESSAGE_OFFICE_LOG_ERASED);
	}
	return name == NULL ? message(MESSAGE_OFFICE_LOG_MEMBER) : name;
}

/* A role and a kind of mail have words; a group's address is its own word. */
static const char *
detail_words(const struct audit *audit)
{
	switch (audit_action_named(audit->action)) {
	case AUDIT_INVITED:
	case AUDIT_INVITATION_ENDED:
	case AUDIT_INVITATION_ACCEPTED:
	case AUDIT_ROLE_GIVEN:
	case AUDIT_ROLE_ENDED:
		return text_empty(audit->detail) ? NULL : words_role(audit->detail);
	case AUDIT_MAIL_RETRIED:
	case AUDIT_MAIL_CANCELLED:
	case AUDIT_WORDING_CHANGED:
	case AUDIT_WORDING_RESET:
		return office_kind_words(audit->detail);
	case AUDIT_HOOK_ADDED:
	case AUDIT_HOOK_REMOVED:
	case AUDIT_HOOK_TESTED:
		return office_format_words(audit->detail);
	case AUDIT_SECRET_ADDRESS_MADE:
	case AUDIT_SECRET_ADDRESS_ENDED:
		return secret_purpose_words(audit->detail);
	case AUDIT_FORM_CHANGED:
	case AUDIT_QUESTION_ADDED:
	case AUDIT_QUESTION_CHANGED:
	case AUDIT_QUESTION_MOVED:
	case AUDIT_QUESTION_RETIRED:
	case AUDIT_QUESTION_RETURNED:
	case AUDIT_QUESTIONS_COPIED:
		return builder_purpose_words(audit->detail);
	default:
		return audit->detail;
	}
}

static struct page_cohort_log_entries
entry_row_of(struct visit *visit, const struct audit *audit)
{
	const char *actor =
	    person_words(audit->actor_id, audit->actor_name, audit->actor_erased_at);
	const char *subject =
	    person_words(audit->subject_id, audit->subject_name, audit->subject_erased_at);
	const char *detail = detail_words(audit);

	return (struct page_cohort_log_entries){
		.entry_machine = time_machine(visit->arena, audit->at),
		.entry_time = time_words(visit->arena, visit->zone, audit->at),
		.entry_actor = actor == NULL ? message(MESSAGE_OFFICE_LOG_OPERATOR) : actor,
		.entry_action = action_words(audit->action),
		.if_entry_detail = !text_empty(detail),
		.entry_detail = detail,
		.if_entry_cohort = visit->cohort == NULL && audit->cohort_name != NULL,
		.entry_cohort = audit->cohort_name,
		.if_entry_subject = subject != NULL && audit->subject_id != audit->actor_id,
		.entry_subject = subject,
	};
}

static void
show_entries(struct visit *visit, struct page_cohort_log *page)
{
	int64_t before = office_query_number(visit, "before");
	struct audit_rows audits =
	    audit_list(visit->db, visit->arena, office_cohort(visit), before);
	size_t count = audits.count > AUDIT_PAGE ? AUDIT_PAGE : audits.count, i;
	struct page_cohort_log_entries *rows = arena_array(visit->arena, count + 1, sizeof(*rows));

	for (i = 0; i < count; i++) {
		rows[i] = entry_row_of(visit, &audits.rows[i]);
	}
	page->entries = (struct page_cohort_log_entries_list){ rows, count };
	page->caption = count == 1
	    ? message(MESSAGE_OFFICE_LOG_CAPTION_ONE)
	    : message_office_log_caption_many(visit->arena, words_number(visit, (int64_t)count));
	page->if_newest = before != 0;
	page->newest_link = office_link(visit, "log");
	page->if_older = audits.count > count;
	if (page->if_older) {
		page->older_link = link_with(visit->arena, page->newest_link, "before",
		    words_number(visit, audits.rows[count - 1].id));
	}
	page->if_pages = page->if_newest || page->if_older;
}

void
journal_show(struct visit *visit)
{
	bool is_all = visit->cohort == NULL;
	struct page_cohort_log page = {
		.title = message(is_all ? MESSAGE_OFFICE_LOG_TITLE_ALL : MESSAGE_OFFICE_LOG_TITLE),
		.back = office_back(visit),
		.back_link = office_back_link(visit),
		.part_organise = office_organise(visit, ORGANISE_LOG),
		.part_settings = office_settings(visit, SETTINGS_LOG),
		.lede = message(is_all ? MESSAGE_OFFICE_LOG_LEDE_ALL : MESSAGE_OFFICE_LOG_LEDE),
	};

	show_entries(visit, &page);
	if (page.entries.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_OFFICE_LOG_NONE_TITLE,
		    MESSAGE_OFFICE_LOG_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_log(visit_html(visit, 200), &visit->frame, &page);
}
