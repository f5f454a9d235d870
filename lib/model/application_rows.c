#include "model/application_rows.h"

#include <string.h>

#include "ground/arena.h"
#include "ground/bytes.h"
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

static bool
answers_item(const struct application_answers *answers, int64_t item_id)
{
	for (size_t i = 0; i < answers->item_count; i++) {
		if (answers->items[i].item_id == item_id) {
			return true;
		}
	}
	return false;
}

bool
application_set_items(struct db *db, struct arena *arena, int64_t application_id,
    const struct application_answers *answers)
{
	struct application_answer_rows there = application_answers(db, arena, application_id);
	struct item_answer *items =
	    arena_array(arena, answers->item_count + there.count + 1, sizeof(*items));
	size_t count;

	for (count = 0; count < answers->item_count; count++) {
		items[count] = answers->items[count];
	}
	for (size_t i = 0; i < there.count; i++) {
		const struct application_answer *old = &there.rows[i];

		if (old->is_retired && !answers_item(answers, old->item_id)) {
			items[count++] =
			    (struct item_answer){ old->item_id, old->wording_id, old->value };
		}
	}
	return application_answers_write(db, application_id, items, count);
}

const char *
application_words_hash(struct arena *arena, const struct application_answers *answers)
{
	struct bytes *words = bytes_new(arena);

	for (size_t i = 0; i < answers->item_count; i++) {
		bytes_format(words, "%lld:%zu:%s", (long long)answers->items[i].item_id,
		    strlen(answers->items[i].value), answers->items[i].value);
	}
	return token_hash_bytes(arena, words->data, words->length);
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
