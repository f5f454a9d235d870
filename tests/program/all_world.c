#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "all_world.h"
#include "apply_steps.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/session.h"
#include "model/tick.h"
#include "standup_crew.h"
#include "model/standup.h"

const struct program *const world_programs[WORLD_PROGRAMS] = { &apply_program, &cohort_program,
	&standup_program, &feed_program };

static const char more[] =
    "INSERT INTO offer (key, application_id, group_id, state, made_at, deadline_at)"
    " VALUES ('seat', 1, 1, 'offered', 1795000000, 1796000000);"
    "INSERT INTO decision (id, application_id, kind, line, decided_by, decided_at)"
    " VALUES (" WORLD_DECISION ", 1, 'decline', 'Keep looking up', 5, 1795000000);"
    "INSERT INTO receipt (key, cohort_id, reference, email, mail_due_at, received_at) SELECT"
    " 'receipt', id, 'REFER-ENCE0', 'somebody@example.org', 1795300000, 1795300000"
    " FROM cohort WHERE slug = 'pavo';"
    "INSERT INTO cohort (slug, name, goal, feed_key, opens_on, closes_on, starts_on,"
    " opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, created_at) VALUES ('draco', 'Draco', 'Dream',"
    " 'feed-draco', '2027-01-01', '2027-02-01', '2027-03-01', 1798000000, 1801000000,"
    " 1803859200, 1809302400, 8, 4, 8, 9, 1);"
    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
    " SELECT id, 9, 'organiser', 1 FROM cohort WHERE slug = 'draco';"
    "INSERT INTO project (cohort_id, name) VALUES (1, 'Spare');"
    "INSERT INTO meeting (cohort_id, key, title, starts_at, ends_at, zone, audience, link,"
    " recording_link, created_at) VALUES (1, 'm1', 'Opening', 1796065200, 1796068800,"
    " 'Europe/Vienna', 3, 'https://room.example.org/opening',"
    " 'https://video.example.org/opening', 1795000000);"
    "INSERT INTO address_change (person_id, email, email_key, asked_at, ends_at)"
    " SELECT id, 'vega@lyra.example', 'vega@lyra.example', 1795330800, 1795417200"
    " FROM person WHERE name = 'Vega';"
    "INSERT INTO session (id, token_hash, person_id, device, created_at, last_used_at,"
    " idle_seconds, ends_at) SELECT 100, 'elsewhere', id, 'Firefox on Android', 1795330800,"
    " 1795330800, 2592000, 1800000000 FROM person WHERE name = 'Vega';";

/* A mail that failed, a web hook, words for mails, and one for the log. */
static const char office[] =
    "INSERT INTO outbox (id, reason, kind, urgency, cohort_id, recipient, parameters, state,"
    " attempts, problem, answer, due_at, created_at, tried_at) VALUES (" WORLD_MAIL
    ", 'offer:9000', 'offer', 2, 1, 'luna@example.org', '{}', 'failed', 1, 'refused',"
    " '550 no', 1795000000, 1795000000, 1795000000);"
    "INSERT INTO hook (id, cohort_id, format, name, link, created_at) VALUES (" WORLD_HOOK
    ", 1, 'json', 'Lounge', 'https://program.example.org/canary', 1795000000);"
    "INSERT INTO criterion (id, cohort_id, name, weight, position) VALUES (" WORLD_CRITERION
    ", 1, 'Heart', 2, 1);"
    "INSERT INTO criterion (id, cohort_id, name, help, weight, position, retired_at)"
    " VALUES (" WORLD_CRITERION_RETIRED ", 1, 'Pace', 'Slowly', 1, 2, 1795000000);"
    "INSERT INTO cohort_level (cohort_id, level, name, help) VALUES (1, 2, 'Afloat', 'Rows');"
    "INSERT INTO wording (cohort_id, kind, subject, body, changed_at) VALUES"
    " (1, 'offer', 'Come aboard', 'A seat: <{link}>', 1795000000),"
    " (NULL, 'offer', 'A seat for you', 'Look: <{link}>', 1795000000);"
    "INSERT INTO audit (at, actor_id, action, cohort_id, subject_id, detail)"
    " VALUES (1795000000, 5, 'group_made', 1, 3, 'lyra')";

