#include "standup.h"

static const char *
id_of(const struct week *week, const struct question *question)
{
	return arena_format(week->arena, "question-%s", question->key);
}

/* The question of the address: of this stand-up, and for the visitor. */
static bool
question_begin(struct visit *visit, struct week *week, struct question *question)
{
	if (!week_begin(visit, week)) {
		return false;
	}
	if (!standup_question(visit->db, visit->arena, &week->standup,
		visit_param(visit, "question"), &week->reader, question)) {
		visit_not_found(visit);
		return false;
	}
	return true;
}

void
question_send(struct visit *visit)
{
	struct member member;
	struct week week;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	week_question(&week,
	    question_ask(visit->db, visit->arena, visit->cohort, &week.standup, member.id,
		form_text(visit->values, QUESTION_BODY),
		audience_read(visit->values, QUESTION_AUDIENCE, AUDIENCE_GROUP), visit->now),
	    MESSAGE_DONE_ASKED, "questions");
}

void
question_send_words(struct visit *visit)
{
	struct question question;
	struct week week;

	if (!question_begin(visit, &week, &question)) {
		return;
	}
	week_question(&week,
	    question_edit(visit->db, visit->cohort, &question, visit->person->id,
		form_text(visit->values, 0), (enum audience)question.audience, visit->now),
	    MESSAGE_DONE_WORDS, id_of(&week, &question));
}

void
question_send_audience(struct visit *visit)
{
	struct question question;
	struct week week;

	if (!question_begin(visit, &week, &question)) {
		return;
	}
	week_refuse_audience(&week,
	    question_set_audience(visit->db, visit->cohort, &question, visit->person->id,
		audience_read(visit->values, 0, AUDIENCE_GROUP), visit->now),
	    id_of(&week, &question));
}

void
question_send_resolved(struct visit *visit)
{
	struct question question;
	struct week week;

	if (!question_begin(visit, &week, &question)) {
		return;
	}
	week_question(&week,
	    question_mark_resolved(visit->db, &question, visit->person->id, visit->now),
	    MESSAGE_DONE_RESOLVED, id_of(&week, &question));
}
