#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/time.h"

/* The four audiences of a form; they begin at `first`. */
static struct check_in_audience
audiences_of(const struct form_values *values, size_t first)
{
	enum audience whole = audience_read(values, first, AUDIENCE_GROUP);

	return (struct check_in_audience){
		.whole = whole,
		.did = audience_read(values, first + 1, whole),
		.next = audience_read(values, first + 2, whole),
		.blocked = audience_read(values, first + 3, whole),
	};
}

static struct check_in_words
words_read(const struct form_values *values)
{
	struct check_in_audience audience = audiences_of(values, CHECK_IN_AUDIENCE);

	return (struct check_in_words){
		.did = form_words(values, CHECK_IN_DID),
		.next = form_words(values, CHECK_IN_NEXT),
		.blocked = form_words(values, CHECK_IN_BLOCKED),
		.audience = audience.whole,
		.did_audience = audience.did,
		.next_audience = audience.next,
		.blocked_audience = audience.blocked,
	};
}

/*
 * The stand-up closed while the form was open. Where its words are those that
 * stand anyway, who may read them was what was asked for.
 */
static void
answer_closed(struct week *week, const struct member *member, const struct check_in_words *words)
{
	struct check_in stored;

	if (!check_in_of_member(week->visit->db, week->arena,
		&(struct check_in_of_member_in){
		    .standup_id = week->standup.id, .member_id = member->id },
		&stored)) {
		visit_error(week->visit, 500);
		return;
	}
	if (text_equal(stored.did, words->did) && text_equal(stored.next, words->next) &&
	    text_equal(stored.blocked, words->blocked)) {
		week_done(week, MESSAGE_DONE_AUDIENCE, NULL);
		return;
	}
	week_refuse(week,
	    message_standup_check_in_closed(
		week->arena, time_words(week->arena, week->visit->zone, week->standup.closes_at)));
}

void
check_in_send(struct visit *visit)
{
	struct check_in_words words = words_read(visit->values);
	struct member member;
	struct week week;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	switch (check_in_save(
	    visit->db, visit->arena, visit->cohort, &week.standup, member.id, &words, visit->now)) {
	case CHECK_IN_SAVED:
		week_done(&week, MESSAGE_DONE_CHECKED_IN, NULL);
		break;
	case CHECK_IN_SAVED_LATE:
		week_done(&week, MESSAGE_DONE_CHECKED_IN_LATE, NULL);
		break;
	case CHECK_IN_ONLY_AUDIENCE:
		answer_closed(&week, &member, &words);
		break;
	case CHECK_IN_EMPTY:
		form_refuse(visit->values, CHECK_IN_DID, message(MESSAGE_STANDUP_CHECK_IN_EMPTY));
		visit_again(visit);
		break;
	case CHECK_IN_NOT_OF_GROUP:
		week_refuse(&week, message(MESSAGE_STANDUP_NOT_OF_GROUP));
		break;
	case CHECK_IN_COHORT_OVER:
		week_refuse_over(&week);
		break;
	case CHECK_IN_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
check_in_send_audience(struct visit *visit)
{
	struct check_in_audience audience = audiences_of(visit->values, 0);
	struct member member;
	struct week week;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	week_refuse_audience(&week,
	    check_in_set_audience(visit->db, visit->arena, visit->cohort, &week.standup, member.id,
		&audience, visit->now),
	    NULL);
}
