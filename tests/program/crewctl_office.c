#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crewctl_office.h"
#include "questions.h"

static const char scene[] =
    "INSERT INTO person (id, email, email_key, name, name_key, zone, "
    " created_at) VALUES"
    " (101, 'vega@example.org', 'vega@example.org', 'Vega', 'vega',"
    "  'Europe/Vienna', 0),"
    " (102, 'rigel@example.org', 'rigel@example.org', 'Rigel', 'rigel',"
    "  'UTC', 0);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
    " ends_at, weeks, djangonauts_per_navigator, djangonauts_per_group,"
    " seats, created_at) VALUES (1, 'orion', 'Orion', 'Goal', 'f1', 1,"
    " '2026-11-01', '2026-11-20', '2026-11-22', 1793440800, 1795262400,"
    " 1795305600, 1800748800, 8, 4, 8, 8, 0);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id,"
    " goal, level_low, level_high, seats, meeting_weekday, meeting_time,"
    " meeting_zone, created_at) VALUES (1, 1, 'lyra', 'Lyra', 1,"
    " 'A ticket each', 1, 2, 4, 2, '19:00', 'Europe/Vienna', 0);"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " VALUES (1, 1, 102, 'navigator', NULL, 0),"
    " (2, 1, 101, 'djangonaut', 1, 0);"
    "INSERT INTO placement (id, group_id, member_id, placed_at) VALUES"
    " (1, 1, 1, 0), (2, 1, 2, 0);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
    " (1, 1, 0, 1795330800, 1795417200);"
    "INSERT INTO question (id, key, standup_id, member_id, body, asked_at)"
    " VALUES (1, 'q', 1, 2, 'A canary question', 1);"
    "INSERT INTO answer (id, key, question_id, member_id, body, answered_at)"
    " VALUES (1, 'a', 1, 1, 'A canary answer', 1);"
    "INSERT INTO application (id, key, reference, cohort_id, person_id,"
    " email, email_key, name, name_key, zone, level, hours, hours_utc,"
    " submitted_at, changed_at, confirm_until,"
    " confirmed_at) VALUES (1, 'k', 'REF-1', 1, 101, 'vega@example.org',"
    " 'vega@example.org', 'Vega', 'vega', 'Europe/Vienna', 1,"
    " printf('%084d', 0), printf('%084d', 0), 1, 1, 2, 2);"
    "INSERT INTO offer (id, key, application_id, group_id, state, made_at,"
    " deadline_at) VALUES (1, 'offerkey', 1, 1, 'offered', 1, 1795935600);";

static const struct program no_program = { .name = "crewctl" };

int
office_set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct office *office = arena_alloc(harness_arena(harness), sizeof *office);

	harness_run_sql(harness, scene);
	questions_make(harness);
	questions_answer(harness, 1, "why", "A canary why");
	office->harness = harness;
	office->site = *harness_site(harness);
	office->crewctl = (struct crewctl){
		.arena = harness_arena(harness),
		.site = &office->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW,
	};
	*state = office;
	return 0;
}

int
office_tear_down(void **state)
{
	struct office *office = *state;

	harness_free(office->harness);
	return 0;
}

struct outbox
office_queued(const char *kind, const char *parameters)
{
	return (struct outbox){
		.id = 9,
		.reason = kind,
		.kind = kind,
		.cohort_id = 1,
		.recipient = "vega@example.org",
		.hook_id = DB_NULL,
		.parameters = parameters,
	};
}

enum letter_outcome
office_write(struct office *office, const struct outbox *outbox, struct letter *letter)
{
	enum letter_outcome outcome;

	assert_true(db_begin_read(office->crewctl.db));
	outcome = letter_write(&office->crewctl, outbox, letter);
	db_rollback(office->crewctl.db);
	return outcome;
}

struct letter
office_ready(struct office *office, const char *kind, const char *parameters)
{
	struct outbox outbox = office_queued(kind, parameters);
	struct letter letter;

	assert_int_equal(office_write(office, &outbox, &letter), LETTER_READY);
	return letter;
}

void
office_assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("no \"%s\" in:\n%s", part, text);
	}
}
