#include "mail_test.h"

#include <signal.h>
#include <stddef.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "post.h"
#include "web/mail.h"

static bool
test_write(struct crewctl *crewctl, struct parcel *parcel, const struct post *post)
{
	struct programme programme;
	const char *from;

	if (!db_begin_read(crewctl->db) ||
	    !programme_read(crewctl->db, crewctl->arena, &programme)) {
		return false;
	}
	db_rollback(crewctl->db);
	from = courier_sender(crewctl, post->mail_from, &programme);
	parcel->from = address_ascii(crewctl->arena, from);
	parcel->message = bytes_new(crewctl->arena);
	return mail_write(crewctl->arena, parcel->message,
		   &(struct mail){ .from_name = programme.name,
		       .from = from,
		       .to = parcel->to,
		       .subject = message_crewctl_mail_test_subject(crewctl->arena, programme.name),
		       .body = arena_format(crewctl->arena, "%s\n",
			   message_crewctl_mail_test_body(
			       crewctl->arena, programme.name, crewctl->site->base)),
		       .id = token_random(crewctl->arena),
		       .id_domain = programme.tag_domain,
		       .date = crewctl->now }) == MAIL_WRITTEN;
}

static int
tell(struct crewctl *crewctl, const struct post *post, const char *address,
    const struct delivery *delivery)
{
	const char *answer = delivery->answer == NULL ? "" : delivery->answer;

	if (delivery->outcome != DELIVERY_ACCEPTED) {
		return crewctl_fail(arena_format(crewctl->arena, "the mail was not taken: %s%s%s",
		    delivery_word(delivery->problem), answer[0] == '\0' ? "" : ": ", answer));
	}
	crewctl_say(post->smtp != NULL
		? message_crewctl_mail_test_taken(crewctl->arena, address, answer)
		: message_crewctl_mail_test_written(crewctl->arena, address, post->folder));
	return CREWCTL_DONE;
}

int
mail_test(struct crewctl *crewctl, const char *address)
{
	struct parcel parcel = {
		.outbox = { .kind = "test" },
		.to = address_ascii(crewctl->arena, address),
	};
	const char *problem = NULL;
	struct delivery delivery;
	struct post post;

	if (parcel.to == NULL) {
		return crewctl_fail("that is no e-mail address");
	}
	if (!post_open(crewctl->arena, crewctl, NULL, &post, &problem)) {
		return crewctl_fail(problem);
	}
	signal(SIGPIPE, SIG_IGN);
	if (!test_write(crewctl, &parcel, &post)) {
		db_rollback(crewctl->db);
		return crewctl_fail("the mail cannot be written: has the programme a contact?");
	}
	delivery = post_deliver(&post, crewctl->arena, &parcel);
	return tell(crewctl, &post, address, &delivery);
}
