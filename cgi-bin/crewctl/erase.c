#include "model/erase.h"

#include "crewctl.h"
#include "db/db.h"
#include "model/audit.h"

/* For whoever asks by letter: the link that a person presses is safer. */
int
run_erase(struct crewctl *crewctl, const struct arguments *arguments)
{
	const struct erase erase = {
		.secret = crewctl->site->secret,
		.words = { message(MESSAGE_ERASE_STAND_IN), message(MESSAGE_ERASE_REMOVED) },
		.withdraws = argument_value(arguments, "withdraw") != NULL,
		.tells = true,
	};
	int64_t id = 0;

	if (!crewctl->site->has_secret) {
		return crewctl_fail("there is no key file: run crewctl init");
	}
	if (!db_begin_write(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	if (!address_erase(
		crewctl->db, crewctl->arena, &erase, arguments->operand, crewctl->now, &id)) {
		if (db_fault(crewctl->db) != DB_FAULT_NONE) {
			return crewctl_fail_db(crewctl->db);
		}
		db_rollback(crewctl->db);
		return crewctl_fail("nothing here is known of that address");
	}
	if (!audit_note(crewctl->db,
		&(struct audit_entry){ .action = AUDIT_ERASED, .subject_id = id }, crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	crewctl_say(message(MESSAGE_CREWCTL_ERASE_DONE));
	return CREWCTL_DONE;
}
