#ifndef GROUNDCREW_MODEL_STANDUP_READ_H
#define GROUNDCREW_MODEL_STANDUP_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/member.h"
#include "model/standup.h"

struct arena;
struct cohort;
struct db;
struct group;

/*
 * What one reader may read of a stand-up.  Whatever these functions return may
 * be shown to that reader whole: what the reader is not admitted to is not in
 * it (safety 31).  Strings and rows belong to the arena; after a fault there
 * are no rows (see db_fault).
 */
struct standup_reader {
	int64_t person_id;
	unsigned roles; /* in the stand-up's group */
};

bool question_admits(const struct question *question, const struct standup_reader *reader);

/*
 * An answer is read by its author, by whoever asked, and by those whom both
 * the question and the answer admit: it never travels further than its
 * question.
 */
bool answer_admits(const struct answer *answer, const struct standup_reader *reader);

/* How far an answer reaches: the narrower of its audience and its
 * question's. */
int64_t answer_reach(const struct answer *answer);

/* The group's weeks, in order, with what this reader may read counted. */
struct standup_week_rows standup_weeks(struct db *db, struct arena *arena,
    const struct group *group, const struct standup_reader *reader);

/*
 * Check-ins, people in the same order every week.  A part that is not for the
 * reader is "", as one that was left empty; a check-in of which nothing is
 * for the reader is not there.  The reader's own is there whole.  Pronouns that
 * are not for the reader are NULL, here and in the attendance.
 */
struct check_in_rows standup_check_ins(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

struct question_rows standup_questions(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

/* Questions of the group's earlier weeks that nobody has answered, nor their
 * asker resolved: the oldest first, 50 at most. */
struct question_rows standup_questions_before(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

/* Answers to the stand-up's questions, those of one question together. */
struct answer_rows standup_answers(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

/* Highlights; facilitators see those that were taken back, too. */
struct highlight_rows standup_highlights(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

/* What a new highlight of the group may follow up, the newest first. */
struct highlight_line_rows
standup_highlights_before(struct db *db, struct arena *arena, const struct group *group);

/* What one of them quotes, in order. */
struct highlight_source_rows
standup_highlight_sources(struct db *db, struct arena *arena, const struct highlight *highlight);

/* What the stand-up's highlights quote, those of one highlight together. */
struct standup_quote_rows
standup_quotes(struct db *db, struct arena *arena, const struct standup *standup);

/* The stand-up's Djangonauts with their marks: for facilitators. */
struct attendance_rows standup_attendance(struct db *db, struct arena *arena,
    const struct standup *standup, const struct standup_reader *reader);

/*
 * The item of this stand-up with this key.  False when it is another
 * stand-up's, does not exist, or is not for the reader, or on a fault.
 */
bool standup_question(struct db *db, struct arena *arena, const struct standup *standup,
    const char *key, const struct standup_reader *reader, struct question *question);
bool standup_answer(struct db *db, struct arena *arena, const struct standup *standup,
    const char *key, const struct standup_reader *reader, struct answer *answer);
bool standup_highlight(struct db *db, struct arena *arena, const struct standup *standup,
    const char *key, struct highlight *highlight);

/*
 * The groups whose stand-ups someone may read, newest cohort first: one row a
 * group, with the role they sit in it with, or organiser.  next_at is the next
 * stand-up's instant, or DB_NULL.
 */
struct standup_group_rows
standup_groups(struct db *db, struct arena *arena, int64_t person_id, int64_t now);

/* The member as whom someone acts in a group: the role they sit in it with,
 * a Djangonaut's first, else organiser.  False: none, or a fault. */
bool standup_member(struct db *db, struct arena *arena, const struct group *group,
    int64_t person_id, struct member *member);

#endif
