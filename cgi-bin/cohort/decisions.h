/*
 * Deciding on applications: the form that decides, the page that sends, each
 * mail before it goes, and the waitlist.
 */
#ifndef COHORT_DECISIONS_H
#define COHORT_DECISIONS_H

#include "cohort.h"
#include "model/decision.h"

/* ---- decide.c: the form, below lists of applications and on one's page ---- */
handler_fn decide_add;
extern const struct form decide_form;

/*
 * The form for one application, with what is decided of it; NULL: for those
 * that are ticked in a list, whose checkboxes are `name="application"
 * form="decide"` with the applications' keys as values.  After deciding one is
 * back on the page that shows it.
 */
struct page_part_decide_list
parts_decide(struct visit *visit, const struct application *application);

/* The form as it was sent, for the page that says what is wrong with it;
 * empty when it was not. */
struct page_part_decide_list parts_decide_again(struct visit *visit);

/* ---- decisions.c: all that waits to be sent ---- */
handler_fn decisions_show;
handler_fn decisions_send;
extern const struct form decisions_form;

/* ---- decisions_mail.c: one of the mails, as it will go ---- */
handler_fn decisions_mail;

/* ---- waiting.c: the waitlist; waiting_press.c: its buttons ---- */
handler_fn waiting_show;
handler_fn waiting_release;
handler_fn waiting_move;
handler_fn waiting_close;
extern const struct form waiting_release_form;
extern const struct form waiting_move_form;
extern const struct form waiting_close_form;

/* ---- decisions.c: addresses, and what an organiser is shown of somebody ---- */
const char *decisions_link(struct visit *visit);
const char *waiting_link(struct visit *visit);

/* The name, or the call-sign for whoever reads blind: by model/sight.h. */
const char *decisions_name(struct visit *visit, const char *name, const char *call_sign,
    const char *standing, bool is_revealed);
bool decisions_sees_name(struct visit *visit, const char *standing, bool is_revealed);

/* Which page of a list is asked for, 1 first; at most the last. */
enum { DECISIONS_PAGE = 100 };

int64_t decisions_page(struct visit *visit, int64_t total);

#endif
