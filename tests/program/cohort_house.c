#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "questions.h"

extern const struct program cohort_program;

/* Applications from 15 to 27 November 2026 anywhere on Earth; week 0 begins on
 * 4 January 2027. */
static const char orion[] =
    "INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, created_at) VALUES ('orion', 'Orion',"
    " 'One merged pull request', 'feed-orion', 1790000000, '2026-11-15', '2026-11-27',"
    " '2027-01-04', 1794650400, 1795867200, 1799020800, 1799020800 + 9 * 604800, 8, 4, 8, 20,"
    " 1780000000);"
    "INSERT INTO project (cohort_id, name) VALUES (1, 'Accounts'), (1, 'Forms')";

int
house_set_up(void **state)
{
	struct harness *harness = harness_new(&cohort_program);

	harness_run_sql(harness, orion);
	assert_int_equal(harness_person(harness, "polaris@example.org", "Polaris"), HOUSE_POLARIS);
	harness_run_sql(harness,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (1, 1, 'organiser', 1);"
	    "WITH RECURSIVE week (number) AS (SELECT 0 UNION ALL"
	    " SELECT number + 1 FROM week WHERE number < 8)"
	    " INSERT INTO cohort_week (cohort_id, number, theme, objectives)"
	    " SELECT 1, number, 'Theme ' || number, 'Aim ' || number FROM week");
	harness_sign_in(harness, HOUSE_POLARIS);
	*state = harness;
	return 0;
}

int
house_tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

static int64_t
house_person(struct harness *harness, const char *name)
{
	return harness_person(
	    harness, arena_format(harness_arena(harness), "%s@example.org", name), name);
}

int64_t
house_member(struct harness *harness, const char *name, const char *role, int level)
{
	int64_t person = house_person(harness, name);

	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO member (cohort_id, person_id, role, level, joined_at)"
		" VALUES (1, %lld, '%s', nullif(%d, 0), 1)",
		(long long)person, role, level));
	return harness_number(harness, "SELECT max(id) FROM member");
}

void
house_sign_in(struct harness *harness, const char *name)
{
	harness_forget(harness);
	harness_sign_in(harness, house_person(harness, name));
}

void
house_group(struct harness *harness, const char *slug)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO mentoring_group (cohort_id, slug, name, project_id, goal, level_low,"
		" level_high, seats, meeting_weekday, meeting_time, meeting_zone, room_link,"
		" created_at) VALUES (1, '%s', 'Group %s', 1, 'Fix a form', 1, 2, 8, 2, '19:00',"
		" 'Europe/Vienna', 'https://room.example.org/%s', 1)",
		slug, slug, slug));
}

void
house_seat(struct harness *harness, int64_t member, const char *group)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO placement (group_id, member_id, placed_at)"
		" SELECT id, %lld, 1 FROM mentoring_group WHERE slug = '%s'",
		(long long)member, group));
}

int64_t
house_application(struct harness *harness, const char *name)
{
	int64_t person = house_person(harness, name), id;
	const char *hours = "0000000000000000000000f0000000000000000000"
			    "000000000000000000000000000000000000000000";

	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO application (key, reference, cohort_id, person_id, email, email_key,"
		" name, name_key, zone, level, hours, hours_utc, submitted_at, changed_at,"
		" confirm_until, confirmed_at) VALUES (lower('%s'),"
		" 'REF-%s', 1, %lld, '%s@example.org', lower('%s') || '@example.org', '%s',"
		" lower('%s'), 'Europe/Vienna', 2, '%s', '%s', 1795300000, 1795300000,"
		" 1795300000, 1795300000)",
		name, name, (long long)person, name, name, name, name, hours, hours));
	id = harness_number(harness, "SELECT max(id) FROM application");
	questions_make(harness);
	questions_answer(
	    harness, id, "why", arena_format(harness_arena(harness), "Because of %s", name));
	return id;
}

void
house_offer(struct harness *harness, int64_t application, const char *group)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO offer (key, application_id, group_id, state, made_at, deadline_at)"
		" VALUES ('seat-%lld', %lld, (SELECT id FROM mentoring_group WHERE slug = '%s'),"
		" 'offered', %lld, %lld)",
		(long long)application, (long long)application, group == NULL ? "" : group,
		(long long)HARNESS_NOW, (long long)(HARNESS_NOW + 7 * 86400)));
}
