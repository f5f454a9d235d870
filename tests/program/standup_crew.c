#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/standup/standup.h"
#include "standup_crew.h"
#include "ground/token.h"
#include "questions.h"

static const char cohorts[] =
    "INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, launched_at, groups_formed_at, created_at) VALUES"
    " ('orion', 'Orion', 'A merged change', 'feed-orion', 1780000000, '2026-09-01',"
    " '2026-09-30', '2026-11-09', 1788000000, 1790000000, 1794182400, 1799625600, 8, 4, 8, 20,"
    " 1794000000, 1794000000, 1780000000),"
    " ('vela', 'Vela', 'A merged change', 'feed-vela', 1780000000, '2026-09-01',"
    " '2026-09-30', '2026-11-09', 1788000000, 1790000000, 1794182400, 1799625600, 8, 4, 8, 20,"
    " NULL, NULL, 1780000000);"
    "INSERT INTO project (cohort_id, name) VALUES (1, 'Accounts');";

static const char weeks[] = "WITH RECURSIVE week (number) AS"
			    " (SELECT 0 UNION ALL SELECT number + 1 FROM week WHERE number < 8)";

static const char groups[] =
    "INSERT INTO mentoring_group (cohort_id, slug, name, project_id, goal, level_low, level_high,"
    " seats, meeting_weekday, meeting_time, meeting_zone, room_link, created_at) VALUES"
    " (1, 'lyra', 'Lyra', 1, 'Fix a form', 1, 2, 8, 6, '07:00', 'Europe/Vienna',"
    " 'https://room.example.org/lyra', 1790000000),"
    " (1, 'cygnus', 'Cygnus', 1, 'Fix a field', 1, 2, 8, 6, '07:00', 'Europe/Vienna',"
    " '', 1790000000);";

static const char members[] =
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at) VALUES"
    " (1, 1, 1, 'navigator', NULL, 1790000000), (2, 1, 2, 'captain', NULL, 1790000000),"
    " (3, 1, 3, 'djangonaut', 1, 1790000000), (4, 1, 4, 'djangonaut', 2, 1790000000),"
    " (5, 1, 5, 'organiser', NULL, 1790000000), (6, 1, 6, 'djangonaut', 1, 1790000000),"
    " (7, 1, 7, 'navigator', NULL, 1790000000), (8, 1, 8, 'captain', NULL, 1790000000),"
    " (9, 2, 9, 'organiser', NULL, 1790000000);"
    "INSERT INTO placement (group_id, member_id, placed_at) VALUES (1, 1, 1790000000),"
    " (1, 2, 1790000000), (1, 3, 1790000000), (1, 4, 1790000000), (2, 7, 1790000000),"
    " (2, 8, 1790000000), (2, 6, 1790000000);";

static void
make_people(struct harness *harness)
{
	static const char *const names[CREW_COUNT] = { NULL, "Rigel", "Capella", "Vega", "Mira",
		"Polaris", "Altair", "Deneb", "Sirius", "Canopus", "Luna" };

	for (int64_t i = 1; i < CREW_COUNT; i++) {
		const char *email =
		    arena_format(harness_arena(harness), "%s@example.org", names[i]);

		assert_int_equal(harness_person(harness, email, names[i]), i);
	}
	harness_run_sql(harness, "UPDATE person SET zone = 'Asia/Tokyo' WHERE id = 4");
}

static void
make_application(struct harness *harness)
{
	const char *hours = "000000000000000000000000000000000000000000"
			    "000000000000000000000000000000000000000000";

	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO application (key, reference, cohort_id, person_id, email, email_key,"
		" name, name_key, zone, level, hours, hours_utc,"
		" submitted_at, changed_at, confirm_until, confirmed_at) VALUES ('key', 'REF', 1,"
		" 10, 'luna@example.org', 'luna@example.org', 'Luna', 'luna', 'UTC', 1, '%s',"
		" '%s', 1789000000, 1789000000, 1789000000, 1789000000)",
		hours, hours));
	questions_make(harness);
	questions_answer(
	    harness, harness_number(harness, "SELECT max(id) FROM application"), "why", "To learn");
}

