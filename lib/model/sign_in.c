#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "db/query/session.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/mail_limit.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/session.h"

/* As long as the address that was typed, and nobody's. */
static const char *
nobody(struct arena *arena, const char *email)
{
	size_t length = strlen(email);
	char *text = arena_alloc(arena, length + 1);

	memset(text, '-', length);
	return text;
}

static bool
queue(struct db *db, struct arena *arena, const char *reason, const char *recipient,
    int64_t person_id, const char *next, int64_t now)
{
	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = "sign_in",
		.recipient = recipient,
		.parameters =
		    (const struct outbox_parameter[]){
			{ "person", arena_format(arena, "%" PRId64, person_id) },
			{ "next", next == NULL ? "" : next }, { NULL, NULL } },
		.due_at = now },
	    now);
}

/*
 * Who is not known costs as much as who is, down to the pages that the
 * transaction writes: what is queued for nobody is taken out again.
 */
enum sign_in_outcome
sign_in_ask(struct db *db, struct arena *arena, const unsigned char secret[32], const char *email,
    const char *network, const char *next, int64_t now)
{
	const struct mail_limit limit = { "sign_in", secret, email, network };
	const char *reason = arena_format(arena, "sign_in:%s", token_key128(arena));
	const char *recipient = nobody(arena, email);
	struct person person = { 0 };
	bool is_known;

	if (mail_limit_reached(db, arena, &limit, now)) {
		return SIGN_IN_TOO_MANY;
	}
	mail_limit_count(db, arena, &limit, now);
	is_known = person_find_by_email(db, arena, email, &person) && person.is_disabled == 0;
	queue(db, arena, reason, is_known ? person.email : recipient, person.id, next, now);
	sign_in_forget(db, &(struct sign_in_forget_in){ .reason = reason, .is_known = is_known });
	return SIGN_IN_ASKED;
}
