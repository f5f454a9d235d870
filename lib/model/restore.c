#include "model/restore.h"

#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/calendar.h"
#include "model/feed.h"

/* The last erasure of that address after it was here, or of the account that
 * has it, whatever its address was by then; NULL when none was. */
static const struct erasure *
erasure_of(struct arena *arena, const unsigned char *secret, const struct erasure_rows *journal,
    const struct restore_addresses_row *address)
{
	const char *hash = erasure_address_hash(arena, secret, address->email_key);
	const char *account =
	    erasure_account_hash(arena, secret, address->person_id, address->person_since);
	const struct erasure *found = NULL;

	for (size_t i = 0; i < journal->count; i++) {
		const struct erasure *erasure = &journal->rows[i];

		if (erasure->erased_at >= address->since &&
		    (strcmp(erasure->address_hash, hash) == 0 ||
			strcmp(erasure->address_hash, account) == 0)) {
			found = erasure;
		}
	}
	return found;
}

static bool
erase_again(struct db *db, struct arena *arena, const struct erase *erase,
    const struct erasure_rows *journal, int64_t now, int64_t *count)
{
	struct restore_addresses_row_rows addresses = restore_addresses(db, arena);

	for (size_t i = 0; journal->count > 0 && i < addresses.count; i++) {
		const struct erasure *erasure =
		    erasure_of(arena, erase->secret, journal, &addresses.rows[i]);
		struct erase again = *erase;
		int64_t person_id;

		if (erasure == NULL) {
			continue;
		}
		again.withdraws = erasure->withdraws == 1;
		again.tells = false;
		if (!address_erase(db, arena, &again, addresses.rows[i].email, now, &person_id)) {
			return false;
		}
		++*count;
	}
	return db_fault(db) == DB_FAULT_NONE;
}

bool
restore_prepare(struct db *db, struct arena *arena, const struct erase *erase,
    const struct erasure_rows *journal, int64_t now, struct restore_report *report)
{
	report->sessions += restore_end_sessions(db);
	report->held += restore_hold_mail(db);
	restore_end_links(db);
	restore_end_secret_addresses(db);
	restore_forget_requests(db);
	restore_forget_submissions(db);
	return calendar_restore(db, now) && feed_restored(db, now) &&
	    erase_again(db, arena, erase, journal, now, &report->erased);
}
