#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/chores.h"
#include "../../cgi-bin/crewctl/crewctl.h"
#include "../../cgi-bin/crewctl/journal.h"
#include "db/catalogue.h"
#include "db/db.h"
#include "db/query/address_change.h"
#include "db/query/cohort.h"
#include "db/query/draft.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/erase.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/programme.h"
#include "model/secret_address.h"
#include "model/session.h"

#define NOW ((int64_t)1795334400)

/* An installation of its own in a folder. */
struct place {
	struct arena *arena;
	const char *folder;
	const char *copy;
	struct site site;
	struct crewctl crewctl;
	int64_t vega;
};

static struct db *
open_database(const char *path)
{
	const char *problem = NULL;
	struct db *db = db_open(path, DB_READ_WRITE, &problem);

	if (db == NULL) {
		fail_msg("%s", problem);
	}
	return db;
}

static int64_t
person_make(struct place *place, const char *email, const char *name, int64_t now)
{
	int64_t id;

	assert_true(db_begin_write(place->crewctl.db));
	id = person_ensure(place->crewctl.db, place->arena,
	    &(struct person_new){ .email = email, .name = name }, now);
	assert_true(id > 0);
	assert_true(db_commit(place->crewctl.db));
	return id;
}

static void
installation_fill(struct place *place)
{
	struct db *db = place->crewctl.db;

	assert_true(db_begin_write(db));
	assert_true(programme_begin(db, place->arena,
	    &(struct programme_insert_in){ .name = "Programme",
		.tagline = "",
		.about = "",
		.contact = "hello@example.org",
		.conduct_link = "",
		.tag_domain = "example.org",
		.tag_date = "2026-01-01",
		.feed_key = "feedkey" },
	    NOW - 1000));
	assert_true(db_commit(db));
	place->vega = person_make(place, "vega@example.org", "Vega Canary", NOW - 900);
	assert_true(db_begin_write(db));
	assert_non_null(session_start(db, place->arena, place->vega, DB_NULL, NOW - 800));
	assert_true(link_record_sign_in(db, place->arena, token_random(place->arena), place->vega,
	    NULL, NOW - 800, NOW + 1000));
	assert_int_equal(secret_address_make(db, place->arena, place->vega, SECRET_PERSON_CALENDAR,
			     0, NOW - 800, &(const char *){ NULL }),
	    SECRET_MADE);
	assert_true(outbox_queue(db, place->arena,
	    &(struct outbox_new){ .reason = "sign_in:1",
		.kind = "sign_in",
		.recipient = "vega@example.org",
		.parameters = (const struct outbox_parameter[]){ { NULL, NULL } },
		.due_at = NOW },
	    NOW));
	assert_true(db_commit(db));
}

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct place *place = arena_alloc(arena, sizeof(*place));
	const char *problem = NULL;
	struct db *db;

	place->arena = arena;
	place->folder = mkdtemp(arena_copy_bytes(arena, "/tmp/restore-XXXXXX", 19));
	assert_non_null(place->folder);
	place->copy = arena_format(arena, "%s/copy.db", place->folder);
	place->site.database = arena_format(arena, "%s/groundcrew.db", place->folder);
	place->site.has_secret = true;
	memset(place->site.secret, 7, sizeof(place->site.secret));
	db = db_open(place->site.database, DB_CREATE, &problem);
	assert_non_null(db);
	assert_true(db_migrate(db, &problem));
	place->crewctl =
	    (struct crewctl){ .arena = arena, .site = &place->site, .db = db, .now = NOW };
	unsetenv("GROUNDCREW_JOURNAL");
	unsetenv("GROUNDCREW_MAIL");
	installation_fill(place);
	*state = place;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *place = *state;
	const char *command[] = { "rm", "-r", place->folder, NULL };

	db_close(place->crewctl.db);
	if (fork() == 0) {
		execvp(command[0], (char *const *)(uintptr_t)command);
		_exit(127);
	}
	arena_free(place->arena);
	return 0;
}

