/*
 * The program that takes applications: what is open, the form, the mailed
 * link's page, and the applicant's own page.
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "model/application.h"
#include "model/questionnaire.h"
#include "web/form.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program apply_program;

/* ---- list.c: what is open ---- */
handler_fn apply_list_show;

/* ---- form.c: the form and its thank-you page ---- */
handler_fn apply_form_show;
handler_fn apply_form_send;
handler_fn apply_preview_show;
handler_fn apply_received_show;

/* ---- confirm.c: the mailed link ---- */
handler_fn apply_confirm_show;
handler_fn apply_confirm_press;
extern const struct form apply_confirm_form;

/* ---- mine.c: the applicant's page ---- */
handler_fn apply_mine_show;
/* ---- change.c: its buttons ---- */
handler_fn apply_mine_change;
handler_fn apply_mine_withdraw;
handler_fn apply_mine_resubmit;
extern const struct form apply_withdraw_form;
extern const struct form apply_resubmit_form;

/* ---- asked.c: the forms, with the questions of their cohort ---- */

/*
 * These fields lead both forms; the cohort's own questions follow, then what
 * each form has of its own, by apply_after.
 */
enum answer {
	ANSWER_NAME,
	ANSWER_PRONOUNS,
	ANSWER_GITHUB,
	ANSWER_ZONE,
	ANSWER_LEVEL,
	ANSWER_PROJECTS,
	ANSWER_HOURS,
	ANSWER_ITEMS
};

/* What the form of an application has after the questions. */
enum { AFTER_EMAIL, AFTER_CONDUCT, AFTER_ASKED, AFTER_COUNT };

/* The same of the form that changes one. */
enum { AFTER_REVISION, AFTER_MINE_ASKED, AFTER_MINE_COUNT };

/* A form and what its cohort asks; values->form leads back to it. */
struct apply_asked {
	struct form form;
	struct questionnaire questionnaire;
	struct questionnaire_item_rows items;
};

/* The form of an application, and the one that changes an application: for the
 * rows of the route table. */
const struct form *apply_form_of(struct visit *visit);
const struct form *apply_mine_of(struct visit *visit);

/* What the cohort asks in this form. */
const struct apply_asked *apply_asked_of(const struct form_values *values);

/* Where the field stands that the form has after the questions. */
size_t apply_after(const struct form_values *values, size_t field);

/* Whether these are values of the form that changes an application. */
bool apply_is_mine(const struct form_values *values);

/* ---- asked_change.c: questions that changed while someone was writing ---- */

/* Says in the form that it shows the questions as they are now. */
void apply_asked_fill(struct visit *visit, struct form_values *values);

/*
 * Whether the questions changed in a way that concerns what was sent, and the
 * sender was not told: a question put otherwise, or words typed for one that
 * is asked no more.
 */
bool apply_asked_changed(struct visit *visit, struct form_values *values);

/* Marks what changed, for a form that is shown again. */
void apply_asked_mark(struct visit *visit, struct form_values *values);

/* Words typed for a question that is asked no more. */
struct apply_lost {
	const char *name;
	const char *label;
	const char *text;
};

/* What was typed for questions that this form asks no more; the count. */
size_t
apply_asked_lost(struct visit *visit, const struct form_values *values, struct apply_lost **lost);

/* The same as rows of the form's page. */
struct page_part_lost_list apply_lost_rows(struct visit *visit, const struct form_values *values);

/* ---- reuse.c: what was answered to an earlier cohort ---- */

/* Offers, at each question that someone signed in answered before, that
 * answer. */
void apply_reuse_offer(struct visit *visit, struct form_values *values);

/* The button of such an offer, by its step: puts the answer in its field.
 * False: it is none. */
bool apply_reuse(struct visit *visit, struct form_values *values, const char *step);

/* ---- answers.c: what both forms ask ---- */

/* Writes the fields that lead both forms. */
void apply_answers_fields(struct field *fields);

/* A section of a form: fields under a heading. */
struct apply_section {
	enum message title;
	enum message words; /* MESSAGE_NONE: none */
	size_t first, end;
};

enum { APPLY_SECTIONS = 4 };

/* The sections of the answers, in the order of the fields; how many. A cohort
 * that asks nothing of its own has one less. */
size_t
apply_sections(const struct form_values *values, struct apply_section sections[APPLY_SECTIONS]);

/* The name of a level, 1 to 4, in the cohort's own words. */
const char *apply_level_name(struct visit *visit, int64_t level);

/* Gives the levels and the cohort's projects as choices; what was sent and is
 * not among them is refused. */
void apply_answers_choices(struct visit *visit, struct form_values *values);

/* A form that comes back: marks what its fields alone do not tell, so that all
 * that is wrong comes back at once. */
void apply_answers_mark(struct visit *visit);

/*
 * What was sent, for the model. False when a field was refused: the handler
 * shows the form again.
 */
bool apply_answers_read(
    struct visit *visit, struct form_values *values, struct application_answers *answers);

/* Fills the form with what is stored. */
void apply_answers_fill(
    struct visit *visit, struct form_values *values, const struct application *application);

/* The half hours stored of an application. */
struct slots apply_answers_hours(const struct application *application);

/* "14 March 2027": a civil date of the cohort's row in words. */
const char *apply_date_words(struct visit *visit, const char *date);

#endif
