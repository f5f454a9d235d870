#include "office.h"

#include "ground/text.h"
#include "model/delivery.h"
#include "model/feed_ping.h"
#include "model/sending.h"
#include "web/feed_link.h"
#include "web/link.h"
#include "web/time.h"

struct word {
	const char *word; /* the database's */
	enum message message;
};

static const struct word kinds[] = {
	{ "sign_in", MESSAGE_OFFICE_KIND_SIGN_IN },
	{ "application_received", MESSAGE_OFFICE_KIND_APPLICATION_RECEIVED },
	{ "application_already", MESSAGE_OFFICE_KIND_APPLICATION_ALREADY },
	{ "application_confirmed", MESSAGE_OFFICE_KIND_APPLICATION_CONFIRMED },
	{ "application_changed", MESSAGE_OFFICE_KIND_APPLICATION_CHANGED },
	{ "application_withdrawn", MESSAGE_OFFICE_KIND_APPLICATION_WITHDRAWN },
	{ "offer", MESSAGE_OFFICE_KIND_OFFER },
	{ "waitlist", MESSAGE_OFFICE_KIND_WAITLIST },
	{ "not_this_time", MESSAGE_OFFICE_KIND_NOT_THIS_TIME },
	{ "waitlist_closed", MESSAGE_OFFICE_KIND_WAITLIST_CLOSED },
	{ "offer_reminder", MESSAGE_OFFICE_KIND_OFFER_REMINDER },
	{ "welcome", MESSAGE_OFFICE_KIND_WELCOME },
	{ "question_answered", MESSAGE_OFFICE_KIND_QUESTION_ANSWERED },
	{ "standup_tomorrow", MESSAGE_OFFICE_KIND_STANDUP_TOMORROW },
	{ "invitation", MESSAGE_OFFICE_KIND_INVITATION },
	{ "next_opens_confirm", MESSAGE_OFFICE_KIND_NEXT_OPENS_CONFIRM },
	{ "next_opens", MESSAGE_OFFICE_KIND_NEXT_OPENS },
	{ "address_old", MESSAGE_OFFICE_KIND_ADDRESS_OLD },
	{ "address_new", MESSAGE_OFFICE_KIND_ADDRESS_NEW },
	{ "own_data", MESSAGE_OFFICE_KIND_OWN_DATA },
	{ "erase", MESSAGE_OFFICE_KIND_ERASE },
	{ "erased", MESSAGE_OFFICE_KIND_ERASED },
	{ "conduct", MESSAGE_OFFICE_KIND_CONDUCT },
	{ "draft", MESSAGE_OFFICE_KIND_DRAFT },
	{ "draft_reminder", MESSAGE_OFFICE_KIND_DRAFT_REMINDER },
	{ "let_in", MESSAGE_OFFICE_KIND_LET_IN },
	{ "reviewer_appointed", MESSAGE_REVIEW_KIND_REVIEWER_APPOINTED },
	{ "test", MESSAGE_OFFICE_KIND_TEST },
	{ "activity", MESSAGE_OFFICE_KIND_ACTIVITY },
	{ "feed_ping", MESSAGE_HUB_KIND_FEED_PING },
};

static const enum message problems[DELIVERY_PROBLEMS] = {
	[DELIVERY_REFUSED] = MESSAGE_OFFICE_PROBLEM_REFUSED,
	[DELIVERY_NO_MAILBOX] = MESSAGE_OFFICE_PROBLEM_NO_MAILBOX,
	[DELIVERY_FULL] = MESSAGE_OFFICE_PROBLEM_FULL,
	[DELIVERY_POLICY] = MESSAGE_OFFICE_PROBLEM_POLICY,
	[DELIVERY_TOO_BIG] = MESSAGE_OFFICE_PROBLEM_TOO_BIG,
	[DELIVERY_BUSY] = MESSAGE_OFFICE_PROBLEM_BUSY,
	[DELIVERY_UNREACHABLE] = MESSAGE_OFFICE_PROBLEM_UNREACHABLE,
	[DELIVERY_DROPPED] = MESSAGE_OFFICE_PROBLEM_DROPPED,
	[DELIVERY_TIMEOUT] = MESSAGE_OFFICE_PROBLEM_TIMEOUT,
	[DELIVERY_NO_TLS] = MESSAGE_OFFICE_PROBLEM_NO_TLS,
	[DELIVERY_CERTIFICATE] = MESSAGE_OFFICE_PROBLEM_CERTIFICATE,
	[DELIVERY_SIGN_IN_REFUSED] = MESSAGE_OFFICE_PROBLEM_SIGN_IN_REFUSED,
	[DELIVERY_GONE] = MESSAGE_OFFICE_PROBLEM_GONE,
	[DELIVERY_NOT_ALLOWED] = MESSAGE_OFFICE_PROBLEM_NOT_ALLOWED,
	[DELIVERY_NOT_WRITTEN] = MESSAGE_OFFICE_PROBLEM_NOT_WRITTEN,
	[DELIVERY_UNSENDABLE] = MESSAGE_OFFICE_PROBLEM_UNSENDABLE,
	[DELIVERY_POINTLESS] = MESSAGE_OFFICE_PROBLEM_POINTLESS,
	[DELIVERY_GAVE_UP] = MESSAGE_OFFICE_PROBLEM_GAVE_UP,
};