/* What orion asks of applicants and of navigators, and what two answered. */
static const char asked[] =
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT " WORLD_ITEM
    ", id, 'telescope', 9, 'short' FROM questionnaire"
    " WHERE cohort_id = 1 AND purpose = 'apply';"
    "INSERT INTO item_wording (id, item_id, label, help, is_required, options, made_at) VALUES"
    " (9003, " WORLD_ITEM ", 'Which telescope?', 'Any *will* do', 0, '', 1795000000);"
    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
    " VALUES (1, " WORLD_ITEM ", 9003, 'Dobson');"
    "UPDATE questionnaire SET intro = 'Look up first.' WHERE cohort_id = 1;"
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
    " 9005, questionnaire.id, 'compass', 1, 'short' FROM questionnaire"
    " JOIN cohort ON cohort.id = cohort_id WHERE slug = 'pavo' AND purpose = 'apply';"
    "INSERT INTO item_wording (id, item_id, label, help, is_required, options, made_at) VALUES"
    " (9005, 9005, 'Which compass?', '', 0, '', 1795000000);"
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
    " 9004, id, 'eyepiece', 1, 'one' FROM questionnaire"
    " WHERE cohort_id = 1 AND purpose = 'navigator';"
    "INSERT INTO item_wording (id, item_id, label, help, is_required, options, made_at) VALUES"
    " (9004, 9004, 'Which eyepiece?', 'It is yours', 0, 'Plössl' || char(10) || 'Erfle',"
    " 1795000000);"
    "INSERT INTO volunteer_answer (member_id, item_id, wording_id, value)"
    " SELECT id, 9004, 9004, 'Erfle' FROM member WHERE cohort_id = 1 AND role = 'navigator'"
    " AND person_id = (SELECT id FROM person WHERE name = 'Rigel')";

/* Who is invited, who left and could come back, and who wants to hear of the
 * next cohort. */
static const char around[] =
    "INSERT INTO invitation (id, cohort_id, role, email, email_key, name, invited_by,"
    " invited_at, ends_at) VALUES (1, 1, 'navigator', 'nova@example.org',"
    " 'nova@example.org', 'Nova', 5, 1795000000, 1796209600);"
    "INSERT INTO person (email, email_key, name, name_key, created_at)"
    " VALUES ('nashira@example.org', 'nashira@example.org', 'Nashira', 'nashira', 1);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at, left_at)"
    " SELECT 900, 1, id, 'djangonaut', 1, 1, 1795000000 FROM person WHERE name = 'Nashira';"
    "INSERT INTO subscription (id, email, email_key, asked_at)"
    " VALUES (1, 'comet@example.org', 'comet@example.org', 1795330800)";

/* Who began and did not send, and who may still. */
static const char drafts[] =
    "INSERT INTO draft (id, cohort_id, email, email_key, fields, begun_at, saved_at)"
    " SELECT 1, id, 'comet@example.org', 'comet@example.org', 'name=Comet', 1795330000,"
    " 1795330000 FROM cohort WHERE slug = 'pavo';"
    "INSERT INTO draft (id, cohort_id, email, email_key, fields, begun_at, saved_at) VALUES"
    " (2, 1, 'halley@example.org', 'halley@example.org', 'name=Halley', 1, 1);"
    "INSERT INTO late_entry (id, cohort_id, email, email_key, until_at, let_at) VALUES"
    " (1, 1, 'halley@example.org', 'halley@example.org', 1795900000, 1795000000)";

