#include "standup.h"

static const char *
id_of(const struct week *week, const struct answer *answer)
{
	return arena_format(week->arena, "answer-%s", answer->key);
}

/* The answer of the address: to a question of this stand-up, and for the
 * visitor. */
static bool
answer_begin(struct visit *visit, struct week *week, struct answer *answer)
{
	if (!week_begin(visit, week)) {
		return false;
	}
	if (!standup_answer(visit->db, visit->arena, &week->standup, visit_param(visit, "answer"),
		&week->reader, answer)) {
		visit_not_found(visit);
		return false;
	}
	return true;
}

void
answer_send(struct visit *visit)
{
	struct question question;
	struct member member;
	struct week week;

	if (!week_begin(visit, &week)) {
		return;
	}
	if (!standup_question(visit->db, visit->arena, &week.standup,
		visit_param(visit, "question"), &week.reader, &question)) {
		visit_not_found(visit);
		return;
	}
	if (!week_member(&week, &member)) {
		return;
	}
	week_question(&week,
	    question_answer(visit->db, visit->arena, visit->cohort, &question, member.id,
		form_text(visit->values, QUESTION_BODY),
		audience_read(visit->values, QUESTION_AUDIENCE, AUDIENCE_GROUP), visit->now),
	    MESSAGE_DONE_ANSWERED, arena_format(visit->arena, "question-%s", question.key));
}

void
answer_send_words(struct visit *visit)
{
	struct answer answer;
	struct week week;

	if (!answer_begin(visit, &week, &answer)) {
		return;
	}
	week_question(&week,
	    answer_edit(visit->db, visit->cohort, &answer, visit->person->id,
		form_text(visit->values, 0), (enum audience)answer.audience, visit->now),
	    MESSAGE_DONE_WORDS, id_of(&week, &answer));
}

void
answer_send_audience(struct visit *visit)
{
	struct answer answer;
	struct week week;

	if (!answer_begin(visit, &week, &answer)) {
		return;
	}
	week_refuse_audience(&week,
	    answer_set_audience(visit->db, visit->cohort, &answer, visit->person->id,
		audience_read(visit->values, 0, AUDIENCE_GROUP), visit->now),
	    id_of(&week, &answer));
}
