/*
 * The program that takes applications: what is open, the form, the mailed
 * link's page, and the applicant's own page.
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "model/application.h"
#include "web/form.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program apply_program;

/* ---- list.c: what is open ---- */
handler_fn apply_list_show;

/* ---- form.c: the form and its thank-you page ---- */
handler_fn apply_form_show;
handler_fn apply_form_send;
handler_fn apply_received_show;
extern const struct form apply_form;

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
extern const struct form apply_mine_form;
extern const struct form apply_withdraw_form;
extern const struct form apply_resubmit_form;

/* ---- answers.c: the questions that both forms ask ---- */

/*
 * These fields lead both forms; each adds its own after ANSWER_COUNT.
 */
enum answer {
	ANSWER_NAME,
	ANSWER_PRONOUNS,
	ANSWER_GITHUB,
	ANSWER_ZONE,
	ANSWER_LEVEL,
	ANSWER_PROJECTS,
	ANSWER_HOURS,
	ANSWER_WHY,
	ANSWER_EXPERIENCE,
	ANSWER_HOPES,
	ANSWER_COUNT
};

enum { FORM_EMAIL = ANSWER_COUNT, FORM_CONDUCT, FORM_COUNT };

enum { MINE_REVISION = ANSWER_COUNT, MINE_COUNT };

extern const struct field apply_form_fields[FORM_COUNT];
extern const struct field apply_mine_fields[MINE_COUNT];

/* A section of a form: fields under a heading. */
struct apply_section {
	enum message title;
	enum message words; /* MESSAGE_NONE: none */
	size_t first, end;
};

enum { APPLY_SECTIONS = 4 };

/* The sections of the answers, in the order of the fields. */
extern const struct apply_section apply_sections[APPLY_SECTIONS];

/* The name of a level, 1 to 4, in the cohort's own words. */
const char *apply_level_name(struct visit *visit, int64_t level);

/* Gives the levels and the cohort's projects as choices; what was sent and is
 * not among them is refused. */
void apply_answers_choices(struct visit *visit, struct form_values *values);

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
