#ifndef APPLY_DRAFT_H
#define APPLY_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/draft.h"
#include "web/page/apply.h"
#include "web/route.h"
#include "web/visit.h"

/*
 * What is typed is kept: how the form of applications deals with its draft.
 * form.c asks at each of its steps; the pages beside the form are in
 * draft_open.c.
 */

/* Where the visitor stands with this cohort's form. */
struct apply_draft {
	struct draft draft; /* id 0: this browser has none */
	enum draft_window window;
};

struct apply_draft apply_draft_of(struct visit *visit);

/* The draft, or NULL. */
const struct draft *apply_draft_row(const struct apply_draft *own);

/* visit->values become what the draft holds, right or wrong, unmarked.  Does
 * nothing when there is none, or something was sent just now. */
void apply_draft_fill(struct visit *visit, const struct apply_draft *own);

/* What the form's page says of the draft. */
struct page_part_draft_list apply_draft_part(struct visit *visit, const struct apply_draft *own);

/* What the page has seen of it, for its field "_draft". */
const char *apply_draft_mark(struct visit *visit, const struct apply_draft *own);

/*
 * The steps "save", "mail" and "keep" (what the script saves by itself):
 * answers the visit.  is_finished: nothing is missing or wrong.  False for any
 * other step.
 */
bool apply_draft_step(struct visit *visit, bool is_finished);

/* Before sending: whether another window's words are newer; the visit is
 * answered then. */
bool apply_draft_refuses(struct visit *visit);

/* Until when this address may send from here although it is past the deadline:
 * application_sender.open_until. */
int64_t apply_draft_open_until(struct visit *visit, const char *email);

/* The one address that may still send from here; NULL: it is not like that. */
const char *apply_draft_late_address(struct visit *visit);

/* The application was sent. */
void apply_draft_sent(struct visit *visit);

/* The token of this browser's cookie, made if need be, and the cookie set until
 * nothing can be sent from the draft any more. */
const char *apply_draft_token(struct visit *visit);
void apply_draft_remember(
    struct visit *visit, const struct cohort *cohort, const struct draft *draft, const char *token);

/* ---- draft_open.c: going on elsewhere, and forgetting ---- */
handler_fn apply_draft_link_show;
handler_fn apply_draft_link_press;
handler_fn apply_code_show;
handler_fn apply_code_send;
handler_fn apply_draft_forget_press;
extern const struct form apply_draft_link_form;
extern const struct form apply_code_form;
extern const struct form apply_forget_form;

/* ---- form.c ---- */

/* Refuses what was sent, since it is too early or too late for it. */
void apply_refuse_closed(struct visit *visit);

#endif
