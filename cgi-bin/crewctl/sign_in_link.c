#include "crewctl.h"
#include "db/db.h"
#include "ground/token.h"
#include "model/audit.h"
#include "model/person.h"
#include "model/session.h"
#include "web/link.h"

static int
end_lasting(struct crewctl *crewctl)
{
	if (!db_begin_write(crewctl->db) || !link_end_lasting(crewctl->db) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	return CREWCTL_DONE;
}

static bool
record(struct crewctl *crewctl, const char *token, int64_t person_id, bool lasting)
{
	return lasting
	    ? link_record_lasting(crewctl->db, crewctl->arena, token, person_id, crewctl->now)
	    : link_record_sign_in(crewctl->db, crewctl->arena, token, person_id, NULL, crewctl->now,
		  crewctl->now + SIGN_IN_LINK_SECONDS);
}

int
run_sign_in_link(struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *token = token_random(crewctl->arena);
	bool lasting = argument_value(arguments, "lasting") != NULL;
	struct person person;

	if (argument_value(arguments, "end-lasting") != NULL) {
		return end_lasting(crewctl);
	}
	if (arguments->operand == NULL) {
		crewctl_fail("whose? give an e-mail address");
		return CREWCTL_USAGE;
	}
	if (!db_begin_write(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	if (!person_find_by_email(crewctl->db, crewctl->arena, arguments->operand, &person)) {
		db_rollback(crewctl->db);
		return crewctl_fail("nobody here has that address");
	}
	if (!record(crewctl, token, person.id, lasting) ||
	    !audit_note(crewctl->db,
		&(struct audit_entry){ .action = AUDIT_SIGN_IN_LINK_MADE, .subject_id = person.id },
		crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	crewctl_say(link_absolute(
	    crewctl->arena, crewctl->site, link_entrance(crewctl->arena, crewctl->site, token)));
	return CREWCTL_DONE;
}
