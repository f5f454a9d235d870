/*
 * The office: mail, wording, web hooks and the log. Each page is there twice,
 * for a cohort's organisers below its /organise and for administrators below
 * /cohort/settings; the handlers are the same, and visit->cohort is NULL for
 * the second.
 */
#ifndef COHORT_OFFICE_H
#define COHORT_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "cohort.h"
#include "settings.h"

struct sending;
struct wording_kind;

/* ---- mailbox.c: the list of mail and its buttons; letter.c: one of it ---- */
handler_fn mailbox_show;
handler_fn mailbox_retry;
handler_fn mailbox_cancel;
handler_fn letter_show;
extern const struct form mailbox_form;

/* ---- journal.c: who did what ---- */
handler_fn journal_show;

/* ---- hooks.c: where the community is told ---- */
handler_fn hooks_show;
handler_fn hooks_add;
handler_fn hooks_remove;
handler_fn hooks_test;
extern const struct form hooks_form;
extern const struct form hooks_button_form;

/* ---- wordings.c: what the mails say ---- */
handler_fn wordings_show;
handler_fn wording_show;
handler_fn wording_send;
handler_fn wording_put_back;
extern const struct form wording_form;
extern const struct form wording_reset_form;

/* Whether the words of that kind are the visitor's to change here. */
bool office_may_word(struct visit *visit, const char *kind);

/* A mail with those words, with samples for its values. */
struct page_part_letter_list office_letter(
    struct visit *visit, const struct wording_kind *kind, const char *subject, const char *body);

/* ---- office.c: what these pages share ---- */

/* The cohort whose things are shown, or 0: those of all. */
int64_t office_cohort(const struct visit *visit);

/* One of these pages, by the last part of its address. */
const char *office_link(struct visit *visit, const char *page);

/* What the way back leads to. */
const char *office_back(struct visit *visit);
const char *office_back_link(struct visit *visit);

/* The navigation of organisers, or that of administrators: the other is empty. */
struct page_part_organise_list office_organise(struct visit *visit, enum organise_page page);
struct page_part_settings_list office_settings(struct visit *visit, enum settings_page page);

/* A positive number of the query, or of what the pattern captured; 0: none. */
int64_t office_query_number(const struct visit *visit, const char *name);
int64_t office_param_number(const struct visit *visit, const char *name);

/* What a kind of mail is called. */
const char *office_kind_words(const char *kind);

/* What stands for a placeholder of a mail. */
const char *office_placeholder_words(const char *name);

/* Who reads what a web hook is sent. */
const char *office_format_words(const char *format);

/* Why it did not go, from the courier's word for it. */
const char *office_problem_words(const struct sending *sending);

/* How a mail stands: its state and the instant that goes with it, in words. */
const char *office_state_words(const char *state);
const char *office_when_words(struct visit *visit, const struct sending *sending);
const char *office_attempts_words(struct visit *visit, int64_t attempts);

/* To whom: an address, the name of a web hook, or the hub of the feeds. */
const char *office_recipient(struct visit *visit, const struct sending *sending);

#endif
