#ifndef GROUNDCREW_MODEL_DRAFT_H
#define GROUNDCREW_MODEL_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/draft.h"
#include "ground/clock.h"

struct application_sender;
struct arena;
struct cohort;
struct db;

/*
 * An application in the making (product.md, "Apply"): what was typed, right or
 * wrong, kept for the browser where it was begun, and for whoever has the mail
 * to the address that was typed.
 *
 *	begun ---- saved, any number of times ----> sent: deleted
 *	  |           |            ^
 *	  |           |            +-- opened in another browser, by the mailed
 *	  |           |                link or the mailed code
 *	  |           +--> forgotten in this browser; with the last browser goes
 *	  |                a draft without an address
 *	  +--> purged: keep_unconfirmed_days after the deadline
 *
 * Nothing typed is lost: saving refuses to replace words that the page which
 * saves has not seen (two windows), and says so.
 */

/* Whether an application can be written and sent now. */
enum draft_window {
	/* opens_at <= now < closes_at: by anybody. */
	DRAFT_WINDOW_OPEN = 1,
	/* Up to grace_minutes after the deadline: a draft begun before it. */
	DRAFT_WINDOW_GRACE,
	/* Until the instant an organiser set: a draft of an address that was
	 * let in (model/late.h). */
	DRAFT_WINDOW_LATE,
	/* A draft cohort, or its applications are not open yet. */
	DRAFT_WINDOW_EARLY,
	DRAFT_WINDOW_OVER
};

/* draft is NULL for whoever has none here. */
enum draft_window draft_window(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft *draft, int64_t now);

/* One of the first three. */
bool draft_window_is_open(enum draft_window window);

/* The instant at which nothing can be sent from this draft any more: the
 * deadline, with its grace, or the end of a late entry if that is later. */
int64_t draft_ends(
    struct db *db, struct arena *arena, const struct cohort *cohort, const struct draft *draft);

/*
 * The instant until which this address may send an application from this
 * draft: draft_ends, but for an address that was let in only that address is.
 * 0: it may not, not now either.
 */
int64_t draft_ends_for(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft *draft, const char *email, int64_t now);

/* The draft that a browser shows in a cohort; token is its cookie's, or NULL.
 * False: none, or a fault. */
bool draft_find(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *token, struct draft *draft);

/*
 * What a page carries to say which words it has seen: "" for none, else a text
 * that changes with every change of the draft.
 */
const char *draft_mark(struct arena *arena, const struct draft *draft);

/* What a page sends. */
struct draft_page {
	const char *token; /* of the browser's cookie: 43 characters */
	const char *key; /* the form's own, the same as long as the page lives */
	const char *mark; /* draft_mark of when it was shown, or "" */
	/* What was typed, application/x-www-form-urlencoded, in at most
	 * DRAFT_FIELDS_MAX bytes. */
	const char *fields;
};

#define DRAFT_FIELDS_MAX 524288

/*
 * Whether the draft holds words that this page has not seen and did not write:
 * it is another one than the page showed, or was changed since by another
 * page, and says something else.  draft NULL: there is none (any more).
 */
bool draft_is_newer(struct arena *arena, const struct draft *draft, const struct draft_page *page);

enum draft_save_outcome {
	DRAFT_SAVED = 1,
	/* draft_is_newer: nothing is written, *draft is what is there (id 0:
	 * it was sent or forgotten meanwhile). */
	DRAFT_STALE,
	DRAFT_TOO_EARLY,
	DRAFT_TOO_LATE,
	DRAFT_FAULT
};

/*
 * Saves what a page sends, beginning a draft when the browser has none, in the
 * caller's write transaction.  email is what was typed as the address, NULL
 * when it is none.  is_finished: nothing is missing or wrong.  *draft becomes
 * what is stored.
 *
 * A draft that is only open because its address was let in keeps that
 * address, whatever is typed.
 */
enum draft_save_outcome draft_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft_page *page, const char *email, bool is_finished, int64_t now,
    struct draft *draft);

/*
 * Mails link and code to the draft's address, if it has one that this was not
 * done for yet, or if `again`, but for the minute after.  Limits as of an application's mail (safety 19).
 * False on a fault.
 */
bool draft_mail(struct db *db, struct arena *arena, const struct draft *draft,
    const struct application_sender *sender, bool again, int64_t now);

/* The application was sent: the draft has served.  False on a fault. */
bool draft_delete_sent(struct db *db, const struct draft *draft);

/* This browser forgets the draft.  False on a fault. */
bool draft_forget(struct db *db, struct arena *arena, const struct draft *draft, const char *token);

/* From now on this browser shows this draft.  False on a fault. */
bool draft_open(
    struct db *db, struct arena *arena, const struct draft *draft, const char *token, int64_t now);

/* The draft that a mailed link is about, while the link works and something
 * can be sent from it.  Changes nothing (safety 14). */
bool draft_of_link(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct cohort *cohort, struct draft *draft);

/*
 * The code in a mail whose row's token this is: eight characters that are not
 * mistaken for one another, 40 random bits.
 */
#define DRAFT_CODE_LENGTH 8

const char *draft_code(struct arena *arena, const char *token);

/* Makes it the code that opens the draft, in place of the one before.  Only a
 * hash is kept, keyed with secret.  False on a fault. */
bool draft_record_code(struct db *db, struct arena *arena, const unsigned char secret[32],
    int64_t draft_id, const char *code);

enum draft_code_outcome {
	/* draft_open was done. */
	DRAFT_CODE_OPENED = 1,
	/* Another code, no draft of this address, none that is open, or too
	 * many tries: the same for all (safety 18), at the same cost. */
	DRAFT_CODE_WRONG
};

/*
 * Somebody types an address and its code: 5 tries an hour for an address from
 * one network, 20 for an address, 60 for a network (safety 19).  The link of
 * the mail works all the same: nobody is locked out.  Blanks, hyphens and case
 * do not matter.  In the caller's write transaction.
 */
enum draft_code_outcome draft_open_by_code(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct application_sender *sender, const char *code,
    const char *token, int64_t now, struct draft *draft);

/*
 * Mails that remind of a draft that was not sent: 3 days, 1 day and 3 hours
 * before the deadline, each at most once for an address, none within an hour
 * of the draft's beginning and none to who has applied.  One whose time passed
 * unnoticed is left out when the next is due, too.
 */
bool draft_remind(struct db *db, struct arena *arena, int64_t now);

/* The next instant after now at which one may be due; DB_NULL: none is known. */
int64_t draft_remind_due(struct db *db, struct arena *arena, int64_t now);

/* Whether a reminder of so many hours (72, 24, 3) still has its reason as it is
 * sent; *draft and *cohort are what it is about. */
bool draft_reminder_holds(struct db *db, struct arena *arena, int64_t draft_id, int64_t hours,
    int64_t now, struct draft *draft, struct cohort *cohort);

/* No more reminders for the draft's address in its cohort.  False on a fault. */
bool draft_end_reminders(struct db *db, int64_t draft_id);

#endif