static void
make_mailed_links(struct harness *harness)
{
	static const struct {
		const char *token;
		struct link_new link;
	} links[] = {
		{ WORLD_INVITATION_TOKEN, { .purpose = "invitation", .invitation_id = 1 } },
		{ WORLD_SUBSCRIPTION_TOKEN, { .purpose = "subscription", .subscription_id = 1 } },
		{ WORLD_STOP_TOKEN, { .purpose = "stop_reminders", .person_id = CREW_VEGA } },
		{ WORLD_DRAFT_TOKEN, { .purpose = "draft", .draft_id = 1 } },
		{ WORLD_ERASE_TOKEN, { .purpose = "erase", .person_id = CREW_VEGA } },
	};
	struct db *db = harness_db(harness);

	assert_true(db_begin_write(db));
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		assert_true(link_record(db, harness_arena(harness), links[i].token, &links[i].link,
		    HARNESS_NOW, HARNESS_NOW + CLOCK_DAY));
	}
	assert_true(db_commit(db));
}

/* Nobody can make a token that is known, so the rows are made here. */
static void
make_secret_addresses(struct harness *harness)
{
	static const struct {
		const char *token;
		const char *purpose;
		const char *group;
	} addresses[] = {
		{ WORLD_PRIVATE_TOKEN, "group_feed", "1" },
		{ WORLD_CALENDAR_TOKEN, "group_calendar", "1" },
		{ WORLD_STOP_TOKEN, "person_calendar", "NULL" },
	};
	struct arena *arena = harness_arena(harness);

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		harness_run_sql(harness,
		    arena_format(arena,
			"INSERT INTO secret_address (key, token_hash, person_id, purpose,"
			" group_id, created_at) VALUES ('secret%zu', '%s', %d, '%s', %s,"
			" 1795000000)",
			i, token_hash(arena, addresses[i].token), (int)CREW_VEGA,
			addresses[i].purpose, addresses[i].group));
	}
}

/* Who may be told of a breach of the code of conduct. */
static const char house[] =
    "INSERT INTO conduct_recipient (name, email, email_key, is_outside) VALUES"
    " ('Capella', 'capella@example.org', 'capella@example.org', 0),"
    " ('Crux', 'crux@example.net', 'crux@example.net', 1)";

static int64_t
administrator(struct harness *harness)
{
	return harness_person(harness, "Electra@example.org", "Electra");
}

static void
make_links(struct harness *harness)
{
	struct db *db = harness_db(harness);
	struct arena *arena = harness_arena(harness);
	int64_t expires_at;

	assert_true(db_begin_write(db));
	assert_true(link_record_sign_in(db, arena, WORLD_SIGN_IN_TOKEN, CREW_VEGA, NULL,
	    HARNESS_NOW, HARNESS_NOW + SIGN_IN_LINK_SECONDS));
	assert_true(application_record_link(
	    db, arena, WORLD_APPLICATION_TOKEN, 1, HARNESS_NOW, &expires_at));
	assert_true(link_record(db, arena, WORLD_ADDRESS_TOKEN,
	    &(struct link_new){ .purpose = "address_old", .address_change_id = 1 }, HARNESS_NOW,
	    HARNESS_NOW + CLOCK_DAY));
	assert_true(tick(db, arena, HARNESS_NOW));
	assert_true(db_commit(db));
	(void)db_take_queued(db);
}

/* Who reads orion's applications, and what became of it: Luna's was read by
 * Spica, and by Capella before she left off. */
static const char reading[] =
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (950, 'Spica@example.org', 'spica@example.org', 'Spica', 'spica', 1),"
    " (951, 'Algol@example.org', 'algol@example.org', 'Algol', 'algol', 1795300000);"
    "INSERT INTO reviewer (cohort_id, person_id, appointed_at, ended_at) VALUES"
    " (1, 950, 1794000000, NULL), (1, 951, 1794000000, 1795000000);"
    "UPDATE application SET call_sign = 'Alcyone 37' WHERE id = 1;"
    "INSERT INTO criterion (id, cohort_id, name, weight, position) VALUES"
    " (9010, 1, 'Wonder', 1, 3);"
    "INSERT INTO review (id, application_id, person_id, taken_at, finished_at, score, note)"
    " VALUES (1, 1, 950, 1794000000, 1794000600, 7000, 'Bright'),"
    " (2, 1, 2, 1794000000, 1794000600, 6000, 'Warm');"
    "INSERT INTO review_score (review_id, criterion_id, score) VALUES"
    " (1, " WORLD_CRITERION ", 7), (2, " WORLD_CRITERION ", 6);";

