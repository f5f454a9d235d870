/*
 * The program of stand-ups: my groups, the weeks of a group, and the one page
 * on which a week is held: check-ins, questions, attendance, notes and
 * highlights.
 *
 * Every form stands on the week's page and every mistake comes back there, so
 * each route's `again` is week_show; an item that a route names (a question,
 * an answer, a highlight) must be one of that stand-up and readable by the
 * visitor, else the answer is 404.
 */
#ifndef STANDUP_STANDUP_H
#define STANDUP_STANDUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/standup.h"
#include "model/standup_read.h"
#include "web/form.h"
#include "web/page/standup.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program standup_program;

/* ---- groups.c ---- */
handler_fn groups_show;

/* The word for a role as the database has it. */
const char *groups_role(const char *role);

/* ---- group.c ---- */
handler_fn group_show;

/* A place that a group has a link to. */
struct group_place {
	const char *name;
	const char *link;
};

enum { GROUP_PLACES = 3 };

/* The links a group has, in order; how many. */
size_t group_places(const struct group *group, struct group_place places[GROUP_PLACES]);

/* ---- week.c ---- */
handler_fn week_show;

/* The week that an address names, and what its page is made from. */
struct week {
	struct visit *visit;
	struct arena *arena;
	struct standup standup;
	struct standup_reader reader;
	bool may_write; /* the cohort did not end too long ago */
	bool is_closed; /* check-ins are late */
	const char *link;

	/* Read for the page alone. */
	struct check_in_rows check_ins;
	struct question_rows questions;
	struct question_rows earlier;
	struct answer_rows answers;
	struct highlight_rows highlights;
	struct standup_quote_rows quotes;
	struct attendance_rows attendance; /* for facilitators */
};

/* The stand-up of the address. False: there is none, the answer is made. */
bool week_begin(struct visit *visit, struct week *week);

/* What was said in it and the visitor may read. */
void week_read(struct week *week);

/* The member as whom the visitor acts. False: none (any more), answered. */
bool week_member(struct week *week, struct member *member);

/*
 * What any POST of a week may end in. It leads back to the page: to its top,
 * where the notice stands, or to what was changed, far down, by its id.
 */
void week_done(struct week *week, enum message done, const char *id);
void week_refuse(struct week *week, const char *words);
void week_refuse_over(struct week *week);
void
week_question(struct week *week, enum question_outcome outcome, enum message done, const char *id);
void week_refuse_audience(struct week *week, enum audience_outcome outcome, const char *id);

/*
 * The values of a form on the page: what was sent if it is the one that was
 * sent, for the item with this key (NULL: the form stands there once).
 */
struct form_values *
week_values(const struct week *week, const struct form *form, const char *item, const char *key);

/* Whether a form is shown: while writing is possible, and whenever it was
 * sent, so that nothing typed is lost. */
bool week_shows(const struct week *week, const struct form_values *values);

/* ---- audience.c ---- */
enum { AUDIENCE_CHOICES = 4, AUDIENCE_CHOICES_PART = 5 };

extern const struct choice audience_choices[AUDIENCE_CHOICES];
extern const struct choice audience_choices_part[AUDIENCE_CHOICES_PART];
extern const struct choice audience_choices_answer[AUDIENCE_CHOICES];

/* The choice that stands for an audience, "group" for AUDIENCE_GROUP. */
const char *audience_value(int64_t audience);

/* The audience that was chosen; `same` where none was, or the same. */
enum audience audience_read(const struct form_values *values, size_t field, enum audience same);

/* "group": who may read it, in a word. */
const char *audience_readers(int64_t audience);

/* A field of audiences as a chooser up to `most`, with its warning. */
struct page_part_audience
audience_row(const struct form_values *values, size_t field, int64_t most);

/* ---- fold.c: forms that unfold under what they belong to ---- */
struct fold {
	enum message summary;
	enum message button;
	const char *action;
	const char *draft; /* NULL: no draft is kept */
	const struct form_values *values;
	size_t first, end; /* fields that are shown as such */
	const struct page_part_audience *audiences;
	size_t audience_count;
	bool is_quiet;
};

struct page_part_fold fold_row(const struct fold *fold);

/* A fold with one field of audiences and nothing else. */
struct page_part_fold fold_audience(
    const struct week *week, struct form_values *values, const char *action, int64_t most);

/* ---- check_ins.c ---- */
enum check_in_field {
	CHECK_IN_DID,
	CHECK_IN_NEXT,
	CHECK_IN_BLOCKED,
	CHECK_IN_AUDIENCE,
	CHECK_IN_DID_AUDIENCE,
	CHECK_IN_NEXT_AUDIENCE,
	CHECK_IN_BLOCKED_AUDIENCE,
	CHECK_IN_FIELDS
};

