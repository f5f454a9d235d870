#ifndef GROUNDCREW_MODEL_APPLICATION_H
#define GROUNDCREW_MODEL_APPLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/application.h"
#include "db/query/cohort.h"
#include "db/query/session.h"
#include "ground/slots.h"
#include "model/questionnaire.h"

struct arena;
struct db;

/*
 * Applying (product.md, "Apply").
 *
 *	            the address is confirmed         withdrawn
 *	received -----------------------> counting <-----------> withdrawn
 *	   |         within 72 hours                 sent again
 *	   +--> purged
 *
 * One that is only received blocks nobody: any number of them may name one
 * address. A person has one confirmed application a cohort. What is confirmed
 * is changed and sent again while the cohort takes applications, opens_at <=
 * now < closes_at, or this address was let in later (model/late.h); withdrawn
 * until week 0 begins; confirming is not bound to that.
 */

/* Strings of everything read here belong to the arena. */

/* How long an address can be confirmed, from the sending of its mail. */
#define APPLICATION_CONFIRM_SECONDS ((int64_t)72 * 3600)

/* Limits, in UTF-16 units where the form counts, never more in the table. */
#define APPLICATION_NAME_MAX 100
#define APPLICATION_PRONOUNS_MAX 40
#define APPLICATION_EMAIL_MAX 254
#define APPLICATION_ANSWER_MAX 2000

/* The application with this key.  False: none, or a fault. */
bool application_find(
    struct db *db, struct arena *arena, const char *key, struct application *application);

/* The same by the id that a link or a mail carries. */
bool application_find_by_id(
    struct db *db, struct arena *arena, int64_t id, struct application *application);

/* The person's confirmed application in a cohort, withdrawn or not. */
bool application_find_of_person(struct db *db, struct arena *arena, int64_t cohort_id,
    int64_t person_id, struct application *application);

/* The newest application of an address in a cohort that waits for it to be
 * confirmed. */
bool application_find_awaiting(struct db *db, struct arena *arena, int64_t cohort_id,
    const char *email, struct application *application);

/* Whether a cohort takes applications now: published, and its window is open.
 * The instants in its row are those of "anywhere on Earth". */
bool application_is_open(const struct cohort *cohort, int64_t now);

/* Whether an application can be taken back: from when they open until week 0
 * begins. */
bool application_may_withdraw(const struct cohort *cohort, int64_t now);

/* The published cohorts whose applications are open or will open, the next
 * deadline first. */
struct cohort_rows application_cohorts_ahead(struct db *db, struct arena *arena, int64_t now);

/* The projects among which an applicant of this cohort may choose. */
struct project_rows application_choosable(struct db *db, struct arena *arena, int64_t cohort_id);

/* The projects that an applicant chose; none: any. */
struct application_project_rows
application_projects(struct db *db, struct arena *arena, int64_t application_id);

/*
 * What an applicant says.  Texts were checked by the form; pronouns and
 * github may be NULL.  zone is an IANA name that exists.  hours are half hours
 * as the applicant's clock shows them.  No project: any.
 */
struct application_answers {
	const char *name;
	const char *pronouns;
	const char *github;
	const char *zone;
	int64_t level; /* 1 to 4 */
	struct slots hours;
	const int64_t *projects; /* ids of the cohort's projects */
	size_t project_count;
	/* to the questions of the cohort's form, in their order */
	const struct item_answer *items;
	size_t item_count;
};

/* Who applies, and from where. */
struct application_sender {
	const char *email;
	const char *network; /* /24 or /56, for the limit of mails */
	const unsigned char *secret; /* 32 bytes that key what is kept of it */
	/* The instant until which this one may send an application though the
	 * deadline is past (draft_ends_for); 0: none. */
	int64_t open_until;
};

enum application_receive_outcome {
	/* Stored, its mail queued. */
	APPLICATION_RECEIVED = 1,
	/* The same, word for word, waits for its confirmation already (a second
	 * tab, the back button): nothing is stored, the receipt names that one;
	 * after ten minutes, and once an hour, its mail is sent again. */
	APPLICATION_REPEATED,
	/* One is confirmed for this address: nothing is stored, the mail says
	 * what is there.  The visitor is told the same words as above. */
	APPLICATION_DUPLICATE,
	/* Its applications are not open yet, or it is a draft. */
	APPLICATION_TOO_EARLY,
	APPLICATION_TOO_LATE,
	/* The address cannot be written to. */
	APPLICATION_NO_ADDRESS,
	APPLICATION_RECEIVE_FAULT
};

