#include <string.h>

#include "db/db.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "letters_writing.h"
#include "model/person.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/page/mail.h"
#include "web/page/site.h"

/* Long enough for a mail that is found again. */
#define STOP_SECONDS ((int64_t)365 * CLOCK_DAY)

enum {
	/* Goes to those, too, who are kept out of everything else. */
	ANYONE = 1,
	/* An answer would quote to the contact what is not for them. */
	NO_ANSWER = 2
};

/* Why somebody gets mails of a kind. */
static const struct envelope {
	const char *kind;
	const char *(*why)(struct arena *, const char *programme);
	unsigned traits;
} envelopes[] = {
	{ "sign_in", message_letter_why_asked, 0 },
	{ "application_received", message_letter_why_asked, 0 },
	{ "application_already", message_letter_why_asked, 0 },
	{ "application_confirmed", message_letter_why_applied, 0 },
	{ "application_changed", message_letter_why_applied, 0 },
	{ "application_withdrawn", message_letter_why_applied, 0 },
	{ "offer", message_letter_why_applied, 0 },
	{ "waitlist", message_letter_why_applied, 0 },
	{ "not_this_time", message_letter_why_applied, 0 },
	{ "waitlist_closed", message_letter_why_applied, 0 },
	{ "offer_reminder", message_letter_why_applied, 0 },
	{ "welcome", message_letter_why_member, 0 },
	{ "question_answered", message_letter_why_member, 0 },
	{ "standup_tomorrow", message_letter_why_member, 0 },
	{ "invitation", message_letter_why_invited, 0 },
	{ "next_opens_confirm", message_letter_why_asked, 0 },
	{ "next_opens", message_letter_why_subscribed, 0 },
	{ "address_old", message_letter_why_member, 0 },
	{ "address_new", message_letter_why_asked, 0 },
	{ "own_data", message_letter_why_asked, 0 },
	{ "erase", message_letter_why_asked, 0 },
	{ "draft", message_letter_why_asked, 0 },
	{ "draft_reminder", message_letter_why_draft, 0 },
	{ "let_in", message_letter_why_let_in, 0 },
	{ "erased", message_letter_why_asked, ANYONE },
	{ "conduct", message_letter_why_conduct, ANYONE | NO_ANSWER },
};

static const struct envelope *
envelope_find(const char *kind)
{
	for (size_t i = 0; i < sizeof envelopes / sizeof envelopes[0]; i++) {
		if (strcmp(envelopes[i].kind, kind) == 0) {
			return &envelopes[i];
		}
	}
	return NULL;
}

bool
letter_may_go(const struct writing *writing)
{
	const struct outbox *outbox = writing->outbox;
	const struct envelope *envelope = envelope_find(outbox->kind);
	struct person person;

	if (envelope == NULL || (envelope->traits & ANYONE) != 0) {
		return true;
	}
	return !person_find_by_email(
		   writing->crewctl->db, writing->arena, outbox->recipient, &person) ||
	    person.is_disabled == 0;
}

static bool
takes_answers(const struct writing *writing)
{
	const struct envelope *envelope = envelope_find(writing->outbox->kind);

	return writing->has_contact && envelope != NULL && (envelope->traits & NO_ANSWER) == 0;
}

/* What stands below the mail, in Markdown. */
static const char *
foot_write(const struct writing *writing)
{
	struct arena *arena = writing->arena;
	const struct envelope *envelope = envelope_find(writing->outbox->kind);
	const struct programme *programme = &writing->programme;
	struct bytes *foot = bytes_new(arena);

	if (envelope != NULL) {
		bytes_text(foot, envelope->why(arena, markdown_escape(arena, programme->name)));
		bytes_text(foot, "\n\n");
	}
	if (writing->letter->unsubscribe != NULL) {
		bytes_text(foot, message_letter_stop(arena, writing->letter->unsubscribe));
		bytes_text(foot, "\n\n");
	}
	if (writing->letter->takes_answers) {
		bytes_text(foot,
		    message_letter_contact(arena, markdown_escape(arena, programme->contact)));
		bytes_char(foot, '\n');
	}
	return foot->data;
}

static void
stop_write(struct writing *writing)
{
	struct letter *letter = writing->letter;

	if (letter->stop.purpose != NULL) {
		letter->unsubscribe = letter_absolute(
		    writing, link_stop(writing->arena, writing->crewctl->site, letter->stop_token));
	}
}

void
letter_envelope(struct writing *writing)
{
	struct letter *letter = writing->letter;
	struct bytes *html = bytes_new(writing->arena);
	const char *foot;

	stop_write(writing);
	letter->takes_answers = takes_answers(writing);
	foot = foot_write(writing);
	letter->text = arena_format(writing->arena, "%s\n-- \n%s", letter->wording.body,
	    markdown_text(writing->arena, foot));
	page_mail_letter(html, &(struct page_site){ .site_programme = writing->programme.name },
	    &(struct page_mail_letter){ .subject = letter->wording.subject,
		.programme = writing->programme.name,
		.body_markdown = markdown_html(writing->arena, letter->wording.markdown),
		.foot_markdown = markdown_html(writing->arena, foot) });
	letter->html = html->data;
}

bool
letter_record_stop(struct crewctl *crewctl, const struct letter *letter, int64_t now)
{
	return letter->stop.purpose == NULL ||
	    link_record(crewctl->db, crewctl->arena, letter->stop_token, &letter->stop, now,
		now + STOP_SECONDS);
}