static int
run(struct place *place, int (*command)(struct crewctl *, const struct arguments *))
{
	struct argument options[8] = { { NULL, false, NULL } };
	const struct arguments arguments = { .operand = place->copy, .options = options };

	return command(&place->crewctl, &arguments);
}

static int64_t
count(const struct place *place, const char *sql)
{
	static const struct db_field column[] = { { DB_INTEGER, 0 } };
	const struct db_query query = { .name = "count",
		.sql = sql,
		.index = db_catalogue.query_count,
		.columns = column,
		.column_count = 1,
		.row_size = sizeof(int64_t) };
	struct db_catalogue catalogue = db_catalogue;
	const char *problem = NULL;
	struct db *db;
	int64_t number = 0;

	catalogue.query_count++;
	db = db_open_catalogue(place->site.database, DB_READ_WRITE, &catalogue, &problem);
	assert_non_null(db);
	assert_true(db_begin_read(db));
	assert_true(db_one(db, place->arena, &query, NULL, &number));
	db_close(db);
	return number;
}

static bool
file_holds(const struct place *place, const char *name, const char *text)
{
	const char *path = arena_format(place->arena, "%s/%s", place->folder, name);
	FILE *file = fopen(path, "r");
	static char bytes[1 << 22];
	size_t length;

	if (file == NULL) {
		return false;
	}
	length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return memmem(bytes, length, text, strlen(text)) != NULL;
}

static void
vega_erase(struct place *place)
{
	const struct erase erase = { .secret = place->site.secret,
		.words = { "A former member", "Removed." },
		.tells = true };

	assert_true(db_begin_write(place->crewctl.db));
	assert_true(person_erase(place->crewctl.db, place->arena, &erase, place->vega, NOW + 10));
	assert_true(db_commit(place->crewctl.db));
}

static void
brings_back_what_was_there_then(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	person_make(place, "rigel@example.org", "Rigel", NOW);
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM person"), 1);
	/* No archive's address of then is given to another (feed.md rule 27). */
	assert_true(count(place, "SELECT min(generation) FROM feed_generation") >= NOW);
	assert_int_equal(access(arena_format(place->arena, "%s.before-restore-%lld",
				    place->site.database, (long long)NOW),
			     F_OK),
	    0);
}

static void
ends_sessions_links_and_secret_addresses_and_holds_mail(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM session"), 0);
	assert_int_equal(count(place, "SELECT count(*) FROM link"), 0);
	assert_int_equal(count(place, "SELECT count(*) FROM secret_address"), 0);
	assert_int_equal(count(place, "SELECT count(*) FROM outbox WHERE state = 'held'"), 1);
	assert_int_equal(count(place, "SELECT count(*) FROM outbox"), 1);
}

static void
safety_58_what_was_erased_is_in_no_file_after_the_couriers_chores(void **state)
{
	struct place *place = *state;

	assert_true(file_holds(place, "groundcrew.db-wal", "Vega Canary"));
	vega_erase(place);
	assert_true(chores_after_erasures(&place->crewctl));
	assert_false(file_holds(place, "groundcrew.db", "Vega Canary"));
	assert_false(file_holds(place, "groundcrew.db-wal", "Vega Canary"));
	assert_int_equal(count(place, "SELECT count(*) FROM erasure"), 0);
}

static void
safety_58_written_mail_to_the_erased_goes_and_that_to_others_stays(void **state)
{
	static const char *const mails[][2] = {
		{ "1-a.eml", "Subject: x\r\nTo: <VEGA@example.org>\r\n\r\nbody\r\n" },
		{ "2-b.eml",
		    "To: vega@example.org\r\nSubject: x\r\n\r\nTo: <rigel@example.org>\r\n" },
		{ "3-c.eml", "To: <rigel@example.org>\r\n\r\nTo: <vega@example.org>\r\n" },
		{ "4-d.txt", "To: <vega@example.org>\r\n\r\n" },
	};
	struct place *place = *state;
	const char *folder = arena_format(place->arena, "%s.mail", place->site.database);

	assert_int_equal(mkdir(folder, 0700), 0);
	for (size_t i = 0; i < 4; i++) {
		FILE *mail = fopen(arena_format(place->arena, "%s/%s", folder, mails[i][0]), "w");

		assert_non_null(mail);
		assert_true(fputs(mails[i][1], mail) >= 0);
		fclose(mail);
	}
	vega_erase(place);
	assert_true(chores_after_erasures(&place->crewctl));
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(
		    access(arena_format(place->arena, "%s/%s", folder, mails[i][0]), F_OK) == 0,
		    i >= 2);
	}
}