/*
 * Takes an application, in the caller's write transaction.  For the first three
 * outcomes *receipt is the key of what the thank-you page shows.
 *
 * Mails over 300 an hour for one network, or over 5 for one address, are due
 * an hour later for every such number (safety 19): nobody is locked out.
 */
enum application_receive_outcome application_receive(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct application_answers *answers,
    const struct application_sender *sender, int64_t now, const char **receipt);

/* What the thank-you page shows; kept for 14 days. */
bool application_receipt(struct db *db, struct arena *arena, int64_t cohort_id, const char *key,
    struct receipt *receipt);

/*
 * The mail of an application is being sent: records its link, the token of
 * which is given, valid until the deadline, the end of a late entry
 * of its address, or for 72 hours, whichever is later; an address not confirmed yet has 72 hours from now.
 *
 * *expires_at is when the link ends.  False when the application is gone, or
 * on a fault.
 */
bool application_record_link(struct db *db, struct arena *arena, const char *token,
    int64_t application_id, int64_t now, int64_t *expires_at);

enum application_link_state {
	/* Its button confirms the address. */
	APPLICATION_LINK_CONFIRMS = 1,
	/* Its button opens the application. */
	APPLICATION_LINK_OPENS,
	/* Unknown, too old, or not a link of an application. */
	APPLICATION_LINK_SPENT
};

/* What the button of a mailed link would do.  Changes nothing (safety 14).
 * But for SPENT *application is what the link is about. */
enum application_link_state application_link(struct db *db, struct arena *arena, const char *token,
    int64_t now, struct application *application);

enum application_confirm_outcome {
	/* It counts from now, as of when it was submitted; a mail with a copy
	 * of the answers is queued. */
	APPLICATION_CONFIRMED = 1,
	/* It was confirmed before. */
	APPLICATION_ENTERED,
	/* Another one of the same person counts in this cohort: that one is
	 * entered, this one stays unconfirmed and is purged. */
	APPLICATION_ALREADY_THERE,
	APPLICATION_CONFIRM_SPENT,
	APPLICATION_CONFIRM_FAULT
};

/*
 * The button of a mailed link, in the caller's write transaction.  Makes the
 * person when the address is new.  The first three outcomes start a session
 * that reaches the application in *application alone; *session is its token.
 */
enum application_confirm_outcome application_confirm(struct db *db, struct arena *arena,
    const char *token, int64_t now, struct application *application, const char **session);

enum application_change_outcome {
	APPLICATION_CHANGED = 1,
	/* It is too late, or too early, for that. */
	APPLICATION_CHANGE_CLOSED,
	/* Someone, or another tab, changed or withdrew it meanwhile. */
	APPLICATION_CHANGE_STALE,
	/* The person has taken a seat: leaving it is another thing. */
	APPLICATION_CHANGE_SEATED,
	APPLICATION_CHANGE_FAULT
};

/* Replaces the answers if the application still has this revision, and
 * queues the mail that says so.  What was answered to questions that are asked
 * no more stays. */
enum application_change_outcome application_change(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct application *application, int64_t revision,
    const struct application_answers *answers, int64_t now);

/* Takes it back; an open offer is thereby refused.  It can be sent again. */
enum application_change_outcome application_withdraw(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct application *application, int64_t now);

/* Sends a withdrawn application again, as it is. */
enum application_change_outcome application_resubmit(struct db *db, struct arena *arena,
    const struct cohort *cohort, const struct application *application, int64_t now);

/*
 * Half hours of a zone's clock as half hours of UTC, in the seven days from
 * week_starts (00:00 UTC of a date): a UTC half hour counts when all of it is
 * free, so zones of :45 lose a quarter at each end and none is invented.
 */
struct slots
application_hours_utc(const struct slots *hours, const char *zone, int64_t week_starts);

#endif
