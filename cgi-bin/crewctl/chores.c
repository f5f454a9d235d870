#include "chores.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/log.h"
#include "journal.h"
#include "model/erase.h"

enum { LINE_BYTES = 1024 };

/* The address that a mail's To header names; NULL when it has none. */
static const char *
recipient_of(struct arena *arena, FILE *mail)
{
	char line[LINE_BYTES];

	while (fgets(line, sizeof(line), mail) != NULL && line[0] != '\r' && line[0] != '\n') {
		char *start, *end;

		if (strncasecmp(line, "To:", 3) != 0) {
			continue;
		}
		start = strchr(line, '<');
		end = start == NULL ? NULL : strchr(start, '>');
		if (end != NULL) {
			*end = '\0';
			return arena_copy(arena, start + 1);
		}
		start = line + 3 + strspn(line + 3, " \t");
		start[strcspn(start, " \t\r\n")] = '\0';
		return arena_copy(arena, start);
	}
	return NULL;
}

static bool
was_erased(struct crewctl *crewctl, const struct erasure_rows *erasures, const char *address)
{
	const char *key = address == NULL ? NULL : address_key(crewctl->arena, address);
	const char *hash;

	if (key == NULL) {
		return false;
	}
	hash = erasure_address_hash(crewctl->arena, crewctl->site->secret, key);
	for (size_t i = 0; i < erasures->count; i++) {
		if (strcmp(erasures->rows[i].address_hash, hash) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_mail(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && strcmp(name + length - 4, ".eml") == 0;
}

static bool
mail_delete(struct crewctl *crewctl, const struct erasure_rows *erasures, const char *path)
{
	FILE *mail = fopen(path, "re");
	bool erased;

	if (mail == NULL) {
		return errno == ENOENT;
	}
	erased = was_erased(crewctl, erasures, recipient_of(crewctl->arena, mail));
	fclose(mail);
	return !erased || unlink(path) == 0;
}

static bool
mails_delete(struct crewctl *crewctl, const struct erasure_rows *erasures)
{
	const char *folder = crewctl_mail_folder(crewctl->arena, crewctl->site);
	DIR *mails = opendir(folder);
	const struct dirent *entry;
	bool done = true;

	if (mails == NULL) {
		return errno == ENOENT;
	}
	while (done && (entry = readdir(mails)) != NULL) {
		if (is_mail(entry->d_name)) {
			done = mail_delete(crewctl, erasures,
			    arena_format(crewctl->arena, "%s/%s", folder, entry->d_name));
		}
	}
	closedir(mails);
	return done;
}

static bool
tick_off(struct crewctl *crewctl, int64_t last_id)
{
	bool done = db_begin_write(crewctl->db) &&
	    erasure_delete_to(crewctl->db, &(struct erasure_delete_to_in){ .id = last_id }) >= 0 &&
	    db_commit(crewctl->db);

	db_rollback(crewctl->db);
	return done;
}

static const char *
left_to_do(struct crewctl *crewctl, const struct erasure_rows *erasures)
{
	const char *journal = journal_path(crewctl->arena, crewctl->site);

	if (!journal_append(journal, erasures->rows, erasures->count)) {
		return "the journal cannot be written";
	}
	if (!mails_delete(crewctl, erasures)) {
		return "written mail cannot be deleted";
	}
	if (!db_checkpoint(crewctl->db)) {
		return "the log is in use";
	}
	return tick_off(crewctl, erasures->rows[erasures->count - 1].id) ? NULL
									 : "cannot tick it off";
}

bool
chores_after_erasures(struct crewctl *crewctl)
{
	struct erasure_rows erasures = { .count = 0 };
	const char *problem;

	if (db_begin_read(crewctl->db)) {
		erasures = erasure_list(crewctl->db, crewctl->arena);
	}
	db_rollback(crewctl->db);
	if (erasures.count == 0) {
		return true;
	}
	problem = left_to_do(crewctl, &erasures);
	if (problem != NULL) {
		log_line(LOG_LEVEL_ERROR, "event=erasure problem=\"%s\"", problem);
	}
	return problem == NULL;
}
