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

static enum highlight_outcome
quotes_write(struct db *db, int64_t highlight_id, const struct highlight_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		if (!quote_write(db, highlight_id, i, &words->quotes[i])) {
			return refusal_of_quote(db);
		}
	}
	return HIGHLIGHT_PUBLISHED;
}

enum highlight_outcome
highlight_publish(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const struct highlight_words *words,
    int64_t follows_id, int64_t now)
{
	enum highlight_outcome outcome;
	int64_t highlight_id;

	if (!standup_may_write(cohort, now)) {
		return HIGHLIGHT_COHORT_OVER;
	}
	if (highlight_insert(db,
		&(struct highlight_insert_in){ .key = token_key64(arena),
		    .standup_id = standup->id,
		    .member_id = member_id,
		    .title = words->title,
		    .body = words->body,
		    .follows_id = follows_id,
		    .now = now }) != 1) {
		return db_refusal(db) == REFUSAL_HIGHLIGHT_FOLLOWS_NO_OTHER
		    ? HIGHLIGHT_FOLLOWS_NO_OTHER
		    : HIGHLIGHT_FAULT;
	}
	highlight_id = db_last_id(db);
	outcome = quotes_write(db, highlight_id, words);
	if (outcome == HIGHLIGHT_PUBLISHED &&
	    !activity_write(db, arena, "highlight", cohort->id, highlight_id, now)) {
		return HIGHLIGHT_FAULT;
	}
	return outcome;
}

static bool
quotes_have(const struct highlight_words *words, const struct highlight_source *source)
{
	for (size_t i = 0; i < words->count; i++) {
		if (words->quotes[i].id == source->source_id &&
		    strcmp(words->quotes[i].part, source->part) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether a highlight quotes these and no others, in whatever order. */
static bool
quotes_are(const struct highlight_source_rows *stored, const struct highlight_words *words)
{
	bool are = stored->count == words->count;

	for (size_t i = 0; are && i < stored->count; i++) {
		are = quotes_have(words, &stored->rows[i]);
	}
	return are;
}

enum highlight_outcome
highlight_edit(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct highlight *highlight, const struct highlight_words *words, int64_t revision,
    int64_t now)
{
	const struct highlight_source_rows stored = highlight_quotes_of(
	    db, arena, &(struct highlight_quotes_of_in){ .highlight_id = highlight->id });
	bool same_quotes = quotes_are(&stored, words);

	if (!standup_may_write(cohort, now)) {
		return HIGHLIGHT_COHORT_OVER;
	}
	if (highlight->withdrawn_at != DB_NULL) {
		return HIGHLIGHT_WITHDRAWN;
	}
	if (same_quotes && strcmp(highlight->title, words->title) == 0 &&
	    strcmp(highlight->body, words->body) == 0) {
		return HIGHLIGHT_PUBLISHED;
	}
	if (highlight->revision != revision) {
		return HIGHLIGHT_CHANGED_MEANWHILE;
	}
	if (highlight_rewrite(db,
		&(struct highlight_rewrite_in){ .id = highlight->id,
		    .title = words->title,
		    .body = words->body,
		    .revision = revision,
		    .now = now }) != 1) {
		return HIGHLIGHT_FAULT;
	}
	if (same_quotes) {
		return HIGHLIGHT_PUBLISHED;
	}
	highlight_quote_clear(
	    db, &(struct highlight_quote_clear_in){ .highlight_id = highlight->id });
	return quotes_write(db, highlight->id, words);
}

bool
highlight_take_back(struct db *db, const struct highlight *highlight, int64_t now)
{
	return highlight_withdraw(
		   db, &(struct highlight_withdraw_in){ .id = highlight->id, .now = now }) == 1;
}
