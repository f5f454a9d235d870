#include "letters.h"

#include <string.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "ground/token.h"
#include "letters_writing.h"
#include "model/draft.h"
#include "web/link.h"

int64_t
letter_parameter_id(const struct writing *writing, const char *name)
{
	int64_t id = 0;
	const char *text = json_string_value(json_object_get(writing->parameters, name));

	return text != NULL && text_integer(text, 1, INT64_MAX, &id) ? id : 0;
}

const char *
letter_absolute(const struct writing *writing, const char *link)
{
	return link_absolute(writing->arena, writing->crewctl->site, link);
}

bool
letter_is_to(const struct writing *writing, const char *email_key)
{
	const char *key = address_key(writing->arena, writing->outbox->recipient);

	/* What is no address reaches nobody, and is said to be none. */
	return key == NULL || strcmp(key, email_key) == 0;
}

const struct wording_words *
letter_words(const struct writing *writing, const char *kind, int64_t cohort_id)
{
	return wording_read(writing->crewctl->db, writing->arena, kind, cohort_id);
}

static const struct kind {
	const char *kind;
	enum letter_outcome (*write)(struct writing *);
	/* What follows once it was accepted; NULL: nothing.  False on a fault. */
	bool (*sent)(struct crewctl *, const struct outbox *, const struct letter *);
} kinds[] = {
	{ "sign_in", letter_sign_in, NULL },
	{ "application_received", letter_application_received, NULL },
	{ "application_already", letter_application_already, NULL },
	{ "application_confirmed", letter_application_confirmed, NULL },
	{ "application_changed", letter_application_changed, NULL },
	{ "application_withdrawn", letter_application_withdrawn, NULL },
	{ "offer", letter_offer, NULL },
	{ "waitlist", letter_waitlist, NULL },
	{ "not_this_time", letter_not_this_time, NULL },
	{ "waitlist_closed", letter_waitlist_closed, NULL },
	{ "offer_reminder", letter_offer_reminder, NULL },
	{ "welcome", letter_welcome, NULL },
	{ "reviewer_appointed", letter_reviewer_appointed, NULL },
	{ "question_answered", letter_question_answered, NULL },
	{ "standup_tomorrow", letter_standup_tomorrow, NULL },
	{ "activity", letter_activity, NULL },
	{ "feed_ping", letter_feed_ping, NULL },
	{ "address_old", letter_address_old, NULL },
	{ "address_new", letter_address_new, NULL },
	{ "invitation", letter_invitation, NULL },
	{ "next_opens_confirm", letter_next_opens_confirm, NULL },
	{ "next_opens", letter_next_opens, letter_next_opens_sent },
	/* Its report goes with the last of its mails, by a trigger. */
	{ "conduct", letter_conduct, NULL },
	{ "own_data", letter_own_data, NULL },
	{ "erase", letter_erase, NULL },
	{ "erased", letter_erased, NULL },
	{ "draft", letter_draft, NULL },
	{ "draft_reminder", letter_draft_reminder, NULL },
	{ "let_in", letter_let_in, NULL },
};

static void
free_json(void *json)
{
	json_decref(json);
}

/*
 * The same at every sending of this mail, and of no other: after a backup was
 * restored ids begin again where it was made, and a link that was mailed
 * before must not open what has its id now.  `which` tells two links of a mail
 * apart.
 */
static const char *
token_of(struct crewctl *crewctl, const struct outbox *outbox, const char *which)
{
	return token_derive(crewctl->arena, crewctl->site->secret, outbox->id,
	    arena_format(crewctl->arena, "%s%s %lld %s", which, outbox->kind,
		(long long)outbox->created_at, outbox->recipient));
}

static const struct kind *
kind_find(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].kind, name) == 0) {
			return &kinds[i];
		}
	}
	return NULL;
}

const char *
letter_kind(size_t index)
{
	return index < sizeof kinds / sizeof kinds[0] ? kinds[index].kind : NULL;
}

bool
letter_sent(struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter)
{
	const struct kind *kind = kind_find(outbox->kind);

	return kind == NULL || kind->sent == NULL || kind->sent(crewctl, outbox, letter);
}

enum letter_outcome
letter_write(struct crewctl *crewctl, const struct outbox *outbox, struct letter *letter)
{
	struct writing writing = {
		.crewctl = crewctl,
		.arena = crewctl->arena,
		.outbox = outbox,
		.letter = letter,
	};
	const struct kind *kind = kind_find(outbox->kind);
	enum letter_outcome outcome;

	writing.parameters = json_loads(outbox->parameters, 0, NULL);
	if (writing.parameters == NULL) {
		return LETTER_POINTLESS;
	}
	arena_cleanup(crewctl->arena, free_json, writing.parameters);
	*letter = (struct letter){
		.token = token_of(crewctl, outbox, ""),
		.stop_token = token_of(crewctl, outbox, "stop "),
	};
	if (!programme_read(crewctl->db, crewctl->arena, &writing.programme)) {
		return LETTER_FAULT;
	}
	writing.has_contact = writing.programme.contact[0] != '\0';
	if (!writing.has_contact) {
		writing.programme.contact = message(MESSAGE_LETTER_NO_CONTACT);
	}
	if (kind == NULL || !letter_may_go(&writing)) {
		return db_fault(crewctl->db) == DB_FAULT_NONE ? LETTER_POINTLESS : LETTER_FAULT;
	}
	outcome = kind->write(&writing);
	if (outcome == LETTER_READY && letter->payload == NULL) {
		letter_envelope(&writing);
	}
	return db_fault(crewctl->db) == DB_FAULT_NONE ? outcome : LETTER_FAULT;
}

bool
letter_record(struct crewctl *crewctl, const struct letter *letter, int64_t now)
{
	int64_t expires_at;

	if (!letter_record_stop(crewctl, letter, now)) {
		return false;
	}
	if (letter->link.purpose == NULL) {
		return true;
	}
	if (letter->link.application_id != 0) {
		return application_record_link(crewctl->db, crewctl->arena, letter->token,
		    letter->link.application_id, now, &expires_at);
	}
	return link_record(crewctl->db, crewctl->arena, letter->token, &letter->link, now,
		   now + letter->seconds) &&
	    (letter->code == NULL ||
		draft_record_code(crewctl->db, crewctl->arena, crewctl->site->secret,
		    letter->link.draft_id, letter->code));
}