static void
whoever_was_erased_since_is_erased_again(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	vega_erase(place);
	assert_true(chores_after_erasures(&place->crewctl));
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM person WHERE email LIKE 'vega@%'"), 0);
	assert_int_equal(count(place, "SELECT count(*) FROM outbox WHERE kind = 'erased'"), 0);
	assert_false(file_holds(place, "groundcrew.db", "Vega Canary"));
}

/* A cohort; Mira began an application to it, and Nova was let in late. */
static void
begin_applications(struct place *place)
{
	struct db *db = place->crewctl.db;
	int64_t cohort;

	assert_true(db_begin_write(db));
	assert_int_equal(cohort_insert(db,
			     &(struct cohort_insert_in){ .slug = "orion",
				 .name = "Orion",
				 .goal = "To contribute",
				 .description = "",
				 .feed_key = "orionkey",
				 .opens_on = "2026-11-01",
				 .closes_on = "2026-12-01",
				 .starts_on = "2027-01-04",
				 .opens_at = NOW - 1000000,
				 .closes_at = NOW + 1000000,
				 .starts_at = NOW + 4000000,
				 .ends_at = NOW + 9000000,
				 .weeks = 8,
				 .djangonauts_per_navigator = 4,
				 .djangonauts_per_group = 8,
				 .seats = 2,
				 .offer_days = 7,
				 .reviews_wanted = 2,
				 .chat_name = "",
				 .chat_link = "",
				 .now = NOW - 1000000 }),
	    1);
	cohort = db_last_id(db);
	assert_int_equal(draft_insert(db,
			     &(struct draft_insert_in){ .cohort_id = cohort,
				 .email = "mira@example.org",
				 .email_key = "mira@example.org",
				 .fields = "why=Mira+Canary",
				 .writer = "",
				 .now = NOW - 100 }),
	    1);
	assert_int_equal(late_put(db,
			     &(struct late_put_in){ .cohort_id = cohort,
				 .email = "nova@example.org",
				 .email_key = "nova@example.org",
				 .until_at = NOW + 2000000,
				 .let_by = place->vega,
				 .now = NOW - 100 }),
	    1);
	assert_true(db_commit(db));
}

/* Somebody who only began an application, and somebody who was let in late:
 * neither has an account. */
static void
a_draft_and_a_late_entry_that_were_erased_do_not_come_back(void **state)
{
	struct place *place = *state;
	const struct erase erase = { .secret = place->site.secret,
		.words = { "A former member", "Removed." } };
	struct db *db = place->crewctl.db;
	int64_t person_id;

	begin_applications(place);
	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	assert_true(db_begin_write(db));
	assert_true(
	    address_erase(db, place->arena, &erase, "mira@example.org", NOW + 10, &person_id));
	assert_true(
	    address_erase(db, place->arena, &erase, "nova@example.org", NOW + 10, &person_id));
	assert_true(db_commit(db));
	assert_true(chores_after_erasures(&place->crewctl));
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM draft"), 0);
	assert_int_equal(count(place, "SELECT count(*) FROM late_entry"), 0);
	assert_false(file_holds(place, "groundcrew.db", "Mira+Canary"));
}

