#ifndef GROUNDCREW_MODEL_STANDUP_H
#define GROUNDCREW_MODEL_STANDUP_H

#include <stdbool.h>
#include <stddef.h>

#include "db/query/check_in.h"
#include "db/query/highlight.h"
#include "db/query/question.h"
#include "db/query/standup.h"

struct arena;
struct cohort;
struct db;

/*
 * Stand-ups: what members say in a week, and who may read it.
 *
 * All functions that write run in the caller's write transaction and say of
 * themselves what each outcome left; on anything but success nothing of it
 * is kept (the caller rolls back).
 */

/* Who may read an item (product.md, "Stand-ups"). */
enum audience {
	AUDIENCE_NAVIGATORS = 1, /* the group's navigators and captain */
	AUDIENCE_GROUP,
	AUDIENCE_COHORT,
	AUDIENCE_PUBLIC
};

/*
 * Whether a reader with these roles in the group may read an item: its author
 * always; facilitators from AUDIENCE_NAVIGATORS on, the group's Djangonauts
 * from AUDIENCE_GROUP on.
 */
bool audience_admits(int64_t audience, unsigned roles, bool is_author);

/* The stand-up of a group in a week; false: none, or a fault. */
bool standup_find(
    struct db *db, struct arena *arena, int64_t group_id, int64_t week, struct standup *standup);

/* Whether words may still be written in a cohort: until two weeks after it. */
bool standup_may_write(const struct cohort *cohort, int64_t now);

/* What a member says in a check-in; each prompt's audience is at most the
 * check-in's (a wider one is narrowed to it). */
struct check_in_words {
	const char *did;
	const char *next;
	const char *blocked;
	enum audience audience;
	enum audience did_audience;
	enum audience next_audience;
	enum audience blocked_audience;
};

enum check_in_outcome {
	CHECK_IN_SAVED = 1,
	/* Saved after the stand-up closed: counts as async. */
	CHECK_IN_SAVED_LATE,
	/* Closed: the words stay as they are; the audiences were saved. */
	CHECK_IN_ONLY_AUDIENCE,
	/* All three prompts are empty. */
	CHECK_IN_EMPTY,
	/* The author does not sit in this group now. */
	CHECK_IN_NOT_OF_GROUP,
	/* The cohort ended more than two weeks ago. */
	CHECK_IN_COHORT_OVER,
	CHECK_IN_FAULT
};

/*
 * Saves a member's check-in of a stand-up: the first makes it, later ones edit
 * it until the stand-up closes; afterwards audiences alone change.  Narrowing
 * takes quoted words back from highlights and feeds at once.
 */
enum check_in_outcome check_in_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const struct check_in_words *words,
    int64_t now);

/* Who may read each part of a check-in. */
struct check_in_audience {
	enum audience whole;
	enum audience did;
	enum audience next;
	enum audience blocked;
};

enum audience_outcome {
	AUDIENCE_SAVED = 1,
	/* There is no such item of this person. */
	AUDIENCE_NOT_YOURS,
	/* Once writing has ended, words are only taken back, never opened. */
	AUDIENCE_COHORT_OVER,
	AUDIENCE_FAULT
};

/*
 * Changes who may read a check-in, whether or not its stand-up is closed;
 * a part is never wider than the whole.  Taking words back is possible as
 * long as they can be read, also after writing has ended.
 */
enum audience_outcome check_in_set_audience(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct standup *standup, int64_t member_id,
    const struct check_in_audience *audience, int64_t now);

enum question_outcome {
	QUESTION_SAVED = 1,
	QUESTION_NOT_OF_GROUP,
	/* Only its asker edits or resolves a question, only its author an
	 * answer. */
	QUESTION_NOT_YOURS,
	/* Resolved before. */
	QUESTION_RESOLVED,
	QUESTION_COHORT_OVER,
	QUESTION_FAULT
};

enum question_outcome question_ask(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct standup *standup, int64_t member_id, const char *body, enum audience audience,
    int64_t now);

enum question_outcome
question_edit(struct db *db, const struct cohort *cohort, const struct question *question,
    int64_t person_id, const char *body, enum audience audience, int64_t now);

enum question_outcome question_mark_resolved(
    struct db *db, const struct question *question, int64_t person_id, int64_t now);

