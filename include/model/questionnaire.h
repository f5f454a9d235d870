#ifndef GROUNDCREW_MODEL_QUESTIONNAIRE_H
#define GROUNDCREW_MODEL_QUESTIONNAIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/questionnaire.h"

struct arena;
struct db;

/*
 * What a cohort asks of those who apply and of its volunteers, and what they
 * answered (product.md, "Apply").  Pages call it a form and its questions;
 * `struct questionnaire` and `struct questionnaire_item`, as here, since
 * `struct form` is what a browser sends.
 *
 * Each cohort has four, made with it: "apply", "navigator", "captain" and
 * "organiser".  A question is put in words that may change: the newest wording
 * is asked, and one that somebody answered stays as it was, so that an answer
 * can be read beside what was asked.
 */

enum item_kind {
	ITEM_SHORT = 1, /* "short": one line */
	ITEM_LONG, /* "long": several lines */
	ITEM_NUMBER, /* "number" */
	ITEM_DATE, /* "date" */
	ITEM_ONE, /* "one": one of its options */
	ITEM_SEVERAL, /* "several" of its options */
	ITEM_LIST, /* "list": free entries, one a line */
	ITEM_URL, /* "url": http or https */
	ITEM_EMAIL, /* "email" */
	ITEM_RATING, /* "rating": a whole number from least to most */
	ITEM_YES_NO, /* "yes_no" */
	ITEM_KINDS
};

/* The kind of that name, or 0; and back. */
int item_kind_read(const char *name);
const char *item_kind_name(enum item_kind kind);

/* What one entry of a list, an address and a link hold at most: UTF-16 units. */
enum { ITEM_ENTRY_MAX = 200, ITEM_EMAIL_MAX = 254, ITEM_URL_MAX = 2000 };

/*
 * The limits that hold, the question's own or those of its kind: UTF-16 units
 * of a text (short 200, long 3000 at most), the value of a number (0 to a
 * million) or a rating (1 to 5), days since 1970 of a date (1900 to 2100), how
 * many entries of a list (10 at most) or of several (all of them).  `least`
 * counts only once something is answered; least and most are 0 where a kind
 * has none.
 */
struct item_limits {
	int64_t least;
	int64_t most;
};

struct item_limits questionnaire_limits(const struct questionnaire_item *item);

/* The same for words that are not stored yet; DB_NULL: no limit of its own. */
struct item_limits
item_limits_of(enum item_kind kind, int64_t least, int64_t most, size_t option_count);

/* The lines of a text that are not blank, trimmed: options, or the entries of
 * an answer to several and list. */
struct item_lines {
	const char *const *lines;
	size_t count;
};

struct item_lines item_lines(struct arena *arena, const char *text);

/* The form of a cohort for "apply", "navigator", "captain" or "organiser".
 * False: there is none, or a fault. */
bool questionnaire_find(struct db *db, struct arena *arena, int64_t cohort_id, const char *purpose,
    struct questionnaire *questionnaire);

/* What is asked now, in order, each in its newest wording. */
struct questionnaire_item_rows
questionnaire_items(struct db *db, struct arena *arena, int64_t questionnaire_id);

/* The same with those asked no more. */
struct questionnaire_item_rows
questionnaire_items_ever(struct db *db, struct arena *arena, int64_t questionnaire_id);

/*
 * An answer: several and list one a line, a date as 2027-01-31, yes_no as
 * "yes" or "no".  What is not answered has none.
 */
struct item_answer {
	int64_t item_id;
	int64_t wording_id; /* as it was asked */
	const char *value;
};

/*
 * What an application answered, in the order of the questions, each with the
 * words it was asked in; is_reworded: the question is put otherwise by now.
 */
struct application_answer_rows
application_answers(struct db *db, struct arena *arena, int64_t application_id);

/*
 * Writes all answers in place of those there were, in the caller's write
 * transaction; answers to questions asked no more stay.  False: one belongs to a question of another form (the database
 * refuses it), or a fault.
 */
bool application_answers_write(
    struct db *db, int64_t application_id, const struct item_answer *answers, size_t count);

/* The same of a volunteer, who answers the form of their role. */
struct volunteer_answer_rows member_answers(struct db *db, struct arena *arena, int64_t member_id);
bool member_answers_write(
    struct db *db, int64_t member_id, const struct item_answer *answers, size_t count);

/* A question as an organiser puts it. */
struct item_plan {
	enum item_kind kind;
	const char *label;
	const char *help; /* Markdown */
	bool is_required;
	bool is_sensitive;
	bool is_identifying;
	int64_t least; /* DB_NULL: no limit of its own */
	int64_t most;
	const char *options; /* of one and several: one a line; else "" */
};

/*
 * The three questions that a cohort which copies nothing begins with are named
 * why, experience and hopes; the program hands over their words.  Does nothing
 * to a form that has questions.  In the caller's write transaction; false on a
 * fault.
 */
struct questionnaire_default {
	const char *name;
	struct item_plan plan;
};

bool questionnaire_make_default(struct db *db, struct arena *arena, int64_t cohort_id,
    const struct questionnaire_default *questions, size_t count, int64_t now);

#endif