static void
vega_move(struct place *place)
{
	struct db *db = place->crewctl.db;
	int64_t id;

	assert_true(db_begin_write(db));
	assert_int_equal(address_change_insert(db,
			     &(struct address_change_insert_in){ .person_id = place->vega,
				 .email = "vega@lyra.example",
				 .email_key = "vega@lyra.example",
				 .now = NOW,
				 .ends_at = NOW + 100 }),
	    1);
	id = db_last_id(db);
	address_change_confirm_old(
	    db, &(struct address_change_confirm_old_in){ .id = id, .now = NOW });
	address_change_confirm_new(
	    db, &(struct address_change_confirm_new_in){ .id = id, .now = NOW });
	assert_int_equal(
	    address_change_person(db, &(struct address_change_person_in){ .id = id }), 1);
	assert_true(db_commit(db));
}

/* The backup knows them by the address they had then. */
static void
whoever_moved_and_was_erased_since_is_erased_again(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	vega_move(place);
	vega_erase(place);
	assert_true(chores_after_erasures(&place->crewctl));
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM person WHERE email LIKE 'vega@%'"), 0);
	assert_false(file_holds(place, "groundcrew.db", "Vega Canary"));
}

static void
an_erasure_not_yet_written_down_is_carried_over_too(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	vega_erase(place);
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(count(place, "SELECT count(*) FROM person WHERE email LIKE 'vega@%'"), 0);
}

static void
whoever_came_back_after_an_erasure_stays(void **state)
{
	struct place *place = *state;

	vega_erase(place);
	assert_true(chores_after_erasures(&place->crewctl));
	person_make(place, "vega@example.org", "Vega again", NOW + 100);
	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	assert_int_equal(
	    count(place, "SELECT count(*) FROM person WHERE email = 'vega@example.org'"), 1);
}

static void
a_damaged_file_changes_nothing(void **state)
{
	struct place *place = *state;
	FILE *file = fopen(place->copy, "w");

	assert_non_null(file);
	assert_true(fputs("SQLite format 3 and then nonsense", file) >= 0);
	fclose(file);
	assert_int_equal(run(place, run_restore), CREWCTL_FAILED);
	assert_int_equal(count(place, "SELECT count(*) FROM person"), 1);
	assert_int_equal(count(place, "SELECT count(*) FROM session"), 1);
	assert_int_not_equal(
	    access(arena_format(place->arena, "%s.restoring", place->site.database), F_OK), 0);
}

static void
without_a_key_file_nothing_is_restored(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	place->site.has_secret = false;
	assert_int_equal(run(place, run_restore), CREWCTL_FAILED);
	assert_int_equal(count(place, "SELECT count(*) FROM session"), 1);
}

static void
a_database_that_is_gone_is_made_again(void **state)
{
	struct place *place = *state;

	assert_int_equal(run(place, run_backup), CREWCTL_DONE);
	db_close(place->crewctl.db);
	assert_int_equal(unlink(place->site.database), 0);
	assert_int_equal(run(place, run_restore), CREWCTL_DONE);
	place->crewctl.db = open_database(place->site.database);
	assert_int_equal(count(place, "SELECT count(*) FROM person"), 1);
	assert_int_equal(db_check(place->crewctl.db, place->arena).count, 0);
}

#define PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE(brings_back_what_was_there_then),
		PLACE(ends_sessions_links_and_secret_addresses_and_holds_mail),
		PLACE(safety_58_what_was_erased_is_in_no_file_after_the_couriers_chores),
		PLACE(safety_58_written_mail_to_the_erased_goes_and_that_to_others_stays),
		PLACE(whoever_was_erased_since_is_erased_again),
		PLACE(whoever_moved_and_was_erased_since_is_erased_again),
		PLACE(a_draft_and_a_late_entry_that_were_erased_do_not_come_back),
		PLACE(an_erasure_not_yet_written_down_is_carried_over_too),
		PLACE(whoever_came_back_after_an_erasure_stays),
		PLACE(a_damaged_file_changes_nothing),
		PLACE(without_a_key_file_nothing_is_restored),
		PLACE(a_database_that_is_gone_is_made_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
