#include <stdio.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/clock.h"
#include "model/outbox.h"

/* Bodies are in the .eml files; a list shows who, what and how it stands. */
int
run_mail(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct outbox_rows mails;

	(void)arguments;
	if (!db_begin_read(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	mails = outbox_list(crewctl->db, crewctl->arena);
	if (db_fault(crewctl->db) != DB_FAULT_NONE) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	for (size_t i = 0; i < mails.count; i++) {
		const struct outbox *mail = &mails.rows[i];

		printf("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)mail->id,
		    clock_rfc3339(crewctl->arena, mail->created_at), mail->state, mail->kind,
		    mail->recipient, mail->problem == NULL ? "" : mail->problem);
	}
	return CREWCTL_DONE;
}
