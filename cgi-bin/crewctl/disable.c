#include "crewctl.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/person.h"

int
run_disable(struct crewctl *crewctl, const struct arguments *arguments)
{
	bool undo = argument_value(arguments, "undo") != NULL;
	struct person person;

	if (!db_begin_write(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	if (!person_find_by_email(crewctl->db, crewctl->arena, arguments->operand, &person)) {
		db_rollback(crewctl->db);
		return crewctl_fail("nobody here has that address");
	}
	if (person_set_disabled(crewctl->db,
		&(struct person_set_disabled_in){ .id = person.id, .is_disabled = !undo }) != 1 ||
	    !audit_note(crewctl->db,
		&(struct audit_entry){
		    .action = undo ? AUDIT_ACCOUNT_ENABLED : AUDIT_ACCOUNT_DISABLED,
		    .subject_id = person.id },
		crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	crewctl_say(undo ? message_crewctl_enable_done(crewctl->arena, person.email)
			 : message_crewctl_disable_done(crewctl->arena, person.email));
	return CREWCTL_DONE;
}
