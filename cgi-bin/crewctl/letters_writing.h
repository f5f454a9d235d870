#ifndef CREWCTL_LETTERS_WRITING_H
#define CREWCTL_LETTERS_WRITING_H

/*
 * How the kinds of mail are written: a function each, named letter_<kind>,
 * in the file of its topic and in the table of letters.c.
 *
 * A writer reads what the mail is about (LETTER_POINTLESS when that is gone,
 * over, or no longer a reason to write), fills letter->wording with the words
 * of letter_words, and for a mail with a link letter->link.  A link that
 * carries letter->token is recorded under letter->link, with letter->seconds
 * to live from acceptance.  A writer of an optional kind sets letter->stop as
 * well.  A mail's parts are made of its wording by letter_envelope.
 */

#include <jansson.h>
#include <stdint.h>

#include "letters.h"
#include "model/application.h"
#include "model/cohort.h"

struct offer;

struct writing {
	struct crewctl *crewctl;
	struct arena *arena;
	const struct outbox *outbox;
	struct programme programme;
	/* programme.contact is an address; else it is words that stand for
	 * one. */
	bool has_contact;
	json_t *parameters;
	struct letter *letter;
};

enum letter_outcome letter_sign_in(struct writing *writing);
enum letter_outcome letter_application_received(struct writing *writing);
enum letter_outcome letter_application_already(struct writing *writing);
enum letter_outcome letter_application_confirmed(struct writing *writing);
enum letter_outcome letter_application_changed(struct writing *writing);
enum letter_outcome letter_application_withdrawn(struct writing *writing);
enum letter_outcome letter_offer(struct writing *writing);
enum letter_outcome letter_waitlist(struct writing *writing);
enum letter_outcome letter_not_this_time(struct writing *writing);
enum letter_outcome letter_waitlist_closed(struct writing *writing);
enum letter_outcome letter_offer_reminder(struct writing *writing);
enum letter_outcome letter_welcome(struct writing *writing);
enum letter_outcome letter_reviewer_appointed(struct writing *writing);
enum letter_outcome letter_question_answered(struct writing *writing);
enum letter_outcome letter_standup_tomorrow(struct writing *writing);
enum letter_outcome letter_activity(struct writing *writing);
enum letter_outcome letter_feed_ping(struct writing *writing);
enum letter_outcome letter_address_old(struct writing *writing);
enum letter_outcome letter_address_new(struct writing *writing);
enum letter_outcome letter_invitation(struct writing *writing);
enum letter_outcome letter_next_opens_confirm(struct writing *writing);
enum letter_outcome letter_next_opens(struct writing *writing);
enum letter_outcome letter_conduct(struct writing *writing);
enum letter_outcome letter_own_data(struct writing *writing);
enum letter_outcome letter_erase(struct writing *writing);
enum letter_outcome letter_erased(struct writing *writing);
enum letter_outcome letter_draft(struct writing *writing);
enum letter_outcome letter_draft_reminder(struct writing *writing);
enum letter_outcome letter_let_in(struct writing *writing);

/* Makes the letter's link one that opens this offer, until some time after
 * its deadline. */
void letter_links_offer(struct writing *writing, const struct offer *offer);

/* The address has served once its mail is on its way. */
bool letter_next_opens_sent(
    struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter);

/* False when the recipient is kept out, so that no mail but those which must
 * reach anyone is sent to them. */
bool letter_may_go(const struct writing *writing);

/*
 * Whether the mail goes to the address that somebody, or an application, has
 * now: tried again after a change of address, a link must not go to the old
 * mailbox.
 */
bool letter_is_to(const struct writing *writing, const char *email_key);

/* Makes the letter's parts, with what stands below every mail, and the URL of
 * its stop link. */
void letter_envelope(struct writing *writing);

/* Records the stop link, as letter_record does. */
bool letter_record_stop(struct crewctl *crewctl, const struct letter *letter, int64_t now);

/* The wording that the cohort (0: the programme) gave mails of that kind; NULL
 * for ours. */
const struct wording_words *
letter_words(const struct writing *writing, const char *kind, int64_t cohort_id);

/* The parameter of that name as a positive number; 0 when it is none. */
int64_t letter_parameter_id(const struct writing *writing, const char *name);

/* A link of link.h with the site's base before it. */
const char *letter_absolute(const struct writing *writing, const char *link);

/* An application and its cohort, of which a mail tells. */
struct letter_subject {
	struct application application;
	struct cohort cohort;
	const char *link; /* with the letter's token */
	const char *deadline; /* in words, in the applicant's zone */
};

/* False when the application is gone, or has another address by now. */
bool letter_read_subject(
    struct writing *writing, int64_t application_id, struct letter_subject *subject);

#endif