static void
make_weeks(struct harness *harness)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"%s INSERT INTO cohort_week (cohort_id, number, theme, objectives)"
		" SELECT 1, number, 'Theme ' || number, 'Objective ' || number FROM week",
		weeks));
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"%s INSERT INTO standup (group_id, week, facilitator_id, starts_at, closes_at)"
		" SELECT seat.column1, number, seat.column2,"
		" 1794182400 + number * 604800 + 540000, 1794182400 + number * 604800 + 626400"
		" FROM week, (VALUES (1, 1), (2, 7)) AS seat ORDER BY 1, 2",
		weeks));
}

void
crew_make(struct harness *harness)
{
	make_people(harness);
	harness_run_sql(harness, cohorts);
	harness_run_sql(harness, groups);
	harness_run_sql(harness, members);
	make_weeks(harness);
	make_application(harness);
}

int
crew_set_up(void **state)
{
	struct harness *harness = harness_new(&standup_program);

	crew_make(harness);
	*state = harness;
	return 0;
}

int
crew_tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

void
crew_sign_in(struct harness *harness, int64_t person)
{
	harness_forget(harness);
	if (person == CREW_LUNA) {
		harness_sign_in_for(harness, person, 1);
	} else {
		harness_sign_in(harness, person);
	}
}

/* The id of week 1 of lyra. */
#define STANDUP "(SELECT id FROM standup WHERE group_id = 1 AND week = 1)"

void
crew_check_in(struct harness *harness, int64_t member, const char *word, int audience)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO check_in (key, standup_id, member_id, did, next, blocked, audience,"
		" did_audience, next_audience, blocked_audience, created_at) VALUES"
		" ('c%d', " STANDUP
		", %d, '%s did', '%s next', '%s blocked', %d, %d, %d, %d, %lld)",
		(int)member, (int)member, word, word, word, audience, audience, audience, audience,
		(long long)harness_now(harness)));
}

void
crew_question(
    struct harness *harness, int64_t member, const char *key, const char *body, int audience)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO question (key, standup_id, member_id, body, audience, asked_at)"
		" VALUES ('%s', " STANDUP ", %d, '%s', %d, %lld)",
		key, (int)member, body, audience, (long long)harness_now(harness)));
}

void
crew_answer(struct harness *harness, int64_t member, const char *question, const char *key,
    const char *body, int audience)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO answer (key, question_id, member_id, body, audience, answered_at)"
		" SELECT '%s', id, %d, '%s', %d, %lld FROM question WHERE key = '%s'",
		key, (int)member, body, audience, (long long)harness_now(harness), question));
}

void
crew_highlight(struct harness *harness, const char *key, const char *title)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO highlight (key, standup_id, member_id, title, body, published_at,"
		" updated_at) VALUES ('%s', " STANDUP ", 1, '%s', 'Told', %lld, %lld);"
		"INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at,"
		" updated_at) SELECT 'activity-' || key, 'highlight', 1, id, published_at,"
		" updated_at FROM highlight WHERE key = '%s'",
		key, title, (long long)harness_now(harness), (long long)harness_now(harness), key));
}

void
crew_check_in_fields(struct harness *harness, const char *did, const char *audience)
{
	harness_field(harness, "did", did);
	harness_field(harness, "next", "Go on");
	harness_field(harness, "blocked", "");
	harness_field(harness, "audience", audience);
	harness_field(harness, "did_audience", "same");
	harness_field(harness, "next_audience", "same");
	harness_field(harness, "blocked_audience", "same");
}

const char *
crew_location(struct harness *harness)
{
	const char *location = harness_header(harness, "Location");

	assert_non_null(location);
	location += strlen(harness_site(harness)->root);
	return arena_copy_bytes(harness_arena(harness), location, strcspn(location, "?#"));
}