extern const struct form check_in_form;
extern const struct form check_in_audience_form;

void check_ins_fill(const struct week *week, struct page_standup_week *page);

/* ---- check_in_send.c ---- */
handler_fn check_in_send;
handler_fn check_in_send_audience;

/* ---- questions.c ---- */
/* A question's fields, and an answer's; the words are last, for with the last
 * field goes the key of a form that is sent once. */
enum { QUESTION_AUDIENCE, QUESTION_BODY, QUESTION_FIELDS };

extern const struct form question_form;
extern const struct form question_words_form;
extern const struct form question_audience_form;
extern const struct form question_resolved_form;
extern const struct form answer_form;
extern const struct form answer_words_form;
extern const struct form answer_audience_form;

void questions_show(const struct week *week, struct page_standup_week *page);

/* ---- answers.c ---- */

/* The answers to a question, with their forms; how many the reader may read
 * is what makes a question answered. */
struct page_part_question_answers_list
answers_rows(const struct week *week, const struct question *question);

/* The form to answer a question. */
struct page_part_fold
answers_form(const struct week *week, const struct question *question, const char *link);

/* ---- question_send.c ---- */
handler_fn question_send;
handler_fn question_send_words;
handler_fn question_send_audience;
handler_fn question_send_resolved;

/* ---- answer_send.c ---- */
handler_fn answer_send;
handler_fn answer_send_words;
handler_fn answer_send_audience;

/* ---- attendance.c ---- */
extern const struct form attendance_form;
handler_fn attendance_send;
void attendance_fill(const struct week *week, struct page_standup_week *page);

/* ---- notes.c ---- */
extern const struct form notes_form;
handler_fn notes_send;
void notes_fill(const struct week *week, struct page_standup_week *page);

/* ---- sources.c: what a highlight may quote ---- */
struct source {
	struct quote_source quote;
	const char *value; /* of its choice: "did-<key>" */
	const char *author; /* as members know them */
	const char *public_name; /* as everyone may, or NULL */
	const char *words;
};

/* All that its authors made public in the stand-up; how many. */
size_t sources_read(const struct week *week, const struct source **sources);

/* Makes them the choices of the form of highlights. */
void sources_offer(const struct week *week, struct form_values *values,
    const struct source *sources, size_t count);

/* Does the form choose this source? */
bool sources_chosen(const struct form_values *values, const struct source *source);

/* The name under which everyone sees who is quoted; public_name NULL: they
 * show none, and are somebody of the group as in the feed. */
const char *sources_name(const struct week *week, const char *public_name);

/* ---- highlights.c ---- */
/* The fields that composing and changing a highlight share, then what either
 * has alone. */
enum {
	HIGHLIGHT_TITLE,
	HIGHLIGHT_WORDS,
	HIGHLIGHT_QUOTES,
	HIGHLIGHT_STEP,
	HIGHLIGHT_FOLLOWS,
	HIGHLIGHT_FIELDS,
	HIGHLIGHT_REVISION = HIGHLIGHT_FOLLOWS
};

extern const struct form highlight_form;
extern const struct form highlight_edit_form;
extern const struct form highlight_withdrawn_form;

void highlights_fill(const struct week *week, struct page_standup_week *page);

/* A highlight as members see it. */
struct page_part_highlight
highlights_row(const struct week *week, const struct highlight *highlight);

/* The address of a highlight's own page. */
const char *highlights_link(const struct week *week, const struct highlight *highlight);

/* ---- highlight_form.c: what composing and changing share ---- */

/* The fields of a form of either kind but for its buttons; quotes when there
 * is something to quote, and what may be followed up. */
struct page_part_field_list highlight_form_rows(const struct form_values *values, size_t sources);

/* What everyone would see of a form without mistakes. */
struct page_part_highlight highlight_form_preview(const struct week *week,
    const struct form_values *values, const struct source *sources, size_t count);

/* Whether the button was pressed that publishes, after the one that shows. */
bool highlight_form_publishes(const struct form_values *values);

/* The line about what is followed up; title NULL: none. */
struct page_part_highlight_follows_list
highlight_form_follows(const struct week *week, const char *title, const char *key, int64_t number);

/* Makes the group's highlights the choices of what to follow up; how many. */
size_t highlight_form_offer(const struct week *week, struct form_values *values);

/* What is to be followed up; false: nothing. */
bool highlight_form_followed(const struct week *week, struct highlight_line *followed);

/* ---- highlight_edit.c ---- */
handler_fn highlight_edit_show;

/* ---- highlight_send.c ---- */
handler_fn highlight_send;
handler_fn highlight_send_edit;
handler_fn highlight_send_withdrawn;

#endif