/*
 * Answers a question as a member of its group (navigator, captain or peer)
 * or as an organiser of the cohort, and queues the mail to the asker unless
 * they answered themselves.
 */
enum question_outcome question_answer(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct question *question, int64_t member_id,
    const char *body, enum audience audience, int64_t now);

enum question_outcome
answer_edit(struct db *db, const struct cohort *cohort, const struct answer *answer,
    int64_t person_id, const char *body, enum audience audience, int64_t now);

/* Changes who may read a question, an answer: as check_in_set_audience. */
enum audience_outcome question_set_audience(struct db *db, const struct cohort *cohort,
    const struct question *question, int64_t person_id, enum audience audience, int64_t now);

enum audience_outcome answer_set_audience(struct db *db, const struct cohort *cohort,
    const struct answer *answer, int64_t person_id, enum audience audience, int64_t now);

/* One Djangonaut's mark; status NULL: unmarked, which is not absent. */
struct attendance_mark {
	int64_t member_id;
	const char *status;
	/* What the form showed: a mark that someone else changed since then
	 * is left as it is, unless this one changes it too. */
	const char *shown_status;
};

enum attendance_outcome {
	ATTENDANCE_SAVED = 1,
	/* Marks that another facilitator changed meanwhile were left. */
	ATTENDANCE_PARTLY_SAVED,
	ATTENDANCE_NOT_OF_GROUP,
	ATTENDANCE_COHORT_OVER,
	ATTENDANCE_FAULT
};

/*
 * Saves those marks that differ from what the form showed, so that two
 * facilitators at once keep each other's: where both changed the same one
 * differently, the first stays and the outcome says so.
 */
enum attendance_outcome attendance_save(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct standup *standup, int64_t marker_id,
    const struct attendance_mark *marks, size_t count, int64_t now);

enum notes_outcome {
	NOTES_SAVED = 1,
	/* Someone else wrote since the form was shown. */
	NOTES_CHANGED_MEANWHILE,
	NOTES_COHORT_OVER,
	NOTES_FAULT
};

enum notes_outcome notes_save(struct db *db, const struct cohort *cohort,
    const struct standup *standup, const char *notes, int64_t revision, int64_t now);

/* Something that a highlight may quote; id is the check-in's, question's or
 * answer's, by part ("did", "next", "blocked", "question", "answer"). */
struct quote_source {
	const char *part;
	int64_t id;
};

/* What a highlight says. */
struct highlight_words {
	const char *title;
	const char *body;
	const struct quote_source *quotes;
	size_t count;
};

enum highlight_outcome {
	/* Published, or its edit saved. */
	HIGHLIGHT_PUBLISHED = 1,
	/* A chosen source is not public (any more). */
	HIGHLIGHT_SOURCE_NOT_PUBLIC,
	/* What it is to follow up was taken back, or is another group's. */
	HIGHLIGHT_FOLLOWS_NO_OTHER,
	/* Someone else changed it since the form was shown. */
	HIGHLIGHT_CHANGED_MEANWHILE,
	/* It was taken back: there is nothing to change any more. */
	HIGHLIGHT_WITHDRAWN,
	HIGHLIGHT_COHORT_OVER,
	HIGHLIGHT_FAULT
};

/*
 * Publishes a highlight of a stand-up: a facilitator's title and words, and
 * quotes of what its authors made public, nothing else.  It may follow up a
 * highlight of the same group (follows_id; DB_NULL: none), and then does for
 * good.  Writes the activity in the same transaction.
 */
enum highlight_outcome highlight_publish(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct standup *standup, int64_t member_id,
    const struct highlight_words *words, int64_t follows_id, int64_t now);

/*
 * Changes what a highlight says; revision is that of the form.  updated_at
 * moves, published_at never (feed.md rules 12 and 30).  Words that are there
 * already change nothing and succeed, whatever the revision.
 */
enum highlight_outcome highlight_edit(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct highlight *highlight,
    const struct highlight_words *words, int64_t revision, int64_t now);

/* Takes a highlight back from pages and feeds.  False when it was withdrawn
 * before, or on a fault. */
bool highlight_take_back(struct db *db, const struct highlight *highlight, int64_t now);

#endif
