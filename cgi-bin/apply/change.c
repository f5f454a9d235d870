#include <inttypes.h>

#include "apply.h"
#include "ground/text.h"
#include "model/late.h"
#include "web/link.h"
#include "web/time.h"

const struct form apply_withdraw_form = { .name = "withdraw" };
const struct form apply_resubmit_form = { .name = "again" };

static void
refuse(struct visit *visit, const char *words)
{
	form_refuse_whole(visit->values, words);
	visit_again(visit);
}

static const char *
closed_words(struct visit *visit)
{
	if (visit->values->form == &apply_withdraw_form) {
		return message_draft_withdraw_too_late(visit->arena, visit->cohort->name);
	}
	return message_apply_change_too_late(visit->arena, visit->cohort->name,
	    time_words(visit->arena, visit->zone, visit->cohort->closes_at));
}

/*
 * What the form said is older than what is stored. It comes back as it was
 * sent but for its revision, so that sending it once more replaces the other.
 */
static void
refuse_stale(struct visit *visit)
{
	if (!apply_is_mine(visit->values)) {
		refuse(visit, message(MESSAGE_APPLY_STEP_STALE));
		return;
	}
	if (visit->application->withdrawn_at != DB_NULL) {
		refuse(visit, message(MESSAGE_APPLY_CHANGE_WITHDRAWN));
		return;
	}
	form_replace(visit->values, apply_after(visit->values, AFTER_REVISION),
	    arena_format(visit->arena, "%" PRId64, visit->application->revision));
	refuse(visit, message(MESSAGE_APPLY_CHANGE_STALE));
}

/* Answers any of the three buttons. */
static void
answer(struct visit *visit, enum application_change_outcome outcome, enum message done)
{
	switch (outcome) {
	case APPLICATION_CHANGED:
		visit_notice(visit, done);
		visit_redirect(
		    visit, link_apply_mine(visit->arena, visit->site, visit->application->key));
		break;
	case APPLICATION_CHANGE_CLOSED:
		refuse(visit, closed_words(visit));
		break;
	case APPLICATION_CHANGE_STALE:
		refuse_stale(visit);
		break;
	case APPLICATION_CHANGE_SEATED:
		refuse(visit,
		    message_apply_change_seated(
			visit->arena, visit->cohort->name, visit->programme->contact));
		break;
	case APPLICATION_CHANGE_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
apply_mine_change(struct visit *visit)
{
	struct application_answers answers;
	int64_t revision = 0;

	if (form_step(visit->values) != NULL) {
		(void)apply_reuse(visit, visit->values, form_step(visit->values));
		visit_turn(visit);
		return;
	}
	if (!apply_answers_read(visit, visit->values, &answers)) {
		visit_again(visit);
		return;
	}
	if (apply_asked_changed(visit, visit->values)) {
		refuse(visit, message(MESSAGE_APPLY_ASKED_CHANGED));
		return;
	}
	(void)text_integer(form_text(visit->values, apply_after(visit->values, AFTER_REVISION)), 1,
	    INT64_MAX, &revision);
	answer(visit,
	    application_change(visit->db, visit->arena, visit->cohort, visit->application, revision,
		&answers, visit->now),
	    MESSAGE_DONE_APPLICATION_CHANGED);
}

void
apply_mine_withdraw(struct visit *visit)
{
	answer(visit,
	    application_withdraw(
		visit->db, visit->arena, visit->cohort, visit->application, visit->now),
	    late_is_open_to(
		visit->db, visit->arena, visit->cohort, visit->application->email_key, visit->now)
		? MESSAGE_DONE_APPLICATION_WITHDRAWN
		: MESSAGE_DONE_APPLICATION_WITHDRAWN_FOR_GOOD);
}

void
apply_mine_resubmit(struct visit *visit)
{
	answer(visit,
	    application_resubmit(
		visit->db, visit->arena, visit->cohort, visit->application, visit->now),
	    MESSAGE_DONE_APPLICATION_RESUBMITTED);
}
