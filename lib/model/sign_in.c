#include <stddef.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/mail_limit.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/session.h"

/* A kind of mail that there is not: queueing it does all the work and leaves
 * nothing. */
static const char no_kind[] = "";

enum sign_in_outcome
sign_in_ask(struct db *db, struct arena *arena, const unsigned char secret[32], const char *email,
    const char *network, const char *next, int64_t now)
{
	const struct mail_limit limit = { "sign_in", secret, email, network };
	struct person person = { 0 };
	bool is_known;

	if (mail_limit_reached(db, arena, &limit, now)) {
		return SIGN_IN_TOO_MANY;
	}
	mail_limit_count(db, arena, &limit, now);
	is_known = person_find_by_email(db, arena, email, &person) && person.is_disabled == 0;
	outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = arena_format(arena, "sign_in:%s", token_key128(arena)),
		.kind = is_known ? "sign_in" : no_kind,
		.recipient = is_known ? person.email : email,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "person", arena_format(arena, "%lld", (long long)person.id) },
			{ "next", next == NULL ? "" : next }, { NULL, NULL } },
		.due_at = now },
	    now);
	return SIGN_IN_ASKED;
}
