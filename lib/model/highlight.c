#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "ground/token.h"
#include "model/activity.h"
#include "model/standup.h"

static bool
quote_write(struct db *db, int64_t highlight_id, size_t position, const struct quote_source *source)
{
	bool is_question = strcmp(source->part, "question") == 0;
	bool is_answer = strcmp(source->part, "answer") == 0;

	return highlight_quote_insert(db,
		   &(struct highlight_quote_insert_in){ .highlight_id = highlight_id,
		       .position = (int64_t)position,
		       .part = source->part,
		       .check_in_id = is_question || is_answer ? DB_NULL : source->id,
		       .question_id = is_question ? source->id : DB_NULL,
		       .answer_id = is_answer ? source->id : DB_NULL }) == 1;
}

static enum highlight_outcome
refusal_of_quote(struct db *db)
{
	if (db_refusal(db) == REFUSAL_QUOTE_NOT_PUBLIC ||
	    db_refusal(db) == REFUSAL_QUOTE_OF_OTHER_STANDUP ||
	    db_refusal(db) == REFUSAL_FOREIGN_KEY) {
		return HIGHLIGHT_SOURCE_NOT_PUBLIC;
	}
	return HIGHLIGHT_FAULT;
}

enum highlight_outcome
highlight_publish(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const char *title, const char *body,
    const struct quote_source *quotes, size_t count, int64_t now)
{
	int64_t highlight_id;

	if (!standup_may_write(cohort, now)) {
		return HIGHLIGHT_COHORT_OVER;
	}
	if (highlight_insert(db,
		&(struct highlight_insert_in){ .key = token_key64(arena),
		    .standup_id = standup->id,
		    .member_id = member_id,
		    .title = title,
		    .body = body,
		    .now = now }) != 1) {
		return HIGHLIGHT_FAULT;
	}
	highlight_id = db_last_id(db);
	for (size_t i = 0; i < count; i++) {
		if (!quote_write(db, highlight_id, i, &quotes[i])) {
			return refusal_of_quote(db);
		}
	}
	return activity_write(db, arena, "highlight", cohort->id, highlight_id, now)
	    ? HIGHLIGHT_PUBLISHED
	    : HIGHLIGHT_FAULT;
}

bool
highlight_take_back(struct db *db, const struct highlight *highlight, int64_t now)
{
	return highlight_withdraw(
		   db, &(struct highlight_withdraw_in){ .id = highlight->id, .now = now }) == 1;
}
