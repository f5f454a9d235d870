#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/token.h"
#include "model/audit.h"
#include "model/person.h"

/* Makes the key file beside the database, readable by its owner and the
 * workers' group, unless it is there. */
static bool
make_key(const char *path)
{
	unsigned char key[TOKEN_KEY_BYTES];
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool written;

	if (file < 0) {
		return errno == EEXIST;
	}
	token_bytes(key, sizeof key);
	written = write(file, key, sizeof key) == (ssize_t)sizeof key && fsync(file) == 0;
	if (!written) {
		unlink(path);
	}
	return close(file) == 0 && written;
}

static const char *
option_or(const struct arguments *arguments, const char *name, const char *otherwise)
{
	const char *value = argument_value(arguments, name);

	return value == NULL ? otherwise : value;
}

static int
begin_programme(struct crewctl *crewctl, const struct arguments *arguments, const char *tag_date)
{
	const struct programme_insert_in settings = {
		.name = option_or(arguments, "name", message(MESSAGE_CREWCTL_DEFAULT_NAME)),
		.tagline = message(MESSAGE_CREWCTL_DEFAULT_TAGLINE),
		.about = message(MESSAGE_CREWCTL_DEFAULT_ABOUT),
		.contact = option_or(arguments, "contact", ""),
		.conduct_link = option_or(arguments, "conduct", ""),
		.tag_domain = option_or(arguments, "tag-domain", crewctl->site->host),
		.tag_date = tag_date,
		.feed_key = token_key128(crewctl->arena),
	};

	if (!db_begin_write(crewctl->db) ||
	    !programme_begin(crewctl->db, crewctl->arena, &settings, crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	crewctl_say(message_crewctl_init_done(crewctl->arena, crewctl->site->database));
	return CREWCTL_DONE;
}

int
run_init(struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *contact = argument_value(arguments, "contact");
	const char *tag_date = option_or(arguments, "tag-date",
	    date_text(crewctl->arena, date_from_days(crewctl->now / CLOCK_DAY)));
	const char *problem = NULL;
	struct date date;
	int code;

	if (!date_read(tag_date, &date)) {
		return crewctl_fail("--tag-date is no date (YYYY-MM-DD)");
	}
	if (contact != NULL && !address_is_valid(contact)) {
		return crewctl_fail("--contact is no e-mail address");
	}
	if (access(crewctl->site->database, F_OK) == 0) {
		return crewctl_fail("there is a database already");
	}
	if (crewctl->site->key != NULL && !make_key(crewctl->site->key)) {
		return crewctl_fail("cannot make the key file");
	}
	crewctl->db = db_open(crewctl->site->database, DB_CREATE, &problem);
	if (crewctl->db == NULL || !db_migrate(crewctl->db, &problem)) {
		db_close(crewctl->db);
		return crewctl_fail(problem);
	}
	code = begin_programme(crewctl, arguments, tag_date);
	db_close(crewctl->db);
	return code;
}

/* A copy of the database as it was, beside it, before anything is changed. */
static bool
keep_copy(struct crewctl *crewctl, int64_t version, const char **problem)
{
	const char *path = arena_format(
	    crewctl->arena, "%s.schema-%lld", crewctl->site->database, (long long)version);

	return db_backup(crewctl->db, path, problem);
}

int
run_migrate(struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *problem = NULL;
	int64_t before = db_version(crewctl->db);

	(void)arguments;
	if (before != db_schema_version() && !keep_copy(crewctl, before, &problem)) {
		return crewctl_fail(problem);
	}
	if (!db_migrate(crewctl->db, &problem)) {
		return crewctl_fail(problem);
	}
	crewctl_say(message_crewctl_migrate_done(crewctl->arena,
	    arena_format(crewctl->arena, "%lld", (long long)before),
	    arena_format(crewctl->arena, "%lld", (long long)db_schema_version())));
	return CREWCTL_DONE;
}

int
run_admin(struct crewctl *crewctl, const struct arguments *arguments)
{
	int64_t id;

	if (!db_begin_write(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	id = person_ensure(crewctl->db, crewctl->arena,
	    &(struct person_new){
		.email = arguments->operand, .name = argument_value(arguments, "name") },
	    crewctl->now);
	if (id == 0 && db_fault(crewctl->db) == DB_FAULT_NONE) {
		db_rollback(crewctl->db);
		return crewctl_fail("that is no e-mail address");
	}
	if (id == 0 ||
	    person_make_administrator(
		crewctl->db, &(struct person_make_administrator_in){ .id = id }) != 1 ||
	    !audit_note(crewctl->db,
		&(struct audit_entry){ .action = AUDIT_ADMINISTRATOR_MADE, .subject_id = id },
		crewctl->now) ||
	    !db_commit(crewctl->db)) {
		return crewctl_fail_db(crewctl->db);
	}
	crewctl_say(message_crewctl_admin_done(crewctl->arena, arguments->operand));
	return CREWCTL_DONE;
}
