#include "model/application_rows.h"

#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/outbox.h"

#define MAILS_OF_NETWORK 300
#define MAILS_OF_ADDRESS 5
/* Beyond this many times the limit a mail is not delayed further. */
#define DELAYS_MAX 4

bool
application_set_projects(
    struct db *db, int64_t application_id, const struct application_answers *answers)
{
	for (size_t i = 0; i < answers->project_count; i++) {
		if (application_project_insert(db,
			&(struct application_project_insert_in){ .application_id = application_id,
			    .project_id = answers->projects[i] }) != 1) {
			return false;
		}
	}
	return true;
}

bool
application_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    int64_t application_id, int64_t cohort_id, const char *recipient, int64_t due_at, int64_t now)
{
	const struct outbox_parameter parameters[] = {
		{ "application", arena_format(arena, "%lld", (long long)application_id) },
		{ "cohort", arena_format(arena, "%lld", (long long)cohort_id) }, { NULL, NULL }
	};

	return outbox_queue(db, arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = kind,
		.cohort_id = cohort_id,
		.recipient = recipient,
		.parameters = parameters,
		.due_at = due_at },
	    now);
}

static const char *
keyed(struct arena *arena, const unsigned char *secret, const char *purpose, const char *text)
{
	return token_keyed(arena, token_derive(arena, secret, 0, purpose), text);
}

int64_t
application_mail_due(struct db *db, struct arena *arena, const struct application_sender *sender,
    const char *email_key, int64_t now)
{
	const char *address = keyed(arena, sender->secret, "application address", email_key);
	const char *network = keyed(arena, sender->secret, "application network", sender->network);
	struct application_mail_counts_row counts = { 0 };
	int64_t by_address, by_network;

	application_mail_counts(db, arena,
	    &(struct application_mail_counts_in){ .address_hash = address,
		.network_hash = network,
		.since = now - CLOCK_HOUR,
		.address_max = MAILS_OF_ADDRESS * DELAYS_MAX,
		.network_max = MAILS_OF_NETWORK * DELAYS_MAX },
	    &counts);
	mail_request_insert(db,
	    &(struct mail_request_insert_in){ .kind = "application",
		.address_hash = address,
		.network_hash = network,
		.now = now });
	by_address = counts.of_address / MAILS_OF_ADDRESS;
	by_network = counts.of_network / MAILS_OF_NETWORK;
	return now + CLOCK_HOUR * (by_address > by_network ? by_address : by_network);
}
