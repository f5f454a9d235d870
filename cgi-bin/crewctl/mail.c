#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "mail_test.h"
#include "model/audit.h"
#include "model/outbox.h"

/* Tabs and line ends of a server's answer are gone already. */
static void
print_mail(struct crewctl *crewctl, const struct outbox *mail)
{
	printf("%lld\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)mail->id,
	    clock_rfc3339(crewctl->arena, mail->created_at), mail->state, mail->kind,
	    mail->recipient, mail->problem == NULL ? "" : mail->problem,
	    mail->answer == NULL ? "" : mail->answer);
}

/* Bodies are not kept; a list shows who, what and how it stands. */
static int
list_mails(struct crewctl *crewctl)
{
	struct outbox_rows mails;

	if (!db_begin_read(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	mails = outbox_list(crewctl->db, crewctl->arena);
	if (db_fault(crewctl->db) != DB_FAULT_NONE) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	for (size_t i = 0; i < mails.count; i++) {
		print_mail(crewctl, &mails.rows[i]);
	}
	return CREWCTL_DONE;
}

/* The courier looks by itself within a minute; this is sooner. */
static void
wake_courier(struct crewctl *crewctl)
{
	const char *path = crewctl->site->wake;
	int fifo = !db_take_queued(crewctl->db) || path == NULL
	    ? -1
	    : open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (fifo >= 0) {
		ssize_t written = write(fifo, "!", 1);

		(void)written;
		close(fifo);
	}
}

/* A number that does not fit is no mail's. */
static int64_t
number_of(const char *text)
{
	int64_t id = 0;

	return text_integer(text, 1, INT64_MAX, &id) ? id : 0;
}

/* What was done to one mail, in words for the operator. */
struct change {
	enum outbox_change (*change)(struct crewctl *, int64_t id);
	enum audit_action action;
	const char *(*done)(struct arena *, const char *id);
	const char *problem;
};

static enum outbox_change
retry(struct crewctl *crewctl, int64_t id)
{
	return outbox_retry(crewctl->db, id, crewctl->now);
}

static enum outbox_change
cancel(struct crewctl *crewctl, int64_t id)
{
	return outbox_cancel_one(crewctl->db, id);
}

static int
change_mail(struct crewctl *crewctl, const char *number, const struct change *change)
{
	int64_t id = number_of(number);
	enum outbox_change outcome;
	struct outbox mail;

	if (!db_begin_write(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	if (!outbox_find(
		crewctl->db, crewctl->arena, &(struct outbox_find_in){ .id = id }, &mail) &&
	    db_fault(crewctl->db) == DB_FAULT_NONE) {
		db_rollback(crewctl->db);
		return crewctl_fail("there is no mail of that number");
	}
	outcome = change->change(crewctl, id);
	if (outcome == OUTBOX_UNCHANGED) {
		db_rollback(crewctl->db);
		return crewctl_fail(change->problem);
	}
	if (outcome == OUTBOX_FAULT ||
	    !audit_note(crewctl->db,
		&(struct audit_entry){ .action = change->action,
		    .cohort_id = mail.cohort_id == DB_NULL ? 0 : mail.cohort_id,
		    .detail = mail.kind },
		crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	wake_courier(crewctl);
	crewctl_say(change->done(crewctl->arena, number));
	return CREWCTL_DONE;
}

static int
release_mails(struct crewctl *crewctl)
{
	int64_t mails;

	if (!db_begin_write(crewctl->db) ||
	    (mails = outbox_release(crewctl->db, crewctl->now)) < 0 || !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	wake_courier(crewctl);
	crewctl_say(message_crewctl_mail_released(
	    crewctl->arena, arena_format(crewctl->arena, "%lld", (long long)mails)));
	return CREWCTL_DONE;
}

int
run_mail(struct crewctl *crewctl, const struct arguments *arguments)
{
	static const struct change retrying = { retry, AUDIT_MAIL_RETRIED,
		message_crewctl_mail_retried,
		"only a mail that failed or was cancelled can be "
		"sent again" };
	static const struct change cancelling = { cancel, AUDIT_MAIL_CANCELLED,
		message_crewctl_mail_cancelled,
		"only a mail that waits or failed can be "
		"cancelled" };
	const char *test = argument_value(arguments, "test");
	const char *again = argument_value(arguments, "retry");
	const char *end = argument_value(arguments, "cancel");

	if (test != NULL) {
		return mail_test(crewctl, test);
	}
	if (again != NULL) {
		return change_mail(crewctl, again, &retrying);
	}
	if (end != NULL) {
		return change_mail(crewctl, end, &cancelling);
	}
	return argument_value(arguments, "release") != NULL ? release_mails(crewctl)
							    : list_mails(crewctl);
}