struct harness *
world_new(void)
{
	struct harness *harness = harness_new(world_programs[0]);

	crew_make(harness);
	apply_cohort(harness, "pavo", "Pavo");
	harness_run_sql(harness, more);
	harness_run_sql(harness, office);
	harness_run_sql(harness, house);
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"UPDATE person SET is_administrator = 1 WHERE id = %lld",
		(long long)administrator(harness)));
	harness_run_sql(harness, asked);
	harness_run_sql(harness, around);
	harness_run_sql(harness, drafts);
	harness_run_sql(harness, reading);
	make_mailed_links(harness);
	make_secret_addresses(harness);
	crew_check_in(harness, CREW_VEGA, "vega", AUDIENCE_GROUP);
	crew_question(harness, CREW_VEGA, "q1", "Which test runs first?", AUDIENCE_GROUP);
	crew_answer(harness, CREW_VEGA, "q1", "a1", "The slow one", AUDIENCE_GROUP);
	crew_highlight(harness, "h1", "A good week");
	make_links(harness);
	return harness;
}

void
world_restore(struct harness *to, struct harness *from)
{
	sqlite3_backup *backup =
	    sqlite3_backup_init(harness_db(to)->sqlite, "main", harness_db(from)->sqlite, "main");

	assert_non_null(backup);
	assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
	assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
	harness_forget(to);
}

static const struct {
	const char *name;
	int64_t person;
} visitors[WORLD_VISITORS] = {
	[WORLD_STRANGER] = { "a stranger", 0 },
	[WORLD_LINKED] = { "the applicant by her application's link", CREW_LUNA },
	[WORLD_APPLICANT] = { "the applicant", CREW_LUNA },
	[WORLD_DJANGONAUT] = { "the Djangonaut of A", CREW_VEGA },
	[WORLD_DJANGONAUT_B] = { "the Djangonaut of B", CREW_ALTAIR },
	[WORLD_NAVIGATOR_B] = { "the navigator of B", CREW_DENEB },
	[WORLD_CAPTAIN_B] = { "the captain of B", CREW_SIRIUS },
	[WORLD_ELSEWHERE] = { "the organiser of another cohort", CREW_CANOPUS },
	[WORLD_NAVIGATOR] = { "the navigator of A", CREW_RIGEL },
	[WORLD_CAPTAIN] = { "the captain of A", CREW_CAPELLA },
	[WORLD_ORGANISER] = { "the organiser", CREW_POLARIS },
	[WORLD_ADMINISTRATOR] = { "the administrator", CREW_COUNT },
	[WORLD_REVIEWER] = { "the reviewer", 950 },
	[WORLD_EX_REVIEWER] = { "the reviewer of before", 951 },
};

const char *
world_visitor_name(enum world_visitor visitor)
{
	return visitors[visitor].name;
}

void
world_become(struct harness *harness, enum world_visitor visitor)
{
	harness_forget(harness);
	if (visitor == WORLD_LINKED) {
		harness_sign_in_for(harness, visitors[visitor].person, 1);
	} else if (visitor != WORLD_STRANGER) {
		harness_sign_in(harness, visitors[visitor].person);
	}
}