static const struct word placeholders[] = {
	{ "answers", MESSAGE_COPY_PLACEHOLDER_ANSWERS },
	{ "asker", MESSAGE_OFFICE_PLACEHOLDER_ASKER },
	{ "changed", MESSAGE_OFFICE_PLACEHOLDER_CHANGED },
	{ "code", MESSAGE_OFFICE_PLACEHOLDER_CODE },
	{ "cohort", MESSAGE_OFFICE_PLACEHOLDER_COHORT },
	{ "contact", MESSAGE_OFFICE_PLACEHOLDER_CONTACT },
	{ "deadline", MESSAGE_OFFICE_PLACEHOLDER_DEADLINE },
	{ "email", MESSAGE_OFFICE_PLACEHOLDER_EMAIL },
	{ "goal", MESSAGE_OFFICE_PLACEHOLDER_GOAL },
	{ "group", MESSAGE_OFFICE_PLACEHOLDER_GROUP },
	{ "happened", MESSAGE_OFFICE_PLACEHOLDER_HAPPENED },
	{ "hours", MESSAGE_COPY_PLACEHOLDER_HOURS },
	{ "inviter", MESSAGE_OFFICE_PLACEHOLDER_INVITER },
	{ "involved", MESSAGE_OFFICE_PLACEHOLDER_INVOLVED },
	{ "level", MESSAGE_COPY_PLACEHOLDER_LEVEL },
	{ "line", MESSAGE_OFFICE_PLACEHOLDER_LINE },
	{ "link", MESSAGE_OFFICE_PLACEHOLDER_LINK },
	{ "name", MESSAGE_OFFICE_PLACEHOLDER_NAME },
	{ "programme", MESSAGE_OFFICE_PLACEHOLDER_PROGRAMME },
	{ "projects", MESSAGE_COPY_PLACEHOLDER_PROJECTS },
	{ "reach", MESSAGE_OFFICE_PLACEHOLDER_REACH },
	{ "reference", MESSAGE_OFFICE_PLACEHOLDER_REFERENCE },
	{ "reviews", MESSAGE_REVIEW_PLACEHOLDER_REVIEWS },
	{ "role", MESSAGE_OFFICE_PLACEHOLDER_ROLE },
	{ "start", MESSAGE_OFFICE_PLACEHOLDER_START },
	{ "state", MESSAGE_OFFICE_PLACEHOLDER_STATE },
	{ "taken", MESSAGE_OFFICE_PLACEHOLDER_TAKEN },
	{ "to", MESSAGE_OFFICE_PLACEHOLDER_TO },
	{ "until", MESSAGE_OFFICE_PLACEHOLDER_UNTIL },
	{ "what", MESSAGE_OFFICE_PLACEHOLDER_WHAT },
};

static const struct word states[] = {
	{ "queued", MESSAGE_OFFICE_MAIL_FILTER_QUEUED },
	{ "held", MESSAGE_OFFICE_MAIL_FILTER_HELD },
	{ "failed", MESSAGE_OFFICE_MAIL_FILTER_FAILED },
	{ "sent", MESSAGE_OFFICE_MAIL_FILTER_SENT },
	{ "cancelled", MESSAGE_OFFICE_MAIL_FILTER_CANCELLED },
};

static const char *
words_for(const struct word *words, size_t count, const char *word, enum message otherwise)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (text_equal(words[i].word, word)) {
			return message(words[i].message);
		}
	}
	return message(otherwise);
}

/* A word for the hub of the feeds. */
static bool
is_ping(const struct sending *sending)
{
	return text_equal(sending->kind, "feed_ping");
}

int64_t
office_cohort(const struct visit *visit)
{
	return visit->cohort == NULL ? SENDING_ALL : visit->cohort->id;
}

const char *
office_link(struct visit *visit, const char *page)
{
	const char *base = visit->cohort == NULL
	    ? link_settings(visit->arena, visit->site)
	    : link_organise(visit->arena, visit->site, visit->cohort->slug);

	return link_under(visit->arena, base, page);
}

const char *
office_back(struct visit *visit)
{
	return visit->cohort == NULL ? message(MESSAGE_OFFICE_SETTINGS) : visit->cohort->name;
}

const char *
office_back_link(struct visit *visit)
{
	return visit->cohort == NULL ? link_settings(visit->arena, visit->site)
				     : link_cohort(visit->arena, visit->site, visit->cohort->slug);
}

struct page_part_organise_list
office_organise(struct visit *visit, enum organise_page page)
{
	if (visit->cohort == NULL) {
		return (struct page_part_organise_list){ .count = 0 };
	}
	return parts_organise(visit, page);
}

struct page_part_settings_list
office_settings(struct visit *visit, enum settings_page page)
{
	if (visit->cohort != NULL) {
		return (struct page_part_settings_list){ .count = 0 };
	}
	return settings_navigation(visit, page);
}

