#include "courier.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "web/mail.h"

const char *
courier_sender(struct crewctl *crewctl, const char *from, const struct programme *programme)
{
	if (from != NULL) {
		return from;
	}
	return programme->contact[0] != '\0'
	    ? programme->contact
	    : arena_format(crewctl->arena, "groundcrew@%s.invalid", crewctl->site->host);
}

/* The same at every sending; numbers begin again where a backup was made. */
static const char *
message_id(struct crewctl *crewctl, const struct outbox *outbox)
{
	return token_derive(crewctl->arena, crewctl->site->secret, outbox->created_at,
	    arena_format(crewctl->arena, "message %s", outbox->reason));
}

/* An answer to what only its recipient may read comes back to them. */
static const char *
answers_to(const struct programme *programme, const struct parcel *parcel)
{
	if (!parcel->letter.takes_answers) {
		return parcel->outbox.recipient;
	}
	return programme->contact;
}

bool
courier_compose(
    struct crewctl *crewctl, const char *from, struct parcel *parcel, struct bytes *mail)
{
	struct programme programme;
	const char *sender;

	if (!programme_read(crewctl->db, crewctl->arena, &programme)) {
		return false;
	}
	sender = courier_sender(crewctl, from, &programme);
	parcel->from = address_ascii(crewctl->arena, sender);
	parcel->to = address_ascii(crewctl->arena, parcel->outbox.recipient);
	return mail_write(crewctl->arena, mail,
		   &(struct mail){ .from_name = programme.name,
		       .from = sender,
		       .reply_to = answers_to(&programme, parcel),
		       .to = parcel->outbox.recipient,
		       .subject = parcel->letter.wording.subject,
		       .body = parcel->letter.text,
		       .html = parcel->letter.html,
		       .unsubscribe = parcel->letter.unsubscribe,
		       .id = message_id(crewctl, &parcel->outbox),
		       .id_domain = programme.tag_domain,
		       .date = crewctl->now }) == MAIL_WRITTEN;
}
