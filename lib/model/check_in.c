#include "db/db.h"
#include "db/query/cohort.h"
#include "ground/token.h"
#include "model/standup.h"

/* A prompt's audience, never wider than the check-in's. */
static int64_t
within(enum audience audience, enum audience widest)
{
	return audience < widest ? audience : widest;
}

static enum check_in_outcome
check_in_edit(
    struct db *db, const struct check_in *check_in, const struct check_in_words *words, int64_t now)
{
	return check_in_change(db,
		   &(struct check_in_change_in){ .id = check_in->id,
		       .did = words->did,
		       .next = words->next,
		       .blocked = words->blocked,
		       .audience = words->audience,
		       .did_audience = within(words->did_audience, words->audience),
		       .next_audience = within(words->next_audience, words->audience),
		       .blocked_audience = within(words->blocked_audience, words->audience),
		       .now = now }) == 1
	    ? CHECK_IN_SAVED
	    : CHECK_IN_FAULT;
}

static enum check_in_outcome
check_in_narrow(
    struct db *db, const struct check_in *check_in, const struct check_in_words *words, int64_t now)
{
	return check_in_change_audience(db,
		   &(struct check_in_change_audience_in){ .id = check_in->id,
		       .audience = words->audience,
		       .did_audience = within(words->did_audience, words->audience),
		       .next_audience = within(words->next_audience, words->audience),
		       .blocked_audience = within(words->blocked_audience, words->audience),
		       .now = now }) == 1
	    ? CHECK_IN_ONLY_AUDIENCE
	    : CHECK_IN_FAULT;
}

static enum check_in_outcome
check_in_make(struct db *db, struct arena *arena, const struct standup *standup, int64_t member_id,
    const struct check_in_words *words, int64_t now)
{
	bool is_late = now >= standup->closes_at;
	int64_t made = check_in_insert(db,
	    &(struct check_in_insert_in){ .key = token_key64(arena),
		.standup_id = standup->id,
		.member_id = member_id,
		.did = words->did,
		.next = words->next,
		.blocked = words->blocked,
		.audience = words->audience,
		.did_audience = within(words->did_audience, words->audience),
		.next_audience = within(words->next_audience, words->audience),
		.blocked_audience = within(words->blocked_audience, words->audience),
		.is_late = is_late,
		.now = now });

	if (made == 1) {
		return is_late ? CHECK_IN_SAVED_LATE : CHECK_IN_SAVED;
	}
	return db_refusal(db) == REFUSAL_NOT_OF_THIS_GROUP ? CHECK_IN_NOT_OF_GROUP : CHECK_IN_FAULT;
}

enum check_in_outcome
check_in_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const struct check_in_words *words,
    int64_t now)
{
	struct check_in check_in;

	if (!standup_may_write(cohort, now)) {
		return CHECK_IN_COHORT_OVER;
	}
	if (words->did[0] == '\0' && words->next[0] == '\0' && words->blocked[0] == '\0') {
		return CHECK_IN_EMPTY;
	}
	if (!check_in_of_member(db, arena,
		&(struct check_in_of_member_in){
		    .standup_id = standup->id, .member_id = member_id },
		&check_in)) {
		return check_in_make(db, arena, standup, member_id, words, now);
	}
	return now < standup->closes_at ? check_in_edit(db, &check_in, words, now)
					: check_in_narrow(db, &check_in, words, now);
}

enum audience_outcome
check_in_set_audience(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const struct check_in_audience *audience,
    int64_t now)
{
	struct check_in_change_audience_in in = { .audience = audience->whole,
		.did_audience = within(audience->did, audience->whole),
		.next_audience = within(audience->next, audience->whole),
		.blocked_audience = within(audience->blocked, audience->whole),
		.now = now };
	struct check_in check_in;

	if (!check_in_of_member(db, arena,
		&(struct check_in_of_member_in){
		    .standup_id = standup->id, .member_id = member_id },
		&check_in)) {
		return db_fault(db) == DB_FAULT_NONE ? AUDIENCE_NOT_YOURS : AUDIENCE_FAULT;
	}
	if (!standup_may_write(cohort, now) &&
	    (in.audience > check_in.audience || in.did_audience > check_in.did_audience ||
		in.next_audience > check_in.next_audience ||
		in.blocked_audience > check_in.blocked_audience)) {
		return AUDIENCE_COHORT_OVER;
	}
	in.id = check_in.id;
	return check_in_change_audience(db, &in) == 1 ? AUDIENCE_SAVED : AUDIENCE_FAULT;
}