/* What stands for a capture; `program` is NULL where all say the same. */
static const struct {
	const struct program *program;
	const char *capture;
	const char *value;
} values[] = {
	{ &apply_program, ":cohort", "pavo" },
	{ NULL, ":cohort", "orion" },
	{ NULL, ":cohort.atom", "orion.atom" },
	{ NULL, ":cohort.json", "orion.json" },
	{ NULL, ":cohort.ics", "orion.ics" },
	{ NULL, ":meeting", "m1" },
	{ NULL, ":group.atom", "lyra.atom" },
	{ NULL, ":group.json", "lyra.json" },
	{ NULL, ":archive.atom", "1-2.atom" },
	{ NULL, ":archive.json", "1-2.json" },
	{ NULL, ":archive", "1" },
	{ NULL, ":kind.atom", "highlights.atom" },
	{ NULL, ":kind.json", "highlights.json" },
	{ &feed_program, ":kind", "highlights" },
	{ NULL, ":group", "lyra" },
	{ NULL, ":week", "1" },
	{ NULL, ":question", "q1" },
	{ NULL, ":answer", "a1" },
	{ NULL, ":highlight", "h1" },
	{ NULL, ":application", "key" },
	{ NULL, ":mail", WORLD_MAIL },
	{ NULL, ":hook", WORLD_HOOK },
	{ NULL, ":project", "1" },
	{ NULL, ":criterion", WORLD_CRITERION },
	{ NULL, ":retired", WORLD_CRITERION_RETIRED },
	{ NULL, ":decision", WORLD_DECISION },
	{ NULL, ":kind", "offer" },
	{ NULL, ":purpose", "apply" },
	{ NULL, ":item", WORLD_ITEM },
	{ &apply_program, ":key", "receipt" },
	{ &cohort_program, ":key", "seat" },
	{ &apply_program, ":token", WORLD_APPLICATION_TOKEN },
	{ &apply_program, ":draft", WORLD_DRAFT_TOKEN },
	{ &cohort_program, ":token", WORLD_SIGN_IN_TOKEN },
	{ &feed_program, ":private.atom", WORLD_PRIVATE_TOKEN ".atom" },
	{ &feed_program, ":calendar.ics", WORLD_CALENDAR_TOKEN ".ics" },
	{ &cohort_program, ":change", WORLD_ADDRESS_TOKEN },
	{ &cohort_program, ":erasure", WORLD_ERASE_TOKEN },
	{ &cohort_program, ":invitation", WORLD_INVITATION_TOKEN },
	{ &cohort_program, ":subscription", WORLD_SUBSCRIPTION_TOKEN },
	{ &cohort_program, ":stop", WORLD_STOP_TOKEN },
};

static const char *
value_of(const struct program *program, const char *capture)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if ((values[i].program == NULL || values[i].program == program) &&
		    strcmp(values[i].capture, capture) == 0) {
			return values[i].value;
		}
	}
	fail_msg("nothing in this world for %s in %s", capture, program->name);
	return NULL;
}

const char *
world_path(struct harness *harness, const struct program *program, const struct route *route)
{
	struct bytes *path = bytes_new(harness_arena(harness));
	const char *at = route->pattern;

	while (*at != '\0') {
		size_t length = strcspn(at, "/");
		const char *segment = arena_copy_bytes(harness_arena(harness), at, length);

		bytes_text(path, *segment == ':' ? value_of(program, segment) : segment);
		at += length;
		if (*at == '/') {
			bytes_char(path, *at++);
		}
	}
	return path->data;
}

bool
world_sends_to_sign_in(const struct harness *harness)
{
	static const char page[] = "/cohort/sign-in";
	const char *location = harness_header(harness, "Location");

	return harness_status(harness) == 303 && location != NULL &&
	    strncmp(location, page, strlen(page)) == 0 &&
	    strncmp(location + strlen(page), "/sent", strlen("/sent")) != 0;
}

const char *
world_method(const struct route *route)
{
	return route->method == METHOD_POST ? "POST" : "GET";
}

void
world_send(struct harness *harness, const struct program *program, const struct route *route)
{
	harness_program(harness, program);
	harness_send(harness, world_method(route), world_path(harness, program, route));
}

const char *
world_columns(struct harness *harness)
{
	return harness_rows(harness,
	    "SELECT made.name, info.name FROM sqlite_schema AS made,"
	    " pragma_table_info(made.name) AS info WHERE made.type = 'table' ORDER BY 1, 2");
}

const char *
world_next_value(struct harness *harness, const char **rows)
{
	size_t length = strcspn(*rows, "|");
	const char *value;

	if ((*rows)[length] != '|') {
		return NULL;
	}
	value = arena_copy_bytes(harness_arena(harness), *rows, length);
	*rows += length + 1;
	*rows += strspn(*rows, "\n");
	return value;
}
