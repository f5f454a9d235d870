#include <string.h>

#include "db/db.h"
#include "db/query/decision.h"
#include "db/query/offer.h"
#include "letters_writing.h"
#include "model/offer.h"
#include "model/standing.h"
#include "web/result_letter.h"

/* What these mails share, of the application that one is about; false when it
 * is gone, or has another address by now. */
static bool
read_result(struct writing *writing, int64_t application_id, struct letter_subject *subject,
    struct result_letter *result)
{
	if (!letter_read_subject(writing, application_id, subject)) {
		return false;
	}
	writing->letter->link = (struct link_new){ .purpose = NULL };
	*result = (struct result_letter){
		.kind = writing->outbox->kind,
		.programme = writing->programme.name,
		.cohort = &subject->cohort,
		.application = &subject->application,
		.name = subject->application.name,
		.line = "",
		.group_id = DB_NULL,
		.token = writing->letter->token,
	};
	return true;
}

static enum letter_outcome
write_result(struct writing *writing, const struct result_letter *result)
{
	return result_letter_write(writing->crewctl->db, writing->arena, writing->crewctl->site,
		   result, &writing->letter->wording)
	    ? LETTER_READY
	    : LETTER_POINTLESS;
}

static bool
read_decision(struct writing *writing, struct decision *decision)
{
	return decision_by_id(writing->crewctl->db, writing->arena,
	    &(struct decision_by_id_in){ .id = letter_parameter_id(writing, "decision") },
	    decision);
}

enum letter_outcome
letter_offer(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct letter_subject subject;
	struct result_letter result;
	struct decision decision;
	struct offer offer;

	if (!offer_by_id(crewctl->db, writing->arena,
		&(struct offer_by_id_in){ .id = letter_parameter_id(writing, "offer") }, &offer) ||
	    offer_state(&offer, crewctl->now) != OFFER_OFFERED ||
	    !read_result(writing, offer.application_id, &subject, &result)) {
		return LETTER_POINTLESS;
	}
	letter_links_offer(writing, &offer);
	result.group_id = offer.group_id;
	result.deadline_at = offer.deadline_at;
	if (read_decision(writing, &decision)) {
		result.line = decision.line;
	}
	return write_result(writing, &result);
}

/* What was decided, while the application still stands so. */
static enum letter_outcome
decided_letter(struct writing *writing, enum standing standing)
{
	struct letter_subject subject;
	struct result_letter result;
	struct decision decision;

	if (!read_decision(writing, &decision) ||
	    !read_result(writing, decision.application_id, &subject, &result) ||
	    standing_find(writing->crewctl->db, writing->arena, decision.application_id) !=
		standing) {
		return LETTER_POINTLESS;
	}
	result.line = decision.line;
	return write_result(writing, &result);
}

enum letter_outcome
letter_waitlist(struct writing *writing)
{
	return decided_letter(writing, STANDING_WAITLISTED);
}

enum letter_outcome
letter_not_this_time(struct writing *writing)
{
	return decided_letter(writing, STANDING_DECLINED);
}

enum letter_outcome
letter_waitlist_closed(struct writing *writing)
{
	struct letter_subject subject;
	struct result_letter result;

	if (!read_result(writing, letter_parameter_id(writing, "application"), &subject, &result) ||
	    standing_find(writing->crewctl->db, writing->arena, subject.application.id) !=
		STANDING_CLOSED) {
		return LETTER_POINTLESS;
	}
	return write_result(writing, &result);
}