static int64_t
number_of(const char *text)
{
	int64_t number = 0;

	return text != NULL && text_integer(text, 1, INT64_MAX, &number) ? number : 0;
}

int64_t
office_query_number(const struct visit *visit, const char *name)
{
	return number_of(visit_query(visit, name));
}

int64_t
office_param_number(const struct visit *visit, const char *name)
{
	return number_of(visit_param(visit, name));
}

const char *
office_kind_words(const char *kind)
{
	return words_for(kinds, sizeof(kinds) / sizeof(kinds[0]), kind, MESSAGE_OFFICE_KIND_OTHER);
}

const char *
office_placeholder_words(const char *name)
{
	return words_for(placeholders, sizeof(placeholders) / sizeof(placeholders[0]), name,
	    MESSAGE_OFFICE_PLACEHOLDER_OTHER);
}

/* What a server of another sort than a mail server means by it. */
static enum message
posting_problem(const struct sending *sending, enum delivery_problem problem)
{
	static const enum message of_hub[DELIVERY_PROBLEMS] = {
		[DELIVERY_REFUSED] = MESSAGE_HUB_PROBLEM_REFUSED,
		[DELIVERY_GONE] = MESSAGE_HUB_PROBLEM_GONE,
		[DELIVERY_NOT_ALLOWED] = MESSAGE_HUB_PROBLEM_NOT_ALLOWED,
	};

	if (is_ping(sending)) {
		return of_hub[problem];
	}
	return sending->hook_id != DB_NULL && problem == DELIVERY_REFUSED
	    ? MESSAGE_HUB_PROBLEM_HOOK_REFUSED
	    : MESSAGE_NONE;
}

const char *
office_problem_words(const struct sending *sending)
{
	enum delivery_problem problem = delivery_problem_read(sending->problem);
	enum message words = posting_problem(sending, problem);

	if (words == MESSAGE_NONE) {
		words = problems[problem];
	}

	return message(words == MESSAGE_NONE ? MESSAGE_OFFICE_PROBLEM_OTHER : words);
}

const char *
office_state_words(const char *state)
{
	return words_for(
	    states, sizeof(states) / sizeof(states[0]), state, MESSAGE_OFFICE_MAIL_FILTER_ALL);
}

static const char *
queued_words(struct visit *visit, const struct sending *sending)
{
	const char *time;

	if (sending->due_at <= visit->now) {
		return message(MESSAGE_OFFICE_MAIL_DUE_NOW);
	}
	time = time_words(visit->arena, visit->zone, sending->due_at);
	return sending->attempts == 0 ? message_office_mail_due(visit->arena, time)
				      : message_office_mail_again(visit->arena, time);
}

const char *
office_when_words(struct visit *visit, const struct sending *sending)
{
	struct arena *arena = visit->arena;

	if (text_equal(sending->state, "queued")) {
		return queued_words(visit, sending);
	}
	if (text_equal(sending->state, "held")) {
		return message(MESSAGE_OFFICE_MAIL_HELD);
	}
	if (text_equal(sending->state, "sent") && sending->sent_at != DB_NULL) {
		return message_office_mail_sent(
		    arena, time_words(arena, visit->zone, sending->sent_at));
	}
	if (text_equal(sending->state, "failed") && sending->tried_at != DB_NULL) {
		return message_office_mail_failed(
		    arena, time_words(arena, visit->zone, sending->tried_at));
	}
	return message_office_mail_written(
	    arena, time_words(arena, visit->zone, sending->created_at));
}

const char *
office_attempts_words(struct visit *visit, int64_t attempts)
{
	if (attempts == 0) {
		return message(MESSAGE_OFFICE_ATTEMPTS_ZERO);
	}
	return attempts == 1
	    ? message(MESSAGE_OFFICE_ATTEMPTS_ONE)
	    : message_office_attempts_many(visit->arena, words_number(visit, attempts));
}

/* The hub, and which document of which feed it is told of. */
static const char *
hub_words(struct visit *visit, const struct sending *sending)
{
	const enum feed_link_form form =
	    text_equal(sending->feed_document, "json") ? FEED_LINK_JSON : FEED_LINK_ATOM;
	struct feed_name name;

	if (sending->feed_id == DB_NULL ||
	    !feed_ping_feed(visit->db, visit->arena, sending->feed_id, &name)) {
		return message(MESSAGE_HUB_RECIPIENT);
	}
	return message_hub_recipient_of(
	    visit->arena, feed_link(visit->arena, visit->site, &name, form));
}

const char *
office_recipient(struct visit *visit, const struct sending *sending)
{
	if (is_ping(sending)) {
		return hub_words(visit, sending);
	}
	/* An administrator has no right over a cohort, nor to who is in it. */
	if (visit->cohort == NULL && sending->cohort_id != DB_NULL && sending->hook_id == DB_NULL) {
		return message(MESSAGE_OFFICE_RECIPIENT_OF_COHORT);
	}
	return sending->hook_id == DB_NULL
	    ? sending->recipient
	    : message_office_mail_hook(visit->arena, sending->hook_name);
}
