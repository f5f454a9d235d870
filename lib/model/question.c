#include <stddef.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/outbox.h"
#include "model/standup.h"

static enum question_outcome
written(struct db *db, int64_t changed)
{
	if (changed == 1) {
		return QUESTION_SAVED;
	}
	return db_refusal(db) == REFUSAL_NOT_OF_THIS_GROUP ? QUESTION_NOT_OF_GROUP : QUESTION_FAULT;
}

enum question_outcome
question_ask(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const char *body, enum audience audience,
    int64_t now)
{
	if (!standup_may_write(cohort, now)) {
		return QUESTION_COHORT_OVER;
	}
	return written(db,
	    question_insert(db,
		&(struct question_insert_in){ .key = token_key64(arena),
		    .standup_id = standup->id,
		    .member_id = member_id,
		    .body = body,
		    .audience = audience,
		    .now = now }));
}

enum question_outcome
question_edit(struct db *db, const struct cohort *cohort, const struct question *question,
    int64_t person_id, const char *body, enum audience audience, int64_t now)
{
	if (question->person_id != person_id) {
		return QUESTION_NOT_YOURS;
	}
	if (!standup_may_write(cohort, now)) {
		return QUESTION_COHORT_OVER;
	}
	return written(db,
	    question_change(db,
		&(struct question_change_in){
		    .id = question->id, .body = body, .audience = audience, .now = now }));
}

enum question_outcome
question_mark_resolved(
    struct db *db, const struct question *question, int64_t person_id, int64_t now)
{
	int64_t changed;

	if (question->person_id != person_id) {
		return QUESTION_NOT_YOURS;
	}
	changed =
	    question_resolve(db, &(struct question_resolve_in){ .id = question->id, .now = now });
	if (changed == 0 && db_fault(db) == DB_FAULT_NONE) {
		return QUESTION_RESOLVED;
	}
	return written(db, changed);
}

/* Tells the asker that an answer is there: one mail an answer. */
static bool
tell_asker(struct db *db, struct arena *arena, const struct question *question, int64_t answer_id,
    int64_t member_id, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)answer_id);
	struct question_asker_row asker;

	if (member_id == question->member_id) {
		return true;
	}
	if (!question_asker(db, arena, &(struct question_asker_in){ .id = question->id }, &asker)) {
		return false;
	}
	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "question_answered:%s", id),
		.kind = "question_answered",
		.cohort_id = asker.cohort_id,
		.recipient = asker.email,
		.parameters = (const struct outbox_parameter[]){ { "answer", id }, { NULL, NULL } },
		.due_at = now },
	    now);
}

enum question_outcome
question_answer(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct question *question, int64_t member_id, const char *body, enum audience audience,
    int64_t now)
{
	enum question_outcome outcome;

	if (!standup_may_write(cohort, now)) {
		return QUESTION_COHORT_OVER;
	}
	outcome = written(db,
	    answer_insert(db,
		&(struct answer_insert_in){ .key = token_key64(arena),
		    .question_id = question->id,
		    .member_id = member_id,
		    .body = body,
		    .audience = audience,
		    .now = now }));
	if (outcome != QUESTION_SAVED) {
		return outcome;
	}
	return tell_asker(db, arena, question, db_last_id(db), member_id, now) ? QUESTION_SAVED
									       : QUESTION_FAULT;
}

enum question_outcome
answer_edit(struct db *db, const struct cohort *cohort, const struct answer *answer,
    int64_t person_id, const char *body, enum audience audience, int64_t now)
{
	if (answer->person_id != person_id) {
		return QUESTION_NOT_YOURS;
	}
	if (!standup_may_write(cohort, now)) {
		return QUESTION_COHORT_OVER;
	}
	return written(db,
	    answer_change(db,
		&(struct answer_change_in){
		    .id = answer->id, .body = body, .audience = audience, .now = now }));
}

enum audience_outcome
question_set_audience(struct db *db, const struct cohort *cohort, const struct question *question,
    int64_t person_id, enum audience audience, int64_t now)
{
	if (question->person_id != person_id) {
		return AUDIENCE_NOT_YOURS;
	}
	if (!standup_may_write(cohort, now) && audience > question->audience) {
		return AUDIENCE_COHORT_OVER;
	}
	return question_change(db,
		   &(struct question_change_in){ .id = question->id,
		       .body = question->body,
		       .audience = audience,
		       .now = now }) == 1
	    ? AUDIENCE_SAVED
	    : AUDIENCE_FAULT;
}

enum audience_outcome
answer_set_audience(struct db *db, const struct cohort *cohort, const struct answer *answer,
    int64_t person_id, enum audience audience, int64_t now)
{
	if (answer->person_id != person_id) {
		return AUDIENCE_NOT_YOURS;
	}
	if (!standup_may_write(cohort, now) && audience > answer->audience) {
		return AUDIENCE_COHORT_OVER;
	}
	return answer_change(db,
		   &(struct answer_change_in){ .id = answer->id,
		       .body = answer->body,
		       .audience = audience,
		       .now = now }) == 1
	    ? AUDIENCE_SAVED
	    : AUDIENCE_FAULT;
}
